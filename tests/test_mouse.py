"""The mouse does what a hand would try: it chooses, opens, rolls, and says whole what is cut."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from desk.act import Desk
from screens.app import DeskApp
from screens.gate import GateRoom
from screens.intake import IntakeRoom
from screens.widgets.choice import Choice
from screens.widgets.finder import Finder
from screens.widgets.lines import LineList
from screens.widgets.page import Page
from tests.conftest import Clock
from tests.helpers import issue, sealed, take
from tests.test_screens import run, send, sign_in, text_of, type_in

LONG = "楼上漏水，天花板滴水已经两天，家里的地板和沙发都湿了，请尽快来看"


@asynccontextmanager
async def at_intake(desk: Desk, clock: Clock) -> AsyncIterator[tuple[DeskApp, Pilot[None], IntakeRoom]]:
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "front")
        room = app.screen
        assert isinstance(room, IntakeRoom)
        yield app, pilot, room


async def test_a_click_on_an_option_chooses_it_also_in_a_second_line(desk: Desk, clock: Clock) -> None:
    async with at_intake(desk, clock) as (app, pilot, room):
        kind = room.form.widget("kind")
        assert isinstance(kind, Choice)
        lines = kind._lines(kind.content_size.width)
        assert len(lines) > 1
        first, second = lines[0][0].cell_length, len(lines[0])
        for offset, place in (((1 + first + 2 + 1, 0), 1), ((2, 1), second)):
            await pilot.click(kind, offset=offset)
            await app.keys.handled()
            assert kind.value == kind.options[place][0]
        await pilot.click(kind, offset=(1 + first, 0))
        await app.keys.handled()
        # Between two options nothing is chosen.
        assert kind.value == kind.options[second][0]


async def test_a_click_on_somebody_found_takes_them(desk: Desk, clock: Clock) -> None:
    async with at_intake(desk, clock) as (app, pilot, room):
        await type_in(pilot, "3-2")
        who = room.form.widget("who")
        assert isinstance(who, Finder)
        wanted = who.results[1]
        await pilot.click(who, offset=(3, 2))
        await app.keys.handled()
        assert (who.key, who.value) == wanted


async def test_a_click_chooses_a_line_and_a_second_one_opens_it(desk: Desk, clock: Clock) -> None:
    first = issue(desk)
    issue(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f4")
        await pilot.click(LineList, offset=(5, 2))
        await app.keys.handled()
        assert app.screen.chosen == first
        await pilot.click(LineList, offset=(5, 2), times=2)
        await app.keys.handled()
        assert app.screen.reading


async def test_what_is_cut_below_the_mouse_is_said_whole_in_the_line_of_messages(desk: Desk, clock: Clock) -> None:
    take(desk, what=LONG)
    app = run(desk, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f6")
        flat = text_of(app).replace("\n", "").replace(" ", "")
        assert LONG not in flat.split("│")[0]
        await pilot.hover(LineList, offset=(5, 1))
        await app.keys.handled()
        assert app.notices.hovered.endswith(LONG)
        height = app.screen.lines.size.height
        assert "楼上漏水" in text_of(app).splitlines()[-3]
        await pilot.hover(LineList, offset=(5, 1))
        assert app.screen.lines.size.height == height
        app.action_room("passes")
        await app.keys.handled()
        assert app.notices.hovered == ""
        assert "楼上漏水" not in text_of(app).splitlines()[-3]
        await send(app, "f6")
        await pilot.hover(LineList, offset=(5, 1))
        await pilot.hover(LineList, offset=(5, 9))
        await app.keys.handled()
        assert app.notices.hovered == ""


async def test_a_cut_line_of_a_record_is_said_whole_and_nothing_else_is(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(100, 44)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f6")
        page = app.screen.record
        assert isinstance(page, Page)
        cut = next(y for y, line in enumerate(page.lines) if "…" in line.text.plain)
        await pilot.hover(page, offset=(4, cut))
        await app.keys.handled()
        assert "…" not in app.notices.hovered
        assert app.notices.hovered.startswith(page.lines[cut].text.plain.partition("…")[0].rstrip())
        await pilot.hover(page, offset=(4, 0))
        await app.keys.handled()
        assert app.notices.hovered == ""


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_click_on_goods_marks_their_line(desk: Desk, clock: Clock, size: tuple[int, int]) -> None:
    number = sealed(desk)
    app = run(desk, clock)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, "guard")
        await type_in(pilot, number[-5:-2])
        await pilot.press("enter")
        room = app.screen
        assert isinstance(room, GateRoom)
        await pilot.click(room.goods, offset=(4, 1))
        await app.keys.handled()
        assert room.goods.cursor == 0
        assert app.focused is room.goods
