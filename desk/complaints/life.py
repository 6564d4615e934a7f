"""What every act on a complaint shares: finding it open, and an entry that carries what its promises depend on."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from data.cases import Complaint, Slip
from data.clocks import Clock
from desk import cases
from desk.act import Act
from desk.ground.refusals import Refused
from desk.view import View


def ready(act: Act, number: str, why_not: Callable[[View, Complaint], Refused | None]) -> Complaint:
    """One complaint that is ready for a step; raises what the step's rule says against it."""
    case = cases.get_ready(act, Complaint, number, why_not)
    return case


def why_not_unfiled(view: View, case: Complaint) -> Refused | None:
    """What was left out before a complaint was closed can still be made good until it is filed."""
    return None if case.state == "closed" else cases.why_not_open(view, case)


def slips(view: View, case: Complaint) -> list[Slip]:
    """The slips of a complaint, oldest first."""
    return view.once(("slips", case.number), lambda: slips_of(view.session, case.number))


def slips_of(session: Session, number: str) -> list[Slip]:
    """The slips of a complaint, oldest first."""
    return list(session.exec(select(Slip).where(Slip.complaint == number).order_by(col(Slip.number))))


WAITING = ("written", "signed", "received")


def is_pending(found: list[Slip]) -> bool:
    """Whether a department has still to sign for a slip, or to report back."""
    return any(slip.state in WAITING for slip in found)


def forget_result(case: Complaint) -> None:
    """What comes anew from a department has to be agreed to anew."""
    case.agreed_at, case.agreed_by = None, ""


def weighs_more(case: Complaint) -> None:
    """What became major or important, or came back as such, is agreed to and reported anew (CMP-13, 25, 46, 56)."""
    forget_result(case)
    case.reported_to = ""


def unanswer(case: Complaint) -> None:
    """What was told, confirmed and called solved no longer stands: a department has it again."""
    case.answered_at = case.confirmed_at = case.settled_at = None
    case.confirmed_how = ""


def next_reply_agreed(session: Session, number: str, after: datetime | None = None) -> bool:
    """Whether the time of a next reply was agreed and has not been made good yet (CMP-21, CMP-58).

    Args:
        after: aware instant after which it has to lie, where an old one does not count.
    """
    running = select(Clock.id).where(Clock.record == number, Clock.rule == "T-20", col(Clock.ended_at).is_(None))
    if after is not None:
        running = running.where(Clock.due_at > after)
    return session.exec(running.limit(1)).first() is not None


def enter(act: Act, verb: str, case: Complaint, *, by_itself: bool = False, **facts: object) -> None:
    """Leave an entry with the state of the complaint on which its clocks depend."""
    act.session.add(case)
    standing = {
        "grade": case.grade,
        "nature": case.nature,
        "channel": case.channel,
        "answered": "yes" if case.answered_at else "no",
        "settled": "yes" if case.settled_at else "no",
        "category": case.category,
        "next_reply": "yes" if next_reply_agreed(act.session, case.number) else "no",
        "major_at": case.major_at,
        "raised_at": case.reopened_at or case.received_at,
    }
    cases.enter(act, verb, case, by_itself=by_itself, **{**standing, **facts})
