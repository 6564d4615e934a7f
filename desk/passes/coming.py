"""What the gate may expect today and what went through it last: read while nobody is at the window."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from data.directory import Unit
from data.passes import LEAVING, Pass, PassItem, PassTrip
from desk.act import Desk


@dataclass(frozen=True)
class Coming:
    """A load that may leave today: when, which pass, whose, which goods."""

    at: datetime
    number: str
    unit: str
    mover: str
    plate: str
    goods: str


@dataclass(frozen=True)
class Passed:
    """A load at the gate: when, which pass, whose home, what left, or why it was refused."""

    at: datetime
    number: str
    unit: str
    goods: str
    refused: str


def coming(desk: Desk, most: int) -> tuple[list[Coming], int]:
    """The loads that may leave from now until the day ends, the first first, and how many there are.

    Args:
        most: so many are read at most.
    """
    now, calendar = desk.now(), desk.calendar()
    night = calendar.midnight(calendar.local(now).date() + timedelta(days=1))
    # In the words of its index, which is not used for others.
    until = (LEAVING, col(Pass.moving_at) < night, col(Pass.valid_until) >= now)
    with desk.read() as session:
        count = session.exec(select(func.count()).select_from(Pass).where(*until)).one()
        papers = session.exec(select(Pass).where(*until).order_by(col(Pass.moving_at)).limit(most)).all()
        rows = [
            Coming(one.moving_at, one.number, _label(session, one), one.mover, one.plate, _goods(session, one))
            for one in papers
        ]
    return rows, count


def passed(desk: Desk, most: int) -> list[Passed]:
    """The last loads at the gate, the newest first."""
    with desk.read() as session:
        trips = session.exec(select(PassTrip).order_by(col(PassTrip.id).desc()).limit(most)).all()
        return [
            Passed(trip.at, trip.number, _label(session, session.get_one(Pass, trip.number)), trip.goods, trip.refused)
            for trip in trips
        ]


def _label(session: Session, paper: Pass) -> str:
    return session.get_one(Unit, paper.unit_id).label


def _goods(session: Session, paper: Pass) -> str:
    lines = session.exec(select(PassItem).where(PassItem.number == paper.number).order_by(col(PassItem.line)))
    return ", ".join(f"{line.name} {line.quantity - line.out}" for line in lines if line.quantity > line.out)
