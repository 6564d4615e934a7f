"""Somebody who signed in for the command line: a token of this account, which ends when it rests or its right does.

Read with nothing but the standard library, so that a plain question waits for nothing.
"""

import hashlib
import hmac
import json
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from data.chain import same
from data.store.files import new_file, new_folder
from data.store.keys import read_keys

# Seconds without a question after which somebody signs in anew.
IDLE = 30 * 60
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
    new_folder(path.parent)
    path.unlink(missing_ok=True)
    said = {"store": str(store.absolute()), "code": code, "mark": mark}
    with os.fdopen(new_file(path), "w", encoding="utf-8") as file:
        json.dump({**said, "mac": _mac(store, said)}, file)
    return path


def forget() -> None:
    """Nobody is signed in any more."""
    token_path().unlink(missing_ok=True)


def signed_in(store: Path) -> tuple[str, str]:
    """Code and posts of whoever signed in for a store and may still be; ("", "") for nobody."""
    path = token_path()
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        rested = time.time() - path.stat().st_mtime
        mac, code = said.pop("mac"), str(said["code"])
        if said["store"] != str(store.absolute()) or not 0 <= rested + 1 < IDLE or not same(mac, _mac(store, said)):
            return "", ""
        with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True, timeout=2)) as raw:
            row = raw.execute(_OPERATOR, (code,)).fetchone()
        if row is None or row[2] or not same(said["mark"], mark_of(*row)):
            return "", ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError, sqlite3.Error):
        return "", ""
    with suppress(OSError):
        os.utime(path)
    return code, str(row[1])


def _mac(store: Path, said: dict[str, str]) -> str:
    keys = read_keys(store)
    if keys is None:
        raise ValueError
    line = json.dumps(["login", said["store"], said["code"], said["mark"]], ensure_ascii=False)
    return hmac.new(keys.rows, line.encode(), hashlib.sha256).hexdigest()
