"""The append-only journal, chained by a keyed hash; `desk.proof` finds what was changed."""

import json
from datetime import datetime

from sqlmodel import Session, col, select

from data.chain import entry_digest
from data.journal import JournalEntry
from data.kept import micros
from data.store.store import Store
from data.tables import Where
from desk import reading
from desk.systems import sentence

PAGE = 5000


# Every act asks for it, so the question is put together once.
_LAST = select(JournalEntry).order_by(col(JournalEntry.number).desc()).limit(1)


def last_entry(session: Session) -> JournalEntry | None:
    """The newest entry."""
    return session.exec(_LAST).first()


def newest_number(store: Store) -> int:
    """The number of the newest entry, 0 in an empty journal: it changes with every act and with nothing else."""
    return int(store.ask("SELECT max(number) FROM journal")[0][0] or 0)


def append(
    session: Session,
    key: bytes,
    *,
    at: datetime,
    operator: str,
    workstation: str,
    verb: str,
    record: str,
    facts: dict[str, object],
    before: JournalEntry | None = None,
) -> JournalEntry:
    """Write the next line of the journal; facts hold states and numbers, never personal data.

    Args:
        before: the newest entry when this transaction has read it already.
    """
    before = before or last_entry(session)
    entry = JournalEntry(
        number=before.number + 1 if before else 1,
        at=at,
        operator=operator,
        workstation=workstation,
        system=verb.partition(".")[0],
        record=record,
        verb=verb,
        facts=json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
        digest="",
    )
    entry.digest = _digest(key, before.digest if before else "", entry)
    session.add(entry)
    return entry


def _digest(key: bytes, previous: str, entry: JournalEntry) -> str:
    return entry_digest(
        key,
        previous,
        entry.number,
        micros(entry.at),
        entry.operator,
        entry.workstation,
        entry.system,
        entry.record,
        entry.verb,
        entry.facts,
    )


def timeline(session: Session, record: str) -> list[JournalEntry]:
    """Everything that happened to a record, oldest first."""
    return list(
        session.exec(select(JournalEntry).where(JournalEntry.record == record).order_by(col(JournalEntry.number)))
    )


def name_of(session: Session, number: int) -> str:
    """What an entry says, in the reader's language; "" for one that is not there."""
    entry = session.get(JournalEntry, number)
    return sentence(entry.verb, json.loads(entry.facts)) if entry is not None else ""


def said(entry: JournalEntry) -> str:
    """What an entry says, in the reader's language: its verb and what its facts make of it."""
    return sentence(entry.verb, json.loads(entry.facts))


def latest(session: Session, count: int = 50, before: int | None = None, where: Where = None) -> list[JournalEntry]:
    """The newest entries below a number, newest first; `where` is what a search asks for (see `desk.looking`)."""
    reading.require(session, "journal.read")
    query = select(JournalEntry).order_by(col(JournalEntry.number).desc()).limit(count)
    if where is not None:
        query = query.where(where)
    return list(session.exec(query.where(JournalEntry.number < before) if before else query))
