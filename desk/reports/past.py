"""What was true at the end of a day: a sheet of that day stays as it was, whatever happens later.

A record of today knows only today. What it was then is read from the journal: each entry of a complaint carries its
grade, nature and class, and closing and opening again are entries of their own.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select, text

from data.cases import Complaint
from data.journal import REWOUND, JournalEntry
from desk import cases

CHUNK = 500
CLOSE, REOPEN = "complaints.close", "complaints.reopen"


@dataclass
class Standing:
    """A complaint as it stood at a moment; `closings` and `reopenings` are every instant of either before it."""

    number: str
    received_at: datetime
    grade: str = ""
    nature: str = ""
    reason: str = ""
    category: str = ""
    department: str = ""
    unit_id: int | None = None
    answered: bool = False
    settled_at: datetime | None = None
    closings: list[datetime] = field(default_factory=list)
    reopenings: list[datetime] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it was not closed, or was opened again since."""
        return len(self.closings) <= len(self.reopenings)


def chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    """Pieces small enough for one question to the store."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def standings(session: Session, found: Sequence[Complaint], moment: datetime) -> dict[str, Standing]:
    """How each of these complaints stood just before a moment."""
    stood = {
        one.number: Standing(one.number, one.received_at, category=one.category, unit_id=one.unit_id) for one in found
    }
    mended = select(JournalEntry.record, JournalEntry.facts).where(
        text(REWOUND), JournalEntry.at >= moment, JournalEntry.verb == "complaints.mend"
    )
    # The first time that its home was mended since says which it was.
    for record, facts in session.exec(mended.order_by(col(JournalEntry.at).desc(), col(JournalEntry.number).desc())):
        said = json.loads(facts)
        if record in stood and "was_home" in said:
            stood[record].unit_id = said["was_home"] or None
    for numbers in chunks(sorted(stood)):
        entries = select(JournalEntry).where(col(JournalEntry.record).in_(numbers), JournalEntry.at < moment)
        for entry in session.exec(entries.order_by(col(JournalEntry.number))):
            if entry.system == "complaints":
                _take_in(stood[entry.record], entry)
    return stood


def _take_in(one: Standing, entry: JournalEntry) -> None:
    facts = json.loads(entry.facts)
    if "grade" in facts:
        one.grade, one.nature = facts["grade"], facts["nature"]
        one.answered = facts["answered"] == "yes"
        one.settled_at = (one.settled_at or entry.at) if facts["settled"] == "yes" else None
    one.category = facts.get("category", one.category)
    one.department = facts.get("department") or one.department
    if entry.verb in ("complaints.grade", "complaints.promote"):
        one.reason = facts.get("reason", "")
    if entry.verb == CLOSE:
        one.closings.append(entry.at)
    if entry.verb == REOPEN:
        one.reopenings.append(entry.at)


def last_said(session: Session, numbers: Sequence[str], moment: datetime, system: str, fact: str) -> dict[str, str]:
    """What the entries of some records said last of a fact before a moment, such as of what sort they were."""
    said: dict[str, str] = {}
    for part in chunks(numbers):
        query = select(JournalEntry.record, JournalEntry.facts).where(
            col(JournalEntry.record).in_(part), JournalEntry.at < moment, JournalEntry.system == system
        )
        for record, facts in session.exec(query.order_by(col(JournalEntry.number))):
            said[record] = json.loads(facts).get(fact) or said.get(record, "")
    return said


def open_at(session: Session, moment: datetime) -> list[Complaint]:
    """Complaints received before a moment and open just before it."""
    before = select(Complaint).where(col(Complaint.received_at) < moment)
    still = session.exec(before.where(col(Complaint.state).in_(cases.RUNNING))).all()
    since = session.exec(before.where(col(Complaint.closed_at) >= moment)).all()
    found = {one.number: one for one in (*still, *since)}
    # Only one that was opened again since may have been closed then.
    doubtful = [one for one in found.values() if one.reopened_at is not None and one.reopened_at >= moment]
    stood = standings(session, doubtful, moment)
    return [one for one in found.values() if one.number not in stood or stood[one.number].is_open]


Dated = list[tuple[str, datetime]]


def ends(session: Session, begin: datetime, end: datetime) -> tuple[Dated, Dated]:
    """(record, instant) of every closing, and of every opening again, of complaints between two instants."""
    query = select(JournalEntry.verb, JournalEntry.record, JournalEntry.at).where(
        JournalEntry.at >= begin, JournalEntry.at < end, col(JournalEntry.verb).in_((CLOSE, REOPEN))
    )
    found: dict[str, Dated] = {CLOSE: [], REOPEN: []}
    for verb, record, at in session.exec(query.order_by(col(JournalEntry.number))):
        found[verb].append((record, at))
    return found[CLOSE], found[REOPEN]


def answered_requests(session: Session, numbers: Sequence[str], moment: datetime) -> set[str]:
    """Requests whose customer had an answer at a moment, and had not opened them again since."""
    answered: set[str] = set()
    for part in chunks(numbers):
        query = select(JournalEntry.record, JournalEntry.verb).where(
            col(JournalEntry.record).in_(part),
            JournalEntry.at < moment,
            col(JournalEntry.verb).in_(("requests.reply", "requests.reopen")),
        )
        for record, verb in session.exec(query.order_by(col(JournalEntry.number))):
            (answered.add if verb == "requests.reply" else answered.discard)(record)
    return answered
