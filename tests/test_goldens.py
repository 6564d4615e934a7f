"""No change alters a screen unseen: every room in both languages at four sizes, as text, beside what was looked at.

A change that is meant is looked at (`git diff tests/goldens`) after `scripts/shots --goldens` has written them anew.
"""

import difflib
import shutil
from pathlib import Path

import pytest

from data.words import LANGUAGES
from tests import shown


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shown.make(tmp_path_factory.mktemp("demo"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_is_as_it_was_last_looked_at(demo: Path, tmp_path: Path, language: str) -> None:
    for file in demo.parent.glob("demo.*"):
        shutil.copy(file, tmp_path)
    wrong = []
    for who in shown.people():
        for name, text in (await shown.texts(tmp_path / "demo.db", language, who)).items():
            file = shown.FOLDER / language / f"{name}.txt"
            before = file.read_text(encoding="utf-8") if file.exists() else ""
            if before != text:
                lines = difflib.unified_diff(before.splitlines(), text.splitlines(), name, "now", lineterm="", n=0)
                wrong.append("\n".join(list(lines)[:12]))
    assert not wrong, "\n\n".join(wrong)


def test_there_is_no_golden_of_a_screen_that_is_no_more() -> None:
    names = {f"{one.name}.txt" for one in shown.screens()}
    for language in LANGUAGES:
        assert {file.name for file in (shown.FOLDER / language).iterdir()} == names
