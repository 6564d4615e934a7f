"""A store that cannot be read whole, made anew from its records: nothing is lost, or nothing is put in place."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from data.problems import StoreDamaged
from data.store.files import new_file, sync_folder
from data.words import N_

_PARTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"


def remake(path: Path, like: Path | None = None) -> Path:
    """A new file with every record of the store, its indexes made anew; to be proven, and then put in place.

    Args:
        like: an empty store, of which it takes the indexes and triggers that the other has lost.

    Raises:
        StoreDamaged: a table cannot be read to its end.
    """
    made = path.with_suffix(".remade")
    made.unlink(missing_ok=True)
    os.close(new_file(made, path))
    try:
        _copy_records(path, made)
        if like is not None:
            _complete(made, like)
    except sqlite3.Error as error:
        made.unlink(missing_ok=True)
        raise StoreDamaged(
            N_("Records of {path} cannot be read: keep the file, and run desk restore with the latest backup."),
            path=path,
        ) from error
    return made


def _copy_records(path: Path, made: Path) -> None:
    with closing(sqlite3.connect(made, isolation_level=None)) as new:
        new.execute("ATTACH ? AS old", (f"{path.absolute().as_uri()}?mode=ro",))
        parts = new.execute(_PARTS.replace("sqlite_master", "old.sqlite_master")).fetchall()
        new.execute("BEGIN")
        for kind, name, sql in parts:
            if kind == "table":
                new.execute(sql)
                # A condition, whatever it says, keeps SQLite from copying the indexes page by page.
                new.execute(f"INSERT INTO main.{name} SELECT * FROM old.{name} NOT INDEXED WHERE true")  # noqa: S608
        for kind, _name, sql in parts:
            if kind != "table":
                new.execute(sql)
        new.execute("COMMIT")


def _complete(made: Path, like: Path) -> None:
    with closing(sqlite3.connect(like)) as whole, closing(sqlite3.connect(made, isolation_level=None)) as new:
        there = {name for _kind, name, _sql in new.execute(_PARTS).fetchall()}
        for kind, name, sql in whole.execute(_PARTS).fetchall():
            if name not in there and kind != "table":
                new.execute(sql)


def put_in_place(made: Path, path: Path) -> Path:
    """The new file becomes the store; the one it was made from is kept beside it and named in the answer."""
    kept = path.with_suffix(".damaged")
    count = 1
    while kept.exists():
        count += 1
        kept = path.with_suffix(f".damaged{count}")
    unfinished = Path(f"{path}-journal")
    if unfinished.exists():
        os.replace(unfinished, f"{kept}-journal")
    os.replace(path, kept)
    os.replace(made, path)
    sync_folder(path.parent)
    return kept
