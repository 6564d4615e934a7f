"""Looking in a register: number, room, person, word, state, department, grade and age, each word narrowing."""

import pytest

from data.cases import Complaint, Contact
from data.tables import model
from desk import cases, complaints, journal, looking, mending, passes, repairs
from desk.act import Desk
from desk.archive import homes, life, register
from desk.archive.finding import searched
from desk.contacts import intake
from desk.passes import finding, gate
from tests.conftest import Clock
from tests.helpers import do, grade, issue, sealed, take, unit
from tests.test_screens import run, sign_in, type_in

TEXTS = ("number", "subject", "what", "contact")


def found(desk: Desk, text: str, system: str = "complaints") -> list[str]:
    where = looking.where(model(system), looking.wanted(desk, text), desk.now(), at="received_at", texts=TEXTS)
    with desk.read() as session:
        return [row.what for row in cases.page(session, system, where=where)]


@pytest.fixture
def three(desk: Desk, clock: Clock) -> list[str]:
    """A leak of 3-2-1502 that was passed on, noise of an empty flat, and later a broken lift."""
    leak = take(desk, what="厨房漏水").record
    noise = take(desk, what="夜间施工噪声", unit_id=unit(desk, "5-1-101"), person_id=None, stranger="邻居").record
    with desk.act() as act:
        complaints.refer(act, number=leak, department="engineering")
    clock.forward(days=5)
    lift = take(desk, what="电梯_停运100%", unit_id=unit(desk, "5-1-101"), person_id=None, stranger="邻居").record
    grade(desk, noise)
    return [leak, noise, lift]


def test_each_word_narrows_what_is_shown(desk: Desk, three: list[str]) -> None:
    leak, noise, _lift = three
    assert found(desk, "") == ["电梯_停运100%", "夜间施工噪声", "厨房漏水"]
    for text in ("漏水", "3-2-1502", "单小云", "sxy", leak, leak[-8:-2], leak.lower(), "3栋2单元1502 厨房"):
        assert "厨房漏水" in found(desk, text), text
    assert found(desk, "5-1-101 噪声") == ["夜间施工噪声"]
    assert found(desk, noise) == ["夜间施工噪声"]
    assert found(desk, "漏水 噪声") == []


def test_state_grade_and_age_are_words_like_any_other(desk: Desk, three: list[str]) -> None:
    assert found(desk, "minor") == found(desk, "轻微") == ["夜间施工噪声"]
    assert found(desk, ">3") == found(desk, "＞3天") == ["夜间施工噪声", "厨房漏水"]
    assert found(desk, "<3d") == ["电梯_停运100%"]
    assert found(desk, "open >3 施工") == ["夜间施工噪声"]
    assert found(desk, "closed") == []
    assert found(desk, "工程") == found(desk, "engineering >3") == ["厨房漏水"]


@pytest.mark.parametrize("text", ["%", "_", "100%", "'", '"', "a", "\\", "[red]", "x" * 60, "　", ">", "<99999"])
def test_signs_mean_themselves_and_nothing_breaks(desk: Desk, three: list[str], text: str) -> None:
    assert len(found(desk, text)) in (0, 1, 3)
    if text == "100%":
        assert found(desk, text) == ["电梯_停运100%"]


def test_contacts_and_the_journal_are_looked_through_too(desk: Desk, three: list[str]) -> None:
    where = looking.where(Contact, looking.wanted(desk, "漏水"), desk.now(), at="at", texts=("number", "what"))
    with desk.read() as session:
        (contact,) = intake.page(session, where=where)
        assert contact.what == "厨房漏水"
        said = {e.record for e in journal.latest(session, 50, where=looking.in_journal(session, three[1][:11]))}
        assert said == {three[1]}
        graded = journal.latest(session, 50, where=looking.in_journal(session, "graded project"))
        assert {(e.verb, e.operator) for e in graded} <= {("complaints.grade", "project")}
    assert Complaint.__tablename__ == "complaint"


async def test_a_register_is_searched_with_a_slash_and_shows_everything_again_with_escape(
    desk: Desk, clock: Clock, three: list[str]
) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        for key, rows in (("f6", 1), ("ctrl+r", 1)):
            await pilot.press(key)
            await pilot.pause()
            await pilot.press("slash")
            await type_in(pilot, "漏水")
            await pilot.press("enter")
            await pilot.pause()
            assert len(app.screen.rows) == rows
            await pilot.press("escape")
            await pilot.pause()
            assert len(app.screen.rows) == 3


def test_passes_are_found_by_state_goods_and_age_besides_what_the_gate_finds(desk: Desk, clock: Clock) -> None:
    sofa, piano = sealed(desk), issue(desk, items=passes.parse_items("钢琴 1"), mover="单小云")

    def numbers(words: str) -> list[str]:
        where = finding.searched(desk, words)
        with desk.read() as session:
            return [paper.number for paper, _room in passes.page(session, desk.now(), where=where)]

    assert numbers("") == [piano, sofa]
    assert numbers("钢琴") == numbers("待签") == [piano]
    assert numbers("沪Q12345 沙发") == numbers("沙发 维修店") == [sofa]
    assert numbers("沙发") == numbers("3-2-1502 沙发") == numbers("sealed") == [sofa]
    assert numbers("沙发 void") == numbers(">3 钢琴") == []
    clock.forward(days=4)
    assert numbers("expired") == numbers("过期 >3") == [sofa]
    assert numbers(">3 钢琴") == [piano]
    assert numbers(sofa[-4:]) == [sofa]
    many = [issue(desk) for _again in range(gate.LIMIT + 3)]
    assert set(many) <= set(numbers("3-2-1502")), "all of a home, not the newest few"


async def test_lists_that_are_read_whole_are_looked_through_too(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "admin")
        for room, words, found in (
            ("operators", "guard", "guard"),
            ("site", "hours duty", ""),
            ("site", "Standards", ""),
        ):
            app.action_room(room)
            await pilot.pause()
            everything = len(app.screen.rows)
            await pilot.press("slash")
            await type_in(pilot, words)
            await pilot.press("enter")
            await pilot.pause()
            assert 0 < len(app.screen.rows) < everything, (room, words)
            if found:
                assert found in app.screen.rows
            await pilot.press("escape")
            await pilot.pause()
            assert len(app.screen.rows) == everything


async def test_a_worker_who_is_looked_for_on_the_board_is_found_with_what_they_have(desk: Desk, clock: Clock) -> None:
    mine, free = (take(desk, "repair", what=what).record for what in ("厨房灯不亮", "水龙头漏水"))
    for number in (mine, free):
        do(desk, "front", repairs.order, number)
        do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, mine)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        app.action_room("board")
        await pilot.pause()
        assert {mine, free} <= set(app.screen.rows)
        await pilot.press("slash")
        await type_in(pilot, "engineer")
        await pilot.press("enter")
        await pilot.pause()
        assert mine in app.screen.rows
        assert free not in app.screen.rows


def test_a_building_means_all_of_its_homes_and_no_other(desk: Desk, clock: Clock) -> None:
    with desk.act(operator="lead") as act:
        for label in ("13-2-101", "31-2-101", "5-3-2"):
            homes.add_home(act, label=label, kind="garage" if label == "5-3-2" else "home")
    for label in ("3-2-1502", "3-2-1503", "13-2-101", "31-2-101", "5-3-2"):
        take(desk, what=f"{label.replace('-', '')}漏水", unit_id=unit(desk, label), person_id=None, stranger="邻居")
    with desk.act(operator="lead") as act:
        life.add(act, number="31-2-101", name="高安", relation="owner", proof="paper")
    in_three = ["321503漏水", "321502漏水"]
    assert found(desk, "3栋") == found(desk, "3号楼 漏水") == found(desk, "3-2") == in_three
    assert found(desk, "3-2-1503") == ["321503漏水"]
    assert found(desk, "13栋") == ["132101漏水"]
    with desk.read() as session:
        for words, expected in (
            ("3栋", {"3-2-1502", "3-2-1503"}),
            ("garage", {"5-3-2"}),
            ("车库 5", {"5-3-2"}),
            ("garage 3栋", set()),
            ("单小云 3栋", {"3-2-1502"}),
            ("3栋 单小云", {"3-2-1502"}),
            ("3栋 2单元 1502", {"3-2-1502"}),
            ("ga", {"5-3-2", "31-2-101"}),
        ):
            rows = register.page(session, where=searched(desk, words))
            assert {row[0].label for row in rows} == expected, words


def test_a_class_and_a_remark_are_words_like_any_other(desk: Desk, three: list[str]) -> None:
    _leak, noise, _lift = three
    with desk.act() as act:
        complaints.describe(act, number=noise, category="noise")
        mending.note(act, "complaints", number=noise, text="特别的备注钥匙")
    sorts = {"category": complaints.CATEGORIES}
    where = looking.where(
        Complaint, looking.wanted(desk, "装修噪音"), desk.now(), at="received_at", texts=("number",), sorts=sorts
    )
    with desk.read() as session:
        assert [row.number for row in cases.page(session, "complaints", where=where)] == [noise]
    assert found(desk, "备注钥匙") == ["夜间施工噪声"]
    assert found(desk, "备注钥匙 漏水") == []
