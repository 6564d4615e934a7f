"""The supervisor's queue: what needs whom on top, shares, who is told next, chasing, duty hours."""

import json
from datetime import timedelta
from typing import Any

import pytest

from desk import cases, complaints, journal, ticking
from desk.act import Desk
from desk.clocks import alerts, chasing, queueing
from desk.ground.refusals import Invalid, NotAllowed
from tests.conftest import Clock
from tests.helpers import clock_of, grade, take
from tests.test_emergencies import emergency


def needing(desk: Desk, roles: str) -> list[tuple[str, str]]:
    with desk.read() as session:
        ids = queueing.needing(session, desk.store.path, desk.now(), roles)
        page = queueing.page(session, ids)
    return [(page[key].record, page[key].rule) for key in ids]


@pytest.mark.clause("CMP-26", "CMP-49", "CMP-56", "CMP-52")
def test_what_only_one_post_can_decide_stands_on_top_of_its_queue_until_it_is_decided(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    assert needing(desk, "project_supervisor") == [(record, "complaint.grade")]
    assert needing(desk, "receptionist") == []
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
    assert needing(desk, "supervisor") == [(record, "complaint.opinion")]
    grade(desk, record, "important")
    assert needing(desk, "project_supervisor") == [(record, "complaint.opinion")]
    with desk.act() as act:
        complaints.ask_overrun(act, number=record, until=clock.now + timedelta(days=2), reason="等料")
    assert needing(desk, "company_manager") == [(record, "complaint.overrun")]
    with desk.act(operator="company") as act:
        complaints.decide_overrun(act, number=record, approved="yes", text="准")
    assert needing(desk, "company_manager") == []


def test_what_was_reported_upwards_still_needs_the_one_who_signs(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
    clock.forward(hours=1)
    while ticking.tick(desk):
        continue
    assert (record, "complaint.opinion") in needing(desk, "supervisor")
    assert (record, "complaint.opinion") in needing(desk, "project_supervisor"), "who may sign it too"
    assert (record, "complaint.grade") not in needing(desk, "company_manager"), "not theirs to fix"


def test_the_share_of_time_used_counts_only_hours_of_the_promises_own_calendar(desk: Desk, clock: Clock) -> None:
    clock.forward(hours=1)  # eleven; four duty hours end at sixteen, lunch between
    found = clock_of(desk, take(desk).record, "complaint.grade")
    calendar = desk.calendar()
    assert queueing.share_used(found, clock.now, calendar) == 0
    assert queueing.share_used(found, clock.now + timedelta(hours=1), calendar) == 25
    assert queueing.share_used(found, clock.now + timedelta(hours=2), calendar) == 25, "lunch"
    assert queueing.share_used(found, clock.now + timedelta(hours=3), calendar) == 50
    assert queueing.share_used(found, found.due_at, calendar) == 100
    found.paused_at = clock.now + timedelta(hours=1)
    assert queueing.share_used(found, clock.now + timedelta(hours=4), calendar) == 25


def test_who_is_told_next_follows_the_ladder(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    assert queueing.told_next(clock_of(desk, record, "T-11")) == "supervisor"
    due = clock_of(desk, record, "T-11").due_at
    clock.now = due
    while ticking.tick(desk):
        continue
    assert queueing.told_next(clock_of(desk, record, "T-11")) == "project_supervisor"
    clock.forward(days=2)
    while ticking.tick(desk):
        continue
    assert queueing.told_next(clock_of(desk, record, "T-11")) == ""


def breached(desk: Desk, record: str) -> set[str]:
    with desk.read() as session:
        entries = [json.loads(one.facts) for one in journal.timeline(session, record) if one.verb == "clocks.breach"]
    return {str(facts["rule"]) for facts in entries}


def test_a_quiet_promise_is_told_in_duty_hours_only_and_another_at_once(desk: Desk, clock: Clock) -> None:
    clock.forward(hours=9)  # seven in the evening: the same day ends at midnight
    record = take(desk).record
    clock.forward(hours=12)
    while ticking.tick(desk):
        continue
    assert breached(desk, record) == {"T-10"}
    clock.forward(hours=1)  # eight in the morning
    while ticking.tick(desk):
        continue
    assert breached(desk, record) == {"T-10", "T-11b", "T-13"}


def test_a_quiet_promise_that_ends_with_duty_is_told_before_everybody_has_left(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    clock.now = clock_of(desk, record, "T-11b").due_at
    while ticking.tick(desk):
        continue
    assert "T-11b" in breached(desk, record)


@pytest.mark.clause("CMP-14", "REQ-4")
def test_everything_late_is_chased_in_one_go_also_what_has_no_department(desk: Desk, clock: Clock) -> None:
    one, other = take(desk).record, take(desk, "request").record
    with desk.act() as act:
        complaints.refer(act, number=one, department="engineering")
    clock.forward(days=2)
    with desk.read() as session:
        before = alerts.newest(session)
        late = queueing.ids(session, clock.now, queueing.Filter(state="overdue"))
    with desk.act(operator="lead") as act:
        count = chasing.chase(act, clock_ids=late, note="请今天处理")
    assert count == len(late) > 5
    assert {clock_of(desk, other, rule).chased for rule in ("T-10", "T-19")} == {1}
    assert clock_of(desk, other, "T-10").department == ""
    with desk.read() as session:
        assert [note.text for note in cases.notes_of(session, one)] == ["请今天处理"]
        told = alerts.since(session, before, "project_supervisor", "project")
        department = alerts.since(session, before, "engineer", "engineer", "engineering")
    assert {alert.record for alert in told} == {one}
    assert "T-11" in {alert.rule for alert in department}, "whoever has it is told, whatever their role"
    with pytest.raises(Invalid), desk.act() as act:
        chasing.chase(act, clock_ids=[10**6])
    with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
        chasing.chase(act, clock_ids=late)


@pytest.mark.clause("CMP-48", "INT-9")
def test_who_was_first_asked_sees_what_they_stay_answerable_for(desk: Desk) -> None:
    mine = take(desk).record
    with desk.act(operator="lead") as act:
        from desk.contacts import intake

        intake.take(act, channel="visit", kind="complaint", what="脏", stranger="甲")
    with desk.act() as act:
        complaints.refer(act, number=mine, department="engineering")
    with desk.read() as session:
        ids = queueing.ids(session, desk.now(), queueing.Filter(answerable="front"))
        records = {clock.record for clock in queueing.page(session, ids).values()}
    assert records == {mine}


def test_the_counts_of_the_day_leave_out_what_no_longer_applied(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    grade(desk, record)
    clock.forward(minutes=11)
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
    calendar = desk.calendar()
    with desk.read() as session:
        day = queueing.day_so_far(session, calendar.midnight(calendar.local(clock.now).date()))
    assert day == queueing.Day(taken=1, kept=1, late=1)


def test_the_next_step_is_known_to_the_second(desk: Desk, clock: Clock) -> None:
    def step() -> Any:
        with desk.read() as session:
            return alerts.next_step(session)

    assert step() is None
    start = clock.now
    take(desk)
    assert step() == start + timedelta(minutes=7, seconds=30)


def test_an_emergency_that_nobody_has_heard_of_stands_above_every_other_decision(desk: Desk, clock: Clock) -> None:
    take(desk)
    clock.forward(days=3)
    number = emergency(desk)
    assert needing(desk, "supervisor project_supervisor")[0][0] == number


def test_the_queue_counts_what_can_still_be_kept_and_what_is_late(desk: Desk, clock: Clock) -> None:
    take(desk, "repair")
    take(desk)
    calendar = desk.calendar()
    midnight = calendar.midnight(calendar.local(clock.now).date() + timedelta(days=1))
    with desk.read() as session:
        before = queueing.bands(session, clock.now, midnight)
        running = len(queueing.ids(session, clock.now))
    assert before.late == 0
    assert before.soon >= 2
    clock.forward(minutes=6)
    with desk.read() as session:
        after = queueing.bands(session, clock.now, midnight)
    assert (after.late, after.soon, after.today) == (1, before.soon - 1, before.today)
    assert before.soon + before.today <= running
