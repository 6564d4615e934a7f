"""The copy of the journal's head outside the store: a tail that was cut off the journal is missed.

It is written in place, in two lines that take turns: a write that a power cut tears spoils one, and the other is a true
head of a moment before. One that is behind is still in the chain, so it is mended by the next act without anybody's
help; one that the chain does not hold means that entries are gone.
"""

import hmac
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from data.chain import head_digest
from data.store.files import sync_folder, write_at, written_file
from data.store.keys import head_path

LINE = 160
# What no journal has: a copy that is there and cannot be read is not taken for none.
UNREADABLE = "unreadable"
WITNESS = "DESK_WITNESS"


class Head(NamedTuple):
    """The newest entry of the journal, as it was copied."""

    number: int
    digest: str

    def __str__(self) -> str:
        """As it stands on paper."""
        return f"{self.number} {self.digest[:16]}"


def write_head(store: Path, key: bytes, number: int, digest: str) -> None:
    """Copy the journal's head, signed with the key, and wait until the disk has it.

    Args:
        key: the journal's.

    Raises:
        OSError: it cannot be written.
    """
    path = head_path(store)
    new = not path.exists()
    places = _places(store, key) if not new else [None, None]
    if any(head is not None and head.number >= number for head in places):
        # Another desk was faster: what it wrote names this entry, too.
        return
    older = min((0, 1), key=lambda place: places[place] or Head(0, ""))
    line = f"{number} {digest} {head_digest(key, number, digest)}".ljust(LINE - 1) + "\n"
    handle = written_file(path, store)
    try:
        write_at(handle, line.encode("ascii"), older * LINE)
    finally:
        os.close(handle)
    if new:
        sync_folder(path.parent)


def bear_witness(store: Path, head: Head) -> None:
    """Append the head to the place that DESK_WITNESS names: another disk, a printer, whatever this account cannot undo.

    Raises:
        OSError: it cannot be written there.
    """
    place = os.environ.get(WITNESS)
    if place:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, f"{store.stem} {head.number} {head.digest}\n".encode())
        finally:
            os.close(handle)


def read_head(store: Path, key: bytes) -> Head | None:
    """The copied head; one that no entry has where the copy cannot be read; None where there is none.

    Raises:
        PermissionError: this account may not read it.
    """
    try:
        found = [head for head in _places(store, key) if head is not None]
    except FileNotFoundError:
        return None
    except PermissionError:
        # Another account's: that says nothing of what stands in it.
        raise
    except OSError:
        return Head(0, UNREADABLE)
    return max(found, default=Head(0, UNREADABLE))


def _places(store: Path, key: bytes) -> list[Head | None]:
    """What stands in the two lines; None for one that nobody with the key has written."""
    text = head_path(store).read_bytes().decode("ascii", "replace")
    return [_signed(place.split(), key) for place in (text[:LINE], text[LINE:])]


def _signed(words: Sequence[str], key: bytes) -> Head | None:
    if len(words) != 3 or not words[0].isdecimal():
        return None
    number = int(words[0])
    right = hmac.compare_digest(head_digest(key, number, words[1]), words[2])
    return Head(number, words[1]) if right else None


def head_before_signing(store: Path) -> Head | None:
    """The copy as stores made it before it was signed: read once, when they are brought up."""
    try:
        number, digest = head_path(store).read_text(encoding="ascii").split()
        return Head(int(number), digest)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Head(0, UNREADABLE)
