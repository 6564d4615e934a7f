"""A key acts on the record that the person means: what was just made, or what is highlighted on the screen."""

import random
import re

import pytest
from textual.widgets import Static

from data.cases import Complaint
from desk import journal, passes
from desk.act import Desk
from desk.contacts import intake
from screens.app import DeskApp
from screens.base import FormDialog
from screens.emergencies import EmergencyRoom
from screens.passes import PassRoom
from screens.register import Register
from tests.conftest import Clock
from tests.helpers import issue, sealed, take, unit
from tests.test_screens import Keys, run, send, sign_in, text_of, type_in, until

NUMBER = re.compile(r"[A-Z]{2}\d\d-\d{6,}-\d")
ROOMS = {
    "passes": ("f4", "wbvclLt"), "complaints": ("f6", "etnorbayczs"), "requests": ("f7", "etpcnh"),
    "repairs": ("f8", "onc"), "emergencies": ("f10", "tarepc"), "contacts": ("ctrl+r", "e"),
}  # fmt: skip


def other_desk(desk: Desk) -> Desk:
    """Another desk on the same store."""
    other = Desk(desk.store, desk.now, "desk-2")
    other.operator = "front"
    return other


def make(desk: Desk, system: str) -> str:
    """Another record of a system, made at another desk."""
    if system == "passes":
        return issue(desk)
    kind = {"complaints": "complaint", "requests": "request", "repairs": "repair", "contacts": "question"}.get(system)
    if kind == "question":
        return take(desk, "question", promised_at=desk.now().replace(hour=8)).contact
    if kind is None:
        return fire(desk)
    return take(desk, kind).record


def fire(desk: Desk) -> str:
    with desk.act() as act:
        due = desk.now().replace(hour=3)
        return intake.take(
            act,
            channel="phone",
            kind=intake.EMERGENCY,
            what="起火",
            emergency="fire",
            place="3栋",
            unit_id=unit(desk),
            promised_at=due,
            caller_number="13900001111",
        ).record


def move_on(desk: Desk, system: str, number: str) -> None:
    """Another desk does the next thing to a record, so that it may leave a filtered list."""
    with desk.read() as session:
        state = passes.get(session, number).state if system == "passes" else ""
    if state == "issued":
        with desk.act(operator="finance") as act:
            passes.sign_fees(act, number=number)
    elif state in ("signed", "hold"):
        with desk.act() as act:
            passes.void(act, number=number, reason="误", slip="destroyed")


def highlighted(app: DeskApp) -> str:
    """The number on the line that the screen shows as chosen, or ""."""
    room = app.screen
    assert isinstance(room, Register)
    look = room.lines.style_of("lines--cursor").bgcolor
    shown = ""
    for y in range(1, room.lines.size.height):
        strip = room.lines.render_line(y)
        if any(segment.style is not None and segment.style.bgcolor == look for segment in strip):
            shown += strip.text
    found = NUMBER.findall(shown)
    return found[0] if found else ""


def newest(desk: Desk) -> tuple[int, str]:
    with desk.read() as session:
        entry = journal.last_entry(session)
    assert entry is not None
    return entry.number, entry.record


async def told(pilot: Keys, app: DeskApp) -> None:
    """Let this desk notice what the other one did."""
    app._poll()
    await app.keys.handled()


@pytest.mark.parametrize(("system", "seed"), [*((system, 1) for system in ROOMS), ("passes", 2), ("passes", 3)])
async def test_an_act_is_about_the_record_that_stood_on_the_screen(
    desk: Desk, clock: Clock, system: str, seed: int
) -> None:
    chance = random.Random(f"{system}{seed}")
    other = other_desk(desk)
    made = [make(other, system) for _ in range(3)]
    app = run(desk, clock)
    key, acts = ROOMS[system]
    async with app.run_test(size=(120, 30)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, key)
        for _step in range(24):
            step = chance.random()
            if step < 0.2:
                made.append(make(other, system))
                await told(pilot, app)
            elif step < 0.35 and system == "passes":
                move_on(other, system, chance.choice(made))
                await told(pilot, app)
            elif step < 0.45 and system == "passes":
                await send(app, "s")
            elif step < 0.7:
                await send(app, chance.choice(["down", "up", "down", "end", "home"]))
            else:
                await act_once(pilot, app, other, system, chance.choice(acts), made, chance)
            await app.keys.handled()


async def act_once(
    pilot: Keys, app: DeskApp, other: Desk, system: str, key: str, made: list[str], chance: random.Random
) -> None:
    number, before = highlighted(app), newest(other)[0]
    await send(app, key)
    if isinstance(app.screen, FormDialog):
        asked = str(app.screen.query_one("#title", Static).render())
        about = str(app.screen.query_one("#about", Static).render()) if app.screen.about else ""
        assert number, asked
        assert number in asked + about, (asked, about)
        if chance.random() < 0.5:
            made.append(make(other, system))
            before = newest(other)[0]
            await told(pilot, app)
        await send(app, "enter" if app.screen.form.can_focus else "escape")
        if isinstance(app.screen, FormDialog):
            await send(app, "escape")
    after, record = newest(other)
    if after > before:
        assert record == number


async def test_a_pass_just_issued_is_the_one_that_is_signed_and_sealed(desk: Desk, clock: Clock) -> None:
    older = issue(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4")
        await pilot.press("n")
        await app.keys.handled()
        await type_in(pilot, "sxy")
        await pilot.press("enter", "enter", "enter", "enter", "1", "enter")
        await type_in(pilot, "sofa 2")
        await pilot.press("tab", "2", "enter")
        await type_in(pilot, "shop")
        await pilot.press("enter", "enter")
        await type_in(pilot, "110101199001010015")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, PassRoom))
        await app.keys.handled()
        assert app.screen.chosen != older
        assert highlighted(app) == app.screen.chosen
        await pilot.press("v")
        await app.keys.handled()
        assert "3-2-1502" in text_of(app)
        assert older not in str(app.screen.query_one("#about", Static).render())


async def test_a_new_emergency_opens_with_its_own_list_also_in_its_own_room(desk: Desk, clock: Clock) -> None:
    older = fire(other_desk(desk))
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f10")
        await app.keys.handled()
        await pilot.press("ctrl+e", "2", "enter")
        await type_in(pilot, "lift")
        await pilot.press("enter")
        await type_in(pilot, "stuck")
        await pilot.press("enter")
        await type_in(pilot, "sxy")
        await pilot.press("enter", "enter")
        await type_in(pilot, "139")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, EmergencyRoom))
        await app.keys.handled()
        assert highlighted(app) not in ("", older)


async def test_what_intake_made_is_what_its_register_chooses(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f6")
        await app.keys.handled()
        await pilot.press("f2")
        await type_in(pilot, "sxy")
        await pilot.press("enter", "enter")
        await type_in(pilot, "139")
        await pilot.press("enter", "3", "enter", "1", "enter")
        await type_in(pilot, "noise")
        await pilot.press("enter")
        await app.keys.handled()
        await pilot.press("f6")
        await app.keys.handled()
        with desk.read() as session:
            assert session.get_one(Complaint, highlighted(app)).what == "noise"


async def test_a_record_that_left_the_list_leaves_nothing_chosen(desk: Desk, clock: Clock) -> None:
    numbers = [issue(desk) for _ in range(3)]
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "finance")
        await app.keys.handled()
        # What came first is to be signed first.
        assert highlighted(app) == numbers[0]
        await pilot.press("up")
        assert highlighted(app) == numbers[1]
        move_on(other_desk(desk), "passes", numbers[1])
        await told(pilot, app)
        assert highlighted(app) == ""
        before = newest(desk)
        await pilot.press("w", "enter")
        await app.keys.handled()
        assert newest(desk) == before
        await pilot.press("down")
        assert highlighted(app) == numbers[0]


async def test_finance_is_told_of_arrears_and_asked_whose_pass_it_signs(desk: Desk, clock: Clock) -> None:
    number = issue(desk)
    with desk.act(operator="finance") as act:
        passes.record_arrears(act, unit_id=unit(desk), fee="property", fen=12050)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "finance")
        await app.keys.handled()
        assert "120.50" in text_of(app)
        await pilot.press("w")
        await app.keys.handled()
        assert "owes ¥120.50" in text_of(app) or "owes 120.50" in text_of(app)
        assert not app.screen.is_modal
        with desk.act(operator="finance") as act:
            passes.record_arrears(act, unit_id=unit(desk), fee="property", fen=0)
        app.screen.reload()
        await pilot.press("w")
        await app.keys.handled()
        said = str(app.screen.query_one("#about", Static).render())
        assert number in said
        assert "3-2-1502" in said
        assert "owes nothing" in text_of(app)
        await pilot.press("escape")
        await app.keys.handled()
        with desk.read() as session:
            assert passes.get(session, number).fees_at is None


@pytest.mark.parametrize(("key", "make_one", "said"), [("b", "signed", "Seal"), ("l", "due", "lower part")])
async def test_what_cannot_be_taken_back_asks_and_names_room_and_goods(
    desk: Desk, clock: Clock, key: str, make_one: str, said: str
) -> None:
    number = issue(desk) if make_one == "signed" else sealed(desk)
    with desk.act(operator="finance" if make_one == "signed" else "front") as act:
        if make_one == "signed":
            passes.sign_fees(act, number=number)
        else:
            passes.void(act, number=number, reason="误", slip="due")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4", key)
        await app.keys.handled()
        shown = text_of(app)
        assert said in shown
        assert f"{number} · 3-2-1502 单小云" in shown
        assert "沙发 2" in shown


async def test_an_opened_record_is_the_one_its_keys_act_on(desk: Desk, clock: Clock) -> None:
    issue(desk)
    second = issue(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4", "home", "enter")
        await app.keys.handled()
        issue(other_desk(desk))
        await told(pilot, app)
        await pilot.press("v")
        await app.keys.handled()
        assert second in str(app.screen.query_one("#title", Static).render())


async def test_an_empty_list_that_fills_by_itself_chooses_nothing(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4")
        await app.keys.handled()
        issue(other_desk(desk))
        await told(pilot, app)
        assert highlighted(app) == ""
        await pilot.press("down")
        assert highlighted(app) != ""


async def test_a_long_list_of_goods_does_not_push_the_arrears_out_of_the_question(desk: Desk, clock: Clock) -> None:
    issue(desk, items=passes.parse_items("\n".join(f"box {letter} 1" for letter in "abcdefghijklmnopqrstuvwx")))
    app = run(desk, clock)
    async with app.run_test(size=(60, 20)) as pilot:
        await sign_in(pilot, "finance")
        await pilot.press("w")
        await app.keys.handled()
        await pilot.pause()
        assert "owes nothing" in text_of(app)
        assert "and 20 more" in text_of(app)
