"""What a dishonest or hurried hand tried on the archive, the site and signed records, and what it meets."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from data.cases import Repair
from data.directory import Building, Entrance, Occupancy, Person
from data.journal import JournalEntry
from desk import cases, followups, journal, mending, operators, repairs, search
from desk.act import Desk
from desk.administration import changing, staff, values
from desk.archive import homes, life
from desk.archive.finding import MOST
from desk.calendar.plan import DutyPlan, parse_hours
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.looking import wanted, where
from tests.conftest import Clock
from tests.helpers import FIVE, person, take
from tests.test_rounds import repaired
from tests.test_screens import run, send, sign_in, text_of

HOME = "3-2-1502"


def last(desk: Desk, record: str) -> JournalEntry:
    with desk.read() as session:
        return journal.timeline(session, record)[-1]


def mend(desk: Desk, **said: str) -> None:
    with desk.act(operator="lead") as act:
        life.mend(act, number=HOME, person=str(person(desk)), proof="paper", **said)


# Signed is signed


def test_an_order_that_engineering_signed_for_is_mended_no_more_nor_after_it_was_opened_again(desk: Desk) -> None:
    number = repaired(desk, "none")
    said: dict[str, Any] = {"system": "repairs", "number": number, "what": "别的事", "reason": "听错"}
    with desk.act() as act:
        followups.visit(act, number=number, system="repairs", how="phone", satisfied="no", **FIVE)
    with desk.store.reading() as session:
        assert session.get_one(Repair, number).begun_at is None, "the second round has begun"
    with pytest.raises(StateChanged), desk.act() as act:
        mending.mend(act, **said)
    collected = take(desk, "repair").record
    for operator, step in (("front", repairs.order), ("front", repairs.notify), ("engineer", repairs.collect)):
        with desk.act(operator=operator) as act:
            step(act, number=collected)
    with pytest.raises(StateChanged), desk.act() as act:
        mending.mend(act, **{**said, "number": collected})


def test_when_only_the_home_was_wrong_whoever_came_stays(desk: Desk) -> None:
    number = take(desk, unit_id=None, person_id=None, stranger="李四").record
    with desk.act() as act:
        mending.mend(act, system="complaints", number=number, room=HOME, reason="是他家的事")
    with desk.store.reading() as session:
        assert cases.get(session, "complaints", number).subject == f"{HOME} 李四"


# The journal says from what to what, and nothing personal


def test_what_is_mended_of_somebody_stands_as_another_mark_and_never_in_the_clear(desk: Desk) -> None:
    for field, before, after in (
        ("workplace", "甲厂", "乙厂"), ("birthday", "1980-01-01", "1981-02-02"), ("note", "甲乙", "丙丁"),
    ):  # fmt: skip
        mend(desk, **{field: before})
        mend(desk, **{field: after})
        facts = last(desk, HOME).facts
        assert field in facts
        assert before not in facts
        assert after not in facts


def test_what_changes_nothing_is_refused_and_leaves_no_entry(desk: Desk) -> None:
    with desk.read() as session:
        head = journal.latest(session, 1)[0].number
    with pytest.raises(Invalid):
        mend(desk)
    with pytest.raises(Invalid), desk.act(operator="lead") as act:
        homes.set_unit(act, number=HOME, proof="paper")
    with pytest.raises(Invalid), desk.act(operator="admin") as act:
        staff.change(act, number="guard", name="Guard", reason="改名")
    with desk.read() as session:
        assert journal.latest(session, 1)[0].number == head


def test_a_renamed_operator_stands_in_the_journal_with_both_names(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        was = operators.everyone(act.session)
        staff.change(act, number="guard", name="新门岗", reason="改名")
    name = next(one.name for one in was if one.code == "guard")
    assert f"{name} → 新门岗" in last(desk, "guard").facts or "新门岗" in last(desk, "guard").facts


def test_a_phone_in_a_text_of_the_site_is_masked_in_the_journal(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        changing.set_day(act, day="2026-12-24", value="closed|找13812345678", reason="盘点", running="keep")
    assert "13812345678" not in last(desk, "day:2026-12-24@").facts
    with desk.act(operator="admin") as act:
        changing.change(act, number="hours:desk", value="daily 08:00-20:00", reason="试", running="keep")
    assert "08:00-20:00" in last(desk, "hours:desk").facts, "hours are no phone"


# Who lives where, and since when


def test_somebody_who_was_never_written_down_has_lived_there_since_a_day(desk: Desk) -> None:
    said = {"number": HOME, "name": "单小英", "relation": "family", "proof": "paper", "phone": "13900002222"}
    with pytest.raises(Invalid) as caught, desk.act(operator="lead") as act:
        life.add(act, **said, since="2030-01-01")
    assert caught.value.field == "since"
    with desk.act(operator="lead") as act:
        life.add(act, **said, since="2019-05-01")
        life.move_out(act, number=HOME, person="单小英", proof="paper", day="2020-01-31")


def test_a_tenant_who_buys_becomes_the_owner_with_paper_and_phones(desk: Desk) -> None:
    with desk.act(operator="lead") as act:
        life.add(
            act,
            number=HOME,
            name="曾小立",
            relation="tenant",
            proof="paper",
            phone="13900003333",
            emergency="13900003333",
        )
    said = {"number": HOME, "person": "曾小立", "proof": "paper"}
    for relation in ("tenant", "king"):
        with pytest.raises(Invalid) as caught, desk.act(operator="lead") as act:
            life.relate(act, **said, relation=relation)
        assert caught.value.field == "relation"
    with pytest.raises(Refused), desk.act() as act:
        life.relate(act, **said, relation="owner")
    with desk.act(operator="lead") as act:
        life.relate(act, **said, relation="owner")
    with desk.store.reading() as session:
        known = list(session.exec(select(Person).where(Person.name == "曾小立")))
        ties = list(session.exec(select(Occupancy).where(Occupancy.person_id == known[0].id).order_by("id")))
    assert (len(known), [one.relation for one in ties], ties[0].until is not None) == (1, ["tenant", "owner"], True)
    assert search.find(desk, "13900003333")[0].relation == "owner"


# Searches show everything


def test_a_search_of_the_archive_finds_a_whole_building(desk: Desk) -> None:
    with desk.store.writing() as session:
        building = Building(name="7")
        session.add(building)
        session.flush()
        entrance = Entrance(building_id=building.id or 0, name="1")
        session.add(entrance)
    with desk.act(operator="lead") as act:
        for floor in range(1, 31):
            for room in range(1, 5):
                homes.add_home(act, label=f"7-1-{floor}{room:02}")
    assert len({one.unit for one in search.find(desk, "7-1", MOST)}) == 120


# Hours as sites say them


@pytest.mark.parametrize("words", ["24小时", "全天", "00:00-24:00", "24h"])
def test_a_whole_day_is_said_in_words(words: str) -> None:
    assert parse_hours(words) == parse_hours("00:00-24:00")


def test_shifts_may_be_said_in_the_order_of_shifts_and_seasons_in_chinese() -> None:
    assert parse_hours("08:00-16:00,16:00-24:00,00:00-08:00") == parse_hours("00:00-08:00,08:00-16:00,16:00-24:00")
    with pytest.raises(Invalid):
        parse_hours("08:00-16:00,15:00-24:00")
    said = DutyPlan.of("周一至周五 08:00-17:00\n12月1日至2月28日 周一至周五 09:00-16:00")
    same = DutyPlan.of("Mon-Fri 08:00-17:00\n12-01..02-28 Mon-Fri 09:00-16:00")
    assert said.versions[0][1] == same.versions[0][1]


# What can be set is read by something


def test_a_value_that_nothing_reads_is_not_offered_and_the_validity_of_a_pass_is(desk: Desk) -> None:
    desk.operator = "admin"
    with desk.look() as view:
        known = {one.key for one in values.values(view)}
    assert not {f"standard:{name}" for name in ("N-5", "N-10a", "N-11")} & known
    assert {"standard:N-1", "standard:N-3", "standard:pass.validity"} <= known
    with desk.act(operator="admin") as act:
        changing.change(act, number="standard:pass.validity", value="3 days", reason="长途搬家")
        assert act.chosen("pass.validity") == "3 days"
    with pytest.raises(Invalid), desk.act(operator="admin") as act:
        changing.change(act, number="standard:pass.validity", value="soon", reason="x")


# The preview is there before the decision


async def test_which_promises_would_move_is_shown_as_soon_as_the_field_is_left(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "admin")
        await pilot.press("home")
        while app.screen.chosen != "hours:desk":
            await pilot.press("down")
        await send(app, "e", "down", "down", "end", ";daily 13:00-20:00", "tab")
        await pilot.pause()
        assert "running promises would" in text_of(app)


async def test_a_single_day_shows_what_it_would_move(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "admin")
        day = desk.calendar().local(clock.now + timedelta(days=1)).date()
        await send(app, "d", f"{day}", "tab", "closed", "tab")
        await pilot.pause()
        assert "running promises would" in text_of(app)


def test_a_search_knows_the_states_of_the_register_it_is_in(desk: Desk) -> None:
    number = take(desk).record
    with desk.store.reading() as session:
        table = type(cases.get(session, "complaints", number))
        words = wanted(desk, "lent")
        known = where(table, words, desk.now(), at="received_at", texts=("what",), sorts={"state": {"open": "lent"}})
        other = where(table, words, desk.now(), at="received_at", texts=("what",))
        assert [one.number for one in session.exec(select(table).where(known))] == [number]
        assert list(session.exec(select(table).where(other))) == []
