"""A record to read, whatever room it was opened from: its next steps stand at the foot and lead to its own room."""

from textual.binding import Binding

from data.words import N_
from desk.act import Desk
from desk.ground.refusals import NotFound
from desk.step_table import STEPS, record_of
from desk.steps import ready
from desk.systems import SYSTEMS, may, may_enter
from screens import people
from screens.base import TextDialog
from screens.records import record_parts


class RecordDialog(TextDialog):
    """A record; Escape, Enter and q close it."""

    BINDINGS = [Binding("f12", "app.language", N_("中文/English"), show=False)]

    def __init__(self, desk: Desk, roles: str, system: str, record: str) -> None:
        super().__init__(record_parts(desk, system, record))
        self.desk, self.system, self.record = desk, system, record
        for key, label, foot in _next_steps(desk, roles, system, record):
            self._bindings.bind(key, f"step('{key}')", label, show=foot)

    def action_step(self, key: str) -> None:
        """Go to the record's own room, choose it there, and press its key."""
        app = self.desk_app
        self.dismiss(None)
        app.made[self.system] = self.record
        app.action_room(self.system)
        app.press_again(key, key)

    def home_in_question(self) -> str:
        """The home of the record, for the archive."""
        return home_of(self.desk, self.system, self.record)


def _next_steps(desk: Desk, roles: str, system: str, record: str) -> list[tuple[str, str, bool]]:
    """The steps that may be done next: (key, what stands beside it, whether at the foot)."""
    if (
        system not in STEPS
        or system not in {room.name for room in SYSTEMS[system].rooms}
        or not may_enter(roles, system)
    ):
        return []
    with desk.look() as view:
        try:
            reasons = ready(STEPS[system], view, record_of(view, system, record))
        except NotFound:
            return []
    found: dict[str, tuple[str, str, bool]] = {}
    for step in STEPS[system]:
        if step.key and reasons.get(step.name, True) is None and (step.signer or may(roles, step.verb)):
            found.setdefault(step.key, (step.key, step.label, step.foot))
    return list(found.values())


def home_of(desk: Desk, system: str, record: str) -> str:
    """The label of the home that a record is about, "" for none."""
    if system not in STEPS:
        return ""
    with desk.look() as view:
        try:
            unit_id = getattr(record_of(view, system, record), "unit_id", None)
        except NotFound:
            return ""
    return people.label_of(desk, unit_id) if unit_id else ""
