"""Stamping passes that carry no digest, or one of an earlier make-up; done once, in an upgrade."""

import sqlite3

from data.chain import FIRST_PASS_FIELDS, PASS_FIELDS, pass_digest, same
from data.store.keys import Keys


def stamp_old_passes(raw: sqlite3.Connection, keys: Keys) -> None:
    """Give a pass the digest of what it says now; part of the migration's transaction.

    Only one that had none, or is as its digest of the first make-up says: what neither fits was changed, and shows it.
    """
    key, stamped = keys.journal, []
    for number, kept in raw.execute("SELECT number, contents_mac FROM release_pass ORDER BY number").fetchall():
        values = _values(raw, number, PASS_FIELDS)
        goods = raw.execute(
            "SELECT line, name, quantity, unit, out FROM pass_item WHERE number = ? ORDER BY line", (number,)
        ).fetchall()
        now = pass_digest(key, values, goods)
        if same(kept, now):
            continue
        first = pass_digest(key, _values(raw, number, FIRST_PASS_FIELDS), [item[:4] for item in goods])
        if not kept or same(kept, first):
            stamped.append((now, number))
    raw.executemany("UPDATE release_pass SET contents_mac = ? WHERE number = ?", stamped)


def _values(raw: sqlite3.Connection, number: str, fields: tuple[str, ...]) -> tuple[object, ...]:
    query = f"SELECT {', '.join(fields)} FROM release_pass WHERE number = ?"  # noqa: S608
    return tuple(raw.execute(query, (number,)).fetchone())
