"""Satisfied owners are drawn by lot until the month's share of repairs is visited (RV-8, RV-10, RV-13, RPT-3)."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from data.cases import Repair, Visit
from data.clocks import Clock
from data.journal import JournalEntry
from data.rounds import PlannedVisit
from data.words import N_
from desk.act import Act
from desk.ground.refusals import StateChanged
from desk.rounds import counting
from desk.rounds.planning import Month, bounds, month_record, register, spread
from desk.rounds.terms import MUST
from desk.view import View

# Of the orders whose satisfied owners are drawn by lot, the share that is visited (RV-8, RV-10, RV-13).
SHARES = {"small": "N-3", "special": "N-4"}


@dataclass(frozen=True)
class Rate:
    """The month's small repairs: finished for the owner, visited, and how many visits are needed for the target."""

    base: int
    visited: int
    needed: int
    happy: tuple[str, ...]
    must: int

    @property
    def share(self) -> float:
        """The part that was visited, in percent."""
        return 100 * self.visited / self.base if self.base else 0.0


def small_repairs(view: View, month: str) -> Rate:
    """The rate of visited small repairs filed in a month; public areas, withdrawn and not ours do not count (RV-10).

    needed: visits still to be made so that the site's target is reached; happy: satisfied owners not visited yet; must:
    those to whom a visit is still owed. Who was not reached is neither: the lot draws somebody else.
    """
    return _rate(view, month, "small")


def _rate(view: View, month: str, sort: str) -> Rate:
    """Of a month's orders of a kind, as they were filed in it: one that was opened again since stays filed."""
    filed = filed_in(view.session, *bounds(view.calendar, month), sort)
    seen = visited_since(view.session, filed)
    must = _awaited(view.session) & (filed.keys() - seen)
    drawn = select(Repair.number).where(col(Repair.number).in_(sorted(filed)), Repair.evaluation == "satisfied")
    drawn = drawn.where(Repair.state == "closed", col(Repair.unit_id).is_not(None)).order_by(col(Repair.number))
    happy = tuple(number for number in view.session.exec(drawn) if number not in seen | must)
    share = int("".join(char for char in view.chosen(SHARES[sort]) if char.isdecimal()) or 0)
    least = -(-len(filed) * share // 100)
    return Rate(len(filed), len(seen), max(0, least - len(seen) - len(must)), happy, len(must))


def filed_in(session: Session, begin: datetime, end: datetime, sort: str) -> dict[str, datetime]:
    """When each order of a kind in a home was filed last between two instants (RV-8, RV-10)."""
    query = select(JournalEntry.record, JournalEntry.at, JournalEntry.facts).where(
        JournalEntry.at >= begin, JournalEntry.at < end, JournalEntry.verb == "repairs.file"
    )
    found = ((record, at, json.loads(said)) for record, at, said in session.exec(query.order_by(col(JournalEntry.at))))
    return {record: at for record, at, said in found if said.get("sort") == sort and said.get("evaluation") != "public"}


def _awaited(session: Session) -> set[str]:
    """The records to which a visit is owed because of what their owner said (RV-10)."""
    return set(session.exec(select(Clock.record).where(Clock.rule == MUST, col(Clock.ended_at).is_(None))))


def visited_since(session: Session, closed: Mapping[str, datetime], end: datetime | None = None) -> set[str]:
    """Those of the records that somebody was reached about since they were closed last: each round is visited.

    Args:
        closed: when each was closed; end: before when, any time when None.
    """
    found: set[str] = set()
    numbers = sorted(closed)
    for place in range(0, len(numbers), 500):
        query = select(Visit.number, Visit.at).where(col(Visit.number).in_(numbers[place : place + 500]))
        query = query.where(col(Visit.reached))
        found.update(number for number, at in session.exec(query) if at >= closed[number] and (end is None or at < end))
    return found


def draw(act: Act, *, month: str = "") -> Month:
    """Draw by lot as many satisfied owners as the month's 30 % still needs: of small repairs, and of special services
    (RV-8, RV-13, RPT-3).

    They are spread over workers; what is drawn already counts, so that drawing again draws only what is missing.

    Raises:
        StateChanged: nothing is missing.
    """
    act.require("rounds.draw")
    month = counting.month_of(month, act.calendar, act.now)
    rates = [_rate(act, month, sort) for sort in SHARES]
    known = select(PlannedVisit.of, PlannedVisit.state).where(
        PlannedVisit.month == month, PlannedVisit.kind == "sample"
    )
    drawn = dict(act.session.exec(known).all())
    count = sum(_draw_of(act, month, rate, drawn) for rate in rates)
    base, visited = sum(rate.base for rate in rates), sum(rate.visited for rate in rates)
    if not count:
        waiting = sum(int(drawn.get(number) == "open") for rate in rates for number in rate.happy)
        raise StateChanged(
            N_("{visited} of {base} are visited, {drawn} are drawn: nothing is missing."),
            visited=visited, base=base, drawn=waiting, field="month", clause="RV-13",
        )  # fmt: skip
    act.session.flush()
    act.record("rounds.draw", month_record(month), count=count, base=base, visited=visited)
    return Month(month_record(month), count, 0)


def _draw_of(act: Act, month: str, rate: Rate, drawn: Mapping[str, str]) -> int:
    """Draw what one kind of orders still needs; gives back how many."""
    open_now = [number for number in rate.happy if drawn.get(number) == "open"]
    free = [number for number in rate.happy if number not in drawn]
    wanted = min(rate.needed - len(open_now), len(free))
    if wanted <= 0:
        return 0
    workers = {one.number: one for one in act.session.exec(select(Repair).where(col(Repair.number).in_(free)))}
    piles = {number: f"{workers[number].worker}-{number}" for number in free}
    places = dict(enumerate(free))
    chosen = spread(
        list(places), {place: piles[number] for place, number in places.items()}, random.Random(month), wanted
    )
    for place in chosen:
        repair = workers[places[place]]
        number = repair.number
        register(act, kind="sample", month=month, unit_id=repair.unit_id or 0, what=number, of=number)
    return wanted
