"""Confirming the machine's time, and taking back what rules did at a time that had not come.

A machine that was a day ahead made promises look broken. Once somebody says what time it is, whatever the desk did by
itself at a later instant has not happened: the same act undoes it and names the entries. What people did then stands.
"""

import json
from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from data.clocks import Clock
from data.journal import JournalEntry
from desk.act import SYSTEM, Act, Desk
from desk.complaints import judging
from desk.standards.promises import next_step, step_times

VERB = "journal.confirm_time"


def confirm_time(desk: Desk, *, operator: str | None = None) -> int:
    """Say that the machine's time is right now; rules that ran ahead of it are taken back.

    Args:
        operator: code of somebody whose secret was checked just now, else whoever is at the desk.

    Returns:
        How many entries of rules were taken back.

    Raises:
        NotAllowed: it is not this operator's to say.
    """
    doubt = desk.doubt()
    with desk.act(operator=operator, confirm_time=True) as act:
        act.require(VERB)
        undone = _take_back(act)
        reckoned = doubt.reckoned if doubt is not None else None
        act.record(VERB, said=act.now, reckoned=reckoned, undone=_in_stretches(one.number for one in undone))
    return len(undone)


def _take_back(act: Act) -> list[JournalEntry]:
    """Undo what rules did at instants that have not come; the newest first."""
    by_rules = select(JournalEntry).where(JournalEntry.at > act.now, JournalEntry.operator == SYSTEM)
    before = _undone_before(act)
    found = act.session.exec(by_rules.order_by(col(JournalEntry.number).desc())).all()
    undone = [one for one in found if one.number not in before]
    for entry in undone:
        if entry.verb == "complaints.promote":
            judging.take_back_promotion(act, entry)
        _reopen(act, entry)
    for record in sorted({entry.record for entry in undone if entry.verb.startswith("clocks.")}):
        _unstep(act, record, [entry for entry in undone if entry.record == record])
    return undone


def _undone_before(act: Act) -> set[int]:
    """Entries that were taken back already: what people did since is not undone with them once more."""
    said = act.session.exec(select(JournalEntry.facts).where(JournalEntry.verb == VERB)).all()
    stretches = [stretch for facts in said for stretch in json.loads(facts).get("undone", [])]
    return {number for first, last in stretches for number in range(first, last + 1)}


def _in_stretches(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers as (first, last) of those that follow each other, so that all of them have room in one entry."""
    stretches: list[list[int]] = []
    for number in sorted(numbers):
        if stretches and stretches[-1][1] == number - 1:
            stretches[-1][1] = number
        else:
            stretches.append([number, number])
    return stretches


def _reopen(act: Act, entry: JournalEntry) -> None:
    """The promises that an entry ended run again, and those that it began were never made."""
    for clock in act.session.exec(select(Clock).where(Clock.record == entry.record)).all():
        if clock.end_entry == entry.number:
            clock.ended_at = clock.end_entry = None
            clock.ended_as = ""
            clock.next_step_at = next_step(clock, act.calendar)
        if clock.start_entry == entry.number and clock.ended_at is None:
            clock.ended_at, clock.ended_as, clock.next_step_at = act.now, "void", None
        act.session.add(clock)


def _unstep(act: Act, record: str, undone: Sequence[JournalEntry]) -> None:
    """The running promises of a record stand at the step that they have come to by now."""
    to = {json.loads(one.facts)["rule"]: json.loads(one.facts)["to"] for one in undone if one.verb == "clocks.breach"}
    running = select(Clock).where(Clock.record == record, col(Clock.ended_at).is_(None))
    for clock in act.session.exec(running).all():
        steps = step_times(clock, act.calendar)
        clock.steps_done = sum(at <= act.now for at, _verb, _role in steps)
        told = [role for at, verb, role in steps if verb == "clocks.escalate" and at <= act.now]
        clock.role = told[-1] if told else to.get(clock.rule, clock.role)
        clock.next_step_at = next_step(clock, act.calendar)
        act.session.add(clock)
