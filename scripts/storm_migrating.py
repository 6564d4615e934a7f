"""Stores of earlier versions whose upgrade is killed at any call: the next opening brings up all they held."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import storm_trace
from storm_row import Row

from data.problems import Problem
from data.store.opening import open_store
from desk import proof
from tests.test_migration import held, store_of

REVISIONS = ("0005", "0013", "0015")


def _upgrade(path: Path) -> None:
    open_store(path).close()


def _wrong_with(path: Path, before: list[tuple[object, ...]]) -> Iterator[str]:
    try:
        with closing(open_store(path)) as store:
            if store.read_only is not None:
                yield f"for reading only: {store.read_only}"
            yield from map(str, proof.verify(store))
    except Problem as problem:
        yield f"does not open: {problem}"
    if held(path)[:-1] != before[:-1]:
        yield "what it held is not what it was"


def killed(folder: Path, count: int) -> Iterator[str]:
    """Kill the upgrade of old stores at so many calls in all."""
    for revision in REVISIONS:
        base = folder / revision / "q.db"
        base.parent.mkdir(parents=True)
        store_of(base, revision)
        before = held(base)
        path = _copied(base, folder / "one")
        calls, code = storm_trace.record(partial(_upgrade, path), path.parent)
        if code:
            yield f"{revision}: the upgrade itself ended with {code}"
        each = max(1, count // len(REVISIONS))
        for number in range(0, len(calls), max(1, len(calls) // each)):
            path = _copied(base, folder / "one")
            storm_trace.kill_at(partial(_upgrade, path), path.parent, number)
            yield from (f"{revision}, call {number}: {said}" for said in _wrong_with(path, before))


def _copied(base: Path, folder: Path) -> Path:
    for old in sorted(folder.rglob("*"), reverse=True) if folder.exists() else ():
        old.rmdir() if old.is_dir() else old.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    for file in base.parent.iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
            (folder / file.name).chmod(0o600)
    return folder / base.name


def by_halves(folder: Path) -> Iterator[str]:
    """A store that was brought up by halves, in two transactions: it must be noticed."""
    base = folder / "q.db"
    folder.mkdir(parents=True, exist_ok=True)
    store_of(base, "0015")
    before = held(base)
    open_store(base).close()
    with closing(sqlite3.connect(base)) as raw:
        raw.execute("UPDATE operator SET digest = ''")
        raw.commit()
    yield from _wrong_with(base, before)


ROWS = (Row("upgrade killed", "the next opening brings it up with all it held", 24, 2000, killed, by_halves),)
