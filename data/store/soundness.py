"""What is looked at before a store is trusted: the file, the journal's head, the counters of numbered papers."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from data.chain import entry_digest, same, whole_digest
from data.problems import StoreDamaged, StoreIndexBroken, StoreProblem
from data.store.digests import WHOLE, changed_outside
from data.store.head import UNREADABLE, Head, read_head
from data.store.keys import Keys, head_path, key_path
from data.store.store import damaged, not_ours, problem_from
from data.tables import NUMBERED
from data.words import N_, _

MILLION = 1_000_000
# Puts a question to the file, and gives back its rows.
Ask: TypeAlias = Callable[..., list[Any]]


def unsound(path: Path) -> StoreProblem | None:
    """What SQLite's own quick check finds wrong with the file, or None."""
    found = ask_file(path, "PRAGMA quick_check(1)")
    if found == [("ok",)]:
        return None
    if isinstance(found, StoreProblem) and not isinstance(found, StoreDamaged):
        return found
    return _index_broken(path) if _records_can_be_read(path) else damaged(path)


def _records_can_be_read(path: Path) -> bool:
    """Whether every table can be read from end to end without the help of an index."""
    tables = ask_file(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    if isinstance(tables, StoreProblem) or not tables:
        return False
    reads = (f"SELECT count(*) FROM {name} NOT INDEXED" for (name,) in tables)  # noqa: S608
    return all(isinstance(ask_file(path, read), list) for read in reads)


def _index_broken(path: Path) -> StoreProblem:
    return StoreIndexBroken(
        N_(
            "An index of the store {path} is damaged; all records can be read. Close every desk and run "
            "desk doctor --mend: it is made anew, and nothing is lost."
        ),
        path=path,
    )


def recover(path: Path) -> None:
    """Let SQLite undo what a desk that died in the middle of a write has left; a reader alone may not."""
    if Path(f"{path}-journal").exists() and os.access(path, os.W_OK):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            return
        finally:
            connection.close()


def foreign_key_file(path: Path, keys: Keys) -> StoreProblem | None:
    """Whether the journal's last entry was written with another key than the one beside the store."""
    columns = "number, at, operator, workstation, system, record, verb, facts"
    last = ask_file(path, f"SELECT digest, {columns} FROM journal ORDER BY number DESC LIMIT 2")  # noqa: S608
    if not isinstance(last, list) or not last:
        return last if isinstance(last, StoreProblem) else None
    previous = last[1][0] if len(last) > 1 else ""
    if same(entry_digest(keys.journal, previous, *last[0][1:]), last[0][0]):
        return None
    return StoreDamaged(
        N_(
            "The key file {path} is not the one of this store, or its last journal entry was changed: put the right "
            "key back; until then nothing is saved."
        ),
        path=key_path(path),
    )


def tampered(path: Path, keys: Keys) -> StoreProblem | None:
    """Whether the journal lost its head, a counter its papers, or the sum of all rows its entry; indexed reads only."""
    try:
        # Copied after its commit: what the copy names stands in everything that is read from here on.
        head = read_head(path, keys.journal)
        with _snapshot(path) as ask:
            return _apart(ask, path, head) or _numbers_apart(ask) or _sum_apart(ask, keys)
    except PermissionError:
        return not_ours(head_path(path))
    except sqlite3.Error as error:
        return problem_from(error, path) or damaged(path)
    except (TypeError, ValueError, AttributeError, IndexError):
        # What stands there is not even of its kind.
        return changed_outside(path.name)


def journal_apart(path: Path, head: Head | None) -> StoreProblem | None:
    """Whether the journal no longer ends where a copied head says; of a store of any version."""
    with _snapshot(path) as ask:
        return _apart(ask, path, head)


def _apart(ask: Ask, path: Path, head: Head | None) -> StoreProblem | None:
    if head is None and ask("SELECT 1 FROM journal LIMIT 1"):
        return StoreDamaged(
            N_(
                "The copy of the journal's head {path} is missing: put it back, or let an administrator look at "
                "desk verify and accept the journal with desk accept-journal."
            ),
            path=head_path(path),
        )
    if head is not None and head.digest == UNREADABLE:
        return StoreDamaged(
            N_(
                "The copy of the journal's head {path} cannot be read: put it back, or let an administrator look at "
                "desk verify and accept the journal with desk accept-journal."
            ),
            path=head_path(path),
        )
    if head is not None and ask("SELECT digest FROM journal WHERE number = ?", head[0]) != [(head[1],)]:
        return StoreDamaged(
            N_("The journal no longer ends where its copied head says: nothing is saved until desk verify is clean.")
        )
    return None


def _numbers_apart(ask: Ask) -> StoreProblem | None:
    counters = dict(ask("SELECT name, value FROM counter ORDER BY name"))
    for series, (table, _letters) in NUMBERED.items():
        newest = ask(f"SELECT max(number) FROM {table}")[0][0]  # noqa: S608
        if newest and f"{series}:20{newest[2:4]}" not in counters:
            return StoreDamaged(
                N_("A numbered paper is missing or doubled: nothing is saved until desk verify is clean.")
            )
    for name, value in counters.items():
        system, _colon, year = str(name).partition(":")
        if system not in NUMBERED or not year.isdecimal():
            return StoreDamaged(
                N_("The store counts papers that this program does not know: {name}. Nothing is saved."), name=name
            )
        if _newest(ask, system, year, value) != _counted(ask, name, value):
            return StoreDamaged(
                N_("A numbered paper is missing or doubled: nothing is saved until desk verify is clean.")
            )
    return None


def _counted(ask: Ask, series: str, value: int) -> int:
    """The highest number of a series that must be there: below those that a restore took back."""
    for first, last in ask("SELECT first, last FROM lost_numbers WHERE series = ? ORDER BY first DESC", series):
        if last != value:
            break
        value = first - 1
    return value


def _sum_apart(ask: Ask, keys: Keys) -> StoreProblem | None:
    rows = ask(WHOLE)
    newest = ask("SELECT coalesce(max(number), 0) FROM journal")[0][0]
    if len(rows) == 1 and rows[0][0] == newest and rows[0][2] == whole_digest(keys.rows, *rows[0][:2]):
        return None
    return changed_outside(_("The sum of all rows"))


@contextmanager
def _snapshot(path: Path) -> Iterator[Ask]:
    """Questions that are all answered from one moment of the file, whoever writes meanwhile."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5, isolation_level=None)
    try:
        connection.execute("BEGIN")
        yield lambda sql, *values: connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def _newest(ask: Ask, system: str, year: str, counted: int) -> int:
    table, letters = NUMBERED[system]
    prefix = f"{letters}{int(year) % 100:02d}-"
    # From a million papers a year on the numbers are longer, and their order as text is no longer that of counting.
    order = "number DESC" if counted < MILLION else "length(number) DESC, number DESC"
    sql = f"SELECT number FROM {table} WHERE number >= ? AND number < ? ORDER BY {order} LIMIT 1"  # noqa: S608
    found = ask(sql, prefix, prefix + "~")
    return int(found[0][0].split("-")[1]) if found else 0


def ask_file(path: Path, sql: str, *values: object) -> list[Any] | StoreProblem:
    """The rows of one question put to the file itself, or what is wrong with it."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.Error as error:
        return problem_from(error, path) or damaged(path)
    finally:
        connection.close()
