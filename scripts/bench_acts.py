"""One act beside the very rows that it wrote, written by raw sqlite3 into a copy of the store; `scripts/bench` calls it."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from bench_row import Row

from data.store.engine import SETTINGS
from data.store.store import Store


def beside(name: str, goal: float, store: Store, act: Callable[[int], object], count: int = 60) -> Row:
    """A row of an act: its own time and that of its rows with the desk's settings and one commit, turn about.

    Args:
        act: does it once more.
    """
    row, copy = Row(name, goal), store.path.with_suffix(".floor.db")
    with closing(sqlite3.connect(store.path)) as own, closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        own.backup(raw)
        for pragma, (value, _read) in SETTINGS.items():
            raw.execute(f"PRAGMA {pragma} = {value}")
        raw.execute("PRAGMA foreign_keys = OFF")
        tables = [
            one for (one,) in own.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if _counts(own, one)
        ]
        for number in range(count):
            tops = {table: own.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0 for table in tables}
            began = time.perf_counter()
            act(number)
            row.ours.append((time.perf_counter() - began) * 1e3)
            rows = {
                table: own.execute(f"SELECT * FROM {table} WHERE rowid > ?", (top,)).fetchall()
                for table, top in tops.items()
            }
            began = time.perf_counter()
            _write(raw, rows)
            row.floor.append((time.perf_counter() - began) * 1e3)
        row.note = f"floor: the same {sum(map(len, rows.values()))} rows, one commit"
    copy.unlink()
    return row


def _counts(own: sqlite3.Connection, table: str) -> bool:
    """Whether a table has row numbers, and is one of ours."""
    try:
        own.execute(f"SELECT max(rowid) FROM {table}")
    except sqlite3.Error:
        return False
    return not table.startswith("sqlite_")


def _write(raw: sqlite3.Connection, rows: dict[str, list[Any]]) -> None:
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE counter SET value = value + 1")
    for table, many in rows.items():
        if many:
            raw.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(many[0]))})", many)
    raw.execute("COMMIT")
