"""Files beside a store as each system has them: whose they are, who holds them, whether the disk has them.

What a system lacks (owners and modes, one kind of waiting for the disk) is left out here and nowhere else.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
# Windows takes text for granted unless it is told; a link is followed unless one says so.
PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
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
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | PLAIN, ALONE)
    _belong(handle, like)
    return handle


def written_file(path: Path, like: Path, flags: int = 0) -> int:
    """A handle to write with, on a file that is made where it is missing and belongs to those who may use another.

    A link in its place is not followed: whoever put it there may not have root write elsewhere.

    Args:
        flags: how it is written besides, such as os.O_APPEND.

    Raises:
        OSError: it cannot be written, or is no plain file of one name.
    """
    # Nothing is cut off before it is known what lies there.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | PLAIN | (flags & ~os.O_TRUNC), ALONE)
    try:
        _plain(handle, path)
        if flags & os.O_TRUNC:
            os.truncate(handle, 0)
        _belong(handle, like)
    except BaseException:
        os.close(handle)
        raise
    return handle


def new_folder(folder: Path, like: Path | None = None) -> None:
    """Make a folder where none is, for those who may use another one.

    Raises:
        OSError: it cannot be made, or somebody else's link is in its place.
    """
    if folder.is_symlink() and hasattr(os, "geteuid") and folder.lstat().st_uid not in (0, os.geteuid()):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder))
    if not folder.is_dir():
        folder.mkdir(mode=ALONE_FOLDER, parents=True, exist_ok=True)
        belong(folder, like)


def belong(path: Path, like: Path | None) -> None:
    """Give a file or folder the mode, owner and group of another one, as far as this account may."""
    with suppress(OSError), opened_plainly(path) as handle:
        _belong(handle, like)


def give(path: Path, owner: int, group: int, mode: int) -> None:
    """Give a file or folder away; a link is not followed.

    Args:
        owner, group: their numbers, -1 leaves them.

    Raises:
        OSError: it is another account's, a link, or no plain file of one name.
    """
    with opened_plainly(path) as handle:
        os.fchown(handle, owner, group)
        os.fchmod(handle, mode)


@contextmanager
def opened_plainly(path: Path) -> Iterator[int]:
    """A handle on a folder or on a plain file of one name.

    Raises:
        OSError: it is a link, a device, a pipe, or a file that has another name elsewhere.
    """
    handle = os.open(path, os.O_RDONLY | PLAIN | getattr(os, "O_NONBLOCK", 0))
    try:
        _plain(handle, path)
        yield handle
    finally:
        os.close(handle)


def _plain(handle: int, path: Path) -> None:
    found = os.fstat(handle)
    if not stat.S_ISDIR(found.st_mode) and not (stat.S_ISREG(found.st_mode) and found.st_nlink == 1):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(path))


def _belong(handle: int, like: Path | None) -> None:
    if not hasattr(os, "fchown"):
        return
    mine = os.fstat(handle)
    other = like.stat() if like is not None and like.exists() else None
    kept = SHARED_FOLDER if stat.S_ISDIR(mine.st_mode) else 0o666
    mode = other.st_mode & kept if other is not None else mine.st_mode & 0o700
    if other is not None and (mine.st_uid, mine.st_gid) != (other.st_uid, other.st_gid):
        for owner in (other.st_uid, -1):
            # Only root gives files away; the group may be one of one's own.
            with suppress(OSError):
                os.fchown(handle, owner, other.st_gid)
                break
    if stat.S_IMODE(mine.st_mode) != mode:
        with suppress(OSError):
            os.fchmod(handle, mode)


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
