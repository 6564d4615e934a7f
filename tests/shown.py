"""Every screen of the program as text: a demo at one busy moment, each room in both languages at four sizes.

scripts/shots --goldens     writes them anew; tests/test_goldens.py compares
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from data import words
from desk import demo
from desk.systems import rooms_of
from screens.app import DeskApp

SIZES = ((80, 24), (100, 30), (120, 36), (160, 48))
# A Thursday at 08:22, twenty minutes after the desk opened.
NOW = datetime(2026, 11, 26, 0, 22, tzinfo=UTC)
FOLDER = Path(__file__).parent / "goldens"
# Of what is read by and by, so many looks at it.
PATIENCE = 200


@dataclass(frozen=True)
class Shown:
    """A screen: its name, who looks at it, and the keys that lead there from their first one."""

    name: str
    who: str
    keys: tuple[str, ...] = ()
    room: str = ""


def _of(who: str, roles: str, but: Sequence[str] = ()) -> list[Shown]:
    """Every room that somebody may enter, besides those that are shown to another."""
    return [Shown(room.name, who, room=room.name) for room in rooms_of(roles) if room.name not in but]


# What others than the supervisor see first, and what is no room.
FIRST = (
    Shown("intake", "front", room="intake"),
    Shown("intake-found", "front", ("3", "-", "2", "enter"), "intake"),
    Shown("new-pass", "front", ("n",), "passes"),
    Shown("gate", "guard", room="gate"),
    Shown("gate-found", "guard", ("4", "3", "enter"), "gate"),
    Shown("passes-of-finance", "finance", room="passes"),
    Shown("repairs-of-an-engineer", "engineer", room="repairs"),
    Shown("site", "admin", room="site"),
    Shown("operators", "admin", room="operators"),
)
MORE = (
    Shown("help", "lead", ("f1",), "complaints"),
    Shown("palette", "lead", ("ctrl+p", "z", "t"), "queue"),
    Shown("rooms", "lead", ("ctrl+g",), "queue"),
    Shown("record", "lead", ("enter",), "complaints"),
    Shown("record-from-the-queue", "lead", ("enter",), "queue"),
    Shown("why", "lead", ("question_mark",), "queue"),
    Shown("emergency", "lead", ("ctrl+e",), "queue"),
    Shown("wall", "lead", ("w",), "queue"),
)


def screens() -> list[Shown]:
    """Every screen, by who looks at it."""
    taken = {"intake", "gate", "site", "operators"}
    return [*FIRST, *_of("lead", "supervisor", sorted(taken)), *MORE]


def make(folder: Path) -> Path:
    """The demo at that moment."""
    path = folder / "demo.db"
    demo.make(path, lambda: NOW).close()
    return path


async def settle(app: DeskApp, pilot: Pilot[None]) -> None:
    """Wait until nothing is under way, and what is read by and by is there."""
    await app.keys.handled()
    for _look in range(PATIENCE):
        room = app.screen
        if getattr(room, "reading", None) is True or not getattr(room, "reading", None):
            break
        await asyncio.sleep(0.02)
    await app.keys.handled()


async def sign_in(app: DeskApp, pilot: Pilot[None], code: str) -> None:
    """Sign somebody of the demo in."""
    await pilot.press(*code, "enter", *demo.SECRET, "enter")
    for _look in range(PATIENCE):
        if app.who is not None and len(app.screen_stack) > 1:
            break
        await asyncio.sleep(0.02)
    await settle(app, pilot)


async def walk(path: Path, language: str, wanted: Iterable[Shown]) -> AsyncIterator[tuple[DeskApp, Pilot[None], Shown]]:
    """Stand before each of some screens of one person, one after the other, at the first size."""
    wanted = list(wanted)
    words.use(language)
    app = DeskApp(path, now=lambda: NOW)
    async with app.run_test(size=SIZES[0]) as pilot:
        await sign_in(app, pilot, wanted[0].who)
        words.use(language)
        await app.screen.refresh_language()  # type: ignore[attr-defined]
        for one in wanted:
            app.action_room(one.room)
            await settle(app, pilot)
            if one.keys:
                await pilot.press(*one.keys)
                await settle(app, pilot)
            app.clear_notifications()
            yield app, pilot, one
            while len(app.screen_stack) > 2:
                app.pop_screen()
            await settle(app, pilot)
            leave = getattr(app.screen, "leave", None)
            if leave is not None:
                leave()


async def resize(app: DeskApp, pilot: Pilot[None], size: tuple[int, int]) -> None:
    """Give the terminal another size, and wait until all of the screen has it."""
    await pilot.resize_terminal(*size)
    for _look in range(PATIENCE):
        if app.screen._compositor.size == size and not app.screen._layout_required:
            break
        await asyncio.sleep(0.01)
    await settle(app, pilot)


def text_of(app: DeskApp) -> str:
    """What the terminal shows, without blanks at the ends of lines."""
    height = app.size.height
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips[:height])


async def texts(path: Path, language: str, who: str) -> dict[str, str]:
    """What each screen of one person shows at every size, by its name."""
    found: dict[str, str] = {}
    async for app, pilot, one in walk(path, language, [shown for shown in screens() if shown.who == who]):
        parts = []
        for size in SIZES:
            await resize(app, pilot, size)
            parts.append(f"=== {size[0]}x{size[1]}\n{text_of(app)}\n")
        await resize(app, pilot, SIZES[0])
        found[one.name] = "".join(parts)
    words.use(None)
    return found


def people() -> list[str]:
    """Everybody who looks at a screen."""
    return list(dict.fromkeys(shown.who for shown in screens()))
