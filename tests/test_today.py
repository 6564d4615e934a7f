"""What a receptionist who sits down sees first: how the day has gone, and whom they owe what by when."""

from datetime import timedelta

import pytest

from desk.act import Desk
from desk.clocks import banding
from screens.today import today_parts
from tests.conftest import Clock
from tests.helpers import take
from tests.test_screens import run, send, sign_in, text_of, until


def said(desk: Desk) -> list[str]:
    return [part.plain for part in today_parts(desk)]


def test_what_this_post_promised_for_today_stands_in_order_with_whom_it_is_about(desk: Desk, clock: Clock) -> None:
    assert said(desk)[:2] == ["Today  0 taken; promises: 0 kept, 0 late", "You owe nothing of today."]
    take(desk, "question", what="门禁卡", answer="", promised_at=clock.now + timedelta(hours=3))
    take(desk, "question", what="停车", answer="", promised_at=clock.now + timedelta(hours=2))
    lines = said(desk)
    assert lines[0] == "Today  2 taken; promises: 0 kept, 0 late"
    assert lines[1] == "You owe 2 of today"
    assert [line.split("\t")[-1] for line in lines[2:6:2]] == ["12:00", "13:00"]
    assert "停车" in lines[3]
    assert "门禁卡" in lines[5]


def test_what_waits_for_another_post_or_another_day_is_not_owed_here(desk: Desk, clock: Clock) -> None:
    take(desk, "question", what="停车", answer="", promised_at=clock.now + timedelta(hours=2))
    clock.forward(hours=3)
    assert said(desk)[1] == "You owe 1 of today"
    with desk.look() as view:
        assert banding.owed(view, ["engineer"], 8) == ([], 0)
    clock.forward(days=2)
    assert said(desk)[1] == "You owe nothing of today."


def test_only_some_are_read_and_all_records_counted(desk: Desk, clock: Clock) -> None:
    for number in range(12):
        take(desk, "question", what=f"停车{number}", answer="", promised_at=clock.now + timedelta(minutes=30 + number))
    with desk.look() as view:
        found, count = banding.owed(view, ["receptionist"], 8)
    assert (len(found), count) == (8, 12)
    assert [clock.due_at for clock in found] == sorted(clock.due_at for clock in found)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_it_stands_beside_an_empty_form_and_gives_way_to_the_household(
    desk: Desk, clock: Clock, size: tuple[int, int]
) -> None:
    take(desk, "question", what="停车", answer="", promised_at=clock.now + timedelta(hours=2))
    app = run(desk, clock)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, "front")
        await until(pilot, lambda: "You owe 1 of today" in text_of(app))
        assert "12:00" in text_of(app)
        await send(app, *"sxy", "enter")
        await until(pilot, lambda: "You owe 1 of today" not in text_of(app))
