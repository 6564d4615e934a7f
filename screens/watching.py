"""Seeing at once that another desk wrote: where the machine tells of changed files, nobody waits for the next look."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Elsewhere than on Linux the store is looked at twice a second, as on a file system that tells nothing.
try:
    from inotify_simple import INotify, flags
except ImportError:
    INotify = None


class Watch:
    """Tells when somebody has written to a file and closed it.

    Args:
        path: the file; it may come and go.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._told: Any = INotify(nonblocking=True)
        self._told.add_watch(path.parent, flags.CLOSE_WRITE)

    def fileno(self) -> int:
        """The handle that is readable once something happened in the folder."""
        return int(self._told.fileno())

    def happened(self) -> bool:
        """Whether the file was written since this was asked last."""
        return any(event.name == self.name for event in self._told.read(timeout=0))

    def close(self) -> None:
        """Watch no longer."""
        asyncio.get_running_loop().remove_reader(self._told.fileno())
        self._told.close()


def watch(path: Path, then: Callable[[], object]) -> Watch | None:
    """Call something in the running loop whenever a file was written; None where the machine does not tell."""
    if INotify is None:
        return None
    try:
        found = Watch(path)
    except OSError:
        return None
    asyncio.get_running_loop().add_reader(found.fileno(), lambda: then() if found.happened() else None)
    return found
