"""The figures of a sheet counted again from the raw rows of the store, by none of the program's own code.

It counts what is true now, so it is asked at the end of the period; what the program says of that period later has to
stay the same.
"""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

OVER = ("closed", "archived")


@dataclass(frozen=True)
class Figures:
    """What a sheet says of complaints and promises."""

    carried: int
    new: int
    again: int
    closed: int
    still_open: int
    major: int
    valid: int
    invalid: int
    unjudged: int
    due: int
    missed: int
    visits_due: int
    visits_made: int
    satisfied: int
    reached: int


def figures(path: Path, begin: int, end: int, carried: int) -> Figures:
    """The figures of a period.

    Args:
        begin, end: microseconds since 1970; it is `end` now.
        carried: how many complaints were open at its beginning, as counted then.
    """
    raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    complaints = raw.execute("SELECT number, state, received_at, grade, nature FROM complaint").fetchall()
    journal = raw.execute("SELECT verb, facts FROM journal WHERE at >= ? AND at < ?", (begin, end)).fetchall()
    verbs = [verb for verb, _facts in journal]
    new = [row for row in complaints if begin <= row[2] < end]
    due = missed = visits_due = visits_made = 0
    clocks = raw.execute("SELECT rule, due_at, started_at, ended_at, ended_as, paused_at FROM clock").fetchall()
    for rule, due_at, started_at, ended_at, ended_as, paused_at in clocks:
        if not begin <= max(due_at, started_at) < end:
            continue
        if rule in ("T-21", "T-21b"):
            visits_due += 1
            visits_made += ended_at is not None
        if ended_at is None:
            if paused_at is not None and paused_at <= due_at:
                continue
            due, missed = due + 1, missed + 1
        elif ended_at > due_at:
            due, missed = due + 1, missed + 1
        elif ended_as == "kept":
            due += 1
    visits = raw.execute("SELECT reached, satisfied FROM visit WHERE at >= ? AND at < ?", (begin, end)).fetchall()
    raw.close()
    assert all(json.loads(facts) is not None for _verb, facts in journal)
    return Figures(
        carried=carried,
        new=len(new),
        again=verbs.count("complaints.reopen"),
        closed=verbs.count("complaints.close"),
        still_open=sum(row[1] not in OVER for row in complaints),
        major=sum(row[3] == "major" for row in new),
        valid=sum(row[4] == "valid" for row in new),
        invalid=sum(row[4] == "invalid" for row in new),
        unjudged=sum(not row[4] for row in new),
        due=due,
        missed=missed,
        visits_due=visits_due,
        visits_made=visits_made,
        satisfied=sum(row[1] == "yes" for row in visits if row[0]),
        reached=sum(bool(row[0]) for row in visits),
    )
