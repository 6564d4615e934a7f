"""One promise: what is said of it, its pauses, its later end, and why it is due when it is."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from data.cleaning import clean
from data.clocks import Clock, ClockExtension, ClockPause
from data.words import N_, _, language
from desk import journal, site, standards
from desk.act import Act, Desk
from desk.calendar import Calendar, Span, parse_within
from desk.ground.left import lateness
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from desk.ground.roles import role_name
from desk.standards import KEPT
from desk.standards.promises import end_pause, move, next_step

LATEST_EXTENSION = timedelta(days=366)
LARGEST_ID = 2**63 - 1


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
    from desk.calendar import moments

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


def get(session: Session, clock_id: int) -> Clock:
    """One clock; refuses an unknown id."""
    clock = session.get(Clock, clock_id) if clock_id <= LARGEST_ID else None
    if clock is None:
        raise NotFound(N_("There is no such promise."))
    return clock


def began_late(clock: Clock) -> bool:
    """Whether a promise was overdue when it began, because it counts from before: see since when and why."""
    return clock.due_at <= clock.started_at and clock.anchor_at < clock.started_at


def was_kept(clock: Clock) -> bool:
    """Whether an ended promise was kept in time."""
    return clock.ended_as == KEPT and clock.ended_at is not None and not lateness(clock, clock.ended_at)


def ending_name(clock: Clock) -> str:
    """How an ended promise ended, in the reader's language: kept, late, no longer owed, overtaken."""
    if clock.ended_at is None:
        return ""
    if lateness(clock, clock.ended_at):
        return _("late")
    return _(ENDINGS[clock.ended_as]) if clock.ended_as in ENDINGS else clock.ended_as


ENDINGS = {KEPT: N_("kept"), "void": N_("no longer owed"), "overtaken": N_("overtaken")}


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
    end_pause(act.session, clock, act.now, act.calendar)
    clock.waiting_on = ""
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
            clock_id=clock_id,
            at=act.now,
            old_due_at=clock.due_at,
            new_due_at=until,
            reason=reason,
            operator=act.operator.code,
        )
    )
    move(act.session, clock, act.now, until)
    if clock.paused_at is not None:
        # What was approved is left from now on, however long it had been paused before.
        clock.paused_at = act.now
    clock.steps_done = clock.late_paused = 0
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
        raise NotAllowed(
            N_("Only the {role} approves a later end here: ask for it."), role=role_name(approver), clause=clause
        )


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
    began_with: str
    live: bool


def explain(session: Session, clock_id: int, book: standards.Standards) -> Explanation:
    """The rule and clause, the hours that counted and those that did not, pauses and extensions.

    Args:
        book: the site's standards, which know whether anything starts such a promise yet.
    """
    clock = get(session, clock_id)
    calendar = site.calendar(session)
    pauses = list(session.exec(select(ClockPause).where(ClockPause.clock_id == clock_id).order_by("id")))
    extensions = list(session.exec(select(ClockExtension).where(ClockExtension.clock_id == clock_id).order_by("id")))
    begin = min(clock.started_at, clock.due_at)
    spans = calendar.spans(begin, clock.due_at, clock.calendar)
    began_with, timer = journal.name_of(session, clock.start_entry), book.timers.get(clock.rule)
    return Explanation(clock, spans, pauses, extensions, calendar, began_with, timer is None or timer.live)


def why_name(why: str) -> str:
    """The reason for which a stretch counts or not, in the reader's language."""
    return _(WHY.get(why, why))


def limit_name(clock: Clock) -> str:
    """How long a promise has and on which calendar, in the reader's language."""
    return limit_said(clock.within, clock.calendar)


def limit_said(within: str, calendar: str) -> str:
    """A limit and its calendar in the reader's language."""
    if language() != "zh":
        return f"{within}, {calendar_name(calendar)}"
    for english, chinese in LIMITS_ZH:
        within = re.sub(english, chinese, within)
    return f"{within.replace(' ', '')}，{calendar_name(calendar)}"


def calendar_name(calendar: str) -> str:
    """On which calendar a promise counts, in the reader's language."""
    base, _colon, own = calendar.partition(":")
    return _("in the hours of {name}", name=own) if own else _(CALENDAR_NAMES[base])


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
    "day off": N_("day off"),
    "closed": N_("closed by the site"),
    "own day": N_("hours of the site's own"),
}
