"""The archive on screen: every home with who lives there, and what the archive lacks of them."""

from typing import Any

from textual.binding import Binding

from data.directory import Unit
from data.words import N_, _
from desk.act import Desk
from desk.archive import finding, homes, register
from desk.step_table import STEPS
from screens.first import First
from screens.register import ALL, PAGE
from screens.step_keys import StepRegister, step_keys
from screens.text import plain
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
    COLUMNS = (Column(N_("home"), 18), Column(N_("people")), Column(N_("missing"), 24, most=52))
    BINDINGS = [
        *step_keys(STEPS["directory"]),
        Binding("slash", "search", N_("Search"), tooltip=N_("Room, name, phone, plate, what it is, in what state")),
        Binding("s", "incomplete", N_("Incomplete"), tooltip=N_("Only homes of which the archive lacks something")),
        ALL,
    ]
    SEARCHES = N_("room, building, name, pinyin, phone or plate; empty, shop, garage …")

    def __init__(self) -> None:
        super().__init__()
        self.only_incomplete = False

    def show_all(self) -> None:
        super().show_all()
        self.only_incomplete = False

    def first_to_do(self, desk: Desk) -> First:
        """Of how many homes something is missing; an archive is never done by the hour."""
        if self.only_incomplete or not self.is_home:
            return super().first_to_do(desk)
        with desk.read() as session:
            count = homes.count_incomplete(session, PAGE)
        if not count:
            return super().first_to_do(desk)
        of = f"{count}+" if count == PAGE else str(count)
        return First(plain(_("Of {count} homes something is missing: s shows them.", count=of)))

    def action_incomplete(self) -> None:
        """Only homes of which something is missing, or all again."""
        self.only_incomplete = not self.only_incomplete
        self.list_anew()

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        where = finding.searched(desk, self.words)
        with desk.read() as session:
            if self.only_incomplete:
                where = homes.incomplete() if where is None else homes.incomplete() & where
            rows = register.page(session, after=before, where=where, limit=PAGE)
        return [self.line(*row) for row in rows]

    def line(self, unit: Unit, people: list[tuple[Any, Any]], lacking: list[str]) -> tuple[str, Cells]:
        """A home, who lives there, and what the archive lacks of them."""
        names = " ".join(person.name for _tie, person in people) or unit.note
        return unit.label, (unit.label, names, ", ".join(map(_, lacking)))


class HomeInArchive(ArchiveRoom):
    """One home of the archive, over whatever needed it; Esc goes back there."""

    BINDINGS = [Binding("escape", "back", N_("Back"), tooltip=N_("Back to where you were; what was typed is there"))]

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        if before:
            return []
        with desk.read() as session:
            rows = register.page(session, labels=[self.label])
        return [self.line(*row) for row in rows]

    def action_back(self) -> None:
        """Go back to where the home was needed."""
        self.app.pop_screen()
