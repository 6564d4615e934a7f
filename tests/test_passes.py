import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from data.operators import Operator
from desk import passes, proof
from desk.act import Desk
from desk.ground import numbers
from desk.ground.refusals import Invalid, NotAllowed, StateChanged
from desk.passes import gate, register
from tests.conftest import Clock
from tests.helpers import choose, draft, issue, running, sealed, unit


def owe(desk: Desk, fen: int = 12345) -> None:
    with desk.act(operator="finance") as act:
        passes.record_arrears(act, unit_id=unit(desk), fee="property", fen=fen)


def pay(desk: Desk) -> None:
    owe(desk, 0)


def kind(desk: Desk, number: str) -> str:
    return gate.verdict(desk, number).kind


def listed(desk: Desk, wanted: str) -> list[str]:
    with desk.read() as session:
        return [paper.number for paper, _room in passes.page(session, desk.now(), wanted=wanted)]


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


@pytest.mark.clause("REL-3", "REL-4", "REL-5", "REL-7", "REL-10", "REL-15", "REL-16", "REL-17", "REL-26")
@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("carrier", {"carrier": ""}),
        ("nature", {"nature": "flying"}),
        ("destination", {"destination": " "}),
        ("mover", {"mover": ""}),
        ("reason", {"reason": " "}),
        ("moving_at", {"moving_at": datetime(2099, 1, 1, tzinfo=UTC)}),
        ("mover_id", {"mover_id": "12345"}),
        ("mover_id", {"mover_id": "110101199001010014"}),
        ("items", {"items": []}),
        ("room", {"unit_id": 99999}),
        ("plate", {"plate": "沪" * 13}),
    ],
)
def test_a_blank_or_wrong_field_is_refused_where_it_stands(desk: Desk, field: str, values: dict[str, object]) -> None:
    with pytest.raises(Invalid if field != "room" else Exception) as caught:
        issue(desk, **values)
    assert getattr(caught.value, "field", "") == field
    assert issue(desk).startswith("FX26-000001")


def test_a_moving_time_that_is_over_is_refused(desk: Desk, clock: Clock) -> None:
    with pytest.raises(Invalid) as caught:
        issue(desk, moving_at=clock.now - timedelta(days=1))
    assert caught.value.field == "moving_at"


def call(phone: str = "13900001111", outcome: str = "agrees", **more: str) -> passes.Call:
    return passes.Call(phone, outcome, **{"opinion": "同意", **more})


def refused(desk: Desk, **changes: object) -> Invalid:
    with pytest.raises(Invalid) as caught:
        issue(desk, **changes)
    return caught.value


@pytest.mark.clause("REL-2")
@pytest.mark.parametrize("missing", ["id_number", "family", "workplace"])
def test_an_owner_on_the_phone_must_agree_with_all_three_facts(desk: Desk, missing: str) -> None:
    facts = frozenset({"id_number", "family", "workplace"})
    problem = refused(desk, by_phone=True, id_seen=False, ticks=facts - {missing})
    assert (problem.field, problem.clause) == (missing, "REL-2")
    number = issue(desk, by_phone=True, id_seen=False, ticks=facts)
    with desk.read() as session:
        assert passes.get(session, number).ticks == "id_number family workplace"


@pytest.mark.clause("ARC-12", "REL-2")
def test_what_the_archive_does_not_hold_cannot_be_ticked(desk: Desk) -> None:
    facts = frozenset({"id_number", "family", "workplace"})
    problem = refused(desk, unit_id=unit(desk, "3-2-1503"), by_phone=True, ticks=facts)
    assert (problem.field, problem.clause) == ("family", "ARC-12")


@pytest.mark.clause("REL-6", "REL-22", "REL-24")
@pytest.mark.parametrize("carrier", ["relative", "nanny", "housekeeper", "labourer", "child", "other"])
def test_who_is_not_the_owner_needs_a_call_to_the_owner_written_on_the_pass(
    desk: Desk, carrier: str, clock: Clock
) -> None:
    assert refused(desk, carrier=carrier).field == "outcome"
    assert refused(desk, carrier=carrier, call=call("13900009999")).clause == "REL-22"
    number = issue(desk, carrier=carrier, call=call())
    with desk.read() as session:
        made = passes.calls_of(session, number)
    assert [(one.at, one.phone, one.outcome, one.opinion) for one in made] == [
        (clock.now, "13900001111", "agrees", "同意")
    ]


@pytest.mark.clause("REL-21")
def test_a_tenant_cannot_move_out_without_the_owners_consent(desk: Desk) -> None:
    assert refused(desk, carrier="tenant", nature="moving_out").field == "outcome"
    assert issue(desk, carrier="tenant", nature="moving_out", call=call())
    with desk.act(operator="admin") as act:
        choose(act, rule="X-34", option="S3-householder")
    assert refused(desk, carrier="tenant", nature="moving_out").field == "outcome", "the choice is of temporary loads"


@pytest.mark.clause("REL-23")
def test_for_an_office_the_companys_person_in_charge_is_phoned_not_the_landlord(desk: Desk) -> None:
    assert refused(desk, carrier="employee", call=call()).field == "called_name"
    assert refused(desk, carrier="employee", call=call(name="经理")).clause == "REL-23"
    for spelt in ("+86 139-0000-1111", "１３９００００１１１１", "013900001111", "0086 13900001111"):
        assert refused(desk, carrier="employee", call=call(spelt, name="经理")).clause == "REL-23"
    assert issue(desk, carrier="employee", call=call("02155550000", name="经理"))


@pytest.mark.clause("REL-22")
def test_where_no_number_of_the_owner_is_on_file_nobody_counts_as_the_owner(desk: Desk) -> None:
    problem = refused(desk, unit_id=unit(desk, "5-1-101"), carrier="nanny", call=call())
    assert (problem.field, problem.clause) == ("called", "REL-22")


@pytest.mark.clause("REL-24", "REL-25")
def test_nobody_reached_holds_the_pass_on_the_queue_until_anyone_takes_it_up(desk: Desk, clock: Clock) -> None:
    number = issue(desk, carrier="nanny", call=call(outcome="unreached", opinion=""))
    assert running(desk, number) == {"pass.hold"}
    with pytest.raises(StateChanged), desk.act() as act:
        passes.seal(act, number=number)
    clock.forward(minutes=10)
    with desk.act() as act:
        passes.call(act, number=number, made=call(outcome="unreached"))
    with desk.act(operator="lead") as act:
        assert passes.call(act, number=number, made=call()).state == "issued"
    assert running(desk, number) == {"pass.sign"}
    with desk.read() as session:
        assert [one.operator for one in passes.calls_of(session, number)] == ["front", "front", "lead"]


@pytest.mark.clause("REL-25")
def test_an_owner_who_refuses_releases_nothing(desk: Desk) -> None:
    number = issue(desk, carrier="nanny", call=call(outcome="refuses"))
    with desk.read() as session:
        assert passes.get(session, number).state == "hold"


@pytest.mark.clause("REL-20", "FEE-2")
def test_moving_out_with_arrears_is_never_released_by_anybody(desk: Desk) -> None:
    number = issue(desk, nature="moving_out")
    owe(desk)
    with pytest.raises(Invalid) as caught, desk.act(operator="finance") as act:
        passes.sign_fees(act, number=number)
    assert caught.value.clause == "REL-20"
    pay(desk)
    with desk.act(operator="finance") as act:
        passes.sign_fees(act, number=number)
    owe(desk)
    for code in ("front", "lead"):
        with pytest.raises(Invalid) as caught, desk.act(operator=code) as act:
            passes.seal(act, number=number)
        assert caught.value.clause == "REL-20"
    pay(desk)
    with desk.act() as act:
        passes.seal(act, number=number)
    owe(desk)
    assert kind(desk, number) == "owes"
    with pytest.raises(StateChanged), desk.act(operator="guard") as act:
        gate.let_out(act, number=number)
    with pytest.raises(Invalid), desk.act(operator="lead") as act:
        passes.extend(act, number=number, until=desk.now() + timedelta(days=1), reason="x")


@pytest.mark.clause("FEE-2")
def test_what_is_owed_stands_on_the_pass_as_of_that_day(desk: Desk, clock: Clock) -> None:
    for fee, fen in (("property", 10050), ("water", 300), ("electricity", 1), ("gas", 99)):
        with desk.act(operator="finance") as act:
            passes.record_arrears(act, unit_id=unit(desk), fee=fee, fen=fen)
    number = issue(desk)
    with desk.read() as session:
        kept = passes.read_snapshot(passes.get(session, number).arrears)
    assert kept == [
        ("electricity", 1, clock.now),
        ("gas", 99, clock.now),
        ("property", 10050, clock.now),
        ("water", 300, clock.now),
    ]


@pytest.mark.clause("REL-8", "REL-9", "FEE-1")
def test_finance_signs_and_not_while_the_unit_owes(desk: Desk) -> None:
    number = issue(desk)
    with pytest.raises(StateChanged) as caught, desk.act() as act:
        passes.seal(act, number=number)
    assert caught.value.clause == "REL-9"
    owe(desk)
    with pytest.raises(Invalid), desk.act(operator="finance") as act:
        passes.sign_fees(act, number=number)
    with pytest.raises(NotAllowed), desk.act(operator="lead") as act:
        passes.sign_fees(act, number=number)


@pytest.mark.clause("REL-8", "REL-20")
def test_a_site_may_choose_that_only_moving_out_needs_the_fees_signed(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        choose(act, rule="X-12", option="S3")
    number = issue(desk)
    with desk.act() as act:
        assert passes.seal(act, number=number).state == "sealed"
    moving = issue(desk, nature="moving_out")
    with pytest.raises(StateChanged), desk.act() as act:
        passes.seal(act, number=moving)


@pytest.mark.clause("REL-12", "REL-27", "REL-29")
def test_only_a_sealed_pass_in_its_time_leaves_the_gate_and_only_once(desk: Desk, clock: Clock) -> None:
    unsealed, late, good = issue(desk), sealed(desk), sealed(desk)
    tomorrow = sealed(desk, moving_at=clock.now + timedelta(days=1))
    assert kind(desk, tomorrow) == "early"
    assert kind(desk, unsealed) == "unsealed"
    signed = issue(desk)
    with desk.act(operator="finance") as act:
        passes.sign_fees(act, number=signed)
    assert kind(desk, signed) == "unsealed"
    for number in (unsealed, signed, tomorrow):
        with pytest.raises(StateChanged), desk.act(operator="guard") as act:
            gate.let_out(act, number=number)
    with desk.act(operator="guard") as act:
        gate.let_out(act, number=good)
    with pytest.raises(StateChanged), desk.act(operator="guard") as act:
        gate.let_out(act, number=good)
    clock.forward(hours=8)
    with pytest.raises(StateChanged), desk.act(operator="guard") as act:
        gate.let_out(act, number=late)
    assert [kind(desk, number) for number in (unsealed, late, good)] == ["unsealed", "expired", "out"]


def test_a_pass_is_valid_until_the_end_of_the_duty_day_of_the_move(desk: Desk) -> None:
    with desk.read() as session:
        paper = passes.get(session, issue(desk))
    local = desk.calendar().local(paper.valid_until)
    assert local.strftime("%m-%d %H:%M") == "11-24 17:00"


def test_only_a_supervisor_extends_a_pass_and_issues_outside_the_hours(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    later = clock.now + timedelta(hours=10)
    with pytest.raises(Invalid), desk.act(operator="lead") as act:
        passes.extend(act, number=number, until=clock.now + timedelta(days=8), reason="x")
    with pytest.raises(NotAllowed), desk.act() as act:
        passes.extend(act, number=number, until=later, reason="车晚到")
    with desk.act(operator="lead") as act:
        passes.extend(act, number=number, until=later, reason="车晚到")
    clock.forward(hours=9)
    assert kind(desk, number) == "ok"
    clock.forward(hours=3)
    with pytest.raises(StateChanged), desk.act(operator="lead") as act:
        passes.extend(act, number=number, until=clock.now + timedelta(hours=1), reason="x")
    with pytest.raises(NotAllowed):
        issue(desk, moving_at=clock.now)
    with desk.act(operator="lead") as act:
        assert passes.issue(act, draft=draft(desk, moving_at=clock.now))


@pytest.mark.clause("REL-14", "REC-2")
def test_voiding_keeps_the_stub_with_reason_and_name_and_the_number_stays_used(desk: Desk) -> None:
    number = issue(desk)
    with pytest.raises(Invalid), desk.act() as act:
        passes.void(act, number=number, reason=" ")
    with pytest.raises(Invalid) as caught, desk.act() as act:
        passes.void(act, number=number, reason="填错", slip="lost")
    assert caught.value.field == "statement"
    with desk.act() as act:
        passes.void(act, number=number, reason="填错")
    with desk.read() as session:
        paper = passes.get(session, number)
    assert (paper.state, paper.void_reason, paper.void_by, paper.slip) == ("void", "填错", "front", "destroyed")
    for attempt in (passes.seal, passes.sign_fees):
        code = "finance" if attempt is passes.sign_fees else "front"
        with pytest.raises(StateChanged), desk.act(operator=code) as act:
            attempt(act, number=number)
    assert issue(desk).startswith("FX26-000002")


@pytest.mark.clause("REL-10", "REL-13")
def test_what_is_signed_never_changes_a_correction_is_a_new_pass_that_names_the_old_one(desk: Desk) -> None:
    number = sealed(desk)
    with desk.act() as act:
        new = passes.correct(act, number=number, draft=draft(desk, destination="别处"), reason="去处写错")
    with desk.read() as session:
        assert passes.get(session, number).state == "void"
        assert (new.replaces, passes.replaced_by(session, number)) == (number, new.number)


@pytest.mark.clause("REL-10", "REL-13")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE release_pass SET destination = 'x'",
        "UPDATE release_pass SET mover = 'x'",
        "UPDATE pass_item SET quantity = 99",
        "DELETE FROM pass_item",
        "INSERT INTO pass_item (number, line, name, quantity, unit, out) VALUES ('FX26-000001-5', 9, 'x', 1, '', 0)",
        "DELETE FROM release_pass",
    ],
)
def test_the_database_itself_forbids_changing_a_signed_pass(desk: Desk, statement: str) -> None:
    sealed(desk)
    raw = sqlite3.connect(desk.store.path)
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
    raw.close()


@pytest.mark.clause("REL-27")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pass_item SET quantity = 99 WHERE line = 1",
        "UPDATE pass_item SET out = -5",
        "UPDATE release_pass SET valid_until = valid_until + 1",
        "UPDATE release_pass SET state = 'part'",
        "UPDATE release_pass SET destination = 'x'",
    ],
)
def test_a_pass_changed_behind_the_desks_back_leaves_nothing_out(desk: Desk, statement: str) -> None:
    number = sealed(desk)
    raw = sqlite3.connect(desk.store.path)
    for trigger in ("keep_signed_goods", "keep_signed_pass"):
        raw.execute(f"DROP TRIGGER {trigger}")
    raw.execute(statement)
    raw.commit()
    raw.close()
    assert kind(desk, number) == "changed"
    with pytest.raises(StateChanged), desk.act(operator="guard") as act:
        gate.let_out(act, number=number)
    assert number in [finding.where for finding in proof.verify(desk.store)]


@pytest.mark.clause("REL-12", "REL-14")
def test_an_unsealed_or_void_pass_made_sealed_by_hand_shows_and_lets_nothing_out(desk: Desk) -> None:
    unsealed, dead = issue(desk), sealed(desk)
    with desk.act() as act:
        passes.void(act, number=dead, reason="x")
    raw = sqlite3.connect(desk.store.path)
    raw.execute("UPDATE release_pass SET state = 'sealed'")
    raw.commit()
    raw.close()
    assert [kind(desk, number) for number in (unsealed, dead)] == ["changed", "changed"]


def test_a_correction_is_for_the_same_room_and_never_doubles_what_has_left(desk: Desk) -> None:
    number = sealed(desk)
    with desk.act(operator="guard") as act:
        gate.let_out(act, number=number, goods={1: 1})
    with pytest.raises(Invalid) as caught, desk.act() as act:
        passes.correct(act, number=number, draft=draft(desk), reason="x", slip="due")
    assert caught.value.field == "items"
    with pytest.raises(Invalid) as caught, desk.act() as act:
        passes.correct(act, number=number, draft=draft(desk, unit_id=unit(desk, "3-2-1503")), reason="x")
    assert caught.value.field == "room"
    rest = passes.parse_items("沙发 1\nsofa 3")
    with desk.act() as act:
        passes.correct(act, number=number, draft=draft(desk, items=rest), reason="换单", slip="due")
    assert listed(desk, "slips") == [number]


@pytest.mark.clause("REL-5")
def test_the_movers_id_number_may_be_the_one_on_file(desk: Desk) -> None:
    number = issue(desk, carrier="relative", call=call(), mover_id="", mover="曾立")
    with desk.read() as session:
        assert passes.get(session, number).mover_id_masked == "1101**********0041"
    assert refused(desk, carrier="relative", call=call(), mover_id="", mover="单云青").field == "mover_id"


@pytest.mark.clause("REL-18")
def test_single_pieces_carried_out_one_after_another_draw_the_supervisors_attention(desk: Desk, clock: Clock) -> None:
    one = {"items": passes.parse_items("电脑 1")}
    first, second = issue(desk, **one), issue(desk, **one)
    other = issue(desk)
    third = issue(desk, **one)
    with desk.read() as session:
        assert [passes.get(session, n).repeats for n in (first, second, other)] == ["", "", ""]
        assert passes.get(session, third).repeats.split() == [second, first]
    assert "pass.alert" in running(desk, third)
    with desk.act(operator="lead") as act:
        passes.look(act, number=third)
    assert "pass.alert" not in running(desk, third)


@pytest.mark.clause("REL-18")
def test_the_same_person_is_noticed_from_another_unit_and_old_passes_are_forgotten(desk: Desk, clock: Clock) -> None:
    one = {"items": passes.parse_items("电脑 1")}
    issue(desk, **one)
    issue(desk, **one)
    there = {"unit_id": unit(desk, "3-2-1503"), "carrier": "labourer", "call": call("13900003333")}
    elsewhere = issue(desk, **there, **one)
    with desk.read() as session:
        assert len(passes.get(session, elsewhere).repeats.split()) == 2
    clock.forward(days=31)
    later = issue(desk, **one)
    with desk.read() as session:
        assert passes.get(session, later).repeats == ""


@pytest.mark.clause("REL-19")
def test_goods_carried_by_hand_are_said_to_need_no_pass(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        passes.parse_items("雨伞 1\n手提包")
    assert caught.value.clause == "REL-19"
    assert passes.needs_no_pass("雨伞")
    assert not passes.needs_no_pass("沙发")


def test_the_lower_part_is_missed_until_it_is_back(desk: Desk) -> None:
    number = sealed(desk)
    with desk.act(operator="guard") as act:
        gate.let_out(act, number=number)
    assert listed(desk, "slips") == [number]
    assert "pass.slip" in running(desk, number)
    with desk.act() as act:
        passes.return_slip(act, number=number)
    assert (listed(desk, "slips"), running(desk, number)) == ([], set())
    with pytest.raises(StateChanged), desk.act() as act:
        passes.return_slip(act, number=number)


@pytest.mark.clause("REL-14")
def test_a_missing_lower_part_can_be_lost_with_a_statement_of_how(desk: Desk, clock: Clock) -> None:
    number, unused = sealed(desk), sealed(desk)
    with desk.act() as act:
        passes.void(act, number=number, reason="填错", slip="due")
    with pytest.raises(StateChanged), desk.act() as act:
        passes.return_slip(act, number=unused)
    clock.forward(hours=48)
    assert listed(desk, "slips") == [unused, number]
    with pytest.raises(Invalid) as caught, desk.act() as act:
        passes.return_slip(act, number=number, lost=True)
    assert caught.value.field == "statement"
    with desk.act() as act:
        passes.return_slip(act, number=number, lost=True, statement="保安交接时遗失")
        passes.return_slip(act, number=unused)
    with desk.read() as session:
        assert (passes.get(session, number).slip, passes.get(session, unused).slip) == ("lost", "back")
    assert listed(desk, "slips") == []


def test_every_filter_of_the_register_shows_what_it_says(desk: Desk, clock: Clock) -> None:
    late = sealed(desk)
    clock.forward(days=1)
    waiting, held, good, dead = (
        issue(desk),
        issue(desk, carrier="nanny", call=call(outcome="unreached")),
        sealed(desk),
        issue(desk),
    )
    with desk.act() as act:
        passes.void(act, number=dead, reason="x")
    away = sealed(desk)
    with desk.act(operator="guard") as act:
        gate.refuse(act, number=away, reason="more")
    wanted = {"sign": [waiting], "hold": [held], "valid": [good], "expired": [late], "refused": [away], "void": [dead]}
    assert {name: listed(desk, name) for name in wanted} == wanted
    assert len(listed(desk, "")) == 6


def test_the_figures_count_the_day_and_the_time_from_request_to_seal(desk: Desk, clock: Clock) -> None:
    number = issue(desk)
    clock.forward(minutes=6)
    with desk.act(operator="finance") as act:
        passes.sign_fees(act, number=number)
    with desk.act() as act:
        passes.seal(act, number=number)
    today = desk.calendar().local(clock.now).date()
    with desk.read() as session:
        found = register.figures(session, desk.calendar(), desk.now(), today, today)
    assert (found.issued, found.sealed, found.out, found.seconds_to_seal) == (1, 1, 0, 360.0)


def test_the_register_leaves_as_a_spreadsheet_of_texts(desk: Desk, tmp_path: Path) -> None:
    issue(desk, destination="=1+1")
    desk.operator = "lead"
    assert passes.export(desk, tmp_path / "p.xlsx") == 1
    rows = CalamineWorkbook.from_path(str(tmp_path / "p.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[1][9] == "=1+1"
    assert "110101199001010015" not in str(rows)
    with pytest.raises(Invalid):
        passes.export(desk, tmp_path / "p.xlsx")


@pytest.mark.parametrize(
    "fragment",
    [
        "FX26-000001-5",
        "fx260000015",
        "0001",
        "00015",
        "015",
        "01-5",
        "26-000001-5",
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
    assert gate.find(desk, fragment) == [number]


@pytest.mark.parametrize("fragment", ["", " ", "FX26-000009-1", "9999", "%", "'"])
def test_the_gate_finds_nothing_where_nothing_is(desk: Desk, fragment: str) -> None:
    sealed(desk)
    assert gate.find(desk, fragment) == []


def test_the_verdict_shows_neither_the_id_number_nor_the_phone(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    shown = str(vars(gate.verdict(desk, number)))
    assert "110101199001010015" not in shown
    assert "13900001111" not in shown


@pytest.mark.clause("REL-16", "REL-26")
def test_the_application_is_written_down_as_it_was_declared(desk: Desk) -> None:
    number = issue(desk, applicant="曾立", items=passes.parse_items("沙发 2 张\n纸箱 12"))
    with desk.read() as session:
        paper, items = passes.get(session, number), passes.items_of(session, number)
    assert (paper.applicant, paper.unit_id) == ("曾立", unit(desk))
    assert [(item.line, item.name, item.quantity, item.unit) for item in items] == [
        (1, "沙发", 2, "张"),
        (2, "纸箱", 12, ""),
    ]
    with pytest.raises(Invalid) as caught:
        issue(desk, items=[])
    assert caught.value.field == "items"


@pytest.mark.clause("REL-9", "REL-12")
def test_a_pass_made_signed_by_hand_is_not_made_genuine_by_the_next_act(desk: Desk) -> None:
    number = issue(desk)
    raw = sqlite3.connect(desk.store.path)
    raw.execute("UPDATE release_pass SET state = 'signed'")
    raw.commit()
    raw.close()
    with pytest.raises(StateChanged), desk.act() as act:
        passes.seal(act, number=number)
    with desk.act() as act:
        assert passes.void(act, number=number, reason="被改动").state == "void"


def test_a_room_and_a_tail_that_look_alike_are_both_answered(desk: Desk) -> None:
    for _ in range(2):
        sealed(desk)
    assert set(gate.find(desk, "3-2-")) == {"FX26-000001-5", "FX26-000002-3"}
    assert "FX26-000002-3" in gate.find(desk, "2-3")


def several_posts(desk: Desk, code: str) -> None:
    """Somebody who may do all three parts of a pass."""
    with desk.act(operator="admin") as act:
        one = act.session.get_one(Operator, code)
        one.roles = "receptionist finance guard supervisor"
        act.record("operators.change", code)


def test_who_issues_a_pass_signs_its_fees_and_lets_it_out_are_three_people_unless_the_site_chose(desk: Desk) -> None:
    several_posts(desk, "front")
    number = issue(desk)
    with pytest.raises(NotAllowed, match="Somebody else"), desk.act() as act:
        passes.sign_fees(act, number=number)
    several_posts(desk, "finance")
    with desk.act(operator="finance") as act:
        passes.sign_fees(act, number=number)
    with desk.act(operator="lead") as act:
        passes.seal(act, number=number)
    for code in ("front", "finance"):
        with pytest.raises(NotAllowed, match="Somebody else"), desk.act(operator=code) as act:
            gate.let_out(act, number=number)
    with desk.act(operator="admin") as act:
        choose(act, rule="pass.eyes", option="any")
    with desk.act() as act:
        assert gate.let_out(act, number=number).state == "out"
