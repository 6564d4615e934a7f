"""A key costs what it changes, what nobody sees costs nothing, and what another desk did is seen at once."""

import sqlite3
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from textual._compositor import Compositor

from data.problems import StoreBusy
from data.store.engine import SETTINGS
from data.store.opening import open_store
from data.store.store import Store
from desk import reports
from desk.act import Desk
from desk.paper.document import Document
from screens.app import DeskApp
from screens.base import FormDialog
from screens.record_dialog import RecordDialog
from screens.reports import ReportRoom
from screens.widgets.bars import StatusLine
from screens.widgets.lines import LineList
from tests.conftest import Clock
from tests.helpers import take
from tests.test_screens import Keys, run, send, sign_in, text_of, type_in, until


def second(store: Store, clock: Clock) -> Desk:
    """Another desk on the same store."""
    desk = Desk(store, clock, "desk-2")
    desk.operator = "front"
    return desk


def taken_elsewhere(store: Store, clock: Clock) -> str:
    """A complaint that another desk took, through a store of its own."""
    other = open_store(store.path)
    record = take(second(other, clock)).record
    other.close()
    return record


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows of lists that are drawn."""
    rows: list[int] = []
    really = LineList.render_line

    def render_line(self: LineList, y: int) -> object:
        rows.append(y)
        return really(self, y)

    monkeypatch.setattr(LineList, "render_line", render_line)
    return rows


@pytest.mark.parametrize("room", ["f3", "f6"])
async def test_an_arrow_draws_the_line_that_was_chosen_and_the_one_that_is(
    desk: Desk, clock: Clock, drawn: list[int], room: str
) -> None:
    for _time in range(6):
        take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press(room, "down")
        await pilot.pause()
        drawn.clear()
        await pilot.press("down")
        await pilot.pause()
        # In the queue the heading of the band stands above.
        first = 3 if room == "f3" else 2
        assert sorted(drawn) == [first, first + 1]


async def test_a_tick_draws_only_the_lines_whose_countdown_says_something_else(
    desk: Desk, clock: Clock, drawn: list[int]
) -> None:
    for _time in range(4):
        take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3")
        await pilot.pause()
        app.screen.tick()
        await pilot.pause()
        drawn.clear()
        app.screen.tick()
        await pilot.pause()
        assert drawn == []
        clock.forward(seconds=1)
        app.screen.tick()
        await pilot.pause()
        assert drawn


async def test_what_lies_below_a_dialog_is_not_drawn_and_is_new_again_once_it_is_seen(
    desk: Desk, clock: Clock, store: Store, drawn: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk)
    said: list[str] = []
    really = StatusLine.render
    monkeypatch.setattr(StatusLine, "render", lambda self: said.append("") or really(self))
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3", "c")
        await pilot.pause()
        drawn.clear()
        said.clear()
        clock.forward(minutes=1)
        for line in app.screen_stack[-2].query(StatusLine):
            shown = line.shown
            line.update()
            assert line.shown == shown
        app.screen_stack[-2].tick()
        record = take(second(store, clock)).record
        await until(pilot, lambda: app.newest > 0 and app.version == app.desk.store.data_version())
        assert drawn == said == []
        await pilot.press("escape")
        await pilot.pause()
        assert record in text_of(app)


async def test_what_another_desk_did_is_seen_without_waiting_for_the_next_look(
    desk: Desk, clock: Clock, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.app.POLL", 1000.0)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f6")
        await pilot.pause()
        record = taken_elsewhere(store, clock)
        await until(pilot, lambda: record in text_of(app))


async def test_a_room_that_comes_back_is_read_again_only_when_something_was_written(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk)
    read: list[str] = []
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f6", "f3")
        await pilot.pause()
        room = app.rooms["complaints"]
        really = room.page
        monkeypatch.setattr(room, "page", lambda *asked: read.append("") or really(*asked))
        await pilot.press("f6", "f3", "f6", "f3")
        await pilot.pause()
        assert read == []
        record = take(desk).record
        await pilot.press("f6")
        await pilot.pause()
        assert read
        assert record in text_of(app)


async def test_the_record_follows_when_the_keys_rest_and_acts_are_about_the_chosen_one_before(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = take(desk).record, take(desk).record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f6")
        await pilot.pause()
        monkeypatch.setattr("screens.base.RESTS", 0.3)
        shown = str(app.screen.record.content)
        await send(app, "down")
        assert app.screen.chosen == first
        assert str(app.screen.record.content) == shown
        assert second in shown
        await send(app, "enter")
        assert first in text_of(app)
        await send(app, "escape")
        await until(pilot, lambda: first in str(app.screen.record.content))


@pytest.mark.parametrize("room", ["f3", "f6"])
async def test_enter_right_after_the_words_means_what_they_find(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    wanted = take(desk, what="电梯异响").record
    take(desk, what="楼道积水")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press(room)
        await pilot.pause()
        monkeypatch.setattr("screens.base.RESTS", 30.0)
        await send(app, "slash", wanted, "enter", "enter")
        if room == "f3":
            assert isinstance(app.screen, RecordDialog)
            assert app.screen.record == wanted
        else:
            assert app.screen.reading
            assert app.screen.chosen == wanted


@pytest.fixture
def held_back(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Sheets whose rest is read only once this is set."""
    go_on, really = Event(), reports.growing

    def slowly(asked: Desk, span: reports.Period) -> Iterator[Document]:
        parts = really(asked, span)
        yield next(parts)
        go_on.wait(30)
        yield from parts

    monkeypatch.setattr("screens.reports.reports.growing", slowly)
    return go_on


async def sheets(pilot: Keys, app: DeskApp) -> ReportRoom:
    """The room of sheets, with the top of one shown."""
    await sign_in(pilot, "lead")
    app.action_room("reports")
    room = app.rooms["reports"]
    assert isinstance(room, ReportRoom)
    await until(pilot, lambda: room.shown is not None)
    return room


async def test_a_sheet_that_is_read_when_its_reader_signs_out_is_shown_to_nobody(
    desk: Desk, clock: Clock, held_back: Event
) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        room = await sheets(pilot, app)
        app.sign_out()
        await pilot.pause()
        held_back.set()
        await until(pilot, lambda: not room.reading)
        assert room.document is None


async def test_a_sheet_shows_its_top_before_the_rest_is_read(desk: Desk, clock: Clock, held_back: Event) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        room = await sheets(pilot, app)
        assert "promises kept in time" in text_of(app)
        assert "Contacts by kind" not in text_of(app)
        assert room.document is None
        await type_in(pilot, "w")
        assert room.span is not None
        assert room.span.kind == "week"
        held_back.set()
        await until(pilot, lambda: room.document is not None and "Day by day" in text_of(app))


async def test_no_key_waits_for_a_sheet(desk: Desk, clock: Clock, held_back: Event) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        room = await sheets(pilot, app)
        await send(app, *["down"] * 40)
        top = room.line
        await send(app, "p")
        assert "still being read" in text_of(app)
        assert app.screen is room
        await send(app, "ctrl+e")
        assert app.screen is not room
        await send(app, "escape")
        held_back.set()
        await until(pilot, lambda: room.document is not None and not room.reading)
        await until(pilot, lambda: room.line > top)
        await until(pilot, lambda: isinstance(app.screen, FormDialog))


async def test_a_dialog_whose_fields_are_gone_bears_a_last_word_about_its_size(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sheets(pilot, app)
        await pilot.press("ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        dialog = app.screen
        assert isinstance(dialog, FormDialog)
        await dialog.form.remove_children()
        dialog.on_resize()


async def test_a_file_that_is_asked_for_of_a_sheet_still_read_interrupts_nobody_who_has_gone_on(
    desk: Desk, clock: Clock, held_back: Event
) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        room = await sheets(pilot, app)
        await send(app, "x", "f3")
        held_back.set()
        await until(pilot, lambda: not room.reading)
        await pilot.pause(0.1)
        assert app.screen is app.rooms["queue"]


async def test_a_room_that_comes_back_is_painted_in_the_theme_in_force(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f6")
        await pilot.pause()
        dark = app.screen.query_one("#body").background_colors
        await pilot.press("ctrl+t", "f3", "ctrl+t", "ctrl+t", "ctrl+t", "f6")
        await pilot.pause()
        assert app.screen.query_one("#body").background_colors == dark


async def test_what_could_not_be_read_once_is_read_again_when_the_room_comes_back(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch, faults: list[Exception]
) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f6", "f3")
        await pilot.pause()
        room = app.rooms["complaints"]
        really, record = room.page, take(desk).record

        def once(*asked: object) -> object:
            monkeypatch.setattr(room, "page", really)
            raise OSError

        monkeypatch.setattr(room, "page", once)
        await pilot.press("f6", "f3", "f6")
        await pilot.pause()
        assert record in text_of(app)
        faults.clear()


async def test_a_dialog_that_closes_paints_the_room_below_once(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk)
    painted: list[object] = []
    really = Compositor.render_full_update

    def full(self: Compositor, **said: Any) -> Any:
        painted.append(said)
        return really(self, **said)

    monkeypatch.setattr(Compositor, "render_full_update", full)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3", "enter")
        await pilot.pause(0.3)
        assert isinstance(app.screen, RecordDialog)
        painted.clear()
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert len(painted) == 1


async def test_one_beat_moves_what_one_sees_and_nothing_else(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3", "f6")
        await pilot.pause()
        line = app.screen.query_one(StatusLine)
        before = line.shown
        clock.forward(hours=9)
        app._second()
        assert line.shown != before
        app.action_lock()
        await pilot.pause()
        stood = line.shown
        clock.forward(hours=9)
        app._second()
        assert line.shown == stood


async def test_a_store_that_is_held_for_a_while_ends_nothing_and_is_looked_at_again(
    desk: Desk, clock: Clock, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SETTINGS, "busy_timeout", ("20", 20))
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f6")
        await pilot.pause()
        record = taken_elsewhere(store, clock)
        writer = sqlite3.connect(store.path, isolation_level=None)
        writer.execute("PRAGMA busy_timeout=5000")
        writer.execute("BEGIN EXCLUSIVE")
        app._poll()
        app._poll()
        writer.close()
        await until(pilot, lambda: record in text_of(app))


def test_a_sheet_that_is_read_lets_other_desks_write_between_its_tables(desk: Desk, store: Store, clock: Clock) -> None:
    take(desk)
    span = reports.period(desk.calendar(), "month", desk.calendar().local(clock.now).date())
    other = second(open_store(store.path), clock)
    for _part in reports.growing(desk, span):
        assert take(other).record
    other.store.close()


def test_what_comes_in_while_a_sheet_is_read_is_on_none_of_its_tables(desk: Desk, store: Store, clock: Clock) -> None:
    take(desk)
    clock.forward(minutes=1)
    span = reports.period(desk.calendar(), "day", desk.calendar().local(clock.now).date())
    other, documents = second(open_store(store.path), clock), []
    for part in reports.growing(desk, span):
        documents.append(part)
        clock.forward(minutes=1)
        take(other), take(other, "request")
    other.store.close()
    rows = {str(row[0]): row[1] for table in documents[-1].tables for row in table.rows if len(row) > 1}
    assert (rows["new"], rows["complaint"]) == (1, 1)
    assert "request" not in rows


async def test_enter_behind_an_arrow_that_waits_opens_nothing_else(desk: Desk, clock: Clock, held_back: Event) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        room = await sheets(pilot, app)
        await send(app, *["down"] * 40, "enter")
        assert app.screen is room
        assert "Enter again" in text_of(app)
        held_back.set()


async def test_a_sheet_that_could_not_be_read_is_read_again(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk)
    really, looks_again = reports.growing, ReportRoom._again
    asked_again: list[bool] = []

    def once(asked: Desk, span: reports.Period) -> Iterator[Document]:
        parts = really(asked, span)
        yield next(parts)
        if not asked_again:
            raise StoreBusy("busy")
        yield from parts

    def again(room: ReportRoom) -> None:
        asked_again.append(True)
        looks_again(room)

    monkeypatch.setattr(ReportRoom, "_again", again)

    monkeypatch.setattr("screens.reports.reports.growing", once)
    monkeypatch.setattr("screens.reports.AGAIN", 0.01)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        app.action_room("reports")
        room = app.rooms["reports"]
        assert isinstance(room, ReportRoom)
        await until(pilot, lambda: room.document is not None)


async def test_below_a_dialog_everything_follows_a_new_size_and_another_language(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3", "ctrl+g")
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause(0.2)
        await pilot.press("escape")
        await pilot.pause()
        assert "nothing overdue" in text_of(app)
        await pilot.press("ctrl+g")
        await pilot.pause()
        await pilot.resize_terminal(120, 36)
        await pilot.pause(0.2)
        await pilot.press("escape")
        await pilot.pause()
        assert "nothing overdue" in text_of(app)


async def test_a_message_told_in_a_dialog_is_seen_when_it_closes(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3", "ctrl+g")
        await pilot.pause()
        app.notify("something was told", timeout=60)
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "something was told" in text_of(app)
