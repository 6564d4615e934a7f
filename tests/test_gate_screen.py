"""The verdict is on the screen, whole, whatever led to it and however large the terminal is."""

import pytest
from textual.widgets import Static

from data import words
from desk.act import Desk
from desk.passes import gate
from screens.gate import GateRoom
from screens.widgets.letters import LargeText, large
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
    """What the band has to show: the whole text in letters as large as there is room for."""
    return [row.strip() for row in large(text, app.screen.query_one("#verdict", LargeText).size.width - 2, 1)]


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
        words.use(language)
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
