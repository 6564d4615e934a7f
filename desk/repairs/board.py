"""Who of engineering has what: orders in hand, what is next, and which finished orders' papers are still out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, and_, col, func, or_, select

from data.cases import Repair, RepairTrip
from data.clocks import Clock
from data.operators import Operator
from data.words import N_
from desk import operators
from desk.ground.numbers import ends_so
from desk.ground.refusals import Invalid, NotFound
from desk.view import View

# What is on its way to somebody, or with somebody.
OPEN = ("open", "ordered", "referred", "collected", "on_site")
# Two appointments of one worker closer than this are told before another is given to them.
CLASH = timedelta(minutes=30)


@dataclass(frozen=True)
class Load:
    """What one worker has now, did today, where they are since when, and their next appointment."""

    code: str
    name: str
    in_hand: int
    done: int
    where: str = ""
    since: datetime | None = None
    appointment: datetime | None = None


def orders(session: Session) -> list[tuple[Repair, datetime | None]]:
    """Every order that is not finished, with when its nearest promise is due; by worker, the next to do first."""
    due = select(func.min(Clock.due_at)).where(Clock.record == Repair.number, col(Clock.ended_at).is_(None))
    query = select(Repair, due.scalar_subquery().label("due")).where(col(Repair.state).in_(OPEN))
    far = datetime.max.replace(tzinfo=UTC)
    found = [(row[0], row[1]) for row in session.exec(query).all()]
    return sorted(found, key=lambda row: (row[0].worker != "", row[0].worker, row[1] or far, row[0].number))


def loads(session: Session, now: datetime, midnight: datetime) -> list[Load]:
    """What each worker has, in the order of their codes."""
    held: dict[str, list[Repair]] = {}
    for one in session.exec(select(Repair).where(col(Repair.state).in_(("collected", "on_site")))):
        held.setdefault(one.worker, []).append(one)
    finished = select(Repair.worker, func.count()).where(col(Repair.finished_at) >= midnight).group_by(Repair.worker)
    done = dict(session.exec(finished).all())
    return [
        _load(session, one, held.get(one.code, []), done.get(one.code, 0), now) for one in operators.engineers(session)
    ]


def _load(session: Session, who: Operator, held: Sequence[Repair], done: int, now: datetime) -> Load:
    there = next((one for one in held if one.state == "on_site"), None)
    trip = select(func.max(RepairTrip.arrived_at)).where(RepairTrip.number == there.number) if there else None
    ahead = [one.appointment_at for one in held if one.appointment_at and one.appointment_at > now]
    return Load(
        who.code,
        who.name,
        len(held),
        done,
        f"{there.subject} {there.spot}".strip() if there else "",
        session.exec(trip).one() if trip is not None else None,
        min(ahead) if ahead else None,
    )


def clashes(view: View, case: Repair, code: str) -> list[Repair]:
    """Other orders of a worker whose appointment lies too near to this one's."""
    if case.appointment_at is None:
        return []
    near = select(Repair).where(Repair.worker == code, col(Repair.state).in_(OPEN), Repair.number != case.number)
    near = near.where(
        col(Repair.appointment_at) > case.appointment_at - CLASH,
        col(Repair.appointment_at) < case.appointment_at + CLASH,
    )
    return list(view.session.exec(near))


def papers_out(session: Session) -> list[Repair]:
    """Finished and declined orders whose first copy is not back, by worker, the oldest first (REP-12, REP-16)."""
    declined = and_(Repair.state == "closed", Repair.end == "declined")
    query = select(Repair).where(or_(Repair.state == "finished", declined), col(Repair.copy_1_at).is_(None))
    return list(session.exec(query.order_by(col(Repair.worker), col(Repair.finished_at), col(Repair.number))))


def paper(session: Session, text: str) -> Repair:
    """The finished order that a number, or the last digits of one, means among those whose paper is out.

    Raises:
        NotFound: none of them; Invalid: several end so.
    """
    typed = text.strip().upper()
    out = papers_out(session)
    exact = [one for one in out if one.number == typed]
    found = exact or [one for one in out if ends_so(one.number, typed)]
    if not found:
        raise NotFound(N_("No paper of this number is out: {number}."), number=text.strip())
    if len(found) > 1:
        numbers = ", ".join(one.number for one in found)
        raise Invalid(N_("Several end so: {numbers}."), numbers=numbers)
    return found[0]
