"""Terminals that can less stay readable: plain signs, few colours, none at all."""

from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color

from desk.act import Desk
from screens.poor_terminals import PLAIN, FewColours, PlainSigns, asks_for_plain, colours_of
from screens.settings import Settings
from screens.theme import DARK, LIGHT, THEMES
from tests.conftest import Clock
from tests.helpers import take
from tests.test_painting import Painted
from tests.test_screens import sign_in

GROUND = Color.parse("#14181d")


def looks(theme: object, count: int, **style: str) -> Style:
    (segment,) = FewColours(theme, count).apply([Segment("x", Style(**style))], GROUND)  # type: ignore[arg-type]
    assert segment.style is not None
    return segment.style


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("count", [0, 16])
def test_every_tone_that_asks_for_something_looks_different_without_its_colour(theme: object, count: int) -> None:
    tones = [theme.foreground, theme.accent, theme.error, theme.secondary]  # type: ignore[attr-defined]
    seen = {str(looks(theme, count, color=tone)) for tone in tones}
    assert len(seen) == len(tones)
    assert looks(theme, count, color=theme.error).reverse  # type: ignore[attr-defined]
    chosen = looks(theme, count, bgcolor=theme.variables["selected"])  # type: ignore[attr-defined]
    assert chosen.reverse


def test_only_green_and_yellow_are_used_and_only_on_a_dark_ground() -> None:
    assert [str(looks(DARK, 16, color=tone).color.name) for tone in (DARK.success, DARK.warning)] == ["green", "yellow"]  # type: ignore[union-attr, arg-type]
    for theme, count in ((LIGHT, 16), (DARK, 0)):
        for tone in (theme.success, theme.warning, theme.error, theme.accent, theme.foreground):
            assert looks(theme, count, color=tone).color is None  # type: ignore[arg-type]


def test_a_plain_sign_takes_the_one_cell_that_the_other_one_has() -> None:
    assert all(len(plain) == 1 and plain.isascii() for plain in PLAIN.values())
    (segment,) = PlainSigns().apply([Segment("◆ 待您决定 3 │ ━━╸ …")], GROUND)
    assert segment.text == "* 待您决定 3 | ### ~"


@pytest.mark.parametrize(
    ("wanted", "system", "no_colour", "count"),
    [
        ("auto", "truecolor", False, None), ("auto", "256", False, None), ("auto", "standard", False, 16),
        ("auto", None, False, None), ("auto", "truecolor", True, 0), ("full", "standard", True, None),
        ("16", "truecolor", False, 16), ("none", "truecolor", False, 0),
    ],
)  # fmt: skip
def test_how_many_colours_there_are(wanted: str, system: str | None, no_colour: bool, count: int | None) -> None:
    assert colours_of(wanted, system, no_colour=no_colour) == count


def test_a_bare_console_gets_plain_signs_unless_somebody_wants_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    assert asks_for_plain("auto")
    assert not asks_for_plain("full")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert not asks_for_plain("auto")
    assert asks_for_plain("plain")


@pytest.mark.parametrize(("cells", "plain"), [(1, False), (2, True)])
async def test_a_terminal_that_draws_signs_two_cells_wide_gets_plain_ones(
    desk: Desk, clock: Clock, cells: int, plain: bool
) -> None:
    take(desk)
    app = Painted(desk.store.path, now=clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await sign_in(pilot, "lead")
        app.watch(100, 30)
        # What the terminal answers to the measuring: where the cursor stands behind the sign.
        app.post_message(events.CursorPosition(cells, 0))
        await app.keys.handled()
        app.screen.refresh()
        await pilot.pause()
        shown = "\n".join(app.shown())
        assert ("◆ 0" not in shown and "▲" not in shown) == plain
        assert ("^ Within the hour" in shown) == plain


@pytest.mark.parametrize("count", ["none", "16"])
async def test_with_few_colours_no_cell_of_the_terminal_has_another(
    desk: Desk, clock: Clock, tmp_path: Path, count: str
) -> None:
    take(desk)
    clock.forward(hours=30)
    app = Painted(desk.store.path, now=clock, settings=Settings(tmp_path, colours=count))
    async with app.run_test(size=(100, 30)) as pilot:
        await sign_in(pilot, "lead")
        app.watch(100, 30)
        app.screen.refresh()
        await pilot.pause()
        assert any("late" in line for line in app.shown())
        cells = [cell for line in app.emulator.buffer.values() for cell in line.values()]
        assert {cell.fg for cell in cells} <= {"default", *(["green", "brown"] if count == "16" else [])}
        assert {cell.bg for cell in cells} == {"default"}
        # What is late and what is chosen stand out all the same.
        assert any(cell.reverse and cell.data.strip() for cell in cells)
