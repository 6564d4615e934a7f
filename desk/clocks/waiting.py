"""What waits in each room: the promises that run there, and how many of them are late."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from data.clocks import Clock
from desk.systems import ROOMS, SYSTEMS

# The room in which every promise stands.
ALL = "queue"


@dataclass(frozen=True)
class Waiting:
    """How many promises of a room run now, and how many of those are late."""

    running: int = 0
    late: int = 0


def by_room(session: Session, now: datetime) -> dict[str, Waiting]:
    """What waits in each room; a room without a promise is left out."""
    late = func.sum(case((col(Clock.due_at) < now, 1), else_=0))
    query = select(Clock.system, func.count(), late).where(
        col(Clock.ended_at).is_(None), col(Clock.paused_at).is_(None)
    )
    found = {name: Waiting(count, int(due or 0)) for name, count, due in session.exec(query.group_by(Clock.system))}
    waiting = {name: found[name] for name in ROOMS if name in found and name in SYSTEMS}
    if found:
        waiting[ALL] = Waiting(sum(one.running for one in found.values()), sum(one.late for one in found.values()))
    return waiting
