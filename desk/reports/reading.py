"""What a sheet is made of, read by index for its days only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, literal
from sqlmodel import Session, col, select

from data.cases import CaseNote, Complaint, Contact, Emergency, Request, Visit
from data.clocks import Clock, ClockExtension, ClockPause
from data.directory import Building, Entrance, Occupancy, Unit
from data.journal import JournalEntry
from data.kept import Instant
from desk import cases
from desk.calendar import Calendar
from desk.reports.periods import Period

CHUNK = 500
FIRST_REPLY = ("T-11",)


@dataclass(frozen=True)
class Kept:
    """How often a promise fell due in the period, and how often it was missed."""

    name_en: str
    name_zh: str
    due: int
    missed: int


@dataclass(frozen=True)
class Breach:
    """One missed promise, with the reason that was written down for it."""

    clock: Clock
    reason: str


def contacts(session: Session, span: Period) -> Sequence[tuple[str, str]]:
    """(channel, kind) of every contact."""
    query = select(Contact.channel, Contact.kind).where(Contact.at >= span.begin, Contact.at < span.end)
    return list(session.exec(query))


def received(session: Session, span: Period) -> list[Complaint]:
    """Complaints received in the period."""
    query = select(Complaint).where(col(Complaint.received_at) >= span.begin, col(Complaint.received_at) < span.end)
    return list(session.exec(query.order_by(col(Complaint.number))))


def closed(session: Session, span: Period) -> list[Complaint]:
    """Complaints closed in the period, by the journal, so that a later reopening does not change what was."""
    entries = select(JournalEntry.record).where(JournalEntry.at >= span.begin, JournalEntry.at < span.end)
    numbers = sorted(set(session.exec(entries.where(JournalEntry.verb == "complaints.close"))))
    found: list[Complaint] = []
    for chunk in _chunks(numbers):
        query = select(Complaint).where(col(Complaint.number).in_(chunk))
        found += session.exec(query.order_by(col(Complaint.number)))
    return found


def open_at(session: Session, moment: datetime) -> list[Complaint]:
    """Complaints received before an instant and not closed by it, from the open ones and those closed since."""
    still = select(Complaint).where(col(Complaint.state).not_in(cases.OVER), col(Complaint.received_at) < moment)
    since = select(Complaint).where(col(Complaint.closed_at) >= moment, col(Complaint.received_at) < moment)
    return [*session.exec(still), *session.exec(since)]


def count_received(session: Session, begin: datetime, end: datetime) -> int:
    """How many complaints came in between two instants."""
    query = select(func.count()).select_from(Complaint)
    return session.exec(query.where(col(Complaint.received_at) >= begin, col(Complaint.received_at) < end)).one()


def first_replies(session: Session, found: Sequence[Complaint]) -> dict[str, datetime]:
    """When each complaint had its first reply: the instant that ended its first-reply promise."""
    replies: dict[str, datetime] = {}
    for numbers in _chunks([one.number for one in found]):
        query = select(Clock.record, Clock.ended_at).where(
            col(Clock.record).in_(numbers), col(Clock.rule).in_(FIRST_REPLY), col(Clock.ended_at).is_not(None)
        )
        for record, ended in session.exec(query.order_by(col(Clock.id))):
            if ended is not None:
                replies.setdefault(record, ended)
    return replies


def promises(session: Session, span: Period, now: datetime) -> list[Kept]:
    """Every promise that fell due in the period, by rule; what is still ahead is not counted."""
    ended = func.coalesce(col(Clock.ended_at), literal(now, Instant))
    missed = func.sum(case((ended > Clock.due_at, 1), else_=0))
    over = col(Clock.ended_at).is_not(None) | (col(Clock.paused_at).is_(None) & (Clock.due_at <= now))
    rows = session.exec(
        select(Clock.name_en, Clock.name_zh, func.count(), missed)
        .where(Clock.due_at >= span.begin, Clock.due_at < span.end, col(Clock.dropped).is_(False), over)
        .group_by(col(Clock.rule), col(Clock.name_en), col(Clock.name_zh))
        .order_by(col(Clock.rule))
    )
    return [Kept(name_en, name_zh, due, late) for name_en, name_zh, due, late in rows]


def breaches(session: Session, span: Period, now: datetime, limit: int = 200) -> list[Breach]:
    """Promises that were due in the period and kept late or not at all, with what was written down as the reason."""
    still = col(Clock.ended_at).is_(None) & col(Clock.paused_at).is_(None) & (Clock.due_at < now)
    late = (col(Clock.ended_at) > Clock.due_at) | still
    found = session.exec(
        select(Clock)
        .where(Clock.due_at >= span.begin, Clock.due_at < span.end, col(Clock.dropped).is_(False), late)
        .order_by(col(Clock.due_at), col(Clock.id))
        .limit(limit)
    ).all()
    reasons = _reasons(session, found)
    return [Breach(clock, reasons.get(clock.id or 0, "")) for clock in found]


def _reasons(session: Session, found: Sequence[Clock]) -> dict[int, str]:
    """The reason of a pause or an approved later end, else the reason given for the record."""
    by_clock: dict[int, str] = {}
    for ids in _chunks([clock.id or 0 for clock in found]):
        for table in (ClockPause, ClockExtension):
            rows = session.exec(select(table.clock_id, table.reason).where(col(table.clock_id).in_(ids)))
            by_clock.update(dict(rows.all()))
    notes: dict[str, str] = {}
    for numbers in _chunks(sorted({clock.record for clock in found})):
        query = select(CaseNote.number, CaseNote.text).where(
            col(CaseNote.number).in_(numbers), col(CaseNote.kind).in_(("overrun", "promise"))
        )
        notes.update(dict(session.exec(query.order_by(col(CaseNote.id))).all()))
    return {clock.id or 0: by_clock.get(clock.id or 0) or notes.get(clock.record, "") for clock in found}


def visits(session: Session, found: Sequence[Complaint]) -> list[Visit]:
    """Every visit and attempt of these complaints."""
    rows: list[Visit] = []
    for numbers in _chunks([one.number for one in found]):
        rows += session.exec(select(Visit).where(col(Visit.number).in_(numbers)).order_by(col(Visit.id)))
    return rows


def visits_made(session: Session, span: Period) -> list[Visit]:
    """Every visit and attempt of the period."""
    query = select(Visit).where(Visit.at >= span.begin, Visit.at < span.end).order_by(col(Visit.id))
    return list(session.exec(query))


def requests(session: Session, span: Period) -> list[Request]:
    """Requests received in the period."""
    query = select(Request).where(col(Request.received_at) >= span.begin, col(Request.received_at) < span.end)
    return list(session.exec(query.order_by(col(Request.number))))


def emergencies(session: Session, span: Period) -> list[Emergency]:
    """Emergencies of the period."""
    query = select(Emergency).where(col(Emergency.received_at) >= span.begin, col(Emergency.received_at) < span.end)
    return list(session.exec(query.order_by(col(Emergency.number))))


def buildings(session: Session) -> dict[int, str]:
    """The building of every unit."""
    query = select(Unit.id, Building.name).join(Entrance, col(Entrance.id) == Unit.entrance_id)
    rows = session.exec(query.join(Building, col(Building.id) == Entrance.building_id))
    return {unit_id: name for unit_id, name in rows if unit_id is not None}


def occupied(session: Session) -> int:
    """How many households live here now."""
    query = select(func.count(func.distinct(Occupancy.unit_id))).where(col(Occupancy.until).is_(None))
    return session.exec(query).one()


def prevention(session: Session, found: Sequence[Complaint]) -> dict[str, str]:
    """The prevention agreed for these complaints."""
    said: dict[str, str] = {}
    for numbers in _chunks([one.number for one in found]):
        query = select(CaseNote.number, CaseNote.text).where(
            col(CaseNote.number).in_(numbers), CaseNote.kind == "prevent"
        )
        said.update(dict(session.exec(query.order_by(col(CaseNote.id))).all()))
    return said


def business_hours(calendar: Calendar, begin: datetime, end: datetime) -> float:
    """Hours on duty between two instants."""
    return calendar.counted(begin, end, "duty").total_seconds() / 3600


def _chunks(values: Sequence[object]) -> Iterable[Sequence[object]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
