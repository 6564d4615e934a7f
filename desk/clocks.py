"""The supervisor's queue: running promises, their pauses, extensions, warnings and escalations."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from data.cases import Contact
from data.cleaning import clean
from data.clocks import Clock, ClockExtension, ClockPause, Holiday
from data.words import N_, _, language
from desk import site, standards
from desk.act import Act, Desk
from desk.calendar import Calendar, Span, parse_within
from desk.promises import next_step
from desk.refusals import Invalid, NotAllowed, NotFound, StateChanged
from desk.roles import may, role_name

LATEST_EXTENSION = timedelta(days=366)
LARGEST_ID = 2**63 - 1


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


STATES = ("overdue", "running", "paused", "provisional")


def _running(now: datetime, wanted: Filter) -> Any:
    query = select(Clock.id).where(col(Clock.ended_at).is_(None))
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
    conditions: dict[str, Any] = {
        "overdue": Clock.due_at < now,
        "running": col(Clock.paused_at).is_(None),
        "paused": col(Clock.paused_at).is_not(None),
        "provisional": col(Clock.provisional).is_(True),
    }
    return query.where(conditions[wanted.state]) if wanted.state in conditions else query


def queue_ids(session: Session, now: datetime, wanted: Filter = Filter()) -> list[int]:
    """Ids of the running clocks, by due time."""
    return list(session.exec(_running(now, wanted).order_by(col(Clock.due_at), col(Clock.id))))


def needing(session: Session, store: Path, now: datetime, roles: str, wanted: Filter = Filter()) -> list[int]:
    """Ids of the clocks that wait for a decision, an approval or a signature of one of these roles, by due time.

    A rule's first `stop` is the decision itself; reported upwards, it stays with whoever may make it.
    """
    timers = standards.of_site(store).timers.values()
    own = [timer.id for timer in timers if timer.needs and may(roles, timer.stop[0])]
    mine = _running(now, wanted).where(col(Clock.rule).in_(own))
    return list(session.exec(mine.order_by(col(Clock.due_at), col(Clock.id))))


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
    ended = (col(Clock.ended_at) >= midnight, col(Clock.dropped).is_(False))
    whole = session.exec(select(func.count()).select_from(Clock).where(*ended)).one()
    late = session.exec(select(func.count()).select_from(Clock).where(*ended, col(Clock.ended_at) > Clock.due_at)).one()
    return Day(taken, whole - late, late)


def queue_page(session: Session, ids: list[int]) -> dict[int, Clock]:
    """Some clocks by id."""
    return {clock.id: clock for clock in session.exec(select(Clock).where(col(Clock.id).in_(ids)))}  # type: ignore[misc]


def of_record(session: Session, record: str) -> list[Clock]:
    """All clocks of a record, running ones first, by due time."""
    query = select(Clock).where(Clock.record == record)
    return list(session.exec(query.order_by(col(Clock.ended_at).is_not(None), col(Clock.due_at), col(Clock.id))))


def told_to_customer(session: Session, store: Path, record: str) -> Clock | None:
    """The first running promise of a record that only a reply keeps: what to say to the caller."""
    book = standards.of_site(store)
    for clock in of_record(session, record):
        timer = book.timers.get(clock.rule)
        verbs = set(timer.stop) if timer else set()
        said = {f"{clock.system}.reply", f"{clock.system}.answer"} & verbs
        if clock.ended_at is None and said and f"{clock.system}.refer" not in verbs:
            return clock
    return None


def reply_by(desk: Desk, record: str) -> str:
    """When the caller hears from us, as it is said to them; "" when nothing was promised."""
    from desk import moments

    with desk.read() as session:
        found = told_to_customer(session, desk.store.path, record)
        calendar = site.calendar(session)
    return moments.shown(found.due_at, calendar, desk.now()) if found else ""


def read_back(desk: Desk, record: str) -> str:
    """What was saved and by when the caller hears from us, in the reader's language."""
    due = reply_by(desk, record)
    if not due:
        return _("Saved: {number}.", number=record)
    return _("Saved: {number}. They hear from us by {time}.", number=record, time=due)


def pulse(session: Session, now: datetime) -> tuple[int, datetime | None]:
    """How many running promises are overdue, and when the next one is due."""
    open_ones = (col(Clock.ended_at).is_(None), col(Clock.paused_at).is_(None))
    overdue = session.exec(select(func.count()).select_from(Clock).where(*open_ones, Clock.due_at < now)).one()
    due = session.exec(
        select(Clock.due_at).where(*open_ones, Clock.due_at >= now).order_by(col(Clock.due_at)).limit(1)
    ).first()
    return overdue, due


def get(session: Session, clock_id: int) -> Clock:
    """One clock; refuses an unknown id."""
    clock = session.get(Clock, clock_id) if clock_id <= LARGEST_ID else None
    if clock is None:
        raise NotFound(N_("There is no such promise."))
    return clock


def clock_name(clock: Clock) -> str:
    """The promise in the reader's language."""
    return clock.name_zh if language() == "zh" else clock.name_en


def _running_clock(act: Act, clock_id: int) -> Clock:
    clock = get(act.session, clock_id)
    if clock.ended_at is not None:
        raise StateChanged(N_("This promise has ended already."))
    return clock


def pause(act: Act, *, clock_id: int, reason: str, waiting_on: str = "") -> Clock:
    """Stop counting while somebody else is waited for; only where the rule counts time (T-14, T-16, T-19).

    Raises:
        StateChanged, Invalid: it is paused already, its rule has no pause, or no reason is given.
    """
    act.require("clocks.pause")
    clock = _running_clock(act, clock_id)
    _may_move(act, clock)
    if clock.paused_at is not None:
        raise StateChanged(N_("This promise is paused already."))
    if not may_pause(act, clock):
        raise Invalid(N_("This promise has no pause."), clause=clock.clauses.split(" ")[0])
    _need_reason(reason)
    act.session.add(ClockPause(clock_id=clock_id, from_at=act.now, reason=reason, operator=act.operator.code))
    clock.paused_at, clock.waiting_on, clock.next_step_at = act.now, clean(waiting_on), None
    act.session.add(clock)
    act.record("clocks.pause", clock.record, rule=clock.rule)
    return clock


def may_pause(act: Act, clock: Clock) -> bool:
    """Whether the rule behind a clock allows a pause."""
    timer = act.standards.timers.get(clock.rule)
    return bool(timer and timer.pausable and parse_within(clock.within, clock.calendar).elapsed)


def resume(act: Act, *, clock_id: int) -> Clock:
    """Go on counting: what was left at the pause is left now."""
    act.require("clocks.resume")
    clock = _running_clock(act, clock_id)
    if clock.paused_at is None:
        raise StateChanged(N_("This promise is not paused."))
    left = act.calendar.counted(clock.paused_at, clock.due_at, clock.calendar)
    if clock.due_at > clock.paused_at:
        clock.due_at = act.calendar.add(act.now, int(left.total_seconds()), clock.calendar)
        limit = parse_within(clock.within, clock.calendar)
        clock.provisional = act.calendar.rests_on_unknown(clock.started_at, clock.due_at, limit, clock.calendar)
        if clock.warn_at is not None and clock.warn_at > clock.paused_at:
            clock.warn_at = max(act.now, clock.due_at - (clock.due_at - act.now) / 4)
    for row in act.session.exec(select(ClockPause).where(ClockPause.clock_id == clock_id)).all():
        row.to_at = row.to_at or act.now
    clock.paused_at, clock.waiting_on = None, ""
    clock.next_step_at = next_step(clock, act.calendar)
    act.session.add(clock)
    act.record("clocks.resume", clock.record, rule=clock.rule)
    return clock


def extend(act: Act, *, clock_id: int, until: datetime, reason: str) -> None:
    """Approve a later end; it shows who did and why (CMP-52)."""
    act.require("clocks.extend")
    clock = _running_clock(act, clock_id)
    _may_move(act, clock)
    if until <= clock.due_at or until <= act.now:
        raise Invalid(N_("The new end must be later than the old one and than now."), field="until")
    if until > act.now + LATEST_EXTENSION:
        raise Invalid(N_("A later end lies within a year: check the date."), field="until")
    _need_reason(reason)
    act.session.add(
        ClockExtension(
            clock_id=clock_id, at=act.now, old_due_at=clock.due_at, new_due_at=until,
            reason=reason, operator=act.operator.code,
        )
    )  # fmt: skip
    clock.due_at, clock.steps_done = until, 0
    if clock.warn_at is not None:
        clock.warn_at = act.now + (until - act.now) * 3 / 4
    clock.next_step_at = next_step(clock, act.calendar) if clock.paused_at is None else None
    act.session.add(clock)
    act.record("clocks.extend", clock.record, rule=clock.rule, until=until)


def _may_move(act: Act, clock: Clock) -> None:
    """Some ends only one post may move, and some nobody (CMP-52, EMG-11)."""
    timer = act.standards.timers.get(clock.rule)
    approver = timer.approver if timer else ""
    clause = clock.clauses.split(" ")[0]
    if approver == "nobody" or clock.system == "emergencies":
        raise Invalid(N_("The end of this promise never moves."), clause=clause)
    if approver and approver not in act.operator.roles.split():
        raise NotAllowed(N_("Only the {role} approves a later end here: ask for it."), role=role_name(approver),
                         clause=clause)  # fmt: skip


def _need_reason(reason: str) -> None:
    if not clean(reason):
        raise Invalid(N_("A reason is needed."), field="reason")


@dataclass(frozen=True)
class Explanation:
    """Why a promise is due when it is."""

    clock: Clock
    spans: list[Span]
    pauses: list[ClockPause]
    extensions: list[ClockExtension]
    calendar: Calendar


def explain(session: Session, clock_id: int) -> Explanation:
    """The rule and clause, the hours that counted and those that did not, pauses and extensions."""
    clock = get(session, clock_id)
    calendar = site.calendar(session)
    pauses = list(session.exec(select(ClockPause).where(ClockPause.clock_id == clock_id).order_by("id")))
    extensions = list(session.exec(select(ClockExtension).where(ClockExtension.clock_id == clock_id).order_by("id")))
    begin = min(clock.started_at, clock.due_at)
    return Explanation(clock, calendar.spans(begin, clock.due_at, clock.calendar), pauses, extensions, calendar)


def import_holidays(act: Act, *, days: list[tuple[date, bool, str]]) -> int:
    """Take in a holiday notice and recompute every provisional deadline; returns how many moved."""
    act.require("holidays.import")
    _forget_notice(act, days)
    for day, off, name in days:
        act.session.merge(Holiday(day=day, off=off, name=name))
    act.session.flush()
    years = sorted({day.year for day, _off, _name in days})
    act.record("holidays.import", ",".join(map(str, years)), days=len(days))
    act.__dict__.pop("calendar", None)
    first = act.calendar.midnight(min(day for day, _off, _name in days))
    concerned = col(Clock.provisional).is_(True) | ((Clock.due_at >= first) & (Clock.calendar != "always"))
    running = select(Clock).where(concerned, col(Clock.ended_at).is_(None))
    return sum(_recompute(act, clock) for clock in act.session.exec(running.order_by(col(Clock.id))).all())


def _forget_notice(act: Act, days: list[tuple[date, bool, str]]) -> None:
    """A notice imported again takes the place of the one before: its year's days that it no longer names go."""
    years = {day.year for day, _off, _name in days}
    year = max(years, key=lambda known: sum(day.year == known for day, _off, _name in days))
    query = select(Holiday).where(Holiday.day >= date(year, 1, 1), Holiday.day <= date(year, 12, 31))
    for row in act.session.exec(query.order_by(col(Holiday.day))).all():
        act.session.delete(row)
    act.session.flush()


def _recompute(act: Act, clock: Clock) -> bool:
    extended = act.session.exec(select(ClockExtension.id).where(ClockExtension.clock_id == clock.id)).first()
    was = clock.due_at
    deadline = act.calendar.deadline(clock.anchor_at, clock.within, clock.calendar)
    clock.provisional = deadline.provisional
    act.session.add(clock)
    if extended is not None or deadline.due == was:
        return False
    paused = act.session.exec(select(ClockPause).where(ClockPause.clock_id == clock.id).order_by("id")).all()
    due = deadline.due
    for row in paused:
        if row.to_at is not None and row.from_at < due:
            left = act.calendar.counted(row.from_at, due, clock.calendar)
            due = act.calendar.add(row.to_at, int(left.total_seconds()), clock.calendar)
    clock.due_at, clock.not_before = due, deadline.not_before
    if clock.warn_at is not None:
        clock.warn_at = clock.started_at + (due - clock.started_at) * 3 / 4
    if due > act.now and was <= act.now:
        clock.steps_done = 0
    clock.next_step_at = next_step(clock, act.calendar) if clock.paused_at is None else None
    act.record("clocks.recompute", clock.record, rule=clock.rule, was=was, due=due)
    return True


def why_name(why: str) -> str:
    """The reason for which a stretch counts or not, in the reader's language."""
    return _(WHY.get(why, why))


def limit_name(clock: Clock) -> str:
    """How long a promise has and on which calendar, in the reader's language."""
    if language() != "zh":
        return f"{clock.within}, {_(CALENDAR_NAMES[clock.calendar])}"
    said = clock.within
    for english, chinese in LIMITS_ZH:
        said = re.sub(english, chinese, said)
    return f"{said.replace(' ', '')}，{_(CALENDAR_NAMES[clock.calendar])}"


CALENDAR_NAMES = {"always": N_("counted without a stop"), "duty": N_("in duty hours"), "working": N_("on working days")}
LIMITS_ZH = (
    (r"same day", "当日"), (r"next day", "次日"), (r"half-year end", "半年末"), (r"quarter end", "季末"),
    (r"month end", "月末"), (r"year end", "年末"), (r"month start", "次月初"), (r"^by$", "约定时间"),
    (r"before", "之前"), (r"\.\.", "至"), (r"working days?", "个工作日"), (r"\bmin\b", "分钟"), (r"\bh\b", "小时"),
    (r"\bdays?\b", "天"), (r"\bweeks?\b", "周"), (r"\bmonths?\b", "个月"), (r"\byears?\b", "年"),
    (r"(?i)\bfriday\b", "周五"), (r"(?i)\bmonday\b", "周一"),
)  # fmt: skip
WHY = {
    "workday": N_("workday"),
    "always": N_("always counts"),
    "on duty": N_("on duty"),
    "makeup": N_("make-up workday"),
    "lunch": N_("lunch break"),
    "night": N_("off duty"),
    "weekend": N_("weekend"),
}
