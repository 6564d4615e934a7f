"""Proves clauses: each fault is planted in turn, and a test that is marked with its clause has to fail.

    scripts/prove [CLAUSE | NAME …] [--changed] [--sample SECONDS] [--jobs N]

Without a word, every fault. --changed: only those planted into files that differ from the last commit but one, or
are not committed. --sample: those of changed files first, then others every day, as many as fit into so many seconds.
A fault that no test of its clauses catches survives; a survivor, a fault whose text is gone, and a mark without a
fault fail the command.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime

from tests.clause_table import marked, wrong
from tests.fault_list import FAULTS
from tests.faults import ROOT


def tests_of(name: str) -> list[str]:
    """The tests that may catch a fault: those marked with its clauses, its own test first."""
    fault, tests = FAULTS[name], marked()
    return list(dict.fromkeys([fault.test, *(test for clause in fault.clauses for test in tests[clause])]))


def tried(name: str) -> tuple[str, str]:
    """Plant a fault and say what became of it."""
    fault = FAULTS[name]
    if (ROOT / fault.file).read_text(encoding="utf-8").count(fault.old) != 1:
        return name, "GONE: its text does not stand once in " + fault.file
    quiet = ["-q", "--tb=no", "-p", "no:cacheprovider", "-p", "tests.planted"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *quiet, *tests_of(name)],
        env={**os.environ, "PLANTED": name, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    if done.returncode not in (0, 1):
        return name, f"NOT RUN ({done.returncode})"
    failed = set(re.findall(r"^(?:FAILED|ERROR) (tests/[^\s\[]+)", done.stdout, re.M))
    tests = marked()
    unseen = [clause for clause in fault.clauses if not failed & set(tests[clause])]
    if unseen or not failed:
        return name, f"SURVIVED ({' '.join(unseen) or 'its own test'})"
    return name, "caught"


def changed() -> set[str]:
    """The files that differ from the last commit but one, or are not committed; empty where git cannot say."""
    done = subprocess.run(
        ["git", "diff", "--name-only", "HEAD~1"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    return set(done.stdout.split()) if done.returncode == 0 else set()


def wanted(words: list[str], *, only_changed: bool) -> list[str]:
    """The names of the faults that some clauses and names mean."""
    names = [name for name, fault in FAULTS.items() if not words or name in words or set(words) & set(fault.clauses)]
    files = changed() if only_changed else set()
    return [name for name in names if not only_changed or FAULTS[name].file in files]


def run(names: list[str], jobs: int, seconds: float) -> Iterator[tuple[str, str]]:
    """Try faults side by side; no new one begins once the seconds are over."""
    until, left = time.monotonic() + seconds, list(names)
    with ThreadPoolExecutor(jobs) as pool:
        running: set[Future[tuple[str, str]]] = set()
        while left or running:
            while left and len(running) < jobs and time.monotonic() < until:
                running.add(pool.submit(tried, left.pop(0)))
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (one.result() for one in done)


def main() -> int:
    """Prove what is asked for; 1 when something survived or does not hold together."""
    parser = argparse.ArgumentParser(prog="scripts/prove", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("words", nargs="*", help="clauses such as REL-1, or names of faults")
    parser.add_argument("--changed", action="store_true", help="only faults in files that were changed")
    parser.add_argument("--sample", type=float, default=0, metavar="SECONDS", help="what fits, others every day")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    names = wanted(asked.words, only_changed=asked.changed)
    if asked.sample:
        random.Random(datetime.now(UTC).toordinal()).shuffle(names)
        files = changed()
        names.sort(key=lambda name: FAULTS[name].file not in files)
    bad = wrong()
    for line in bad:
        print(line)
    count = 0
    for name, said in run(names, asked.jobs, asked.sample or float("inf")):
        print(f"{said} - {' '.join(FAULTS[name].clauses)} {name}".replace("  ", " "), flush=True)
        count += 1
        bad += [name] if said != "caught" else []
    print(f"{count} of {len(names)} faults tried, {len(bad)} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
