"""A disk that answers with an error, once, at any write, sync or cut of a day with an act of every kind."""

import errno
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import storm_day
import storm_trace
from storm_row import Row

from data.store.opening import open_store
from desk.act import Desk

ERRORS = (errno.EIO, errno.ENOSPC)


def failing(folder: Path, count: int) -> Iterator[str]:
    """One call of a day fails: the act is refused in words or kept, the same desk goes on, nothing is spoilt."""
    base = storm_day.make(folder / "base")
    path = storm_day.copy_of(base, folder / "one")
    calls, _code = storm_trace.record(lambda: storm_day.live(path), path.parent)
    places = [
        one.number for one in calls if Path(one.path).name != storm_day.ACKS and one.kind in ("write", "sync", "cut")
    ]
    pairs = [(place, error) for place in places for error in ERRORS]
    for place, error in pairs[:: max(1, len(pairs) // count)][:count]:
        path = storm_day.copy_of(base, folder / "one")
        code = storm_trace.fail_at(partial(storm_day.live, path), path.parent, place, error)
        what = f"call {place} ({calls[place].kind} {Path(calls[place].path).name}) with {errno.errorcode[error]}"
        if code != 0:
            yield f"{what}: the desk ended with {code}"
        for said in storm_day.wrong_with(path, storm_day.acknowledged(path)):
            yield f"{what}: {said}"


def careless(folder: Path) -> Iterator[str]:
    """A desk that takes an act for kept before it is: the fault must be noticed."""
    base = storm_day.make(folder / "base")
    path = storm_day.copy_of(base, folder / "one")

    def work() -> None:
        with closing(open_store(path)) as store:
            desk = Desk(store, storm_day.Moving(), "storm")
            handle = path.with_name(storm_day.ACKS)
            newest = store.ask("SELECT max(number) FROM journal")[0][0]
            handle.write_text(f"{newest + 1}\n", encoding="ascii")
            storm_day.steps()["request"](desk, {})

    calls, _code = storm_trace.record(work, path.parent)
    first = next(one.number for one in calls if one.kind == "sync")
    path = storm_day.copy_of(base, folder / "one")
    storm_trace.fail_at(work, path.parent, first)
    yield from storm_day.wrong_with(path, storm_day.acknowledged(path))


ROWS = (
    Row("disk error, full disk", "an act is kept or refused in words; the desk goes on; the store is whole", 40, 1400,
        failing, careless),
)  # fmt: skip
