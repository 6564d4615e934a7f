"""A household's file: its state, what it owes, its twelve parts, people found to be one or two, and the way back."""

from typing import Any

import pytest
from sqlmodel import select

from data.directory import Occupancy, Person
from desk import cases, directory, journal, operators, search
from desk.act import Desk
from desk.administration import staff
from desk.archive import cars, facts, homes, joining, life, register, residents
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from desk.step_table import STEPS, record_of
from screens.records import card_parts, record_parts
from tests.conftest import SECRET, Clock
from tests.helpers import OWNER, person, take, unit
from tests.test_archive import HOME, OWNER_CARD, add
from tests.test_screens import run, send, sign_in

OTHER = "3-2-1502"


def parts(desk: Desk, label: str) -> dict[str, str]:
    with desk.look() as view:
        return {one.name: one.standing for one in homes.parts(view, residents.unit_of(view.session, label))}


@pytest.mark.clause("ARC-3")
def test_which_of_the_twelve_parts_of_a_file_are_kept_is_said_of_every_household(desk: Desk) -> None:
    assert list(parts(desk, HOME)) == [
        "unit data",
        "payments and deposits",
        "decoration files",
        "move-in forms",
        "supplements",
        "contact numbers",
        "emergency contacts",
        "correspondence",
        "violations and arrears",
        "repairs",
        "complaints",
        "engineering files",
    ]
    assert parts(desk, HOME)["contact numbers"] == parts(desk, HOME)["unit data"] == "missing"
    add(desk, emergency="13900006666")
    with desk.act(operator="front") as act:
        homes.set_unit(act, number=HOME, proof="paper", kind="shop", state="let", area="89.5")
    with desk.act(operator="finance") as act:
        homes.set_arrears(act, number=HOME, property="120.50", water="0")
    found = parts(desk, HOME)
    for name in ("unit data", "contact numbers", "emergency contacts", "violations and arrears"):
        assert found[name] == "kept", name
    assert found["decoration files"] == found["payments and deposits"] == "not yet"
    text = "\n".join(part.plain for part in record_parts(desk, "directory", HOME))
    for said in ("shop", "let", "120.50", "✓", "–"):
        assert said in text


@pytest.mark.clause("ARC-1")
def test_the_list_of_who_is_missing_what_leaves_out_who_lacks_nothing(desk: Desk) -> None:
    def listed() -> list[str]:
        with desk.read() as session:
            return [row[0].label for row in register.page(session, where=homes.incomplete())]

    assert OTHER in listed()
    assert HOME in listed(), "nobody is known of a home in which somebody may live"
    with desk.act(operator="lead") as act:
        homes.set_unit(act, number=HOME, proof="paper", state="unsold")
    assert HOME not in listed()
    one = add(desk, workplace="云栖小学", emergency="13900006666", birthday="1980-08-08")
    with desk.act(operator="lead") as act:
        homes.set_unit(act, number=HOME, proof="paper", state="let")
    assert HOME in listed(), "how large a home is is unit data, too"
    with desk.act(operator="lead") as act:
        homes.set_unit(act, number=HOME, proof="paper", area="89.5")
    assert HOME not in listed()
    gaps = ({"workplace": "-"}, {"workplace": "某处", "emergency": "-"}, {"emergency": "13900006666", "phone": "-"})
    for gap in gaps:
        with desk.act(operator="lead") as act:
            life.mend(act, number=HOME, person=str(one.id), proof="asked", **gap)
        assert HOME in listed()


@pytest.mark.parametrize(
    ("values", "field"),
    [({"kind": "castle"}, "kind"), ({"state": "sunk"}, "state"), ({"area": "big"}, "area"), ({"area": "-3"}, "area")],
)
def test_a_home_cannot_be_what_does_not_exist(desk: Desk, values: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught, desk.act(operator="front") as act:
        homes.set_unit(act, number=HOME, proof="paper", **values)
    assert caught.value.field == field


@pytest.mark.clause("FEE-2")
def test_only_finance_writes_what_a_home_owes(desk: Desk) -> None:
    with pytest.raises(NotAllowed), desk.act(operator="front") as act:
        homes.set_arrears(act, number=HOME, property="1")
    with pytest.raises(Invalid) as caught, desk.act(operator="finance") as act:
        homes.set_arrears(act, number=HOME, water="much")
    assert caught.value.field == "water"
    with desk.act(operator="finance") as act:
        homes.set_arrears(act, number=HOME, water="12")
    with desk.read() as session:
        card = directory.card(session, unit(desk, HOME), desk.now())
    assert [(fee, fen) for fee, fen, _at in card.arrears] == [("water", 1200)]


def test_two_entries_found_to_be_one_keep_everything_that_was_said_of_either(desk: Desk) -> None:
    twice = add(desk, name="单云", relation="family", phone="13900007777", paper="")
    taken = take(desk, unit_id=unit(desk, HOME), person_id=twice.id)
    crack = take(desk, "quality", what="外墙开裂", part="roof", unit_id=unit(desk, HOME), person_id=twice.id).record
    with desk.act(operator="lead") as act:
        one = joining.join(act, number=OTHER, person="单小云", other=str(twice.id), proof="paper")
        assert "13900007777" in facts.phones_of(act.session, one.id or 0)
    with desk.read() as session:
        assert cases.get(session, "complaints", taken.record).person_id == one.id
        assert cases.get(session, "quality", crack).person_id == one.id
        ties = session.exec(select(Occupancy.unit_id).where(Occupancy.person_id == one.id)).all()
        assert {unit(desk, HOME), unit(desk, OTHER)} <= set(ties)
        assert session.get(Person, twice.id).joined_to == one.id  # type: ignore[union-attr]
    assert {hit.unit for hit in search.find(desk, "13900007777")} == {HOME, OTHER}
    with pytest.raises((StateChanged, Invalid)), desk.act(operator="lead") as act:
        joining.join(act, number=OTHER, person="单小云", other=str(twice.id), proof="paper")


def test_two_papers_are_two_people_and_only_a_keeper_joins(desk: Desk) -> None:
    other = add(desk, name="单小云")
    with pytest.raises(Invalid) as caught, desk.act(operator="lead") as act:
        joining.join(act, number=OTHER, person="单小云", other=str(other.id), proof="paper")
    assert caught.value.field == "other"
    with pytest.raises(NotAllowed), desk.act(operator="front") as act:
        joining.join(act, number=OTHER, person="单小云", other=str(other.id), proof="paper")


def test_one_entry_found_to_be_two_is_parted_with_its_own_phone_and_paper(desk: Desk) -> None:
    first = add(desk, phone="13900005555、13900006666")
    with desk.act(operator="lead") as act:
        two = joining.part(act, number=HOME, person="安可", name="安珂", phones="13900006666", proof="paper")
    with desk.read() as session:
        assert facts.phones_of(session, two.id or 0) == ["13900006666"]
        assert facts.phones_of(session, first.id or 0) == ["13900005555"]
        assert [person.name for _tie, person in residents.ties(session, unit(desk, HOME))] == ["安可", "安珂"]
    with pytest.raises(Invalid), desk.act(operator="lead") as act:
        joining.part(act, number=HOME, person="安珂", name="安可", phones="13911112222", proof="paper")


@pytest.mark.clause("ARC-4")
def test_a_companys_nature_and_who_answers_for_it_are_kept(desk: Desk) -> None:
    one = add(desk, name="云栖面馆", relation="tenant", paper="", nature="餐饮", in_charge="白简")
    with desk.act(operator="front") as act:
        life.mend(act, number=HOME, person=str(one.id), proof="asked", in_charge="栗文")
    with desk.read() as session:
        (member,) = directory.card(session, unit(desk, HOME), desk.now()).members
    assert (member.nature, member.in_charge) == ("餐饮", "栗文")
    assert "栗文" in "\n".join(part.plain for part in record_parts(desk, "directory", HOME))


async def test_from_a_pass_form_the_archive_is_one_key_away_and_nothing_typed_is_lost(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f4", "n", *"sxy", "enter")
        await pilot.pause()
        form = app.screen.form
        form.widget("items").text = "沙发 2"
        await pilot.press("ctrl+k")
        await pilot.pause()
        assert app.screen.chosen == OTHER
        await pilot.press("e")
        await pilot.pause()
        app.screen.form.put_kept({"person": "1", "phone": "13912345678", "proof": "asked"})
        await pilot.press("f9")
        await pilot.pause()
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.form is form
        assert form.value("items") == "沙发 2"
    assert [hit.unit for hit in search.find(desk, "13912345678")] == [OTHER]


async def test_ones_own_secret_is_changed_at_the_desk_with_the_old_one(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4", "ctrl+d")
        await pilot.pause()

        async def typed(**values: Any) -> None:
            for name, text in values.items():
                app.screen.form.widget(name).value = text
            await pilot.press("f9")
            await pilot.pause()
            await pilot.pause()

        await typed(old="wrong", new_secret="another one", again="another one")
        assert str(app.screen.query_one("#wrong-old").render())
        await typed(old=SECRET, again="another")
        assert str(app.screen.query_one("#wrong-again").render())
        await typed(again="another one")
        assert not app.screen.is_modal
    assert operators.prove(desk, "front", "another one").code == "front"
    assert OWNER


def test_an_alert_stands_first_on_the_card_and_parking_and_note_below(desk: Desk) -> None:
    said = {"alert": "恶犬，勿独自上门", "parking": "B1-023", "note": "出租"}
    with desk.act() as act:
        homes.set_unit(act, number=HOME, proof="paper", **said)
    lines = [part.plain for part in card_parts(desk, unit(desk, HOME))]
    assert lines[1] == "▲ 恶犬，勿独自上门"
    assert any("B1-023" in line for line in lines)
    assert any("出租" in line for line in lines)
    with desk.act() as act:
        homes.set_unit(act, number=HOME, proof="paper", alert="-")
    assert not any("▲" in part.plain for part in card_parts(desk, unit(desk, HOME)))
    with desk.read() as session:
        facts = " ".join(entry.facts for entry in journal.timeline(session, HOME))
    assert "恶犬" not in facts, "no personal data in the journal"
    with pytest.raises(Invalid) as caught, desk.act() as act:
        homes.set_unit(act, number=HOME, proof="paper", alert="长" * 201)
    assert caught.value.field == "alert"


def test_a_paper_opens_for_whoever_it_stands_with_after_joining(desk: Desk) -> None:
    add(desk, name="安可", phone="13900007777", paper="")
    two = add(desk, name="安可可", relation="family", phone="", paper="110101199001010023", operator="lead")
    with desk.act(operator="lead") as act:
        joining.join(act, number=HOME, person="安可", other=str(two.id), proof="paper")
        number = directory.show_id_card(act, person_id=person(desk, "安可"), reason="核对")
    assert number == "110101199001010023"


def test_two_ties_to_one_home_become_the_weightier_one(desk: Desk) -> None:
    add(desk, name="安可", relation="family", phone="13900007777", paper="")
    two = add(desk, name="安可可", relation="owner", phone="", paper="", operator="lead")
    with desk.act(operator="lead") as act:
        joining.join(act, number=HOME, person="安可", other=str(two.id), proof="paper")
    with desk.read() as session:
        ties = residents.ties(session, unit(desk, HOME))
    assert [(one.name, tie.relation) for tie, one in ties] == [("安可", "owner")]
    with pytest.raises(NotFound), desk.act(operator="lead") as act:
        joining.join(act, number=HOME, person="安可", other="9" * 30, proof="paper")


def test_the_car_of_somebody_who_left_stands_with_whoever_has_it_now(desk: Desk) -> None:
    add(desk, name="安可", phone="13900007777", operator="lead")
    add(desk, name="栗文", relation="family", phone="13900008888", paper="")
    with desk.act(operator="lead") as act:
        cars.set_cars(act, number=HOME, person="安可", plates="沪A12345", proof="paper")
        with pytest.raises(Invalid):
            cars.set_cars(act, number=HOME, person="栗文", plates="沪A12345", proof="paper")
        life.move_out(act, number=HOME, person="安可", proof="paper")
    with desk.act(operator="lead") as act:
        assert cars.set_cars(act, number=HOME, person="栗文", plates="沪A12345", proof="paper") == ["沪A12345"]
    with desk.read() as session:
        facts_said = " ".join(entry.facts for entry in journal.timeline(session, HOME))
    assert "沪A12345" not in facts_said
    text = "\n".join(part.plain for part in record_parts(desk, "directory", HOME))
    assert "Before" in text
    assert "#" in text


def test_what_another_desk_changed_meanwhile_is_not_put_back_by_an_older_form(desk: Desk) -> None:
    step = next(one for one in STEPS["operators"] if one.name == "change")
    desk.operator = "admin"
    with desk.look() as view:
        shown = {field.name: field.default for field in step.fields(view, record_of(view, "operators", "lead"))}
    with desk.act() as act:
        staff.change(act, number="lead", roles="guard", reason="调岗")
    with desk.act() as act:
        lead = record_of(act, "operators", "lead")
        answers = step.freshened(act, lead, shown, {**shown, "name": "龚主管"})
        assert (answers["roles"], answers["name"]) == ("guard", "龚主管")
        with pytest.raises(StateChanged) as caught:
            step.freshened(act, lead, shown, {**shown, "roles": "finance"})
    assert caught.value.field == "roles"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0592 1234567", ["05921234567"]),
        ("13900001111 13900002222", ["13900001111", "13900002222"]),
        ("010 12345678", ["01012345678"]),
    ],
)
def test_a_blank_behind_an_area_code_parts_no_number(desk: Desk, typed: str, kept: list[str]) -> None:
    one = add(desk, name="安可", phone=typed)
    with desk.read() as session:
        assert [number.replace("-", "") for number in facts.phones_of(session, one.id or 0)] == kept


def test_one_paper_is_one_entry_of_the_archive_whoever_writes_it_down_again(desk: Desk) -> None:
    one = add(desk)
    with desk.act(operator="lead") as act:
        again = life.add(act, number=OTHER, name="安可", relation="tenant", proof="paper", paper=OWNER_CARD)
        assert (again.id, residents.homes_of(act.session, again)) == (one.id, [unit(desk, HOME), unit(desk, OTHER)])
        assert facts.phones_of(act.session, again.id or 0) == ["13900005555"]
    for work, values in ((life.add, {"name": "安安", "relation": "family"}), (life.set_paper, {"person": "单小云"})):
        with pytest.raises(Invalid) as caught, desk.act(operator="lead") as act:
            work(act, number=OTHER, proof="paper", paper=OWNER_CARD, **values)
        assert (caught.value.field, str(one.id) in str(caught.value)) == ("paper", True)


def test_a_company_is_known_by_its_credit_code_and_has_no_birthday(desk: Desk) -> None:
    code = "91350100M000100Y43"
    firm = add(desk, name="云栖商行", paper=code, nature="有限公司", in_charge="安可", emergency="13900006666")
    with desk.read() as session:
        row = session.get_one(Person, firm.id)
        assert (row.birthday, row.id_card_masked[:2], register.missing(row, 1, "owner")) == (
            None,
            code[:2],
            ["workplace"],
        )
    for wrong, nature in ((code, ""), ("91350100M000100Y44", "有限公司")):
        with pytest.raises(Invalid) as caught:
            add(desk, name="别家", paper=wrong, nature=nature)
        assert caught.value.field == "paper"


def test_two_in_one_home_who_stood_as_one_both_live_there_once_parted(desk: Desk) -> None:
    one = add(desk, phone="13900005555、13900006666")
    with desk.act(operator="lead") as act:
        two = joining.part(
            act, number=HOME, person="安可", name="安可可", proof="asked", phones="13900006666", paper=OWNER_CARD
        )
        assert [(tie.relation, who.name) for tie, who in residents.ties(act.session, unit(desk, HOME))] == [
            ("owner", "安可"),
            ("owner", "安可可"),
        ]
        assert facts.phones_of(act.session, two.id or 0) == ["13900006666"]
    with desk.read() as session:
        left, new = session.get_one(Person, one.id), session.get_one(Person, two.id)
        assert (left.id_card_sealed, new.id_card_sealed is not None) == (None, True)
    with pytest.raises(Invalid) as caught, desk.act(operator="lead") as act:
        joining.part(act, number=HOME, person="安可", name="安可", proof="asked")
    assert caught.value.field == "name"


def test_a_name_that_was_spelt_wrongly_is_mended_an_owners_by_a_keeper_only(desk: Desk) -> None:
    one = add(desk)
    with pytest.raises(NotAllowed), desk.act(operator="front") as act:
        life.mend(act, number=HOME, person="安可", proof="paper", name="安珂")
    with desk.act(operator="lead") as act:
        life.mend(act, number=HOME, person="安可", proof="paper", name="安珂")
    assert search.find(desk, "ank")
    assert search.find(desk, "安珂")[0].person_id == one.id
    with desk.read() as session:
        entry = journal.latest(session, 1)[0]
    assert "安珂" not in str(entry.facts)


def test_what_a_home_is_asks_for_its_proof(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught, desk.act(operator="front") as act:
        homes.set_unit(act, number=HOME, proof="", state="empty")
    assert caught.value.field == "proof"
    with desk.act(operator="front") as act:
        homes.set_unit(act, number=HOME, proof="asked", alert="有犬")
    with desk.read() as session:
        (entry, *_rest) = journal.latest(session, 1)
    assert ("alert" in entry.facts, "有犬" in entry.facts, "→" in entry.facts) == (True, False, False)
