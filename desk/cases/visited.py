"""The return visits of a record, as whoever reads it sees them."""

from sqlmodel import Session, col, select

from data.cases import Visit
from data.words import N_, named

WAYS = {
    "phone": N_("by phone"),
    "visit": N_("at their home"),
    "desk": N_("at the desk"),
    "outside": N_("in a public place"),
    "office": N_("at their office"),
}
QUESTIONS = {
    "quality": N_("Quality"),
    "effect": N_("Effect"),
    "shortcomings": N_("Shortcomings"),
    "suggestions": N_("Suggestions"),
}


def visits_of(session: Session, number: str) -> list[Visit]:
    """All visits and attempts of a record, oldest first."""
    return list(session.exec(select(Visit).where(Visit.number == number).order_by(col(Visit.id))))


def way_name(how: str) -> str:
    """How a visit was made, in the reader's language."""
    return named(WAYS, how)
