"""Where a quality complaint stands: the rule that its steps share, and its end."""

from sqlmodel import Session

from data.quality import Quality
from data.words import N_
from desk import cases
from desk.act import Act
from desk.ground.refusals import Refused, StateChanged
from desk.view import View

# Until the plan is agreed upon, what is found on site may still turn the judgement about the warranty.
BEFORE_PLAN = ("open", "ordered", "referred", "collected", "appraised", "explained")
LONGEST = 500


def why_not_in(view: View, case: Quality, *states: str) -> Refused | None:
    """The common rule: open, and in one of the states in which a step is done."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.state not in states:
        return StateChanged(N_("{number} is not there yet: it is {state}."), number=case.number,
                            state=cases.state_name(case.state))  # fmt: skip
    return None


def begin_anew(case: Quality) -> None:
    """What the developer was told, found, planned and done before counts no more, nor does its paper say so; the notes
    keep it."""
    case.developer_told_at = case.appraisal_at = case.appraised_at = None
    case.planned_at = case.consented_at = case.finished_at = None
    case.developer = case.appraised = case.plan = case.contractor = case.consented = case.result = ""


def is_visited(session: Session, case: Quality) -> bool:
    """Whether its end is followed by a visit: something was mended, or they were not satisfied once (QRP-9, RV-12)."""
    return case.finished_at is not None or any(one.kind == "round" for one in cases.notes_of(session, case.number))


def end(act: Act, case: Quality, outcome: str, verb: str, **facts: str) -> Quality:
    """It ends, and is visited where something was mended."""
    facts["mended"] = "yes" if is_visited(act.session, case) else "no"
    case.outcome, case.closed_at, case.state = outcome, act.now, "closed"
    act.session.add(case)
    cases.enter(act, verb, case, by_itself=False, **facts)
    return case
