"""Files that a site keeps beside its store: one is used only while it is what somebody who may has taken in.

The store keeps the digest of each, in a row of its settings that carries a digest itself; a file that somebody puts
there, or changes, is not used.
"""

import hashlib
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from data.chain import row_digest, same
from data.store.keys import read_keys
from data.store.soundness import ask_file
from data.words import N_

# Under which setting the digest of a file is.
TAKEN = "file:"
NAMES = ("standards.toml", "prompts.toml", "emergencies.toml", "prices.toml", "warranty.toml")
UNKNOWN = N_("{name} lies beside the store and was not taken in: it is not used (desk site take-in).")
CHANGED = N_("{name} is no longer what was taken in: the shipped one is used (desk site take-in).")
GONE = N_("{name} was taken in and is gone: the shipped one is used.")
Stamp: TypeAlias = tuple[int, int, int, int]
# What was found of a file with a stamp: what its content is, and for which store it was taken in.
_content: dict[Path, tuple[Stamp, str]] = {}
_known: dict[Path, tuple[float, str]] = {}
# Bytes that a file of a site has at most.
LARGEST = 4 << 20
# Seconds for which what the store said of a file is not asked again.
FRESH = 5.0


def adopt(raw: sqlite3.Connection, store: Path) -> None:
    """What a site has used until now goes on: its files are taken in as they lie there; once, in an upgrade."""
    for name in NAMES:
        if digest := digest_of(store.parent / name):
            raw.execute("INSERT INTO setting (key, value) VALUES (?, ?)", (TAKEN + name, digest))


def digest_of(path: Path) -> str:
    """The digest of a file's content; "" for one that cannot be read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            return ""
        stamp = found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
        known = _content.get(path)
        if known is None or known[0] != stamp:
            known = _content[path] = stamp, hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
    return known[1]


def own_file(store: Path, name: str) -> Path | None:
    """The site's own file of this name, as it was taken in; None where there is none, or another."""
    path = store.parent / name
    digest = digest_of(path)
    if not digest:
        return None
    asked, taken = _known.get(path, (0.0, ""))
    if taken != digest or time.monotonic() - asked > FRESH:
        taken = taken_in(store, name)
        _known[path] = time.monotonic(), taken
    return path if taken == digest else None


def forget() -> None:
    """Ask the store anew what was taken in."""
    _known.clear()


@contextmanager
def tried(store: Path, name: str) -> Iterator[str]:
    """Within it a file is read as if it was taken in, to see whether it can be; gives its digest."""
    path = store.parent / name
    digest = digest_of(path)
    _known[path] = time.monotonic(), digest
    try:
        yield digest
    finally:
        forget()


def odd(store: Path, name: str) -> str:
    """Why the file of this name beside the store is not used, as a message with {name}; "" where it is, or none is."""
    digest, taken = digest_of(store.parent / name), taken_in(store, name)
    if (store.parent / name).exists() and (not digest or digest != taken):
        return CHANGED if taken else UNKNOWN
    return GONE if taken and not digest else ""


def taken_in(store: Path, name: str) -> str:
    """The digest of the file that was taken in under this name; "" where none was, or no act has written it."""
    keys = read_keys(store)
    rows = ask_file(store, "SELECT value, digest FROM setting WHERE key = ?", TAKEN + name)
    if keys is None or not isinstance(rows, list) or not rows:
        return ""
    value, digest = rows[0]
    right, _weight = row_digest(keys.rows, "setting", [TAKEN + name, value])
    return str(value) if same(right, digest) else ""
