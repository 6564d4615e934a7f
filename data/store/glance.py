"""A first look at a store with nothing but the standard library, so that the first screen waits for nothing."""

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple


class Glance(NamedTuple):
    """What the sign-in screen shows before the store is opened."""

    exists: bool
    site: str = ""
    demo: str = ""


def default_path() -> Path:
    """Where the store is when nobody says otherwise: DESK_STORE, else the user's data folder."""
    named = os.environ.get("DESK_STORE")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("qiantai")) / "qiantai.db"


def glance(path: Path) -> Glance:
    """Whether there is a store, its site's name, and the sign-ins that a demo store shows; never fails."""
    try:
        if not path.is_file():
            return Glance(False)
    except PermissionError:
        # What it is, is said when it is opened.
        return Glance(True)
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)
        try:
            rows = dict(connection.execute("SELECT key, value FROM setting WHERE key IN ('site.name', 'site.demo')"))
        finally:
            connection.close()
    except (sqlite3.Error, ValueError):
        return Glance(True)
    return Glance(True, str(rows.get("site.name", "")), str(rows.get("site.demo", "")))


def schema(path: Path) -> str:
    """Which make-up a store has; "" where there is none that can be read."""
    if not os.access(path, os.R_OK) or not path.is_file():
        return ""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except (sqlite3.Error, ValueError):
        return ""
    return str(row[0]) if row else ""
