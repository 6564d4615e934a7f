"""Which homes count, which were visited, how many are left: the base of every rate of planned visits (RV-15, 16)."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from data.rounds import PlannedVisit
from data.words import N_
from desk.calendar import Calendar
from desk.ground.refusals import Invalid
from desk.rounds.lived import lived_in
from desk.view import View

_MONTH = re.compile(r"(20[0-9]{2})-([0-9]{1,2})")
OF_ROUND = ("routine", "chosen", "director", "wished")


@dataclass(frozen=True)
class Span:
    """The months of a quarter or a year, as "2026-10" to "2026-12"."""

    name: str
    months: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """How far a round is: homes lived in, visited, wishing no visit, not reached; and how much of the time is over.

    left: homes that were neither visited nor wish no visit.
    """

    base: int
    visited: int
    declined: int
    unreached: int
    left: int


def month_of(text: str, calendar: Calendar, now: datetime) -> str:
    """A month such as "2026-12", this one when nothing is typed; refuses anything else at "month"."""
    if not text.strip():
        return f"{calendar.local(now):%Y-%m}"
    match = _MONTH.fullmatch(text.strip())
    if match is None or not 1 <= int(match[2]) <= 12:
        raise Invalid(N_("A month is written like 2026-12."), field="month", clause="RV-2")
    return f"{match[1]}-{int(match[2]):02d}"


def span_of(month: str, *, quarterly: bool) -> Span:
    """The round to which a month belongs: its quarter or its year (X-14)."""
    year, number = int(month[:4]), int(month[5:])
    first, count = ((number - 1) // 3 * 3 + 1, 3) if quarterly else (1, 12)
    name = f"Q{year}-{(number - 1) // 3 + 1}" if quarterly else f"Y{year}"
    return Span(name, tuple(f"{year}-{one:02d}" for one in range(first, first + count)))


def is_quarterly(view: View) -> bool:
    """Whether the site visits every household each quarter, or once a year (X-14, RV-15, RV-37)."""
    return view.chosen("T-35b").startswith("quarter")


def of_span(session: Session, span: Span) -> list[PlannedVisit]:
    """Every planned visit of a round's months, samples of repairs aside."""
    query = select(PlannedVisit).where(col(PlannedVisit.month).in_(span.months), col(PlannedVisit.kind).in_(OF_ROUND))
    return list(session.exec(query.order_by(col(PlannedVisit.number))))


def left_alone(session: Session, day: date) -> set[int]:
    """Homes that wish no visit on a day, whichever round they said it in."""
    query = select(PlannedVisit.unit_id).where(PlannedVisit.result == "declined", col(PlannedVisit.until) > day)
    return {unit_id for unit_id in session.exec(query) if unit_id is not None}


def progress(session: Session, span: Span, today: date) -> Progress:
    """How far a round is, of the homes that are lived in."""
    homes = lived_in(session, today)
    found = [one for one in of_span(session, span) if one.unit_id in homes]
    visited = {one.unit_id for one in found if one.result == "visited"}
    declined = {unit_id for unit_id in left_alone(session, today) if unit_id in homes} - visited
    unreached = {one.unit_id for one in found if one.result == "unreached"} - visited - declined
    left = len(homes) - len(visited) - len(declined)
    return Progress(len(homes), len(visited), len(declined), len(unreached), left)
