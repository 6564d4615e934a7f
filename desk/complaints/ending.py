"""How a complaint ends: settled, confirmed by the customer, closed, visited, filed; or opened again."""

from data.cases import Complaint
from data.words import N_
from desk import cases
from desk.act import Act
from desk.complaints import answering, incidents, life, manager
from desk.complaints.terms import CONFIRMATIONS
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.view import View


def why_not_settle(view: View, case: Complaint) -> Refused | None:
    """Nothing is solved twice, or while a department has a slip that waits (CMP-50, CMP-52)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.settled_at is not None:
        return StateChanged(N_("{number} is settled already."), number=case.number)
    if life.is_pending(life.slips(view, case)):
        return StateChanged(N_("A department has a slip that waits: it is not solved yet."), clause="CMP-50")
    return None


def settle(act: Act, *, number: str, text: str) -> Complaint:
    """Say what was done and that it is solved; ends the one-day and fifteen-day clocks (CMP-52, CMP-54)."""
    act.require("complaints.settle")
    case = life.ready(act, number, why_not_settle)
    cases.write_down(act, case.number, "settle", texts.needed(text, "text"))
    case.settled_at = act.now
    life.enter(act, "complaints.settle", case)
    return case


def why_not_confirm(view: View, case: Complaint) -> Refused | None:
    """The customer has heard the result, and confirms it once (CMP-21, CMP-23)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.answered_at is None:
        return StateChanged(N_("The customer has not heard the result yet: answer first."), clause="CMP-21")
    if case.confirmed_at is not None:
        return StateChanged(N_("{number} is confirmed already."), number=case.number, clause="CMP-23")
    return manager.why_not(view, case)


def confirm(act: Act, *, number: str, how: str, text: str) -> Complaint:
    """The customer confirms matter, process and result: how, when, in which words; then it is solved (CMP-23, 24).

    Raises:
        StateChanged: the result was not told yet; Invalid: at the field that is missing.
    """
    act.require("complaints.confirm")
    case = life.ready(act, number, why_not_confirm)
    if how not in CONFIRMATIONS:
        raise Invalid(N_("Choose how they confirmed."), field="how", clause="CMP-23")
    cases.write_down(act, case.number, "confirm", texts.needed(text, "text"))
    case.confirmed_how, case.confirmed_at, case.settled_at = how, act.now, case.settled_at or act.now
    life.enter(act, "complaints.confirm", case, how=how)
    return case


def why_not_close(view: View, case: Complaint) -> Refused | None:
    """A complaint is closed judged, answered, in writing where it came so, and confirmed (CMP-7, CMP-21, CMP-23)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.answered_at is None:
        return StateChanged(N_("The customer has had no answer yet: reply first, then close."), clause="CMP-21")
    if not case.nature:
        return StateChanged(N_("The project supervisor has not judged it yet."), clause="CMP-26")
    if case.channel in answering.WRITTEN and case.written_at is None:
        return StateChanged(N_("A letter or fax gets its formal written answer first."), clause="CMP-7")
    if (refused := manager.why_not(view, case)) is not None:
        return refused
    if case.confirmed_at is None:
        return StateChanged(N_("The customer's confirmation is missing."), clause="CMP-23")
    return None


def close(act: Act, *, number: str, outcome: str) -> Complaint:
    """Close the complaint: judged, answered, in writing where it came so, confirmed by the customer (CMP-21, CMP-23).

    Raises:
        StateChanged: what is still missing, with its clause.
    """
    act.require("complaints.close")
    case = life.ready(act, number, why_not_close)
    case.settled_at = case.settled_at or act.now
    case.outcome, case.closed_at, case.state = texts.needed(outcome, "outcome"), act.now, "closed"
    life.enter(act, "complaints.close", case)
    return case


def reopen(act: Act, case: Complaint) -> None:
    """Nobody has to remember it: what does not satisfy goes on, with a new answer and a new visit to come (RV-12)."""
    case.state, case.closed_at, case.replied_at, case.reopened_at = "open", None, None, act.now
    case.answered_at = case.agreed_at = case.settled_at = case.confirmed_at = case.written_at = None
    case.agreed_by, case.confirmed_how = "", ""
    case.major_at = act.now if case.grade == "major" else None
    if case.nature == "invalid":
        case.nature, case.grade, case.grade_reason = "", "major" if case.promoted else "", case.promoted
    life.weighs_more(case)
    for slip in life.slips(act, case):
        slip.state = "done"
        act.session.add(slip)
    life.enter(act, "complaints.reopen", case, judged_at=act.now, reported="no")
    incidents.promote_repeated(act, case)


def why_not_archive(view: View, case: Complaint) -> Refused | None:
    """A complaint is filed once, after its return visit, with whatever its manager had to see (REC-9, CMP-15)."""
    if case.state == "archived":
        return StateChanged(N_("{number} is filed already."), number=case.number)
    if case.state != "closed" or case.visited_at is None:
        return StateChanged(N_("A complaint is filed after its return visit."), clause="REC-9")
    return manager.why_not(view, case)


def archive(act: Act, *, number: str) -> Complaint:
    """Put the file in order and away, once the customer confirmed it and was visited (REC-4, REC-9, CMP-15)."""
    act.require("complaints.archive")
    case = life.ready(act, number, why_not_archive)
    case.state, case.archived_at = "archived", act.now
    life.enter(act, "complaints.archive", case)
    return case
