"""How long it is since something, by a clock that nobody sets; and what it said when the machine's time was right."""

import json
import math
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from data.store.files import written_file

BOOT = Path("/proc/sys/kernel/random/boot_id")
# So many machines at most are remembered beside one store.
MOST = 16
# Microseconds of the last instant that can be said.
LATEST = 250_000_000_000_000_000


class Mark(NamedTuple):
    """The machine's time in microseconds, the steady seconds at that moment, and by how many it had wandered off."""

    micros: int
    steady: float
    wandered: float = 0.0


def steady_seconds() -> float:
    """Seconds since the machine started, also those in which it slept."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def this_boot() -> str:
    """What this start of this machine is called; "" where the machine does not say."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def time_path(store: Path) -> Path:
    """Where the marks of the machines are that work on a store."""
    return store.with_suffix(".time")


def read_mark(store: Path) -> Mark | None:
    """What another program on this machine has left since it started, or None."""
    found = _marks(store).get(this_boot())
    if not isinstance(found, list) or len(found) not in (2, 3) or type(found[0]) is not int:
        return None
    if any(type(one) not in (int, float) for one in found[1:]) or not all(map(math.isfinite, found[1:])):
        return None
    mark = Mark(*found)
    return mark if 0 <= mark.micros < LATEST and abs(mark.wandered) < LATEST / 1e6 else None


def write_mark(store: Path, mark: Mark) -> None:
    """Leave it for the next program on this machine; one that cannot be written is only missing."""
    boot = this_boot()
    if not boot:
        return
    others = {name: known for name, known in _marks(store).items() if name != boot}
    kept = dict([*others.items()][-MOST + 1 :]) | {boot: mark}
    with suppress(OSError), os.fdopen(written_file(time_path(store), store, os.O_TRUNC), "w", encoding="ascii") as file:
        file.write(json.dumps(kept))


def _marks(store: Path) -> dict[str, object]:
    try:
        found = json.loads(time_path(store).read_text(encoding="ascii"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
