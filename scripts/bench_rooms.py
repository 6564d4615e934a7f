"""What a key and a quiet second cost in every room, from outside on a pseudo terminal, beside a bare Textual program.

    scripts/bench_rooms.py [--store FILE] [--rounds 2] [--json]

CPU is what the kernel counted for all threads of the program; bytes are what it wrote to the terminal. Each row is
measured beside the same number of keys of a bare Input, or of quiet seconds of it, in the same round: A B A B.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench_gate import ECHO, Terminal

from desk import demo

KEYS = {
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pgdn": "\x1b[6~",
    "pgup": "\x1b[5~",
    "esc": "\x1b",
    "enter": "\r",
    "tab": "\t",
}
FUNCTION = {f"f{number}": code for number, code in enumerate(
    ("\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~", "\x1b[21~"), 1
)}  # fmt: skip
# Seconds in which a key's burst is over, and those in which a quiet program is watched.
BURST, QUIET = 0.2, 4.0
# Seconds between the repeats of a key that is held.
REPEAT = 0.033


class Program(Terminal):
    """A program whose CPU and output are counted."""

    def cpu(self) -> float:
        """Milliseconds of CPU that all its threads have used."""
        tasks = Path(f"/proc/{self.pid}/task")
        return sum(int((one / "schedstat").read_text().split()[0]) for one in tasks.iterdir()) / 1e6

    def press(self, *keys: str, wait: float = 1.0) -> None:
        """Type keys by name or as text, one by one."""
        for key in keys:
            self.send(KEYS.get(key, FUNCTION.get(key, key)), wait)

    def watch(self, seconds: float) -> tuple[int, float]:
        """Bytes and milliseconds until the first of them, of so many seconds, whatever comes."""
        written, first, begin = 0, 0.0, time.perf_counter()
        while (left := begin + seconds - time.perf_counter()) > 0:
            for at, chunk in self.read_once(left):
                first = first or (at - begin) * 1e3
                written += len(chunk)
        return written, first

    def read_once(self, wait: float) -> list[tuple[float, bytes]]:
        """What comes next, waited for so long."""
        import select

        if not select.select([self.handle], [], [], wait)[0]:
            return []
        return [(time.perf_counter(), os.read(self.handle, 1 << 16))]


@dataclass
class Cost:
    """What one key, or one quiet second, cost: milliseconds of CPU and to the first byte, bytes."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)

    def add(self, cpu: float, wall: float, sent: float) -> None:
        """One more."""
        self.cpu.append(cpu)
        self.wall.append(wall)
        self.sent.append(sent)


def typed(program: Program, keys: Sequence[str], cost: Cost) -> None:
    """Each key with its burst; what a quiet program uses in that time is taken off."""
    before = program.cpu()
    program.watch(1.0)
    idle = (program.cpu() - before) * BURST
    for key in keys:
        before = program.cpu()
        os.write(program.handle, KEYS.get(key, FUNCTION.get(key, key)).encode())
        sent, first = program.watch(BURST)
        cost.add(max(0.0, program.cpu() - before - idle), first, sent)


def held(program: Program, keys: Sequence[str], cost: Cost) -> None:
    """The same keys as fast as a held key repeats; what follows once they rest is shared among them."""
    before = program.cpu()
    program.watch(1.0)
    idle = program.cpu() - before
    before, first, sent = program.cpu(), [], 0
    for key in keys:
        os.write(program.handle, KEYS.get(key, FUNCTION.get(key, key)).encode())
        written, at = program.watch(REPEAT)
        sent += written
        first.append(at)
    sent += program.watch(0.5)[0]
    spent = program.cpu() - before - idle * (REPEAT * len(keys) + 0.5)
    cost.add(spent / len(keys), statistics.median(first), sent / len(keys))


def quiet(program: Program, cost: Cost) -> None:
    """Seconds in which nobody types."""
    before = program.cpu()
    sent, _first = program.watch(QUIET)
    cost.add((program.cpu() - before) / QUIET, 0.0, sent / QUIET)


@dataclass(frozen=True)
class Row:
    """A row of the table.

    way: the keys to where it is measured; keys: those that are measured, none for quiet seconds; goal: of the CPU,
    as a ratio to the bare program's; bytes: at most so many a key, 0 for no goal; held: as fast as a held key repeats.
    """

    name: str
    who: str
    way: tuple[str, ...]
    keys: tuple[str, ...] = ()
    goal: float = 1.2
    bytes: int = 0
    held: bool = False


DOWN = ("down",) * 12
ROWS = (
    Row("echo in the matter of intake", "front", ("f2", "tab", "tab", "tab", "tab"), tuple("louxiazouda"), 1.2),
    Row("echo in a dialog's field", "lead", ("f3", "c"), tuple("qingjinkuai"), 1.2),
    Row("↓ in the queue", "lead", ("f3",), DOWN, 1.2, 1024),
    Row("PgDn, PgUp in the queue", "lead", ("f3",), ("pgdn", "pgup") * 5, 1.2, 1024),
    Row("↓ in complaints", "lead", ("f6",), DOWN, 1.2, 1024),
    Row("↓ in passes", "lead", ("f4",), DOWN, 1.2, 1024),
    Row("↓ in repairs", "lead", ("f7",), DOWN, 1.2, 1024),
    Row("↓ held in the queue", "lead", ("f3",), DOWN, 1.2, 1024, held=True),
    Row("↓ held in complaints", "lead", ("f6",), DOWN, 1.2, 1024, held=True),
    Row("↓ held in passes", "lead", ("f4",), DOWN, 1.2, 1024, held=True),
    Row("letters of a search, typed fast", "lead", ("f6", "/"), tuple("louxi"), 2, held=True),
    Row("room again", "lead", ("f3", "f6", "f4"), ("f3", "f6", "f3", "f6", "f3", "f6"), 3, 20_000),
    Row("record open, Esc back", "lead", ("f6", "down"), ("enter", "esc") * 4, 4, 20_000),
    Row("filter letter in the queue", "lead", ("f3", "/"), tuple("3-2-1"), 2),
    Row("search letter in complaints", "lead", ("f6", "/"), tuple("louxi"), 2),
    Row("quiet: the queue", "lead", ("f3",)),
    Row("quiet: a register", "lead", ("f6",)),
    Row("quiet: below a dialog", "lead", ("f3", "c")),
    Row("quiet: an idle form", "front", ("f2",)),
    Row("quiet: the wall", "lead", ("f3", "w")),
    Row("quiet: the lock", "lead", ("f3", "\x0c")),
)


def desk_at(store: Path, row: Row) -> Program:
    """A desk signed in, where a row is measured."""
    program = Program(str(Path(sys.executable).with_name("desk")), "--store", str(store))
    program.press(f"{row.who}\r", wait=1.5)
    program.press(f"{demo.SECRET}\r", wait=1.5)
    program.press(*row.way)
    program.watch(1.0)
    return program


def bare(folder: Path) -> Program:
    """A bare Input."""
    file = folder / "bare.py"
    file.write_text(ECHO)
    program = Program(sys.executable, str(file))
    program.watch(2.0)
    return program


def measure(store: Path, rounds: int, rows: Sequence[Row], tell: Callable[[Row, Cost, Cost], None]) -> None:
    """Every row beside the bare program, so many times."""
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            ours, floor = Cost(), Cost()
            for _round in range(rounds):
                for make, cost in ((lambda: bare(Path(folder)), floor), (lambda: desk_at(store, row), ours)):  # noqa: B023
                    program = make()
                    try:
                        if row.keys:
                            letters = "abcdefghijkl"[: len(row.keys)]
                            measured = held if row.held else typed
                            measured(program, row.keys if cost is ours else letters, cost)
                        else:
                            quiet(program, cost)
                    finally:
                        program.close()
            tell(row, ours, floor)


def said(row: Row, ours: Cost, floor: Cost) -> str:
    """A row in one line."""
    unit = "key" if row.keys else "s"
    cpu, base = statistics.median(ours.cpu), statistics.median(floor.cpu)
    sent = statistics.median(ours.sent)
    parts = [f"{row.name:<30} {cpu:7.2f} ms CPU/{unit}  {base:6.2f} bare"]
    if row.keys:
        ratio = cpu / base
        parts.append(f"ratio {ratio:5.2f}  goal {row.goal:g} {'met' if ratio <= row.goal else 'NOT MET'}")
        parts.append(f"first byte {statistics.median(ours.wall):5.1f} ms ({statistics.median(floor.wall):4.1f})")
    parts.append(
        f"{sent:8.0f} bytes/{unit}"
        + (f" goal {row.bytes} {'met' if sent <= row.bytes else 'NOT MET'}" if row.bytes else "")
    )
    return "  ".join(parts)


def main() -> None:
    """Measure on a demo store of its own, or on the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", default="", help="rows whose name holds this")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows = [row for row in ROWS if asked.only in row.name]

    def tell(row: Row, ours: Cost, floor: Cost) -> None:
        if asked.json:
            print(json.dumps({"row": row.name, "ours": vars(ours), "bare": vars(floor), "goal": row.goal}), flush=True)
        else:
            print(said(row, ours, floor), flush=True)

    if asked.store:
        measure(asked.store, asked.rounds, rows, tell)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        demo.make(path).close()
        measure(path, asked.rounds, rows, tell)


if __name__ == "__main__":
    main()
