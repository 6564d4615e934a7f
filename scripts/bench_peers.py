"""Other terminal programs, where they are installed, beside a bare Textual Input: their start and a key; `scripts/bench --peers`."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from bench_programs import Program, bare, code
from bench_row import Row

# Each with the words it needs to show a list.
PEERS = (("posting",), ("harlequin",), ("tl", "{list}"), ("vd", "{list}"), ("htop",))


def settled(argv: list[str]) -> tuple[float, float]:
    """Milliseconds from the start until nothing is painted any more, and CPU of a ↓ there."""
    begin = time.perf_counter()
    program = Program(*argv)
    try:
        last = begin
        while time.perf_counter() - begin < 20:
            came = program.read_once(1.0)
            if not came:
                break
            last = came[-1][0]
        costs = []
        for _key in range(10):
            before = program.cpu()
            os.write(program.handle, code("down").encode())
            program.watch(0.2)
            costs.append(program.cpu() - before)
        return (last - begin) * 1e3, sorted(costs)[len(costs) // 2]
    finally:
        program.close()


def rows(now: list[str], folder: Path, rounds: int) -> Iterator[Row]:
    """A row of the start and one of ↓ for ours and for each peer that is installed."""
    lines = folder / "list.csv"
    lines.write_text("\n".join(f"{number},name {number},room {number}" for number in range(2000)))
    programs = {"this program": now}
    for words in PEERS:
        if path := shutil.which(words[0]):
            programs[words[0]] = [path, *(word.format(list=lines) for word in words[1:])]
    floor = bare(folder)
    for name, argv in programs.items():
        start, down = Row(f"peers: {name}, start until it rests"), Row(f"peers: {name}, ↓, CPU")
        for _round in range(rounds):
            for row, (took, spent) in (("floor", settled(floor)), ("ours", settled(argv))):
                getattr(start, row).append(took)
                getattr(down, row).append(spent)
        yield start
        yield down
