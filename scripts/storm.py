"""Every fault that the desk must survive, brought upon it; counts at the end, and what did not hold.

    scripts/storm [--large] [ROW …]

Each row has a control: the same against something that does not keep the promise. A control that finds nothing is a
row that proves nothing, and fails, too.
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import storm_clock
import storm_damage
import storm_desks
import storm_faults
import storm_images
import storm_migrating
import storm_tampering
import storm_trace
from storm_row import Row

ROWS = (
    *storm_images.ROWS, *storm_faults.ROWS, *storm_migrating.ROWS, *storm_damage.ROWS, *storm_desks.ROWS,
    *storm_clock.ROWS, *storm_tampering.ROWS,
)  # fmt: skip
TRACED = (*storm_images.ROWS, *storm_faults.ROWS, *storm_migrating.ROWS)
MOST_SHOWN = 10


def run(row: Row, count: int) -> int:
    """One row; how much did not hold."""
    folder = Path(tempfile.mkdtemp(prefix="qiantai-storm-"))
    began = time.perf_counter()
    try:
        wrong = list(row.run(folder / "row", count))
        if not list(row.control(folder / "control")):
            wrong.append("the control found nothing: this row proves nothing")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(
        f"{row.name:<26}{count:>7} times, {len(wrong):>3} wrong   {time.perf_counter() - began:6.0f} s   {row.promise}"
    )
    for said in wrong[:MOST_SHOWN]:
        print(f"    {said}")
    sys.stdout.flush()
    return len(wrong)


def main() -> int:
    """The rows that are asked for, small or large."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", help="names of rows; else all")
    parser.add_argument("--large", action="store_true", help="as often as docs/promises.md says; takes hours")
    parser.add_argument("--count", type=int, default=0, help="so often, whatever the row says")
    asked = parser.parse_args()
    wrong = 0
    for row in ROWS:
        if asked.rows and row.name not in asked.rows:
            continue
        if row in TRACED and not storm_trace.possible():
            print(f"{row.name:<26} not tried: it needs Linux on x86_64")
            continue
        wrong += run(row, asked.count or (row.large if asked.large else row.small))
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
