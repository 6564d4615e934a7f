"""The rooms of contacts, emergencies, sheets and the wall, driven with the keys that people press."""

from datetime import timedelta
from pathlib import Path

import pytest

from desk import cases, emergencies
from desk.act import Desk
from desk.contacts import intake
from screens.base import FormDialog
from screens.emergencies import EmergencyRoom
from screens.intake import IntakeRoom
from screens.lock import Lock
from screens.queue import QueueRoom
from screens.wall import WallRoom
from screens.widgets import letters
from tests.conftest import Clock
from tests.helpers import take
from tests.test_screens import run, send, sign_in, text_of, type_in, until


def contacts(desk: Desk) -> list[str]:
    with desk.read() as session:
        return [contact.kind for contact in intake.page(session)]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_two_matters_of_one_call_are_saved_together_and_read_back(
    desk: Desk, clock: Clock, size: tuple[int, int]
) -> None:
    app = run(desk, clock)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "sxy")
        await pilot.press("enter", "enter")
        await type_in(pilot, "13900001111")
        await pilot.press("enter", "3", "enter", "1", "enter")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "must be filled in" in text_of(app))
        await type_in(pilot, "noise")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "Of this call so far" in text_of(app))
        assert isinstance(app.screen, IntakeRoom)
        assert app.screen.form.value("who").startswith("3-2-1502")
        assert contacts(desk) == []
        await pilot.press("4", "enter")
        await type_in(pilot, "tap")
        await pilot.press("enter")
        await until(pilot, lambda: "BX26-000001-5" in text_of(app))
        assert "We look" in text_of(app), "what to say to the caller"
    assert contacts(desk) == ["repair", "complaint"]


async def test_the_line_to_the_caller_names_each_matters_own_time(desk: Desk, clock: Clock) -> None:
    with desk.act() as act:
        taken = intake.take_call(
            act,
            channel="visit",
            stranger="甲",
            matters=[
                intake.Matter("complaint", "漏水"),
                intake.Matter("request", "借梯子", promised_at=clock.now + timedelta(hours=1)),
                intake.Matter("question", "几时停水", promised_at=clock.now + timedelta(hours=2)),
            ],
        )
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        room = app.screen
        assert isinstance(room, IntakeRoom)
        kinds = ("complaint", "request", "question")
        said = room._read_back([(kind, one.record or one.contact) for kind, one in zip(kinds, taken, strict=True)])
    assert "complaint 17:00，request 11:00，question 12:00" in said[-1]


async def test_a_call_half_taken_survives_a_closed_terminal(desk: Desk, clock: Clock) -> None:
    from desk import drafts

    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "sxy")
        await pilot.press("enter", "1", "enter", "4", "enter")
        await type_in(pilot, "tap")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "matters" in drafts.load(desk.store, "front", "intake"))
    again = run(desk, clock)
    async with again.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await until(pilot, lambda: "Of this call so far" in text_of(again))
        await pilot.press("f9")
        await until(pilot, lambda: bool(contacts(desk)))


async def test_an_emergency_is_taken_from_any_room_and_shows_whom_to_tell(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "half typed")
        await pilot.press("ctrl+e")
        await pilot.pause()
        await pilot.press("ctrl+e")
        assert sum(isinstance(screen, FormDialog) for screen in app.screen_stack) == 1
        await pilot.press("2", "enter")
        await type_in(pilot, "lift 5")
        await pilot.press("enter")
        await type_in(pilot, "two inside")
        await pilot.press("enter")
        await type_in(pilot, "Bob")
        await pilot.press("enter", "enter")
        await type_in(pilot, "000")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, EmergencyRoom) and "电梯维保单位" in text_of(app))
        await until(pilot, lambda: "‼ EMERGENCY YJ26-000001-5 awaits a leader, 0m" in text_of(app))
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("f9")
        await until(pilot, lambda: "✓ 1 电梯维保单位" in text_of(app))
        await pilot.press("f2")
        await pilot.pause()
        assert app.screen.form.value("who") == "half typed"  # type: ignore[attr-defined]


async def test_the_next_reply_of_an_emergency_stays_within_hours_on_its_screen_too(desk: Desk, clock: Clock) -> None:
    soon = clock.now + timedelta(minutes=20)
    take(desk, "emergency", emergency="fire", place="3", promised_at=soon)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("p")
        await pilot.pause()
        await type_in(pilot, "+30h")
        await pilot.press("tab")
        await type_in(pilot, "later")
        await pilot.press("f9")
        await until(pilot, lambda: "never waits for the next day" in text_of(app))


async def test_the_wall_names_nobody_and_any_key_locks_the_desk(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        assert "单小云" in text_of(app)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, WallRoom))
        await pilot.pause()
        assert "TS26-000001-5" in text_of(app)
        assert "单小云" not in text_of(app)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Lock))


async def test_the_wall_has_large_numbers_twelve_lines_and_turns_its_pages_by_itself(desk: Desk, clock: Clock) -> None:
    records = [take(desk).record for _again in range(14)]
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "w")
        await until(pilot, lambda: isinstance(app.screen, WallRoom))
        seen = [number for number in records if number in text_of(app)]
        assert len(seen) == 12
        assert "1/2" in text_of(app)
        assert all(row.rstrip() in text_of(app) for row in letters.number("14"))
        for _second in range(10):
            app.screen.second()
        await pilot.pause()
        assert "2/2" in text_of(app)
        assert {number for number in records if number in text_of(app)} == set(records) - set(seen)


async def test_the_wall_shows_a_home_of_the_archive_and_no_number_that_stands_in_its_place(
    desk: Desk, clock: Clock
) -> None:
    take(desk)
    take(desk, "repair", unit_id=None, person_id=None, stranger="13955556666")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "w")
        await until(pilot, lambda: isinstance(app.screen, WallRoom))
        assert "3-2-1502" in text_of(app)
        assert "BX26-000001-5" in text_of(app)
        assert "139" not in text_of(app)


async def test_what_falls_due_is_told_at_once_to_the_role_it_concerns(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await sign_in(pilot, "lead")
        assert isinstance(app.screen, QueueRoom)
        clock.forward(minutes=10)
        await until(pilot, lambda: f"{record} · reported upwards" in text_of(app))


async def test_the_top_of_the_queue_is_what_only_this_post_can_decide(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "project")
        lines = text_of(app).split("\n")
        assert "◆ 1" in lines[0]
        assert "Today: 1 taken; promises: 0 kept, 0 late" in lines[1]
        assert "◆ For you to decide 1" in lines[3]
        assert "Nature and grade" in lines[4]


async def test_sheets_go_back_and_forth_and_are_saved(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    take(desk, category="noise")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: "Day sheet 2026-11-24" in text_of(app))
        await pilot.press("w")
        await until(pilot, lambda: "Week sheet 2026-11-23" in text_of(app))
        await pilot.press("left")
        await until(pilot, lambda: "Week sheet 2026-11-16" in text_of(app))
        for key, name in (("p", "a.pdf"), ("x", "a.xlsx")):
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, FormDialog))
            app.screen.form.put({"file": str(tmp_path / name)})  # type: ignore[attr-defined]
            await pilot.press("f9")
            await until(pilot, lambda n=name: (tmp_path / n).exists())  # type: ignore[misc]
            await until(pilot, lambda: not isinstance(app.screen, FormDialog))


async def test_a_question_that_waited_is_answered_in_the_register_of_contacts(desk: Desk, clock: Clock) -> None:
    number = take(desk, "question", promised_at=clock.now + timedelta(hours=1)).contact
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("ctrl+r")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await type_in(pilot, "yes it is")
        await pilot.press("f9")

        def answered() -> bool:
            with desk.read() as session:
                return intake.get(session, number).answer == "yes it is"

        await until(pilot, answered)


async def test_a_record_is_looked_at_on_paper_before_it_is_printed(desk: Desk, clock: Clock) -> None:
    record = take(desk, what="[b]leak").record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f6")
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("4", "enter", "1", "f9")
        await until(pilot, lambda: "客户投诉、意见记录表" in text_of(app) and "[b]leak" in text_of(app))
    with desk.read() as session:
        assert cases.get(session, "complaints", record).state == "open"


@pytest.mark.clause("INT-13")
async def test_goods_that_go_out_lead_from_the_call_straight_into_a_pass(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await type_in(pilot, "sxy")
        await pilot.press("enter", "1", "enter", "5", "enter")
        await type_in(pilot, "sofa")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        assert app.screen.form.value("room").startswith("3-2-1502")  # type: ignore[attr-defined]
    assert contacts(desk) == ["pass"]


async def test_a_key_that_leads_elsewhere_says_that_a_form_is_left_first(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f6")
        await pilot.pause()
        await send(app, "home", "t")
        form = app.screen
        for key in ("ctrl+o", "f4", "ctrl+g"):
            app.hush()
            await send(app, key)
            assert app.screen is form
            assert "Esc leaves this form first" in text_of(app)


def trapped(desk: Desk, clock: Clock, place: str = "5号梯") -> str:
    """Somebody is stuck in a lift, and no leader knows yet."""
    soon = clock.now + timedelta(hours=1)
    return take(desk, "emergency", emergency="lift", place=place, promised_at=soon).record


async def test_the_wall_says_that_an_emergency_waits_and_not_whose_it_is(desk: Desk, clock: Clock) -> None:
    record = trapped(desk, clock)
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3")
        await until(pilot, lambda: f"‼ EMERGENCY {record} unconfirmed for 0m" in text_of(app).splitlines()[0])
        assert "3-2-1502 单" in text_of(app).splitlines()[0]
        await pilot.press("w")
        await until(pilot, lambda: f"‼ EMERGENCY {record}" in text_of(app).splitlines()[0])
        assert "单小云" not in text_of(app)
        clock.forward(hours=1, minutes=12)
        app.screen.second()
        await until(pilot, lambda: "unconfirmed for 1h 12m" in text_of(app))


async def test_a_heard_emergency_leaves_the_first_row_at_once(desk: Desk, clock: Clock) -> None:
    record = trapped(desk, clock)
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3")
        await until(pilot, lambda: record in text_of(app).splitlines()[0])
        with desk.act(operator="lead") as act:
            emergencies.acknowledge(act, number=record)
        app.changed()
        app.screen.second()
        await until(pilot, lambda: "EMERGENCY" not in text_of(app))


async def test_more_emergencies_and_the_key_are_said_where_there_is_little_room(desk: Desk, clock: Clock) -> None:
    for _time in range(3):
        trapped(desk, clock, "很长的地方名称" * 6)
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3")
        await until(pilot, lambda: "EMERGENCY" in text_of(app).splitlines()[0])
        assert text_of(app).splitlines()[0].rstrip().endswith("and 2 more   F10 confirms it")
