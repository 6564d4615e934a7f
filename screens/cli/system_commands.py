"""The word of each system on the command line: register, record, paper and steps follow from what the system says."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from data.tables import NUMBERED, Record
from data.words import _
from desk import cases, forms
from desk.act import Desk
from desk.contacts import intake
from desk.ground.channels import channel_name
from desk.ground.late import Late
from desk.step_table import STEPS
from desk.systems import SYSTEMS
from screens.cli.common import AsJson, AsReader, StorePath, answer, asked, reading
from screens.cli.step_commands import add_steps

# Systems whose register and records are shown by commands of their own.
OWN = ("passes",)


def _case(row: Record) -> Sequence[str]:
    return row.number, cases.state_name(row.state), row.subject, row.what


def _contact(row: Record) -> Sequence[str]:
    return row.number, channel_name(row.channel), intake.kind_name(row.kind), row.what


def _any(row: Record) -> Sequence[str]:
    """The texts of a record, behind its number."""
    return [row.number, *(str(value) for name, value in row if name not in HIDDEN and isinstance(value, str) and value)]


# Said already, or nothing that anybody asks about.
HIDDEN = ("number", "digest")
# What a line of a register says, where it is not the register of a case.
LINES: dict[str, Callable[[Record], Sequence[str]]] = {"contacts": _contact}


def _register(app: typer.Typer, system: str) -> None:
    @app.command("list")
    def listing(
        state: Annotated[str, typer.Option(help="In this state only.")] = "",
        code: AsReader = "",
        store: StorePath = None,
        as_json: AsJson = False,
    ) -> None:
        """The register, newest first."""

        def rows(desk: Desk) -> list[Any]:
            with desk.read() as session:
                return cases.page(session, system, state=state)

        found, line = reading(store, code, rows), LINES.get(system, _case if SYSTEMS[system].case else _any)
        answer(
            [row.model_dump(mode="json", exclude={"digest"}) for row in found],
            as_json,
            lambda _rows: "\n".join("\t".join(line(row)) for row in found) or _("Nothing here yet."),
        )

    @app.command("show")
    def show(number: str, code: AsReader = "", store: StorePath = None, as_json: AsJson = False) -> None:
        """One record."""
        from screens.records import record_parts

        with asked(store, code) as desk:
            with desk.read() as session:
                record = cases.get(session, system, number)
            parts = record_parts(desk, system, record.number)
        answer(record.model_dump(mode="json"), as_json, lambda _record: "\n".join(part.plain for part in parts))


def _print(app: typer.Typer, system: str) -> None:
    @app.command("print")
    def on_paper(
        number: str,
        form: Annotated[str, typer.Option(help="Which form; the first of the system's when empty.")] = "",
        pdf: Annotated[Path | None, typer.Option(help="Save to this file instead of printing.")] = None,
        code: AsReader = "",
        store: StorePath = None,
    ) -> None:
        """The record on paper, under the title you use."""
        from screens.printing import put_document

        with asked(store, code) as desk:
            typer.echo(put_document(desk, forms.document(desk, system, number, form), pdf))


def _word(name: str) -> typer.Typer:
    system = SYSTEMS[name]
    tips = {room.name: room.tip for room in reversed(system.rooms)}
    about = tips.get(name) or next(reversed(tips.values()), system.title)
    app = typer.Typer(help=about, no_args_is_help=True)
    if name in NUMBERED and name not in OWN:
        _register(app, name)
    if name in forms.FORMS:
        _print(app, name)
    if name in STEPS:
        add_steps(app, name)
    return app


APPS = Late([name for name, system in SYSTEMS.items() if system.command], _word)
