"""The database engine: its settings, set and read back, and who begins a transaction how."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, event
from sqlmodel import create_engine

from data.problems import StoreDamaged
from data.store.digests import Digests
from data.words import N_

WRITES = "qiantai_writes"
DIGESTS = "qiantai_digests"
SETTINGS: dict[str, tuple[str, object]] = {
    "journal_mode": ("TRUNCATE", "truncate"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": ("5000", 5000),
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "mmap_size": ("0", 0),
}


def make_engine(path: Path, *, read_only: bool = False, create: bool = False, key: bytes | None = None) -> Engine:
    """An engine on the file at path.

    Args:
        path: the store's file.
        read_only: never write, not even the journal mode.
        create: make the file if it is missing.
        key: the key of rows; without it nothing that is written gets its digest.
    """
    mode = "ro" if read_only else "rwc" if create else "rw"
    engine = create_engine(
        f"sqlite:///file:{quote(path.absolute().as_posix())}?mode={mode}&uri=true",
        connect_args={"check_same_thread": False},
        pool_size=4,
        hide_parameters=True,
    )
    event.listen(engine, "connect", lambda dbapi, _record: _set_up(dbapi, read_only))
    event.listen(engine, "begin", lambda connection: _begin(connection, key))
    return engine


def _set_up(dbapi: Any, read_only: bool) -> None:
    dbapi.isolation_level = None
    for name, (value, expected) in SETTINGS.items():
        if read_only and name == "journal_mode":
            continue
        dbapi.execute(f"PRAGMA {name}={value}")
        row = dbapi.execute(f"PRAGMA {name}").fetchone()
        if row is not None and row[0] != expected:
            raise StoreDamaged(N_("The database refused the setting {name}; the store was not opened."), name=name)


def _begin(connection: Connection, key: bytes | None) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    if writes and key is not None:
        if DIGESTS not in connection.info:
            raw: Any = connection.connection.driver_connection
            connection.info[DIGESTS] = Digests(raw, key)
        connection.info[DIGESTS].begin()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
