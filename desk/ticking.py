"""What falls due by itself: warnings, breaches, reports upwards, and the acts that a missed promise brings."""

from collections.abc import Callable

from sqlmodel import col, select

from data.clocks import Clock
from desk import complaints
from desk.act import SYSTEM, Act, Desk
from desk.administration import changing, later
from desk.standards.promises import next_step, step_times

BATCH = 200


def _promote(act: Act, record: str) -> None:
    complaints.promote_by_age(act, record)


# What the desk does by itself when a promise with this `then` is missed.
BY_ITSELF: dict[str, Callable[[Act, str], None]] = {"complaints.promote": _promote}


def tick(desk: Desk, batch: int = BATCH) -> int:
    """Do the warnings, breaches and escalations that are due, each exactly once whichever desk comes first.

    Returns how many steps were done; call again while it returns a full batch.
    """
    if desk.doubt() is not None:
        # What a wrong clock calls due has not fallen due.
        return 0
    due = col(Clock.next_step_at) <= desk.now()
    with desk.read() as session:
        planned = later.falls_due(session, desk.now())
        if not planned and session.exec(select(Clock.id).where(due).limit(1)).first() is None:
            return 0
    done = 0
    with desk.act(operator=SYSTEM) as act:
        # What is owed is told of whatever the standards file says.
        act.urgent = True
        if planned:
            done += changing.take_effect(act)
        query = select(Clock).where(col(Clock.next_step_at) <= act.now).order_by(col(Clock.next_step_at), col(Clock.id))
        for clock in act.session.exec(query.limit(batch)).all():
            done += _do_steps(act, clock)
    return done


def _do_steps(act: Act, clock: Clock) -> int:
    steps = step_times(clock, act.calendar)
    done = 0
    missed = False
    while clock.steps_done < len(steps) and steps[clock.steps_done][0] <= act.now:
        _at, verb, role = steps[clock.steps_done]
        clock.steps_done += 1
        done += 1
        missed = missed or verb == "clocks.breach"
        if verb == "clocks.escalate":
            clock.role = role
        act.record(verb, clock.record, rule=clock.rule, to=role, department=clock.department or None)
    clock.next_step_at = next_step(clock, act.calendar)
    act.session.add(clock)
    timer = act.standards.timers.get(clock.rule)
    if missed and timer is not None and timer.then in BY_ITSELF:
        BY_ITSELF[timer.then](act, clock.record)
    return done
