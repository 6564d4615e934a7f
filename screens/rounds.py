"""Visits on screen: who is to be visited now and why, and the register of planned visits with their signatures."""

from typing import Any

from data.words import N_, _, named
from desk.act import Desk
from desk.rounds import due
from desk.rounds.steps import progress_lines, rate_lines
from desk.rounds.terms import KINDS, RESULTS, SYSTEM
from desk.step_table import STEPS
from desk.steps import Step
from desk.view import View
from screens.cases import COLUMNS, FORM, CaseRegister
from screens.register import IN_LINES, LOOK, LOOK_IN_LINES
from screens.step_keys import MixedRegister, step_keys
from screens.text import one_line, plain
from screens.widgets.lines import NUMBER, Cells, Column

# The key of a visit, whatever the record is.
VISIT = "h"


class RoundRoom(CaseRegister):
    """The register of planned visits."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Visit plan")
    HELP_TEXT = N_(
        "Planned visits, newest first. n plans a month: different homes each time, those with many complaints besides; "
        "t asks by phone first, h writes down the visit; r is read by the head of customer service, u goes up, "
        "i is signed by the project manager and filed."
    )
    EMPTY = N_("Nothing here yet: n plans the visits of a month.")
    COLUMNS = (*COLUMNS[:2], Column(N_("month"), 7), Column(N_("result"), 10), Column(N_("about")))
    TEXTS = ("number", "subject", "what", "month", "of")
    SORTS = {"kind": KINDS, "result": RESULTS}
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def cells(self, view: View, row: Any) -> Cells:
        sign = "‼ " if row.unsolved_at and not row.solved_at else ""
        about = f"{sign}{row.subject} {named(KINDS, row.kind)} {row.what}"
        signed = "✓" if row.signed_at else "○" if row.read_at else ""
        return row.month, f"{signed}{named(RESULTS, row.result)}", about


class VisitRoom(MixedRegister):
    """Everybody who is to be visited: what must be first, then what is due first, then the month's plan."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Visits")
    HELP_TEXT = N_(
        "Who is to be visited, and why: what must be first, then what is due first, then the plan of the month. "
        "h writes down a visit or an attempt, whatever it is about; three attempts on two days are not reached."
    )
    EMPTY = N_("Nobody is to be visited: n plans the visits of a month.")
    COLUMNS = (Column(N_("due"), 9, right=True), Column(N_("number"), NUMBER), Column(N_("why"), 16),
               Column(N_("tried"), 5), Column(N_("about")))  # fmt: skip
    SEARCHES = IN_LINES
    BINDINGS = [*step_keys(STEPS[SYSTEM]), *LOOK_IN_LINES]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Of a record of another room, only its visit is made here."""
        own = STEPS[self.system]
        return own if self.system == SYSTEM else tuple(step for step in own if step.key == VISIT)

    def whole(self, desk: Desk) -> list[tuple[str, Cells]]:
        with desk.look() as view:
            told = [*progress_lines(view)[:1], *rate_lines(view)[:1]]
            rows = due.visits(view)
        self.systems = {row.number: row.system for row in rows}
        found: list[tuple[str, Cells]] = [
            (f"{self.TOLD}{place}", ("", "◆", "", "", line)) for place, line in enumerate(told)
        ]
        return found + [
            (row.number, (row.left, row.number, row.why, str(row.tries or ""), one_line(row.about))) for row in rows
        ]

    def _show(self) -> None:
        super()._show()
        if not self.chosen:
            with self.desk_app.desk.look() as view:
                told = [_("The round"), *progress_lines(view), "", _("Small repairs"), *rate_lines(view)]
            self.record.show(*map(plain, told))
