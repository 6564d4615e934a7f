"""What the gate shows while nobody is at the window: who may come today, and what went last."""

from collections.abc import Sequence

from textual.content import Content

from data.words import _
from desk.act import Desk
from desk.calendar import Calendar, moments
from desk.passes import coming, gate
from screens.text import fit, one_line, plain
from screens.timeline import heading

# Cells of what stands in columns.
AT, UNIT, MOVER, PLATE = 11, 11, 8, 9
LEAST = 20


def at_rest(
    desk: Desk, calendar: Calendar, most: int, last: int, width: int
) -> tuple[Sequence[Content], Sequence[Content]]:
    """The loads that are expected, and below them the last ones.

    Args:
        most: so many expected ones have room; last: so many of the last ones; width: cells of a line.
    """
    with desk.snapshot():
        expected, count = coming.coming(desk, most)
        gone = coming.passed(desk, last)
    now = desk.now()
    head = _("Expected today: {count}", count=count) if count else _("Nobody is expected today any more.")
    lines = [heading(head)]
    for one in expected:
        at, unit, mover = moments.shown(one.at, calendar, now), fit(one.unit, UNIT), fit(masked(one.mover), MOVER)
        said = f"{fit(at, AT)}  {unit} {mover} {fit(one.plate, PLATE)} {one_line(one.goods)}"
        lines.append(Content.assemble(said, ("\t" + one.number, "$foreground-muted")))
    if count > len(expected):
        lines.append(Content.styled(_("and {count} more", count=count - len(expected)), "$foreground-muted"))
    past = [heading(_("Last at the gate"))] if gone else []
    for load in gone:
        what = f"✗ {gate.refusal_name(load.refused)}" if load.refused else f"✓ {load.goods}"
        text = f"{fit(moments.shown(load.at, calendar, now), AT)}  {fit(load.unit, UNIT)} {what}"
        past.append(plain(fit(text, max(LEAST, width)).rstrip()))
    return lines, past


def masked(name: str) -> str:
    """A name for a screen that stands at a window all day: its first character."""
    return f"{name[:1]}**" if name else ""
