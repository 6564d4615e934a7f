"""What a key and a quiet second cost in every room, from outside, beside as many of a bare Textual Input: A B A B.

CPU is what the kernel counted for all threads of the program; bytes are what it wrote to the terminal.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench_programs import Program, Version, bare, code
from bench_row import Row

# Seconds in which a key's burst is over, those in which a quiet program is watched, and between a held key's repeats.
BURST, QUIET, REPEAT = 0.15, 3.0, 0.033
SCREENFUL = 20_000


@dataclass(frozen=True)
class Way:
    """What is measured where.

    way: the keys to where it is measured; keys: those that are measured, none for quiet seconds; goal: of the CPU, as a
    ratio to the bare program's; most: bytes a key at most; held: as fast as a held key repeats.
    """

    name: str
    who: str
    way: tuple[str, ...]
    keys: tuple[str, ...] = ()
    goal: float = 1.2
    most: int | None = None
    held: bool = False


DOWN = ("down",) * 12
WAYS = (
    Way("echo in the matter of intake", "front", ("f2", "tab", "tab", "tab", "tab"), tuple("louxiazouda")),
    Way("echo in a field of a pass", "lead", ("f4", "n"), tuple("zhangsanlisi")),
    Way("echo in a dialog's field", "lead", ("f3", "c"), tuple("qingjinkuai")),
    Way("↓ in the queue", "lead", ("f3",), DOWN, 1.2, 1024),
    Way("PgDn, PgUp in the queue", "lead", ("f3",), ("pgdn", "pgup") * 5, 1.2, 1024),
    Way("↓ in complaints, and the record", "lead", ("f6",), DOWN, 1.2, 1024),
    Way("↓ in passes, and the record", "lead", ("f4",), DOWN, 1.2, 1024),
    Way("↓ in repairs, and the record", "lead", ("f8",), DOWN, 1.2, 1024),
    Way("↓ in the journal, and the record", "lead", ("f10",), DOWN, 1.2, 1024),
    Way("↓ held in the queue", "lead", ("f3",), DOWN, 1.2, 1024, held=True),
    Way("↓ held in complaints", "lead", ("f6",), DOWN, 1.2, 1024, held=True),
    Way("↓ held in passes", "lead", ("f4",), DOWN, 1.2, 1024, held=True),
    Way("letters of a search, typed fast", "lead", ("f6", "/"), tuple("louxi"), 2, held=True),
    Way("room again", "lead", ("f3", "f6", "f4"), ("f3", "f6", "f3", "f6", "f3", "f6"), 3, SCREENFUL),
    Way("room for the first time", "lead", ("f3",), ("f4", "f6", "f8"), 8, 2 * SCREENFUL),
    Way("record open, Esc back", "lead", ("f6", "down"), ("enter", "esc") * 4, 4, SCREENFUL),
    Way("filter letter in the queue", "lead", ("f3", "/"), tuple("3-2-1"), 2),
    Way("search letter in complaints", "lead", ("f6", "/"), tuple("louxi"), 2),
    Way("quiet second: the queue", "lead", ("f3",), (), 4),
    Way("quiet second: a register, the status line", "lead", ("f6",), (), 2),
    Way("quiet second: below a dialog", "lead", ("f3", "c"), (), 1.2, 0),
    Way("quiet second: an idle form", "front", ("f2",), (), 1.2, 0),
    Way("quiet second: the wall", "lead", ("f3", "w"), (), 6),
    Way("quiet second: the lock", "lead", ("f3", "\x0c"), (), 1.2, 0),
)
# Of these the goal is in milliseconds and not a ratio.
IN_MS = ("quiet second: the queue", "quiet second: a register, the status line", "quiet second: the wall")


@dataclass
class Cost:
    """What one key, or one quiet second, cost: milliseconds of CPU, bytes."""

    cpu: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)


def typed(program: Program, keys: Sequence[str], cost: Cost) -> None:
    """Each key with its burst; what a quiet program uses in that time is taken off."""
    before = program.cpu()
    program.watch(1.0)
    idle = (program.cpu() - before) * BURST
    for key in keys:
        before = program.cpu()
        os.write(program.handle, code(key).encode())
        sent, _first = program.watch(BURST)
        cost.cpu.append(max(0.0, program.cpu() - before - idle))
        cost.sent.append(sent)


def held(program: Program, keys: Sequence[str], cost: Cost) -> None:
    """The same keys as fast as a held key repeats; what follows once they rest is shared among them."""
    before = program.cpu()
    program.watch(1.0)
    idle = program.cpu() - before
    before, sent = program.cpu(), 0
    for key in keys:
        os.write(program.handle, code(key).encode())
        sent += program.watch(REPEAT)[0]
    sent += program.watch(0.5)[0]
    spent = program.cpu() - before - idle * (REPEAT * len(keys) + 0.5)
    cost.cpu.append(spent / len(keys))
    cost.sent.append(sent / len(keys))


def quiet(program: Program, cost: Cost) -> None:
    """Seconds in which nobody types."""
    before = program.cpu()
    sent, _first = program.watch(QUIET)
    cost.cpu.append((program.cpu() - before) / QUIET)
    cost.sent.append(sent / QUIET)


def measured(program: Program, way: Way, keys: Sequence[str]) -> Cost:
    """What a way costs in a program, which ends with it."""
    cost = Cost()
    try:
        if not keys:
            quiet(program, cost)
        elif way.held:
            held(program, keys, cost)
        else:
            typed(program, keys, cost)
    finally:
        program.close()
    return cost


def rows(now: Version, before: Version | None, folder: Path, rounds: int, only: str) -> Iterator[Row]:
    """A row of each way."""
    floor = bare(folder)
    for way in WAYS:
        if only not in way.name:
            continue
        row = Row(f"{way.name}, CPU", way.goal, most=way.most)
        for _round in range(rounds):
            program = Program(*floor)
            program.watch(1.0)
            base = measured(program, way, "abcdefghijkl"[: len(way.keys)])
            if way.name in IN_MS:
                row.note = f"a bare one {sum(base.cpu) / len(base.cpu):.2f}"
            else:
                row.floor += base.cpu
            mine = measured(now.signed_in(way.who, *way.way), way, way.keys)
            row.ours += mine.cpu
            row.sent += mine.sent
            if before is not None:
                row.before += measured(before.signed_in(way.who, *way.way), way, way.keys).cpu
        yield row
