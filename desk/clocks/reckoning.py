"""Reckoning running promises again, after a notice or a change of the site's own moved what they count on."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from data.clocks import Clock, ClockExtension, ClockPause
from desk.act import Act
from desk.calendar import Calendar, Deadline
from desk.standards.promises import move, next_step


@dataclass(frozen=True)
class Rule:
    """How long a promise has and on which calendar."""

    within: str
    calendar: str


@dataclass(frozen=True)
class Moved:
    """A running promise that would end at another time."""

    clock: Clock
    deadline: Deadline
    rule: Rule


def counts_hours() -> ColumnElement[bool]:
    """The condition on promises whose end depends on days and hours: also "same day" on the calendar of all hours."""
    return or_(col(Clock.calendar) != "always", col(Clock.within).startswith("same"))


def again(session: Session, clock: Clock, calendar: Calendar, rule: Rule | None = None) -> Deadline:
    """When a running promise is due on this calendar; an end that somebody approved stays.

    Args:
        rule: another rule than its own.
    """
    rule = rule or Rule(clock.within, clock.calendar)
    deadline = calendar.deadline(clock.anchor_at, rule.within, rule.calendar)
    extended = session.exec(select(ClockExtension.id).where(ClockExtension.clock_id == clock.id)).first()
    if extended is not None:
        return Deadline(clock.due_at, clock.not_before, deadline.provisional)
    due = deadline.due
    for row in session.exec(select(ClockPause).where(ClockPause.clock_id == clock.id).order_by("id")).all():
        if row.to_at is not None and row.from_at < due:
            left = calendar.counted(row.from_at, due, rule.calendar)
            due = calendar.add(row.to_at, int(left.total_seconds()), rule.calendar)
    return Deadline(due, deadline.not_before, deadline.provisional)


def carry_over(act: Act, clock: Clock, deadline: Deadline, rule: Rule | None = None) -> bool:
    """Give a promise the end that was reckoned again, with what was due before kept; whether it moved."""
    was = clock.due_at
    clock.provisional = deadline.provisional
    if rule is not None:
        clock.within, clock.calendar = rule.within, rule.calendar
    act.session.add(clock)
    if deadline.due == was:
        return False
    move(act.session, clock, act.now, deadline.due)
    clock.not_before = deadline.not_before
    if clock.warn_at is not None:
        clock.warn_at = clock.started_at + (deadline.due - clock.started_at) * 3 / 4
    if was <= act.now < deadline.due:
        clock.steps_done = 0
    clock.next_step_at = next_step(clock, act.calendar) if clock.paused_at is None else None
    act.record("clocks.recompute", clock.record, rule=clock.rule, was=was, due=deadline.due)
    return True
