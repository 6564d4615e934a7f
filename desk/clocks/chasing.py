"""Chasing what is late or has no department: one promise, or all of a filter at once (CMP-14, REQ-4)."""

from collections.abc import Sequence

from sqlmodel import col, select

from data.clocks import Clock
from data.words import N_
from desk import cases
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid

LONGEST_NOTE = 200


def chase(act: Act, *, clock_ids: Sequence[int], note: str = "") -> int:
    """Chase running promises; each shows how often, and whoever it waits for is told at once.

    Args:
        clock_ids: ids of promises; those that have ended meanwhile are left out.
        note: what is asked of them; kept with each record.

    Returns:
        How many were chased.

    Raises:
        Invalid: none of them is running any more.
    """
    act.require("clocks.chase")
    note = texts.limited(note, "note", LONGEST_NOTE)
    running = select(Clock).where(col(Clock.id).in_(list(clock_ids)), col(Clock.ended_at).is_(None))
    found = act.session.exec(running.order_by(col(Clock.record), col(Clock.id))).all()
    if not found:
        raise Invalid(N_("There is nothing to chase here."), field="note")
    noted: set[str] = set()
    for clock in found:
        clock.chased, clock.chased_at = clock.chased + 1, act.now
        act.session.add(clock)
        act.record("clocks.chase", clock.record, rule=clock.rule, to=clock.role, department=clock.department or None)
        if note and clock.record not in noted:
            noted.add(clock.record)
            cases.write_down(act, clock.record, "chase", note)
    return len(found)
