"""Repairs on a sheet: what came in went out or is open, and how well it went, each figure by its definition (F-19).

Everything is counted from entries that never change: a sheet of a day that is over stays as it was.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

from sqlmodel import Session, col, select

from data.cases import Repair, RepairTrip, Visit
from data.journal import JournalEntry
from data.words import _
from desk import directory
from desk.calendar import Calendar
from desk.operators import everyone
from desk.paper.document import Cell, Table
from desk.reports import balance, kept, reading, repeated
from desk.reports.balance import REPAIRS, Events
from desk.reports.counted import Count, grouped
from desk.reports.past import chunks
from desk.reports.periods import Period

REGISTER, REOPEN, ENDS = REPAIRS.register, REPAIRS.reopen, tuple(REPAIRS.ends)
FILE, COMPLETE, PAY, RECHARGE = "repairs.file", "repairs.complete", "repairs.pay", "repairs.recharge"
# What the figures of repairs are counted from, besides their balance.
VERBS = (COMPLETE, PAY, RECHARGE)
# Somebody at the door is typed when they arrive; what is typed later than this is counted.
TYPED = timedelta(minutes=5)
# The promises of somebody at the door.
ARRIVALS = ("T-4", "T-5", "repair.now")


def tables(session: Session, calendar: Calendar, span: Period, end: datetime, found: Events) -> list[Table]:
    """The tables of repairs of a period; none where nothing was mended."""
    carried, left = (balance.open_at(session, REPAIRS, moment) for moment in (span.begin, end))
    if not carried and not found.count(REGISTER, REOPEN, *ENDS):
        return []
    return [
        balance.table(REPAIRS, found, carried, left),
        _figures(session, calendar, span, end, found, left),
        _loads(session, found),
        repeated.table(session, span, end),
    ]


def _figures(
    session: Session, calendar: Calendar, span: Period, end: datetime, found: Events, left: Sequence[str]
) -> Table:
    """How well it went, each by its own definition, with what it is divided by."""
    filed = [(record, facts.get("evaluation")) for record, _at, facts in found.by[FILE]]
    judged = [record for record, said in filed if said in ("satisfied", "dissatisfied")]
    finished = sorted({record for record, _at, _facts in found.by[COMPLETE]})
    again = _reopened(session, sorted({*judged, *finished}), end)
    # A later round is reckoned from when it began.
    received = {**_received(session, finished), **{one: at for one, at in again.items() if one in finished}}
    trips = _trips(session, finished, end, again)
    happy = [record for record, said in filed if said == "satisfied" and record not in again]
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


def _reopened(session: Session, numbers: Sequence[str], end: datetime) -> dict[str, datetime]:
    """When those of the orders that were opened again were so last, before an instant."""
    found: dict[str, datetime] = {}
    for part in chunks(numbers):
        query = select(JournalEntry.record, JournalEntry.at).where(
            col(JournalEntry.record).in_(part), JournalEntry.verb == REOPEN, JournalEntry.at < end
        )
        found.update(dict(session.exec(query.order_by(col(JournalEntry.number))).all()))
    return found


def _trips(
    session: Session, numbers: Sequence[str], end: datetime, again: Mapping[str, datetime]
) -> dict[str, list[tuple[datetime, datetime]]]:
    """When somebody was at the door for each in its last round and when that was typed, up to an instant."""
    found: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for part in chunks(numbers):
        query = select(RepairTrip.number, RepairTrip.arrived_at, RepairTrip.typed_at).where(
            col(RepairTrip.number).in_(part), RepairTrip.typed_at < end, col(RepairTrip.joined).is_(False)
        )
        for number, at, typed in session.exec(query.order_by(col(RepairTrip.id))):
            if number not in again or typed >= again[number]:
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
    return Table(_("Finished by"), (_("Worker"), _("Count")), rows, bar=1)
