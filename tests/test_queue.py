"""The supervisor's queue: what needs whom on top, shares, who is told next, chasing, duty hours."""

import json
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest

from data.operators import Operator
from desk import cases, complaints, journal, ticking
from desk.act import Desk
from desk.clocks import alerts, banding, chasing, clocks, queueing
from desk.ground.refusals import Invalid, NotAllowed
from desk.ground.roles import role_name
from screens.queue_list import Heading, Heap, short_number
from tests.conftest import Clock
from tests.helpers import clock_of, grade, take
from tests.test_emergencies import emergency
from tests.test_screens import run, send, sign_in, text_of, until


def needing(desk: Desk, roles: str) -> list[tuple[str, str]]:
    with desk.look() as view:
        view.operator = Operator(code="somebody", name="Somebody", roles=roles)
        mine = [band.rows for band in banding.bands(view, queueing.Filter(), banding.OPEN) if band.name == banding.MINE]
        ids = list(mine[0]) if mine else []
        page = queueing.page(view.session, ids)
    return [(page[key].record, page[key].rule) for key in ids]


def bands(desk: Desk, unfolded: Collection[str] = banding.BANDS, **wanted: str) -> dict[str, banding.Band]:
    """The bands of the queue as a receptionist sees them, by name."""
    with desk.look() as view:
        return {band.name: band for band in banding.bands(view, queueing.Filter(**wanted), unfolded)}


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
    with desk.read() as session:
        running = len(queueing.ids(session, clock.now))
    before = {name: band.promises for name, band in bands(desk).items()}
    assert sum(before.values()) == running
    assert "late" not in before
    assert before["soon"] >= 2
    clock.forward(minutes=6)
    after = {name: band.promises for name, band in bands(desk, banding.OPEN).items()}
    assert (after["late"], after["soon"], after["today"]) == (1, before["soon"] - 1, before["today"])


def test_a_record_stands_once_in_a_band_with_its_most_urgent_promise(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    today = bands(desk)["today"]
    assert (today.records, len(today.rows)) == (1, 1)
    assert today.more == {today.rows[0]: today.promises - 1}
    with desk.read() as session:
        first = queueing.page(session, list(today.rows))[today.rows[0]]
        other = [one.due_at for one in queueing.page(session, queueing.ids(session, clock.now)).values()
                 if one.record == record and one.due_at > clock.now + timedelta(hours=1)]  # fmt: skip
    assert first.due_at == min(other)


def test_what_is_folded_is_counted_and_says_whom_it_waits_for(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
    take(desk, "repair")
    clock.forward(days=20)
    take(desk, "repair")
    unfolded, folded = bands(desk)["late"], bands(desk, banding.OPEN)["late"]
    assert (folded.promises, folded.records) == (unfolded.promises, unfolded.records)
    assert folded.folded
    assert not unfolded.folded
    assert sum(load.count for load in folded.loads) == folded.promises
    assert "engineering" in {load.department for load in folded.loads}
    assert all(load.oldest < clock.now for load in folded.loads)
    # What one department is asked for stands in no other band.
    assert bands(desk, department="engineering")["late"].promises < unfolded.promises


def test_where_everything_would_be_folded_the_first_heap_is_open(desk: Desk, clock: Clock) -> None:
    take(desk, "repair")
    clock.forward(days=20)
    late = bands(desk, banding.OPEN)["late"]
    assert late.rows
    assert not late.folded


def test_the_last_hour_of_a_day_has_nothing_later_today(desk: Desk, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=15, minute=40)
    take(desk)
    found = bands(desk)
    assert "today" not in found
    with desk.read() as session:
        assert sum(band.promises for band in found.values()) == len(queueing.ids(session, clock.now))


async def test_a_folded_band_opens_with_enter_and_closes_again(desk: Desk, clock: Clock) -> None:
    take(desk)
    record = take(desk, "repair").record
    clock.forward(days=20)
    app = run(desk, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f3")
        await until(pilot, lambda: "! Late" in text_of(app))
        assert record not in text_of(app)
        assert "Enter unfolds" in text_of(app)
        lines = app.screen.lines
        place = next(place for place, key in enumerate(lines.keys) if key == Heading("late"))
        await send(app, "home", *("down",) * place, "enter")
        await until(pilot, lambda: record in text_of(app))
        assert lines.chosen == Heading("late")
        await send(app, "c", "p", "x", "question_mark")
        assert app.screen.lines is lines
        await send(app, "enter")
        await until(pilot, lambda: record not in text_of(app))
        # A line of the heap shows what waits for that department, and Esc everything again.
        await send(app, "down", "enter")
        await until(pilot, lambda: "overdue" in text_of(app).splitlines()[0])
        await send(app, "escape")
        await until(pilot, lambda: "all promises" in text_of(app).splitlines()[0])


async def test_who_looks_for_words_sees_them_in_folded_bands_too(desk: Desk, clock: Clock) -> None:
    record = take(desk, "repair", what="很旧的事").record
    clock.forward(days=20)
    take(desk, "repair")
    app = run(desk, clock)
    async with app.run_test(size=(120, 30)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f3", "slash", *"BX26")
        await until(pilot, lambda: any(clock.record == record for clock in app.screen.lines.clocks.values()))


@pytest.mark.parametrize("width", [80, 96, 104, 120, 160, 200])
async def test_every_width_shows_whole_numbers_and_who_is_waited_for(desk: Desk, clock: Clock, width: int) -> None:
    record = take(desk, "repair").record
    for _one in range(40):
        take(desk, "repair")
    app = run(desk, clock)
    async with app.run_test(size=(width, 24)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f3")
        shown = record if width > 100 else short_number(record)
        await until(pilot, lambda: shown in text_of(app))
        assert "receptio" in text_of(app)


async def test_a_heap_opens_just_what_it_counted_and_no_paused_promise_counts_as_late(desk: Desk, clock: Clock) -> None:
    referred = take(desk).record
    take(desk)
    with desk.act() as act:
        complaints.refer(act, number=referred, department="engineering")
    paused = clock_of(desk, take(desk, "request").record, "T-19")
    with desk.act(operator="lead") as act:
        clocks.pause(act, clock_id=paused.id or 0, reason="等")
    clock.forward(days=40)
    take(desk, "repair")
    counted = {(load.department, load.role): load.count for load in bands(desk, banding.OPEN)["late"].loads}
    assert len(counted) > 1
    for (department, role), count in counted.items():
        found = bands(desk, department=department or queueing.NONE, role=role, state="overdue")
        assert found["late"].promises == count
    with desk.read() as session:
        late = queueing.ids(session, clock.now, queueing.Filter(state="overdue"))
    assert paused.id not in late
    assert sum(counted.values()) == len(late)


async def test_what_is_chosen_stays_chosen_through_filters_and_as_the_same_record(desk: Desk, clock: Clock) -> None:
    records = [take(desk).record for _time in range(3)]
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f3")
        lines = app.screen.lines
        await send(app, "down", "down")
        chosen = lines.chosen
        assert isinstance(chosen, int)
        await send(app, "escape")
        assert lines.chosen == chosen
        await send(app, "slash", *"TS26", "enter")
        await until(pilot, lambda: app.screen.wanted.text == "TS26")
        assert lines.chosen == chosen
        # Its promise is kept at another desk; the line of its record in the same band is chosen then.
        await send(app, "escape")
        today = next(place for place, key in enumerate(lines.keys) if key == Heading("today"))
        lines.cursor = today + 1
        record, rule = lines.clock_of(lines.chosen).record, lines.clock_of(lines.chosen).rule
        assert record in records
        if rule == "complaint.grade":
            grade(desk, record, "minor")
        app.changed()
        await pilot.pause()
        assert lines.clock_of(lines.chosen).record == record


async def test_enter_on_a_heading_changes_nothing_unseen(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f3", "s", "s")
        await until(pilot, lambda: app.screen.wanted.state == "running")
        await send(app, "home", "enter", "escape")
        await until(pilot, lambda: "all promises" in text_of(app))
        assert not app.screen.lines.bands["soon"].folded


@pytest.mark.parametrize("width", [80, 120])
async def test_how_many_promises_a_line_stands_for_is_never_cut(desk: Desk, clock: Clock, width: int) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(width, 24)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f3")
        more = next(iter(app.screen.lines.bands["today"].more.values()))
        await until(pilot, lambda: f"×{more + 1}" in text_of(app))


async def test_the_wall_promises_no_key_and_a_new_width_shows_whole_numbers(desk: Desk, clock: Clock) -> None:
    record = take(desk, "repair").record
    clock.forward(days=20)
    new = take(desk, "repair").record
    app = run(desk, clock)
    async with app.run_test(size=(120, 30)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f3")
        assert "Enter unfolds" in text_of(app)
        assert new in text_of(app)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: short_number(new) in text_of(app))
        await pilot.resize_terminal(120, 30)
        await send(app, "w")
        await until(pilot, lambda: new in text_of(app) and "Enter unfolds" not in text_of(app))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: short_number(new) in text_of(app))
        assert record not in text_of(app)


async def test_a_heap_opens_just_what_it_counted_on_the_screen_too(desk: Desk, clock: Clock) -> None:
    referred = take(desk).record
    take(desk)
    with desk.act() as act:
        complaints.refer(act, number=referred, department="engineering")
    clock.forward(days=40)
    take(desk, "repair")
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f3")
        lines = app.screen.lines
        heap = next(key for key in lines.keys if isinstance(key, Heap) and not key.department)
        counted = next(
            load.count for load in lines.bands["late"].loads if load.role == heap.role and not load.department
        )
        lines.cursor = list(lines.keys).index(heap)
        await send(app, "enter")
        assert lines.bands["late"].promises == counted
        assert f"overdue · {role_name(heap.role)} " in text_of(app).splitlines()[0]
        # From there the filter of departments goes on with all of them.
        await send(app, "d")
        await until(pilot, lambda: app.screen.wanted.department == "")


def test_what_nobody_counts_is_said_with_a_plus_and_not_read(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banding, "MOST", 3)
    for _time in range(3):
        take(desk)
    for unfolded in (banding.OPEN, banding.BANDS):
        later = bands(desk, unfolded)["later"]
        assert (later.promises, later.count) == (4, "3+")
        assert len(later.rows) <= 4
    assert bands(desk)["soon"].count == "3"
