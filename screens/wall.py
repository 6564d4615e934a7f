"""The queue on a wall: it counts down with nobody typing, names nobody, and any key locks the desk."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from data.words import N_
from screens import standing
from screens.queue import QueueRoom
from screens.queue_list import QueueList
from screens.widgets.lines import Cells


class WallList(QueueList):
    """The queue without what people at a counter should not read of each other."""

    can_focus = False
    UNFOLDS = False

    def _cells(self, clock: object) -> Cells:
        cells = super()._cells(clock)
        return (*cells[:3], "", *cells[4:])


class WallRoom(QueueRoom):
    """What burns first, for everybody to see."""

    AUTO_FOCUS = ""
    TITLE_TEXT = N_("Wall: any key locks the desk")
    HELP_TEXT = N_("The queue for a screen on the wall: it names nobody. Any key locks the desk.")
    LIST = WallList

    def compose(self) -> ComposeResult:
        self.lines = self.LIST(self.desk_app, lambda: self.now)
        yield self.alarm
        with Vertical(id="body"):
            yield Static(id="filter")
            yield Static(id="day")
            yield self.lines
        yield self.status

    def alarm_text(self) -> str:
        return standing.alarm(self.desk_app, named=False)

    def on_key(self, event: events.Key) -> None:
        """Whoever touches it has to say who they are."""
        event.stop()
        event.prevent_default()
        self.app.pop_screen()
        self.desk_app.action_lock()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False
