"""Every number of a sheet opens the records behind it, and counts exactly these."""

import random
from collections.abc import Generator, Iterator
from datetime import date, timedelta

import pytest

from desk import reports
from desk.act import Desk
from desk.clocks import clocks
from desk.ground import numbers
from desk.paper.document import Cell, Document, Table
from desk.reports import counted
from desk.reports.counted import Count
from tests.conftest import Clock
from tests.helpers import clock_of, close, grade, running, take, visit
from tests.test_repairs import finished
from tests.test_screens import run, sign_in, text_of, until


def lived(desk: Desk, clock: Clock) -> None:
    """A day with complaints, requests, repairs and visits, some late."""
    first, second = take(desk).record, take(desk, category="noise").record
    held = take(desk, "request").record
    rule = sorted(running(desk, held))[0]
    one = clock_of(desk, held, rule)
    with desk.act(operator="lead") as act:
        clocks.extend(act, clock_id=one.id or 0, until=one.due_at + timedelta(minutes=30), reason="等资料")
    grade(desk, first, "major")
    close(desk, second)
    visit(desk, second, "no")
    take(desk, "request")
    take(desk, "suggestion")
    take(desk, "question", answer="八点")
    finished(desk)
    clock.forward(hours=30)
    take(desk)


def sheet(desk: Desk, kind: str, day: date) -> list[Table]:
    return list(reports.document(desk, reports.period(desk.calendar(), kind, day)).tables)


def counts(tables: list[Table]) -> Iterator[tuple[str, tuple[Cell, ...], Count]]:
    for table in tables:
        for row in table.rows:
            for cell in row:
                if isinstance(cell, Count):
                    yield table.title, row, cell


@pytest.mark.clause("RPT-6")
@pytest.mark.parametrize("kind", ["day", "week", "month", "year"])
def test_a_number_is_as_large_as_the_list_of_records_behind_it(desk: Desk, clock: Clock, kind: str) -> None:
    lived(desk, clock)
    found = list(counts(sheet(desk, kind, date(2026, 11, 24))))
    assert len(found) > 20
    with desk.read() as session:
        for title, row, cell in found:
            assert len(cell.find(session)) == int(cell), (title, row)
            for record in cell.find(session):
                assert numbers.system_of(record) or record[0] in "MWYQH", record


def test_each_table_with_numbers_opens_something(desk: Desk, clock: Clock) -> None:
    lived(desk, clock)
    tables = {table.title: table for table in sheet(desk, "week", date(2026, 11, 24))}
    for title in ("Complaints", "By class", "Promises that fell due", "Repairs", "Return visits", "Missed"):
        assert any(counted.opens(row) for row in tables[title].rows), title


def test_a_closed_month_opens_what_still_says_the_same(desk: Desk, clock: Clock) -> None:
    lived(desk, clock)
    clock.forward(days=5)
    reports.open_periods(desk)
    with desk.act(operator="project") as act:
        reports.close_month(act, day=date(2026, 11, 24), opinion="已阅")
    found = list(counts(sheet(desk, "month", date(2026, 11, 24))))
    assert len(found) > 20


def test_a_count_is_a_number_like_any_other() -> None:
    chance = random.Random(1)
    records = [f"TS26-{chance.randrange(10**6):06d}-1" for _ in range(5)]
    one = Count.of(records)
    assert one == 5
    assert f"{one}" == "5"
    assert one + 1 == 6
    assert timedelta(days=one) == timedelta(days=5)


async def test_a_sheet_that_takes_long_is_read_again_for_changes_only_after_a_while(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, read, really = [100.0], [], reports.growing

    def slowly(desk: Desk, span: reports.Period) -> Generator[Document, None, None]:
        now[0] += 5
        read.append(span.kind)
        yield from really(desk, span)

    monkeypatch.setattr("screens.reports.monotonic", lambda: now[0])
    monkeypatch.setattr("screens.reports.reports.growing", slowly)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        app.action_room("reports")
        await until(pilot, lambda: app.screen.document is not None)
        before = len(read)
        for _time in range(3):
            now[0] += 1
            app.screen.refresh_data()
            await pilot.pause()
        assert len(read) == before
        assert app.screen.later
        # Far beyond what two readings at once may have cost.
        now[0] += 10_000
        app.screen.refresh_data()
        await until(pilot, lambda: len(read) > before)


async def test_a_line_of_the_sheet_is_chosen_and_its_record_opened_with_two_keys(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        app.action_room("reports")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Choose a line" in text_of(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert record in text_of(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert type(app.screen).__name__ == "RecordDialog"
        assert "3-2-1502" in text_of(app)
        await pilot.press("escape", "escape", "up", "end")
        await pilot.pause()
        assert type(app.screen).__name__ == "ReportRoom"


def test_a_repair_behind_a_count_says_whose_it_is(desk: Desk, clock: Clock) -> None:
    record = take(desk, "repair").record
    contact = take(desk, "question", answer="在").contact
    with desk.read() as session:
        assert counted.about(session, record) == "3-2-1502 单小云 楼上漏水"
        assert counted.about(session, contact) == "3-2-1502 单小云 楼上漏水"
        assert counted.about(session, "M2026-11") == ""


@pytest.mark.clause("REQ-6")
def test_a_week_is_said_day_by_day_and_its_days_make_the_whole(desk: Desk, clock: Clock) -> None:
    lived(desk, clock)
    table = next(one for one in sheet(desk, "week", date(2026, 11, 24)) if one.title == "Day by day")
    assert table.headings[1:-1] == tuple(f"11-{day}" for day in range(23, 30))
    rows = {str(row[0]): row[1:] for row in table.rows}
    assert all(sum(map(int, row[:-1])) == row[-1] for row in rows.values())
    assert (rows["complaints"][1], rows["complaints"][2]) == (2, 1)
    assert rows["repairs"][1] == 1
    day = next(one for one in sheet(desk, "day", date(2026, 11, 24)) if one.title == "Complaints")
    assert {str(row[0]): row[1] for row in day.rows}["new"] == rows["complaints"][1]
