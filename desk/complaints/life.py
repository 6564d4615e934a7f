"""What every act on a complaint shares: finding it open, and an entry that carries what its promises depend on."""

from typing import Any

from data.cases import Complaint
from desk import cases
from desk.act import Act
from desk.complaints.terms import SYSTEM


def get_open(act: Act, number: str) -> Complaint:
    """One complaint that is not closed yet."""
    case: Complaint = cases.get_open(act, SYSTEM, number)
    return case


def enter(act: Act, verb: str, case: Complaint, *, by_itself: bool = False, **facts: Any) -> None:
    """Leave an entry with the state of the complaint on which its clocks depend."""
    act.session.add(case)
    standing = {
        "grade": case.grade,
        "nature": case.nature,
        "channel": case.channel,
        "answered": "yes" if case.answered_at else "no",
        "settled": "yes" if case.settled_at else "no",
        "major_at": case.major_at,
        "raised_at": case.reopened_at or case.received_at,
    }
    cases.enter(act, verb, case, by_itself=by_itself, **{**standing, **facts})
