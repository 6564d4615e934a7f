"""What came in went out or is open: carried over + new + opened again = ended + left, of any kind of record (F-19).

Everything is counted from entries that never change: a sheet of a day that is over stays as it was.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from data.cases import CaseBase, Repair, Request
from data.journal import JournalEntry
from data.quality import Quality
from data.words import N_, _
from desk import cases
from desk.paper.document import Cell, Table
from desk.reports.counted import Count
from desk.reports.past import chunks
from desk.reports.periods import Period


@dataclass(frozen=True)
class Life:
    """What sheets count of a kind of record: the table, its title, the verbs that open, open again and end it."""

    table: type[CaseBase]
    title: str
    register: str
    reopen: str
    ends: Mapping[str, str]


REPAIRS = Life(
    Repair, N_("Repairs"), "repairs.register", "repairs.reopen",
    {"repairs.file": N_("done and filed"), "repairs.decline": N_("price declined"), "repairs.close": N_("given up")},
)  # fmt: skip
QUALITY = Life(
    Quality, N_("Quality complaints"), "quality.register", "quality.reopen",
    {"quality.close": N_("closed"), "quality.make_paid": N_("became a paid repair"),
     "quality.withdraw": N_("taken back")},
)  # fmt: skip
REQUESTS = Life(
    Request, N_("Requests"), "requests.register", "requests.reopen", {"requests.close": N_("closed")},
)  # fmt: skip
LIVES = (REPAIRS, QUALITY, REQUESTS)


@dataclass
class Events:
    """What happened in a period: (record, instant, facts) by verb, in order."""

    by: dict[str, list[tuple[str, datetime, dict[str, object]]]] = field(default_factory=lambda: defaultdict(list))

    def count(self, *verbs: str) -> int:
        """How many entries of these verbs."""
        return sum(len(self.by[verb]) for verb in verbs)

    def records(self, *verbs: str) -> Count:
        """The count of the entries of these verbs, which knows the records."""
        return Count.of(record for verb in verbs for record, _at, _facts in self.by[verb])

    def sum(self, verb: str, fact: str) -> int:
        """The sum of a number that the entries of a verb say."""
        return sum(int(str(facts.get(fact, 0) or 0)) for _record, _at, facts in self.by[verb])


def events(session: Session, begin: datetime, end: datetime, *more: str) -> Events:
    """The entries of every counted kind of record between two instants, and those of further verbs."""
    silent = {verb for life in LIVES for verb in (life.register, life.reopen)}
    verbs = (*silent, *(verb for life in LIVES for verb in life.ends), *more)
    query = select(JournalEntry.record, JournalEntry.verb, JournalEntry.at, JournalEntry.facts).where(
        JournalEntry.at >= begin, JournalEntry.at < end, col(JournalEntry.verb).in_(verbs)
    )
    found = Events()
    # Thousands of rows of columns only: nothing of them is kept by the session.
    for record, verb, at, facts in session.connection().execute(query.order_by(col(JournalEntry.number))):
        found.by[verb].append((record, at, {} if verb in silent else json.loads(facts)))
    return found


def open_at(session: Session, life: Life, moment: datetime) -> list[str]:
    """The records that were open just before a moment."""
    table = life.table
    before = select(table.number).where(col(table.received_at) < moment)
    still = session.exec(before.where(col(table.state).in_(cases.RUNNING))).all()
    since = session.exec(before.where(col(table.closed_at) >= moment)).all()
    found = sorted({*still, *since})
    closed: set[str] = set()
    for numbers in chunks(found):
        # Only one that was opened again may have been closed then.
        query = select(JournalEntry.record, JournalEntry.verb).where(
            col(JournalEntry.record).in_(numbers),
            JournalEntry.at < moment,
            col(JournalEntry.verb).in_((life.reopen, *life.ends)),
        )
        for record, verb in session.exec(query.order_by(col(JournalEntry.number))):
            (closed.discard if verb == life.reopen else closed.add)(record)
    return [number for number in found if number not in closed]


def table(life: Life, found: Events, carried: Sequence[str], left: Sequence[str]) -> Table:
    """Carried over + new + opened again = ended in its ways + left; a sheet that does not balance says so."""
    came = len(carried) + found.count(life.register, life.reopen)
    went = found.count(*life.ends) + len(left)
    rows: list[tuple[Cell, ...]] = [
        (_("carried over"), Count.of(carried)),
        (_("new"), found.records(life.register)),
        (_("opened again"), found.records(life.reopen)),
        *((_(name), found.records(verb)) for verb, name in life.ends.items()),
        (_("still open"), Count.of(left)),
        (_("balance"), "✓" if came == went else _("▲ {came} came, {went} went or are open", came=came, went=went)),
    ]
    return Table(_(life.title), (_("Measure"), _("Count")), rows if came else [])


def tables(session: Session, span: Period, end: datetime, found: Events) -> list[Table]:
    """The balance of quality complaints, with how the warranty was judged, and of requests."""
    made = [
        table(life, found, open_at(session, life, span.begin), open_at(session, life, end))
        for life in (QUALITY, REQUESTS)
    ]
    judged = found.by["quality.judge"]
    for name, standing in ((_("judged: in warranty"), "in"), (_("judged: out of warranty"), "out")):
        records = Count.of(record for record, _at, facts in judged if facts.get("warranty") == standing)
        if made[0].rows:
            made[0].rows.append((name, records))
    if made[0].rows:
        made[0].rows.append((_("compensation claimed"), found.records("quality.claim")))
    return made
