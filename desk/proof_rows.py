"""The proof of rows: each is as an act left it, and all of them together come to what the last act wrote.

A table is read in pages, each a short read of its own; what it comes to is compared only when no desk wrote to it
meanwhile. A table that is written to all the time is read once more in one go, which its writers wait for.
"""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import Any

from data.chain import row_digest, same, whole_digest
from data.store.digests import FIRST, LAST, MODULUS, digested, read_sums, rows_of
from data.store.store import Store
from data.words import _

PAGE = 2000
TRIES = 2
_WHOLE = "SELECT entry, sums, digest, (SELECT coalesce(max(number), 0) FROM journal) FROM whole WHERE id = 1"


def changed_rows(store: Store) -> Iterator[tuple[str, str]]:
    """What no act has written, as (what, where)."""
    if not _whole_stands(store):
        yield _("the sum of all rows was changed"), ""
        return
    for table, columns in digested(store.ask).items():
        yield from _changed_in(store, table, columns)


def _whole_stands(store: Store) -> bool:
    rows = store.ask(_WHOLE)
    if len(rows) != 1:
        return False
    entry, sums, digest, last = rows[0]
    return bool(entry == last) and same(whole_digest(store.keys.rows, entry, sums), digest)


def _changed_in(store: Store, table: str, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    for left in reversed(range(TRIES + 1)):
        with nullcontext() if left else store.snapshot():
            before = _sum_of(store, table)
            wrong, count, weight = _weigh(store, table, columns)
            if before == _sum_of(store, table):
                break
    for key in wrong:
        yield _("changed outside the program"), f"{table} {key}"
    if not wrong and before != (count, weight):
        yield _("rows were taken away or put back outside the program"), table


def _sum_of(store: Store, table: str) -> tuple[int, int]:
    rows: Sequence[Any] = store.ask(_WHOLE)
    return read_sums(rows[0][1]).get(table, (0, 0)) if rows else (0, 0)


def _weigh(store: Store, table: str, columns: Sequence[str]) -> tuple[list[str], int, int]:
    """The keys of rows that were changed, how many rows there are, and what they weigh."""
    key, page = store.keys.rows, rows_of(table, columns)
    wrong, count, total = [], 0, 0
    first = FIRST
    while rows := store.ask(page, first, PAGE):
        for _place, digest, *values in rows:
            right, weight = row_digest(key, table, values)
            count, total = count + 1, total + weight
            if right != digest:
                wrong.append(str(values[0]))
        if rows[-1][0] == LAST:
            break
        first = rows[-1][0] + 1
    return wrong, count, total % MODULUS
