"""A record beside its list: read at one instant of the store, drawn by lines, and only where it says something else."""

from typing import Any

import pytest
from rich.cells import cell_len
from sqlmodel import select
from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection
from textual.widget import Widget

from data import words
from data.operators import Operator
from data.store.opening import open_store
from data.store.store import Store
from desk import mending, operators, passes
from desk.act import Desk
from screens.base import FormDialog
from screens.records import record_parts
from screens.widgets.page import Page
from tests.conftest import Clock
from tests.helpers import issue, take
from tests.test_quiet import taken_elsewhere
from tests.test_screens import run, send, sign_in, text_of, until


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What asked for the layout to be reckoned anew."""
    asked: list[str] = []
    really = Widget.refresh

    def refresh(self: Widget, *regions: Any, layout: bool = False, **others: bool) -> Any:
        if layout:
            asked.append(type(self).__name__)
        return really(self, *regions, layout=layout, **others)

    monkeypatch.setattr(Widget, "refresh", refresh)
    return asked


async def test_an_arrow_asks_for_no_layout_and_draws_of_the_record_only_what_differs(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch, laid_out: list[str]
) -> None:
    # Of two records one is longer than the room.
    take(desk, what="同样的事")
    long = take(desk, what="同样的事").record
    with desk.act() as act:
        mending.note(act, "complaints", number=long, text="\n".join(f"第{place}行" for place in range(40)))
    take(desk, what="同样的事")
    drawn: list[int] = []
    really = Page.render_line
    monkeypatch.setattr(Page, "render_line", lambda self, y: drawn.append(y) or really(self, y))
    app = run(desk, clock)
    async with app.run_test(size=(120, 44)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f6", "down", "up")
        await pilot.pause()
        laid_out.clear()
        await send(app, "down")
        await until(pilot, lambda: "more lines" in text_of(app))
        drawn.clear()
        await send(app, "down")
        await until(pilot, lambda: "more lines" not in text_of(app))
        assert laid_out == []
        # Whose it is, when it was received and by whom is the same of both.
        assert not {4, 5, 6} & set(drawn)
        assert 0 in drawn


async def test_a_record_longer_than_its_place_says_how_much_more_there_is_and_the_wheel_rolls_it(
    desk: Desk, clock: Clock
) -> None:
    take(desk, what="\n".join(f"第{place}行" for place in range(40)))
    app = run(desk, clock)
    async with app.run_test(size=(120, 24)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f6")
        page = app.screen.record
        left = len(page.lines) - page.size.height + 1
        assert f"▼ {left} more lines · Enter" in text_of(app)
        page.post_message(events.MouseScrollDown(page, 5, 5, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert f"▼ {left - 3} more lines · Enter" in text_of(app)
        assert "第0行" in page.content.plain


async def test_what_the_mouse_marks_in_a_record_is_copied_also_across_a_folded_line(desk: Desk, clock: Clock) -> None:
    record = take(desk, what="很长的事" * 30).record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f6")
        page = app.screen.record
        assert page.get_selection(SELECT_ALL)[0] == page.content.plain
        of = next(line.of for line in page.lines if "很长的事" in line.text.plain)
        assert page.get_selection(Selection(Offset(0, of), Offset(4, of)))[0] == "很长的事"
        # The second piece of a folded line knows from which letter on it is.
        pieces = [line for line in page.lines if line.of == of]
        assert len(pieces) > 1
        whole = "".join(line.text.plain for line in pieces)
        assert [whole[line.at :].startswith(line.text.plain) for line in pieces] == [True] * len(pieces)
        assert record in page.content.plain


def test_a_record_is_shown_as_it_stood_at_one_instant(
    desk: Desk, clock: Clock, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = take(desk).record
    asked: list[str] = []
    with desk.snapshot():
        with desk.read() as first:
            again = first.get_one(Operator, "lead")
        with desk.read() as second:
            assert second is first
            assert second.get_one(Operator, "lead") is again
        # Prepared questions are asked of the same state, through the same connection.
        assert desk.may("complaints.read")
        asked += [str(part) for part in record_parts(desk, "complaints", record)]
    assert record in "".join(asked)
    with desk.read() as other:
        assert other is not first


def test_a_snapshot_that_ends_in_a_fault_is_over(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), desk.snapshot(), desk.read() as first:
        _ = 1 // 0
    with desk.read() as second:
        assert second is not first


def test_names_and_calendar_are_kept_until_the_journal_grows_and_never_in_an_act(
    desk: Desk, clock: Clock, store: Store
) -> None:
    with desk.read() as session:
        assert operators.Posts(session)["lead"] == "Lead (supervisor)"
    with desk.read() as session:
        asked = _questions(session, lambda: operators.Posts(session))
        assert not any("FROM operator" in one for one in asked)
    other = open_store(store.path)
    elsewhere = Desk(other, clock, "desk-2")
    with elsewhere.act(operator="admin") as act:
        lead = act.session.exec(select(Operator).where(Operator.code == "lead")).one()
        lead.name = "Chen"
        act.session.add(lead)
        act.session.flush()
        act.record("operators.change", "lead", name="Chen")
        assert operators.Posts(act.session)["lead"].startswith("Chen")
    other.close()
    with desk.read() as session:
        assert operators.Posts(session)["lead"].startswith("Chen")
    with words.speaking("zh"), desk.read() as session:
        assert "Chen" in operators.Posts(session)["lead"]
        assert operators.Posts(session)["lead"] != "Chen (supervisor)"


def _questions(session: Any, work: Any) -> list[str]:
    """The questions that some work asks."""
    from sqlalchemy import event

    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return asked


async def test_what_another_desk_did_shows_in_the_record_that_one_reads(desk: Desk, clock: Clock, store: Store) -> None:
    record = take(desk).record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f6", "enter")
        assert app.screen.reading
        taken_elsewhere(store, clock)
        await until(pilot, lambda: len(app.screen.rows) == 2)
        assert app.screen.reading
        assert app.screen.chosen == record


@pytest.mark.parametrize("width", [100, 120, 160])
async def test_promises_stand_in_a_grid_that_never_wraps_with_when_at_the_right(
    desk: Desk, clock: Clock, width: int
) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(width, 44)) as pilot:
        await sign_in(pilot, "lead")
        await send(app, "f6")
        page = app.screen.record
        texts = [line.text.plain for line in page.lines]
        begin = texts.index("Promises") + 1
        rows = texts[begin : texts.index("", begin)]
        # What comes next stands in such a line, too, above.
        assert len(rows) + 1 == sum("\t" in part.plain for part in page.parts)
        room = page.scrollable_content_region.width
        assert all(cell_len(row) == room and row[-3] == ":" for row in rows)
        # The whole room has room for every name.
        await send(app, "enter")
        assert "Passed on to the department" in text_of(app)


async def test_a_grid_s_second_part_is_left_out_where_there_is_no_room_for_both(desk: Desk, clock: Clock) -> None:
    page = Page()
    app = run(desk, clock)
    async with app.run_test(size=(20, 10)) as pilot:
        await app.mount(page)
        await pilot.pause()
        page.show(Content("转交相关部门\t11-30 17:00"))
        assert [line.text.plain for line in page.lines] == ["转交相关部门"]


async def test_a_record_that_left_its_list_leaves_the_whole_room_too(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.base.RESTS", 0.05)
    first, second = issue(desk), issue(desk, items=passes.parse_items("电视 1"))
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "finance")
        await send(app, "f4", "home", "enter")
        assert app.screen.reading
        assert app.screen.chosen == second
        await send(app, "w")
        await send(app, "f9")
        await until(pilot, lambda: not isinstance(app.screen, FormDialog))
        await pilot.pause(0.2)
        assert not app.screen.reading
        assert second not in app.screen.rows
        assert first in app.screen.rows
