"""One way to put something on paper: look at it, print it, or save it as PDF."""

from collections.abc import Callable, Sequence
from pathlib import Path

from textual.content import Content

from data.words import N_, _
from desk.act import Desk
from desk.ground.fields import Field
from desk.paper import printing
from desk.paper.document import Document, shown, to_pdf
from screens.base import FormDialog, TextDialog
from screens.register import Register
from screens.text import one_line, plain
from screens.timeline import heading, pair


def ask_print(
    room: Register,
    name: str,
    *,
    look: Callable[[str], Sequence[Content]],
    put: Callable[[str, Path | None], str],
    forms: Sequence[tuple[str, str]] = (),
) -> None:
    """The dialog of a printed form.

    Args:
        name: the record's number, and the file's name.
        look: from the form's key to its lines for the terminal.
        put: from the form's key and a file, or None for the printer, to what is said of it.
        forms: the forms to choose from as (key, title); none when there is only one.
    """
    fields = [
        *([Field("form", N_("Form"), "choice", lambda: forms, default=forms[0][0])] if forms else []),
        Field(
            "how",
            N_("What"),
            "choice",
            lambda: [("look", _("look at it here")), ("print", _("print")), ("save", _("save as PDF"))],
            default="print",
        ),
        Field(
            "file",
            N_("File"),
            default=str(Path.home() / f"{name}.pdf"),
            longest=200,
            asked=lambda values: values["how"] == "save",
        ),
    ]

    async def save(dialog: FormDialog, values: dict[str, str], _request: str) -> object:
        form, how = values.get("form", ""), values["how"]
        if how == "look":
            return await dialog.guarded(lambda: look(form), dialog.form)
        file = Path(values["file"]).expanduser() if how == "save" else None
        said = await dialog.guarded(lambda: put(form, file), dialog.form)
        if said is None and how == "print":
            dialog.form.put({**values, "how": "save"})
        return said

    def done(result: object) -> None:
        if isinstance(result, str):
            room.refresh_data()
            room.say(result)
        elif isinstance(result, list):
            room.app.push_screen(TextDialog([Content("\n").join(result)]))

    room.app.push_screen(FormDialog(_("Print {number}", number=name), fields, save), done)


def put_document(desk: Desk, document: Document, file: Path | None) -> str:
    """Print a document or save it, which the journal keeps once it is done; what is said of it comes back."""
    title = f"{document.title} {document.number}".strip()
    saved = printing.put(desk, to_pdf(document), title=title, record=document.number, form=document.title, file=file)
    return _("Sent to the printer.") if saved is None else _("Saved: {file}.", file=saved)


def document_lines(document: Document) -> list[Content]:
    """A document in lines for the terminal."""
    lines = [heading(f"{document.title}  {document.number}")]
    lines += [pair(label, text) for label, text in document.fields]
    for title, body in document.texts:
        lines += [heading(title), plain(body)]
    for table in document.tables:
        lines.append(heading(table.title))
        lines += [Content(one_line("  ".join(shown(cell) for cell in row))) for row in table.rows]
    return [*lines, *[pair(label, signed) for label, signed in document.signatures]]
