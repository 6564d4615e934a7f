"""Changes behind the program's back: each is made with nothing but the file, and has to be found by `desk verify`."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import storm_day
from storm_row import Row

from data.store.digests import digest_all, digested
from data.store.keys import head_path, key_path, read_keys
from data.store.opening import open_store
from data.store.store import Store
from desk import proof

# Who changes a store by hand first takes away what forbids it.
GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
Change = tuple[str, Callable[[sqlite3.Connection], None]]


def without_guards(path: Path) -> sqlite3.Connection:
    """The file, opened by somebody who has everything but the key."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA foreign_keys=OFF")
    for (name,) in raw.execute(GUARDS).fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    return raw


def copy_of(path: Path, folder: Path) -> Path:
    """The store with its key and head in another folder, to be spoilt."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in (path, key_path(path), head_path(path)):
        shutil.copy2(file, folder / file.name)
    return folder / path.name


def columns(raw: sqlite3.Connection) -> dict[str, list[str]]:
    """Every table with rows in it that carry a digest, with the columns which that covers."""
    tables = digested(lambda sql: raw.execute(sql).fetchall())
    return {name: found for name, found in tables.items() if raw.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()}


def _altered(value: object) -> object:
    if isinstance(value, int):
        return value + 1
    return b"x" if isinstance(value, bytes) else f"{value or ''}x"


def change_one(raw: sqlite3.Connection, table: str, column: str, place: int) -> bool:
    """One value becomes another; False where the file does not hold the other one."""
    value = raw.execute(f'SELECT "{column}" FROM {table} WHERE rowid = ?', (place,)).fetchone()[0]
    try:
        raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (_altered(value), place))
    except sqlite3.IntegrityError:
        return False
    return True


def take_away(raw: sqlite3.Connection, table: str, place: int) -> None:
    """A row goes."""
    raw.execute(f"DELETE FROM {table} WHERE rowid = ?", (place,))


def swap(raw: sqlite3.Connection, table: str, column: str, one: int, two: int) -> bool:
    """Two rows change what they hold, each with a value that an act has written; False where nothing changed."""
    query = f'SELECT "{column}" FROM {table} WHERE rowid IN (?, ?) ORDER BY rowid = ?'
    values = [row[0] for row in raw.execute(query, (one, two, one)).fetchall()]
    if len(values) < 2 or values[0] == values[1]:
        return False
    statement = f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?'
    try:
        raw.execute("BEGIN")
        raw.execute(statement, (values[0], one))
        raw.execute(statement, (values[1], two))
        raw.execute("COMMIT")
    except sqlite3.IntegrityError:
        raw.execute("ROLLBACK")
        return False
    return True


def at_random(raw: sqlite3.Connection, chance: random.Random) -> str:
    """One change of any kind anywhere, and what it was."""
    tables = columns(raw)
    while True:
        table = chance.choice(sorted(tables))
        places = [row[0] for row in raw.execute(f"SELECT rowid FROM {table} LIMIT 500").fetchall()]
        place, column = chance.choice(places), chance.choice(tables[table])
        kind = chance.choice(("change", "change", "swap", "take away"))
        if kind == "take away":
            take_away(raw, table, place)
            return f"{table} {place} taken away"
        if kind == "change" and change_one(raw, table, column, place):
            return f"{table}.{column} of {place} changed"
        if kind == "swap" and swap(raw, table, column, place, chance.choice(places)):
            return f"{table}.{column} swapped"


def found(path: Path, open_it: Callable[[Path], Store]) -> list[proof.Finding]:
    """What the proof says of a file."""
    store = open_it(path)
    try:
        return proof.verify(store)
    finally:
        store.close()


def storm(path: Path, folder: Path, count: int, open_it: Callable[[Path], Store], seed: int = 1) -> Iterator[str]:
    """Change copies of a store at random, so many times; yields what was not found.

    The first change is none at all: a store that nobody touched must be found whole.
    """
    chance = random.Random(seed)
    if found(copy_of(path, folder), open_it):
        yield "nothing was changed, and something was found"
    for _turn in range(count):
        spoilt = copy_of(path, folder)
        with closing(without_guards(spoilt)) as raw:
            said = at_random(raw, chance)
        if not found(spoilt, open_it):
            yield said


def tampered(folder: Path, count: int) -> Iterator[str]:
    """So many changes at random, each in a copy of a store with a day on it."""
    path = storm_day.make(folder / "base")
    storm_day.live(path)
    yield from storm(path, folder / "spoilt", count, open_store)


def by_the_key(folder: Path) -> Iterator[str]:
    """The same by somebody who has the key, and digests all anew: it must be missed."""
    path = storm_day.make(folder / "base")
    with closing(without_guards(path)) as raw:
        said = at_random(raw, random.Random(1))
        keys = read_keys(path)
        assert keys is not None
        digest_all(raw, keys.rows)
    if not found(path, open_store):
        yield f"not found, as it must be: {said}"


ROWS = (Row("tampering", "whatever is changed without the key is found by verify", 60, 2000, tampered, by_the_key),)
