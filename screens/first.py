"""What comes first in a room, in one line above its list: nobody who sits down has to look for it."""

from collections.abc import Collection
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.words import _
from desk.act import Desk
from desk.clocks import banding
from desk.ground import left
from screens.guard import Guarded
from screens.text import one_line, short_number
from screens.timeline import step_key, tone
from screens.widgets.page import in_grid


@dataclass(frozen=True)
class First:
    """What comes first, in words; how much more there is; its record, "" for none; whether it is to be done."""

    said: Content | None = None
    more: str = ""
    record: str = ""
    due: bool = True


NOTHING = First()


def first_promise(desk: Desk, systems: Collection[str]) -> First:
    """What whoever is at the desk has to keep first among some systems' records."""
    if not desk.may("clocks.read"):
        return NOTHING
    with desk.look() as view:
        found = banding.first(view, systems)
        clock = found.clock
        if clock is None:
            return NOTHING
        rest = left.countdown(clock, view.now, view.calendar.zone, fine=True)
        key = step_key(view, clock)
        said = Content.assemble(
            (rest, tone(clock, view.now)),
            "  ",
            (f"{key}  " if key else "", "bold $accent"),
            f"{one_line(left.clock_name(clock))}  {short_number(clock.record)}  {one_line(clock.subject)}",
        )
    more = _("{count} for you", count=found.count)
    if found.late:
        more += " · " + _("{count} late for days", count=found.late)
    return First(said, more, clock.record)


class FirstLine(Guarded, Static):
    """The line itself; hidden while nothing waits. A click goes to its record."""

    DEFAULT_CSS = """
    FirstLine { height: 1; padding: 0 1; display: none; background: $surface; }
    FirstLine:hover { background: $panel; }
    """

    class Pressed(Message):
        """It was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.first = NOTHING

    def show(self, first: First) -> None:
        """Say what comes first, and at the right edge how much more there is."""
        if first != self.first:
            self.first = first
            self.display = first.said is not None
            self.refresh()

    def render(self) -> Content:
        said, more = self.first.said, self.first.more
        if said is None or not self.first.due:
            return said or Content("")
        line = Content.assemble((_("Do first"), "bold $accent"), "  ", said)
        if line.cell_length + cell_len(more) + 2 > self.size.width:
            # What has to be done is never cut for how much more there is.
            return line.truncate(self.size.width, ellipsis=True)
        return in_grid(Content.assemble(line, ("\t" + more, "$foreground-muted")), self.size.width)

    def on_resize(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed())
