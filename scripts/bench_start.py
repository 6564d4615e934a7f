"""What one waits for besides keys: the start, signing in, a plain command, what another desk did, the journal's proof.

    scripts/bench_start.py [--store FILE] [--rounds 5] [--json]

Everything is measured from outside and beside its floor in the same round, A B A B: a bare Textual Input for what runs on
a terminal, `python -c pass` for commands, a raw count over the same rows for the proof. Medians; the spread is the
smallest and the largest.
"""

import argparse
import json
import os
import resource
import select
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench_gate import ECHO
from bench_rooms import Program

from data.store.opening import open_store
from desk import demo, proof
from desk.act import Desk
from desk.contacts import intake

DESK = str(Path(sys.executable).with_name("desk"))
MARK = "xq"


@dataclass
class Row:
    """A row: ours beside its floor, in milliseconds or what the unit says; goal: the ratio at most."""

    name: str
    goal: float
    unit: str = "ms"
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    def said(self) -> str:
        """The row in one line."""
        mine, base = statistics.median(self.ours), statistics.median(self.floor) if self.floor else 0.0
        line = f"{self.name:<46} {mine:9.2f} {self.unit} [{min(self.ours):.2f}–{max(self.ours):.2f}]"
        if not self.floor:
            return f"{line}  goal {self.goal:g} {'met' if mine <= self.goal else 'NOT MET'}"
        ratio = mine / base
        met = "met" if ratio <= self.goal else "NOT MET"
        return f"{line}  floor {base:9.2f}  ratio {ratio:6.2f}  goal {self.goal:g} {met}"


def until_seen(program: Program, text: str, begin: float, most: float = 30.0) -> float:
    """Milliseconds from an instant until a text was written to the terminal."""
    seen = b""
    while time.perf_counter() - begin < most:
        if select.select([program.handle], [], [], 0.5)[0]:
            try:
                seen += os.read(program.handle, 1 << 16)
            except OSError:
                break
            if text.encode() in seen:
                return (time.perf_counter() - begin) * 1e3
    raise SystemExit(f"{text} never came")


def first_key(argv: list[str]) -> float:
    """From the start of a program to a key of two letters that was typed at once and is seen."""
    begin = time.perf_counter()
    program = Program(*argv)
    try:
        # Until the program has the screen the terminal itself echoes what is typed.
        until_seen(program, "\x1b[?1049h", begin)
        os.write(program.handle, MARK.encode())
        return until_seen(program, MARK, begin)
    finally:
        program.close()


def memory(program: Program) -> float:
    """Megabytes that are a program's own."""
    lines = Path(f"/proc/{program.pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))) / 1024


def command(*argv: str, store: Path) -> float:
    """CPU of a command, of all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(argv, env={**os.environ, "DESK_STORE": str(store)}, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1e3


def starts(store: Path, bare: Path, rounds: int) -> list[Row]:
    """The start, and memory once signed in."""
    key, held = Row("exec → a typed key is seen", 0.5), Row("memory after sign-in", 2.0, "MB")
    for _round in range(rounds):
        key.floor.append(first_key([sys.executable, str(bare)]))
        key.ours.append(first_key([DESK, "--store", str(store)]))
    for ours, argv in ((False, [sys.executable, str(bare)]), (True, [DESK, "--store", str(store)])):
        program = Program(*argv)
        try:
            program.watch(2.0)
            if ours:
                program.press("lead\r", f"{demo.SECRET}\r", wait=2.0)
            program.watch(2.0)
            (held.ours if ours else held.floor).append(memory(program))
        finally:
            program.close()
    return [key, held]


def home(store: Path, bare: Path, rounds: int) -> Row:
    """From Enter behind the secret to the first record of the queue, beside a bare program's whole start; the demo's
    secrets are weak, so that what a strong one costs (30 ms) is not in it."""
    row = Row("Enter → home of the role is seen", 1.0)
    for _round in range(rounds):
        row.floor.append(first_key([sys.executable, str(bare)]))
        program = Program(DESK, "--store", str(store))
        try:
            program.watch(2.0)
            program.press("lead\r", demo.SECRET, wait=0.5)
            begin = time.perf_counter()
            os.write(program.handle, b"\r")
            row.ours.append(until_seen(program, "TS26-", begin))
        finally:
            program.close()
    return row


def commands(store: Path, rounds: int) -> list[Row]:
    """Plain commands beside an empty Python."""
    asked = (("find", "shan"), ("queue",), ("--version",), ("--help",), ("pass", "list"))
    rows = [Row(f"desk {' '.join(words)}, CPU", 8 if words == ("--help",) else 5) for words in asked]
    for _round in range(rounds):
        for row, words in zip(rows, asked, strict=True):
            row.floor.append(command(sys.executable, "-c", "pass", store=store))
            row.ours.append(command(DESK, *words, store=store))
    return rows


def elsewhere(store: Path, count: int) -> Row:
    """From another desk's commit to the first byte of what changed on this one's screen."""
    row = Row("what another desk took is seen", 40.0)
    program = Program(DESK, "--store", str(store))
    other = Desk(open_store(store), workstation="bench")
    try:
        program.press("lead\r", f"{demo.SECRET}\r", wait=2.0)
        program.press("f6", wait=1.5)
        for place in range(count):
            program.watch(0.7)
            with other.act(operator="front") as act:
                intake.take(act, channel="visit", kind="complaint", what=f"对照{place}", stranger=f"测{place}")
            row.ours.append(until_seen(program, f"对照{place}", time.perf_counter()))
    finally:
        other.store.close()
        program.close()
    return row


def proven(store: Path, rounds: int) -> Row:
    """The journal's proof, an entry, beside a raw pass over the same rows."""
    row = Row("verify, an entry", 1e9, "µs")
    opened = open_store(store)
    raw = sqlite3.connect(store)
    try:
        count = raw.execute("SELECT count(*) FROM journal").fetchone()[0]
        for _round in range(rounds):
            begin = time.perf_counter()
            raw.execute("SELECT * FROM journal ORDER BY number").fetchall()
            row.floor.append((time.perf_counter() - begin) / count * 1e6)
            begin = time.perf_counter()
            proof.verify(opened)
            row.ours.append((time.perf_counter() - begin) / count * 1e6)
    finally:
        raw.close()
        opened.close()
    return row


def main() -> None:
    """Measure on a demo store of its own, or on the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(ECHO)
        store = asked.store or Path(folder) / "demo.db"
        if not asked.store:
            demo.make(store).close()
        measured: tuple[Callable[[], list[Row]], ...] = (
            lambda: starts(store, bare, asked.rounds),
            lambda: [home(store, bare, asked.rounds)],
            lambda: commands(store, asked.rounds),
            lambda: [elsewhere(store, 4 * asked.rounds)],
            lambda: [proven(store, asked.rounds)],
        )
        for measure in measured:
            for row in measure():
                print(json.dumps(vars(row)) if asked.json else row.said(), flush=True)


if __name__ == "__main__":
    main()
