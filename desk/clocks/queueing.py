"""The supervisor's queue: which promises are running, in which order, how far they are, and who is told next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from data.cases import Contact
from data.clocks import Clock
from data.words import N_, named
from desk import reading, standards
from desk.calendar import Calendar


@dataclass(frozen=True)
class Filter:
    """What the queue shows; an empty field shows all.

    department: or NONE for what no department has; text: looked for in record and subject; answerable: the operator who
    was first asked (CMP-48).
    """

    system: str = ""
    department: str = ""
    role: str = ""
    state: str = ""
    text: str = ""
    answerable: str = ""


# Of a filter: no department has it.
NONE = "-"
STATES = {"overdue": N_("overdue"), "running": N_("running"), "paused": N_("paused"), "provisional": N_("provisional")}


def state_name(state: str) -> str:
    """A state of the queue in the reader's language."""
    return named(STATES, state)


def running(session: Session, now: datetime, wanted: Filter) -> SelectOfScalar[int]:
    """The question for the ids of the running promises that are asked for."""
    reading.require(session, "clocks.read")
    query = select(col(Clock.id)).where(col(Clock.ended_at).is_(None))
    if wanted.system:
        query = query.where(Clock.system == wanted.system)
    if wanted.department:
        query = query.where(Clock.department == ("" if wanted.department == NONE else wanted.department))
    if wanted.role:
        query = query.where(Clock.role == wanted.role)
    if wanted.answerable:
        query = query.where(Clock.answerable == wanted.answerable)
    if wanted.text:
        query = query.where(
            col(Clock.record).contains(wanted.text.upper(), autoescape=True)
            | col(Clock.subject).contains(wanted.text, autoescape=True)
        )
    conditions: dict[str, ColumnElement[bool] | bool] = {
        "overdue": and_(col(Clock.due_at) < now, col(Clock.paused_at).is_(None)),
        "running": col(Clock.paused_at).is_(None),
        "paused": col(Clock.paused_at).is_not(None),
        "provisional": col(Clock.provisional).is_(True),
    }
    return query.where(conditions[wanted.state]) if wanted.state in conditions else query  # type: ignore[return-value]


def ids(session: Session, now: datetime, wanted: Filter = Filter()) -> list[int]:
    """Ids of the running clocks, by due time."""
    return list(session.exec(running(session, now, wanted).order_by(col(Clock.due_at), col(Clock.id))))


def share_used(clock: Clock, now: datetime, calendar: Calendar) -> int:
    """How much of its time a promise has used, in percent: of the time that counts on its own calendar."""
    begin = min(clock.not_before or clock.started_at, clock.due_at)
    stop = min(clock.paused_at or now, now)
    whole = calendar.counted(begin, clock.due_at, clock.calendar)
    if not whole:
        return 100 if stop >= clock.due_at else 0
    return int(100 * (calendar.counted(begin, stop, clock.calendar) / whole)) if stop > begin else 0


def told_next(clock: Clock) -> str:
    """The role to which a promise is reported next, or "" when nobody above is left."""
    ladder = [step.partition("=")[2] for step in filter(None, clock.escalation.split(";"))]
    before = len(ladder) + (2 if clock.warn_at is not None else 1)
    left = before - clock.steps_done
    return ladder[-left] if 0 < left <= len(ladder) else ladder[0] if ladder and left > len(ladder) else ""


@dataclass(frozen=True)
class Day:
    """What a day has brought so far, and what is still to keep of it."""

    taken: int
    kept: int
    late: int
    ahead: int = 0


def day_so_far(session: Session, midnight: datetime, now: datetime | None = None, end: datetime | None = None) -> Day:
    """Contacts taken, promises kept in time and promises kept late since midnight.

    Args:
        now, end: between which what is still to keep is due; without them it is not counted.
    """
    taken = session.exec(select(func.count()).select_from(Contact).where(Contact.at >= midnight)).one()
    ended = (
        select(func.count()).select_from(Clock).where(col(Clock.ended_at) >= midnight, Clock.ended_as == standards.KEPT)
    )
    late = session.exec(ended.where(col(Clock.ended_at) > Clock.due_at)).one()
    kept = session.exec(ended.where(col(Clock.ended_at) <= Clock.due_at)).one()
    if now is None or end is None:
        return Day(taken, kept, late)
    return Day(taken, kept, late, session.exec(_ahead(now, end)).one())


def _ahead(now: datetime, end: datetime) -> SelectOfScalar[int]:
    due = col(Clock.due_at)
    running = (col(Clock.ended_at).is_(None), col(Clock.paused_at).is_(None))
    return select(func.count()).select_from(Clock).where(*running, due >= now, due < end)


def in_time(session: Session, begin: datetime, end: datetime) -> int | None:
    """How many in a hundred of the promises that ended in a stretch of time were kept; None where none ended."""
    ended = (col(Clock.ended_at) >= begin, col(Clock.ended_at) < end, Clock.ended_as == standards.KEPT)
    whole = session.exec(select(func.count()).select_from(Clock).where(*ended)).one()
    kept = session.exec(
        select(func.count()).select_from(Clock).where(*ended, col(Clock.ended_at) <= Clock.due_at)
    ).one()
    return round(100 * kept / whole) if whole else None


def page(session: Session, wanted: list[int]) -> dict[int, Clock]:
    """Some clocks by id."""
    reading.require(session, "clocks.read")
    return {clock.id: clock for clock in session.exec(select(Clock).where(col(Clock.id).in_(wanted)))}  # type: ignore[misc]


def pulse(session: Session, now: datetime) -> tuple[int, datetime | None]:
    """How many running promises are overdue, and when the next one is due."""
    open_ones = (col(Clock.ended_at).is_(None), col(Clock.paused_at).is_(None))
    overdue = session.exec(select(func.count()).select_from(Clock).where(*open_ones, Clock.due_at < now)).one()
    due = session.exec(
        select(Clock.due_at).where(*open_ones, Clock.due_at >= now).order_by(col(Clock.due_at)).limit(1)
    ).first()
    return overdue, due
