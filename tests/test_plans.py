"""Every question that the screens ask of a store is answered by an index, however old the store is."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from data.store.store import Store
from desk.act import Desk
from desk.systems import ROOMS
from tests.conftest import Clock
from tests.helpers import heard, planned, take
from tests.test_faults import populate
from tests.test_screens import run, sign_in

# What a site has a few of, or as many as it has homes: these do not grow with the years.
FEW = {
    # Rows that a question has read already, and no more than it may.
    "bounded",
    "setting",
    "operator",
    "unit",
    "entrance",
    "building",
    "occupancy",
    "holiday",
    "handover_mark",
    "supply",
    "CONSTANT",
}
# Asked when the roster is opened, by somebody who plans it, over a few thousand shifts a year.
ALLOWED = ("SELECT shift.post, max(shift.day)",)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Every question that is put to the store, with the values of one asking."""
    said: dict[str, Any] = {}

    def heard_of(_conn: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        if sql.lstrip().startswith("SELECT"):
            said.setdefault(sql, values)

    really = Store.ask

    def ask(self: Store, sql: str, *places: object, **values: object) -> Any:
        said.setdefault(sql, places or values)
        return really(self, sql, *places, **values)

    monkeypatch.setattr(Store, "ask", ask)
    event.listen(Engine, "before_cursor_execute", heard_of)
    yield said
    event.remove(Engine, "before_cursor_execute", heard_of)


def scanned(store: Store, sql: str, values: Any) -> list[str]:
    """The tables that grow and are read from end to end to answer a question; the first page of one is not."""
    plan = [row[3] for row in store.ask(f"EXPLAIN QUERY PLAN {sql}", *(values if not isinstance(values, dict) else ()),
                                        **(values if isinstance(values, dict) else {}))]  # fmt: skip
    bounded = "LIMIT" in sql and "WHERE" not in sql and not any("TEMP B-TREE" in step for step in plan)
    found = [re.match(r"SCAN (\w+)\b(?! USING)", step) for step in plan]
    return [] if bounded else [match[1] for match in found if match and match[1] not in FEW]


async def test_no_question_of_any_room_reads_a_growing_table_from_end_to_end(
    desk: Desk, clock: Clock, asked: dict[str, Any]
) -> None:
    populate(desk)
    planned(desk), heard(desk)
    asked.clear()
    app = run(desk, clock)
    for who in ("lead", "guard", "admin"):
        async with app.run_test(size=(120, 36)) as pilot:
            await sign_in(pilot, who)
            for name in ROOMS:
                if app._may_enter(name):
                    app.action_room(name)
                    await pilot.pause()
                    await pilot.press("down", "enter", "escape")
                    await pilot.pause()
            app._second(), app._poll(), app.pulse(), app._alert()
            await app._tick()
        app = run(desk, clock)
    slow = {sql: tables for sql, values in list(asked.items()) if (tables := scanned(desk.store, sql, values))}
    assert len(asked) > 100
    found = {sql: tables for sql, tables in slow.items() if not sql.replace("\n", " ").startswith(ALLOWED)}
    assert [(tables, sql[-300:]) for sql, tables in found.items()] == []


def test_a_table_that_is_read_from_end_to_end_is_seen(desk: Desk) -> None:
    take(desk)
    assert scanned(desk.store, "SELECT number FROM complaint WHERE what = 'x'", ()) == ["complaint"]
    assert scanned(desk.store, "SELECT number FROM complaint WHERE number = 'x'", ()) == []
    assert scanned(desk.store, "SELECT * FROM journal ORDER BY number DESC LIMIT 5", ()) == []
