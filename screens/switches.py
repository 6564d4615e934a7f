"""The switches of a terminal, where the system has them: what is typed is echoed or not, Enter is a line feed or not.

Windows has none of them; there the toolkit does what can be done, and nothing is shown before it.
"""

import os
import struct
from contextlib import suppress
from typing import Any

try:
    import fcntl
    import termios
except ImportError:  # Windows
    termios = None  # type: ignore[assignment]

# How a terminal was; nothing but `restore` looks into it.
Kept = list[Any]


def kept(handle: int) -> Kept | None:
    """How a terminal is now; None where it has no switches or is none."""
    if termios is None:
        return None
    try:
        return termios.tcgetattr(handle)
    except (termios.error, OSError, ValueError):
        return None


def quiet(handle: int) -> None:
    """Echo nothing, and hand over what is typed at once and as it is.

    Raises:
        OSError: the terminal was closed.
    """
    now = kept(handle)
    if now is not None:
        now[0] &= ~(termios.ICRNL | termios.IXON)
        now[3] &= ~(termios.ECHO | termios.ICANON)
        try:
            termios.tcsetattr(handle, termios.TCSANOW, now)
        except termios.error as error:
            raise OSError(*error.args) from error


def restore(handle: int, before: Kept) -> None:
    """Make a terminal what it was; one that was closed meanwhile takes nothing back."""
    with suppress(OSError, termios.error):
        termios.tcsetattr(handle, termios.TCSANOW, before)


def typed(handle: int) -> bytes:
    """What was typed and not read yet."""
    waiting = struct.unpack("i", fcntl.ioctl(handle, termios.FIONREAD, b"\0" * 4))[0]
    return os.read(handle, waiting) if waiting else b""
