"""The log of this program's own faults beside the store: where, never what, for a value may be somebody's ID number."""

import os
import traceback
from contextlib import suppress
from pathlib import Path

from data.store.files import written_file
from desk.ground.wallclock import wall_clock

LARGEST_LOG = 256 * 1024


def log_path(store: Path) -> Path:
    """The log of faults beside a store."""
    return store.with_suffix(".faults.log")


def ended_path(store: Path) -> Path:
    """What a desk that had to end leaves for the next start."""
    return store.with_suffix(".ended")


def leave_word(store: Path) -> None:
    """Leave word for the next start that this desk ended by a fault of its own."""
    with (
        suppress(OSError),
        os.fdopen(written_file(ended_path(store), store, os.O_TRUNC), "w", encoding="ascii") as file,
    ):
        file.write(f"{wall_clock():%Y-%m-%d %H:%M}")


def where(error: BaseException) -> str:
    """The innermost place of a fault as file:line and its kind; never a value, for it may be somebody's ID number."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} {place}"


def write_log(store: Path, error: BaseException) -> None:
    """Append where a fault happened, without values; a log that grew too large begins anew."""
    chain: BaseException | None = error
    lines = [f"{wall_clock():%Y-%m-%dT%H:%M:%SZ} pid {os.getpid()}"]
    while chain is not None:
        lines.append(f"  {type(chain).__name__}")
        frames = traceback.extract_tb(chain.__traceback__)
        lines += [f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        chain = chain.__cause__ or chain.__context__
    path = log_path(store)
    try:
        fresh = path.exists() and path.stat().st_size > LARGEST_LOG
        flags = os.O_TRUNC if fresh else os.O_APPEND
        with os.fdopen(written_file(path, store, flags), "a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return


def ended_before(store: Path) -> str:
    """When a desk on this store last ended by a fault of its own, or ""; told until somebody has signed in."""
    try:
        return ended_path(store).read_text(encoding="ascii").strip()[:16]
    except (OSError, ValueError):
        return ""


def forget_end(store: Path) -> None:
    """It was told."""
    with suppress(OSError):
        ended_path(store).unlink()
