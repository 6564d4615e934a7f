"""Files beside a store as each system has them: whose they are, who holds them, whether the disk has them.

What a system lacks (owners and modes, one kind of waiting for the disk) is left out here and nowhere else.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
try:
    import msvcrt
except ImportError:  # everywhere else
    msvcrt = None  # type: ignore[assignment]
try:
    import pwd
except ImportError:  # Windows
    pwd = None  # type: ignore[assignment]

ALONE = 0o600
ALONE_FOLDER = 0o700
# What is made in a folder with the third bit belongs to the folder's group, whoever makes it.
SHARED, SHARED_FOLDER = 0o660, 0o2770
# Windows takes text for granted unless it is told.
BINARY = getattr(os, "O_BINARY", 0)
# Where Windows locks a byte, nobody else may even read it: one that no file beside a store has.
BEYOND = 1 << 30


def new_file(path: Path, like: Path | None = None) -> int:
    """Make a file that is not there yet, and give back its handle.

    Args:
        like: those who may use this one may use the new one; else its owner only.

    Raises:
        FileExistsError: it is there.
        OSError: it cannot be made.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, ALONE)
    belong(path, like)
    return handle


def written_file(path: Path, like: Path, flags: int = 0) -> int:
    """A handle to write with, on a file that is made where it is missing and belongs to those who may use another.

    Args:
        flags: how it is written besides, such as os.O_APPEND.

    Raises:
        OSError: it cannot be written.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | BINARY | flags, ALONE)
    belong(path, like)
    return handle


def new_folder(folder: Path, like: Path | None = None) -> None:
    """Make a folder where none is, for those who may use another one.

    Raises:
        OSError: it cannot be made.
    """
    if not folder.is_dir():
        folder.mkdir(mode=ALONE_FOLDER, parents=True, exist_ok=True)
        belong(folder, like)


def belong(path: Path, like: Path | None) -> None:
    """Give a file or folder the mode, owner and group of another one, as far as this account may."""
    try:
        mine, other = path.stat(), like.stat() if like is not None else None
    except OSError:
        return
    kept = SHARED_FOLDER if stat.S_ISDIR(mine.st_mode) else 0o666
    mode = other.st_mode & kept if other is not None else mine.st_mode & 0o700
    if other is not None and (mine.st_uid, mine.st_gid) != (other.st_uid, other.st_gid):
        _give(path, other.st_uid, other.st_gid)
    if stat.S_IMODE(mine.st_mode) != mode:
        with suppress(OSError):
            path.chmod(mode)


def _give(path: Path, owner: int, group: int) -> None:
    if hasattr(os, "chown"):
        for account in (owner, -1):
            # Only root gives files away; the group may be one of one's own.
            with suppress(OSError):
                os.chown(path, account, group)
                return


def owner_name(path: Path) -> str:
    """What the account is called to which a file belongs; its number where it has no name."""
    try:
        number = path.stat().st_uid
        return pwd.getpwuid(number).pw_name if pwd is not None else str(number)
    except OSError:
        return "?"
    except KeyError:
        return str(number)


def write_at(handle: int, data: bytes, place: int) -> None:
    """Write into a file at a place, and wait until the disk has it."""
    if hasattr(os, "pwrite"):
        os.pwrite(handle, data, place)
    else:
        os.lseek(handle, place, os.SEEK_SET)
        os.write(handle, data)
    getattr(os, "fdatasync", os.fsync)(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names of a folder; where that cannot be asked, it is not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def locked(handle: int, *, shared: bool = False) -> bool:
    """Whether an open file is locked now; what cannot be locked at all stops nobody.

    Args:
        handle: closing it lets go of the lock; -1 is no file.
        shared: with others that share it; where that cannot be said, alone.
    """
    if handle < 0:
        return True
    try:
        if fcntl is not None:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        elif msvcrt is not None:
            os.lseek(handle, BEYOND, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
