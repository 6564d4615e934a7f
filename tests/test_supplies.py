"""Consumables: asked for, bought, kept, given out; never more than there is, and what runs low is promised."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.duty import Supply
from desk import forms
from desk.act import Desk
from desk.ground.refusals import Invalid, Refused
from desk.supplies import life
from tests.helpers import clock_of, do, running, wrong

STEPS = {"buy": life.buy, "give": life.give, "count": life.count, "ask": life.ask, "withdraw": life.withdraw}


def kept(desk: Desk, name: str = "打印纸", **said: str) -> str:
    with desk.act() as act:
        return life.add(act, name=name, **{"unit": "包", "stock": "5", "least": "3", **said}).number


def get(desk: Desk, number: str) -> Supply:
    with desk.store.reading() as session:
        return session.get_one(Supply, number)


@pytest.mark.clause("DUT-13")
def test_what_is_asked_bought_and_given_out_stands_in_its_register_with_what_was_left(desk: Desk) -> None:
    number = kept(desk)
    do(desk, "front", life.ask, number, quantity="10", note="年末")
    do(desk, "front", life.buy, number, quantity="8")
    assert (get(desk, number).stock, get(desk, number).asked) == (13, 2)
    do(desk, "front", life.give, number, quantity="4", whom="工程部", note="值班表")
    rows = forms.document(desk, "supplies", number).tables[0].rows
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("期初", 5, 5),
        ("申购", 10, 5),
        ("购入", 8, 13),
        ("领用", 4, 9),
    ]
    assert rows[-1][4:6] == ("工程部", "值班表")


@pytest.mark.clause("DUT-13")
def test_nothing_is_given_out_that_is_not_there_nor_to_nobody(desk: Desk) -> None:
    number = kept(desk)
    problem = wrong(desk, "front", life.give, number, quantity="6", whom="工程部")
    assert (problem.field, problem.clause) == ("quantity", "DUT-13")
    assert wrong(desk, "front", life.give, number, quantity="1", whom=" ").field == "whom"
    for text in ("", "0", "-1", "1.5", "many", "9999999", "9" * 5000):
        assert wrong(desk, "front", life.give, number, quantity=text, whom="我").field == "quantity"
    assert get(desk, number).stock == 5


@pytest.mark.clause("DUT-13")
def test_what_runs_low_is_promised_to_be_asked_for_once(desk: Desk) -> None:
    number = kept(desk)
    do(desk, "front", life.give, number, quantity="3", whom="前台")
    assert get(desk, number).state == "low"
    assert running(desk, number) == {"supply.low"}
    do(desk, "front", life.give, number, quantity="1", whom="前台")
    do(desk, "front", life.ask, number, quantity="5")
    assert clock_of(desk, number, "supply.low").ended_as == "kept"
    do(desk, "front", life.give, number, quantity="1", whom="前台")
    assert running(desk, number) == set()
    do(desk, "front", life.buy, number, quantity="5")
    assert get(desk, number).state == "kept"


@pytest.mark.clause("DUT-13")
def test_what_was_asked_for_and_is_not_enough_is_promised_again(desk: Desk) -> None:
    number = kept(desk, stock="12", least="10")
    do(desk, "front", life.ask, number, quantity="5")
    do(desk, "front", life.give, number, quantity="10", whom="前台")
    assert running(desk, number) == {"supply.low"}
    do(desk, "front", life.ask, number, quantity="1")
    assert running(desk, number) == {"supply.low"}, "eight of ten"
    do(desk, "front", life.ask, number, quantity="20")
    assert running(desk, number) == set()
    do(desk, "front", life.buy, number, quantity="26")
    do(desk, "front", life.give, number, quantity="26", whom="前台")
    assert running(desk, number) == {"supply.low"}


def test_what_it_is_called_and_its_minimum_are_changed_and_one_name_is_one_thing(desk: Desk) -> None:
    number, other = kept(desk, name="A4 纸"), kept(desk, name="笔")
    for name in ("a4纸", "Ａ４ 纸"):
        with pytest.raises(Invalid):
            kept(desk, name=name)
        assert wrong(desk, "front", life.change, other, name=name).field == "name"
    assert wrong(desk, "front", life.change, number).field == "name"
    assert wrong(desk, "front", life.change, number, least="x").field == "least"
    do(desk, "front", life.change, number, least="9")
    assert (get(desk, number).least, get(desk, number).state) == (9, "low")
    assert running(desk, number) == {"supply.low"}


def test_a_count_that_differs_says_why(desk: Desk) -> None:
    number = kept(desk)
    assert wrong(desk, "front", life.count, number, quantity="4").field == "note"
    do(desk, "front", life.count, number, quantity="4", note="受潮一包")
    do(desk, "front", life.count, number, quantity="4")
    assert get(desk, number).stock == 4


def test_one_thing_is_kept_once(desk: Desk) -> None:
    kept(desk)
    with pytest.raises(Invalid) as caught:
        kept(desk)
    assert caught.value.field == "name"
    for said in ({"name": ""}, {"name": "签字笔", "stock": "x"}, {"name": "签字笔", "least": "-2"}):
        with pytest.raises(Invalid):
            kept(desk, **said)


# Every example keeps a thing of its own.
NAMES = itertools.count()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 9)), max_size=12))
def test_what_is_there_is_what_came_without_what_went(desk: Desk, steps: list[tuple[str, int]]) -> None:
    with desk.act() as act:
        number = life.add(act, name=f"物{next(NAMES)}", stock="3").number
    should, asked = 3, 0
    for name, count in steps:
        said = {"whom": "谁"} if name == "give" else {"note": "清点"}
        try:
            do(desk, "front", STEPS[name], number, quantity=str(count), **said)
        except Refused:
            assert count > {"give": should, "withdraw": asked}[name]
            continue
        asked = {"ask": asked + count, "withdraw": asked - count, "buy": max(0, asked - count)}.get(name, asked)
        should = {"buy": should + count, "give": should - count, "count": count}.get(name, should)
        assert (get(desk, number).stock, get(desk, number).asked) == (should, asked)
    with desk.store.reading() as session:
        assert [move.stock for move in life.moves_of(session, number)][-1] == should


@pytest.mark.clause("DUT-13")
def test_a_mistyped_request_is_taken_back_and_what_runs_low_is_told_again(desk: Desk) -> None:
    number = kept(desk)
    do(desk, "front", life.give, number, quantity="3", whom="前台")
    assert wrong(desk, "front", life.withdraw, number, quantity="1", note="x").clause == "DUT-13"
    do(desk, "front", life.ask, number, quantity="1000")
    assert "supply.low" not in running(desk, number)
    assert wrong(desk, "front", life.withdraw, number, quantity="1001", note="x").field == "quantity"
    assert wrong(desk, "front", life.withdraw, number, quantity="1000", note=" ").field == "note"
    do(desk, "front", life.withdraw, number, quantity="1000", note="多打了零")
    assert get(desk, number).asked == 0
    assert "supply.low" in running(desk, number)
