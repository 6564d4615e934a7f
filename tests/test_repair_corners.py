"""Corners of a repair's life that a day of hard use found: each promise ends as it was meant, nothing typed is lost."""

from datetime import timedelta

import pytest

from desk import followups, forms, repairs, requests
from desk.act import Desk
from desk.ground.refusals import NotAllowed
from desk.repairs import prices
from tests.conftest import Clock
from tests.helpers import FIVE, clock_of, do, own_file, running, take, wrong
from tests.test_repairs import AGREED, case_of, collected, finished, on_site, told, visited_in_anger

HOUR = timedelta(hours=1)


@pytest.mark.clause("REP-11", "REP-13")
def test_an_edition_counts_from_its_day_on(desk: Desk, clock: Clock) -> None:
    edition = '[[edition]]\ndate = "{day}"\n[[edition.item]]\nname = "换灯泡"\nprice = "{price}"\n'
    both = edition.format(day="2026-01-01", price=5) + edition.format(day="2027-01-01", price=50)
    own_file(desk, prices.FILE, both)
    number = on_site(desk)
    assert wrong(desk, "engineer", repairs.begin, number, edition="2027-01-01", **AGREED).field == "edition"
    do(desk, "engineer", repairs.begin, number, **AGREED)
    assert case_of(desk, number).edition == "2026-01-01"


@pytest.mark.clause("REP-8")
def test_an_appointment_that_somebody_came_for_is_not_awaited_again(desk: Desk, clock: Clock) -> None:
    number = collected(desk, "appointment", appointment=clock.now + HOUR)
    clock.forward(minutes=52)
    do(desk, "front", repairs.arrive, number)
    clock.forward(minutes=1)
    do(desk, "front", repairs.wait, number, cause="owner_out", until=clock.now + 24 * HOUR, who="业主来电")
    assert running(desk, number) == {"repair.wait"}
    early = collected(desk, "appointment", appointment=clock.now + 5 * HOUR)
    do(desk, "front", repairs.arrive, early)
    do(desk, "front", repairs.wait, early, cause="parts", until=clock.now + 24 * HOUR, who="仓库")
    assert "T-5" in running(desk, early), "who came hours before has not come for it"


@pytest.mark.clause("REP-8")
def test_a_time_that_is_agreed_takes_the_place_of_at_once(desk: Desk, clock: Clock) -> None:
    number = collected(desk, "unlisted")
    do(desk, "chief", repairs.advise, number, text="外购")
    assert "repair.now" in running(desk, number)
    do(desk, "front", repairs.appoint, number, appointment=clock.now + 24 * HOUR, reason="业主明天在家")
    assert running(desk, number) == {"T-5"}


@pytest.mark.clause("REP-10")
def test_who_is_at_the_door_still_owes_the_end_of_the_work(desk: Desk) -> None:
    number = on_site(desk)
    assert "repair.work" in running(desk, number)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    assert "repair.work" in running(desk, number)
    do(desk, "engineer", repairs.finish, number, result="好", tested="好", charges="换灯泡")
    assert clock_of(desk, number, "repair.work").ended_as == "kept"


@pytest.mark.clause("REP-10")
def test_what_was_found_stays_when_the_price_is_agreed_later(desk: Desk) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, charge="free", found="其实是主管裂了")
    do(desk, "engineer", repairs.begin, number, **AGREED)
    assert case_of(desk, number).found == "其实是主管裂了"


@pytest.mark.clause("REP-12")
def test_a_price_that_turns_up_after_the_work_began_free_of_charge_may_be_declined(desk: Desk) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, charge="free")
    do(desk, "chief", repairs.decline, number, reason="业主嫌贵")
    paper = forms.document(desk, "repairs", number, "order")
    assert dict(paper.texts)["不同意价格的原因"] == "业主嫌贵"
    assert dict(paper.signatures)["工程经理"].startswith("Chief")
    assert len(paper.copies) == 1, "it comes back whole, as its first copy"


def test_nobody_says_no_access_before_somebody_went_there(desk: Desk) -> None:
    number = told(desk)
    assert wrong(desk, "front", repairs.close, number, outcome="没人", end="no_access").field == "end"


@pytest.mark.clause("REP-3")
def test_a_bill_of_an_earlier_round_that_is_paid_makes_none_for_this_one(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "chief", repairs.recharge, number, charges="换灯泡", reason="少算")
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    do(desk, "finance", repairs.pay, number, receipt="R-1")
    visited_in_anger(desk, number)
    refused = wrong(desk, "chief", repairs.recharge, number, charges="换水龙头", reason="x", agreed="x")
    assert refused.clause == "REP-13"


@pytest.mark.clause("REP-10", "REP-11", "REP-17")
def test_the_order_a_worker_carries_has_room_for_charges_and_says_who_agreed(desk: Desk) -> None:
    number = on_site(desk)
    paper = forms.document(desk, "repairs", number, "order")
    assert [row[1] for row in paper.tables[0].rows][-1] == "合计"
    assert "□ 满意" in dict(paper.fields)["业主评价"]
    do(desk, "engineer", repairs.begin, number, charge="paid", agreed="单小云")
    assert dict(forms.document(desk, "repairs", number, "order").signatures)["业主同意价格"].startswith("单小云")


@pytest.mark.clause("REP-11")
def test_the_price_list_is_printed_in_the_edition_that_was_shown(desk: Desk) -> None:
    number = finished(desk)
    paper = forms.document(desk, "repairs", number, "prices")
    assert (paper.title, paper.number) == ("有偿维修服务收费标准", case_of(desk, number).edition)
    assert ("1", "换灯泡", "¥5.00/个") in paper.tables[0].rows


@pytest.mark.clause("REP-16", "REP-17")
def test_each_copy_is_taken_in_where_it_belongs(desk: Desk) -> None:
    number = finished(desk)
    for who in ("finance", "chief"):
        with pytest.raises(NotAllowed):
            do(desk, who, repairs.return_copy, number, copy="1", evaluation="satisfied")
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    with pytest.raises(NotAllowed):
        do(desk, "front", repairs.return_copy, number, copy="3")
    do(desk, "finance", repairs.return_copy, number, copy="3")
    do(desk, "lead", repairs.return_copy, number, copy="2")


@pytest.mark.clause("RV-12", "RV-25")
def test_a_request_that_was_handled_is_visited_too_and_opens_again(desk: Desk) -> None:
    number = take(desk, "request").record
    do(desk, "front", requests.reply, number, text="已办")
    do(desk, "front", requests.close, number, outcome="已办")
    do(desk, "front", followups.visit, number, system="requests", how="phone", satisfied="no", **FIVE)
    assert "T-19" in running(desk, number)


@pytest.mark.clause("REP-8")
def test_an_order_that_is_handed_over_at_the_door_is_awaited_by_the_other_one(desk: Desk, clock: Clock) -> None:
    number = collected(desk, "appointment", appointment=clock.now + HOUR)
    clock.forward(minutes=30)
    do(desk, "front", repairs.arrive, number)
    clock.forward(minutes=5)
    do(desk, "front", repairs.assign, number, worker="chief")
    assert running(desk, number) == {"T-5"}


def test_what_the_manager_was_told_of_for_the_third_time_can_always_be_answered(desk: Desk) -> None:
    numbers = [take(desk, "repair", what="水龙头漏水").record for _one in range(3)]
    for number in numbers:
        do(desk, "front", repairs.order, number)
    do(desk, "front", repairs.reorder, numbers[-1], trade="power", reason="其实是电")
    do(desk, "chief", repairs.study, numbers[-1], text="已查")
    assert "repair.often" not in running(desk, numbers[-1])
    late = take(desk, "repair", what="灯不亮").record
    do(desk, "front", repairs.order, late)
    do(desk, "front", repairs.reorder, late, trade="water", reason="其实是水")
    assert "repair.often" in running(desk, late), "what becomes the third is told, too"


@pytest.mark.clause("RV-12")
def test_who_was_not_satisfied_with_a_request_is_visited_again(desk: Desk) -> None:
    number = take(desk, "request").record
    said = {"system": "requests", "how": "phone", **FIVE}
    for satisfied, owed in (("no", set()), ("yes", {"request.visit"})):
        do(desk, "front", requests.reply, number, text="已办")
        do(desk, "front", requests.close, number, outcome="已办")
        assert running(desk, number) == owed
        do(desk, "front", followups.visit, number, satisfied=satisfied, **said)
    assert running(desk, number) == set()


@pytest.mark.clause("REP-11")
def test_nought_is_a_sum_and_what_turns_out_to_be_on_no_list_is_agreed_to_anew(desk: Desk) -> None:
    charged = {"result": "好", "tested": "好", "charges": "换水龙头 x5"}
    number = on_site(desk, "unlisted")
    do(desk, "chief", repairs.advise, number, text="外购")
    do(desk, "engineer", repairs.begin, number, **AGREED, amount="0")
    assert wrong(desk, "engineer", repairs.finish, number, **charged).field == "agreed"
    other = on_site(desk)
    do(desk, "engineer", repairs.begin, other, **AGREED)
    do(desk, "engineer", repairs.rebranch, other, branch="unlisted", reason="外购")
    do(desk, "chief", repairs.advise, other, text="外购")
    assert wrong(desk, "engineer", repairs.finish, other, **charged).field == "agreed"
    do(desk, "engineer", repairs.finish, other, **charged, agreed="单小云")


@pytest.mark.clause("REP-4")
def test_a_place_that_was_written_of_elsewhere_does_not_stay(desk: Desk) -> None:
    number = take(desk, "repair").record
    do(desk, "front", repairs.order, number, area="public", spot="大堂")
    do(desk, "front", repairs.reorder, number, area="home", reason="听错")
    assert case_of(desk, number).spot == ""


def test_several_charges_stand_on_one_line_with_a_semicolon(desk: Desk, clock: Clock) -> None:
    book = prices.book(desk.store.path, today=desk.calendar().local(clock.now).date())
    assert [one.name for one in prices.charged(book, "换灯泡 x2; 疏通马桶 = 80")] == ["换灯泡", "疏通马桶"]
