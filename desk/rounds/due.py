"""One list of who is to be visited now, whatever it is about: what must be, what is due, what is planned (RV-2)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from data.cases import Visit
from data.clocks import Clock
from data.rounds import PlannedVisit
from data.words import named
from desk.calendar import moments
from desk.ground import left
from desk.ground.left import clock_name
from desk.rounds.terms import KINDS, MUST, SYSTEM
from desk.standards import KEPT
from desk.view import View

VISITED = "followups.visit"
MOST = 500


@dataclass(frozen=True)
class Awaited:
    """Somebody who is to be visited: about what, of which system, why, until when, and how often it was tried."""

    number: str
    system: str
    why: str
    about: str
    left: str
    tries: int
    must: bool
    due: datetime | None


def visits(view: View) -> list[Awaited]:
    """Everybody who is to be visited, what must be first, then what is due first, then the plan up to this month."""
    rules = [name for name, ending in view.standards.stopping(VISITED).items() if ending == KEPT]
    promised = view.session.exec(
        select(Clock)
        .where(col(Clock.rule).in_(rules), col(Clock.ended_at).is_(None))
        .order_by(col(Clock.due_at))
        .limit(MOST)
    ).all()
    month = f"{view.calendar.local(view.now):%Y-%m}"
    planned = view.session.exec(
        select(PlannedVisit)
        .where(PlannedVisit.state == "open", PlannedVisit.month <= month)
        .order_by(col(PlannedVisit.meet_at).is_(None), col(PlannedVisit.meet_at), col(PlannedVisit.number))
        .limit(MOST)
    ).all()
    numbers = [one.record for one in promised] + [one.number for one in planned]
    query = select(Visit.number, func.count()).where(col(Visit.number).in_(numbers), col(Visit.reached).is_(False))
    tries = dict(view.session.exec(query.group_by(Visit.number)).all()) if numbers else {}
    zone = view.calendar.zone
    found = [
        Awaited(one.record, one.system, _why(view, one), one.subject, left.until(one.due_at, view.now, zone),
                tries.get(one.record, 0), one.rule == MUST, one.due_at)
        for one in promised
    ]  # fmt: skip
    found.sort(key=lambda one: (not one.must, one.due))
    return found + [
        Awaited(one.number, SYSTEM, named(KINDS, one.kind), f"{one.subject} {one.what}",
                moments.shown(one.meet_at, view.calendar, view.now), tries.get(one.number, 0), False, one.meet_at)
        for one in planned
    ]  # fmt: skip


def _why(view: View, one: Clock) -> str:
    """The promise in words; one that may not be kept yet says from when it may (RV-5)."""
    if one.not_before is not None and one.not_before > view.now:
        return f"○ {moments.shown(one.not_before, view.calendar, view.now)}"
    return clock_name(one)
