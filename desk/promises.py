"""Promises follow the journal: an entry starts and stops the clocks whose rules match it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from data.cleaning import clean
from data.clocks import Clock, ClockPause
from data.journal import JournalEntry
from desk.calendar import Calendar, parse_within
from desk.standards import Standards, Timer

SUBJECT_WIDTH = 120


def follow(
    session: Session,
    entry: JournalEntry,
    facts: Mapping[str, Any],
    *,
    subject: str,
    standards: Standards,
    choices: Mapping[str, str],
    calendar: Calendar,
) -> None:
    """Stop, then start, the clocks that an entry concerns."""
    stopping = standards.stopping(entry.verb)
    if stopping:
        _stop(session, entry, stopping)
    for timer in standards.starting(entry.verb):
        if all(str(facts.get(fact, "")) in allowed for fact, allowed in timer.when.items()):
            _start(session, entry, facts, timer, subject, standards, choices, calendar)


_WAITING = select(Clock.id).where(col(Clock.record) == bindparam("record"), col(Clock.ended_at).is_(None)).limit(1)


def _stop(session: Session, entry: JournalEntry, rules: list[str]) -> None:
    waiting = session.connection().execute(_WAITING, {"record": entry.record}).first()
    if waiting is None and not any(isinstance(o, Clock) for o in session.new):
        return
    running = select(Clock).where(
        Clock.record == entry.record, col(Clock.ended_at).is_(None), col(Clock.rule).in_(rules)
    )
    for clock in session.exec(running.order_by(col(Clock.id))).all():
        clock.ended_at, clock.end_entry, clock.next_step_at = entry.at, entry.number, None
        if clock.paused_at is not None:
            for pause in session.exec(select(ClockPause).where(ClockPause.clock_id == clock.id)).all():
                pause.to_at = pause.to_at or entry.at
            clock.paused_at = None
        session.add(clock)


def _start(
    session: Session,
    entry: JournalEntry,
    facts: Mapping[str, Any],
    timer: Timer,
    subject: str,
    standards: Standards,
    choices: Mapping[str, str],
    calendar: Calendar,
) -> None:
    option = standards.chosen(timer.id, choices)
    anchor = facts.get(timer.anchor) if timer.anchor else None
    if timer.anchor and anchor is None:
        return
    begin = datetime.fromisoformat(str(anchor)) if anchor else entry.at
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
        department=str(facts.get("department", "")),
        role=timer.role,
        calendar=option.calendar,
        within=option.value,
        started_at=entry.at,
        anchor_at=begin,
        start_entry=entry.number,
        not_before=deadline.not_before,
        due_at=deadline.due,
        provisional=deadline.provisional,
        escalation=";".join(f"{after}={role}" for after, role in timer.escalate),
    )
    clock.warn_at = _warn_at(clock, timer.warn)
    clock.next_step_at = next_step(clock)
    session.add(clock)


def _warn_at(clock: Clock, warn: str) -> datetime | None:
    if not warn or clock.due_at <= clock.started_at:
        return None
    start = clock.not_before or clock.started_at
    return start + (clock.due_at - start) * int(warn[:-1]) / 100


def step_times(clock: Clock) -> list[tuple[datetime, str, str]]:
    """When a clock warns, breaches and is reported upwards: (instant, verb, role), in order."""
    steps = [(clock.due_at, "clocks.breach", clock.role)]
    if clock.warn_at is not None:
        steps.insert(0, (min(clock.warn_at, clock.due_at), "clocks.warn", clock.role))
    for step in filter(None, clock.escalation.split(";")):
        after, role = step.split("=")
        later = timedelta(seconds=0 if after == "0 min" else parse_within(after).seconds)
        steps.append((clock.due_at + later, "clocks.escalate", role))
    return steps


def next_step(clock: Clock) -> datetime | None:
    """The instant of the next step that is still to be done, or None."""
    steps = step_times(clock)
    return steps[clock.steps_done][0] if clock.steps_done < len(steps) else None
