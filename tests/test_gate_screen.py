"""The verdict is on the screen, whole, whatever led to it and however large the terminal is."""

import pytest

from data import words
from desk import gate
from desk.act import Desk
from screens.gate import GateRoom
from screens.widgets.letters import LargeText, large
from tests.conftest import Clock
from tests.helpers import sealed
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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
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
