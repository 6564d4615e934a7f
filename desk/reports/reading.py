"""What a sheet is made of, read by index for its days only."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from data.cases import CaseNote, Complaint, Contact, Emergency, Request, Visit
from data.clocks import Clock
from data.directory import Building, Entrance, Unit
from desk.calendar import Calendar
from desk.reports.balance import Events
from desk.reports.past import Standing, chunks
from desk.reports.periods import Period
from desk.standards import KEPT

FIRST_REPLY = ("T-11",)


def contacts(session: Session, span: Period) -> Sequence[tuple[str, str, str]]:
    """(number, channel, kind) of every contact."""
    query = select(Contact.number, Contact.channel, Contact.kind).where(Contact.at >= span.begin, Contact.at < span.end)
    return list(session.exec(query))


def received(session: Session, span: Period, end: datetime) -> list[Complaint]:
    """Complaints received in the period, up to an instant."""
    query = select(Complaint).where(col(Complaint.received_at) >= span.begin, col(Complaint.received_at) < end)
    return list(session.exec(query.order_by(col(Complaint.number))))


def some(session: Session, numbers: Sequence[str]) -> dict[str, Complaint]:
    """Complaints by number."""
    found: dict[str, Complaint] = {}
    for part in chunks(sorted(set(numbers))):
        found |= {one.number: one for one in session.exec(select(Complaint).where(col(Complaint.number).in_(part)))}
    return found


def count_received(session: Session, begin: datetime, end: datetime) -> int:
    """How many complaints came in between two instants."""
    query = select(func.count()).select_from(Complaint)
    return session.exec(query.where(col(Complaint.received_at) >= begin, col(Complaint.received_at) < end)).one()


def first_replies(session: Session, found: Sequence[Standing], moment: datetime) -> dict[str, datetime]:
    """When each complaint had its first reply before a moment: the instant that kept its first-reply promise."""
    replies: dict[str, datetime] = {}
    for numbers in chunks([one.number for one in found]):
        query = select(Clock.record, Clock.ended_at).where(
            col(Clock.record).in_(numbers),
            col(Clock.rule).in_(FIRST_REPLY),
            Clock.ended_as == KEPT,
            col(Clock.ended_at) < moment,
        )
        for record, ended in session.exec(query.order_by(col(Clock.id))):
            if ended is not None:
                replies.setdefault(record, ended)
    return replies


class Made(NamedTuple):
    """A visit or an attempt, as much of it as a sheet says; columns only, for a year has thousands."""

    at: datetime
    number: str
    how: str
    visitor: str
    reached: bool
    satisfied: str
    quality: str
    effect: str
    shortcomings: str
    suggestions: str

    def answers(self) -> list[tuple[str, str]]:
        """What they said, by the question."""
        return [(name, getattr(self, name)) for name in ("quality", "effect", "shortcomings", "suggestions")]


def visits_made(session: Session, span: Period) -> list[Made]:
    """Every visit and attempt of the period."""
    columns = [getattr(Visit, name) for name in Made._fields]
    query = sql_select(*columns).where(col(Visit.at) >= span.begin, col(Visit.at) < span.end).order_by(col(Visit.id))
    return [Made(*row) for row in session.connection().execute(query)]


def requests(session: Session, span: Period) -> list[Request]:
    """Requests received in the period."""
    query = select(Request).where(col(Request.received_at) >= span.begin, col(Request.received_at) < span.end)
    return list(session.exec(query.order_by(col(Request.number))))


def emergencies(session: Session, span: Period) -> list[Emergency]:
    """Emergencies of the period."""
    query = select(Emergency).where(col(Emergency.received_at) >= span.begin, col(Emergency.received_at) < span.end)
    return list(session.exec(query.order_by(col(Emergency.number))))


def claims(session: Session, found: Events) -> list[tuple[str, datetime, str]]:
    """(record, instant, words) of every compensation that was claimed in the period, whatever was claimed since."""
    claimed = [(record, at) for record, at, _facts in found.by["quality.claim"]]
    words: dict[tuple[str, datetime], str] = {}
    for part in chunks(sorted({record for record, _at in claimed})):
        query = select(CaseNote.number, CaseNote.at, CaseNote.text).where(
            col(CaseNote.number).in_(part), CaseNote.kind == "claim"
        )
        words.update({(number, at): text for number, at, text in session.exec(query)})
    return [(record, at, words.get((record, at), "")) for record, at in claimed]


def buildings(session: Session) -> dict[int, str]:
    """The building of every unit."""
    query = select(Unit.id, Building.name).join(Entrance, col(Entrance.id) == Unit.entrance_id)
    rows = session.exec(query.join(Building, col(Building.id) == Entrance.building_id))
    return {unit_id: name for unit_id, name in rows if unit_id is not None}


def prevention(session: Session, found: Sequence[Standing], moment: datetime) -> dict[str, str]:
    """The prevention agreed for these complaints before a moment."""
    said: dict[str, str] = {}
    for numbers in chunks([one.number for one in found]):
        query = select(CaseNote.number, CaseNote.text).where(
            col(CaseNote.number).in_(numbers), CaseNote.kind == "prevent", CaseNote.at < moment
        )
        said.update(dict(session.exec(query.order_by(col(CaseNote.id))).all()))
    return said


def business_hours(calendar: Calendar, begin: datetime, end: datetime) -> float:
    """Hours on duty between two instants."""
    return calendar.counted(begin, end, "duty").total_seconds() / 3600
