"""Whoever wants to write waits in front of the store, not inside it, where waiting grows longer the longer it lasts.

SQLite's own waiting sleeps up to a tenth of a second between two looks, so that of several busy desks one waits for
seconds. Here everybody looks every millisecond, and whoever holds the turn lets go of it when it ends or dies.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.store.files import locked
from data.store.keys import head_path, key_path

LOOK = 0.001
# Whoever wrote so lately lets those who wait look first.
COURTESY = 2 * LOOK


class Turns:
    """One desk's place among those who write to a store.

    Whoever has the turn has locked the key file, and those who wait for it share a lock on the head's copy: both are
    beside every store and are never put anew.
    """

    def __init__(self, store: Path) -> None:
        self._key, self._head, self._ended = key_path(store), head_path(store), 0.0

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Wait for one's turn, so long at most; then SQLite decides."""
        if time.monotonic() - self._ended < COURTESY and self._somebody_waits():
            time.sleep(COURTESY)
        with _opened(self._key) as turn:
            if not locked(turn):
                self._wait(turn, seconds)
            try:
                yield
            finally:
                self._ended = time.monotonic()

    def _wait(self, turn: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        with _opened(self._head) as waiting:
            locked(waiting, shared=True)
            while not locked(turn) and time.monotonic() < until:
                time.sleep(LOOK)

    def _somebody_waits(self) -> bool:
        with _opened(self._head) as waiting:
            return not locked(waiting)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """A handle on a file, -1 where there is none; closing lets go of what was locked through it."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        handle = -1
    try:
        yield handle
    finally:
        if handle >= 0:
            os.close(handle)
