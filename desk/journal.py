"""The append-only journal, chained by a keyed hash, and the check that finds what was changed."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from data.chain import PASS_FIELDS, entry_digest, pass_digest
from data.journal import Counter, JournalEntry
from data.kept import micros
from data.passes import Pass, PassItem
from data.store.store import Store
from data.tables import NUMBERED, Where, model
from data.words import _
from desk import reading
from desk.ground.numbers import is_number, make_number
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


@dataclass(frozen=True)
class Finding:
    """One thing that verification found wrong."""

    what: str
    where: str


def verify(store: Store) -> list[Finding]:
    """Check the whole chain, its head outside the store, and every series of numbers; empty when all is well."""
    with store.reading() as session:
        findings, tail = _check_chain(session, store.keys.journal)
        findings += _check_head(session, store.head_copy(), tail)
        findings += _unknown_series(session)
        for system in NUMBERED:
            findings += _check_series(session, system)
        findings += _check_passes(session, store.keys.journal)
    return findings


def _check_passes(session: Session, key: bytes) -> list[Finding]:
    """Every pass must be as its last entry in the journal left it."""
    stamps: dict[str, str] = {}
    entries = select(JournalEntry.record, col(JournalEntry.facts)).where(
        JournalEntry.system == "passes", col(JournalEntry.facts).contains('"mac"')
    )
    for record, facts in session.exec(entries.order_by(col(JournalEntry.number)).execution_options(yield_per=PAGE)):
        stamps[record] = str(json.loads(facts)["mac"])
    findings = []
    papers = select(Pass).order_by(col(Pass.number)).execution_options(yield_per=PAGE)
    for paper in session.exec(papers):
        values = [getattr(paper, name) for name in PASS_FIELDS]
        values = [micros(value) if isinstance(value, datetime) else value for value in values]
        items = session.exec(select(PassItem).where(PassItem.number == paper.number).order_by(col(PassItem.line)))
        goods = [(item.line, item.name, item.quantity, item.unit, item.out) for item in items]
        said = stamps.get(paper.number, paper.contents_mac[:16])
        if pass_digest(key, values, goods) != paper.contents_mac or not paper.contents_mac.startswith(said):
            findings.append(Finding(_("pass changed"), paper.number))
    return findings


def _check_chain(session: Session, key: bytes) -> tuple[list[Finding], int]:
    previous, expected = "", 1
    while True:
        page = session.exec(
            select(JournalEntry).where(JournalEntry.number >= expected).order_by(col(JournalEntry.number)).limit(PAGE)
        ).all()
        if not page:
            return [], expected - 1
        for entry in page:
            if entry.number != expected:
                return [Finding(_("journal entry missing"), str(expected))], entry.number
            if not hmac.compare_digest(entry.digest, _digest(key, previous, entry)):
                return [Finding(_("journal entry changed"), str(entry.number))], entry.number
            previous, expected = entry.digest, expected + 1
        session.expunge_all()


def _check_head(session: Session, head: tuple[int, str] | None, tail: int) -> list[Finding]:
    if head is None:
        return [Finding(_("the copy of the journal's head is missing"), str(tail))] if tail else []
    entry = session.get(JournalEntry, head[0])
    if entry is None:
        return [Finding(_("the journal's tail was cut off after entry"), str(tail))]
    return [] if entry.digest == head[1] else [Finding(_("journal entry changed"), str(head[0]))]


def _unknown_series(session: Session) -> list[Finding]:
    """Numbers were given out in a series that this program knows nothing of, so nobody has counted them."""
    names = session.exec(select(Counter.name)).all()
    unknown = sorted(name for name in names if name.partition(":")[0] not in NUMBERED)
    return [Finding(_("a series of numbers that is not known"), name) for name in unknown]


def _check_series(session: Session, system: str) -> list[Finding]:
    column = col(model(system).number)
    findings = []
    for counter in session.exec(select(Counter).where(col(Counter.name).startswith(f"{system}:")).order_by("name")):
        year = int(counter.name.partition(":")[2])
        prefix = make_number(system, year, 1)[:5]
        numbers = session.exec(
            select(column)
            .where(column >= prefix, column < prefix + "~")
            .order_by(func.length(column), column)
            .execution_options(yield_per=PAGE)
        )
        expected = 1
        for number in numbers:
            if number != make_number(system, year, expected) or not is_number(number):
                break
            expected += 1
        if expected != counter.value + 1:
            findings.append(Finding(_("number missing or doubled"), make_number(system, year, expected)))
    return findings
