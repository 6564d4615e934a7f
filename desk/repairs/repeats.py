"""What comes again: the same place and trade within thirty days; the third time is named to the manager (OUT-9)."""

from datetime import timedelta

from sqlmodel import Session, col, select

from data.cases import Repair
from desk.repairs import trades

AGAIN = timedelta(days=30)
OFTEN = 3


def place_of(unit_id: int | None, area: str, spot: str) -> str:
    """By what a place is known: a home by itself, a public one by its words, whoever calls about it; "" unknown."""
    if area == "public":
        return "".join(spot.split()).casefold()
    return f"#{unit_id}" if unit_id is not None else ""


def before(session: Session, case: Repair) -> list[str]:
    """The numbers of the repairs of the same place and trade in the thirty days before this one, the oldest first."""
    if not place_of(case.unit_id, case.area, case.spot):
        return []
    query = select(Repair).where(
        col(Repair.received_at) >= case.received_at - AGAIN,
        col(Repair.received_at) <= case.received_at,
        Repair.number != case.number,
    )
    if case.area != "public":
        query = query.where(Repair.unit_id == case.unit_id)
    found = session.exec(query.order_by(col(Repair.number)))
    return [one.number for one in found if one.number < case.number and kind_of(one) == kind_of(case)]


def kind_of(case: Repair) -> tuple[str, str]:
    """By what a repair is known again: its place and its trade, which an old one has in its words only."""
    return place_of(case.unit_id, case.area, case.spot), case.trade or trades.of(case.what)
