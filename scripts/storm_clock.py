"""A machine whose clock is set wrong, in either direction, while a desk runs and across its restarts."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import storm_day
from storm_row import Row

from data.problems import Problem
from data.store.opening import open_store
from desk import confirming, proof, ticking
from desk.act import Desk

SPANS = (
    *(timedelta(days=days) for days in (-10000, -365, -1, 1, 30, 365)),
    *(timedelta(minutes=minutes) for minutes in (-480, -10, 10, 480)),
)


class Machine:
    """A clock that can be set, and one that cannot."""

    def __init__(self) -> None:
        self.now, self.seconds = storm_day.BEGIN, 5000.0

    def __call__(self) -> object:
        return self.now

    def steady(self) -> float:
        return self.seconds

    def pass_by(self, span: timedelta) -> None:
        self.now += span
        self.seconds += span.total_seconds()


def jumps(folder: Path, count: int, *, believed: bool = False) -> Iterator[str]:
    """So many jumps: nothing is stamped and nothing falls due until the clock is right, or somebody says it is.

    Args:
        believed: desks without a steady clock, which believe whatever the machine says.
    """
    chance = random.Random(count)
    path = storm_day.make(folder / "base")
    machine = Machine()
    store = open_store(path)
    desk = _started(store, machine, believed=believed)
    for turn in range(count):
        machine.pass_by(timedelta(minutes=chance.randrange(1, 300)))
        if chance.random() < 0.3:
            desk = _started(store, machine, believed=believed)
        if not _saved(desk):
            yield f"{turn}: a right clock was doubted"
        jump = chance.choice(SPANS)
        machine.now += jump
        if chance.random() < 0.3:
            desk = _started(store, machine, believed=believed)
        newest = store.ask("SELECT max(number) FROM journal")
        ticking.tick(desk)
        if _saved(desk) or store.ask("SELECT max(number) FROM journal") != newest:
            yield f"{turn}: a clock off by {jump} stamped something"
        if chance.random() < 0.2:
            confirming.confirm_time(desk, operator="lead")
            if not _saved(desk):
                yield f"{turn}: a confirmed clock was doubted"
        else:
            machine.now -= jump
    yield from map(str, proof.verify(store))
    store.close()


def _started(store: object, machine: Machine, *, believed: bool) -> Desk:
    return Desk(store, machine, "storm", None if believed else machine.steady)  # type: ignore[arg-type]


def _saved(desk: Desk) -> bool:
    try:
        with desk.act(operator="front") as act:
            storm_day.take(act, {}, "complaint")
    except Problem:
        return False
    return True


def believing(folder: Path) -> Iterator[str]:
    """Desks that believe the machine: wrong times must be stamped."""
    yield from jumps(folder, 10, believed=True)


ROWS = (
    Row("clock jumps", "nothing is stamped by a wrong clock, and a right one is believed", 40, 1000, jumps, believing),
)
