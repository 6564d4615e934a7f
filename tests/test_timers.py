"""Every timer of the procedures: what starts it, when it ends, what stops it. Each row is one promise."""

from datetime import datetime, timedelta

import pytest

from desk.act import SYSTEM, Desk
from desk.clocks import clocks
from tests.conftest import Clock
from tests.helpers import clock_of, running

P = pytest.param
# What an entry on an unsolved complaint says of it.
RAISED = {"raised_at": "2026-11-24T10:00:00+08:00", "settled": "no", "answered": "no"}


@pytest.mark.parametrize(
    ("rule", "start", "due", "stop", "facts"),
    [
        P("T-2", "repairs.register", "24 10:05", "repairs.order", {}, marks=pytest.mark.clause("REP-4")),
        P("T-3", "repairs.order", "24 10:02", "repairs.notify", {}, marks=pytest.mark.clause("REP-5")),
        P("T-4", "repairs.accept", "24 10:15", "repairs.arrive", {"branch": "public", "come": "no"}),
        P("T-5", "repairs.appoint", "24 13:55", "repairs.arrive", {"appointment_at": "2026-11-24T14:00:00+08:00"}),
        P("T-6", "repairs.accept", "24 10:15", "repairs.advise", {"branch": "unlisted"}),
        P("T-7", "quality.register", "24 10:05", "quality.order", {"warranty": "in"}),
        P("T-8", "quality.order", "24 10:02", "quality.notify", {"warranty": "in"}),
        P("T-9", "quality.collect", "24 10:05", "quality.tell_developer", {}),
        P("T-14", "complaints.grade", "25 10:00", "complaints.settle", {"grade": "important", **RAISED}, marks=pytest.mark.clause("CMP-52")),
        P("T-15", "complaints.grade", "26 10:00", "complaints.answer", {"grade": "major", **RAISED}, marks=pytest.mark.clause("CMP-53")),
        P("T-16", "complaints.grade", "12-09 10:00", "complaints.settle", {"grade": "major", **RAISED}, marks=pytest.mark.clause("CMP-54")),
        P("T-17", "complaints.feedback", "24 17:00", "complaints.answer", {"owed": "yes"}, marks=pytest.mark.clause("CMP-51", "CMP-56")),
        P("T-20", "complaints.promise", "24 15:30", "complaints.answer", {"promised_at": "2026-11-24T15:30:00+08:00"},
          marks=pytest.mark.clause("CMP-21", "INT-11", "RV-34")),
        P("T-22", "repairs.complete", "2027-01-24 10:00", "followups.visit", {"sort": "works"}),
        P("T-23", "rescues.end", "12-01 10:00", "followups.visit", {"kind": "patient"}, marks=pytest.mark.clause("RV-6", "EMG-7")),
        P("T-24", "hearings.hold", "12-24 10:00", "hearings.visited", {"visits": "due", "held_at": "2026-11-24T10:00:00+08:00"}),
        P("T-25", "repairs.file", "24 17:00", "followups.visit", {"visit": "must", "sort": "small"}),
        P("T-26", "renovation.papers_complete", "25 17:00", "renovation.decide", {}),
        P("T-27", "renovation.accept", "2027-03-24 10:00", "renovation.refund_notice", {}),
        P("T-28", "renovation.day_opened", "24 17:00", "renovation.patrolled", {}),
        P("T-29", "handover.take", "2027-05-24 10:00", "fees.renew", {}),
        P("T-30", "duty.expect", "24 12:45", "duty.arrive", {"shift_at": "2026-11-24T13:00:00+08:00"}),
        P("T-31", "contacts.carry_over", "25 17:00", "contacts.convert", {"duty_at": "2026-11-25T08:00:00+08:00"}),
        P("T-33", "reports.open_week", "27 17:00", "reports.close_requests_week", {}, marks=pytest.mark.clause("REQ-6", "RPT-10")),
        P("T-34", "reports.open_month", "30 17:00", "reports.close_month", {}),
        P("T-34b", "reports.close_month", "12-01 17:00", "reports.send_copy", {}),
        P("T-35", "reports.open_half_year", "12-31 17:00", "hearings.forum", {}),
        P("T-35b", "reports.open_quarter", "12-31 17:00", "rounds.round_done", {"round": "due"}),
        P("T-35c", "reports.open_year", "12-31 17:00", "rounds.director_done", {}),
    ],
)  # fmt: skip
def test_a_promise_is_due_when_its_clause_says_and_ends_with_its_act(
    desk: Desk, rule: str, start: str, due: str, stop: str, facts: dict[str, str]
) -> None:
    with desk.act(operator=SYSTEM) as act:
        act.record(start, "R-1", **facts)
    text = due if due.startswith("20") else f"2026-{due}" if due.count("-") else f"2026-11-{due}"
    found = desk.calendar().local(clock_of(desk, "R-1", rule).due_at)
    assert found.replace(tzinfo=None) == datetime.fromisoformat(text)
    with desk.act(operator=SYSTEM) as act:
        act.record(stop, "R-1")
    assert rule not in running(desk, "R-1")


def test_conditions_keep_a_promise_from_starting_where_it_does_not_apply(desk: Desk) -> None:
    with desk.act(operator=SYSTEM) as act:
        act.record("quality.register", "R-2", warranty="none")
        act.record("complaints.grade", "R-2", grade="minor", **RAISED)
        act.record("repairs.appoint", "R-2")
    assert running(desk, "R-2") == set()


@pytest.mark.clause("DEC-30")
def test_the_deposit_is_not_announced_before_three_months(desk: Desk) -> None:
    with desk.act(operator=SYSTEM) as act:
        act.record("renovation.accept", "R-3")
    opens = clock_of(desk, "R-3", "T-27").not_before
    assert opens is not None
    assert desk.calendar().local(opens).date().isoformat() == "2027-02-24"


def test_what_happened_before_a_promise_was_made_did_not_keep_it_then(desk: Desk, clock: Clock) -> None:
    with desk.act(operator=SYSTEM) as act:
        act.record("repairs.accept", "R-1", branch="public", come="no")
    clock.forward(minutes=30)
    with desk.act(operator=SYSTEM) as act:
        act.record("repairs.arrive", "R-1", happened_at=act.now - timedelta(minutes=45))
    found = clock_of(desk, "R-1", "T-4")
    assert found.ended_at == clock.now
    assert not clocks.was_kept(found)
