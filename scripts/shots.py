"""Pictures of the rooms of a demo store, as SVG in docs/."""

import asyncio
import tempfile
from pathlib import Path

from sqlmodel import col, select

from data import words
from data.passes import Pass
from desk import demo
from screens.app import DeskApp

DOCS = Path(__file__).resolve().parent.parent / "docs"
SHOTS = (
    ("queue", "lead", "zh", ()),
    ("intake", "front", "en", ("z", "y", "s", "enter")),
    ("complaints", "front", "zh", ("f6",)),
    ("passes", "front", "zh", ("f4",)),
)


async def shoot(path: Path, name: str, code: str, language: str, keys: tuple[str, ...]) -> None:
    """Sign in, press the keys, keep the picture."""
    words.use(language)
    app = DeskApp(path)
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.press(*code, "enter", *demo.SECRET, "enter")
        while app.who is None or len(app.screen_stack) < 2:
            await pilot.pause(0.1)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause(0.3)
        (DOCS / f"{name}.svg").write_text(app.export_screenshot(title="Qiantai 前台"), encoding="utf-8")


def main() -> None:
    """Make the demo store and take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        store = demo.make(path)
        with store.reading() as session:
            newest = select(Pass.number).where(Pass.state == "sealed").order_by(col(Pass.number).desc())
            number = session.exec(newest.limit(1)).one()
        store.close()
        for shot in (*SHOTS, ("gate", "guard", "zh", (*number[7:11], "enter"))):
            asyncio.run(shoot(path, *shot))


main()
