"""Complaints, requests and repairs: their registers and what may be done with a record."""

from typing import Any

from textual.binding import Binding

from data.words import N_
from desk import cases, requests
from desk.step_table import STEPS
from desk.view import View
from screens.register import LOOK
from screens.step_keys import RecordRegister, step_keys
from screens.text import one_line
from screens.widgets.lines import NUMBER, Cells, Column

COLUMNS = (
    Column(N_("received"), 11),
    Column(N_("number"), NUMBER),
    Column(N_("state"), 11, most=18),
    Column(N_("about")),
)


class CaseRegister(RecordRegister):
    """What the registers of complaints, requests and repairs share."""

    COLUMNS: tuple[Column, ...] = COLUMNS
    EMPTY = N_("Nothing here. F2 takes a contact and opens a record, Esc shows all.")
    TEXTS: tuple[str, ...] = ("number", "subject", "what", "contact")

    def cells(self, view: View, row: Any) -> Cells:
        return (*self.standing(row), f"{row.subject} {row.what}")

    def about(self, number: str) -> str:
        row = self.found[number]
        return one_line(f"{number} · {row.subject} · {row.what}")

    def standing(self, row: Any) -> tuple[str, ...]:
        """The cells between the number and what it is about."""
        return (cases.state_name(row.state),)


FORM = Binding("f", "form", N_("Print"), tooltip=N_("The record on paper, under the title you use"))


class RequestRoom(CaseRegister):
    """The register of requests, suggestions and commissions."""

    SYSTEM = requests.SYSTEM
    TITLE_TEXT = N_("Requests")
    HELP_TEXT = N_(
        "Requests and suggestions, newest first: within a day, or by the time that was promised. The director "
        "decides a suggestion; what is adopted is posted with the residents commended for it."
    )
    COLUMNS = (*COLUMNS[:3], Column(N_("sort"), 11), COLUMNS[3])
    SORTS = {"sort": requests.SORTS, "decision": requests.DECISIONS}
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def standing(self, row: Any) -> tuple[str, ...]:
        decided = requests.decision_name(row.decision)
        return cases.state_name(row.state), decided or requests.sort_name(row.sort)
