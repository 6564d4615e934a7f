"""What is painted by hand or faster than the toolkit does it shows just what the toolkit would show."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyte
import pytest
from rich.control import Control
from rich.segment import Segment
from textual import events
from textual._compositor import Compositor
from textual.color import Color
from textual.widgets import Input

from data import words
from desk import site
from desk.act import Desk
from screens import first_frame
from screens.app import DeskApp
from screens.painting import FENCE, QuickCompositor
from tests.conftest import Clock
from tests.helpers import take
from tests.test_screens import SECRET, run, sign_in, text_of, until


class Painted(DeskApp):
    """Feeds everything that would go to the terminal to a terminal emulator."""

    def watch(self, columns: int, rows: int) -> None:
        self.emulator = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.emulator)

    def _display(self, screen: Any, renderable: Any) -> None:
        if hasattr(self, "stream") and hasattr(renderable, "render_segments"):
            self.stream.feed(renderable.render_segments(self.console).replace("\n", ""))
        super()._display(screen, renderable)

    def shown(self) -> list[str]:
        return [line.rstrip() for line in self.emulator.display]

    def whole(self) -> list[str]:
        strips = Compositor.render_strips(self.screen._compositor)
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    def cells(self) -> list[Any]:
        """What stands on the terminal, cell by cell, with its colours."""
        return _cells(self.emulator)

    def whole_cells(self) -> list[Any]:
        """What a whole painting of the same screen would leave there."""
        fresh = pyte.Screen(self.emulator.columns, self.emulator.lines)
        update = Compositor.render_full_update(self.screen._compositor)
        pyte.Stream(fresh).feed(update.render_segments(self.console).replace("\n", ""))
        return _cells(fresh)


def _cells(screen: pyte.Screen) -> list[Any]:
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


async def test_quick_painting_leaves_the_cells_that_a_whole_painting_shows(desk: Desk, clock: Clock) -> None:
    for what in ("楼上漏水", "夜间噪声"):
        take(desk, what=what)
    app = Painted(desk.store.path, now=clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await sign_in(pilot, "front")
        assert isinstance(app.screen._compositor, QuickCompositor)
        app.watch(100, 30)
        app.screen.refresh()
        await pilot.pause()
        typed = "s x y backspace down 1 5 enter 2 enter x tab 3 f3 f2"
        for key in f"{typed} f6 down up slash z escape enter pagedown escape f3 down".split():
            await pilot.press(key)
            await pilot.pause()
            assert app.cells() == app.whole_cells(), key


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "codes", ["", "front:demo88 guard:demo88 lead:demo88 finance:demo88 engineer:demo88 admin:demo88"]
)
async def test_the_first_frame_stands_in_the_same_cells_as_the_sign_in(
    desk: Desk, size: tuple[int, int], language: str, codes: str
) -> None:
    words.use(language)
    with desk.act(operator="admin") as act:
        site.put(act.session, "site.name", "云栖里花园 [/b]")
        site.put(act.session, "site.demo", codes)
    app = DeskApp(desk.store.path)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        emulator = pyte.Screen(*size)
        pyte.Stream(emulator).feed(first_frame.card(desk.store.path, *size))
        by_hand = [line.replace(" ", "").replace("▏", "") for line in emulator.display]
        assert by_hand == [line.replace(" ", "") for line in (text_of(app) + "\n" * size[1]).split("\n")[: size[1]]]


async def test_the_first_frame_says_what_to_do_where_there_is_no_store(tmp_path: Path) -> None:
    emulator = pyte.Screen(80, 24)
    pyte.Stream(emulator).feed(first_frame.card(tmp_path / "none.db", 80, 24))
    assert "desk init" in "\n".join(emulator.display)


async def test_keys_typed_before_the_first_box_stands_are_not_lost(desk: Desk, clock: Clock) -> None:
    app = DeskApp(desk.store.path, now=clock)
    for char in f"front\r{SECRET}\r":
        app.post_message(events.Key("enter" if char == "\r" else "x", char))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.who is not None)
        assert app.who.code == "front"


def test_no_control_code_passes_the_fence() -> None:
    line = [Segment("a\x1b[2Jb\x07\ud800"), Segment("好"), Control.move(1, 1).segment]
    kept = FENCE.apply(line, Color(0, 0, 0))
    assert [segment.text for segment in kept[:2]] == ["a\ufffd[2Jb\ufffd\ufffd", "好"]
    assert kept[2] == line[2]


async def test_a_fault_of_our_own_ends_with_a_sentence_and_no_values(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = DeskApp(desk.store.path, now=clock)
    told: list[object] = []
    monkeypatch.setattr(app, "panic", lambda *parts: told.extend(parts))
    app._exception = ValueError("110101199001010015")
    app._fatal_error()
    assert "ended; what was saved is safe" in str(told[0])
    assert "110101199001010015" not in str(told[0])


async def test_a_box_that_lays_nothing_out_shows_what_the_toolkits_box_shows(desk: Desk, clock: Clock) -> None:
    app = Painted(desk.store.path, now=clock)
    long = "沙发两件abc 很长的一段话" * 12
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "front")
        app.watch(80, 24)
        app.screen.refresh()
        box = app.screen.form.widget("what")
        app.screen.set_focus(box)
        await pilot.pause()
        for piece in (long[:30], long[30:60], long[60:]):
            app.post_message(events.Paste(piece))
            await app.keys.handled()
            await pilot.pause()
            assert app.shown() == app.whole()
        assert any(long.strip()[-6:] in line for line in app.shown())
        for key in ("home", "end", "left", "backspace", "x"):
            await pilot.press(key)
            await pilot.pause()
            assert app.shown() == app.whole(), key
        before = app.shown()
        Input.refresh(box, layout=True)
        await pilot.pause()
        assert app.whole() == before


async def test_the_home_of_a_role_is_loaded_while_its_secret_is_typed(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(DeskApp, "load_home", lambda _app, code: asked.append(code))
    app = run(desk, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for key in (*"lead", "enter", *"sec"):
            await pilot.press(key)
        await until(pilot, lambda: asked == ["lead"])


# What may be loaded before the first frame: the standard library's own and a handful of ours.
MOST_MODULES = 130
HEAVY = {"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "typer", "argon2", "tests"}


def test_nothing_heavy_is_loaded_before_the_first_frame() -> None:
    # In a process of its own, where only what the frame asks for is loaded; a fault is planted there, too.
    planted = (
        "import os\nif os.environ.get('PLANTED'):\n    import tests.planted\nimport sys\nbefore = set(sys.modules)\n"
    )
    script = planted + "from screens import first_frame\nprint(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=300)
    loaded = set(done.stdout.split())
    assert "screens.first_frame" in loaded
    assert not loaded & HEAVY
    assert len(loaded) <= MOST_MODULES
