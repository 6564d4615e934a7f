"""The supervisor's queue: which promises are running, in which order, how far they are, and who is told next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from data.cases import Contact
from data.clocks import Clock
from data.words import N_, named
from desk import reading, standards
from desk.calendar import Calendar
from desk.systems import may


@dataclass(frozen=True)
class Filter:
    """What the queue shows; an empty field shows all.

    text: looked for in record and subject; answerable: the operator who was first asked (CMP-48).
    """

    system: str = ""
    department: str = ""
    role: str = ""
    state: str = ""
    text: str = ""
    answerable: str = ""


STATES = {"overdue": N_("overdue"), "running": N_("running"), "paused": N_("paused"), "provisional": N_("provisional")}


def state_name(state: str) -> str:
    """A state of the queue in the reader's language."""
    return named(STATES, state)


def _running(session: Session, now: datetime, wanted: Filter) -> SelectOfScalar[int]:
    reading.require(session, "clocks.read")
    query = select(col(Clock.id)).where(col(Clock.ended_at).is_(None))
    if wanted.system:
        query = query.where(Clock.system == wanted.system)
    if wanted.department:
        query = query.where(Clock.department == wanted.department)
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
        "overdue": Clock.due_at < now,
        "running": col(Clock.paused_at).is_(None),
        "paused": col(Clock.paused_at).is_not(None),
        "provisional": col(Clock.provisional).is_(True),
    }
    return query.where(conditions[wanted.state]) if wanted.state in conditions else query  # type: ignore[return-value]


def ids(session: Session, now: datetime, wanted: Filter = Filter()) -> list[int]:
    """Ids of the running clocks, by due time."""
    return list(session.exec(_running(session, now, wanted).order_by(col(Clock.due_at), col(Clock.id))))


def needing(session: Session, store: Path, now: datetime, roles: str, wanted: Filter = Filter()) -> list[int]:
    """Ids of the clocks that wait for a decision, an approval or a signature of one of these roles: an emergency that
    nobody has heard of first, then by due time.

    A rule's first `stop` is the decision itself; reported upwards, it stays with whoever may make it.
    """
    timers = standards.of_site(store).timers.values()
    own = [timer.id for timer in timers if timer.needs and may(roles, timer.stop[0])]
    mine = _running(session, now, wanted).where(col(Clock.rule).in_(own))
    first = col(Clock.system) != "emergencies"
    return list(session.exec(mine.order_by(first, col(Clock.due_at), col(Clock.id))))


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
    """What a day has brought so far."""

    taken: int
    kept: int
    late: int


def day_so_far(session: Session, midnight: datetime) -> Day:
    """Contacts taken, promises kept and promises kept late since midnight."""
    taken = session.exec(select(func.count()).select_from(Contact).where(Contact.at >= midnight)).one()
    ended = select(func.count()).select_from(Clock).where(col(Clock.ended_at) >= midnight)
    late = session.exec(ended.where(col(Clock.ended_at) > Clock.due_at)).one()
    kept = session.exec(ended.where(col(Clock.ended_at) <= Clock.due_at, Clock.ended_as == standards.KEPT)).one()
    return Day(taken, kept, late)


@dataclass(frozen=True)
class Bands:
    """How many running promises end within the hour, later today, and are late; none that is paused."""

    soon: int
    today: int
    late: int


def bands(session: Session, now: datetime, midnight: datetime) -> Bands:
    """The running promises by when they end.

    Args:
        midnight: the end of the local day that runs.
    """
    runs = (col(Clock.ended_at).is_(None), col(Clock.paused_at).is_(None))

    def between(begin: datetime | None, end: datetime) -> int:
        query = select(func.count()).select_from(Clock).where(*runs, Clock.due_at < end)
        return session.exec(query.where(Clock.due_at >= begin) if begin is not None else query).one()

    hour = now + timedelta(hours=1)
    return Bands(between(now, hour), between(min(hour, midnight), midnight), between(None, now))


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
