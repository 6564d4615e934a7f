from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from sqlmodel import select

from data import words
from data.clocks import Clock
from data.journal import JournalEntry
from desk import complaints, repairs, requests, standards, ticking
from desk.act import Desk
from desk.administration import holidays
from desk.clocks import clocks, queueing
from desk.ground import left
from desk.ground.refusals import Invalid, NotAllowed, StateChanged
from screens.queue_list import LEFT
from tests.conftest import Clock as Hands
from tests.helpers import choose, clock_of, close, running, take

FIRST = {"T-10", "T-11", "T-11b", "T-13", "T-14", "T-15", "T-18", "complaint.grade", "complaint.result"}


@pytest.mark.clause("CMP-47", "CMP-4", "CMP-5", "INT-20", "CMP-34")
def test_a_complaint_starts_its_clocks_and_each_act_stops_its_own(desk: Desk, clock: Hands) -> None:
    record = take(desk).record
    assert running(desk, record) == FIRST
    assert clock_of(desk, record, "T-10").due_at == clock.now + timedelta(minutes=10)
    assert clock_of(desk, record, "T-18").due_at == clock.now + timedelta(days=7)
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
    assert "T-10" not in running(desk, record)
    assert clock_of(desk, record, "T-11").department == "engineering"
    with desk.act() as act:
        complaints.reply(act, number=record, text="明天上门")
    assert not running(desk, record) & {"T-11", "T-11b"}
    other = take(desk).record
    close(desk, other)
    assert running(desk, other) == {"T-21"}


@pytest.mark.clause("CMP-6", "CMP-7")
def test_a_letter_also_needs_a_formal_answer_the_next_day(desk: Desk) -> None:
    record = take(desk, channel="letter", caller_number="").record
    due = desk.calendar().local(clock_of(desk, record, "T-12").due_at)
    assert (due.day, due.hour) == (25, 17)
    assert "T-12" not in running(desk, take(desk).record)


@pytest.mark.clause("REQ-5", "REQ-1")
def test_a_request_has_a_day_or_the_promised_time_but_not_both(desk: Desk, clock: Hands) -> None:
    by_default = take(desk, "request").record
    assert running(desk, by_default) == {"T-10", "T-19"}
    assert clock_of(desk, by_default, "T-10").due_at == clock.now + timedelta(minutes=10)
    assert clock_of(desk, by_default, "T-19").due_at == clock.now + timedelta(days=1)
    promised = take(desk, "request", promised_at=clock.now + timedelta(hours=3)).record
    assert running(desk, promised) == {"T-10", "T-19b"}
    assert clock_of(desk, promised, "T-19b").due_at == clock.now + timedelta(hours=3)
    with desk.act() as act:
        requests.reply(act, number=promised, text="已办")
    assert running(desk, promised) == set()


def test_a_pause_keeps_what_was_left_and_needs_a_reason_and_a_leader(desk: Desk, clock: Hands) -> None:
    record = take(desk, "request").record
    found = clock_of(desk, record, "T-19")
    with pytest.raises(NotAllowed), desk.act() as act:
        clocks.pause(act, clock_id=found.id or 0, reason="等资料")
    with pytest.raises(Invalid), desk.act(operator="lead") as act:
        clocks.pause(act, clock_id=found.id or 0, reason=" ")
    clock.forward(hours=6)
    with desk.act(operator="lead") as act:
        clocks.pause(act, clock_id=found.id or 0, reason="等资料", waiting_on="住户")
    clock.forward(hours=30)
    assert ticking.tick(desk) == 3  # only the unpaused ten-minute clock: warned, missed, reported
    with desk.act(operator="lead") as act:
        clocks.resume(act, clock_id=found.id or 0)
    assert clock_of(desk, record, "T-19").due_at == clock.now + timedelta(hours=18)


def test_a_promise_without_a_pause_refuses_one(desk: Desk) -> None:
    found = clock_of(desk, take(desk).record, "T-10")
    with pytest.raises(Invalid), desk.act(operator="lead") as act:
        clocks.pause(act, clock_id=found.id or 0, reason="等等")


def test_warning_breach_and_escalation_happen_once_whichever_desk_is_first(desk: Desk, clock: Hands) -> None:
    record = take(desk).record
    other = Desk(desk.store, clock, "desk-2")
    clock.forward(minutes=8)
    assert (ticking.tick(desk), ticking.tick(other)) == (1, 0)
    clock.forward(minutes=3)
    assert (ticking.tick(other), ticking.tick(desk)) == (2, 0)
    assert clock_of(desk, record, "T-10").role == "supervisor"
    with desk.read() as session:
        verbs = session.exec(select(JournalEntry.verb).where(JournalEntry.record == record).order_by("number")).all()
    assert verbs[-3:] == ["clocks.warn", "clocks.breach", "clocks.escalate"]


def test_a_later_end_shows_who_approved_it(desk: Desk, clock: Hands) -> None:
    found = clock_of(desk, take(desk).record, "T-13")
    with pytest.raises(Invalid), desk.act(operator="lead") as act:
        clocks.extend(act, clock_id=found.id or 0, until=clock.now, reason="人手不足")
    until = found.due_at + timedelta(days=1)
    with desk.act(operator="lead") as act:
        clocks.extend(act, clock_id=found.id or 0, until=until, reason="人手不足")
    with desk.read() as session:
        told = clocks.explain(session, found.id or 0, standards.shipped())
    assert told.clock.due_at == until
    assert [(e.operator, e.reason) for e in told.extensions] == [("lead", "人手不足")]


def test_a_closed_case_keeps_its_rule_when_the_choice_changes(desk: Desk) -> None:
    before = take(desk).record
    with desk.act(operator="admin") as act:
        choose(act, rule="T-18", option="S0")
    after = take(desk).record
    assert clock_of(desk, before, "T-18").within == "1 week"
    assert clock_of(desk, after, "T-18").within == "1 month"


def test_importing_the_notice_recomputes_what_was_provisional(desk: Desk, clock: Hands) -> None:
    clock.now = desk.calendar().at(date(2026, 12, 31), clock.now.time().replace(hour=18))
    record = take(desk).record
    was = clock_of(desk, record, "T-11")
    assert was.provisional
    days = [(date(2027, 1, d), True, "元旦") for d in (1, 2, 3, 4)]
    with desk.act(operator="lead") as act:
        assert holidays.take_in(act, notice=holidays.Notice(2027, days)) >= 1
    now = clock_of(desk, record, "T-11")
    assert not now.provisional
    assert desk.calendar().local(now.due_at).date() == date(2027, 1, 5)


def test_an_ended_promise_refuses_everything(desk: Desk) -> None:
    record = take(desk).record
    found = clock_of(desk, record, "T-10")
    with desk.act() as act:
        complaints.refer(act, number=record, department="security")
    with pytest.raises(StateChanged), desk.act(operator="lead") as act:
        clocks.extend(act, clock_id=found.id or 0, until=found.due_at + timedelta(days=1), reason="x")


def test_the_queue_is_in_due_order_and_reads_an_index(desk: Desk, clock: Hands) -> None:
    for _ in range(3):
        take(desk)
    with desk.read() as session:
        ids = queueing.ids(session, clock.now)
        page = queueing.page(session, ids)
        dues = [page[key].due_at for key in ids]
        assert dues == sorted(dues)
        assert len(queueing.ids(session, clock.now, queueing.Filter(system="requests"))) == 0
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM clock WHERE ended_at IS NULL ORDER BY due_at, id"
        )
        assert "clock_queue" in str(plan.fetchall())
    assert queueing.page(session, []) == {}


def test_countdowns_read_as_people_say_them(clock: Hands) -> None:
    zone = ZoneInfo("Asia/Shanghai")

    def rest(fine: bool = False, **span: float) -> str:
        return left.until(clock.now + timedelta(**span), clock.now, zone, fine=fine)

    # The hands stand at ten on a Tuesday.
    assert [rest(), rest(minutes=9, seconds=59), rest(minutes=10), rest(hours=3, minutes=2, seconds=59)] == [
        "0m 00s",
        "9m 59s",
        "10m",
        "3h 02m",
    ]
    assert [rest(hours=23, minutes=59), rest(hours=24), rest(days=2), rest(days=6), rest(days=7)] == [
        "23h 59m",
        "tomorrow",
        "Thu",
        "Mon",
        "12-01",
    ]
    assert [rest(seconds=-1), rest(minutes=-12), rest(hours=-1, minutes=-8), rest(days=-1, hours=-18)] == [
        "just late",
        "12m late",
        "1h late",
        "1d late",
    ]
    assert [rest(True, hours=-1, minutes=-8), rest(True, days=-1, hours=-18), rest(True, days=-2)] == [
        "1h 08m late",
        "1d 18h late",
        "2d late",
    ]
    with words.speaking("zh"):
        said = [rest(hours=3, minutes=6), rest(minutes=42), rest(days=3), rest(days=-19), rest(True, hours=-1)]
    assert said == ["3时06分", "42分", "周五", "超 19天", "超 1时00分"]


@example(0)
@example(-1)
@example(599)
@given(st.integers(-(10**7), 10**7))
def test_a_countdown_is_late_when_it_is_due_and_never_wider_than_its_column(seconds: int) -> None:
    now = datetime(2026, 11, 24, 2, tzinfo=UTC)
    for language in ("en", "zh"):
        with words.speaking(language):
            said = left.until(now + timedelta(seconds=seconds), now, ZoneInfo("Asia/Shanghai"))
            assert cell_len(said) <= LEFT
            assert ("late" in said or "超" in said) == (seconds < 0)


def test_a_clock_row_holds_only_cleaned_text(desk: Desk) -> None:
    record = take(desk, what="漏水\x1b[31m很急\u202e").record
    with desk.read() as session:
        subjects = session.exec(select(Clock.subject).where(Clock.record == record)).all()
    assert all(subject.endswith("漏水很急") for subject in subjects)


@pytest.mark.clause("INT-16", "REP-4", "REP-5")
def test_a_repair_that_is_reported_needs_its_order_and_then_maintenance_is_told(desk: Desk, clock: Hands) -> None:
    record = take(desk, "repair").record
    assert running(desk, record) == {"T-2"}
    assert clock_of(desk, record, "T-2").due_at == clock.now + timedelta(minutes=5)
    with desk.act() as act:
        repairs.order(act, number=record)
    assert running(desk, record) == {"T-3"}
    assert clock_of(desk, record, "T-3").due_at == clock.now + timedelta(minutes=2)
    with desk.act() as act:
        repairs.notify(act, number=record)
    assert running(desk, record) == {"repair.collect"}
