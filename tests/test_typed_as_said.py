"""What people type as they would say it: times, numbers by their ends, charges; and what a screen answers them."""

from datetime import date
from pathlib import Path

import pytest

from desk import cases, repairs
from desk.act import Desk
from desk.calendar import moments
from desk.ground.refusals import Invalid
from desk.paper import sheets
from desk.paper.document import Table
from desk.repairs import prices
from screens.base import FormDialog
from tests.conftest import Clock
from tests.helpers import FIVE, do, take, wrong
from tests.test_quiet import until
from tests.test_repairs import on_site, told
from tests.test_rounds import repaired
from tests.test_screens import run, send, sign_in, text_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15点", "11-24 15:00"),
        ("下午3点半", "11-24 15:30"),
        ("明天上午9点20分", "11-25 09:20"),
        ("明天 15:30", "11-25 15:30"),
        ("晚上8点", "11-24 20:00"),
        ("中午12点", "11-24 12:00"),
        ("11月30日", "11-30 08:00"),
        ("11-30 下午3点", "11-30 15:00"),
        ("中午1点", "11-24 13:00"),
        ("11-30", "11-30 08:00"),
        ("2026-11-30", "11-30 08:00"),
    ],
)
def test_a_time_is_typed_as_it_is_said(desk: Desk, clock: Clock, typed: str, meant: str) -> None:
    calendar = desk.calendar()
    found = moments.parse(typed, calendar, clock.now, field="at")
    assert f"{calendar.local(found):%m-%d %H:%M}" == meant


@pytest.mark.parametrize(
    "typed", ["25点", "下午13点70", "13-45", "点", "明天", "晚上12点", "凌晨12点", "晚上1点", "9.30", "1.5"]
)
def test_what_is_no_time_is_refused_at_its_field(desk: Desk, clock: Clock, typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        moments.parse(typed, desk.calendar(), clock.now, field="until")
    assert caught.value.field == "until"


@pytest.mark.clause("REP-6")
def test_further_orders_are_collected_by_their_last_digits(desk: Desk) -> None:
    first, second, third = told(desk), told(desk), told(desk)
    tails = f"{second[5:11]}、{third[-4:]}"
    do(desk, "engineer", repairs.collect, first, others=tails)
    with desk.read() as session:
        assert {cases.get(session, "repairs", one).state for one in (second, third)} == {"collected"}
    assert wrong(desk, "engineer", repairs.collect, told(desk), others="99").field == "others"


@pytest.mark.clause("REP-6")
def test_whoever_goes_is_named_by_how_their_name_begins(desk: Desk) -> None:
    number = told(desk)
    do(desk, "engineer", repairs.collect, number, worker="chi")
    with desk.read() as session:
        assert cases.get(session, "repairs", number).worker == "chief"


@pytest.mark.clause("REP-13")
def test_a_line_with_two_amounts_is_not_read_as_one(desk: Desk) -> None:
    book = prices.book(desk.store.path, today=date(2026, 11, 28))
    with pytest.raises(Invalid, match="cannot be read"):
        prices.charged(book, "其他项目 = 600其他项目 x1 = 800.00")
    assert prices.charged(book, "其他项目 = 600")[0].fen == 60000


def test_a_spreadsheet_is_for_its_owner_only_and_a_missing_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    sheets.write_tables(file, [Table("表", ("a",), [("b",)])])
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Invalid, match="There is no folder"):
        sheets.write_tables(tmp_path / "none" / "a.xlsx", [Table("表", ("a",), [("b",)])])


async def test_a_record_that_is_read_lets_a_key_of_another_room_through(desk: Desk, clock: Clock) -> None:
    take(desk, "repair")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f3", "home", "enter", "f8")
        await pilot.pause()
        assert app.screen is app.rooms["repairs"]


async def test_a_record_fills_its_room_with_its_keys_and_goes_when_it_is_left(desk: Desk, clock: Clock) -> None:
    older, newer = (take(desk, "repair", what=what).record for what in ("厨房灯不亮", "水龙头漏水"))
    app = run(desk, clock)
    for size in ((80, 24), (120, 36)):
        async with app.run_test(size=size) as pilot:
            await sign_in(pilot, "front")
            await send(app, "f8", "enter")
            room = app.screen
            assert room is app.rooms["repairs"]
            assert room.full.size.width > size[0] - 3
            assert newer in text_of(app)
            assert older not in text_of(app)
            assert "Back" in text_of(app)
            for closes in ("enter", "escape", "f8"):
                await send(app, closes)
                await pilot.pause()
                assert not room.reading, closes
                assert older in text_of(app)
                await send(app, "enter")
                assert room.reading
            # Its steps are asked here, and another room's key leads on.
            await send(app, "o")
            assert newer in app.screen.about
            await send(app, "escape")
            assert room.reading
            await send(app, "f3", "f8")
            assert not room.reading
            await send(app, "down", "enter")
            await pilot.pause()
            assert older in text_of(app)
            await send(app, "slash")
            assert not room.reading, "what is looked for is looked for in the list"
            await send(app, "escape", "slash", "#####", "enter", "enter")
            assert not room.reading, "nothing is chosen"
        app = run(desk, clock)


async def test_arrows_go_between_the_one_line_fields_of_a_form_and_never_save(desk: Desk, clock: Clock) -> None:
    take(desk, "repair")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f8", "o", "enter", "enter", "enter", "down", "a", "up", "b", "down", "down", "down", "down")
        form = app.screen
        assert isinstance(form, FormDialog)
        values = form.form.values()
        assert (values["spot"], values["phone"][-1:]) == ("b", "a")


async def test_a_visit_says_that_the_order_was_opened_again(desk: Desk, clock: Clock) -> None:
    number = repaired(desk, "dissatisfied")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f8", "h", "enter", "enter")
        for answer in FIVE.values():
            await send(app, *answer, "enter")
        await send(app, "2", "f9")
        await pilot.pause()
        shown = text_of(app)
        assert "opened again" in shown
        assert number in shown


@pytest.mark.clause("REP-13")
async def test_charges_are_read_back_while_they_are_typed(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.base.READS", 0.01)
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, charge="paid", agreed="单小云")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "engineer")
        await send(app, "f8", "d", "tab", "tab", "tab", *"换灯泡 x2")
        await until(pilot, lambda: "in all ¥10.00" in text_of(app))


async def test_tab_goes_to_the_field_that_a_choice_has_just_brought_up(desk: Desk, clock: Clock) -> None:
    on_site(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "engineer")
        await send(app, "f8", "b", "tab", "2", "tab")
        assert app.focused is not None
        assert app.focused.id == "field-agreed"
        await send(app, "shift+tab")
        assert app.focused.id == "field-charge"


async def test_a_key_says_in_an_opened_record_why_it_does_nothing(desk: Desk, clock: Clock) -> None:
    take(desk, "repair")
    app = run(desk, clock)
    async with app.run_test(size=(120, 14)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f8", "enter", "a")
        assert app.screen.reading
        assert app.screen.full.scroll_y == 0
        await send(app, "down", "pagedown")
        assert app.screen.full.scroll_y > 1
        await send(app, "home")
        assert app.screen.full.scroll_y == 0
        assert "Nobody has collected" in text_of(app), "who arrives before an order is written is told why not"
