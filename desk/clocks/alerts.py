"""What a desk is told of at once: warnings, missed promises and reports upwards for its roles, and emergencies."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from data.clocks import Clock
from data.journal import JournalEntry
from desk.systems import may

STEPS = ("clocks.warn", "clocks.breach", "clocks.escalate", "clocks.chase")
EMERGENCY = "emergencies.register"


@dataclass(frozen=True)
class Alert:
    """One thing to be told: the journal's verb, the record, and the clock's rule where there is one."""

    verb: str
    record: str
    rule: str


def newest(session: Session) -> int:
    """The number of the newest entry, from which on a desk listens."""
    return session.exec(select(func.max(JournalEntry.number))).one() or 0


def since(session: Session, number: int, roles: str, operator: str, department: str = "") -> list[Alert]:
    """What others did after an entry that somebody with these roles, or of this department, is told, oldest first."""
    held = set(roles.split())
    query = select(JournalEntry).where(JournalEntry.number > number, col(JournalEntry.verb).in_((*STEPS, EMERGENCY)))
    query = query.where(JournalEntry.operator != operator)
    return list(_concerning(session.exec(query.order_by(col(JournalEntry.number))), held, roles, department))


def _concerning(entries: Iterable[JournalEntry], held: set[str], roles: str, department: str) -> Iterable[Alert]:
    for entry in entries:
        facts = json.loads(entry.facts)
        if entry.verb == EMERGENCY and may(roles, "emergencies.read"):
            yield Alert(entry.verb, entry.record, "")
        elif facts.get("to") in held or (department and facts.get("department") == department):
            yield Alert(entry.verb, entry.record, str(facts.get("rule", "")))


def next_step(session: Session) -> datetime | None:
    """When the next warning or report falls due at any desk, or None."""
    query = select(Clock.next_step_at).where(col(Clock.next_step_at).is_not(None))
    return session.exec(query.order_by(col(Clock.next_step_at)).limit(1)).first()


class Unheard(NamedTuple):
    """An emergency that no leader has acknowledged yet: its number, what it is about, since when."""

    record: str
    subject: str
    since: datetime


def unheard(session: Session) -> list[Unheard]:
    """Emergencies that no leader has acknowledged yet, the first to be late first."""
    query = select(Clock.record, Clock.subject, Clock.started_at).where(
        Clock.rule == "emergency.acknowledge", col(Clock.ended_at).is_(None)
    )
    return [Unheard(*row) for row in session.exec(query.order_by(col(Clock.due_at)))]
