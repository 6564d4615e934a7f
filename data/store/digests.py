"""Digests of rows: triggers of the writing connection keep them, so that no way of writing passes them by.

The triggers are the connection's own: a file that somebody opens without the key has none, and what is changed there
keeps the digest of what stood before. Beside the rows stands what all of them come to (`data.journal.Whole`): a row
that was taken away, doubled or put back as it once was is right by itself, and missing in the sum.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from data.chain import row_digest, whole_digest
from data.problems import StoreDamaged
from data.words import N_, _

# How many rows a table has, and the sum of their weights.
Sums: TypeAlias = dict[str, tuple[int, int]]
MODULUS = 1 << 136
# The places that a row may have.
FIRST, LAST = -(1 << 63), (1 << 63) - 1
# The gate compares these with a proof of their own, and says in its own words what is wrong; a pass that was changed
# can still be voided, and stays one that was changed.
OWN_PROOF = ("release_pass", "pass_item")
WHOLE = "SELECT entry, sums, digest FROM whole WHERE id = 1"
_COLUMNS = """
SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p
WHERE m.type = 'table' AND m.name NOT IN ('journal', 'whole') ORDER BY m.name, p.pk = 0, p.pk, p.name
"""


def digested(ask: Any) -> dict[str, list[str]]:
    """The tables whose rows carry a digest, each with the columns that it covers: its key first, the others by name.

    Args:
        ask: puts a question to the store and gives back its rows.
    """
    tables: dict[str, list[str]] = {}
    for table, column in ask(_COLUMNS):
        tables.setdefault(table, []).append(column)
    return {
        table: [name for name in columns if name != "digest"]
        for table, columns in tables.items()
        if "digest" in columns
    }


def changed_outside(where: str) -> StoreDamaged:
    """The sentence for a row that no act has written."""
    return StoreDamaged(
        N_(
            "{where} was changed outside the program: nothing was saved. Let an administrator look at desk verify, and "
            "accept what stands there with desk accept-journal."
        ),
        where=where,
    )


class Digests:
    """What one connection writes: the digest of each row, and in what it changes the sums.

    Args:
        raw: the connection, outside any transaction.
        key: the key of rows.
    """

    def __init__(self, raw: sqlite3.Connection, key: bytes) -> None:
        self._key = key
        # Table to the version of the file at which all its rows were right.
        self.proven: dict[str, int] = {}
        self.begin()
        raw.create_function("row_enters", -1, self._enters)
        raw.create_function("row_leaves", -1, self._leaves)
        raw.create_function("journal_grows", 1, self._grows)
        for statement in _triggers(digested(lambda sql: raw.execute(sql).fetchall())):
            raw.execute(statement)

    def begin(self) -> None:
        """A transaction begins."""
        self._changes: Sums = {}
        self._entries: list[int] = []
        self.foreign = ""
        self._spoilt = False

    def settle(self, raw: sqlite3.Connection) -> None:
        """Write what all rows come to now; the last thing in a transaction.

        Raises:
            StoreDamaged: what they came to before was not written by an act.
        """
        if not self._changes and not self._entries:
            return
        row = raw.execute(WHOLE).fetchone()
        last = raw.execute("SELECT max(number) FROM journal").fetchone()[0] or 0
        before = self._entries[0] - 1 if self._entries else last
        if row is None or row[0] != before or row[2] != whole_digest(self._key, row[0], row[1]):
            raise changed_outside(_("The sum of all rows"))
        sums = read_sums(row[1])
        for table, (count, weight) in self._changes.items():
            there, heavy = sums.get(table, (0, 0))
            sums[table] = there + count, (heavy + weight) % MODULUS
        write_sums(raw, self._key, last, sums)

    def changed(self, raw: sqlite3.Connection, table: str, columns: Sequence[str]) -> str:
        """What of a table does not come to what acts have written, this one among them; "" where all of it does.

        Args:
            columns: those that a digest covers, in its order.
        """
        kept = raw.execute(WHOLE).fetchone()
        count, weight = read_sums(kept[1]).get(table, (0, 0)) if kept else (0, 0)
        added, heavier = self._changes.get(table, (0, 0))
        return _changed(raw, self._key, table, columns, (count + added, (weight + heavier) % MODULUS))

    def _enters(self, table: str, *values: Any) -> str:
        digest, weight = row_digest(self._key, table, values)
        self._count(table, 1, weight)
        spoilt, self._spoilt = self._spoilt, False
        return "" if spoilt else digest

    def _leaves(self, table: str, digest: str, *values: Any) -> None:
        right, weight = row_digest(self._key, table, values)
        self._spoilt = right != digest
        if self._spoilt and table not in OWN_PROOF:
            self.foreign = f"{table} {values[0]}"
            raise ValueError(self.foreign)
        self._count(table, -1, -weight)

    def _grows(self, number: int) -> None:
        self._entries.append(number)

    def _count(self, table: str, rows: int, weight: int) -> None:
        count, sum_of = self._changes.get(table, (0, 0))
        self._changes[table] = count + rows, sum_of + weight


def _changed(raw: sqlite3.Connection, key: bytes, table: str, columns: Sequence[str], come_to: tuple[int, int]) -> str:
    """Which row of a table no act has written, or the table where what its rows come to is not right; "" for none."""
    found = total = 0
    for _place, digest, values in _pages(raw, table, columns):
        right, heavy = row_digest(key, table, values)
        if right != digest:
            return f"{table} {values[0]}"
        found, total = found + 1, total + heavy
    return "" if (found, total % MODULUS) == come_to else table


def prove_all(raw: sqlite3.Connection, key: bytes) -> None:
    """Prove every row by the columns that the file has now: before a newer make-up digests them by others.

    Raises:
        StoreDamaged: one was changed outside.
    """
    kept = raw.execute(WHOLE).fetchone()
    if kept is None or kept[2] != whole_digest(key, kept[0], kept[1]):
        raise changed_outside(_("The sum of all rows"))
    sums = read_sums(kept[1])
    for table, columns in digested(lambda sql: raw.execute(sql).fetchall()).items():
        if where := _changed(raw, key, table, columns, sums.get(table, (0, 0))):
            raise changed_outside(where)


def _triggers(tables: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for table, columns in tables.items():
        enters = f"UPDATE {table} SET digest = row_enters({_row(table, 'NEW', columns)}) WHERE rowid = NEW.rowid;"  # noqa: S608
        leaves = f"SELECT row_leaves({_row(table, 'OLD', ['digest', *columns])});"
        head = f"CREATE TEMP TRIGGER {table}"
        yield f"{head}_enters AFTER INSERT ON main.{table} BEGIN {enters} END"
        yield f"{head}_changes AFTER UPDATE OF {', '.join(_names(columns))} ON main.{table} BEGIN {leaves} {enters} END"
        yield f"{head}_leaves AFTER DELETE ON main.{table} BEGIN {leaves} END"
    yield "CREATE TEMP TRIGGER journal_grows AFTER INSERT ON main.journal BEGIN SELECT journal_grows(NEW.number); END"


def _row(table: str, which: str, columns: Sequence[str]) -> str:
    return ", ".join([f"'{table}'", *(f"{which}.{name}" for name in _names(columns))])


def _names(columns: Sequence[str]) -> list[str]:
    return [f'"{name}"' for name in columns]


def rows_of(table: str, columns: Sequence[str]) -> str:
    """The SQL of one page of a table: its place, its digest, its values; from a place on, so many."""
    names = ", ".join(_names(columns))
    return f"SELECT rowid, digest, {names} FROM {table} WHERE rowid >= ? ORDER BY rowid LIMIT ?"  # noqa: S608


def read_sums(text: str) -> Sums:
    """What all rows come to, as it is kept."""
    return {table: (count, int(weight, 16)) for table, (count, weight) in json.loads(text).items()}


def write_sums(raw: sqlite3.Connection, key: bytes, entry: int, sums: Sums) -> None:
    """Keep what all rows come to."""
    text = json.dumps({table: [count, f"{weight:x}"] for table, (count, weight) in sorted(sums.items())})
    raw.execute(
        "INSERT INTO whole (id, entry, sums, digest) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "entry = excluded.entry, sums = excluded.sums, digest = excluded.digest",
        (entry, text, whole_digest(key, entry, text)),
    )


def digest_all(raw: sqlite3.Connection, key: bytes) -> None:
    """Take every row as it stands: once in an upgrade, and when an administrator accepts what was found."""
    sums: Sums = {}
    for table, columns in digested(lambda sql: raw.execute(sql).fetchall()).items():
        count = weight = 0
        for place, old, values in _pages(raw, table, columns):
            digest, heavy = row_digest(key, table, values)
            count, weight = count + 1, (weight + heavy) % MODULUS
            if digest != old:
                raw.execute(f"UPDATE {table} SET digest = ? WHERE rowid = ?", (digest, place))  # noqa: S608
        sums[table] = count, weight
    entry = raw.execute("SELECT max(number) FROM journal").fetchone()[0] or 0
    write_sums(raw, key, entry, sums)


def _pages(raw: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterable[tuple[int, str, Sequence[Any]]]:
    first = FIRST
    while page := raw.execute(rows_of(table, columns), (first, 2000)).fetchall():
        for place, digest, *values in page:
            yield place, digest, values
        first = min(page[-1][0] + 1, LAST)
        if page[-1][0] == LAST:
            return
