"""What the end of a promise means, and that no complaint goes round its manager."""

from datetime import timedelta

import pytest
from sqlmodel import select

from data.cases import Complaint
from data.clocks import Clock as Row
from desk import cases, complaints, ticking
from desk.act import Desk
from desk.clocks import clocks, queueing
from desk.ground import left
from desk.ground.refusals import StateChanged
from screens import timeline
from tests.conftest import Clock
from tests.helpers import choose, clock_of, close, grade, running, take, visit


def refused(desk: Desk, work: str, record: str, operator: str = "front", **values: object) -> str:
    """The clause for which an act on a complaint is refused."""
    with pytest.raises(StateChanged) as caught, desk.act(operator=operator) as act:
        getattr(complaints, work)(act, number=record, **values)
    return caught.value.clause


def do(desk: Desk, work: str, record: str, operator: str = "front", **values: object) -> None:
    with desk.act(operator=operator) as act:
        getattr(complaints, work)(act, number=record, **values)


def told(desk: Desk, record: str, *leaders: str) -> None:
    for leader in leaders or ("supervisor", "project_supervisor"):
        do(desk, "report", record, to=leader)


@pytest.mark.clause("CMP-13", "CMP-25", "CMP-56")
def test_a_complaint_answered_and_then_judged_major_is_agreed_and_reported_before_it_goes_on(desk: Desk) -> None:
    record = take(desk).record
    do(desk, "answer", record, text="已处理")
    grade(desk, record, "major")
    assert refused(desk, "confirm", record, how="phone", text="认可") == "CMP-56"
    do(desk, "agree", record, "project", agreed="yes", text="同意")
    assert refused(desk, "confirm", record, how="phone", text="认可") == "CMP-25"
    told(desk, record, "supervisor")
    assert refused(desk, "confirm", record, how="phone", text="认可") == "CMP-25"
    told(desk, record, "project_supervisor")
    do(desk, "confirm", record, how="phone", text="认可")
    do(desk, "close", record, outcome="完")


@pytest.mark.clause("CMP-46", "CMP-56")
def test_a_complaint_confirmed_and_then_judged_important_is_not_closed_before_both(desk: Desk) -> None:
    record = take(desk).record
    do(desk, "answer", record, text="已处理")
    do(desk, "confirm", record, how="phone", text="认可")
    grade(desk, record, "important")
    assert refused(desk, "close", record, outcome="完") == "CMP-56"
    do(desk, "agree", record, "project", agreed="yes", text="同意")
    assert refused(desk, "close", record, outcome="完") == "CMP-46"
    told(desk, record, "supervisor")
    do(desk, "close", record, outcome="完")


@pytest.mark.clause("CMP-13", "CMP-56")
def test_a_higher_grade_is_agreed_to_anew(desk: Desk) -> None:
    record = take(desk).record
    grade(desk, record, "important")
    do(desk, "agree", record, "project", agreed="yes", text="同意")
    told(desk, record)
    do(desk, "declare", record, "company", text="认定")
    assert refused(desk, "answer", record, text="结果") == "CMP-56"
    do(desk, "agree", record, "project", agreed="yes", text="再同意")
    assert refused(desk, "answer", record, text="结果") == "CMP-25", "as major it was reported to nobody yet"
    assert "complaint.report" in running(desk, record)
    told(desk, record)
    do(desk, "answer", record, text="结果")


@pytest.mark.clause("CMP-25", "CMP-13")
def test_a_complaint_that_comes_back_is_agreed_to_and_reported_anew(desk: Desk) -> None:
    record = take(desk).record
    grade(desk, record, "important")
    do(desk, "agree", record, "project", agreed="yes", text="同意")
    told(desk, record, "supervisor")
    do(desk, "answer", record, text="结果")
    do(desk, "confirm", record, how="phone", text="认可")
    do(desk, "close", record, outcome="完")
    visit(desk, record, satisfied="no", operator="project")
    assert "complaint.report" in running(desk, record)
    do(desk, "agree", record, "project", agreed="yes", text="同意")
    assert refused(desk, "answer", record, text="结果") == "CMP-46"


@pytest.mark.clause("CMP-58")
def test_a_time_that_is_long_past_is_no_time_of_a_next_reply(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    grade(desk, record, "major")
    do(desk, "promise", record, promised_at=clock.now + timedelta(hours=1), text="等检测")
    clock.forward(days=3)
    assert refused(desk, "reply", record, text="还在等") == "CMP-58"
    do(desk, "promise", record, promised_at=clock.now + timedelta(hours=1), text="还在等")
    do(desk, "reply", record, text="还在等")


def test_a_later_end_approved_while_a_promise_is_paused_is_as_long_as_it_was_approved(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    grade(desk, record, "important")
    one_day = clock_of(desk, record, "T-14").id or 0
    with desk.act(operator="company") as act:
        clocks.pause(act, clock_id=one_day, reason="等料")
    clock.forward(hours=10)
    with desk.act(operator="company") as act:
        clocks.extend(act, clock_id=one_day, until=clock.now + timedelta(hours=30), reason="批准")
    clock.forward(hours=20)
    with desk.act(operator="company") as act:
        clocks.resume(act, clock_id=one_day)
    assert clock_of(desk, record, "T-14").due_at == clock.now + timedelta(hours=30)


@pytest.mark.clause("CMP-58")
def test_a_major_complaint_that_is_not_solved_gets_a_time_for_its_next_reply(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    grade(desk, record, "major")
    assert "complaint.next_reply" in running(desk, record)
    assert refused(desk, "reply", record, text="正在处理") == "CMP-58"
    do(desk, "promise", record, promised_at=clock.now + timedelta(hours=3), text="等检测")
    assert "complaint.next_reply" not in running(desk, record)
    do(desk, "reply", record, text="正在处理")


def test_what_is_called_solved_keeps_no_promise_while_a_slip_waits(desk: Desk) -> None:
    record = take(desk).record
    do(desk, "refer", record, department="engineering")
    assert refused(desk, "settle", record, text="修好") == "CMP-50"
    assert "T-14" in running(desk, record)


def test_a_complaint_that_only_waits_to_be_closed_does_not_become_major_by_age(desk: Desk, clock: Clock) -> None:
    waiting, unsolved = take(desk).record, take(desk, unit_id=None, person_id=None, stranger="甲").record
    for record in (waiting, unsolved):
        grade(desk, record)
    do(desk, "answer", waiting, text="已处理")
    do(desk, "confirm", waiting, how="phone", text="认可")
    clock.forward(days=8)
    while ticking.tick(desk):
        continue
    with desk.read() as session:
        found = {one.number: one.grade for one in session.exec(select(Complaint))}
    assert found == {waiting: "minor", unsolved: "major"}


def endings(desk: Desk, record: str) -> dict[str, str]:
    with desk.read() as session:
        return {one.rule: one.ended_as for one in clocks.of_record(session, record) if one.ended_at is not None}


@pytest.mark.clause("INT-20")
def test_an_answer_is_no_investigation_and_closing_keeps_neither_it_nor_the_report(desk: Desk) -> None:
    record = take(desk).record
    do(desk, "answer", record, text="已处理")
    assert "T-13" in running(desk, record)
    grade(desk, record)
    do(desk, "confirm", record, how="phone", text="认可")
    do(desk, "close", record, outcome="完")
    ended = endings(desk, record)
    assert (ended["T-13"], ended["T-10"], ended["T-11"], ended["complaint.result"]) == ("void", "void", "kept", "kept")


@pytest.mark.clause("CMP-21")
def test_promising_again_overtakes_the_promise_and_does_not_keep_it(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    do(desk, "promise", record, promised_at=clock.now + timedelta(hours=1), text="等料")
    clock.forward(minutes=10)
    do(desk, "promise", record, promised_at=clock.now + timedelta(hours=2), text="还没到")
    assert endings(desk, record)["T-20"] == "overtaken"
    with desk.read() as session:
        day = queueing.day_so_far(session, desk.calendar().midnight(desk.calendar().local(clock.now).date()))
    assert (day.kept, day.late) == (0, 0)


def test_only_a_kept_promise_is_ticked_off_on_the_record(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    do(desk, "promise", record, promised_at=clock.now + timedelta(hours=1), text="等料")
    do(desk, "promise", record, promised_at=clock.now + timedelta(hours=2), text="还没到")
    grade(desk, record)
    clock.forward(minutes=20)
    do(desk, "refer", record, department="engineering")
    lines = {line.plain for line in timeline.promises(desk, record, desk.calendar())}
    shown = {
        mark: [line for line in lines if line.lstrip().startswith(mark)]
        for mark in ("✓", "overtaken", "no longer", "late")
    }
    assert any("Nature and grade" in line for line in shown["✓"])
    assert [("Reply at the agreed time" in line) for line in shown["overtaken"]] == [True]
    assert any("Important complaint settled" in line for line in shown["no longer"])
    assert any("Passed on" in line for line in shown["late"])


def test_a_promise_that_a_promotion_starts_late_says_since_when_and_why(desk: Desk, clock: Clock) -> None:
    with desk.act(operator="admin") as act:
        choose(act, rule="T-18", option="S0")
    record = take(desk).record
    clock.forward(days=20)
    do(desk, "declare", record, "company", text="认定")
    late = clock_of(desk, record, "T-16")
    assert clocks.began_late(late)
    said = "\n".join(line.plain for line in timeline.explanation(desk, late.id or 0))
    assert "It counts from 2026-11-24 10:00; it was overdue already when it began: became major" in said


def rest(desk: Desk, clock_id: int | None, clock: Clock) -> str:
    with desk.read() as session:
        return left.countdown(session.get_one(Row, clock_id), clock.now, desk.calendar().zone, fine=True)


def test_lateness_stands_still_while_paused_and_a_pause_after_the_end_is_not_late(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    grade(desk, record, "important")
    one_day = clock_of(desk, record, "T-14")
    clock.forward(days=1, hours=2)
    with desk.act(operator="company") as act:
        clocks.pause(act, clock_id=one_day.id or 0, reason="等住户")
    assert rest(desk, one_day.id, clock) == "2h 00m late"
    clock.forward(hours=5)
    assert rest(desk, one_day.id, clock) == "2h 00m late"
    with desk.act(operator="company") as act:
        clocks.resume(act, clock_id=one_day.id or 0)
    clock.forward(minutes=30)
    assert rest(desk, one_day.id, clock) == "2h 30m late"
    do(desk, "settle", record, text="修好")
    with desk.read() as session:
        ended = session.get_one(Row, one_day.id)
        assert left.lateness(ended, clock.now) == timedelta(hours=2, minutes=30)


def test_a_promise_ended_while_it_was_paused_in_time_was_not_missed(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    grade(desk, record, "important")
    one_day = clock_of(desk, record, "T-14")
    clock.forward(hours=20)
    with desk.act(operator="company") as act:
        clocks.pause(act, clock_id=one_day.id or 0, reason="等住户")
    clock.forward(hours=20)
    do(desk, "settle", record, text="修好")
    with desk.read() as session:
        assert clocks.was_kept(session.get_one(Row, one_day.id))


@pytest.mark.clause("CMP-63", "CMP-64")
def test_a_complaint_that_a_visit_finds_becomes_a_record_of_its_own_and_either_names_the_other(desk: Desk) -> None:
    record = take(desk).record
    close(desk, record)
    visit(desk, record, raised="车库照明不亮")
    with desk.read() as session:
        (new, old) = cases.page(session, "complaints")
        assert (new.what, new.unit_id, old.number) == ("车库照明不亮", old.unit_id, record)
        assert [note.text for note in cases.notes_of(session, new.number)] == [record]
        assert new.number in [note.text for note in cases.notes_of(session, record)]
    assert {"T-10", "T-11"} <= running(desk, new.number)
    assert running(desk, record) == set() or "T-21" not in running(desk, record)
