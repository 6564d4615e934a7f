"""Stamping the passes of a store that was made before passes carried a digest; done once, with the migration."""

import sqlite3

from data.chain import PASS_FIELDS, pass_digest
from data.store.keys import Keys


def stamp_old_passes(raw: sqlite3.Connection, keys: Keys) -> None:
    """Give every pass without a digest the one of what it says now; part of the migration's transaction."""
    columns = ", ".join(PASS_FIELDS)
    query = f"SELECT {columns} FROM release_pass WHERE contents_mac = '' ORDER BY number"  # noqa: S608
    stamped = []
    for row in raw.execute(query).fetchall():
        goods = raw.execute(
            "SELECT line, name, quantity, unit, out FROM pass_item WHERE number = ? ORDER BY line", (row[0],)
        ).fetchall()
        stamped.append((pass_digest(keys.journal, row, goods), row[0]))
    raw.executemany("UPDATE release_pass SET contents_mac = ? WHERE number = ?", stamped)
