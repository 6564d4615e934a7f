"""What is looked at before a store is trusted: the file, the journal's head, the counters of numbered papers."""

import sqlite3
from pathlib import Path
from typing import Any

from data.problems import StoreDamaged, StoreProblem
from data.store.keys import head_path
from data.store.store import problem_from
from data.words import N_

# System to (table, letters with which its numbers begin).
PAPERS = {
    "passes": ("release_pass", "FX"),
    "contacts": ("contact", "LD"),
    "complaints": ("complaint", "TS"),
    "requests": ("request", "XQ"),
    "repairs": ("repair", "BX"),
}


def unsound(path: Path) -> StoreProblem | None:
    """What SQLite's own quick check finds wrong with the file, or None."""
    found = _ask(path, "PRAGMA quick_check(1)")
    if isinstance(found, StoreProblem) or found == [("ok",)]:
        return found if isinstance(found, StoreProblem) else None
    return _damaged(path)


def tampered(path: Path) -> StoreProblem | None:
    """Whether the journal lost its copied head, or a counter stands apart from its papers; indexed reads only."""
    if _lost_its_head(path):
        return StoreDamaged(
            N_("The journal no longer ends where its copied head says: nothing is saved until desk verify is clean.")
        )
    counters = _ask(path, "SELECT name, value FROM counter ORDER BY name")
    for name, value in counters if isinstance(counters, list) else ():
        if _newest(path, *name.split(":")) != value:
            return StoreDamaged(
                N_("A numbered paper is missing or doubled: nothing is saved until desk verify is clean.")
            )
    return None


def _lost_its_head(path: Path) -> bool:
    try:
        number, digest = head_path(path).read_text(encoding="ascii").split()
        return _ask(path, "SELECT digest FROM journal WHERE number = ?", int(number)) != [(digest,)]
    except (OSError, ValueError):
        return False


def _newest(path: Path, system: str, year: str) -> int:
    table, letters = PAPERS[system]
    prefix = f"{letters}{int(year) % 100:02d}-"
    sql = f"SELECT number FROM {table} WHERE number >= ? AND number < ? ORDER BY number DESC LIMIT 1"  # noqa: S608
    found = _ask(path, sql, prefix, prefix + "~")
    return int(found[0][0].split("-")[1]) if isinstance(found, list) and found else 0


def _ask(path: Path, sql: str, *values: object) -> list[Any] | StoreProblem:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.Error as error:
        return problem_from(error, path) or _damaged(path)
    finally:
        connection.close()


def _damaged(path: Path) -> StoreProblem:
    return StoreDamaged(
        N_("The store {path} is damaged: stop, keep the file, and run desk restore with the latest backup."),
        path=path,
    )
