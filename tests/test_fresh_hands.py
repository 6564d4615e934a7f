"""What somebody who had never seen the program stumbled over."""

import re

from desk import complaints, repairs
from desk.act import Desk
from screens.archive import HomeInArchive
from screens.base import FormDialog
from screens.record_dialog import RecordDialog
from tests.conftest import Clock
from tests.helpers import do, planned, sealed, take
from tests.test_screens import run, send, sign_in, text_of, until


async def test_the_arrow_leads_to_the_goods_of_every_pass_and_not_only_of_the_first(desk: Desk, clock: Clock) -> None:
    numbers = [sealed(desk), sealed(desk)]
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "guard")
        for number in numbers:
            await send(app, "escape", number, "enter", "down")
            assert app.screen.goods.chosen == 1, number


async def test_a_promise_of_the_queue_leads_to_its_own_step(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f3", "enter")
        assert isinstance(app.screen, RecordDialog)
        assert "Opinion" in text_of(app), "the next steps stand at the foot"
        await send(app, "o")
        assert isinstance(app.screen, FormDialog)
        assert record in app.screen.about


async def test_the_home_of_a_promise_is_the_one_in_question_and_without_one_no_other_is(
    desk: Desk, clock: Clock
) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f3", "ctrl+k")
        assert isinstance(app.screen, HomeInArchive)
        assert app.screen.label == "3-2-1502"
        await send(app, "escape", "f2", "ctrl+k")
        assert not isinstance(app.screen, HomeInArchive)
        assert "No home is in question here" in text_of(app)


async def test_what_was_said_to_one_caller_ends_with_the_next(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.screen._said = ["Saved: TS26-000001-5."]
        app.screen.refresh_data()
        assert "TS26-000001-5" in text_of(app)
        await send(app, "单云青", "enter")
        assert "TS26-000001-5" not in text_of(app)


async def test_a_search_begins_empty_and_says_that_nothing_was_found(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("archive")
        await pilot.pause()
        await send(app, "slash", "5-1-101", "enter")
        assert list(app.screen.rows) == ["5-1-101"]
        await send(app, "slash", "9-9-909", "enter")
        assert list(app.screen.rows) == []
        assert "Nothing of that was found" in text_of(app)


async def test_whoever_signs_says_whose_code_it_is(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f6", "home", "o", "同意", "f9")
        assert "Whose code?" in text_of(app)


async def test_a_message_ends_with_what_it_was_about(desk: Desk, clock: Clock) -> None:
    one, two = sealed(desk), sealed(desk)
    app = run(desk, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await sign_in(pilot, "guard")
        await send(app, one, "enter", "f9", "f9")
        assert "let out" in app.notices.shown.text
        await send(app, two, "enter")
        assert app.notices.shown is None
        assert any("let out" in notice.text for notice in app.notices.kept), "F11 still lists it"


async def test_everything_that_a_pass_needs_is_said_at_once(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f4", "n", "f9")
        form = app.screen.form
        wrong = [name for name in form.asked() if form.query_one(f"#wrong-{name}").display]
        assert wrong == ["items", "reason", "destination", "mover"]
        assert app.focused is form.widget("items")


async def test_outside_its_hours_a_pass_is_signed_by_a_supervisor_in_the_same_dialog(desk: Desk, clock: Clock) -> None:
    clock.forward(hours=13)
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "f4", "n", "3-2-1502", "enter")
        dialog = app.screen
        dialog.form.fill(
            {
                "id_seen": "yes",
                "items": "沙发 1",
                "reason": "repair",
                "destination": "维修店",
                "mover": "单小云",
                "mover_id": "110101199001010015",
            }
        )
        await send(app, "f9")
        assert app.screen is dialog
        assert "code" in dialog.form.asked()
        assert "supervisor" in text_of(app)


async def test_a_narrow_status_line_says_what_counts_whole(desk: Desk, clock: Clock) -> None:
    for _again in range(3):
        take(desk)
    clock.forward(hours=24 * 12 + 13)
    app = run(desk, clock)
    async with app.run_test(size=(60, 24)) as pilot:
        await sign_in(pilot, "lead")
        line = text_of(app).splitlines()[-1].rstrip()
        assert "overdue" in line
        assert len(line) <= 60
        assert not line.endswith("·")


async def test_the_palette_knows_the_steps_of_every_room(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"Void")
        await until(pilot, lambda: re.search(r"Void .* Passes +v", text_of(app)) is not None)


async def test_the_home_of_whatever_is_chosen_is_opened_from_lists_of_several_systems(desk: Desk, clock: Clock) -> None:
    planned(desk)
    do(desk, "front", repairs.order, take(desk, "repair", what="水龙头漏水").record)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        for room in ("visits", "board"):
            app.action_room(room)
            await pilot.pause()
            while not app.screen.chosen:
                await pilot.press("down")
            await send(app, "ctrl+k")
            assert isinstance(app.screen, HomeInArchive), room
            assert list(app.screen.rows) == ["3-2-1502"]
            await send(app, "escape")
