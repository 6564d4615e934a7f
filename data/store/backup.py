"""Copies of the store by the database's own backup, checked before anyone relies on them."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from data.problems import StoreBusy, StoreDamaged, StoreFull, StoreProblem
from data.store.files import belong, new_file, new_folder, sync_folder, written_file
from data.store.head import write_head
from data.store.keys import Keys, head_path, key_path, read_keys
from data.store.soundness import ask_file, foreign_key_file, recover
from data.store.store import key_missing, problem_from
from data.store.turns import Turns
from data.words import N_

# Seconds for which a desk that is in the middle of an act is waited for.
PATIENCE = 30.0


def copy_store(path: Path, folder: Path) -> Path:
    """Copy the store and its journal head into folder and check the copy; refuses an unsound one."""
    recover(path)
    target = _free_name(path, folder)
    try:
        _copy_file(head_path(path), head_path(target), path)
        _copy(path, target)
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        head_path(target).unlink(missing_ok=True)
        raise problem_from(error, path) or _not_written(error) from error
    return target


def _free_name(path: Path, folder: Path) -> Path:
    try:
        new_folder(folder, path.parent)
        version = 1
        while (target := folder / f"{path.stem}-{version:04d}.db").exists():
            version += 1
        os.close(new_file(target, path))
    except OSError as error:
        raise _not_written(error) from error
    return target


def _not_written(error: Exception) -> StoreProblem:
    return StoreProblem(N_("The backup was not written: {why}. Name another folder or make room."), why=error)


def check(copy: Path) -> None:
    """Refuse what is no sound backup.

    Raises:
        StoreProblem: there is none; StoreDamaged: it is not sound.
    """
    if not copy.is_file():
        raise StoreProblem(N_("There is no backup at {path}."), path=copy)
    found = ask_file(copy, "PRAGMA quick_check(1)")
    parts = ("SELECT value + 0 FROM counter", "SELECT 1 FROM operator LIMIT 1", "SELECT 1 FROM journal LIMIT 1")
    if found != [("ok",)] or not all(isinstance(ask_file(copy, part), list) for part in parts):
        raise StoreDamaged(N_("The backup {path} is not sound: choose another one."), path=copy)


def restore_store(copy: Path, path: Path, ready: Callable[[Path], object] = lambda _made: None) -> Path | None:
    """Put a checked copy in the place of the store; the replaced file is kept and named in the answer.

    Args:
        ready: does with the copy what must be done before it is used; when it refuses, nothing was put aside.
    """
    check(copy)
    folder = path.with_suffix(".restoring")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise StoreProblem(
            N_("No store can be made at {path}: {why}. Name another place with --store."),
            path=path,
            why=error.strerror or error,
        ) from error
    try:
        scratch = folder / path.name
        _lay_out(copy, path, scratch)
        ready(scratch)
        with Turns(path).turn(PATIENCE):
            return _put_in_place(scratch, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lay_out(copy: Path, path: Path, scratch: Path) -> None:
    """The copy with the key and the head that belong to it, beside the store."""
    try:
        _copy(copy, scratch)
    except sqlite3.Error as error:
        scratch.unlink(missing_ok=True)
        problem = problem_from(error, path)
        if isinstance(problem, StoreFull | StoreBusy):
            raise problem from error
        raise StoreDamaged(N_("The backup {path} is not sound: choose another one."), path=copy) from error
    belong(scratch, path if path.exists() else None)
    _copy_file(key_path(path) if key_path(path).exists() else key_path(copy), key_path(scratch), scratch)
    keys = read_keys(scratch)
    if keys is None:
        raise key_missing(path)
    if (problem := foreign_key_file(scratch, keys)) is not None:
        raise StoreDamaged(
            N_("The backup {path} was made with another key file: put its own key beside the store first."), path=copy
        ) from problem
    if head_path(copy).exists():
        _copy_file(head_path(copy), head_path(scratch), scratch)
    else:
        copy_head_anew(scratch, keys)


def _put_in_place(scratch: Path, path: Path) -> Path | None:
    kept = None
    if path.exists():
        kept = path.with_suffix(".replaced")
        count = 1
        while kept.exists():
            count += 1
            kept = path.with_suffix(f".replaced{count}")
        _take_along(path, kept)
        os.replace(path, kept)
    os.replace(scratch, path)
    if not key_path(path).exists():
        _copy_file(key_path(scratch), key_path(path), path)
    head_path(path).unlink(missing_ok=True)
    _copy_file(head_path(scratch), head_path(path), path)
    sync_folder(path.parent)
    return kept


def _take_along(path: Path, kept: Path) -> None:
    """An unfinished write belongs to the file that is put aside; applied to the restored one it would spoil it."""
    unfinished = Path(f"{path}-journal")
    if unfinished.exists():
        os.replace(unfinished, f"{kept}-journal")


def _copy_file(source: Path, target: Path, like: Path) -> None:
    if source.exists():
        with os.fdopen(written_file(target, like, os.O_TRUNC), "wb") as file:
            file.write(source.read_bytes())


def copy_head_anew(path: Path, keys: Keys) -> None:
    """Begin with the journal's last entry: a copy came without its head, or a store was brought up."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        last = connection.execute("SELECT number, digest FROM journal ORDER BY number DESC LIMIT 1").fetchone()
    finally:
        connection.close()
    head_path(path).unlink(missing_ok=True)
    if last is not None:
        write_head(path, keys.journal, *last)


def _copy(source: Path, target: Path) -> None:
    reader = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
    writer = sqlite3.connect(target)
    try:
        reader.backup(writer)
        found = writer.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok" or not writer.execute("SELECT count(*) FROM alembic_version").fetchone()[0]:
            raise sqlite3.DatabaseError(found)
    finally:
        reader.close()
        writer.close()
