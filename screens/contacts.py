"""The register of visits, calls, letters and faxes; questions that wait for a specialist are answered here."""

from typing import Any

from data.words import N_, _
from desk import cases
from desk.contacts import intake
from desk.ground import channels
from desk.step_table import STEPS
from desk.view import View
from screens.cases import FORM, CaseRegister
from screens.register import LOOK
from screens.step_keys import step_keys
from screens.text import one_line
from screens.widgets.lines import NUMBER, Cells, Column


class ContactRoom(CaseRegister):
    """Every contact, newest first."""

    SYSTEM = "contacts"
    TITLE_TEXT = N_("Contacts")
    HELP_TEXT = N_(
        "Every visit, call, letter and fax, each matter on a line of its own. A question without an answer waits for "
        "a specialist: e answers it at the agreed time. What waits for the next duty day becomes its record with v."
    )
    COLUMNS = (Column(N_("at"), 11), Column(N_("number"), NUMBER), Column(N_("how"), 7), Column(N_("what it is"), 12),
               Column(N_("about")), Column(N_("record"), NUMBER))  # fmt: skip
    BINDINGS = [*step_keys(STEPS["contacts"]), FORM, *LOOK]

    AT = "at"
    TEXTS = ("number", "what", "stranger", "caller_number", "became")

    def cells(self, view: View, row: Any) -> Cells:
        said = f"{cases.who_came(view.session, row)} {row.what}"
        return (
            channels.channel_name(row.channel),
            intake.kind_name(row.kind),
            said,
            row.became or (_("waits") if row.carried else ""),
        )

    def about(self, number: str) -> str:
        return one_line(f"{number} · {self.rows[number][4]}")
