"""Reported repairs: here the record, its order and the hand-over to engineering (REP-4, REP-5, INT-16)."""

from data.cases import Repair
from data.words import N_
from desk import cases
from desk.act import Act
from desk.ground.refusals import Refused, StateChanged
from desk.view import View

SYSTEM = "repairs"


def why_not_order(view: View, case: Repair) -> Refused | None:
    """The order of a repair is written once (REP-4)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.state != "open":
        return StateChanged(N_("The order of {number} was written already."), number=case.number, clause="REP-4")
    return None


def order(act: Act, *, number: str) -> Repair:
    """The work order was written in full; stops the five-minute clock, starts the two-minute one (REP-4)."""
    act.require("repairs.order")
    case = cases.get_ready(act, Repair, number, why_not_order)
    case.state = "ordered"
    act.session.add(case)
    act.record("repairs.order", case.number, subject=f"{case.subject} {case.what}")
    return case


def notify(act: Act, *, number: str) -> Repair:
    """Engineering was told to collect the order; stops the two-minute clock (REP-5)."""
    act.require("repairs.notify")
    case = cases.get_open(act, Repair, number)
    case.department, case.referred_at, case.state = "engineering", act.now, "referred"
    act.session.add(case)
    act.record("repairs.notify", case.number)
    return case


def close(act: Act, *, number: str, outcome: str) -> Repair:
    """Close the repair with what came of it."""
    act.require("repairs.close")
    case = cases.get_open(act, Repair, number)
    case.replied_at = case.replied_at or act.now
    return cases.close(act, Repair, number=number, outcome=outcome)
