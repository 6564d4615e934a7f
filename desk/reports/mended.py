"""Repairs on a sheet: what came in went out or is open, and how well it went, each figure by its definition (F-19).

Everything is counted from entries that never change: a sheet of a day that is over stays as it was.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from sqlmodel import Session, col, select

from data.cases import Repair, RepairTrip, Visit
from data.journal import JournalEntry
from data.words import _
from desk import cases, directory
from desk.calendar import Calendar
from desk.operators import everyone
from desk.paper.document import Cell, Table
from desk.reports import kept, reading, repeated
from desk.reports.counted import Count, grouped
from desk.reports.past import chunks
from desk.reports.periods import Period

REGISTER, REOPEN, COMPLETE = "repairs.register", "repairs.reopen", "repairs.complete"
# How a repair ends, and what the sheet calls it.
FILE, DECLINE, CLOSE = ENDS = ("repairs.file", "repairs.decline", "repairs.close")
PAY, RECHARGE = "repairs.pay", "repairs.recharge"
# Somebody at the door is typed when they arrive; what is typed later than this is counted.
TYPED = timedelta(minutes=5)
# The promises of somebody at the door.
ARRIVALS = ("T-4", "T-5", "repair.now")


@dataclass
class Events:
    """What happened to repairs in a period: (record, instant, facts) by verb, in order."""

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


def events(session: Session, begin: datetime, end: datetime) -> Events:
    """The entries of repairs between two instants."""
    query = select(JournalEntry.record, JournalEntry.verb, JournalEntry.at, JournalEntry.facts).where(
        JournalEntry.at >= begin,
        JournalEntry.at < end,
        col(JournalEntry.verb).in_((REGISTER, REOPEN, COMPLETE, PAY, RECHARGE, *ENDS)),
    )
    found = Events()
    # Thousands of rows of columns only: nothing of them is kept by the session.
    for record, verb, at, facts in session.connection().execute(query.order_by(col(JournalEntry.number))):
        found.by[verb].append((record, at, {} if verb in (REGISTER, REOPEN) else json.loads(facts)))
    return found


def open_at(session: Session, moment: datetime) -> list[str]:
    """The repairs that were open just before a moment."""
    before = select(Repair.number).where(col(Repair.received_at) < moment)
    still = session.exec(before.where(col(Repair.state).in_(cases.RUNNING))).all()
    since = session.exec(before.where(col(Repair.closed_at) >= moment)).all()
    found = sorted({*still, *since})
    closed: set[str] = set()
    for numbers in chunks(found):
        # Only one that was opened again may have been closed then.
        query = select(JournalEntry.record, JournalEntry.verb).where(
            col(JournalEntry.record).in_(numbers), JournalEntry.at < moment, col(JournalEntry.verb).in_((REOPEN, *ENDS))
        )
        for record, verb in session.exec(query.order_by(col(JournalEntry.number))):
            (closed.discard if verb == REOPEN else closed.add)(record)
    return [number for number in found if number not in closed]


def tables(session: Session, calendar: Calendar, span: Period, end: datetime, found: Events) -> list[Table]:
    """The tables of repairs of a period; none where nothing was mended."""
    carried, left = open_at(session, span.begin), open_at(session, end)
    if not carried and not found.by:
        return []
    return [
        _movement(found, carried, left),
        _figures(session, calendar, span, end, found, left),
        _loads(session, found),
        repeated.table(session, span, end),
    ]


def _movement(found: Events, carried: Sequence[str], left: Sequence[str]) -> Table:
    """Carried over + new + opened again = done + declined + given up + left; a sheet that does not balance says so."""
    came = len(carried) + found.count(REGISTER, REOPEN)
    went = found.count(*ENDS) + len(left)
    rows: list[tuple[Cell, ...]] = [
        (_("carried over"), Count.of(carried)),
        (_("new"), found.records(REGISTER)),
        (_("opened again"), found.records(REOPEN)),
        (_("done and filed"), found.records(FILE)),
        (_("price declined"), found.records(DECLINE)),
        (_("given up"), found.records(CLOSE)),
        (_("still open"), Count.of(left)),
        (_("balance"), "✓" if came == went else _("▲ {came} came, {went} went or are open", came=came, went=went)),
    ]
    return Table(_("Repairs"), (_("Measure"), _("Count")), rows)


def _figures(
    session: Session, calendar: Calendar, span: Period, end: datetime, found: Events, left: Sequence[str]
) -> Table:
    """How well it went, each by its own definition, with what it is divided by."""
    filed = [(record, facts.get("evaluation")) for record, _at, facts in found.by[FILE]]
    judged = [record for record, said in filed if said in ("satisfied", "dissatisfied")]
    again = {record for record, _at, _facts in found.by[REOPEN]}
    happy = [record for record, said in filed if said == "satisfied" and record not in again]
    finished = sorted({record for record, _at, _facts in found.by[COMPLETE]})
    received, trips = _received(session, finished), _trips(session, finished, end)
    once = [one for one in finished if len(trips[one]) <= 1 and one not in again]
    counted = kept.promises(session, span, end, rules=ARRIVALS)
    due, missed = sum(one.due for one in counted), sum(one.missed for one in counted)
    answers = _on_time(session, span, end)
    said, answered = Counter(said for _record, said in answers), [record for record, _said in answers]
    response = [reading.business_hours(calendar, received[one], trips[one][0][0]) for one in finished if trips[one]]
    typed_late = [one for one in finished if any(typed - at > TYPED for at, typed in trips[one])]
    done = {record: at for record, at, _facts in found.by[COMPLETE]}
    finish = [reading.business_hours(calendar, received[one], at) for one, at in done.items() if one in received]
    rows: list[tuple[Cell, ...]] = [
        (_("right first time: the owner satisfied, not opened again, %"), *_share(len(happy), judged)),
        (_("right first time: one way to the door, not opened again, %"), *_share(len(once), finished)),
        (_("on time by the order, %"), _part(due - missed, due), due),
        (_("on time by the owner's word, %"), *_share(said["yes"], answered)),
        (_("arrivals typed more than five minutes later"), *_share(len(typed_late), finished)),
        (_("to the door, hours on duty, middle"), round(median(response), 2) if response else "–", len(response)),
        (_("to the end, hours on duty, middle"), round(median(finish), 2) if finish else "–", len(finish)),
        (
            _("charged, yuan"),
            directory.yuan(found.sum(COMPLETE, "fen") + found.sum(RECHARGE, "more")),
            found.records(COMPLETE),
        ),
        (_("paid, yuan"), directory.yuan(found.sum(PAY, "fen")), found.records(PAY)),
        (_("first copies out"), Count.of(_copies_out(session, end, left)), ""),
    ]
    return Table(_("Repairs in figures"), (_("Measure"), _("Value"), _("Of")), rows if found.by else [])


def _share(part: int, whole: Sequence[str]) -> tuple[Cell, Cell]:
    return _part(part, len(whole)), Count.of(whole)


def _part(part: int, whole: int) -> Cell:
    return round(100 * part / whole, 1) if whole else "–"


def _received(session: Session, numbers: Sequence[str]) -> dict[str, datetime]:
    """When each was received; columns only, for a month has thousands."""
    found: dict[str, datetime] = {}
    for part in chunks(numbers):
        query = select(Repair.number, Repair.received_at).where(col(Repair.number).in_(part))
        found.update(dict(session.exec(query).all()))
    return found


def _trips(session: Session, numbers: Sequence[str], end: datetime) -> dict[str, list[tuple[datetime, datetime]]]:
    """When somebody was at the door for each and when that was typed, up to an instant."""
    found: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for part in chunks(numbers):
        query = select(RepairTrip.number, RepairTrip.arrived_at, RepairTrip.typed_at).where(
            col(RepairTrip.number).in_(part), RepairTrip.typed_at < end, col(RepairTrip.joined).is_(False)
        )
        for number, at, typed in session.exec(query.order_by(col(RepairTrip.id))):
            found[number].append((at, typed))
    return found


def _on_time(session: Session, span: Period, end: datetime) -> list[tuple[str, str]]:
    """(record, yes or no): what owners said at visits of the period about whether somebody came on time."""
    query = select(Visit.number, Visit.on_time).where(Visit.at >= span.begin, Visit.at < end)
    return list(session.exec(query.where(col(Visit.on_time).in_(("yes", "no"))).order_by(col(Visit.id))))


def _copies_out(session: Session, end: datetime, left: Sequence[str]) -> list[str]:
    """Of the orders open at an instant, those that were finished and whose first copy was not back."""
    out: set[str] = set()
    for numbers in chunks(left):
        query = select(JournalEntry.record, JournalEntry.verb).where(
            col(JournalEntry.record).in_(numbers), JournalEntry.at < end, col(JournalEntry.verb).in_((COMPLETE, REOPEN))
        )
        for record, verb in session.exec(query.order_by(col(JournalEntry.number))):
            (out.add if verb == COMPLETE else out.discard)(record)
    return sorted(out)


def _loads(session: Session, found: Events) -> Table:
    """What each worker finished in the period."""
    names = {one.code: one.name for one in everyone(session)}
    done = [(str(facts.get("worker") or ""), record) for record, _at, facts in found.by[COMPLETE]]
    rows = grouped((names.get(code, code) or _("nobody"), record) for code, record in done)
    return Table(_("Finished by"), (_("Who"), _("Count")), rows, bar=1)
