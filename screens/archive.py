"""The archive on screen: every home with who lives there, and what the archive lacks of them."""

from typing import Any

from textual.binding import Binding

from data.words import N_, _
from desk import search
from desk.act import Desk
from desk.archive import life
from desk.fields import Field
from desk.step_table import STEPS
from desk.view import View
from screens.register import ALL, PAGE
from screens.step_keys import StepRegister, step_keys
from screens.widgets.lines import Cells, Column


class ArchiveRoom(StepRegister):
    """Every home, in the order of the archive."""

    SYSTEM = "directory"
    TITLE_TEXT = N_("Archive")
    HELP_TEXT = N_(
        "Every home with who lives there. Whoever asks for a change proves that they may; owners, tenants and their "
        "papers are an archivist's or a leader's to write down, also at this desk with their own code. Every change "
        "stands in the journal, from what to what."
    )
    EMPTY = N_("No home here: a roster is taken in with desk import, and n adds a single home.")
    COLUMNS = (Column(N_("home"), 18), Column(N_("people")), Column(N_("missing"), 24))
    BINDINGS = [
        *step_keys(STEPS["directory"]),
        Binding("n", "home", N_("New home"), tooltip=N_("A home that no roster has named")),
        Binding("slash", "search", N_("Search"), tooltip=N_("Room, name, pinyin, phone or plate")),
        ALL,
    ]
    SEARCHES = N_("room, name, pinyin, phone or plate")

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        labels = list({one.unit: None for one in search.find(desk.store, self.words)}) if self.words else None
        with desk.read() as session:
            rows = life.page(session, after=before, labels=labels, limit=PAGE)
        return [
            (unit.label, (unit.label, " ".join(person.name for _tie, person in people) or unit.note,
                          " ".join(map(_, lacking))))
            for unit, people, lacking in rows
        ]  # fmt: skip

    def record_of(self, view: View, number: str) -> Any:
        return life.unit_of(view.session, number)

    def action_home(self) -> None:
        """Add a home."""
        field = Field("label", N_("Home"), hint=N_("the whole path, such as 3-2-1502"), longest=60)

        def work(act: Any, values: dict[str, str]) -> object:
            self.desk_app.made["directory"] = life.add_home(act, label=values["label"]).label
            return True

        self.ask_signed(
            _("A new home"), [field], work, own=self.may("directory.add_home"), whose=N_("of an archivist or a leader")
        )
