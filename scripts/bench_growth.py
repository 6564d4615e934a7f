"""What grows with a store: each question at three sizes, with the exponent that fits; `scripts/bench` calls it.

An exponent of 0 is flat, 1 grows as the store does.
"""

import math
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import make_store
from bench_passes import median_us
from bench_row import Row

from data.store.store import Store
from desk import cases, passes, search
from desk.act import Desk
from desk.clocks import banding, queueing
from desk.ground import numbers
from desk.passes import gate

SIZES, QUICK = (1_000, 10_000, 100_000), (500, 2_000, 8_000)
# Beyond it a person waits longer in an old store than in a new one.
FLAT = 0.1


def exponent(sizes: tuple[int, ...], times: list[float]) -> float:
    """The slope of times over sizes, both as logarithms: the power with which one grows with the other."""
    slope: float = statistics.linear_regression([math.log(one) for one in sizes], [math.log(one) for one in times])[0]
    return slope


def questions(desk: Desk, size: int) -> dict[str, Callable[[int], object]]:
    """What people ask, by what it is called."""
    tail = numbers.make_number("passes", 2026, size // 2).replace("-", "")[-5:-1]

    def register(_n: int) -> object:
        with desk.read() as session:
            return passes.page(session, desk.now(), limit=200)

    def queue(_n: int) -> object:
        with desk.look() as view:
            return banding.bands(view, queueing.Filter(), banding.OPEN)

    def filtered(_n: int) -> object:
        with desk.look() as view:
            return banding.bands(view, queueing.Filter(text="TS26"), banding.BANDS)

    def pulse(_n: int) -> object:
        with desk.read() as session:
            return queueing.pulse(session, desk.now())

    def complaints(_n: int) -> object:
        with desk.look() as view:
            return cases.page(view.session, "complaints", limit=200)

    return {
        "find a name by two letters": lambda _n: search.find(desk, "zs"),
        "find a room": lambda _n: search.find(desk, "1-1-"),
        "a pass by its last digits": lambda _n: gate.find(desk, tail),
        "the register of passes": register,
        "the queue": queue,
        "the queue, a filter letter": filtered,
        "overdue and next due": pulse,
        "the register of complaints": complaints,
    }


def rows(folder: Path, quick: bool) -> Iterator[Row]:
    """A row of each question: its exponent; its times stand in the note."""
    sizes, times, stores = QUICK if quick else SIZES, {}, []
    for size in sizes:
        store: Store = make_store.new_store(folder / f"grown-{size}.db")
        make_store.fill(store, size, size, size, 0)
        desk = Desk(store)
        desk.open_to_file = True
        stores.append(store)
        for name, ask in questions(desk, size).items():
            ask(0)
            times.setdefault(name, []).append(median_us(ask, 30))
    for store in stores:
        store.close()
    for name, found in times.items():
        said = " / ".join(f"{one:.0f}" for one in found)
        note = f"{said} µs at {' / '.join(map(str, sizes))}"
        yield Row(f"growth: {name}", FLAT, "exp", ours=[exponent(sizes, found)], note=note)
    size = sizes[-1]
    yield Row(
        "store per pass, all that it is found by", 1.5, "KB", ours=[_pass_bytes(folder, size)], note=f"{size} passes"
    )


def _pass_bytes(folder: Path, size: int) -> float:
    """Kilobytes of the file that a pass takes: a store with so many beside one without."""
    empty, full = (make_store.new_store(folder / f"passes-{count}.db") for count in (0, size))
    make_store.fill(empty, 100, 0, 0, 0)
    make_store.fill(full, 100, size, 0, 0)
    paths = (empty.path, full.path)
    empty.close()
    full.close()
    return (paths[1].stat().st_size - paths[0].stat().st_size) / size / 1024
