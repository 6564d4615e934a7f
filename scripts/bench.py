"""Everything that somebody waits for, each row beside its floor in the same run, with its goal, met or not.

    scripts/bench [--quick] [--json] [--only WORDS] [--rounds N] [--against REV] [--peers]

Ratios are what counts: this machine's milliseconds are nobody else's. `--against` runs another version beside this one
(start, keys, commands) and marks what became slower. `--quick` takes about two minutes.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import bench_cases
import bench_growth
import bench_passes
import bench_peers
import bench_programs
import bench_rooms
import bench_start
import make_store
from bench_programs import Version
from bench_row import Row

from desk import demo

# What a quick run leaves to the long one.
QUICK = ("echo in the matter", "↓ in the queue", "↓ held in c", "record open", "quiet second: the")


def rows(asked: argparse.Namespace, folder: Path, now: Version, before: Version | None) -> Iterator[Row]:
    """Every row that is asked for."""
    rounds = 1 if asked.quick else asked.rounds
    if not asked.only or asked.only not in "keys":
        yield from bench_start.rows(now, before, folder, 2 if asked.quick else max(3, rounds))
    for only in QUICK if asked.quick and not asked.only else (asked.only if asked.only != "keys" else "",):
        yield from bench_rooms.rows(now, before, folder, rounds, only)
    if before is not None or asked.only:
        return
    years = 1 if asked.quick else 3
    with closing(make_store.new_store(folder / "years.db")) as store:
        make_store.fill_people(store, 5000)
        yield from bench_cases.rows(store, bench_cases.fill(store, 5000, years))
    with closing(make_store.new_store(folder / "passes.db")) as store:
        make_store.fill(store, 1000, 10_000, 0, 0)
        yield bench_passes.issued(store)
    yield from bench_growth.rows(folder, asked.quick)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true", help="a line a row, with everything measured")
    parser.add_argument("--only", default="", help="keys and quiet seconds whose name holds this; keys: all of them")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--against", default="", help="a revision to run beside this one")
    parser.add_argument("--peers", action="store_true", help="other programs that are installed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo.make(folder / "now.db").close()
        now = bench_programs.ours(folder / "now.db")
        before = bench_programs.checked_out(asked.against, folder) if asked.against else None
        missed = 0
        try:
            if asked.peers:
                found = bench_peers.rows(now.argv("--store", str(now.store)), folder, asked.rounds)
            else:
                found = rows(asked, folder, now, before)
            for row in found:
                missed += not row.met
                print(json.dumps(row.as_json(), ensure_ascii=False) if asked.json else row.said(), flush=True)
        finally:
            if before is not None:
                bench_programs.taken_away(before)
    if not asked.json:
        print(f"{missed} rows do not reach their goal." if missed else "Every goal is reached.")


if __name__ == "__main__":
    main()
