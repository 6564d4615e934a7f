"""The duty roster: who is on which post, there a quarter of an hour early, never gone while nobody else is there."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.duty import Shift
from data.operators import Operator
from desk import forms, operators
from desk.act import Desk
from desk.administration import changing
from desk.daybreak import begin_day
from desk.duty import cover, life, plan, swapping, terms
from desk.ground.refusals import Invalid, NotAllowed, NotFound, Refused, StateChanged
from desk.site import calendar
from tests.conftest import Clock
from tests.helpers import clock_of, do, running, wrong

LATER = timedelta(minutes=1)


def somebody(desk: Desk, code: str, role: str) -> None:
    with desk.store.writing() as session:
        session.add(Operator(code=code, name=code.title(), roles=role, secret_hash=""))


def put(desk: Desk, post: str = "desk", who: str = "front", first: str = "2026-11-24", **more: str) -> str:
    with desk.act(operator="lead") as act:
        return plan.plan_shift(act, post=post, who=who, first=first, **more).number


def come(desk: Desk, code: str, post: str = "desk") -> str:
    with desk.act(operator=code) as act:
        return life.come(act, post=post).number


def refusal(desk: Desk, code: str, work: Callable[..., Any], **said: Any) -> Refused:
    with pytest.raises(Refused) as caught, desk.act(operator=code) as act:
        work(act, **said)
    return caught.value


def shift(desk: Desk, number: str) -> Shift:
    with desk.store.reading() as session:
        return session.get_one(Shift, number)


def at(desk: Desk, clock: Clock, hour: int, minute: int = 0, day: int = 24) -> None:
    """Move the clock to a time of day of November 2026 in Shanghai."""
    clock.now = datetime(2026, 11, day, hour, minute, tzinfo=desk.calendar().zone).astimezone(clock.now.tzinfo)


@pytest.mark.clause("DUT-1")
def test_somebody_is_put_on_a_post_for_the_days_on_which_it_is_manned(desk: Desk) -> None:
    put(desk, last="2026-11-30")
    with desk.look() as view:
        planned = [one for day in range(24, 31) for one in cover.on_day(view, date(2026, 11, day))]
        assert [one.day.day for one in planned] == [24, 25, 26, 27, 30]
        first = planned[0]
        assert terms.hours_said(view, (first.begins_at, first.ends_at)) == "08:00–17:00"
        assert first.bands == "AB"
        assert first.ends_at - first.begins_at == timedelta(hours=9)


@pytest.mark.clause("DUT-8")
def test_the_lunch_and_a_stretch_that_nobody_covers_are_shown(desk: Desk) -> None:
    put(desk)
    with desk.look() as view:
        assert [(one.post, one.letter) for one in cover.gaps(view, date(2026, 11, 24))] == [("desk", "N")]
        assert cover.gaps(view, date(2026, 11, 25)) == []
    put(desk, who="lead", stretches="n")
    with desk.look() as view:
        assert cover.gaps(view, date(2026, 11, 24)) == []
    put(desk, "gate", "guard", stretches="B")
    with desk.look() as view:
        day, night = cover.gaps(view, date(2026, 11, 24))
        assert (day.letter, terms.hours_said(view, (day.begin, day.end))) == ("A", "08:00–16:00")
        assert (night.letter, terms.hours_said(view, (night.begin, night.end))) == ("C", "00:00–08:00")
        assert view.calendar.local(night.begin).day == 25


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"who": "nobody"}, "who"), ({"who": "finance"}, "who"), ({"post": "moon"}, "post"),
        ({"post": "control"}, "post"), ({"first": "2026-11-23"}, "first"), ({"first": "tomorrow"}, "first"),
        ({"last": "2026-11-20"}, "last"), ({"last": "2027-11-24"}, "last"), ({"stretches": "Z"}, "stretches"),
        ({"first": "2026-11-28"}, "first"), ({"post": "gate", "who": "front"}, "who"),
    ],
)  # fmt: skip
def test_what_is_wrong_on_the_roster_is_said_at_its_field(desk: Desk, changes: dict[str, str], field: str) -> None:
    said = {"post": "desk", "who": "front", "first": "2026-11-24", **changes}
    assert refusal(desk, "lead", plan.plan_shift, **said).field == field


def test_nobody_stands_on_two_posts_at_once_and_the_same_shift_is_put_on_once(desk: Desk) -> None:
    somebody(desk, "ivy", "receptionist guard")
    put(desk, who="ivy")
    assert refusal(desk, "lead", plan.plan_shift, post="gate", who="ivy", first="2026-11-24").field == "first"
    assert refusal(desk, "lead", plan.plan_shift, post="desk", who="ivy", first="2026-11-24").field == "first"
    assert put(desk, "gate", "ivy", stretches="C")
    with desk.act(operator="admin") as act:
        changing.change(act, number="post:gate", value="20:00-10:00", reason="夜班")
    put(desk, "gate", "ivy", first="2026-11-26")
    assert refusal(desk, "lead", plan.plan_shift, post="desk", who="ivy", first="2026-11-27").field == "first"


@pytest.mark.clause("DUT-3", "DUT-4")
def test_whoever_is_planned_is_promised_a_quarter_of_an_hour_before_and_keeps_it_by_being_there(
    desk: Desk, clock: Clock
) -> None:
    number = put(desk, first="2026-11-25")
    due = clock_of(desk, number, "T-30").due_at
    assert due == shift(desk, number).begins_at - timedelta(minutes=15)
    assert refusal(desk, "front", life.arrive, number=number).clause == "DUT-3"
    at(desk, clock, 7, 44, day=25)
    assert isinstance(wrong(desk, "lead", life.arrive, number), NotAllowed)
    do(desk, "front", life.arrive, number)
    assert clock_of(desk, number, "T-30").ended_as == "kept"
    assert clock_of(desk, number, "T-30").ended_at <= due
    assert isinstance(wrong(desk, "front", life.arrive, number), StateChanged)


def test_whoever_is_planned_and_says_that_they_stand_in_is_there_for_their_shift(desk: Desk, clock: Clock) -> None:
    number = put(desk)
    assert come(desk, "front") == number
    late = put(desk, first="2026-11-25")
    at(desk, clock, 17, 30, day=25)
    assert wrong(desk, "front", life.arrive, late).clause == "DUT-3"


@pytest.mark.clause("DUT-4")
def test_a_guard_is_promised_to_the_guards_and_whoever_is_late_is_told_of(desk: Desk, clock: Clock) -> None:
    number = put(desk, "gate", "guard", first="2026-11-25", stretches="A")
    assert clock_of(desk, number, "T-30").role == "guard"
    at(desk, clock, 8, 5, day=25)
    do(desk, "guard", life.arrive, number)
    found = clock_of(desk, number, "T-30")
    assert found.ended_at is not None
    assert found.ended_at > found.due_at


@pytest.mark.clause("DUT-3")
def test_a_shift_of_later_is_expected_from_the_day_before_on_once_whichever_desk_comes_first(
    desk: Desk, clock: Clock
) -> None:
    number = put(desk, first="2026-11-27")
    assert running(desk, number) == set()
    begin_day(desk)
    assert running(desk, number) == set()
    clock.forward(days=2)
    begin_day(desk)
    assert plan.expect_soon(desk) == 0
    assert running(desk, number) == {"T-30"}
    do(desk, "lead", plan.drop, number, reason="病假")
    assert clock_of(desk, number, "T-30").ended_as == "void"


@pytest.mark.clause("DUT-3")
def test_hours_that_changed_since_the_roster_was_made_are_those_of_the_shift(desk: Desk, clock: Clock) -> None:
    number = put(desk, first="2026-11-27")
    with desk.act(operator="admin") as act:
        changing.change(
            act, number="hours:desk", value="Mon-Fri 09:00-12:00,13:00-18:00", reason="冬令", since="2026-11-27"
        )
    clock.forward(days=2)
    begin_day(desk)
    local = desk.calendar().local(clock_of(desk, number, "T-30").due_at)
    assert (local.hour, local.minute) == (8, 45)


@pytest.mark.clause("DUT-8", "DUT-11")
def test_the_last_one_does_not_leave_the_desk_and_is_told_who_could_relieve(desk: Desk, clock: Clock) -> None:
    number = come(desk, "front")
    problem = wrong(desk, "front", life.leave, number)
    assert problem.clause == "DUT-8"
    assert "Lead (lead)" in str(problem)
    assert "front" not in str(problem)
    at(desk, clock, 12, 30)
    assert wrong(desk, "front", life.leave, number).clause == "DUT-8", "lunch counts"


@pytest.mark.clause("DUT-11")
def test_whoever_answers_for_the_post_hands_it_over_before_leaving_though_another_is_there(
    desk: Desk, clock: Clock
) -> None:
    first = come(desk, "front")
    clock.forward(minutes=1)
    second = come(desk, "lead")
    assert wrong(desk, "front", life.leave, first).clause == "DUT-11"
    do(desk, "lead", life.leave, second)
    assert shift(desk, second).state == "left"


@pytest.mark.clause("DUT-8")
def test_a_gate_is_manned_at_night_and_the_desk_is_not(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 16, 5)
    number = come(desk, "guard", "gate")
    at(desk, clock, 23, 30)
    with desk.look() as view:
        assert not cover.is_manned(view, "desk")
        assert cover.is_manned(view, "gate")
    assert wrong(desk, "guard", life.leave, number).clause == "DUT-8"


@pytest.mark.clause("DUT-11")
def test_a_relief_that_does_not_come_is_a_fact_with_its_clock_until_a_leader_finds_somebody(
    desk: Desk, clock: Clock
) -> None:
    somebody(desk, "ivy", "guard")
    number = put(desk, "gate", "guard", stretches="A")
    do(desk, "guard", life.arrive, number)
    assert wrong(desk, "guard", life.stay, number).clause == "DUT-11"
    at(desk, clock, 16, 5)
    do(desk, "guard", life.stay, number)
    assert running(desk, number) == {"duty.relief"}
    assert wrong(desk, "lead", life.relieve, number, who="guard").field == "who"
    do(desk, "lead", life.relieve, number, who="ivy")
    assert running(desk, number) == set()
    clock.forward(minutes=40)
    relief = come(desk, "ivy", "gate")
    assert shift(desk, relief).post == "gate"
    with desk.look() as view:
        assert [one.operator for one in cover.present(view, "gate")] == ["guard", "ivy"]


def test_whoever_forgot_to_say_that_they_left_is_not_there_any_more(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    clock.forward(hours=10)
    with desk.look() as view:
        assert [one.operator for one in cover.present(view)] == ["front"]
    clock.forward(hours=2)
    with desk.look() as view:
        assert cover.present(view) == []


def test_a_swap_needs_both_and_a_leader(desk: Desk) -> None:
    somebody(desk, "ivy", "receptionist")
    mine, theirs = put(desk, first="2026-11-26"), put(desk, who="ivy", first="2026-11-27")
    assert isinstance(wrong(desk, "lead", swapping.swap, mine, who="ivy"), NotAllowed)
    assert wrong(desk, "front", swapping.swap, mine, who="front").field == "who"
    assert wrong(desk, "front", swapping.swap, mine, who="ivy", other=mine).field == "other"
    assert wrong(desk, "front", swapping.swap, mine, who="ivy", other="BC").field == "other"
    do(desk, "front", swapping.swap, mine, who="ivy", other=theirs)
    assert isinstance(wrong(desk, "lead", swapping.approve, mine, decision="yes"), StateChanged)
    assert isinstance(wrong(desk, "front", swapping.agree, mine), NotAllowed)
    do(desk, "ivy", swapping.agree, mine)
    assert isinstance(wrong(desk, "ivy", swapping.approve, mine, decision="yes"), NotAllowed)
    do(desk, "lead", swapping.approve, mine, decision="yes")
    assert (shift(desk, mine).operator, shift(desk, theirs).operator) == ("ivy", "front")
    assert shift(desk, mine).swap == ""


def test_a_swap_that_a_leader_refuses_changes_nothing(desk: Desk) -> None:
    mine = put(desk, first="2026-11-26")
    do(desk, "front", swapping.swap, mine, who="lead")
    do(desk, "lead", swapping.agree, mine)
    do(desk, "project", swapping.approve, mine, decision="no")
    assert shift(desk, mine).operator == "front"
    do(desk, "front", swapping.swap, mine, who="lead")
    do(desk, "lead", swapping.agree, mine)
    other = put(desk, who="lead", first="2026-11-26")
    assert wrong(desk, "project", swapping.approve, mine, decision="yes").field == "decision"
    do(desk, "lead", plan.drop, other, reason="换人")
    do(desk, "project", swapping.approve, mine, decision="yes")
    assert shift(desk, mine).operator == "lead"


def test_when_a_post_is_manned_is_the_site_s_and_a_wrong_one_is_said_at_the_field(desk: Desk) -> None:
    def change(value: str) -> None:
        with desk.act(operator="admin") as act:
            changing.change(act, number="post:control", value=value, reason="新增岗位")

    change("20:00-08:00, 08:00～20:00")
    assert put(desk, "control", "guard", stretches="B")
    with desk.look() as view:
        assert terms.posts(view.settings) == ["desk", "gate", "control"]
        night, day = terms.bands(view.settings, view.calendar, "control", date(2026, 11, 24)).values()
        assert night[1] - night[0] == day[1] - day[0] == timedelta(hours=12)
        assert day[0] == night[1]
    for wrong_one in ("25:00-08:00", "early", "08:00", "1:00-2:00," * 8):
        with pytest.raises(Invalid) as caught:
            change(wrong_one)
        assert caught.value.field == "value"
    change("-")
    with desk.look() as view:
        assert terms.posts(view.settings) == ["desk", "gate"]


def test_the_roster_of_a_month_is_a_page_with_its_gaps_and_the_phones(desk: Desk) -> None:
    number = put(desk, last="2026-11-30")
    put(desk, who="lead", stretches="N")
    page = forms.document(desk, "duty", number)
    rows = {row[0]: row for row in page.tables[0].rows}
    assert len(rows) == 30
    assert rows["11-24 二"][1:] == ("08:00-12:00 Front", "12:00-13:00 Lead", "13:00-17:00 Front")
    assert rows["11-25 三"][2] == "12:00-13:00 空岗"
    assert rows["11-23 一"][2] == "12:00-13:00", "nobody has planned this day yet"
    assert rows["11-28 六"][1:] == ("—", "—", "—")
    assert any(label == "应急电话" for label, _text in page.fields)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2025, 1, 1), date(2030, 12, 31)))
def test_the_stretches_of_any_day_follow_each_other_without_overlap(desk: Desk, day: date) -> None:
    with desk.store.reading() as session:
        when = calendar(session)
    for post in ("desk", "gate"):
        spans = sorted(terms.bands({}, when, post, day).values())
        assert all(begin < end for begin, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        if post == "gate":
            assert sum((end - begin for begin, end in spans), timedelta()) == timedelta(hours=24)


def test_whoever_is_disabled_is_nobody_on_the_roster(desk: Desk) -> None:
    somebody(desk, "ivy", "receptionist")
    with desk.act(operator="admin") as act:
        operators.disable(act, code="ivy")
    assert isinstance(refusal(desk, "lead", plan.plan_shift, post="desk", who="ivy", first="2026-11-24"), NotFound)


@pytest.mark.clause("DUT-8", "DUT-11")
def test_who_may_not_work_here_any_more_keeps_nobody_company(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    clock.forward(minutes=1)
    own = come(desk, "lead")
    with desk.act(operator="admin") as act:
        operators.disable(act, code="front")
    desk.operator = "lead"
    assert wrong(desk, "lead", life.leave, own).clause == "DUT-8"
    with desk.look() as view:
        assert cover.holder(view, "desk") == "lead"


@pytest.mark.clause("DUT-8")
def test_whose_shift_is_over_without_a_word_keeps_nobody_company(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "guard")
    come(desk, "guard", "gate")
    at(desk, clock, 16, 5)
    own = come(desk, "ivy", "gate")
    assert wrong(desk, "ivy", life.leave, own).clause == "DUT-8"


@pytest.mark.clause("DUT-11")
def test_a_leader_ends_the_shift_of_who_is_on_post_by_the_book_only(desk: Desk, clock: Clock) -> None:
    number = put(desk, "gate", "guard", stretches="A")
    do(desk, "guard", life.arrive, number)
    at(desk, clock, 16, 5)
    do(desk, "guard", life.stay, number)
    clock.forward(days=3)
    with desk.look() as view:
        assert cover.holder(view, "gate") == "guard"
    assert wrong(desk, "lead", life.end, number, reason=" ").field == "reason"
    assert isinstance(wrong(desk, "guard", life.end, number, reason="走了"), NotAllowed)
    do(desk, "lead", life.end, number, reason="已离岗")
    assert running(desk, number) == set()
    with desk.look() as view:
        assert cover.holder(view, "gate") == ""


@pytest.mark.clause("DUT-8")
def test_a_shift_that_a_leader_ends_leaves_no_post_empty_without_somebody_who_is_named(desk: Desk) -> None:
    somebody(desk, "ivy", "guard")
    number = put(desk, "gate", "guard", stretches="A")
    do(desk, "guard", life.arrive, number)
    assert wrong(desk, "lead", life.end, number, reason="病倒").field == "who"
    do(desk, "lead", life.end, number, reason="病倒", who="ivy")
    with desk.look() as view:
        assert plan.is_on(view, "ivy", "gate", view.now, view.now + timedelta(minutes=5))


@pytest.mark.clause("DUT-11")
def test_whose_named_relief_does_not_come_says_so_again(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "guard")
    number = put(desk, "gate", "guard", stretches="A")
    do(desk, "guard", life.arrive, number)
    at(desk, clock, 16, 5)
    do(desk, "guard", life.stay, number)
    do(desk, "lead", life.relieve, number, who="ivy")
    assert running(desk, number) == set()
    clock.forward(minutes=31)
    do(desk, "guard", life.stay, number)
    assert running(desk, number) == {"duty.relief"}
    do(desk, "lead", life.relieve, number, who="ivy")
    with desk.look() as view:
        assert len([one for one in cover.on_day(view, date(2026, 11, 24)) if one.operator == "ivy"]) == 1


def test_whoever_said_too_early_that_they_are_there_goes_again_and_comes_later(desk: Desk, clock: Clock) -> None:
    number = put(desk, first="2026-11-25")
    at(desk, clock, 6, 30, day=25)
    do(desk, "front", life.arrive, number)
    do(desk, "front", life.leave, number)
    at(desk, clock, 7, 50, day=25)
    do(desk, "front", life.arrive, number)
    assert shift(desk, number).state == "there"


def test_who_is_taken_off_the_roster_leaves_a_gap_and_a_day_between_is_one(desk: Desk) -> None:
    sick = put(desk, first="2026-11-25")
    put(desk, first="2026-11-27")
    do(desk, "lead", plan.drop, sick, reason="病假")
    with desk.look() as view:
        for day in (25, 26):
            assert {one.letter for one in cover.gaps(view, date(2026, 11, day)) if one.post == "desk"} == {
                "A",
                "N",
                "B",
            }
        assert cover.gaps(view, date(2026, 11, 30)) == []


def test_a_stretch_that_is_over_is_planned_no_more_and_a_closed_day_expects_nobody(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 18)
    assert refusal(desk, "lead", plan.plan_shift, post="desk", who="front", first="2026-11-24").field == "first"
    number = put(desk, first="2026-11-27")
    with desk.act(operator="admin") as act:
        changing.set_day(act, day="2026-11-27", value="closed", reason="停业")
    clock.forward(days=2)
    begin_day(desk)
    assert running(desk, number) == set()


def test_whoever_stands_in_at_night_stays_until_the_stretch_ends(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 2, day=25)
    number = come(desk, "guard", "gate")
    assert desk.calendar().local(shift(desk, number).ends_at).hour == 8


def test_a_swap_is_taken_back_or_declined_and_never_allowed_by_one_of_the_two(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "receptionist")
    mine = put(desk, first="2026-11-26")
    do(desk, "front", swapping.swap, mine, who="ivy")
    assert isinstance(wrong(desk, "guard", swapping.unswap, mine), NotAllowed)
    do(desk, "ivy", swapping.unswap, mine)
    assert isinstance(wrong(desk, "front", swapping.unswap, mine), StateChanged)
    do(desk, "front", swapping.swap, mine, who="lead")
    do(desk, "lead", swapping.agree, mine)
    assert isinstance(wrong(desk, "lead", swapping.approve, mine, decision="yes"), NotAllowed)
    do(desk, "project", swapping.approve, mine, decision="yes")
    assert shift(desk, mine).operator == "lead"


def test_a_swap_is_of_what_lies_ahead_with_who_still_works_here_and_names_them(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "receptionist")
    mine = put(desk, first="2026-11-25")
    do(desk, "front", swapping.swap, mine, who="ivy")
    do(desk, "ivy", swapping.agree, mine)
    with desk.act(operator="admin") as act:
        operators.disable(act, code="ivy")
    assert wrong(desk, "project", swapping.approve, mine, decision="yes").field == "decision"
    with desk.act(operator="admin") as act:
        operators.enable(act, code="ivy")
    do(desk, "project", swapping.approve, mine, decision="yes")
    assert "Ivy" in clock_of(desk, mine, "T-30").subject
    at(desk, clock, 9, day=25)
    assert isinstance(wrong(desk, "ivy", swapping.swap, mine, who="front"), StateChanged)


def test_a_shift_that_is_being_swapped_away_is_not_given_for_another(desk: Desk) -> None:
    somebody(desk, "ivy", "receptionist")
    mine, theirs = put(desk, first="2026-11-26"), put(desk, who="ivy", first="2026-11-27")
    do(desk, "front", swapping.swap, mine, who="ivy", other=theirs)
    do(desk, "ivy", swapping.agree, mine)
    do(desk, "ivy", swapping.swap, theirs, who="project")
    do(desk, "project", swapping.agree, theirs)
    assert isinstance(wrong(desk, "lead", swapping.approve, mine, decision="yes"), StateChanged)


def swapped(desk: Desk, number: str, who: str, other: str = "") -> None:
    """A swap that both have agreed to."""
    front = shift(desk, number).operator
    with desk.act(operator=front) as act:
        swapping.swap(act, number=number, who=who, other=other)
    with desk.act(operator=shift(desk, number).swap_with) as act:
        swapping.agree(act, number=number)


def disable(desk: Desk, code: str) -> None:
    with desk.act(operator="admin") as act:
        operators.disable(act, code=code)


@pytest.mark.parametrize("gone", ["front", "ivy"])
def test_no_shift_is_given_to_somebody_who_was_shut_out_since(desk: Desk, gone: str) -> None:
    somebody(desk, "ivy", "receptionist")
    mine, theirs = put(desk, first="2026-11-26"), put(desk, who="ivy", first="2026-11-27")
    swapped(desk, mine, "ivy", theirs)
    disable(desk, gone)
    assert refusal(desk, "lead", swapping.approve, number=mine, decision="yes").field == "decision"
    assert shift(desk, theirs).operator == "ivy"


def test_a_swap_never_deals_in_a_shift_that_is_over(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "receptionist")
    past, later = put(desk, who="ivy", first="2026-11-25"), put(desk, first="2026-11-27")
    swapped(desk, later, "ivy", past)
    at(desk, clock, 18, 0, day=25)
    assert isinstance(refusal(desk, "lead", swapping.approve, number=later, decision="yes"), StateChanged)
    other = put(desk, first="2026-11-30")
    assert refusal(desk, "front", swapping.swap, number=other, who="ivy", other=past).field == "other"


def test_who_stands_on_a_post_now_is_not_put_on_another_for_the_same_hours(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "receptionist guard")
    come(desk, "ivy", "gate")
    number = put(desk, first="2026-11-24", stretches="B")
    assert refusal(
        desk, "lead", plan.plan_shift, post="desk", who="ivy", first="2026-11-24", last="", stretches="B"
    ).field == "first"  # fmt: skip
    swapped(desk, number, "ivy")
    assert refusal(desk, "lead", swapping.approve, number=number, decision="yes").field == "decision"


def test_a_roster_is_of_this_year_or_the_next(desk: Desk) -> None:
    said = {"post": "desk", "who": "front", "last": "", "stretches": ""}
    assert refusal(desk, "lead", plan.plan_shift, first="9999-12-31", **said).field == "first"
