"""The return visits of a record, as whoever reads it sees them."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from data.cases import Visit
from data.words import N_, named
from desk.calendar import Calendar

WAYS = {
    "phone": N_("by phone"),
    "visit": N_("at their home"),
    "desk": N_("at the desk"),
    "outside": N_("in a public place"),
    "office": N_("at their office"),
}
TRIES, DAYS = 3, 2
QUESTIONS = {
    "quality": N_("Quality"),
    "effect": N_("Effect"),
    "shortcomings": N_("Shortcomings"),
    "suggestions": N_("Suggestions"),
}


def visits_of(session: Session, number: str) -> list[Visit]:
    """All visits and attempts of a record, oldest first."""
    return list(session.exec(select(Visit).where(Visit.number == number).order_by(col(Visit.id))))


def is_unreached(calendar: Calendar, tried: Sequence[Visit]) -> bool:
    """Whether attempts that reached nobody are enough to call somebody not reached: three on two days (ours)."""
    return len(tried) >= TRIES and len({calendar.local(one.at).date() for one in tried}) >= DAYS


def way_name(how: str) -> str:
    """How a visit was made, in the reader's language."""
    return named(WAYS, how)
