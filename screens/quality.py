"""Quality complaints on screen, and the warranties of homes."""

from datetime import date
from typing import Any

from textual.content import Content

from data.words import N_, _
from desk import search
from desk.act import Desk
from desk.archive import residents
from desk.cases import state_name
from desk.quality import warranty
from desk.quality.terms import SYSTEM
from desk.step_table import STEPS
from desk.view import View
from screens.cases import COLUMNS, FORM, CaseRegister
from screens.records import card_parts
from screens.register import LOOK, Register
from screens.step_keys import step_keys
from screens.text import one_line, plain
from screens.timeline import heading
from screens.widgets.lines import Cells, Column

# How many homes a search shows with all their parts.
MOST_HOMES = 5


class QualityRoom(CaseRegister):
    """The register of complaints about the building."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Quality")
    HELP_TEXT = N_(
        "Complaints about the building, newest first. In warranty: the coordination order within five minutes, "
        "engineering told within two, the developer's supervision within five; appraised, planned, the owner agrees, "
        "all parties sign. Out of warranty it is explained, and may become a paid repair; the unknown is looked up."
    )
    COLUMNS = (*COLUMNS[:3], Column(N_("warranty"), 12), COLUMNS[3])
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def cells(self, view: View, row: Any) -> Cells:
        claim = "‼ " if row.claim and not row.heard_at else ""
        sign = {warranty.IN: "✓", warranty.OUT: "✗"}.get(row.warranty, "?")
        until = str(row.warranty_until or _("ask"))
        return state_name(row.state), f"{sign} {until}", f"{claim}{row.subject} {row.spot} {row.what}"


class WarrantyRoom(Register):
    """What ends soon, home by home; a search shows every part of the homes that it finds."""

    TITLE_TEXT = N_("Warranty")
    HELP_TEXT = N_(
        "Parts of homes whose warranty ends within 60 days, soonest first: ask these households for defects that are "
        "still open. / looks for a home and shows every part of it. The days stand in the archive: u at the home."
    )
    EMPTY = N_("Nothing ends within 60 days, of homes whose days are known. / shows every part of a home.")
    COLUMNS = (
        Column(N_("until"), 10),
        Column(N_("left"), 6, right=True),
        Column(N_("home"), 14),
        Column(N_("which part")),
    )
    SEARCHES = N_("room, name, pinyin, phone or plate")
    BINDINGS = [*LOOK]

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        if before:
            return []
        today = desk.calendar().local(desk.now()).date()
        with desk.read() as session:
            if not self.words:
                return _together(warranty.ending(session, desk.store.path, today), today)
            homes = list({one.unit: one.unit_id for one in search.find(desk, self.words, MOST_HOMES)}.items())
            path = desk.store.path
            found = [(label, one) for label, unit in homes for one in warranty.of_home(session, path, unit, today)]
        return [(f"{label} {one.part.id}", _cells(label, one, today)) for label, one in found]

    def home_in_question(self) -> str:
        """The home of the chosen line, for the archive."""
        return self.chosen.rpartition(" ")[0]

    def _show(self) -> None:
        label = self.home_in_question()
        if not label:
            self.record.show(plain(_("Choose a line to see the record.")))
            return
        desk = self.desk_app.desk
        today = desk.calendar().local(desk.now()).date()
        with desk.read() as session:
            unit = residents.unit_of(session, label)
            said = warranty.lines(warranty.of_home(session, desk.store.path, unit.id, today), today)
        parts = [*card_parts(desk, unit.id or 0), Content(""), heading(_("Warranty of the home"))]
        self.record.show(*parts, *(Content(one_line(line)) for line in said))


def _together(found: list[tuple[str, warranty.Term]], today: date) -> list[tuple[str, Cells]]:
    """What ends on one day in one home is one line."""
    lines: dict[tuple[date, str], list[str]] = {}
    for label, one in found:
        lines.setdefault((one.until or today, label), []).append(warranty.part_name(one.part))
    return [
        (f"{label} {until}", (str(until), str((until - today).days), label, ", ".join(parts)))
        for (until, label), parts in lines.items()
    ]


def _cells(label: str, one: warranty.Term, today: date) -> Cells:
    if one.until is None or one.standing == warranty.ASK:
        return _("ask"), "", label, f"{warranty.part_name(one.part)}  {', '.join(map(_, one.missing))}"
    return (
        str(one.until),
        str((one.until - today).days),
        label,
        f"{warranty.part_name(one.part)}  {warranty.rule_name(one.by)}",
    )
