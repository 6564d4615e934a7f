"""Somebody who signed in for the command line: a token of this account, which ends when it rests or its right does.

Read with nothing but the standard library, so that a plain question waits for nothing.
"""

import errno
import hashlib
import hmac
import json
import os
import sqlite3
import stat
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from data.chain import same
from data.store.files import new_file, new_folder
from data.store.keys import read_keys

# Seconds without a question after which somebody signs in anew.
IDLE = 30 * 60
# And at the latest after it, whatever was asked meanwhile.
LONGEST = 12 * 60 * 60
_OPERATOR = "SELECT secret_hash, roles, disabled FROM operator WHERE code = ?"


def token_path() -> Path:
    """Where the token is: DESK_LOGIN, else the user's own folder for what programs remember."""
    named = os.environ.get("DESK_LOGIN")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_state_dir("qiantai")) / "login.json"


def mark_of(secret_hash: str, roles: str, disabled: bool) -> str:
    """What changes with a secret, a post or a disabling, and says nothing of them."""
    return hashlib.sha256(f"{secret_hash} {roles} {bool(disabled)}".encode()).hexdigest()[:16]


def keep(store: Path, code: str, mark: str) -> Path:
    """Remember who signed in; a token of another store or person is replaced.

    Raises:
        OSError: it cannot be written.
    """
    path = token_path()
    if path.is_dir() or (path.exists() and not path.is_symlink() and not path.is_file()):
        # A device in its place is not this program's to take away.
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    said = {"store": str(store.absolute()), "code": code, "mark": mark, "at": int(time.time())}
    mac = _mac(store, said)
    new_folder(path.parent)
    path.unlink(missing_ok=True)
    with os.fdopen(new_file(path), "w", encoding="utf-8") as file:
        json.dump({**said, "mac": mac}, file)
    return path


def forget() -> None:
    """Nobody is signed in any more.

    Raises:
        OSError: what lies in the token's place is none.
    """
    path = token_path()
    if path.is_symlink() or path.is_file() or path.is_dir():
        path.unlink(missing_ok=True)


def signed_in(store: Path) -> tuple[str, str]:
    """Code and posts of whoever signed in for a store and may still be; ("", "") for nobody."""
    path = token_path()
    try:
        found = path.lstat()
        if not _mine(found):
            return "", ""
        said = json.loads(path.read_text(encoding="utf-8"))
        mac, code = said.pop("mac"), str(said["code"])
        now = time.time() + 1
        fresh = 0 <= now - found.st_mtime < IDLE and 0 <= now - said["at"] < LONGEST
        if said["store"] != str(store.absolute()) or not fresh or not same(mac, _mac(store, said)):
            return "", ""
        with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True, timeout=2)) as raw:
            row = raw.execute(_OPERATOR, (code,)).fetchone()
        if row is None or row[2] or not same(said["mark"], mark_of(*row)):
            return "", ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, sqlite3.Error):
        return "", ""
    with suppress(OSError):
        os.utime(path)
    return code, str(row[1])


def _mine(found: os.stat_result) -> bool:
    """Whether a token is a plain file of this account that nobody else may read or write."""
    if not hasattr(os, "geteuid"):
        return stat.S_ISREG(found.st_mode)
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077


def _mac(store: Path, said: dict[str, Any]) -> str:
    keys = read_keys(store)
    if keys is None:
        raise ValueError
    line = json.dumps(["login", said["store"], said["code"], said["mark"], said["at"]], ensure_ascii=False)
    return hmac.new(keys.rows, line.encode(), hashlib.sha256).hexdigest()
