"""Help: what this screen is for, and every key that acts here."""

from rich.cells import cell_len
from textual.content import Content
from textual.screen import Screen

from data.words import _
from screens.base import Room, TextDialog
from screens.house import House
from screens.step_keys import StepRegister
from screens.text import fit, one_line, plain
from screens.timeline import heading


class MessagesDialog(TextDialog):
    """The one dialog that its key does not open again."""


def messages_dialog(app: House) -> TextDialog:
    """The last messages, newest first."""
    calendar = app.calendar
    parts: list[Content] = [heading(_("Messages"))]
    for notice in reversed(app.notices.kept):
        at = f"{calendar.local(notice.at):%H:%M:%S}  " if calendar is not None and notice.at is not None else ""
        parts.append(Content.assemble((at, "$foreground-muted"), notice.content()))
    if len(parts) == 1:
        parts.append(Content(_("There was none yet.")))
    return MessagesDialog(parts)


# Cells of a key, and lines of a screen that hold no keys: frame, notice, foot.
KEY, FRAME = 7, 4
INSIDE, SIDES = 84, 6
# What is a column of keys at least; where two do not fit there is one.
NARROWEST = 34


def help_dialog(screen: "Screen[object]") -> TextDialog:
    """The help of a screen on one page: what it is for, its keys and what each does now, and the keys of every room."""
    own, everywhere = _keys(screen)
    width = min(INSIDE, screen.app.size.width * 96 // 100) - SIDES
    parts: list[Content] = []
    if isinstance(screen, Room):
        parts += [Content.styled(_(screen.TITLE_TEXT), "bold"), plain(_(screen.HELP_TEXT)), Content("")]
    parts += _in_columns(own, width)
    if everywhere:
        names = [Content.assemble((key, "bold $accent"), " ", one_line(label)) for key, label, _tip in everywhere]
        parts += [Content(""), heading(_("In every room")), *_flowing(names, width)]
    hidden = screen.not_now() if isinstance(screen, StepRegister) else []
    if hidden:
        free = screen.app.size.height - FRAME - _lines(parts, width) - 2
        shown = hidden if len(hidden) <= free else hidden[: max(0, free - 1)]
        parts += [Content(""), heading(_("Not now"))] if free > 0 else []
        for key, label, why in shown:
            text = fit(one_line(f"{label}: {why}"), width - KEY - 2).rstrip()
            parts.append(Content.assemble((fit(key, KEY, right=True) + "  ", "$foreground-muted"), text))
        if 0 < len(shown) < len(hidden):
            more = _("{count} more keys; pressed, each says why.", count=len(hidden) - len(shown))
            parts.append(Content.styled(more, "$foreground-muted"))
    if _lines(parts, width) > screen.app.size.height - FRAME:
        # Where there is no room for them, sections follow each other without a gap.
        parts = [part for part in parts if part.plain]
    return TextDialog(parts)


def _lines(parts: list[Content], width: int) -> int:
    """How many lines some parts take."""
    return sum(len(part.wrap(width)) if part.plain else 1 for part in parts)


def _keys(screen: "Screen[object]") -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Key, label and what it does now: those of this screen, and those of the house."""
    own: list[tuple[str, str, str]] = []
    everywhere: list[tuple[str, str, str]] = []
    for active in screen.active_bindings.values():
        binding = active.binding
        # The rooms that have no key of their own are in the list of rooms, and so are those on Ctrl.
        listed = binding.action.startswith("room(") and not binding.show
        if active.tooltip and active.enabled and not listed and binding.action != "help":
            said = (screen.app.get_key_display(binding), binding.description, active.tooltip)
            (everywhere if active.node is screen.app else own).append(said)
    return own, everywhere


def _in_columns(keys: list[tuple[str, str, str]], width: int) -> list[Content]:
    """Keys with what they do, in two columns where there is room for two."""
    count = 2 if width >= 2 * NARROWEST + 2 and len(keys) > 1 else 1
    room = (width - 2 * (count - 1)) // count
    text = room - KEY - 2
    cells = [
        # What does not fit is said in a word.
        Content.assemble(
            (fit(key, KEY, right=True) + "  ", "bold $accent"),
            fit(one_line(tip) if cell_len(one_line(tip)) <= text else one_line(label), text),
        )
        for key, label, tip in keys
    ]
    rows = -(-len(cells) // count)
    return [Content("  ").join(cells[row::rows]) for row in range(rows)]


def _flowing(pieces: list[Content], width: int) -> list[Content]:
    """Pieces one after the other, in lines that break between them."""
    lines: list[Content] = []
    for piece in pieces:
        if lines and lines[-1].cell_length + 3 + piece.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], "   ", piece)
        else:
            lines.append(piece)
    return lines
