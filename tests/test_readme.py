"""The README says the keys that the rooms have: none is missing, none is made up."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding

from desk.systems import ROOMS
from screens.step_keys import StepRegister

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([a-z ]+) \| (.+) \|$", README, re.M))
# Keys of every list, said once in a row of their own.
EVERYWHERE = ROWS["records"]
NAMES = {"slash": "/", "question_mark": "?", "escape": "Esc"}


def screen_of(name: str) -> type:
    module, _colon, klass = ROOMS[name].screen.partition(":")
    return getattr(import_module(module), klass)  # type: ignore[no-any-return]


ROOMS_OF_STEPS = [name for name in ROOMS if issubclass(screen_of(name), StepRegister)]


def keys_of(name: str) -> set[str]:
    found = [one for one in screen_of(name).BINDINGS if isinstance(one, Binding)]  # type: ignore[attr-defined]
    return {NAMES.get(one.key, one.key) for one in found}


@pytest.mark.parametrize("name", ROOMS_OF_STEPS)
def test_the_readme_names_every_key_of_a_room(name: str) -> None:
    row = ROWS[ROOMS[name].title.lower()]
    if other := re.search(r"the keys of the ([a-z ]+?)(?: ·|$)", row):
        row = f"{row} {ROWS[other[1]]}"
    said = set(f"{row} {EVERYWHERE}".replace(" as above", "").split())
    assert keys_of(name) <= said, name


@pytest.mark.parametrize(
    "name", [name for name in ROOMS_OF_STEPS if name not in ("visits", "board", "roster", "shift")]
)
def test_the_readme_makes_up_no_key_of_a_room(name: str) -> None:
    said = {part.split()[0] for part in ROWS[ROOMS[name].title.lower()].split(" · ") if part.strip()}
    assert said <= keys_of(name) | {"Esc"}, name
