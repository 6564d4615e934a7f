"""The register of visits, calls, letters and faxes; questions that wait for a specialist are answered here."""

from typing import Any

from textual.binding import Binding

from data.words import N_, _
from desk import intake, moments
from desk.act import Desk
from screens.cases import FORM, CaseRegister
from screens.register import PAGE
from screens.text import one_line
from screens.widgets.lines import NUMBER, Cells, Column


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
    BINDINGS = [
        Binding("e", "answer", N_("Answer"), tooltip=N_("Answer the question after a specialist was asked")),
        FORM,
    ]

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        calendar, now = desk.calendar(), desk.now()
        with desk.read() as session:
            rows = intake.page(session, before=before, limit=PAGE)
            names = {row.number: intake.who(session, row) for row in rows}
        self.found.update({row.number: row for row in rows})
        return [
            (row.number, (moments.shown(row.at, calendar, now), row.number, intake.channel_name(row.channel),
                          intake.kind_name(row.kind), f"{names[row.number]} {row.what}", row.became))
            for row in rows
        ]  # fmt: skip

    def about(self, number: str) -> str:
        return one_line(f"{number} · {self.rows[number][4]}")

    def ready(self, action: str, case: Any) -> bool:
        return action == "answer" and case.kind == "question" and not case.answer

    def action_answer(self) -> None:
        """Answer a question that waited."""
        self.ask_text(_("Answer {number}", number=self.chosen), "text", N_("Answer"), intake.answer)
