"""The gate's acts: part by part, refused, two guards at once."""

import threading

import pytest

from data.passes import Pass
from desk import passes
from desk.act import Desk
from desk.ground.refusals import Invalid, NotAllowed, StateChanged
from desk.passes import gate
from tests.helpers import draft, issue, running, sealed


def let_out(desk: Desk, number: str, **more: object) -> Pass:
    with desk.act(operator="guard") as act:
        return gate.let_out(act, number=number, **more)


def verdict(desk: Desk, number: str) -> gate.Verdict:
    return gate.verdict(desk, number)


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
    for attempt in (passes.seal, passes.return_slip, passes.sign_fees, passes.look, passes.begin_print):
        with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
            attempt(act, number=number)
    with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
        passes.void(act, number=number, reason="x")
    with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
        passes.issue(act, draft=draft(desk))
    for code in ("front", "lead", "finance"):
        with pytest.raises(NotAllowed), desk.act(operator=code) as act:
            gate.let_out(act, number=number)


@pytest.mark.clause("REL-27")
def test_who_refuses_from_an_old_look_is_told_that_the_state_changed(desk: Desk) -> None:
    number = sealed(desk)
    seen = verdict(desk, number).trips
    let_out(desk, number, goods={1: 1}, seen=seen)
    with pytest.raises(StateChanged, match="another gate"), desk.act(operator="guard") as act:
        gate.refuse(act, number=number, reason="more", seen=seen)
    assert verdict(desk, number).kind == "part"


def test_a_verdict_read_while_goods_leave_is_never_called_changed(desk: Desk) -> None:
    number = sealed(desk, items=passes.parse_items("纸箱 40"))
    kinds: set[str] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            kinds.add(verdict(desk, number).kind)

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(30):
        let_out(desk, number, goods={1: 1})
    done.set()
    looking.join()
    assert kinds <= {"ok", "part"}


def test_a_line_named_twice_is_refused_not_half_counted() -> None:
    assert gate.read_goods(["1:2", " 2:1 "]) == {1: 2, 2: 1}
    for wrong in (["1:2", "1:2"], ["1"], ["a:1"]):
        with pytest.raises(Invalid) as caught:
            gate.read_goods(wrong)
        assert caught.value.field == "goods"


def test_a_number_is_found_however_it_was_typed(desk: Desk) -> None:
    number = sealed(desk)
    digits = number[2:]
    wide = number.translate({ord(char): ord(char) + 0xFEE0 for char in number if char.isalnum()})
    spellings = (
        number.lower(),
        number[:-2],
        number.replace("-", " "),
        number.replace("-", ""),
        number.replace("-", "\u2013"),
        wide,
        f"编号{number}",
        f"No. {number}",
        f"No. {number[:-2]}",
        digits,
        f"fx {digits}",
        f"  {number} ",
    )
    for spelling in spellings:
        assert gate.find(desk, spelling) == [number], spelling
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert gate.find(desk, wrong) == []


@pytest.mark.clause("REL-28")
def test_a_load_refused_for_more_gets_a_new_pass_with_more(desk: Desk) -> None:
    number = sealed(desk)
    with desk.act(operator="guard") as act:
        gate.refuse(act, number=number, reason="more")
    more = passes.parse_items("沙发 3\nsofa 3\n电视 1")
    with desk.act() as act:
        assert passes.correct(act, number=number, draft=draft(desk, items=more), reason="实物更多").pieces == 7


@pytest.mark.clause("REL-7")
def test_correcting_twice_brings_nothing_back_that_has_left(desk: Desk) -> None:
    first = sealed(desk)
    let_out(desk, first, goods={1: 2, 2: 1})
    with desk.act() as act:
        second = passes.correct(act, number=first, draft=draft(desk, items=passes.parse_items("sofa 1")), reason="换单")
    with pytest.raises(Invalid) as caught, desk.act() as act:
        passes.correct(act, number=second.number, draft=draft(desk), reason="再换")
    assert caught.value.field == "items"
    rest = draft(desk, items=passes.parse_items("sofa 2"))
    with desk.act() as act:
        assert passes.correct(act, number=second.number, draft=rest, reason="再换").pieces == 2
