"""What every act on a complaint shares: finding it open, and an entry that carries what its promises depend on."""

from typing import Any

from sqlmodel import Session, col, select

from data.cases import Complaint
from data.clocks import Clock
from desk import cases
from desk.act import Act
from desk.complaints.terms import SYSTEM


def get_open(act: Act, number: str) -> Complaint:
    """One complaint that is not closed yet."""
    case: Complaint = cases.get_open(act, SYSTEM, number)
    return case


def get_unfiled(act: Act, number: str) -> Complaint:
    """One complaint that is not filed yet; what was left out before it was closed can still be made good."""
    case: Complaint = cases.get(act.session, SYSTEM, number)
    return case if case.state == "closed" else get_open(act, number)


def next_reply_agreed(session: Session, number: str) -> bool:
    """Whether the time of a next reply was agreed and has not been made good yet (CMP-21, CMP-58)."""
    running = select(Clock.id).where(Clock.record == number, Clock.rule == "T-20", col(Clock.ended_at).is_(None))
    return session.exec(running.limit(1)).first() is not None


def enter(act: Act, verb: str, case: Complaint, *, by_itself: bool = False, **facts: Any) -> None:
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
