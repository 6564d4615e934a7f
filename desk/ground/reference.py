"""Files that a site may keep beside its store in place of the shipped ones."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

from data.store.site_files import own_file
from data.words import N_
from desk.ground.refusals import Invalid

# A file of the site as TOML read it; whoever asks for it checks it.
Tables: TypeAlias = dict[str, Any]


def path_of(store: Path, name: str) -> Path:
    """The site's own file of this name beside the store, as it was taken in, else the shipped one."""
    return own_file(store, name) or Path(str(files("data.reference") / name))


def tables_of(store: Path, name: str) -> Tables:
    """The tables of such a TOML file, read again only when it has changed.

    Raises:
        Invalid: at "file", when it cannot be read.
    """
    path = path_of(store, name)
    return _read(str(path), path.stat().st_mtime)


def shipped_tables(name: str) -> Tables:
    """The tables of the shipped file of this name."""
    path = Path(str(files("data.reference") / name))
    return _read(str(path), path.stat().st_mtime)


def read(path: Path) -> Tables:
    """The tables of a file, wherever it lies."""
    return _read(str(path), path.stat().st_mtime)


@lru_cache(maxsize=8)
def _read(path: str, _stamp: float) -> Tables:
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable(Path(path), str(error)) from error


def unreadable(path: Path, why: str) -> Invalid:
    """What is said of such a file that cannot be used."""
    return Invalid(N_("The file {path} cannot be read: {why}."), field="file", path=path, why=why)
