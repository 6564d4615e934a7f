"""The archive kept at the desk: people move in and out, are mended and proven, and every change can be read later."""

from datetime import timedelta

import pytest
from sqlmodel import select

from data.directory import Occupancy, Person, Vehicle
from desk import directory, journal, search
from desk.act import Desk
from desk.archive import cars, facts, homes, joining, life, register, residents, taking_back
from desk.ground import idcards
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from tests.conftest import Clock
from tests.helpers import issue, take, unit
from tests.test_screens import run, sign_in, text_of, type_in

HOME, OWNER_CARD = "5-1-101", "110101198008080011"


def add(desk: Desk, operator: str = "lead", **changes: str) -> Person:
    values = {"name": "安可", "relation": "owner", "phone": "13900005555", "paper": OWNER_CARD, "proof": "paper"}
    with desk.act(operator=operator) as act:
        return life.add(act, number=HOME, **{**values, **changes})


def wrong(desk: Desk, work: str, operator: str = "lead", **values: str) -> Invalid:
    with pytest.raises((Invalid, NotAllowed, NotFound, StateChanged)) as caught, desk.act(operator=operator) as act:
        getattr(cars if work == "set_cars" else life, work)(act, number=HOME, proof="paper", **values)
    return caught.value  # type: ignore[return-value]


@pytest.mark.clause("ARC-12", "ARC-13")
def test_an_owner_who_is_written_down_is_found_and_proven_from_then_on(desk: Desk) -> None:
    home = unit(desk, HOME)
    with pytest.raises(Invalid):
        issue(desk, unit_id=home, mover="安可", mover_id=OWNER_CARD)
    add(desk, workplace="云栖小学", emergency="13900006666", birthday="1980-08-08")
    with desk.act(operator="lead") as act:
        homes.set_unit(act, number=HOME, proof="paper", state="occupied", area="89.5")
    assert issue(desk, unit_id=home, mover="安可", mover_id=OWNER_CARD)
    for typed in ("安可", "ak", "13900005555", "5-1-101"):
        assert "安可" in [one.name for one in search.find(desk, typed)]
    with desk.read() as session:
        (member,) = directory.card(session, home, desk.now()).members
        assert (member.phones, member.workplace, str(member.birthday)) == (["13900005555"], "云栖小学", "1980-08-08")
        (_unit, _people, lacking), *_rest = [row for row in register.page(session) if row[0].label == HOME]
    assert lacking == []


@pytest.mark.clause("ARC-13")
def test_what_the_archive_lacks_of_owners_and_tenants_is_named_and_of_nobody_else(desk: Desk) -> None:
    add(desk, phone="", paper="")
    add(desk, operator="front", name="安小", relation="family", phone="", paper="")
    with desk.read() as session:
        rows = {unit.label: lacking for unit, _people, lacking in register.page(session)}
    assert rows[HOME] == ["unit data", "phone", "paper", "workplace", "emergency no.", "birthday"]


@pytest.mark.clause("ROL-13")
def test_owners_tenants_and_papers_are_a_keepers_to_write_down(desk: Desk) -> None:
    for relation in ("owner", "tenant"):
        assert isinstance(wrong(desk, "add", "front", name="白客", relation=relation), NotAllowed)
    assert add(desk, operator="front", name="安小", relation="family", paper="").id
    owner = add(desk)
    assert isinstance(wrong(desk, "set_paper", "front", person="安可", paper=OWNER_CARD), NotAllowed)
    assert isinstance(wrong(desk, "move_out", "front", person=str(owner.id)), NotAllowed)
    with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
        life.mend(act, number=HOME, person="安小", proof="asked", phone="13900007777")
    with desk.act(operator="front") as act:
        life.move_out(act, number=HOME, person="安小", proof="asked")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": " "}), ("name", {"name": "长" * 61}), ("relation", {"relation": "king"}),
        ("paper", {"paper": "110101198008080012"}), ("paper", {"paper": "12"}), ("phone", {"phone": "call me"}),
        ("emergency", {"emergency": "x"}), ("birthday", {"birthday": "2099-01-01"}), ("birthday", {"birthday": "上月"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(desk: Desk, field: str, values: dict[str, str]) -> None:
    said = {"name": "安可", "relation": "family", **values}
    assert wrong(desk, "add", **said).field == field


def test_a_change_needs_its_proof_and_a_person_who_lives_here(desk: Desk) -> None:
    add(desk)
    with pytest.raises(Invalid) as caught, desk.act() as act:
        life.mend(act, number=HOME, person="安可", proof="", phone="13900007777")
    assert (caught.value.field, caught.value.clause) == ("proof", "ROL-13")
    assert isinstance(wrong(desk, "mend", person="单小云", phone="1"), NotFound)
    assert wrong(desk, "add", name="安可", relation="owner").field == "name"


def test_what_is_left_empty_stays_and_a_dash_takes_away(desk: Desk) -> None:
    owner = add(desk, workplace="云栖小学", emergency="13900006666", note="狗凶")
    with desk.act() as act:
        life.mend(act, number=HOME, person=str(owner.id), proof="asked", phone="13900007777、02155550000")
    with desk.read() as session:
        person = session.get_one(Person, owner.id)
        assert facts.phones_of(session, owner.id or 0) == ["13900007777", "02155550000"]
        assert (person.workplace, person.emergency_mobile, person.note) == ("云栖小学", "13900006666", "狗凶")
    with desk.act() as act:
        life.mend(act, number=HOME, person="安可", proof="asked", phone="-", note="无", vip="yes")
    with desk.read() as session:
        person = session.get_one(Person, owner.id)
        assert (facts.phones_of(session, owner.id or 0), person.note, person.vip) == ([], "", True)
    assert [one.name for one in search.find(desk, "13900007777")] == []


@pytest.mark.clause("ROL-13")
def test_the_journal_says_from_what_to_what_and_nothing_personal_in_the_clear(desk: Desk) -> None:
    owner = add(desk)
    with desk.act() as act:
        life.mend(act, number=HOME, person="安可", proof="asked", phone="13900007777")
    with desk.act(operator="lead") as act:
        life.set_paper(act, number=HOME, person="安可", paper="E12345679", proof="paper")
    with desk.read() as session:
        entries = journal.timeline(session, HOME)
        facts = "\n".join(entry.facts for entry in entries)
    assert [entry.verb for entry in entries] == ["directory.add", "directory.mend", "directory.set_paper"]
    assert "139****5555 → 139****7777" in facts
    assert "1101**********0011" in facts
    for secret in ("13900007777", "13900005555", OWNER_CARD, "E12345679", "安可"):
        assert secret not in facts
    assert str(owner.id) in facts


@pytest.mark.clause("REL-1")
def test_who_moved_out_proves_nothing_and_stays_in_the_history(desk: Desk, clock: Clock) -> None:
    owner = add(desk)
    clock.forward(days=2)
    assert wrong(desk, "move_out", person="安可", day="2099-01-01").field == "day"
    with desk.act(operator="lead") as act:
        life.move_out(act, number=HOME, person="安可", proof="paper")
    with pytest.raises(Invalid):
        issue(
            desk, unit_id=unit(desk, HOME), mover="安可", mover_id=OWNER_CARD, moving_at=clock.now + timedelta(hours=1)
        )
    assert [one.name for one in search.find(desk, "安可")] == []
    with desk.read() as session:
        (tie,) = [one for one in session.exec(select(Occupancy)).all() if one.person_id == owner.id]
        assert (tie.until - tie.since).days == 2


def test_vehicles_go_to_one_person_and_are_found_by_their_plates(desk: Desk) -> None:
    add(desk)
    with desk.act() as act:
        cars.set_cars(act, number=HOME, person="安可", plates="闽DA1502 沪B·23456", proof="asked")
    assert [one.name for one in search.find(desk, "A1502")] == ["安可"]
    assert wrong(desk, "set_cars", person="安可", plates="沪Q12345").field == "plates"
    assert wrong(desk, "set_cars", person="安可", plates="随便").field == "plates"
    with desk.act() as act:
        cars.set_cars(act, number=HOME, person="安可", plates="沪B23456", proof="asked")
    with desk.read() as session:
        held = {car.plate: car.person_id for car in session.exec(select(Vehicle)).all()}
    assert held["闽DA1502"] is None


@pytest.mark.clause("ARC-8")
def test_a_home_is_added_by_its_whole_path_and_once(desk: Desk) -> None:
    with desk.act(operator="lead") as act:
        assert homes.add_home(act, label="2期3栋1单元502室").label == "2期-3-1-502"
    for label, kind in (("2期-3-1-0502", StateChanged), ("502", Invalid), (" ", Invalid)):
        with pytest.raises(kind), desk.act(operator="lead") as act:
            homes.add_home(act, label=label)
    with pytest.raises(NotAllowed), desk.act() as act:
        homes.add_home(act, label="9-9-909")
    assert [one.unit for one in search.find(desk, "2期-3-1-502")] == ["2期-3-1-502"]


async def test_a_receptionist_adds_an_owner_with_the_leaders_code_and_finds_the_home_by_name(
    desk: Desk, clock: Clock
) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("archive")
        await pilot.pause()
        await pilot.press("slash")
        await type_in(pilot, "5-1-101")
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.chosen == HOME
        await pilot.press("a")
        await pilot.pause()
        form = app.screen.form
        form.put_kept({"name": "安可", "relation": "owner", "proof": "paper"})
        form.widget("paper").value = OWNER_CARD
        await pilot.press("f9")
        await pilot.pause()
        assert app.screen.signing, "an owner is a leader's to let in"
        form.widget("code").value, form.widget("secret").value = "lead", "secret-of-all"
        await pilot.press("f9")
        await pilot.pause()
        await pilot.pause()
    with desk.read() as session:
        people = [person for _tie, person in residents.ties(session, unit(desk, HOME))]
    assert [(one.name, one.id_card_masked) for one in people] == [("安可", idcards.masked(OWNER_CARD))]
    with desk.read() as session:
        assert journal.timeline(session, HOME)[0].operator == "lead"


def test_who_never_moved_out_lives_here_as_if_it_had_not_been_said(desk: Desk, clock: Clock) -> None:
    add(desk, name="安可", since="2026-01-05")
    with desk.act(operator="lead") as act:
        life.move_out(act, number=HOME, person="安可", proof="paper")
    assert not search.find(desk, "安可")
    with desk.look() as view:
        home = residents.unit_of(view.session, HOME)
        assert taking_back.why_not_move_back(view, home) is None
    with pytest.raises(NotAllowed), desk.act(operator="front") as act:
        taking_back.move_back(act, number=HOME, person="安可", proof="paper")
    with pytest.raises(NotFound), desk.act(operator="lead") as act:
        taking_back.move_back(act, number=HOME, person="安二", proof="paper")
    with desk.act(operator="lead") as act:
        taking_back.move_back(act, number=HOME, person="安可", proof="paper")
    assert [hit.unit for hit in search.find(desk, "安可")] == [HOME]
    with desk.look() as view:
        ((tie, _one),) = residents.ties(view.session, residents.unit_of(view.session, HOME).id or 0)
        assert (tie.relation, str(tie.since)) == ("owner", "2026-01-05")
        assert taking_back.why_not_move_back(view, home) is not None


def test_a_home_added_by_mistake_is_taken_out_and_one_of_which_something_is_written_is_not(desk: Desk) -> None:
    with desk.act(operator="lead") as act:
        homes.add_home(act, label="9-9-909")
    with desk.look() as view:
        assert directory.unit_by_label(view.session, "9-9-909").label == "9-9-909"
    for number, why in (("3-2-1502", StateChanged), ("9-9-909", Invalid)):
        with pytest.raises(why), desk.act(operator="lead") as act:
            taking_back.remove_home(act, number=number, reason=" ")
    with desk.act(operator="lead") as act:
        taking_back.remove_home(act, number="9-9-909", reason="打错了")
    with pytest.raises(NotFound), desk.look() as view:
        directory.unit_by_label(view.session, "9-9-909")
    taken = take(desk, "question", what="问", answer="答", unit_id=unit(desk, HOME), person_id=None, stranger="邻居")
    assert taken.contact
    with pytest.raises(StateChanged), desk.act(operator="lead") as act:
        taking_back.remove_home(act, number=HOME, reason="打错了")


def test_two_names_are_told_before_two_entries_become_one(desk: Desk) -> None:
    for name in ("安可", "安克"):
        add(desk, name=name, relation="family", phone="", paper="")
    with desk.look() as view:
        home = residents.unit_of(view.session, HOME)
        assert joining.unlike(view, home, "安可", "安克") == ["two names: 安可, 安克"]
        assert joining.unlike(view, home, "安可", "安可") == joining.unlike(view, home, "安可", "") == []


def test_an_entry_that_was_joined_to_another_never_moves_back(desk: Desk) -> None:
    one, two = (add(desk, name=name, relation="family", phone="", paper="") for name in ("安可", "安克"))
    with desk.act(operator="lead") as act:
        joining.join(act, number=HOME, person=str(one.id), other=str(two.id), proof="paper")
    with pytest.raises(NotFound), desk.act(operator="lead") as act:
        taking_back.move_back(act, number=HOME, person=str(two.id), proof="paper")


async def test_a_home_that_is_taken_out_is_said_to_be_and_ends_in_no_fault(desk: Desk, clock: Clock) -> None:
    with desk.act(operator="lead") as act:
        homes.add_home(act, label="9-9-909")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        app.action_room("archive")
        await pilot.pause()
        await pilot.press("slash")
        await pilot.pause()
        assert app.screen.query_one("#words").size.height == 1, "the box is seen before one types"
        await type_in(pilot, "9-9-909")
        await pilot.press("enter", "X")
        await type_in(pilot, "打错了")
        await pilot.press("f9")
        await pilot.pause()
        await pilot.pause()
        assert "no longer in the archive" in text_of(app)
