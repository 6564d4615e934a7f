"""The verdict is on the screen, whole, whatever led to it and however large the terminal is."""

import pytest
from textual.widgets import Input, Static

from data import words
from desk.act import Desk
from desk.passes import gate
from screens.gate import GateRoom
from screens.widgets.letters import LargeText, large, largest
from tests.conftest import Clock
from tests.helpers import issue, sealed
from tests.test_painting import Painted
from tests.test_screens import sign_in, type_in

SIZES = [(60, 20), (80, 24), (120, 36), (160, 50)]


def verdict_rows(app: Painted) -> list[str]:
    """The band with the large letters as the terminal shows it."""
    band = app.screen.query_one("#verdict", LargeText).region
    return [line[band.x : band.right] for line in app.emulator.display[band.y : band.bottom]]


def letters_of(app: Painted, text: str) -> list[str]:
    """What the band has to show: its sign and the whole text in letters as large as there is room for."""
    band = app.screen.query_one("#verdict", LargeText)
    return [row.strip() for row in largest(band.sign, text, *band.size)]


@pytest.mark.parametrize(
    ("language", "size"), [*(("zh", size) for size in SIZES), *(("en", size) for size in SIZES[:2])]
)
async def test_the_verdict_is_whole_after_every_way_that_leads_to_it(
    desk: Desk, clock: Clock, size: tuple[int, int], language: str
) -> None:
    first, second = sealed(desk), sealed(desk)
    app = Painted(desk.store.path, now=clock)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, "guard")
        if language != words.language():
            await pilot.press("f12")
        assert words.language() == language
        await pilot.pause()
        app.watch(*size)
        app.screen.refresh()
        await pilot.pause()

        async def whole(*keys: str) -> None:
            await pilot.press(*keys)
            await pilot.pause()
            room = app.screen
            assert isinstance(room, GateRoom)
            shown = app.shown()
            assert shown == app.whole(), keys
            said = gate.VERDICTS[room.one.kind] if room.one is not None else gate.VERDICTS["unknown"]
            rows = [row.strip() for row in verdict_rows(app) if row.strip()]
            assert rows == [row for row in letters_of(app, words._(said)) if row], keys
            if room.one is not None:
                assert any(room.one.number in line for line in shown), keys
                assert any("沙发" in line for line in shown), keys

        await type_in(pilot, first[-5:-2])
        await pilot.press("enter")
        await type_in(pilot, "3-2-1502")
        await pilot.press("enter")
        await pilot.pause()
        assert app.shown() == app.whole()
        await whole("1", "enter")
        await whole("escape", "9", "9", "9", "9", "enter")
        await type_in(pilot, "3-2-1502")
        await pilot.press("enter")
        await whole("2", "enter")
        await type_in(pilot, second)
        await whole("enter")
        await pilot.press("escape")
        await type_in(pilot, first)
        await whole("enter")
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("f9")
        await pilot.pause(0.2)
        await whole()


@pytest.mark.parametrize("size", SIZES)
async def test_every_match_is_on_the_screen_or_said_to_be_missing(
    desk: Desk, clock: Clock, size: tuple[int, int]
) -> None:
    numbers = [sealed(desk) for _ in range(9)]
    app = Painted(desk.store.path, now=clock)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, "guard")
        await type_in(pilot, "1502")
        await pilot.press("enter")
        await pilot.pause()
        shown = app.whole()
        seen = [number for number in numbers if any(number in line for line in shown)]
        assert len(seen) == 9 or any("There are more" in line for line in shown)
        assert len(seen) >= min(9, size[1] - 9)


async def test_a_scan_at_the_goods_asks_for_the_scanned_pass(desk: Desk, clock: Clock) -> None:
    first, second = sealed(desk), sealed(desk)
    app = Painted(desk.store.path, now=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "guard")
        await type_in(pilot, first)
        await pilot.press("enter", "down")
        await type_in(pilot, second)
        await pilot.press("enter")
        await app.keys.handled()
        assert isinstance(app.screen, GateRoom)
        assert app.screen.one is not None
        assert app.screen.one.number == second
        assert set(app.screen.goods.leaving.values()) == {2, 3}


async def test_a_key_of_the_gate_leads_nowhere_else_where_it_may_not_act(desk: Desk, clock: Clock) -> None:
    number = issue(desk)
    app = Painted(desk.store.path, now=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f5")
        await type_in(pilot, number)
        await pilot.press("enter", "f8", "f9")
        await app.keys.handled()
        assert isinstance(app.screen, GateRoom)


async def test_the_question_before_letting_out_names_room_mover_and_goods(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    app = Painted(desk.store.path, now=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "guard")
        await type_in(pilot, number)
        await pilot.press("enter", "f9")
        await app.keys.handled()
        said = str(app.screen.query_one("#about", Static).render())
        assert said == f"{number} · 3-2-1502 · 单小云 沪Q12345 · 沙发 2, sofa 3"


async def test_while_nobody_is_at_the_window_the_gate_shows_who_may_come_and_who_went(desk: Desk, clock: Clock) -> None:
    today, gone = sealed(desk), sealed(desk)
    with desk.act(operator="guard") as act:
        gate.let_out(act, number=gone)
    app = Painted(desk.store.path, now=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "guard")
        app.watch(80, 24)
        app.screen.refresh()
        await pilot.pause()
        shown = app.shown()
        assert any("Expected today: 1" in line for line in shown)
        assert any(today in line and "单**" in line for line in shown)
        # A screen that stands at a window all day names nobody whole.
        assert not any("单小云" in line for line in shown)
        assert not any(gone in line for line in shown)
        assert any("✓ 沙发 2" in line for line in shown)
        assert not any("unit" in line and "goods" in line for line in shown)
        await type_in(pilot, today[-5:-2])
        await pilot.press("enter")
        await pilot.pause()
        assert not any("Expected today" in line for line in app.shown())
        await pilot.press("escape")
        await pilot.pause()
        assert any("Expected today: 1" in line for line in app.shown())


async def test_what_leaves_in_part_or_not_at_all_differs_in_ground_and_in_sign(desk: Desk, clock: Clock) -> None:
    whole, part, unsealed, out = sealed(desk), sealed(desk), issue(desk), sealed(desk)
    with desk.act(operator="guard") as act:
        gate.let_out(act, number=part, goods={1: 1})
        gate.let_out(act, number=out)
    app = Painted(desk.store.path, now=clock)
    seen = {}
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "guard")
        for number in (whole, part, unsealed, out, "nobody"):
            app.screen.query_one(Input).value = number
            await pilot.press("enter")
            await pilot.pause()
            band = app.screen.query_one("#verdict", LargeText)
            seen[number] = (band.sign, band.get_component_styles(f"large--{band.look}").background)
    assert [sign for sign, _ground in seen.values()] == ["✓", "◐", "?", "○", "✗"]
    assert len({ground for _sign, ground in seen.values()}) == len(seen)


def test_the_letters_fill_what_is_free() -> None:
    assert len(largest("✓", "可放行", 80, 8)) == 8
    assert largest("◐", "部分放行", 80, 8) == large("◐ 部分放行", 80, 1, 1)
    assert len(largest("✓", "可放行", 160, 20)) == 16
    assert largest("✓", "PART OUT", 80, 8) == large("PART OUT", 78, 1)
