"""Promises that fell due in a period: kept or missed, as it was at the end of the period."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlmodel import Session, col, select

from data.cases import CaseNote
from data.clocks import Clock, ClockExtension, ClockMove, ClockPause
from data.tables import Value
from desk.reports.past import chunks
from desk.reports.periods import Period
from desk.standards import KEPT

MOST_IDS = 500
VISITS = ("T-21", "T-21b")


@dataclass
class Kept:
    """How often a promise fell due in the period, and how often it was missed."""

    rule: str
    name_en: str
    name_zh: str
    due: int = 0
    missed: int = 0


@dataclass(frozen=True)
class Breach:
    """One missed promise: when it was due, how late it was at the end of the period, and the reason known by then."""

    clock: Clock
    due_at: datetime
    late: timedelta
    reason: str = ""


@dataclass
class _History:
    """What was done to a promise before its end was what it is."""

    clock: Clock
    moves: list[ClockMove] = field(default_factory=list)
    pauses: list[ClockPause] = field(default_factory=list)

    def due_at(self, moment: datetime) -> datetime:
        """When it was due, as it stood at a moment."""
        later = [move for move in self.moves if move.at >= moment]
        return min(later, key=lambda move: (move.at, move.id or 0)).old_due_at if later else self.clock.due_at

    def ended_at(self, moment: datetime) -> datetime | None:
        ended = self.clock.ended_at
        return ended if ended is not None and ended < moment else None

    def paused_since(self, moment: datetime) -> datetime | None:
        """Since when it was paused at a moment, or None when it was not."""
        running = [one for one in self.pauses if one.from_at < moment and (one.to_at is None or one.to_at >= moment)]
        return running[0].from_at if running else None

    def fell_due(self, moment: datetime) -> datetime:
        """When it fell due, as it stood at a moment: one that began after its end, when it began."""
        return max(self.due_at(moment), self.clock.started_at)

    def missed(self, moment: datetime) -> bool | None:
        """Whether it was missed by a moment; None when it was neither kept nor missed."""
        due, ended, paused = self.due_at(moment), self.ended_at(moment), self.paused_since(moment)
        if ended is not None:
            return True if ended > due else False if self.clock.ended_as == KEPT else None
        if paused is not None and paused <= due:
            return None
        return True if self.fell_due(moment) < moment else None

    def late(self, moment: datetime) -> timedelta:
        """How late it was at a moment; what was paused after its end is not counted."""
        due = self.due_at(moment)
        stop = self.ended_at(moment) or moment
        paused = sum(
            (min(one.to_at or stop, stop) - one.from_at for one in self.pauses if due <= one.from_at < stop),
            timedelta(),
        )
        return stop - due - paused


def _plain() -> ColumnElement[bool]:
    """Promises whose end was never moved and that were never paused: nearly all, so they are counted by the store."""
    return ~exists().where(col(ClockMove.clock_id) == Clock.id) & ~exists().where(col(ClockPause.clock_id) == Clock.id)


def _missed(end: datetime) -> ColumnElement[bool]:
    return and_(
        col(Clock.due_at) < end,
        col(Clock.started_at) < end,
        or_(col(Clock.ended_at).is_(None), col(Clock.ended_at) > Clock.due_at),
    )


def _fell_due(begin: datetime, end: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Promises that fell due between two instants; one that began after its end fell due when it began.

    Two conditions, each answered by an index of its own.
    """
    in_time = and_(col(Clock.due_at) >= begin, col(Clock.due_at) < end, col(Clock.due_at) > Clock.started_at)
    began_late = and_(
        col(Clock.started_at) >= begin, col(Clock.started_at) < end, col(Clock.due_at) <= Clock.started_at
    )
    return in_time, began_late


def promises(session: Session, span: Period, now: datetime, *, rules: Sequence[str] = ()) -> list[Kept]:
    """Every promise that fell due in the period, by rule; not what is still ahead, or void or overtaken in time.

    Args:
        rules: only these, where any are named.
    """
    end = min(span.end, now)
    kept = and_(col(Clock.ended_as) == KEPT, col(Clock.ended_at) <= Clock.due_at, col(Clock.ended_at) < end)
    names = (col(Clock.rule), col(Clock.name_en), col(Clock.name_zh))
    counts: tuple[Value, ...] = (*names, func.count(), func.sum(case((_missed(end), 1), else_=0)))
    found: dict[tuple[str, str, str], Kept] = {}
    for fell_due in _fell_due(span.begin, span.end):
        query = select(*counts).where(fell_due, or_(kept, _missed(end)), _plain()).group_by(*names)
        query = query.where(col(Clock.rule).in_(rules)) if rules else query
        for rule, name_en, name_zh, due, late in session.execute(query):
            known = found.setdefault((rule, name_en, name_zh), Kept(rule, name_en, name_zh))
            known.due, known.missed = known.due + due, known.missed + late
    for one in _changed(session, span, end):
        missed = one.missed(end)
        if missed is not None and (not rules or one.clock.rule in rules):
            named = (one.clock.rule, one.clock.name_en, one.clock.name_zh)
            known = found.setdefault(named, Kept(*named))
            known.due, known.missed = known.due + 1, known.missed + missed
    return [found[named] for named in sorted(found)]


def records(session: Session, span: Period, now: datetime, rule: str, *, missed: bool) -> list[str]:
    """The records whose promise of a rule fell due in the period and counts; only those that missed it where asked."""
    end = min(span.end, now)
    kept = and_(col(Clock.ended_as) == KEPT, col(Clock.ended_at) <= Clock.due_at, col(Clock.ended_at) < end)
    counts = _missed(end) if missed else or_(kept, _missed(end))
    found: list[str] = []
    for fell_due in _fell_due(span.begin, span.end):
        query = select(Clock.record).where(fell_due, counts, Clock.rule == rule, _plain()).order_by(col(Clock.id))
        found += session.exec(query)
    for one in _changed(session, span, end):
        was = one.missed(end)
        if one.clock.rule == rule and was is not None and (was or not missed):
            found.append(one.clock.record)
    return found


def breaches(session: Session, span: Period, now: datetime, limit: int = 200) -> list[Breach]:
    """Promises of the period kept late or not at all, with the reason that was written down by its end."""
    end = min(span.end, now)
    histories: list[_History] = []
    for fell_due in _fell_due(span.begin, span.end):
        query = select(Clock).where(fell_due, _missed(end), _plain())
        histories += map(_History, session.exec(query.order_by(col(Clock.due_at), col(Clock.id)).limit(limit)))
    histories += [one for one in _changed(session, span, end) if one.missed(end)]
    histories.sort(key=lambda one: (one.due_at(end), one.clock.id or 0))
    histories = histories[:limit]
    reasons = _reasons(session, [one.clock for one in histories], end)
    return [Breach(one.clock, one.due_at(end), one.late(end), reasons.get(one.clock.id or 0, "")) for one in histories]


def _changed(session: Session, span: Period, end: datetime) -> list[_History]:
    """Promises with a moved end or a pause that were due in the period, as it stood at its end."""
    in_time, began_late = _fell_due(span.begin, span.end)
    began = and_(col(Clock.started_at) >= span.begin, col(Clock.started_at) < span.end)
    changed = select(ClockMove.clock_id).union(select(ClockPause.clock_id))
    moved = select(ClockMove.clock_id).where(ClockMove.old_due_at >= span.begin, ClockMove.old_due_at < span.end)
    inside = or_(in_time, began_late, began, col(Clock.id).in_(moved))
    clocks = session.exec(select(Clock).where(col(Clock.id).in_(changed), inside)).all()
    histories = {clock.id: _History(clock) for clock in clocks}
    ids = sorted(number for number in histories if number is not None)
    for start in range(0, len(ids), MOST_IDS):
        part = ids[start : start + MOST_IDS]
        for move in session.exec(
            select(ClockMove).where(col(ClockMove.clock_id).in_(part)).order_by(col(ClockMove.id))
        ):
            histories[move.clock_id].moves.append(move)
        pauses = select(ClockPause).where(col(ClockPause.clock_id).in_(part)).order_by(col(ClockPause.id))
        for pause in session.exec(pauses):
            histories[pause.clock_id].pauses.append(pause)
    return [one for one in histories.values() if span.begin <= one.fell_due(end) < span.end]


def return_visits(session: Session, span: Period, now: datetime) -> tuple[int, list[str]]:
    """Of the return visits to complaints that fell due in the period: how many were made by its end, and to which."""
    end = min(span.end, now)
    due: list[_History] = []
    for fell_due in _fell_due(span.begin, end):
        due += map(_History, session.exec(select(Clock).where(fell_due, col(Clock.rule).in_(VISITS), _plain())))
    due += [one for one in _changed(session, span, end) if one.clock.rule in VISITS and one.fell_due(end) < end]
    return sum(one.ended_at(end) is not None for one in due), [one.clock.record for one in due]


def fell_due(session: Session, span: Period, now: datetime, rule: str) -> list[tuple[str, bool]]:
    """(record, whether it was kept by the period's end) of every promise of a rule that fell due in the period."""
    end = min(span.end, now)
    due: list[_History] = []
    for when in _fell_due(span.begin, end):
        due += map(_History, session.exec(select(Clock).where(when, Clock.rule == rule, _plain())))
    due += [one for one in _changed(session, span, end) if one.clock.rule == rule and one.fell_due(end) < end]
    return sorted((one.clock.record, one.ended_at(end) is not None and one.clock.ended_as == KEPT) for one in due)


def _reasons(session: Session, found: Sequence[Clock], end: datetime) -> dict[int, str]:
    """The reason of a pause or an approved later end, else the reason given for the record."""
    by_clock: dict[int, str] = {}
    ids = [clock.id or 0 for clock in found]
    for start in range(0, len(ids), MOST_IDS):
        part = ids[start : start + MOST_IDS]
        paused = select(ClockPause.clock_id, ClockPause.reason).where(
            col(ClockPause.clock_id).in_(part), ClockPause.from_at < end
        )
        longer = select(ClockExtension.clock_id, ClockExtension.reason).where(
            col(ClockExtension.clock_id).in_(part), ClockExtension.at < end
        )
        by_clock.update(dict(session.exec(paused.order_by(col(ClockPause.id))).all()))
        by_clock.update(dict(session.exec(longer.order_by(col(ClockExtension.id))).all()))
    notes: dict[str, list[str]] = defaultdict(list)
    for numbers in chunks(sorted({clock.record for clock in found})):
        query = select(CaseNote.number, CaseNote.text).where(
            col(CaseNote.number).in_(numbers), col(CaseNote.kind).in_(("overrun", "promise")), CaseNote.at < end
        )
        for number, text in session.exec(query.order_by(col(CaseNote.id))):
            notes[number].append(text)
    return {clock.id or 0: by_clock.get(clock.id or 0) or (notes.get(clock.record) or [""])[-1] for clock in found}
