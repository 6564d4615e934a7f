"""The gate's acts: part by part, refused, two guards at once."""

import threading

import pytest

from data.passes import Pass
from desk import gate, passes
from desk.act import Desk
from desk.refusals import Invalid, NotAllowed, StateChanged
from tests.helpers import draft, issue, running, sealed


def let_out(desk: Desk, number: str, **more: object) -> Pass:
    with desk.act(operator="guard") as act:
        return gate.let_out(act, number=number, **more)


def verdict(desk: Desk, number: str) -> gate.Verdict:
    return gate.verdict(desk.store, number, desk.now())


@pytest.mark.clause("REL-27", "GRD-35")
def test_part_of_the_load_leaves_now_and_the_rest_later_each_trip_written_down(desk: Desk) -> None:
    number = sealed(desk)
    assert let_out(desk, number, goods={1: 1, 2: 3}, plate="沪A00001").state == "part"
    assert verdict(desk, number).kind == "part"
    assert [item.left for item in verdict(desk, number).items] == [1, 0]
    assert let_out(desk, number, proof="known").state == "out"
    with desk.read() as session:
        trips = [(trip.goods, trip.plate, trip.proof, trip.guard) for trip in gate.trips_of(session, number)]
    assert trips == [("沙发 1; sofa 3", "沪A00001", "id", "guard"), ("沙发 1", "沪Q12345", "known", "guard")]


@pytest.mark.clause("REL-27")
@pytest.mark.parametrize("goods", [{1: 3}, {3: 1}, {1: -1}, {1: 0, 2: 0}, {}])
def test_more_than_the_pass_says_or_nothing_at_all_does_not_leave(desk: Desk, goods: dict[int, int]) -> None:
    number = sealed(desk)
    with pytest.raises(Invalid) as caught:
        let_out(desk, number, goods=goods)
    assert caught.value.field == "goods"
    assert verdict(desk, number).trips == 0


@pytest.mark.clause("REL-28", "GRD-26")
def test_other_goods_are_refused_go_back_to_the_desk_and_the_new_pass_names_the_refused_one(desk: Desk) -> None:
    number = sealed(desk)
    with desk.act(operator="guard") as act:
        gate.refuse(act, number=number, reason="other_goods", note="多一台电视")
    assert verdict(desk, number).kind == "refused"
    assert running(desk, number) == {"pass.refused"}
    with pytest.raises(StateChanged):
        let_out(desk, number)
    with desk.act() as act:
        new = passes.correct(act, number=number, draft=draft(desk), reason="实物不符")
    assert running(desk, number) == set()
    assert (new.replaces, verdict(desk, number).replaced_by) == (number, new.number)


def test_a_refusal_for_another_reason_needs_words(desk: Desk) -> None:
    number = sealed(desk)
    with pytest.raises(Invalid), desk.act(operator="guard") as act:
        gate.refuse(act, number=number, reason="other")
    with pytest.raises(Invalid), desk.act(operator="guard") as act:
        gate.refuse(act, number=number, reason="mood")


@pytest.mark.clause("REL-27")
def test_of_two_guards_at_the_same_moment_one_succeeds_and_the_other_is_told(desk: Desk) -> None:
    number = sealed(desk)
    seen = verdict(desk, number).trips
    let_out(desk, number, goods={1: 1}, seen=seen)
    with pytest.raises(StateChanged):
        let_out(desk, number, goods={1: 1}, seen=seen)
    assert verdict(desk, number).items[0].left == 1


@pytest.mark.clause("REL-27")
def test_many_guards_in_parallel_never_let_the_same_sofa_out_twice(desk: Desk) -> None:
    number = sealed(desk)
    outcomes: list[str] = []

    def guard() -> None:
        try:
            let_out(desk, number, goods={1: 2}, seen=0)
            outcomes.append("out")
        except StateChanged:
            outcomes.append("told")

    guards = [threading.Thread(target=guard) for _ in range(6)]
    for one in guards:
        one.start()
    for one in guards:
        one.join()
    assert sorted(outcomes) == ["out"] + ["told"] * 5


@pytest.mark.clause("GRD-35")
def test_a_guard_can_do_nothing_else(desk: Desk) -> None:
    number = issue(desk)
    for attempt in (passes.seal, passes.return_slip, passes.sign_fees, passes.look, passes.count_print):
        with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
            attempt(act, number=number)
    with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
        passes.void(act, number=number, reason="x")
    with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
        passes.issue(act, draft=draft(desk))
    for code in ("front", "lead", "finance"):
        with pytest.raises(NotAllowed), desk.act(operator=code) as act:
            gate.let_out(act, number=number)
