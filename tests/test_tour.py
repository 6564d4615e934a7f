"""The tour goes through the real screens: each step is done with the keys that it names, and leads to the next."""

import shutil
from pathlib import Path

import pytest

from data import words
from data.words import LANGUAGES, in_language
from desk.passes.coming import coming
from screens import tour
from screens.tour import STOPS, Tour
from tests import shown

# The keys that each step names.
KEYS: dict[str, list[tuple[str, ...]]] = {
    "receptionist": [
        ("3", "-", "2", "enter"), ("enter", "0", "0", "0", "enter", "3"), ("enter", "enter", "d", "a", "f9"), ("f3",),
        ("question_mark",), ("escape", "f6"), ("t",), ("escape", "f1"),
    ],
    "guard": [("TAIL", "enter"), ("down",), ("f9", "f9"), ("escape", "9", "9", "9", "9", "9", "enter"), ("escape",)],
    "supervisor": [("enter",), ("escape", "question_mark"), ("escape", "C"), ("escape", "ctrl+y"), ("f3", "w")],
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shown.make(tmp_path_factory.mktemp("demo"))


@pytest.mark.parametrize("role", STOPS)
async def test_every_step_of_a_tour_is_done_with_the_keys_that_it_names(
    demo: Path, tmp_path: Path, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in demo.parent.glob("demo.*"):
        shutil.copy(file, tmp_path)
    monkeypatch.setattr(tour, "LOOKS", 3600)
    app = Tour(tmp_path / "demo.db", role)
    app._now = lambda: shown.NOW
    async with app.run_test(size=(80, 24)) as pilot:
        while app.notices.tour == "":
            await pilot.pause(0.02)
        await shown.settle(app, pilot)
        for place, keys in enumerate(KEYS[role]):
            assert app.place == place
            assert f"Tour {place + 1}/{len(STOPS[role])}" in shown.text_of(app)
            if keys[0] == "TAIL":
                assert coming(app.desk, 1)[0]
                keys = (*app.tail, *keys[1:])  # noqa: PLW2901
            await pilot.press(*keys)
            await shown.settle(app, pilot)
            app.look()
            await shown.settle(app, pilot)
        assert app.place == len(STOPS[role])
        if role != "supervisor":
            assert "That was the tour." in shown.text_of(app)
        words.use("zh")
        app._say()
        assert "导览结束" in app.notices.tour


def test_every_step_is_said_in_every_language() -> None:
    for stops in STOPS.values():
        for stop in stops:
            assert len({in_language(language, stop.text) for language in LANGUAGES}) == len(LANGUAGES)
