"""Repairs on screen: who has which order, and what its next steps are."""

from typing import Any

from data.words import N_, named
from desk.operators import everyone
from desk.repairs.life import state_of
from desk.repairs.terms import ENDS, SORTS, SYSTEM, TRADES
from desk.step_table import STEPS
from desk.view import View
from screens.cases import COLUMNS, FORM, CaseRegister
from screens.register import LOOK
from screens.step_keys import step_keys
from screens.widgets.lines import Cells, Column


class RepairRoom(CaseRegister):
    """The register of reported repairs."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Repairs")
    HELP_TEXT = N_(
        "Reported repairs, newest first; the keys shown are the next steps. The order within five minutes, engineering "
        "told within two more, collected with a signature; arrived, agreed before the work, finished, copies back."
    )
    COLUMNS = (*COLUMNS[:3], Column(N_("who"), 10), COLUMNS[3])
    SORTS = {"sort": SORTS, "trade": TRADES}
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def cells(self, view: View, row: Any) -> Cells:
        names = view.once("posts", lambda: {one.code: one.name for one in everyone(view.session)})
        urged = f"‼{row.urges} " if row.urges else ""
        state = named(ENDS, row.end) if row.end else state_of(row, view.now)
        # Whoever writes "kitchen tap drips" has said where.
        spot = "" if row.what.startswith(row.spot) else row.spot
        return state, names.get(row.worker, row.worker), " ".join(filter(None, (urged + row.subject, spot, row.what)))
