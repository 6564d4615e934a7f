"""What a person sets for their own terminal: read early, checked, told and passed over where wrong."""

import os
from pathlib import Path

import pytest
from textual.widgets import Input

from desk.act import Desk
from screens import keymap, settings
from screens.app import DeskApp
from screens.theme import LIGHT, own_themes
from tests.conftest import Clock
from tests.helpers import issue
from tests.test_screens import send, sign_in, text_of


def written(tmp_path: Path, text: str) -> settings.Settings:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return settings.load(file)


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    found = settings.load(tmp_path / "none.toml")
    assert (found.theme, found.signs, found.colours, found.sound, found.problems) == ("", "auto", "auto", True, [])


def test_the_example_is_right_as_it_stands_and_with_every_line_in_force(tmp_path: Path) -> None:
    assert written(tmp_path, settings.EXAMPLE).told() == []
    lines = [line.removeprefix("# ") for line in settings.EXAMPLE.splitlines() if "=" in line or "[" in line]
    found = written(tmp_path, "\n".join(line for line in lines if "=" in line or line.startswith("[")))
    keymap.check(found, DeskApp)
    assert found.told() == []
    assert found.themes["mine"]["page"] == "#fffdf5"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('signs = "wide"', "signs: wide is not possible; possible is: auto, plain, full"),
        ("signs = 3", "signs: 3 is not possible"),
        ('colour = "16"', "colour is no setting; there are: store"),
        ("sound = 7", "sound: 7 is not possible"),
        ('[themes.mine]\nact = "blue"', "themes.mine: act = blue is not possible."),
        ('[themes.mine]\nloud = "#ffffff"', "themes.mine: loud = #ffffff is not possible."),
        ("[keys.queue]\nc = 3", "keys.queue: a table of texts is wanted."),
        ('[keys.kitchen]\nc = "u"', "keys.kitchen: there is no such room"),
        ('[keys.queue]\nz = "u"', "keys.queue: nothing is on z."),
        ('[keys.queue]\nc = "p"', "keys.queue: p does something else already."),
        ('[keys.queue]\nc = "u"\np = "u"', "keys.queue: u stands twice."),
        ('[keys.queue]\nc = "p"\np = "slash"', "keys.queue: p does something else already."),
        ('[keys.everywhere]\nf3 = "n"', "keys.everywhere: n cannot be used."),
        ('[keys.everywhere]\nf3 = "tab"', "keys.everywhere: tab cannot be used."),
        ('[keys.queue]\nc = "foobar"', "keys.queue: foobar cannot be used."),
        ('[keys.queue]\nc = ""', "keys.queue:  cannot be used."),
        (
            '[keys.everywhere]\nf3 = "alt+q"\n[keys.queue]\nc = "alt+q"',
            "keys.queue: alt+q does something else already.",
        ),
        ("keys = 3", "keys: a table of texts is wanted."),
        ('[themes.qiantai-dark]\npage = "#ff0000"', "themes.qiantai-dark: that look is shipped"),
        ("signs = ", "It is no TOML"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_else_is_lost(tmp_path: Path, text: str, said: str) -> None:
    found = written(tmp_path, text)
    keymap.check(found, DeskApp)
    assert any(line.startswith(said) for line in found.told()), found.told()
    assert found.signs == "auto"


def test_keys_that_change_places_are_no_conflict(tmp_path: Path) -> None:
    found = written(tmp_path, '[keys.queue]\nc = "p"\np = "c"')
    assert keymap.check(found, DeskApp).moved("queue") == {"c": "p", "p": "c"}
    assert found.told() == []


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DESK_STORE", "/somewhere/else.db")
    monkeypatch.setenv("DESK_LANG", "")
    monkeypatch.delenv("DESK_LANG")
    settings.apply(written(tmp_path, 'store = "/here.db"\nlanguage = "zh"'))
    assert (os.environ["DESK_STORE"], os.environ["DESK_LANG"]) == ("/somewhere/else.db", "zh")


def test_a_look_of_one_s_own_takes_from_its_base_what_it_leaves_out() -> None:
    (mine,) = own_themes({"mine": {"base": "qiantai-light", "act": "#123456"}})
    assert (mine.name, mine.dark, mine.accent, mine.error) == ("mine", False, "#123456", LIGHT.error)


async def test_a_moved_key_acts_is_shown_and_leaves_its_old_place(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    issue(desk)
    chosen = written(
        tmp_path, 'theme = "qiantai-light"\n[keys.everywhere]\nf3 = "f4"\nf4 = "f3"\n[keys.passes]\nn = "j"'
    )
    chosen.keys["passes"]["n"] = "alt+n"
    app = DeskApp(desk.store.path, now=clock, settings=chosen)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        assert app.theme == "qiantai-light"
        await send(app, "f3")
        assert app.room_name() == "passes"
        assert "alt+n New" in text_of(app)
        await send(app, "n")
        assert app.room_name() == "passes"
        await send(app, "alt+n")
        assert app.screen.is_modal
        await send(app, "escape", "f4")
        assert app.room_name() == "queue"


async def test_the_palette_does_what_a_moved_key_of_another_room_does(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    app = DeskApp(desk.store.path, now=clock, settings=written(tmp_path, '[keys.passes]\nn = "alt+n"'))
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "ctrl+p", *"write a new pass")
        assert "alt+n" in text_of(app)
        await send(app, "enter")
        assert type(app.screen).__name__ == "PassDialog"
        await send(app, "ctrl+p")
        assert type(app.screen).__name__ == "PassDialog"
        assert "Esc leaves this form first" in text_of(app)


async def test_a_moved_letter_is_text_where_text_is_typed(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    issue(desk)
    app = DeskApp(desk.store.path, now=clock, settings=written(tmp_path, '[keys.passes]\nn = "q"'))
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f4", "slash", *"qn")
        assert app.screen.query_one("#words", Input).value == "qn"


async def test_settings_that_cannot_be_used_are_told_once_at_the_sign_in(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    app = DeskApp(desk.store.path, now=clock, settings=written(tmp_path, 'signs = "wide"\ntheme = "pink"'))
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        assert "config.toml: 2 settings cannot be used; desk doctor says which." in text_of(app)
        assert app.theme == "qiantai-dark"
