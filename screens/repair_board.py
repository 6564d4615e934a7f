"""The board of engineering: who has what, and what each does next."""

from data.words import N_, _
from desk.act import Desk
from desk.calendar import moments
from desk.ground import left
from desk.repairs import board
from desk.repairs.life import state_of
from desk.repairs.steps import doing
from desk.step_table import STEPS
from desk.view import View
from screens.register import IN_LINES, LOOK_IN_LINES, has_words
from screens.step_keys import StepRegister, step_keys
from screens.text import one_line
from screens.widgets.lines import NUMBER, Cells, Column

# Before the code of a worker: the line that says what they have is no record.
WORKER = "@"


class BoardRoom(StepRegister):
    """Orders by worker, those with nobody first; below each worker the next to do is on top."""

    SYSTEM = "repairs"
    TITLE_TEXT = N_("Board")
    HELP_TEXT = N_(
        "What is with nobody stands on top, then each worker with what they have, the next to do first. t hands an "
        "order over by code, name or initials; the other keys are those of the repairs."
    )
    EMPTY = N_("Nothing is open.")
    TOLD = WORKER
    COLUMNS = (Column(N_("due"), 9, right=True), Column(N_("number"), NUMBER), Column(N_("state"), 11, most=18),
               Column(N_("appointment"), 11), Column(N_("about")))  # fmt: skip
    SEARCHES = IN_LINES
    BINDINGS = [*step_keys(STEPS["repairs"]), *LOOK_IN_LINES]

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        """A worker who is looked for is found with what they have."""
        found: list[tuple[str, Cells]] = []
        worker: Cells = ()
        for number, cells in [] if before else self.whole(desk):
            worker = cells if number.startswith(WORKER) else worker
            if has_words(self.words, worker, cells):
                found.append((number, cells))
        return found

    def whole(self, desk: Desk) -> list[tuple[str, Cells]]:
        with desk.look() as view:
            calendar, now = view.calendar, view.now
            found: list[tuple[str, Cells]] = []
            rows = board.orders(view.session)
            midnight = calendar.midnight(calendar.local(now).date())
            for load in (None, *board.loads(view.session, now, midnight)):
                code = load.code if load else ""
                own = [(case, due) for case, due in rows if case.worker == code]
                if load or own:
                    found.append((WORKER + code, _worker_cells(view, load, len(own))))
                for case, due in own:
                    state = state_of(case, now)
                    rest = left.until(due, now, calendar.zone) if due else ""
                    at = moments.shown(case.appointment_at, calendar, now)
                    urged = f"‼{case.urges} " if case.urges else ""
                    found.append((case.number, (rest, case.number, state, at, f"{urged}{case.subject} {case.what}")))
        return found

    def about(self, number: str) -> str:
        return one_line(f"{number} · {self.rows[number][4]}")


def _worker_cells(view: View, load: board.Load | None, count: int) -> Cells:
    """The line above somebody's orders: who, how many, the next appointment, where they are and what they did today."""
    if load is None:
        return "", "", _("nobody yet"), "", _("{count} in hand", count=count)
    at = moments.shown(load.appointment, view.calendar, view.now)
    return "", f"◆ {load.name}", _("{count} in hand", count=load.in_hand), at, doing(view, load)
