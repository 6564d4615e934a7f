"""A machine whose clock is wrong: nothing is stamped, nothing falls due, and one person with one key settles it."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from data.cases import Complaint
from data.clocks import Clock as Promise
from data.store import steady
from desk import complaints, confirming, operators, proof, ticking, timekeeping
from desk.act import Desk
from desk.ground.refusals import NotAllowed, TimeDoubted
from desk.passes import gate
from screens import standing
from screens.app import DeskApp
from tests.conftest import SECRET, TUESDAY, Clock
from tests.helpers import grade, sealed, take
from tests.test_screens import sign_in, until

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class Machine:
    """A machine with a clock that can be set, and one that cannot."""

    def __init__(self) -> None:
        self.clock, self.seconds = Clock(), 1000.0

    def steady(self) -> float:
        return self.seconds

    def pass_by(self, span: timedelta) -> None:
        self.clock.now += span
        self.seconds += span.total_seconds()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr(steady, "this_boot", lambda: "this boot")
    return Machine()


@pytest.fixture
def desk(desk: Desk, machine: Machine) -> Desk:
    """A desk that has written a moment ago on a machine whose clock was right."""
    found = started(desk, machine)
    take(found)
    return found


def started(desk: Desk, machine: Machine) -> Desk:
    again = Desk(desk.store, machine.clock, "desk-1", machine.steady)
    again.operator = "front"
    return again


@pytest.mark.parametrize("jump", [DAY, -DAY, 365 * DAY, -10000 * DAY, 6 * MINUTE, -6 * MINUTE])
def test_a_clock_that_jumps_stamps_nothing_and_lets_nothing_fall_due(
    desk: Desk, machine: Machine, jump: timedelta
) -> None:
    machine.pass_by(MINUTE)
    machine.clock.now += jump
    newest = desk.store.ask("SELECT max(number) FROM journal")
    assert ticking.tick(desk) == 0
    with pytest.raises(TimeDoubted, match="nothing is stamped"):
        take(desk)
    assert operators.sign_in(desk, "lead", SECRET).code == "lead"
    assert desk.store.ask("SELECT max(number) FROM journal") == newest
    machine.clock.now -= jump
    assert desk.doubt() is None
    desk.operator = "front"
    assert take(desk).record


@pytest.mark.parametrize("drift", [MINUTE, -MINUTE, timedelta(seconds=299)])
def test_a_clock_that_is_a_little_off_is_nobodys_trouble(desk: Desk, machine: Machine, drift: timedelta) -> None:
    machine.pass_by(timedelta(hours=9))
    machine.clock.now += drift
    assert desk.doubt() is None
    assert take(desk).record


def test_a_program_that_starts_on_the_same_machine_knows_what_time_it_is(desk: Desk, machine: Machine) -> None:
    machine.pass_by(3 * DAY)
    assert started(desk, machine).doubt() is None
    machine.clock.now += DAY
    found = started(desk, machine).doubt()
    assert found is not None
    assert (found.kind, found.reckoned) == ("jump", TUESDAY + 3 * DAY)


def test_after_a_restart_a_long_absence_is_asked_about_and_a_short_one_is_not(
    desk: Desk, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "this_boot", lambda: "the next boot")
    machine.seconds = 5.0
    machine.clock.now += 6 * DAY
    assert started(desk, machine).doubt() is None
    machine.clock.now += 2 * DAY
    found = started(desk, machine).doubt()
    assert found is not None
    assert found.kind == "absent"


def test_a_mark_that_was_spoilt_is_none(desk: Desk, machine: Machine) -> None:
    marks = (
        "5",
        "[1]",
        '[1, "x"]',
        "[null, 2]",
        "[NaN, 2]",
        "[1, NaN]",
        "[1e18, 2]",
        '"ab"',
        "[" * 99999,
        "[1, 1e999]",
    )
    for text in ("", "[]", "{", *(f'{{"this boot": {mark}}}' for mark in marks)):
        steady.time_path(desk.store.path).write_text(text)
        assert started(desk, machine).doubt() is None


def test_only_who_may_confirms_and_then_the_desk_goes_on(desk: Desk, machine: Machine) -> None:
    machine.clock.now += DAY
    with pytest.raises(NotAllowed):
        confirming.confirm_time(desk)
    assert desk.doubt() is not None
    assert confirming.confirm_time(desk, operator="lead") == 0
    assert desk.doubt() is None
    assert take(desk).record
    facts = desk.store.ask("SELECT facts FROM journal WHERE verb = 'journal.confirm_time'")[0][0]
    assert TUESDAY.isoformat() in facts


def test_what_one_desk_confirmed_another_on_that_machine_believes(desk: Desk, machine: Machine) -> None:
    other = started(desk, machine)
    take(other)
    machine.clock.now += DAY
    assert other.doubt() is not None
    confirming.confirm_time(desk, operator="lead")
    assert other.doubt() is None
    assert take(other).record


def test_the_gate_lets_nothing_out_by_a_clock_that_is_doubted(desk: Desk, machine: Machine) -> None:
    number = sealed(desk)
    desk.operator = "guard"
    assert gate.verdict(desk, number).kind == "ok"
    for jump in (DAY, -DAY, 4000 * DAY):
        machine.clock.now += jump
        assert gate.verdict(desk, number).kind == "doubted"
        assert gate.verdict(desk, number).kind not in gate.MAY_LEAVE
        with pytest.raises(TimeDoubted), desk.act() as act:
            gate.let_out(act, number=number)
        machine.clock.now -= jump
    assert gate.verdict(desk, number).kind == "ok"


def promise(desk: Desk, record: str) -> list[tuple[str, int, str, bool]]:
    with desk.store.reading() as session:
        query = select(Promise).where(Promise.record == record).order_by("id")
        return [(one.rule, one.steps_done, one.role, one.ended_at is None) for one in session.exec(query)]


def case(desk: Desk, record: str) -> tuple[str, str, bool]:
    with desk.store.reading() as session:
        found = session.get_one(Complaint, record)
        return found.grade, found.grade_reason, found.major_at is None


def test_what_rules_did_at_a_time_that_had_not_come_is_taken_back_when_the_time_is_confirmed(
    desk: Desk, machine: Machine
) -> None:
    record = take(desk).record
    grade(desk, record, "important")
    promises, judged = promise(desk, record), case(desk, record)
    ahead = Clock()
    ahead.now = machine.clock.now + 8 * DAY
    wrong = Desk(desk.store, ahead, "a desk without a steady clock")
    while ticking.tick(wrong):
        continue
    assert case(desk, record)[0] == "major"
    assert promise(desk, record) != promises
    machine.pass_by(MINUTE)
    with pytest.raises(TimeDoubted):
        take(desk)
    assert confirming.confirm_time(desk, operator="lead") > 3
    assert case(desk, record) == judged
    still = [one for one in promise(desk, record) if one in promises]
    assert still == promises
    assert [one for one in promise(desk, record) if one not in promises and one[3]] == []
    assert proof.verify(desk.store) == []
    assert ticking.tick(desk) == 0
    assert take(desk).record


def test_what_was_taken_back_once_is_not_taken_back_again_from_under_people(desk: Desk, machine: Machine) -> None:
    record = take(desk).record
    grade(desk, record, "important")
    ahead = Clock()
    ahead.now = machine.clock.now + 8 * DAY
    while ticking.tick(Desk(desk.store, ahead, "a desk without a steady clock")):
        continue
    machine.pass_by(MINUTE)
    assert confirming.confirm_time(desk, operator="lead") > 3
    with desk.act(operator="company") as act:
        complaints.declare(act, number=record, text="按重大处理")
    machine.pass_by(MINUTE)
    assert confirming.confirm_time(desk, operator="lead") == 0
    assert case(desk, record)[0] == "major"


def test_a_standards_file_that_cannot_be_read_is_no_reason_to_believe_a_clock(desk: Desk, machine: Machine) -> None:
    desk.store.path.with_name("standards.toml").write_text("nonsense = [")
    machine.clock.now += DAY
    assert desk.doubt() is not None


async def test_the_first_row_says_it_and_one_key_of_a_leader_settles_it(desk: Desk, machine: Machine) -> None:
    app = DeskApp(desk.store.path, machine.clock)
    async with app.run_test(size=(120, 30)) as pilot:
        await sign_in(pilot, "lead")
        app.desk.time = timekeeping.Timekeeper(desk.store.path, machine.clock, machine.steady)
        machine.clock.now += DAY
        await until(pilot, lambda: app.doubt is not None)
        row = standing.alarm(app)
        assert "CLOCK 2026-11-25 10:00, should be 2026-11-24 10:00" in row
        assert "Ctrl+F: it is right" in row
        await pilot.press("ctrl+f")
        await until(pilot, lambda: app.doubt is None)
        assert "CLOCK" not in standing.alarm(app)
    assert desk.store.ask("SELECT operator FROM journal WHERE verb = 'journal.confirm_time'") == [("lead",)]


def test_the_marks_are_readable_as_the_store_is(desk: Desk, tmp_path: Path) -> None:
    assert steady.time_path(desk.store.path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("step", [4 * MINUTE, -4 * MINUTE])
def test_a_clock_that_is_walked_off_in_small_steps_is_doubted_like_one_that_jumps(
    desk: Desk, machine: Machine, step: timedelta
) -> None:
    walked = 0
    while desk.doubt() is None and walked < 30:
        machine.pass_by(timedelta(seconds=1))
        machine.clock.now += step
        with suppress(TimeDoubted):
            take(desk)
        walked += 1
    assert walked <= 2
    assert ticking.tick(desk) == 0


def test_a_clock_that_runs_a_little_fast_for_weeks_is_nobodys_trouble(desk: Desk, machine: Machine) -> None:
    for _day in range(60):
        machine.pass_by(timedelta(hours=12))
        machine.clock.now += timedelta(seconds=20)
        take(desk)
    assert desk.doubt() is None


def test_a_confirmed_time_begins_anew_what_a_clock_may_wander(desk: Desk, machine: Machine) -> None:
    machine.pass_by(MINUTE)
    machine.clock.now += 4 * MINUTE
    take(desk)
    machine.clock.now += 4 * MINUTE
    assert desk.doubt() is not None
    confirming.confirm_time(desk, operator="lead")
    machine.clock.now += 4 * MINUTE
    assert desk.doubt() is None
