"""Whoever wants to write waits in front of the store, not inside it, where waiting grows longer the longer it lasts.

SQLite's own waiting sleeps up to a tenth of a second between two looks, so that of several busy desks one waits for
seconds. Here everybody looks every millisecond, and whoever holds the turn lets go of it when it ends or dies.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.store.keys import key_path

try:
    import fcntl
except ImportError:  # pragma: no cover - where there is none, SQLite's own waiting is all
    fcntl = None  # type: ignore[assignment]

LOOK = 0.001
# Whoever wrote so lately lets those who wait look first.
COURTESY = 2 * LOOK


class Turns:
    """One desk's place among those who write to a store.

    The key file is what is locked: it is beside every store, belongs to nothing else, and is never put anew.
    """

    def __init__(self, store: Path) -> None:
        self._key, self._ended = key_path(store), 0.0

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Wait for one's turn, so long at most; then SQLite decides."""
        handle = self._open()
        try:
            if handle is not None:
                self._wait(handle, seconds)
            yield
        finally:
            self._ended = time.monotonic()
            if handle is not None:
                # Closing lets go of it.
                os.close(handle)

    def _open(self) -> int | None:
        if fcntl is None:
            return None
        try:
            return os.open(self._key, os.O_RDONLY)
        except OSError:
            return None

    def _wait(self, handle: int, seconds: float) -> None:
        now = time.monotonic()
        if now - self._ended < COURTESY:
            time.sleep(COURTESY)
        while not _locked(handle) and time.monotonic() < now + seconds:
            time.sleep(LOOK)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
