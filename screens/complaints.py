"""Complaints on screen."""

from typing import Any

from data.words import N_
from desk import cases, complaints
from desk.step_table import STEPS
from screens.cases import COLUMNS, FORM, CaseRegister
from screens.register import LOOK
from screens.step_keys import step_keys
from screens.widgets.lines import Column


class ComplaintRoom(CaseRegister):
    """The register of complaints."""

    SYSTEM = complaints.SYSTEM
    TITLE_TEXT = N_("Complaints")
    HELP_TEXT = N_(
        "Every complaint, newest first; the keys shown are its next steps. Passed on within ten minutes, opinion "
        "signed, collected, reported back, agreed, answered, confirmed, closed, visited, filed. Whoever has to sign "
        "does it at this desk with their own code, or at their own."
    )
    COLUMNS = (*COLUMNS[:3], Column(N_("grade"), 9), COLUMNS[3])
    SORTS = {"category": complaints.CATEGORIES, "nature": complaints.terms.NATURES}
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def standing(self, row: Any) -> tuple[str, ...]:
        grade = complaints.grade_name(row.grade) or complaints.nature_name(row.nature or "")
        return cases.state_name(row.state), grade
