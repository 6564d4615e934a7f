"""The first screen of each role says in its top lines what to do first."""

import pytest

from desk import operators, repairs
from desk.act import Desk
from desk.clocks import banding
from desk.ground.roles import home
from screens.first import FirstLine
from tests.conftest import SECRET, Clock
from tests.helpers import do, issue, sealed, take
from tests.test_screens import run, send, sign_in, text_of

SIZES = [(80, 24), (120, 36)]


async def top(desk: Desk, clock: Clock, who: str, size: tuple[int, int], lines: int = 3) -> str:
    app = run(desk, clock)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, who)
        await app.keys.handled()
        return "\n".join(text_of(app).splitlines()[:lines])


@pytest.mark.parametrize("size", SIZES)
async def test_an_engineer_reads_the_order_that_ends_first(desk: Desk, clock: Clock, size: tuple[int, int]) -> None:
    number = take(desk, "repair", what="水龙头漏水").record
    do(desk, "front", repairs.order, number)
    do(desk, "front", repairs.notify, number)
    said = await top(desk, clock, "engineer", size)
    assert "Do first" in said
    assert "BX1-5" in said
    assert "s  Order collected" in said
    assert ("1 for you" in said) == (size[0] > 100)


@pytest.mark.parametrize("size", SIZES)
async def test_finance_reads_which_pass_waits_longest_and_stands_on_it(
    desk: Desk, clock: Clock, size: tuple[int, int]
) -> None:
    first = issue(desk)
    clock.forward(minutes=5)
    issue(desk)
    app = run(desk, clock)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, "finance")
        await app.keys.handled()
        lines = text_of(app).splitlines()
        assert "Do first" in lines[1]
        assert "FX1-5" in lines[1]
        assert "w  Pass to be signed by finance" in lines[1]
        assert ("2 for you" in lines[1]) == (size[0] > 100)
        assert app.screen.chosen == first


@pytest.mark.parametrize("size", SIZES)
async def test_a_supervisor_reads_what_only_they_decide_and_how_the_day_goes(
    desk: Desk, clock: Clock, size: tuple[int, int]
) -> None:
    take(desk)
    said = await top(desk, clock, "project", size, 5)
    assert "◆ For you to decide 1" in said
    assert "Today: 1 taken; promises: 0 kept, 0 late" in said
    assert "to keep until 17:00" in said


@pytest.mark.parametrize("size", SIZES)
async def test_a_guard_reads_who_is_expected(desk: Desk, clock: Clock, size: tuple[int, int]) -> None:
    number = sealed(desk)
    said = await top(desk, clock, "guard", size, 5)
    assert "Expected today: 1" in said
    assert number in said


@pytest.mark.parametrize("size", SIZES)
async def test_an_administrator_reads_that_next_year_s_notice_is_missing(
    desk: Desk, clock: Clock, size: tuple[int, int]
) -> None:
    said = await top(desk, clock, "admin", size)
    assert "The holiday notice of 2027 is not there: h takes it in." in said


async def test_an_archivist_begins_in_the_archive_and_reads_how_much_is_missing(desk: Desk, clock: Clock) -> None:
    assert home("archivist") == "archive"
    with desk.act(operator="admin") as act:
        operators.add(act, code="archivist", name="档案员", roles="archivist", secret=SECRET)
    said = await top(desk, clock, "archivist", (80, 24))
    assert "something is missing: s shows them." in said


async def test_where_nothing_waits_that_is_said(desk: Desk, clock: Clock) -> None:
    said = await top(desk, clock, "engineer", (80, 24))
    assert "Do first" not in said
    assert "Nothing waits for you here." in said


async def test_a_click_on_what_comes_first_goes_there(desk: Desk, clock: Clock) -> None:
    first = issue(desk)
    clock.forward(minutes=5)
    issue(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "finance")
        await send(app, "home")
        assert app.screen.chosen != first
        await pilot.click(FirstLine)
        await app.keys.handled()
        assert app.screen.chosen == first


def test_what_is_late_for_days_comes_behind_what_can_still_be_kept(desk: Desk, clock: Clock) -> None:
    take(desk)
    clock.forward(days=40)
    new = take(desk).record
    with desk.look() as view:
        found = banding.first(view, ("complaints",))
    assert found.clock is not None
    assert (found.clock.record, found.count, found.late) == (new, 1, 1)
