"""Two minutes with the real screens of a demo: what to do next stands in the line of messages, and doing it goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.words import N_, _
from desk import demo
from desk.passes import gate
from desk.passes.coming import coming
from screens.app import DeskApp
from screens.base import FormDialog, TextDialog
from screens.gate import GateRoom
from screens.intake import IntakeRoom
from screens.queue import QueueRoom
from screens.record_dialog import RecordDialog
from screens.reports import ReportRoom
from screens.settings import Settings
from screens.wall import WallRoom

# Seconds between two looks at whether a step was done.
LOOKS = 0.3


@dataclass(frozen=True)
class Stop:
    """One step: msgid of what to do, and whether it was done."""

    text: str
    done: Callable[["Tour"], bool]


def _intake(app: "Tour", name: str) -> str:
    return app.screen.form.value(name) if isinstance(app.screen, IntakeRoom) else ""


def _at(kind: type) -> Callable[["Tour"], bool]:
    """Whether one stands before a screen of a kind."""
    return lambda app: isinstance(app.screen, kind)


def _shows(*verdicts: str) -> Callable[["Tour"], bool]:
    """Whether the gate shows one of some verdicts."""
    return lambda app: _verdict(app) in verdicts


def _refused(app: "Tour") -> bool:
    return isinstance(app.screen, GateRoom) and app.screen.band.look == "no"


def _found(app: "Tour") -> bool:
    return isinstance(app.screen, IntakeRoom) and app.screen.form.keys().get("who") is not None


def _verdict(app: "Tour") -> str:
    return app.screen.one.kind if isinstance(app.screen, GateRoom) and app.screen.one is not None else ""


STOPS: dict[str, Sequence[Stop]] = {
    "receptionist": (
        Stop(N_("The phone rings: type 3-2, a part of a room, and Enter takes the first one found."), _found),
        Stop(
            N_("Enter goes on to the number: type 000, Enter. Then 3 chooses a complaint."),
            lambda app: _intake(app, "kind") == "complaint",
        ),
        Stop(N_("Go on with Enter and write what they say; F9 saves it."), lambda app: "complaints" in app.made),
        Stop(
            N_("At the right stands what to promise, and by when. F3 shows every promise of the desk."),
            _at(QueueRoom),
        ),
        Stop(
            N_("The most urgent comes first. ? explains why a deadline is when it is."),
            _at(TextDialog),
        ),
        Stop(
            N_("Esc leads back. F6 shows the complaints: yours is chosen, its next step and the key beside it."),
            lambda app: app.room_name() == "complaints",
        ),
        Stop(N_("t passes it on to a department, as the next step says."), _at(FormDialog)),
        Stop(
            N_("A digit chooses whom, F9 saves, Esc leaves it. F1 helps in every room, Ctrl+P finds every action."),
            lambda app: isinstance(app.screen, TextDialog) or type(app.screen).__name__ == "Palette",
        ),
    ),
    "guard": (
        Stop(N_("A van stands at the gate: type the tail of its pass, {tail}, and Enter."), _shows("ok")),
        Stop(
            N_("It may leave. ↓ goes to the goods: compare them one by one; a digit says how many leave."),
            lambda app: isinstance(app.screen, GateRoom) and app.screen.goods.has_focus,
        ),
        Stop(N_("F9 lets it out: how you know the mover, then F9 again."), _shows("out", "part")),
        Stop(N_("Esc is for the next one. Now type 99999, a pass that does not exist, and Enter."), _refused),
        Stop(
            N_("Red and ✗: nothing leaves. Esc shows again who is expected and who went last."),
            lambda app: isinstance(app.screen, GateRoom) and not app.screen.band.text,
        ),
    ),
    "supervisor": (
        Stop(
            N_("◆ is what only you can decide. Enter opens the first one."),
            _at(RecordDialog),
        ),
        Stop(
            N_("At the top stands its next step with its key. Esc leads back, then ? explains the deadline."),
            lambda app: isinstance(app.screen, TextDialog) and not isinstance(app.screen, RecordDialog),
        ),
        Stop(
            N_("Esc. What is late is counted by whom it waits for: C chases all of them at once; Esc leaves it."),
            _at(FormDialog),
        ),
        Stop(
            N_("Esc. Ctrl+Y shows the day: what was kept beside its target."),
            _at(ReportRoom),
        ),
        Stop(N_("F3, then w: the same for a screen on the wall; any key locks it."), _at(WallRoom)),
    ),
}  # fmt: skip
# Who of the demo takes the tour of each post, and where it begins.
CODES = {"receptionist": ("front", "intake"), "guard": ("guard", "gate"), "supervisor": ("lead", "queue")}


class Tour(DeskApp):
    """The program on a demo, with somebody signed in and the next step said below.

    Args:
        path: a demo store.
        role: a key of STOPS.
    """

    def __init__(self, path: Path, role: str, settings: Settings | None = None) -> None:
        super().__init__(path, settings=settings)
        self.role, self.place, self.tail = role, 0, ""

    def on_ready(self) -> None:
        """The screens are there: begin."""
        self.in_background(self.begin())

    async def begin(self) -> None:
        """Sign the post in and say the first step."""
        self.open_desk()
        code, room = CODES[self.role]
        await self.sign_in(code, demo.SECRET)
        self.action_room(room)
        self.tail = self._tail()
        self._say()
        self.set_interval(LOOKS, self.look)

    def _tail(self) -> str:
        """The tail of a pass that may leave now."""
        numbers = [one.number for one in coming(self.desk, 9)[0]]
        found = next((one for one in numbers if gate.verdict(self.desk, one).kind == "ok"), "")
        return found[-5:].replace("-", "")

    def look(self) -> None:
        """Go on once the step was done."""
        stops = STOPS[self.role]
        if self.place < len(stops) and self.screen_stack and stops[self.place].done(self):
            self.place += 1
            self._say()

    def _say(self) -> None:
        stops = STOPS[self.role]
        if self.place < len(stops):
            said = _(stops[self.place].text, tail=self.tail)
            self.notices.tour = _("Tour {place}/{count}", place=self.place + 1, count=len(stops)) + "  " + said
        else:
            self.notices.tour = _("That was the tour. Look around as you like; Ctrl+Q ends it.")
        self._show_notices()

    async def action_language(self) -> None:
        await super().action_language()
        self._say()
