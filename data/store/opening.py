"""Making a store on purpose, and opening one safely."""

import os
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.problems import StoreDamaged, StoreMissing, StoreProblem, StoreReadOnly, StoreTooNew
from data.store import backup
from data.store.digests import changed_outside
from data.store.engine import make_engine
from data.store.files import new_file, new_folder
from data.store.head import head_before_signing
from data.store.keys import Keys, head_path, key_path, make_keys, read_keys
from data.store.parts import missing_parts
from data.store.schema import SCHEMA
from data.store.soundness import ask_file, foreign_key_file, journal_apart, recover, tampered, unsound
from data.store.store import Store, key_missing, not_ours, problem_from, translated
from data.store.strange import strange_parts
from data.store.turns import Turns
from data.words import N_

CHECK_AT_OPENING = 32 << 20
# Seconds for which a desk that brings the store up is waited for.
PATIENCE = 600.0
# From this make-up on the head's copy is signed, files of the site are taken in by an act, rows carry digests.
HEADS_SIGNED = FILES_TAKEN_IN = ROWS_DIGESTED = "0016"


def create_store(path: Path) -> Store:
    """Make a new, empty store with its key file; refuses where one is."""
    if path.exists() or _holds_a_key(path):
        raise StoreProblem(
            N_("There is a store at {path} already: open it, or name another place with --store."), path=path
        )
    try:
        new_folder(path.parent)
        make_keys(path)
        os.close(new_file(path))
    except OSError as error:
        remove_store(path)
        raise StoreProblem(
            N_("No store can be made at {path}: {why}. Name another place with --store."),
            path=path,
            why=error.strerror or error,
        ) from error
    from data.store.migrating import upgrade

    keys = read_keys(path)
    assert keys is not None
    engine = make_engine(path, create=True)
    try:
        with translated(path):
            upgrade(engine, keys)
    except BaseException:
        remove_store(path)
        raise
    finally:
        engine.dispose()
    return Store(path, make_engine(path, key=keys.rows), keys, None)


def _holds_a_key(path: Path) -> bool:
    """Whether a key lies there that may still open copies of a store; an empty file is what a full disk left."""
    return key_path(path).exists() and key_path(path).stat().st_size > 0


def remove_store(path: Path) -> None:
    """Take away a store that was never finished."""
    for leftover in (path, key_path(path), head_path(path), Path(f"{path}-journal")):
        leftover.unlink(missing_ok=True)


def open_store(path: Path, *, accept: bool = False) -> Store:
    """Open the store at path; with `accept` an administrator takes the journal and the numbers as they stand.

    Older: migrated after a backup. Newer, missing or no database: refused. Damaged, without its keys,
    or not writable: opened for reading only, with the reason in `Store.read_only`.
    """
    _there(path)
    recover(path)
    version = _schema_version(path)
    if version > SCHEMA:
        raise StoreTooNew(
            N_("The store {path} was made by a newer Qiantai: update this desk, then open it again."), path=path
        )
    problem = _writable_problem(path)
    keys = read_keys(path)
    if version < SCHEMA and problem is None:
        if keys is None:
            raise key_missing(path)
        _migrate(path, keys, accept)
    if keys is None and problem is None:
        problem = key_missing(path)
    if problem is None and path.stat().st_size <= CHECK_AT_OPENING:
        problem = unsound(path)
    if problem is None and (missing := missing_parts(path)):
        problem = StoreDamaged(
            N_(
                "The store lacks parts of itself ({names}); nothing is saved. Close every desk and run "
                "desk doctor --mend: it puts them back, or says that only a backup helps."
            ),
            names=", ".join(missing[:5]),
        )
    if problem is None and (strange := strange_parts(partial(_rows, path))):
        problem = changed_outside(", ".join(strange[:5]))
    if problem is None and keys is not None:
        problem = foreign_key_file(path, keys)
        if problem is None and not accept and (problem := tampered(path, keys)) is not None:
            # Another desk may be in the middle of bringing the store up: what is wrong after its turn is wrong.
            with Turns(path).turn(PATIENCE):
                problem = tampered(path, keys)
    # Whoever accepts what stands there digests all of it anew; the sums of before are not gone by.
    key = keys.rows if keys and not accept else None
    engine = make_engine(path, read_only=problem is not None, key=key)
    return Store(path, engine, keys, problem)


def look_again(store: Store) -> bool:
    """Whether a store that was opened for reading only is well now; it then goes on as one that is written."""
    if store.read_only is None:
        return False
    try:
        fresh = open_store(store.path)
    except StoreProblem as problem:
        store.read_only = problem
        return False
    if fresh.read_only is not None:
        store.read_only = fresh.read_only
        fresh.close()
        return False
    store.become(fresh)
    return True


def _rows(path: Path, sql: str) -> list[Any]:
    found = ask_file(path, sql)
    return found if isinstance(found, list) else []


def _there(path: Path) -> None:
    """Refuse where no file is; in words that fit what is there instead."""
    if not path.name:
        raise StoreDamaged(N_("{path} is not a Qiantai store: name the right file with --store."), path=path)
    try:
        if path.is_file() and path.stat().st_size > 0:
            return
    except PermissionError as error:
        raise not_ours(path.parent) from error
    if _holds_a_key(path) and (path.is_file() or not path.exists()):
        raise StoreMissing(
            N_(
                "The store {path} is gone or empty, but its key file is there: put the store back, or run desk restore "
                "with the latest backup."
            ),
            path=path,
        )
    if path.exists() or path.is_symlink():
        raise StoreDamaged(N_("{path} is not a Qiantai store: name the right file with --store."), path=path)
    raise StoreMissing(
        N_("There is no store at {path}: make one with desk init, or desk demo to look around."), path=path
    )


def _migrate(path: Path, keys: Keys, accept: bool) -> None:
    """Bring a store up in one's turn: of several desks that are opened at once one does it."""
    with Turns(path).turn(PATIENCE):
        version = _schema_version(path)
        if version < SCHEMA:
            _bring_up(path, keys, version, accept)


def _bring_up(path: Path, keys: Keys, version: str, accept: bool) -> None:
    from data.store.migrating import upgrade

    # What was cut off before may not look like the end afterwards.
    if version < HEADS_SIGNED and (problem := journal_apart(path, head_before_signing(path))) is not None:
        raise problem
    backup.copy_store(path, path.parent / "before-upgrade")
    engine: Engine = make_engine(path)
    try:
        with translated(path):
            unasked = path if version < FILES_TAKEN_IN else None
            upgrade(engine, keys, unasked, prove=version >= ROWS_DIGESTED and not accept)
    finally:
        engine.dispose()
    backup.copy_head_anew(path, keys)


def _writable_problem(path: Path) -> StoreProblem | None:
    """Why this account may not write: the store and its folder, or what lies beside it and another account made."""
    beside = {key_path(path): os.R_OK, head_path(path): os.R_OK | os.W_OK, Path(f"{path}-journal"): os.W_OK}
    for file, use in beside.items():
        if file.exists() and not os.access(file, use):
            return not_ours(file)
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return None
    return StoreReadOnly(
        N_("The store {path} may be read but not written: check who owns the file and its folder."), path=path
    )


def _schema_version(path: Path) -> str:
    if not os.access(path, os.R_OK):
        raise not_ours(path)
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error as error:
        if "no such table" in str(error):
            raise StoreDamaged(
                N_("{path} is not a Qiantai store: name the right file with --store."), path=path
            ) from error
        raise (problem_from(error, path) or StoreDamaged(N_("{path} cannot be read."), path=path)) from error
    finally:
        connection.close()
    if len(rows) != 1:
        raise StoreDamaged(
            N_("The store {path} no longer says which version made it: run desk restore with the latest backup."),
            path=path,
        )
    return str(rows[0][0])
