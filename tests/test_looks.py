"""What the tones must reach, reckoned from the cells that are really painted, in every look."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from coloraide import Color
from rich.style import Style
from textual.theme import Theme

from desk.act import Desk
from screens.theme import THEMES
from tests.conftest import Clock
from tests.helpers import take
from tests.test_screens import run, send, sign_in

# Text of people must be read, signs and lines must be seen.
READ, SEEN = 4.5, 3.0
# What separates two tones for somebody who cannot tell colours apart: CIEDE2000, about 10 is told without effort.
APART = 10.0
BLIND = ("protan", "deutan", "tritan")
LINES = set("│─━▔▁▎▊▌▐┃╭╮╰╯╱▂▃▄▅▆▇█▏▕ ")


def ratio(ink: str, ground: str) -> float:
    """The contrast of two colours, by WCAG 2.1."""
    return Color(ink).contrast(ground, method="wcag21")


def colour(style: Style, which: str) -> str:
    """A colour of a painted cell."""
    found = getattr(style, which)
    return found.get_truecolor().hex if found is not None else ""


def painted(app: object) -> Iterator[tuple[str, str, str]]:
    """Every painted piece of text on a screen, with its ink and its ground."""
    screen = app.screen  # type: ignore[attr-defined]
    for strip in screen._compositor.render_strips(screen.size):
        for segment in strip:
            style = segment.style
            if style is None or not segment.text.strip():
                continue
            ink, ground = colour(style, "color"), colour(style, "bgcolor")
            yield segment.text, *((ground, ink) if style.reverse else (ink, ground))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_all_text_can_be_read_and_every_line_seen_in_every_look(desk: Desk, clock: Clock, theme: Theme) -> None:
    take(desk)
    take(desk, "repair")
    clock.forward(days=2)
    take(desk, what="现在来的")
    app = run(desk, clock)
    faint: set[tuple[str, str, str, str]] = set()
    async with app.run_test(size=(120, 36)) as pilot:
        app.theme = theme.name
        await pilot.pause()
        ways = {"lead": (("f3",), ("f6",), ("f6", "enter"), ("f6", "e"), ("f4",), ("f8",), ("f1",), ("f9",)),
                "front": (("f2",), ("f2", "d", "a", "n")), "guard": (("f5",), ("f5", "9", "9", "enter"))}  # fmt: skip
        for who, rooms in ways.items():
            await sign_in(pilot, who)
            for keys in rooms:
                await send(app, *keys)
                await pilot.pause()
                for text, ink, ground in painted(app):
                    least = SEEN if set(text) <= LINES else READ
                    if ratio(ink, ground) < least:
                        faint.add((keys[0], text.strip()[:30], ink, ground))
                while len(app.screen_stack) > 2:
                    await send(app, "escape")
            app.sign_out()
            await pilot.pause()
    assert not faint


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_tones_are_told_apart_also_by_whoever_cannot_tell_colours(theme: Theme) -> None:
    tones = {"GOOD": theme.success, "SOON": theme.warning, "LATE": theme.error, "MINE": theme.secondary}
    for (one, first), (other, second) in combinations(tones.items(), 2):
        seen = [Color(str(first)).delta_e(str(second), method="2000")]
        for kind in BLIND:
            pair = [Color(str(tone)).filter(kind, 1.0) for tone in (first, second)]
            seen.append(pair[0].delta_e(pair[1], method="2000"))
        assert min(seen) >= APART, (one, other, seen)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_tone_reads_on_the_page_and_on_the_chosen_row(theme: Theme) -> None:
    grounds = [str(ground) for ground in (theme.background, theme.surface, theme.panel, theme.variables["selected"])]
    muted = theme.variables["foreground-muted"]
    for tone in (theme.foreground, muted, theme.accent, theme.success, theme.warning, theme.error, theme.secondary):
        assert min(ratio(str(tone), ground) for ground in grounds) >= READ, tone
    line = theme.variables["line"]
    assert min(ratio(line, ground) for ground in grounds) >= SEEN
