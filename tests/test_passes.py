from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.directory import Arrears
from desk import gate, numbers, passes, setup
from desk.act import Desk
from desk.refusals import Invalid, StateChanged
from tests.conftest import Clock
from tests.helpers import draft, issue, sealed, unit


def owe(desk: Desk, fen: int = 12345) -> None:
    with desk.store.writing() as session:
        session.add(Arrears(unit_id=unit(desk), fee="property", fen=fen, as_of=desk.now()))


@pytest.mark.clause("REL-13")
def test_numbers_follow_one_another_without_a_gap_and_end_in_a_check_digit(desk: Desk) -> None:
    found = [issue(desk) for _ in range(3)]
    assert [number[:11] for number in found] == ["FX26-000001", "FX26-000002", "FX26-000003"]
    assert all(numbers.is_number(number) for number in found)


@given(st.integers(0, 99), st.integers(1, 999_999), st.integers(0, 7), st.integers(1, 9))
def test_the_check_digit_finds_every_wrong_digit(year: int, count: int, place: int, by: int) -> None:
    digits = f"{year:02d}{count:06d}"
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert numbers.check_digit(digits) != numbers.check_digit(wrong)


@pytest.mark.clause("REL-3", "REL-4", "REL-5", "REL-7", "REL-10", "REL-15", "REL-17")
@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("carrier", {"carrier": ""}),
        ("nature", {"nature": "flying"}),
        ("destination", {"destination": " "}),
        ("mover", {"mover": ""}),
        ("mover_id", {"mover_id": ""}),
        ("mover_id", {"mover_id": "12345"}),
        ("mover_id", {"mover_id": "110101199001010014"}),
        ("items", {"items": []}),
        ("room", {"unit_id": 99999}),
        ("plate", {"plate": "沪" * 13}),
    ],
)
def test_a_blank_or_wrong_field_is_refused_where_it_stands(desk: Desk, field: str, values: dict[str, object]) -> None:
    with pytest.raises(passes.Invalid if field != "room" else Exception) as caught:
        issue(desk, **values)
    assert getattr(caught.value, "field", "") == field
    assert issue(desk).startswith("FX26-000001")


def test_a_moving_time_that_is_over_is_refused(desk: Desk, clock: Clock) -> None:
    with pytest.raises(Invalid) as caught:
        issue(desk, moving_at=clock.now - timedelta(days=1))
    assert caught.value.field == "moving_at"


@pytest.mark.clause("REL-6", "REL-21", "REL-22", "REL-24")
@pytest.mark.parametrize("carrier", ["tenant", "relative", "nanny", "labourer", "employee", "child"])
def test_who_is_not_the_owner_needs_the_owners_opinion_written_down(desk: Desk, carrier: str, clock: Clock) -> None:
    with pytest.raises(Invalid) as caught:
        issue(desk, carrier=carrier)
    assert caught.value.field == "owner_opinion"
    number = issue(desk, carrier=carrier, owner_opinion="同意")
    with desk.read() as session:
        paper = passes.get(session, number)
    assert (paper.owner_opinion, paper.owner_called_at) == ("同意", clock.now)


@pytest.mark.clause("REL-20", "FEE-2")
def test_moving_out_with_arrears_is_never_released(desk: Desk) -> None:
    owe(desk)
    for code in ("front", "lead"):
        with pytest.raises(Invalid) as caught, desk.act(operator=code) as act:
            passes.issue(act, draft=draft(desk, nature="moving_out"))
        assert caught.value.clause == "REL-20"


@pytest.mark.clause("REL-8", "REL-9", "FEE-1")
def test_finance_signs_and_not_while_the_unit_owes(desk: Desk) -> None:
    number = issue(desk)
    with pytest.raises(StateChanged) as caught, desk.act() as act:
        passes.seal(act, number=number)
    assert caught.value.clause == "REL-9"
    owe(desk)
    with pytest.raises(Invalid), desk.act(operator="finance") as act:
        passes.sign_fees(act, number=number)


@pytest.mark.clause("REL-8", "REL-20")
def test_a_site_may_choose_that_only_moving_out_needs_the_fees_signed(desk: Desk) -> None:
    with desk.act(operator="lead") as act:
        setup.choose(act, rule="X-12", option="S3")
    number = issue(desk)
    with desk.act() as act:
        assert passes.seal(act, number=number).state == "sealed"
    moving = issue(desk, nature="moving_out")
    with pytest.raises(StateChanged), desk.act() as act:
        passes.seal(act, number=moving)


@pytest.mark.clause("REL-12", "REL-27", "REL-29")
def test_only_a_sealed_pass_inside_its_validity_leaves_the_gate_and_only_once(desk: Desk, clock: Clock) -> None:
    unsealed, late, good = issue(desk), sealed(desk), sealed(desk)
    with desk.read() as session:
        assert gate.verdict(session, unsealed, clock.now).kind == "unsealed"
    with pytest.raises(StateChanged), desk.act(operator="guard") as act:
        gate.let_out(act, number=unsealed)
    with desk.act(operator="guard") as act:
        gate.let_out(act, number=good)
    with pytest.raises(StateChanged), desk.act(operator="guard") as act:
        gate.let_out(act, number=good)
    clock.forward(hours=6)
    with pytest.raises(StateChanged), desk.act(operator="guard") as act:
        gate.let_out(act, number=late)
    with desk.read() as session:
        kinds = [gate.verdict(session, number, clock.now).kind for number in (unsealed, late, good)]
    assert kinds == ["unsealed", "expired", "out"]


@pytest.mark.clause("REL-14")
def test_voiding_keeps_the_stub_with_reason_and_name_and_the_number_stays_used(desk: Desk) -> None:
    number = issue(desk)
    with pytest.raises(Invalid), desk.act() as act:
        passes.void(act, number=number, reason=" ")
    with desk.act() as act:
        passes.void(act, number=number, reason="填错")
    with desk.read() as session:
        paper = passes.get(session, number)
    assert (paper.state, paper.void_reason, paper.void_by) == ("void", "填错", "front")
    for attempt in (passes.seal, passes.sign_fees):
        with (
            pytest.raises(StateChanged),
            desk.act(operator="finance" if attempt is passes.sign_fees else "front") as act,
        ):
            attempt(act, number=number)
    assert issue(desk).startswith("FX26-000002")


@pytest.mark.parametrize(
    "fragment",
    [
        "FX26-000001-5",
        "fx260000015",
        "0001",
        "00015",
        "3-2-1502",
        "1502",
        "单小云",
        "sxy",
        "shan",
        "沪Q12345",
        "2345",
        "1111",
    ],
)
def test_the_gate_finds_a_pass_by_any_fragment(desk: Desk, fragment: str) -> None:
    number = sealed(desk)
    assert gate.find(desk.store, fragment) == [number]


@pytest.mark.parametrize("fragment", ["", " ", "FX26-000009-1", "9999", "%", "'"])
def test_the_gate_finds_nothing_where_nothing_is(desk: Desk, fragment: str) -> None:
    sealed(desk)
    assert gate.find(desk.store, fragment) == []


def test_the_verdict_shows_neither_the_id_number_nor_the_phone(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    with desk.read() as session:
        shown = str(vars(gate.verdict(session, number, clock.now)))
    assert "110101199001010015" not in shown
    assert "13900001111" not in shown


@pytest.mark.clause("REL-7")
@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("沙发 2", [("沙发", 2, "")]),
        ("sofa x2", [("sofa", 2, "")]),
        ("纸箱 3 个\n冰箱", [("纸箱", 3, "个"), ("冰箱", 1, "")]),
        ("55寸电视 1 台；茶几*2", [("55寸电视", 1, "台"), ("茶几", 2, "")]),
    ],
)
def test_goods_are_read_from_lines_as_people_write_them(text: str, items: list[tuple[str, int, str]]) -> None:
    assert [(item.name, item.quantity, item.unit) for item in passes.parse_items(text)] == items


@pytest.mark.parametrize("text", ["", "  \n ", "沙发 0", "\n".join("箱 1" for _ in range(61))])
def test_goods_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        passes.parse_items(text)
