"""Pictures of every screen of a demo store at one busy moment, and the texts that tests compare.

scripts/shots               the README's six, as SVG in docs/
scripts/shots --all FOLDER  every screen, both languages, four sizes, dark and light
scripts/shots --goldens     every screen as text, in tests/goldens
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from screens import base  # noqa: E402
from screens.theme import DARK, LIGHT  # noqa: E402
from tests import shown  # noqa: E402

# Name of the picture, of the screen, language, look, size.
BEST = (
    ("queue", "queue", "zh", DARK, (120, 34)),
    ("intake", "intake-found", "en", DARK, (120, 34)),
    ("record", "record", "zh", LIGHT, (120, 34)),
    ("passes", "passes-of-finance", "zh", DARK, (120, 34)),
    ("gate", "gate-found", "zh", DARK, (120, 34)),
    ("sheets", "reports", "en", LIGHT, (120, 34)),
)


async def picture(path: Path, name: str, language: str, look: object, size: tuple[int, int], target: Path) -> None:
    """One screen as SVG."""
    one = next(found for found in shown.screens() if found.name == name)
    async for app, pilot, _one in shown.walk(path, language, [one]):
        app.theme = look.name  # type: ignore[attr-defined]
        await shown.resize(app, pilot, size)
        target.write_text(app.export_screenshot(title="Qiantai 前台"), encoding="utf-8")


async def everything(path: Path, folder: Path) -> None:
    """Every screen, both languages, four sizes, dark and light."""
    for language in ("zh", "en"):
        for who in shown.people():
            async for app, pilot, one in shown.walk(path, language, [s for s in shown.screens() if s.who == who]):
                for look in (DARK, LIGHT):
                    app.theme = look.name
                    for size in shown.SIZES:
                        await shown.resize(app, pilot, size)
                        name = f"{one.name}-{language}-{size[0]}x{size[1]}-{look.name.removeprefix('qiantai-')}.svg"
                        (folder / name).write_text(app.export_screenshot(title="Qiantai 前台"), encoding="utf-8")
                app.theme = DARK.name
                await shown.resize(app, pilot, shown.SIZES[0])


def goldens(path: Path, folder: Path) -> None:
    """The texts of every screen, each language on a store of its own."""
    for language in ("zh", "en"):
        own = folder / language
        own.mkdir()
        for file in folder.glob("demo.*"):
            shutil.copy(file, own)
        target = shown.FOLDER / language
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for who in shown.people():
            for name, text in asyncio.run(shown.texts(own / path.name, language, who)).items():
                (target / f"{name}.txt").write_text(text, encoding="utf-8")


def main() -> None:
    """Make the demo store and take what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--all", type=Path, metavar="FOLDER")
    asked.add_argument("--goldens", action="store_true")
    wanted = asked.parse_args()
    # Nothing waits for keys to rest: whatever follows them is there when a picture is taken.
    base.RESTS = 0
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = shown.make(folder)
        if wanted.goldens:
            goldens(path, folder)
        elif wanted.all is not None:
            wanted.all.mkdir(parents=True, exist_ok=True)
            asyncio.run(everything(path, wanted.all))
        else:
            for picture_name, screen, language, look, size in BEST:
                asyncio.run(picture(path, screen, language, look, size, ROOT / "docs" / f"{picture_name}.svg"))


main()
