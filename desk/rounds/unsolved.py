"""What visits found and nobody could solve promptly, matter by matter (RV-49, RV-52)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from data.cases import CaseNote
from data.journal import JournalEntry

REPORT, SOLVE, SETTLE = "rounds.report", "rounds.solve", "rounds.settle"
NOTE = "unsolved"
CHUNK = 500


@dataclass(frozen=True)
class Matter:
    """One matter of a record: the place-th that was reported up, when, in which words."""

    number: str
    place: int
    at: datetime
    words: str


def left(session: Session, *, number: str = "", end: datetime | None = None) -> list[Matter]:
    """The matters that are not solved, by record and in the order in which they were reported.

    Args:
        number: of one record only; end: as it was before an instant, now when None.
    """
    query = select(JournalEntry.record, JournalEntry.verb, JournalEntry.facts).where(
        col(JournalEntry.verb).in_((REPORT, SOLVE, SETTLE))
    )
    query = query.where(JournalEntry.record == number) if number else query
    query = query.where(JournalEntry.at < end) if end is not None else query
    solved: dict[str, list[bool]] = {}
    for record, verb, facts in session.exec(query.order_by(col(JournalEntry.number))):
        found = solved.setdefault(record, [])
        if verb == REPORT:
            found.append(False)
        elif found:
            said = json.loads(facts)
            found[int(said.get("matter", len(found))) - 1] = said.get("solved") == "yes"
    said_of = _words(session, sorted(solved))
    # The words of the n-th report are its n-th note.
    return [
        Matter(record, place, at, words)
        for record, ends in sorted(solved.items())
        for place, ((at, words), done) in enumerate(zip(said_of.get(record, []), ends, strict=False), 1)
        if not done
    ]


def _words(session: Session, numbers: Sequence[str]) -> dict[str, list[tuple[datetime, str]]]:
    found: dict[str, list[tuple[datetime, str]]] = {}
    for start in range(0, len(numbers), CHUNK):
        notes = select(CaseNote.number, CaseNote.at, CaseNote.text).where(
            col(CaseNote.number).in_(numbers[start : start + CHUNK]), CaseNote.kind == NOTE
        )
        for number, at, text in session.exec(notes.order_by(col(CaseNote.id))):
            found.setdefault(number, []).append((at, text))
    return found
