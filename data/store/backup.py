"""Copies of the store by the database's own backup, checked before anyone relies on them."""

import os
import shutil
import sqlite3
from pathlib import Path

from data.problems import StoreDamaged, StoreProblem
from data.store.keys import head_path, key_path
from data.words import N_


def copy_store(path: Path, folder: Path) -> Path:
    """Copy the store and its journal head into folder and check the copy; refuses an unsound one."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        version = 1
        while (target := folder / f"{path.stem}-{version:04d}.db").exists():
            version += 1
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if head_path(path).exists():
            shutil.copyfile(head_path(path), head_path(target))
        _copy(path, target)
    except (OSError, sqlite3.Error) as error:
        raise StoreProblem(
            N_("The backup was not written: {why}. Name another folder or make room."), why=error
        ) from error
    return target


def restore_store(copy: Path, path: Path) -> Path | None:
    """Put a checked copy in the place of the store; the replaced file is kept and named in the answer."""
    if not copy.is_file():
        raise StoreProblem(N_("There is no backup at {path}."), path=copy)
    scratch = path.with_suffix(".restoring")
    scratch.unlink(missing_ok=True)
    try:
        _copy(copy, scratch)
    except sqlite3.Error as error:
        scratch.unlink(missing_ok=True)
        raise StoreDamaged(N_("The backup {path} is not sound: choose another one."), path=copy) from error
    os.chmod(scratch, 0o600)
    kept = None
    if path.exists():
        kept = path.with_suffix(".replaced")
        count = 1
        while kept.exists():
            count += 1
            kept = path.with_suffix(f".replaced{count}")
        os.replace(path, kept)
    os.replace(scratch, path)
    if head_path(copy).exists():
        shutil.copyfile(head_path(copy), head_path(path))
    if not key_path(path).exists() and key_path(copy).exists():
        shutil.copyfile(key_path(copy), key_path(path))
    return kept


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
