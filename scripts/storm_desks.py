"""Several desks at once: nobody is refused or waits long, nobody who opens is told a falsehood, every copy is whole."""

import multiprocessing
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.synchronize import Event
from pathlib import Path

import storm_day
from storm_row import Row

from data.problems import Problem
from data.store import backup
from data.store.engine import SETTINGS
from data.store.opening import open_store
from desk import proof
from desk.act import Desk

DESKS = 4
# Milliseconds that the slowest of a hundred acts may wait on a quiet machine.
PATIENCE = 250.0
ENOUGH = 100
Told = "multiprocessing.Queue[tuple[list[float], list[str]]]"


def _work(path: Path, acts: int, told: Told, stop: Event | None) -> None:
    """One desk that writes flat out; says how long each act took, and what was refused."""
    took, refused = [], []
    with closing(open_store(path)) as store:
        desk = Desk(store, storm_day.Moving(), f"desk-{multiprocessing.current_process().pid}")
        done = -1
        while (stop is None and done < acts) or (stop is not None and not stop.is_set()):
            began = time.perf_counter()
            try:
                with desk.act(operator="front") as act:
                    storm_day.take(act, {}, "complaint")
            except Problem as problem:
                refused.append(str(problem))
            # The first act loads the program.
            if done >= 0:
                took.append((time.perf_counter() - began) * 1000)
            done += 1
    told.put((took, refused))


def _together(path: Path, acts: int) -> tuple[list[float], list[str]]:
    told: Told = multiprocessing.Queue()
    desks = [multiprocessing.Process(target=_work, args=(path, acts, told, None)) for _one in range(DESKS)]
    for desk in desks:
        desk.start()
    answers = [told.get(timeout=300) for _desk in desks]
    for desk in desks:
        desk.join()
    return sorted(one for took, _refused in answers for one in took), [one for _took, said in answers for one in said]


def contention(folder: Path, count: int) -> Iterator[str]:
    """So many acts of four desks that never pause."""
    path = storm_day.make(folder / "base")
    took, refused = _together(path, count // DESKS)
    yield from refused
    slowest = took[int(len(took) * 0.99)]
    print(f"    {DESKS} desks: median {statistics.median(took):.0f} ms, of a hundred the slowest {slowest:.0f} ms")
    # A few acts on a busy machine say nothing of time.
    if slowest > PATIENCE and count >= ENOUGH:
        yield f"of a hundred acts the slowest took {slowest:.0f} ms"
    with closing(open_store(path)) as store:
        yield from map(str, proof.verify(store))


def impatient(folder: Path) -> Iterator[str]:
    """Desks that wait for nobody: some must be refused."""
    path = storm_day.make(folder / "base")
    kept = SETTINGS["busy_timeout"]
    SETTINGS["busy_timeout"] = ("0", 0)
    try:
        yield from _together(path, 25)[1]
    finally:
        SETTINGS["busy_timeout"] = kept


def _beside_a_writer(folder: Path) -> tuple[Path, multiprocessing.Process, Event]:
    path = storm_day.make(folder / "base")
    told: Told = multiprocessing.Queue()
    stop = multiprocessing.Event()
    writer = multiprocessing.Process(target=_work, args=(path, 0, told, stop))
    writer.start()
    while not storm_day.raw_rows(path, "complaint"):
        time.sleep(0.01)
    return path, writer, stop


def openings(folder: Path, count: int) -> Iterator[str]:
    """So many openings beside a desk that writes without a pause: the store is sound, and is called so."""
    path, writer, stop = _beside_a_writer(folder)
    try:
        for _one in range(count):
            with closing(open_store(path)) as store:
                if store.read_only is not None:
                    yield str(store.read_only)
    finally:
        stop.set()
        writer.join(timeout=30)


def copies(folder: Path, count: int) -> Iterator[str]:
    """So many backups beside a desk that writes without a pause, each put in the place of a store and proven."""
    path, writer, stop = _beside_a_writer(folder)
    try:
        made = [backup.copy_store(path, folder / "copies") for _one in range(count)]
    finally:
        stop.set()
        writer.join(timeout=30)
    for copy in made:
        place = storm_day.copy_of(path, folder / "restored")
        backup.restore_store(copy, place)
        yield from (f"{copy.name}: {said}" for said in storm_day.wrong_with(place, 0))


def spoilt(folder: Path) -> Iterator[str]:
    """A store that is spoilt under the eyes of who opens it, and of whom a copy is made: it must be said."""
    path = storm_day.make(folder / "base")
    path.with_suffix(".head").unlink()
    with closing(open_store(path)) as store:
        yield str(store.read_only or "")


ROWS = (
    Row("four desks at once", f"nobody is refused; of a hundred acts none takes over {PATIENCE:.0f} ms", 120, 2000,
        contention, impatient),
    Row("opening beside a writer", "a sound store is never called damaged", 60, 1000, openings, spoilt),
    Row("backup while writing", "every copy is whole, and what is restored goes on", 6, 100, copies, spoilt),
)  # fmt: skip
