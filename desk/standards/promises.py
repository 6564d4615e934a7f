"""Promises follow the journal: an entry starts and stops the clocks whose rules match it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from data.cleaning import clean
from data.clocks import Clock, ClockMove, ClockPause
from data.journal import JournalEntry
from desk.calendar import Calendar, parse_within
from desk.standards import OVERTAKEN, VOID, Standards, Timer

SUBJECT_WIDTH = 120


def follow(
    session: Session,
    entry: JournalEntry,
    facts: Mapping[str, object],
    *,
    subject: str,
    standards: Standards,
    choices: Mapping[str, str],
    calendar: Calendar,
) -> None:
    """Stop, then start, the clocks that an entry concerns."""
    stopping, starting = standards.stopping(entry.verb), standards.starting(entry.verb)
    applying = [t for t in starting if all(str(facts.get(fact, "")) in ok for fact, ok in t.when.items())]
    over = {timer.id: VOID for timer in starting if timer.holding and timer not in applying}
    holding = any(timer.holding for timer in applying)
    running = _running(session, entry.record) if stopping or over or holding else []
    _stop(session, entry, stopping, running, calendar, _happened(entry, facts, calendar))
    _stop(session, entry, over, running, calendar, entry.at)
    for timer in applying:
        _start(session, entry, facts, timer, subject, running, standards, choices, calendar)


# Every act asks for it, so the question is put together once.
_OF_RECORD = (
    select(Clock)
    .where(col(Clock.record) == bindparam("of"), col(Clock.ended_at).is_(None))
    .order_by(col(Clock.id))
)  # fmt: skip


def _running(session: Session, record: str) -> list[Clock]:
    """The running clocks of a record, in the order in which they began."""
    return list(session.exec(_OF_RECORD, params={"of": record}).all())


def _happened(entry: JournalEntry, facts: Mapping[str, object], calendar: Calendar) -> datetime:
    """When what an entry says took place; of a day whose sheet is over it says only that it was typed today."""
    said = facts.get("happened_at")
    if said is None:
        return entry.at
    midnight = calendar.midnight(calendar.local(entry.at).date())
    return max(datetime.fromisoformat(str(said)).astimezone(UTC), midnight)


def _stop(
    session: Session,
    entry: JournalEntry,
    rules: Mapping[str, str],
    running: list[Clock],
    calendar: Calendar,
    at: datetime,
) -> None:
    """End those of the running clocks that have these rules, each as it is said: kept, void or overtaken.

    Args:
        at: when that was.
    """
    for clock in [one for one in running if one.rule in rules]:
        end_pause(session, clock, entry.at, calendar)
        # What happened before a promise was made did not keep it then.
        ended = at if at >= clock.started_at else entry.at
        clock.ended_at, clock.end_entry, clock.next_step_at = ended, entry.number, None
        clock.ended_as = rules[clock.rule]
        session.add(clock)
        running.remove(clock)


def end_pause(session: Session, clock: Clock, at: datetime, calendar: Calendar) -> None:
    """Let a paused clock count again: what was left is left now, and what was paused after its end is not lateness."""
    if clock.paused_at is None:
        return
    if clock.due_at > clock.paused_at:
        left = calendar.counted(clock.paused_at, clock.due_at, clock.calendar)
        move(session, clock, at, calendar.add(at, int(left.total_seconds()), clock.calendar))
        limit = parse_within(clock.within, clock.calendar)
        clock.provisional = calendar.rests_on_unknown(clock.started_at, clock.due_at, limit, clock.calendar)
        if clock.warn_at is not None and clock.warn_at > clock.paused_at:
            clock.warn_at = max(at, clock.due_at - (clock.due_at - at) / 4)
    else:
        clock.late_paused += int((at - clock.paused_at).total_seconds())
    for pause in session.exec(select(ClockPause).where(ClockPause.clock_id == clock.id)).all():
        pause.to_at = pause.to_at or at
    clock.paused_at = None


def move(session: Session, clock: Clock, at: datetime, due: datetime) -> None:
    """Give a clock another end; what was due before stays known, so that a past day never changes."""
    if due != clock.due_at:
        session.add(ClockMove(clock_id=clock.id or 0, at=at, old_due_at=clock.due_at, new_due_at=due))
        clock.due_at = due


def _start(
    session: Session,
    entry: JournalEntry,
    facts: Mapping[str, object],
    timer: Timer,
    subject: str,
    running: list[Clock],
    standards: Standards,
    choices: Mapping[str, str],
    calendar: Calendar,
) -> None:
    option = standards.chosen(timer.id, choices)
    anchor = facts.get(option.anchor) if option.anchor else None
    if option.anchor and anchor is None:
        return
    begin = datetime.fromisoformat(str(anchor)).astimezone(UTC) if anchor else entry.at
    if timer.holding:
        # The same promise from the same moment goes on; its pauses and its later end stay.
        if any(clock.rule == timer.id and clock.anchor_at == begin for clock in running):
            return
        _stop(session, entry, {timer.id: OVERTAKEN}, running, calendar, entry.at)
    deadline = calendar.deadline(begin, option.value, option.calendar)
    clock = Clock(
        rule=timer.id,
        rule_version=f"{standards.version}/{option.name}",
        clauses=" ".join(option.clauses),
        name_en=timer.en,
        name_zh=timer.zh,
        system=entry.system,
        record=entry.record,
        subject=clean(subject).replace("\n", " ")[:SUBJECT_WIDTH],
        department="" if timer.needs else str(facts.get("department", "")),
        role=str(facts.get(timer.role_fact) or timer.role),
        calendar=option.calendar,
        within=option.value,
        started_at=entry.at,
        anchor_at=begin,
        start_entry=entry.number,
        not_before=deadline.not_before,
        due_at=deadline.due,
        provisional=deadline.provisional,
        escalation=";".join(f"{after}={role}" for after, role in timer.escalate),
        quiet=timer.quiet,
        answerable=str(facts.get("first_asked", "")),
    )
    clock.warn_at = _warn_at(clock, timer.warn)
    clock.next_step_at = next_step(clock, calendar)
    session.add(clock)
    running.append(clock)


def _warn_at(clock: Clock, warn: str) -> datetime | None:
    if not warn or clock.due_at <= clock.started_at:
        return None
    start = clock.not_before or clock.started_at
    return start + (clock.due_at - start) * int(warn[:-1]) / 100


def step_times(clock: Clock, calendar: Calendar) -> list[tuple[datetime, str, str]]:
    """When a clock warns, breaches and is reported upwards: (instant, verb, role), in order.

    A quiet one is told in duty hours only: what falls outside waits for their next beginning.
    """
    steps = [(clock.due_at, "clocks.breach", clock.role)]
    if clock.warn_at is not None:
        steps.insert(0, (min(clock.warn_at, clock.due_at), "clocks.warn", clock.role))
    for step in filter(None, clock.escalation.split(";")):
        after, role = step.split("=")
        later = timedelta(seconds=0 if after == "0 min" else parse_within(after).seconds)
        steps.append((clock.due_at + later, "clocks.escalate", role))
    if not clock.quiet:
        return steps
    hours = clock.calendar if clock.calendar.startswith("duty") else "duty"
    return [(_in_duty(at, calendar, hours), verb, role) for at, verb, role in steps]


def _in_duty(at: datetime, calendar: Calendar, hours: str) -> datetime:
    """The instant itself while somebody is there, to the last moment of duty; else when duty begins again."""
    return calendar.add(at, 0, hours) if calendar.why_off(at - timedelta(seconds=1), hours) else at


def next_step(clock: Clock, calendar: Calendar) -> datetime | None:
    """The instant of the next step that is still to be done, or None."""
    steps = step_times(clock, calendar)
    return steps[clock.steps_done][0] if clock.steps_done < len(steps) else None
