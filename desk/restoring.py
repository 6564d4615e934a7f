"""Putting a backup in the place of the store: an act of an administrator, that says first what would be lost.

Whatever was given out since the backup is gone from the store, but not from the world: its numbers are never given out
again, and the gate knows them.
"""

import sqlite3
import unicodedata
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from data.cleaning import clean
from data.journal import Counter, LostNumbers
from data.kept import from_micros
from data.problems import StoreDamaged
from data.store import backup
from data.store.opening import open_store
from data.words import N_
from desk import operators, proof
from desk.act import Act, Desk, Now
from desk.ground.numbers import NUMBER, is_number, system_of
from desk.ground.refusals import Invalid
from desk.ground.wallclock import wall_clock

VERB = "site.restore"
# So many passes that went out at most stand in the entry.
MOST_NAMED = 100
# Digits that a count has at most.
LONGEST = 9
_HEAD = "SELECT number, digest, at FROM journal ORDER BY number DESC LIMIT 1"
_OUT = "SELECT DISTINCT record FROM journal WHERE number > ? AND verb = 'passes.let_out' ORDER BY record"


@dataclass
class Losses:
    """What a backup does not know of what the store knows.

    entries: of the journal since the backup; None where the store cannot be read. since: the backup's last entry.
    numbers: series to the first and last number that were given out since. out: passes that left through the gate.
    heads: the journal's newest entry in the store and in the backup, as (number, digest).
    """

    entries: int | None = None
    since: datetime | None = None
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    out: list[str] = field(default_factory=list)
    heads: tuple[tuple[int, str], tuple[int, str]] = ((0, ""), (0, ""))


def losses(path: Path, copy: Path, seen: Sequence[str] = ()) -> Losses:
    """What would be lost if a backup took the place of a store.

    Args:
        seen: numbers on paper that somebody has seen, for a store that cannot be read any more.

    Raises:
        Invalid: at "last", one of them is no number.
    """
    found = Losses()
    with closing(_file(copy)) as old:
        counted = dict(old.execute("SELECT name, value FROM counter").fetchall())
        number, digest, at = old.execute(_HEAD).fetchone() or (0, "", 0)
    found.since = from_micros(at) if at else None
    found.heads = (0, ""), (number, digest)
    given = dict(counted)
    try:
        with closing(_file(path)) as now:
            newest, newest_digest, _at = now.execute(_HEAD).fetchone() or (0, "", 0)
            found.entries, found.heads = newest - number, ((newest, newest_digest), (number, digest))
            given |= dict(now.execute("SELECT name, value FROM counter").fetchall())
            found.out = [row[0] for row in now.execute(_OUT, (number,)).fetchall()]
    except sqlite3.Error:
        # What cannot be read says nothing of what it held; papers that were seen may.
        found.entries = None
    for text in seen:
        series, count = _series_of(text)
        given[series] = max(given.get(series, 0), count)
    for series, value in sorted(given.items()):
        if value > counted.get(series, 0):
            found.numbers[series] = counted.get(series, 0) + 1, value
    return found


def _file(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)


def _series_of(text: str) -> tuple[str, int]:
    match = NUMBER.fullmatch(unicodedata.normalize("NFKC", clean(text)).upper())
    if match is None or not is_number(match[0]) or len(match[3]) > LONGEST:
        raise Invalid(N_("{text} is no number on paper: write it like FX26-000123-4."), field="last", text=text)
    return f"{system_of(match[0])}:20{match[2]}", int(match[3])


def restore(path: Path, copy: Path, *, code: str, secret: str, lost: Losses, now: Now = wall_clock) -> Path | None:
    """Put a checked backup in the place of the store, and say in its journal what that has lost.

    Args:
        code, secret: of an administrator, as the backup knows them.
        lost: what `losses` has said before.

    Returns:
        Where the replaced file is kept.

    Raises:
        SigninRefused, NotAllowed: nobody is put aside; StoreProblem: the backup cannot be used.
    """
    backup.check(copy)
    return backup.restore_store(copy, path, lambda made: _make_ready(made, code, secret, lost, now))


def _make_ready(made: Path, code: str, secret: str, lost: Losses, now: Now) -> None:
    """Open the copy as it will be used, prove every row of it and who restores it, and note what is lost."""
    with closing(open_store(made)) as store:
        if store.read_only is not None:
            raise store.read_only
        if found := proof.verify(store):
            raise StoreDamaged(N_("The backup is not as the desk made it ({what}): choose another one."), what=found[0])
        desk = Desk(store, now)
        desk.operator = operators.prove(desk, code, secret).code
        # Whoever restores says what time it is: the copy's last entry may be long ago.
        with desk.act(confirm_time=True) as act:
            _note(act, lost)


def _note(act: Act, lost: Losses) -> None:
    act.require(VERB)
    for series, (first, last) in lost.numbers.items():
        act.session.add(LostNumbers(series=series, first=first, last=last, at=act.now))
        counter = act.session.get(Counter, series) or Counter(name=series, value=0)
        counter.value = last
        act.session.add(counter)
    (newest, _newest_digest), (number, _digest) = lost.heads
    act.record(
        VERB,
        lost=lost.entries,
        since=lost.since,
        before=f"{newest} {_newest_digest}",
        now=f"{number} {_digest}",
        numbers={series: f"{first}-{last}" for series, (first, last) in lost.numbers.items()},
        out=lost.out[:MOST_NAMED],
    )
