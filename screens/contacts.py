"""The register of visits, calls, letters and faxes; questions that wait for a specialist are answered here."""

from data.cases import Contact
from data.words import N_
from desk.act import Desk
from desk.calendar import moments
from desk.contacts import intake
from desk.ground import channels
from desk.step_table import STEPS
from screens.cases import FORM, LOOK, CaseRegister
from screens.register import PAGE, looked_for
from screens.step_keys import step_keys
from screens.text import one_line
from screens.widgets.lines import NUMBER, Cells, Column

TEXTS = ("number", "what", "stranger", "caller_number", "became")


class ContactRoom(CaseRegister):
    """Every contact, newest first."""

    SYSTEM = "contacts"
    TITLE_TEXT = N_("Contacts")
    HELP_TEXT = N_(
        "Every visit, call, letter and fax, each matter on a line of its own. A question without an answer waits for "
        "a specialist: e answers it at the agreed time."
    )
    COLUMNS = (Column(N_("at"), 11), Column(N_("number"), NUMBER), Column(N_("how"), 7), Column(N_("what it is"), 12),
               Column(N_("about")), Column(N_("record"), NUMBER))  # fmt: skip
    BINDINGS = [*step_keys(STEPS["contacts"]), FORM, *LOOK]

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        calendar, now = desk.calendar(), desk.now()
        with desk.read() as session:
            where = looked_for(desk, Contact, self.words, at="at", texts=TEXTS)
            rows = intake.page(session, before=before, where=where, limit=PAGE)
            names = {row.number: intake.who(session, row) for row in rows}
        self.found.update({row.number: row for row in rows})
        return [
            (
                row.number,
                (
                    moments.shown(row.at, calendar, now),
                    row.number,
                    channels.channel_name(row.channel),
                    intake.kind_name(row.kind),
                    f"{names[row.number]} {row.what}",
                    row.became,
                ),
            )
            for row in rows
        ]

    def about(self, number: str) -> str:
        return one_line(f"{number} · {self.rows[number][4]}")
