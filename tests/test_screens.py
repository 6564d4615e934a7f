"""The rooms, driven with the keys that people press."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from textual import events
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input

from data import words
from data.journal import JournalEntry
from data.passes import Pass
from desk import cases, drafts, journal, passes, systems
from desk.act import Desk
from desk.glance import glance
from desk.passes import gate
from screens import house
from screens.app import DeskApp
from screens.base import FormDialog, TextDialog
from screens.gate import GateRoom
from screens.intake import IntakeRoom
from screens.queue import QueueRoom
from screens.widgets.letters import LargeText
from tests.conftest import SECRET, Clock
from tests.helpers import issue, sealed, take

Keys = Pilot[None]


async def sign_in(pilot: Keys, code: str) -> None:
    await type_in(pilot, code)
    await pilot.press("enter")
    await type_in(pilot, SECRET)
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.who is not None and len(pilot.app.screen_stack) > 1)
    await pilot.pause()


async def type_in(pilot: Keys, text: str) -> None:
    await pilot.press(*["space" if ch == " " else "minus" if ch == "-" else ch for ch in text])


async def send(app: DeskApp, *found: str) -> None:
    """Keys by name, anything else as the piece that a paste or an input method gives; returns when all is handled."""
    for one in found:
        is_key = (len(one) == 1 and one.isascii()) or one in KEY_NAMES or one.startswith(("ctrl+", "shift+", "alt+"))
        app.post_message(events.Key(one, one if len(one) == 1 else None) if is_key else events.Paste(one))
    await app.keys.handled()


KEY_NAMES = {
    "enter", "tab", "escape", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "slash", "space",
    "question_mark", "backspace", *(f"f{number}" for number in range(1, 13)),
}  # fmt: skip


async def until(pilot: Keys, done: Callable[[], bool]) -> None:
    for _ in range(400):
        if done():
            return
        await pilot.pause(0.01)
    raise AssertionError(f"it never came:\n{text_of(pilot.app)}")


def text_of(app: DeskApp) -> str:
    """Everything on the screen as text."""
    width = app.size.width
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip)[: width * 2].rstrip() for strip in strips)


def timeline(desk: Desk, record: str) -> list[JournalEntry]:
    with desk.read() as session:
        return journal.timeline(session, record)


def run(desk: Desk, clock: Clock) -> DeskApp:
    return DeskApp(desk.store.path, now=clock)


@pytest.mark.parametrize(("code", "room"), [("front", IntakeRoom), ("guard", GateRoom), ("lead", QueueRoom)])
async def test_signing_in_leads_to_the_home_of_the_role(desk: Desk, clock: Clock, code: str, room: type) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, code)
        assert isinstance(app.screen, room)


async def test_a_wrong_secret_is_told_and_the_code_stays(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "front")
        await pilot.press("enter")
        await type_in(pilot, "wrong")
        await pilot.press("enter")
        await until(pilot, lambda: "do not match" in text_of(app))
        assert app.screen.query_one("#code", Input).value == "front"


async def test_a_call_is_taken_with_few_keys_and_counts_down_on_the_queue(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "sxy")
        assert "单小云" in text_of(app)
        await pilot.press("enter", "enter")
        await type_in(pilot, "13900001111")
        await pilot.press("enter", "3", "enter", "enter")
        assert "沪Q12345" in text_of(app)
        await type_in(pilot, "leak")
        await pilot.press("enter")
        await until(pilot, lambda: "TS26-000001-5" in text_of(app) and "17:00" in text_of(app))
        await pilot.press("f3")
        await pilot.pause()
        assert "10m          Passed on to the department" in text_of(app)
        clock.forward(seconds=61)
        app.screen.tick()
        await pilot.pause()
        assert "8m 59s ━        Passed on to the department" in text_of(app)
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, TextDialog)
        assert "CMP-47" in text_of(app)
    with desk.read() as session:
        assert cases.get(session, "complaints", "TS26-000001-5").what == "leak"


async def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "sxy")
        await pilot.press("enter", "f9")
        await until(pilot, lambda: "Choose what it is" in text_of(app))
        assert "3-2-1502" in text_of(app)
        assert app.focused is app.screen.form.widget("kind")


async def test_a_draft_survives_a_closed_terminal(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "sxy")
        await pilot.press("enter", "enter")
        await type_in(pilot, "139")
        await until(pilot, lambda: drafts.load(desk.store, "front", "intake").get("caller_number") == "139")
    again = run(desk, clock)
    async with again.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        assert again.screen.form.value("caller_number") == "139"
        assert "沪Q12345" in text_of(again)


async def test_markup_in_a_name_is_shown_as_it_is(desk: Desk, clock: Clock) -> None:
    take(desk, what="[@click=app.quit]x[/] [b]bold", unit_id=None, person_id=None, stranger="Bob [/b]")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "bob")
        assert "Bob [/b]" in text_of(app)
        await pilot.press("enter")
        await pilot.press("f6")
        await pilot.pause()
        assert "[@click=app.quit]x[/] [b]bold" in text_of(app)


async def test_a_complaint_is_passed_on_answered_and_closed_from_its_register(desk: Desk, clock: Clock) -> None:
    number = take(desk).record
    app = run(desk, clock)

    def state() -> str:
        with desk.read() as session:
            return str(cases.get(session, "complaints", number).state)

    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f6")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("2", "f9")
        await until(pilot, lambda: state() == "referred" and not isinstance(app.screen, FormDialog))

        async def step(key: str, *typed: str, after: Callable[[], bool]) -> None:
            await until(pilot, lambda: not isinstance(app.screen, FormDialog))
            await pilot.press(key)
            await pilot.pause()
            for text in typed:
                await type_in(pilot, text)
                await pilot.press("tab")
            await pilot.press("f9")
            await until(pilot, after)

        def done(verb: str) -> Callable[[], bool]:
            return lambda: any(entry.verb.endswith(f".{verb}") for entry in timeline(desk, number))

        await step("e", "1", "looking", after=lambda: state() == "replied")
        await step("o", "today", "lead", SECRET, after=done("sign"))
        await step("r", "engineer", SECRET, after=done("receive"))
        await step("b", "valve", after=done("feedback"))
        await step("a", "1", "", "project", SECRET, after=done("agree"))
        await step("n", "1", "3", "1", "2", "", "project", SECRET, after=done("grade"))
        await step("e", "2", "mended", after=lambda: state() == "answered")
        await step("y", "2", "fine", after=done("confirm"))
        await step("c", after=lambda: "must be filled in" in text_of(app))
        await type_in(pilot, "ok")
        await pilot.press("f9")
        await until(pilot, lambda: state() == "closed")
        await step("h", "1", "1", "good", "better", "none", "none", "1", after=done("visit"))
        await until(pilot, lambda: "z File" in text_of(app))
        await pilot.press("z", "enter")
        await until(pilot, lambda: state() == "archived")


async def test_a_pass_is_written_signed_by_finance_at_this_desk_sealed_and_let_out(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    number = "FX26-000001-5"

    def paper() -> Pass:
        with desk.read() as session:
            return passes.get(session, number)

    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await type_in(pilot, "sxy")
        await pilot.press("enter", "enter", "enter", "enter", "1", "enter")
        await type_in(pilot, "sofa x2")
        await pilot.press("tab", "2", "enter")
        await type_in(pilot, "repair shop")
        await pilot.press("enter")
        await pilot.press("enter")
        await type_in(pilot, "110101199001010015")
        await pilot.press("f9")
        await until(pilot, lambda: not isinstance(app.screen, FormDialog))
        await pilot.press("w")
        await pilot.pause()
        await type_in(pilot, "finance")
        await pilot.press("enter")
        await type_in(pilot, SECRET)
        await pilot.press("enter")
        await until(pilot, lambda: bool(paper().fees_at) and not isinstance(app.screen, FormDialog))
        await pilot.press("b", "enter")
        await until(pilot, lambda: paper().state == "sealed")
        assert (paper().fees_by, paper().sealed_by) == ("finance", "front")
    guard = run(desk, clock)
    async with guard.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "guard")
        await type_in(pilot, "0001")
        await pilot.press("enter")
        await pilot.pause()
        assert guard.screen.query_one(LargeText).text == "LET OUT"
        assert "██" in text_of(guard) or "L   E" in text_of(guard)
        assert "sofa" in text_of(guard)
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("f9")
        await until(pilot, lambda: paper().state == "out")
        await until(pilot, lambda: guard.screen.query(LargeText).first().text == "ALREADY OUT")


async def test_the_gate_says_no_such_pass_and_never_guesses(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "guard")
        await type_in(pilot, "9999")
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.query_one(LargeText).text == "NO SUCH PASS"
        assert app.screen.one is None


async def test_a_guard_reaches_the_gate_and_the_intake_of_the_night_without_a_household_s_card(
    desk: Desk, clock: Clock
) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "guard")
        await pilot.press("f3", "f4", "f6", "f7")
        await pilot.pause()
        assert isinstance(app.screen, GateRoom)
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, IntakeRoom)
        await type_in(pilot, "3-2-1502")
        await pilot.press("enter")
        await pilot.pause()
        assert "云栖小学" not in text_of(app)
        assert "13900001111" not in text_of(app)


async def test_a_change_at_another_desk_shows_by_itself(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        record = take(desk).record
        await until(pilot, lambda: record in text_of(app))


async def test_the_language_switches_at_once_and_what_is_typed_stays(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "sxy")
        await pilot.press("enter")
        await pilot.press("f12")
        await until(pilot, lambda: "来电号码" in text_of(app))
        assert app.screen.form.widget("who").key is not None
        await pilot.press("f12")
        await until(pilot, lambda: "Caller" in text_of(app))
        assert words.language() == "en"


async def test_the_lock_keeps_the_form_and_opens_for_the_right_secret(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "sxy")
        await pilot.press("enter", "ctrl+l")
        await pilot.pause()
        assert app.is_locked
        await pilot.press("f3")
        assert app.is_locked
        await type_in(pilot, SECRET)
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_locked)
        assert app.screen.form.widget("who").key is not None


async def test_help_lists_the_keys_and_the_palette_knows_both_languages(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f1")
        await pilot.pause()
        assert "Explain this deadline" in text_of(app)
        await pilot.press("escape", "ctrl+p")
        await pilot.pause()
        await pilot.press("队", "列")
        await until(pilot, lambda: re.search(r"Queue .* Rooms +F3", text_of(app)) is not None)
        await pilot.press("escape", "ctrl+p", *"dl")
        await until(pilot, lambda: re.search(r"Queue .* Rooms +F3", text_of(app)) is not None)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 15)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_room_opens_empty_and_full_in_both_languages(
    desk: Desk, clock: Clock, size: tuple[int, int], language: str
) -> None:
    words.use(language)
    app = run(desk, clock)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, "front")
        for _ in range(2):
            for key in ("f2", "f3", "f4", "f5", "f6", "f7", "f8", "ctrl+j"):
                await pilot.press(key)
                await pilot.pause()
                assert text_of(app).strip()
            take(desk, what="长" * 300)
            sealed(desk, destination="很远" * 30)
            issue(desk)


async def test_signing_out_lets_the_next_one_begin_with_empty_rooms(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("ctrl+o")
        await pilot.pause()
        await sign_in(pilot, "guard")
        assert isinstance(app.screen, GateRoom)


async def test_a_missing_store_is_told_on_the_first_screen(tmp_path: Path) -> None:
    app = DeskApp(tmp_path / "none.db")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "desk init" in text_of(app)
    assert not glance(tmp_path / "none.db").exists


async def test_two_guards_cannot_let_the_same_goods_out(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "guard")
        await type_in(pilot, "0001")
        await pilot.press("enter")
        with desk.act(operator="guard") as act:
            gate.let_out(act, number=number)
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("f9")
        await until(pilot, lambda: "Do not let out again" in text_of(app))


async def test_a_letter_is_looked_into_answered_in_writing_and_gets_a_next_reply(desk: Desk, clock: Clock) -> None:
    spoken = take(desk).record
    number = take(desk, channel="letter", caller_number="").record
    app = run(desk, clock)

    def kinds() -> list[str]:
        with desk.read() as session:
            return [note.kind for note in cases.notes_of(session, number)]

    async def write(pilot: Keys, key: str, *texts: str) -> None:
        said = len(kinds())
        await pilot.press(key)
        await pilot.pause()
        for place, text in enumerate(texts):
            await pilot.press(*["tab"] * min(place, 1))
            await type_in(pilot, text)
        await pilot.press("f9")
        await until(pilot, lambda: len(kinds()) > said and not isinstance(app.screen, FormDialog))

    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f6")
        await pilot.pause()
        await write(pilot, "i", "valve")
        await write(pilot, "w", "dear owner")
        await write(pilot, "p", "+2h", "parts come")
        assert kinds() == ["investigate", "written_reply", "promise"]
        assert app.screen.check_action("step", ("p",)) is True
        assert app.screen.check_action("step", ("h",)) is False
        await pilot.press("down")
        await pilot.pause()
        assert app.screen.chosen == spoken
        assert app.screen.check_action("step", ("w",)) is False


# What a room does besides what every room of its kind does, when it is mounted, shown, resized or typed into.
BESIDES = {"on_mount", "on_screen_resume", "on_input_changed", "on_form_brought_back", "on_key", "on_resize",
           "on_input_submitted"}  # fmt: skip


def test_a_message_is_handled_once_by_each_class_and_never_handed_up_by_hand() -> None:
    """The toolkit calls the handler of every class of a widget, so that `super()` would do everything twice."""
    files = {path: path.read_text(encoding="utf-8") for path in Path(house.__file__).parent.rglob("*.py")}
    up = re.compile(r"super\(\)\.on_(?!event)\w+")
    twice = [f"{path.name}: {line}" for path, text in files.items() for line in up.findall(text)]
    assert twice == []
    for room in systems.ROOMS.values():
        module, _colon, name = room.screen.partition(":")
        ours = [cls for cls in getattr(import_module(module), name).__mro__ if cls.__module__.startswith("screens.")]
        handlers = [one for cls in ours for one in vars(cls) if one.startswith("on_")]
        assert {one for one in handlers if handlers.count(one) > 1} <= BESIDES, name


async def test_enter_opens_one_record_and_none_on_a_line_that_only_tells(desk: Desk, clock: Clock) -> None:
    take(desk, "repair")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        for room in ("visits", "board", "shift", "repairs"):
            app.action_room(room)
            await pilot.pause()
            await pilot.press("home", "enter")
            await pilot.pause()
            opened = app.screen.reading
            assert len(app.screen_stack) == 2
            assert opened == (room == "repairs"), room
            await pilot.press("enter")
            await pilot.pause()
            assert not app.screen.reading
            await pilot.press("escape")
            await pilot.pause()
            assert len(app.screen_stack) == 2, room


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_help_of_every_room_fits_one_screen(desk: Desk, clock: Clock, language: str) -> None:
    take(desk)
    issue(desk)
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "lead")
        words.use(language)
        for room in systems.rooms_of(app.who.roles):
            app.action_room(room.name)
            await app.keys.handled()
            await pilot.press("f1")
            await app.keys.handled()
            assert app.screen.query_one(VerticalScroll).max_scroll_y == 0, room.name
            await pilot.press("escape")
            await app.keys.handled()


async def test_the_palette_presses_the_key_of_another_room_and_says_where_a_line_has_to_be_chosen(
    desk: Desk, clock: Clock
) -> None:
    issue(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "ctrl+p", *"Figures", "enter")
        assert "Thirty days" in text_of(app)
        await send(app, "escape", "f3", "ctrl+p", *"Void", "enter")
        assert "Choose a line, then press v: Void." in text_of(app)
        assert type(app.screen).__name__ == "PassRoom"
        await send(app, "ctrl+p", *"nothing like it")
        assert "No such action" in text_of(app)
