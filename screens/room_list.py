"""Every room that one may enter, with what waits there: chosen by letters, pinyin initials, arrows or mouse."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from data.words import N_, _
from desk.clocks import waiting
from desk.systems import rooms_of
from desk.systems.saying import Room
from screens.meant import is_meant
from screens.text import fit, plain
from screens.translated import Translated
from screens.widgets.bars import KeyBar
from screens.widgets.finder import Finder
from screens.widgets.notice import NoticeLine

TITLE, KEY = 14, 10


class RoomFinder(Finder):
    """A prompt that shows every room before anything is typed."""

    DEFAULT_CSS = "RoomFinder, RoomFinder:focus { height: auto; }"
    all_at_first = True

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As high as the rooms, as far as the terminal is: frame, title, message and keys have their lines."""
        return 1 + max(1, min(self.app.size.height - 7, len(self.results)))

    def on_mount(self) -> None:
        self.results = self.find("")


class RoomList(Translated, ModalScreen[str]):
    """The list of rooms; it closes with the name of the one that was chosen."""

    BINDINGS = [Binding("escape,ctrl+g", "dismiss", N_("Back"), tooltip=N_("Stay where you are"))]
    DEFAULT_CSS = """
    RoomList { align: center middle; background: $background; }
    RoomList > Vertical { width: 68; max-width: 96%; height: auto; max-height: 96%; background: $background;
        border: round $line; padding: 0 1; }
    RoomList #title { text-style: bold; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        who, desk = self.desk_app.who, self.desk_app.desk
        self.rooms = rooms_of(who.roles if who else "")
        with desk.read() as session:
            self.waiting = waiting.by_room(session, desk.now())
        with Vertical():
            yield Static(plain(_("Rooms")), id="title")
            yield RoomFinder(self.found, N_("letters of its name or pinyin"), stranger=False)
            yield NoticeLine(self.desk_app.notices)
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RoomFinder).focus()

    def found(self, typed: str) -> Sequence[tuple[object, str]]:
        """The rooms that a fragment means, each as one line."""
        return [(room.name, self.line(room)) for room in self.rooms if is_meant(room.title, typed)]

    def line(self, room: Room) -> str:
        """A room's name, its key, and what waits there."""
        one = self.waiting.get(room.name, waiting.Waiting())
        running = _("{count} running", count=one.running) if one.running else ""
        late = _("{count} overdue", count=one.late) if one.late else ""
        key = self.app.get_key_display(Binding(room.key, "")) if room.key else ""
        return f"{fit(_(room.title), TITLE)}{fit(key, KEY)}{fit(running, 14)}{late}".rstrip()

    def on_finder_chosen(self, event: Finder.Chosen) -> None:
        if event.key is not None:
            self.dismiss(str(event.key))
        elif event.finder.has_focus:
            self.hint(_("No room of yours is called so."))

    def on_key(self, event: events.Key) -> None:
        """The key that stands beside a room goes there from here, too."""
        for room in self.rooms:
            if room.key == event.key:
                event.stop()
                self.dismiss(room.name)
