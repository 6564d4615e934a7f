"""The plan of a month: different homes each time, those with many complaints, samples by lot (RV-2, 13, 16, 42)."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from data.cases import Complaint
from data.rounds import PlannedVisit
from data.words import N_, named
from desk import directory
from desk.act import Act
from desk.calendar import Calendar
from desk.clocks import clocks
from desk.ground import texts
from desk.ground.refusals import Invalid, StateChanged
from desk.rounds import counting
from desk.rounds.lived import lived_in
from desk.rounds.terms import KINDS

# Homes that complained so often in the month before are visited besides the routine (RV-42).
OFTEN = 2
MOST = 2000
# How a visit ended after which the home may be dealt again; who wishes none is left alone by its own day.
AGAIN = ("unreached", "dropped", "declined")


@dataclass(frozen=True)
class Month:
    """A month's plan: its name in the journal, how many homes were put down, and of which kind."""

    record: str
    count: int
    chosen: int
    number: str = ""


def month_record(month: str) -> str:
    """The name under which a month's plan stands in the journal and the queue."""
    return f"P{month}"


def plan(act: Act, *, month: str = "", count: str = "") -> Month:
    """Plan a month's routine visits: homes that are lived in and were not on the round yet, spread over the buildings;
    and besides them the homes that complained often the month before (RV-2, RV-15, RV-16, RV-42, F-62).

    Args:
        month: such as 2026-12; this one when empty. count: how many; empty: what is left, by the round's months.

    Raises:
        Invalid: at "month" or "count"; StateChanged: the month was planned already.
    """
    act.require("rounds.plan")
    month = counting.month_of(month, act.calendar, act.now)
    _not_over(act, month)
    record = month_record(month)
    if clocks.of_record(act.session, record):
        raise StateChanged(
            N_("{month} is planned already; a home more is put down by hand."), field="month", month=month
        )
    span = counting.span_of(month, quarterly=counting.is_quarterly(act))
    alone = counting.left_alone(act.session, date(int(month[:4]), int(month[5:]), 1))
    often = {home: times for home, times in _often(act.session, act.calendar, month).items() if home not in alone}
    routine = _routine(act, span, month, count, {*often, *alone})
    if not routine and not often:
        raise StateChanged(N_("No home is left for {month}."), field="month", month=month, clause="RV-15")
    for unit_id, times in often.items():
        register(act, kind="chosen", month=month, unit_id=unit_id, what=f"×{times}")
    for unit_id in routine:
        register(act, kind="routine", month=month, unit_id=unit_id, what=span.name)
    act.session.flush()
    first, _last = bounds(act.calendar, month)
    act.record(
        "rounds.plan", record, subject=record, month_at=max(first, act.now), count=len(routine), chosen=len(often)
    )
    return Month(record, len(routine), len(often))


def _not_over(act: Act, month: str) -> None:
    if month < f"{act.calendar.local(act.now):%Y-%m}":
        raise Invalid(N_("That month is over."), field="month", clause="RV-2")


def bounds(calendar: Calendar, month: str) -> tuple[datetime, datetime]:
    """The first instant of a month, and that of the next one."""
    year, number = int(month[:4]), int(month[5:])
    after = date(year + number // 12, number % 12 + 1, 1)
    return calendar.midnight(date(year, number, 1)), calendar.midnight(after)


def before(month: str) -> str:
    """The month before."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1)}-{(number - 2) % 12 + 1:02d}"


def _often(session: Session, calendar: Calendar, month: str) -> dict[int, int]:
    """Homes that complained often in the month before, with how often."""
    begin, end = bounds(calendar, before(month))
    query = select(Complaint.unit_id).where(col(Complaint.received_at) >= begin, col(Complaint.received_at) < end)
    counted = Counter(unit_id for unit_id in session.exec(query) if unit_id is not None)
    return {unit_id: times for unit_id, times in sorted(counted.items()) if times >= OFTEN}


def _routine(act: Act, span: counting.Span, month: str, count: str, besides: Iterable[int]) -> list[int]:
    """Homes for the month that are on no plan of the round, as many as the round needs, one building after another."""
    homes = lived_in(act.session, act.calendar.local(act.now).date())
    dealt = {one.unit_id for one in counting.of_span(act.session, span) if one.result not in AGAIN}
    free = [unit_id for unit_id in homes if unit_id not in dealt | set(besides)]
    months = len(span.months) - span.months.index(month)
    wanted = _count(count) if count.strip() else -(-len(free) // months)
    # The month's name is the seed: nobody picks friends, and the same plan can be dealt again.
    return spread(free, homes, random.Random(month), wanted)


def _count(text: str) -> int:
    if not text.strip().isdecimal() or not 0 < int(text) <= MOST:
        raise Invalid(N_("A number of homes, such as 40."), field="count")
    return int(text)


def spread(free: list[int], homes: dict[int, str], chance: random.Random, wanted: int) -> list[int]:
    """So many homes, drawn by lot from one building after another."""
    piles: dict[str, list[int]] = defaultdict(list)
    for unit_id in free:
        piles[homes[unit_id].partition("-")[0]].append(unit_id)
    for pile in piles.values():
        chance.shuffle(pile)
    taken: list[int] = []
    while len(taken) < wanted and any(piles.values()):
        for pile in piles.values():
            if pile and len(taken) < wanted:
                taken.append(pile.pop())
    return sorted(taken)


def register(act: Act, *, kind: str, month: str, unit_id: int, what: str, of: str = "") -> PlannedVisit:
    """Put a home on a month's plan."""
    unit = directory.unit_by_id(act.session, unit_id)
    case = PlannedVisit(
        number=act.number("rounds"), contact="", channel="plan", unit_id=unit_id, person_id=None, subject=unit.label,
        what=what, first_asked=act.operator.code, received_at=act.now, kind=kind, month=month, of=of,
    )  # fmt: skip
    act.session.add(case)
    return case


def add(act: Act, *, room: str, kind: str = "wished", why: str = "", month: str = "") -> PlannedVisit:
    """Put a home down by hand: one that wishes it, one the director goes to (RV-36), one an officer finds needs it.

    Args:
        room: the home, in any spelling; kind: "wished" or "director".
    """
    act.require("rounds.add")
    if kind not in ("wished", "director"):
        raise Invalid(N_("Choose whose visit it is."), field="kind")
    unit = directory.unit_by_label(act.session, room)
    month = counting.month_of(month, act.calendar, act.now)
    _not_over(act, month)
    case = register(act, kind=kind, month=month, unit_id=unit.id or 0, what=texts.needed(why, "why", 200))
    act.session.flush()
    act.record("rounds.add", case.number, f"{case.subject} {case.what}", kind=kind, month=month)
    return case


def kind_name(kind: str) -> str:
    """Why a home is on the plan, in the reader's language."""
    return named(KINDS, kind)
