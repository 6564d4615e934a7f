"""A year's holiday notice: taken in, and every deadline that rests on it reckoned again."""

from datetime import date

from sqlmodel import col, select

from data.clocks import Clock, ClockExtension, ClockPause, Holiday
from desk.act import Act
from desk.promises import move, next_step


def take_in(act: Act, *, days: list[tuple[date, bool, str]]) -> int:
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
    move(act.session, clock, act.now, due)
    clock.not_before = deadline.not_before
    if clock.warn_at is not None:
        clock.warn_at = clock.started_at + (due - clock.started_at) * 3 / 4
    if due > act.now and was <= act.now:
        clock.steps_done = 0
    clock.next_step_at = next_step(clock, act.calendar) if clock.paused_at is None else None
    act.record("clocks.recompute", clock.record, rule=clock.rule, was=was, due=due)
    return True
