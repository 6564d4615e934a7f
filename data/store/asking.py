"""Prepared questions to a store with nothing but the standard library, for answers that wait for nothing."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.store.schema import SCHEMA


class Unanswered(Exception):
    """The store is not one that can be asked so: the whole program says why."""


class Asked:
    """A store that is read and closed again; whoever may read the file may ask it anything.

    Args:
        path: the file.

    Raises:
        Unanswered: there is none, it is of another version, or it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)
            found = self._connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except (sqlite3.Error, ValueError) as error:
            raise Unanswered from error
        if found is None or found[0] != SCHEMA:
            raise Unanswered

    def __enter__(self) -> "Asked":
        return self

    def __exit__(self, *_said: object) -> None:
        self._connection.close()

    def ask(self, verb: str, sql: str, **values: object) -> Sequence[Any]:  # noqa: ARG002
        """The rows of one question."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise Unanswered from error

    def may(self, verb: str) -> bool:  # noqa: ARG002
        """Nobody is signed in: the file's own permissions say who reads."""
        return True
