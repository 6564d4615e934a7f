"""Forms: text goes whole to one field, answers end with their subject, and nothing typed is lost."""

from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input, TextArea

from desk import directory, drafts, passes, search
from desk.act import Desk
from screens.app import DeskApp
from screens.base import FormDialog
from screens.pass_form import PassDialog
from screens.terminal import KeyReader
from tests.conftest import Clock
from tests.helpers import issue, sealed, take, unit
from tests.test_screens import Keys, run, send, sign_in, text_of, type_in, until


async def new_pass(pilot: Keys, app: DeskApp, who: str = "sxy") -> PassDialog:
    await pilot.press("f4", "n")
    await app.keys.handled()
    if who:
        await send(app, *who, "enter")
    assert isinstance(app.screen, PassDialog)
    return app.screen


def shown(keys: list[object]) -> list[object]:
    return [("paste", one.text) if isinstance(one, events.Paste) else one.key for one in keys]  # type: ignore[attr-defined]


TOKENS = st.sampled_from(
    [
        "a",
        "1",
        " ",
        "\r",
        "\t",
        "\x1b[A",
        "\x1b[20~",
        "\x1bOQ",
        "\x7f",
        "漏水，急",
        "请b联",
        "\x1b[200~一\n\x1b二\x1b[201~",
    ]
)


@given(st.lists(TOKENS, max_size=8), st.data())
def test_keys_are_the_same_wherever_the_bytes_are_cut(tokens: list[str], data: st.DataObject) -> None:
    said = "\x00".join(tokens).encode()
    cut = data.draw(st.integers(0, len(said)))
    whole, halves = (KeyReader("utf-8", lambda: None) for _ in range(2))
    first = shown(whole.feed(said))
    second = shown([*halves.feed(said[:cut]), *halves.feed(said[cut:])])
    joined: list[object] = []
    for one in second:
        # A commit that was cut comes in two pieces; they go to the same field.
        if joined and isinstance(one, tuple) and isinstance(joined[-1], tuple) and "\n" not in one[1]:
            joined[-1] = ("paste", joined[-1][1] + one[1])
        else:
            joined.append(one)
    assert "".join(map(text_in, first)) == "".join(map(text_in, joined))


def text_in(one: object) -> str:
    return one[1] if isinstance(one, tuple) else f"<{one}>" if len(str(one)) > 1 else str(one)


@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_bytes_are_decoded_by_the_encoding_and_foreign_ones_are_told(name: str) -> None:
    told: list[bool] = []
    reader = KeyReader(name, lambda: told.append(True))
    assert shown(reader.feed("你好，".encode(name))) == [("paste", "你好，")]
    assert not told
    assert shown(reader.feed(b"\xffab1")[-2:])[-1] in ("b", "1")
    assert told


def test_escape_and_the_key_after_it_are_two_keys_even_in_one_read() -> None:
    reader = KeyReader("utf-8", lambda: None)
    assert shown(reader.feed(b"\x1bw\x1b\x1b[B")) == ["escape", "w", "escape", "down"]
    assert shown(reader.feed(b"\x1b")) == []
    assert reader.waits
    assert shown(reader.feed(b"n")) == ["escape", "n"]


async def test_text_at_a_choice_goes_whole_to_the_next_text_and_never_saves(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        dialog = await new_pass(pilot, app)
        dialog.set_focus(dialog.form.widget("carrier"))
        await send(app, "沙发两件，旧的")
        assert dialog.form.query_one("#field-items", TextArea).text == "沙发两件，旧的"
        assert app.focused is dialog.form.widget("items")
        await send(app, "escape")
        await pilot.press("f2")
        await app.keys.handled()
        form = app.screen.form
        app.screen.set_focus(form.widget("kind"))
        form.widget("kind").put("")
        await send(app, "楼", "上", "，漏水")
        assert form.value("what") == "楼上，漏水"
        with desk.read() as session:
            assert not passes.page(session, desk.now())


async def test_a_letter_at_the_last_choice_of_a_dialog_does_not_save(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4", "p")
        await app.keys.handled()
        assert isinstance(app.screen, FormDialog)
        await send(app, "x", "你好")
        assert isinstance(app.screen, FormDialog)
    with desk.read() as session:
        assert passes.get(session, number).prints == 0


async def test_a_paste_of_several_lines_keeps_them_all(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        form = app.screen.form
        app.screen.set_focus(form.widget("what"))
        await send(app, "one\ntwo\r\nthree \x1b[31m")
        assert form.query_one("#field-what", Input).value == "one two three"
        dialog = await new_pass(pilot, app)
        dialog.set_focus(dialog.form.widget("items"))
        await send(app, "沙发 2\n电视 1")
        assert dialog.form.query_one("#field-items", TextArea).text == "沙发 2\n电视 1"
        dialog.set_focus(dialog.form.widget("plate"))
        await send(app, "沪A12345沪A12345")
        assert dialog.form.value("plate") == "沪A12345沪A123"
        await until(pilot, lambda: "Only 12 characters fit" in text_of(app))


async def test_text_committed_at_a_register_is_no_key(desk: Desk, clock: Clock) -> None:
    number = issue(desk)
    with desk.act(operator="finance") as act:
        passes.sign_fees(act, number=number)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4")
        await send(app, "请b联v系")
        assert not isinstance(app.screen, FormDialog)


async def test_proof_and_goods_of_one_household_never_reach_another(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        dialog = await new_pass(pilot, app)
        dialog.set_focus(dialog.form.widget("id_seen"))
        await send(app, "1", "enter", "沙发 2", "tab", "2", "enter", *"shop")
        values = dialog.form.values()
        assert (values["id_seen"], values["items"], values["mover_phone"]) == ("yes", "沙发 2", "13900001111")
        await send(app, "escape")
        dialog = await new_pass(pilot, app, "")
        assert "draft for 3-2-1502" in text_of(app)
        assert dialog.form.value("items") == "沙发 2"
        dialog.set_focus(dialog.form.widget("room"))
        await send(app, *"bob", "enter")
        values = dialog.form.values()
        assert (values["id_seen"], values["items"], values["reason"], values["destination"]) == ("", "", "", "")
        assert values["mover_phone"] == "13900003333"
        dialog.set_focus(dialog.form.widget("items"))
        await send(app, "chair 1", "ctrl+z")
        values = dialog.form.values()
        # Goods come along, a proof and a phone never do; what was typed since is not lost either.
        assert values["room"].startswith("3-2-1503")
        assert (values["items"], values["id_seen"], values["mover_phone"]) == ("沙发 2", "", "13900003333")
        await send(app, "ctrl+z")
        assert dialog.form.value("items") == "chair 1"
        await send(app, "escape")


async def test_each_household_has_a_draft_of_its_own(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        for who, goods in (("sxy", "sofa 1"), ("bob", "chair 1")):
            dialog = await new_pass(pilot, app, "")
            await send(app, "ctrl+b")
            if isinstance(app.screen, FormDialog) and app.screen is not dialog:
                await send(app, "enter")
            dialog.set_focus(dialog.form.widget("room"))
            await send(app, *who, "enter")
            dialog.set_focus(dialog.form.widget("items"))
            await send(app, goods, "escape")
            clock.forward(seconds=1)
        dialog = await new_pass(pilot, app, "")
        assert dialog.form.value("items") == "chair 1"
        dialog.set_focus(dialog.form.widget("room"))
        await send(app, *"sxy", "enter")
        assert dialog.form.value("items") == "sofa 1"
        await send(app, "escape")


async def test_a_common_load_does_not_wipe_typed_goods_for_good(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        dialog = await new_pass(pilot, app)
        dialog.set_focus(dialog.form.widget("items"))
        await send(app, "red sofa 3")
        await pilot.press("ctrl+g")
        await app.keys.handled()
        assert dialog.form.value("items") != "red sofa 3"
        await send(app, "ctrl+z")
        assert dialog.form.value("items") == "red sofa 3"
        await send(app, "escape")


async def test_a_draft_of_a_correction_never_fills_a_new_pass(desk: Desk, clock: Clock) -> None:
    issue(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4", "c")
        await app.keys.handled()
        await send(app, "wrong owner", "escape")
        dialog = await new_pass(pilot, app, "")
        assert dialog.form.value("items") == ""


@pytest.mark.parametrize(("code", "keys", "field"), [
    ("lead", ("ctrl+y", "w", "f"), "summary"), ("lead", ("f3", "c"), "note"), ("lead", ("f3", "p"), "reason"),
])  # fmt: skip
async def test_every_dialog_that_takes_words_keeps_them(
    desk: Desk, clock: Clock, code: str, keys: tuple[str, ...], field: str
) -> None:
    # A week is summed up on its last day.
    clock.forward(days=3)
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, code)
        await pilot.press(*keys)
        await app.keys.handled()
        app.screen.set_focus(app.screen.form.widget(field))
        await send(app, "words", "escape")
        await pilot.press(keys[-1])
        await app.keys.handled()
        assert app.screen.form.value(field) == "words"


async def test_a_strangers_matters_never_reach_a_household(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, *"Wang", "enter", "enter", *"13512345678", "enter", "2", "enter", *"a key")
        await pilot.press("ctrl+n")
        await app.keys.handled()
        assert len(app.screen.matters) == 1
        app.screen.set_focus(app.screen.form.widget("who"))
        await pilot.press("ctrl+u")
        await send(app, *"bob", "enter")
        assert app.screen.matters == []
        assert app.screen.form.value("caller_number") == ""


async def test_another_caller_ends_what_was_said_of_an_emergency(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("ctrl+e")
        await send(app, "1", "enter", *"kitchen", "enter", *"fire", "enter", *"sxy", "enter", "enter", *"139")
        app.screen.set_focus(app.screen.form.widget("who"))
        await send(app, *"bob", "enter")
        values = app.screen.form.values()
        assert (values["place"], values["what"], values["caller_number"]) == ("", "", "")
        await send(app, "ctrl+b")
        await pilot.press("ctrl+e")
        await app.keys.handled()
        assert sum(getattr(screen, "takes_emergency", False) for screen in app.screen_stack) == 1


async def test_a_long_fragment_is_told_and_its_end_stays_in_sight(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "一" * 70 + "末")
        await until(pilot, lambda: "Only 60 characters fit" in text_of(app))
        app.screen.form.widget("who").put("")
        await send(app, "abcdefghij" * 4 + "END")
        await until(pilot, lambda: "END" in text_of(app))


def test_a_paste_whose_end_never_comes_is_over_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("screens.terminal.time.monotonic", lambda: now[0])
    reader = KeyReader("utf-8", lambda: None)
    assert shown(reader.feed(b"\x1b[200~abc")) == []
    now[0] += 2
    assert shown(reader.tick()) == [("paste", "abc")]
    assert shown(reader.feed(b"n\t")) == ["n", "tab"]


async def test_the_carrier_brings_his_own_name_and_ends_the_proof_of_the_one_before(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        dialog = await new_pass(pilot, app)
        dialog.set_focus(dialog.form.widget("id_seen"))
        await send(app, "1")
        dialog.set_focus(dialog.form.widget("carrier"))
        await send(app, "2")
        values = dialog.form.values()
        assert (values["mover"], values["mover_phone"], values["id_seen"]) == ("曾立", "13900002222", "")
        await send(app, "7")
        values = dialog.form.values()
        assert (values["mover"], values["mover_phone"]) == ("", "")
        dialog.set_focus(dialog.form.widget("mover"))
        await send(app, "Zhang", "tab")
        dialog.set_focus(dialog.form.widget("carrier"))
        await send(app, "2", "ctrl+z")
        assert dialog.form.value("mover") == "曾立"
        dialog.set_focus(dialog.form.widget("carrier"))
        await send(app, "escape")


async def test_a_correction_keeps_its_mover(desk: Desk, clock: Clock) -> None:
    called = passes.Call("13900001111", "agrees")
    issue(desk, carrier="nanny", call=called, mover="曾立", mover_phone="13900002222", plate="沪B1")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4", "c")
        await app.keys.handled()
        values = app.screen.form.values()
        assert (values["mover"], values["mover_phone"], values["plate"]) == ("曾立", "13900002222", "沪B1")
        assert values["items"].startswith("沙发")


async def test_another_caller_ends_what_was_said_of_the_one_before(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, *"sxy", "enter", "enter", *"13900001111", "enter", "3", "enter", "1", "enter", *"noise")
        form = app.screen.form
        app.screen.set_focus(form.widget("who"))
        await send(app, *"bob", "enter")
        values = form.values()
        assert (values["caller_number"], values["kind"], values["what"]) == ("", "", "")
        await send(app, "ctrl+z")
        assert form.value("what") == "noise"
        app.screen.set_focus(form.widget("who"))
        await send(app, *"somebody else", "f9")
        assert form.value("what") == ""
        assert search.find(desk, "bob")


async def test_a_form_is_emptied_by_one_key_and_asks_when_there_is_more_than_a_line(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f6", "e")
        await app.keys.handled()
        dialog = app.screen
        dialog.set_focus(dialog.form.widget("text"))
        await send(app, "one line", "ctrl+b")
        assert dialog.form.value("text") == ""
        await send(app, "ctrl+z")
        assert dialog.form.value("text") == "one line"
        dialog.set_focus(dialog.form.widget("text"))
        await send(app, "enter", "another", "ctrl+b")
        await until(pilot, lambda: "2 lines were typed" in text_of(app))
        await send(app, "escape")
        assert "another" in dialog.form.value("text")
        await send(app, "ctrl+b", "enter")
        assert dialog.form.value("text") == ""


async def test_a_dialog_left_half_typed_is_as_it_was_when_it_is_opened_again(desk: Desk, clock: Clock) -> None:
    first, second = take(desk).record, take(desk).record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f6", "e")
        await app.keys.handled()
        app.screen.set_focus(app.screen.form.widget("text"))
        await send(app, "half a sentence", "escape")
        await pilot.press("down", "e")
        await app.keys.handled()
        assert first in text_of(app)
        assert app.screen.form.value("text") == ""
        await send(app, "escape")
        await pilot.press("up", "e")
        await app.keys.handled()
        assert second in text_of(app)
        assert app.screen.form.value("text") == "half a sentence"
        await send(app, "f9")
        await until(pilot, lambda: not isinstance(app.screen, FormDialog))
        await pilot.press("e")
        await app.keys.handled()
        assert app.screen.form.value("text") == ""


async def test_a_new_emergency_does_not_begin_with_the_words_of_an_older_one(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("ctrl+e")
        await send(app, "2", "enter", *"lift 3", "escape")
        await pilot.press("ctrl+e")
        await app.keys.handled()
        assert app.screen.form.value("place") == ""
        await send(app, "ctrl+z")
        assert app.screen.form.value("place") == "lift 3"


async def test_a_draft_is_kept_while_one_types_without_a_pause(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.screen.set_focus(app.screen.form.widget("what"))
        seen = 0
        for _ in range(40):
            await type_in(pilot, "a")
            seen = max(seen, len(drafts.load(desk.store, "front", "intake").get("what", "")))
        assert seen > 1


async def test_what_needs_another_signature_asks_for_it_where_it_is_taken(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4", "e")
        await app.keys.handled()
        await send(app, *"+9h", "enter", *"rain", "enter", *"lead", "enter")
        await type_in(pilot, "secret-of-all")
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, FormDialog))
        await pilot.press("f3", "x")
        await app.keys.handled()
        assert "Code" not in text_of(app)
        await send(app, *"+9h", "enter", *"wait", "enter")
        await until(pilot, lambda: "Code" in text_of(app))
        assert "wait" in app.screen.form.value("reason")
    with desk.read() as session:
        assert passes.get(session, number).valid_until > desk.now().replace(hour=10)


def test_owed_amounts_of_some_units_are_summed(desk: Desk) -> None:
    with desk.act(operator="finance") as act:
        for fee in list(directory.FEES)[:2]:
            passes.record_arrears(act, unit_id=unit(desk), fee=fee, fen=150)
    with desk.read() as session:
        assert passes.owed_by_unit(session, {unit(desk), unit(desk, "3-2-1503")}) == {unit(desk): 300}


async def test_keys_keep_their_order_also_where_the_toolkit_shows_no_insides(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.keys._sees_inside", lambda _app: False)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await send(app, *"front", "tab", *"secret-of-all", "enter")
        await until(pilot, lambda: app.who is not None)
        await send(app, *"sxy", "enter", "enter", *"13900001111", "enter", "3", "enter", "1", "enter", "楼上漏水")
        values = app.screen.form.values()
        assert (values["caller_number"], values["kind"], values["what"]) == ("13900001111", "complaint", "楼上漏水")


async def test_a_form_that_is_opened_again_before_its_draft_is_written_has_it_all_the_same(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk)
    app = run(desk, clock)
    written, really = Event(), drafts.save

    def slowly(*places: Any) -> None:
        written.wait(10)
        really(*places)

    monkeypatch.setattr(drafts, "save", slowly)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3", "p")
        await app.keys.handled()
        app.screen.set_focus(app.screen.form.widget("reason"))  # type: ignore[attr-defined]
        await send(app, "words", "escape", "p")
        await app.keys.handled()
        assert app.screen.form.value("reason") == "words"  # type: ignore[attr-defined]
        written.set()
