"""The register of passes: pages by filter, the day's figures, what is missing (REC-2, OUT-16)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from data.directory import Unit
from data.passes import Pass, PassItem, PassTrip
from data.words import N_, _
from desk.act import Desk
from desk.calendar import Calendar
from desk.directory import yuan
from desk.ground.refusals import Invalid
from desk.operators import Posts
from desk.passes.fees import owed
from desk.passes.goods import Item
from desk.passes.terms import carrier_name, nature_name, slip_name, state_name

FILTERS = {
    "": N_("all passes"),
    "day": N_("the last 24 hours"),
    "sign": N_("to be signed by finance"),
    "hold": N_("on hold"),
    "seal": N_("to be sealed"),
    "valid": N_("at the gate now"),
    "expired": N_("expired, not out"),
    "refused": N_("refused at the gate"),
    "alert": N_("piece by piece"),
    "slips": N_("lower part not back"),
    "void": N_("void"),
}


def check_filter(wanted: str) -> None:
    """Refuse a filter that does not exist."""
    if wanted not in FILTERS:
        names = ", ".join(filter(None, FILTERS))
        raise Invalid(N_("There is no filter {name}: use {names}."), field="filter", name=wanted, names=names)


def _missing_slip(now: datetime) -> ColumnElement[bool]:
    """What `slip_missing` says of one pass, asked of the store."""
    expired = and_(col(Pass.state).in_(("sealed", "part")), col(Pass.valid_until) < now, col(Pass.slip) == "")
    return or_(col(Pass.slip) == "due", expired)


def _where(wanted: str, now: datetime) -> tuple[ColumnElement[bool] | bool, ...]:
    conditions: dict[str, tuple[ColumnElement[bool] | bool, ...]] = {
        "day": (Pass.issued_at > now - timedelta(days=1),),
        "sign": (Pass.state == "issued",),
        "hold": (Pass.state == "hold",),
        "seal": (Pass.state == "signed",),
        "valid": (col(Pass.state).in_(("sealed", "part")), Pass.valid_until >= now),
        "expired": (col(Pass.state).in_(("sealed", "part")), Pass.valid_until < now),
        "refused": (Pass.state == "refused",),
        "alert": (Pass.repeats != "",),
        "slips": (_missing_slip(now),),
        "void": (Pass.state == "void",),
    }
    return conditions.get(wanted, ())


def page(
    session: Session,
    now: datetime,
    *,
    wanted: str = "",
    before: str = "",
    where: ColumnElement[bool] | None = None,
    limit: int = 200,
) -> list[tuple[Pass, str]]:
    """A page of the register with the rooms, newest first.

    Args:
        wanted: a key of FILTERS.
        before: only numbers below this one.
        where: only these, as a search asks for them.
    """
    query = select(Pass, Unit.label).join(Unit, col(Unit.id) == Pass.unit_id)
    query = query.where(*_where(wanted, now)).order_by(col(Pass.number).desc()).limit(limit)
    if before:
        query = query.where(Pass.number < before)
    if where is not None:
        query = query.where(where)
    return [(paper, label) for paper, label in session.exec(query)]


def page_of_unit(session: Session, unit_id: int, limit: int = 5) -> list[Pass]:
    """The newest passes of a unit."""
    query = select(Pass).where(Pass.unit_id == unit_id).order_by(col(Pass.issued_at).desc(), col(Pass.number).desc())
    return list(session.exec(query.limit(limit)))


def warnings(desk: Desk, unit_id: int) -> list[str]:
    """What a clerk should know of a room before writing a pass, in the reader's language."""
    with desk.read() as session:
        recent = page_of_unit(session, unit_id)
        debt = owed(session, unit_id)
    said = []
    if debt:
        said.append(_("owes {amount}", amount=yuan(debt)))
    for paper in recent:
        if paper.state in ("hold", "refused"):
            said.append(f"{paper.number}: {state_name(paper.state)}")
        if paper.repeats:
            said.append(_("{number}: carried out piece by piece", number=paper.number))
    return said


def shown_state(paper: Pass, now: datetime) -> str:
    """The state as a reader sees it: a sealed pass whose time is over has expired."""
    over = paper.state in ("signed", "sealed", "part") and now > paper.valid_until
    return state_name("expired" if over else paper.state)


@dataclass(frozen=True)
class Figures:
    """What the supervisor asks of a stretch of days."""

    issued: int
    sealed: int
    out: int
    void: int
    held: int
    refused: int
    alerts: int
    slips_missing: int
    seconds_to_seal: float | None


def figures(session: Session, calendar: Calendar, now: datetime, first: date, last: date) -> Figures:
    """Counts and the average time from request to seal of the passes issued from one day through another."""
    start, end = calendar.midnight(first), calendar.midnight(last + timedelta(days=1))
    span = (Pass.issued_at >= start, Pass.issued_at < end)

    def count(*conditions: ColumnElement[bool] | bool) -> int:
        return int(session.exec(select(func.count()).select_from(Pass).where(*span, *conditions)).one())

    sealed = col(Pass.sealed_at).is_not(None)
    average = session.exec(select(func.avg(Pass.sealed_at - Pass.issued_at)).where(*span, sealed)).one()  # type: ignore[operator]
    refused = (
        select(func.count())
        .select_from(PassTrip)
        .where(PassTrip.refused != "", PassTrip.at >= start, PassTrip.at < end)
    )
    return Figures(
        issued=count(),
        sealed=count(sealed),
        out=count(Pass.state == "out"),
        void=count(Pass.state == "void"),
        held=count(Pass.state == "hold"),
        refused=int(session.exec(refused).one()),
        alerts=count(Pass.repeats != ""),
        slips_missing=count(_missing_slip(now)),
        seconds_to_seal=None if average is None else float(average) / 1e6,
    )


def _refusals(session: Session, number: str) -> str:
    query = select(PassTrip).where(PassTrip.number == number, PassTrip.refused != "").order_by(col(PassTrip.id))
    return "; ".join(f"{trip.refused} {trip.note}".rstrip() for trip in session.exec(query))


HEADINGS = (
    N_("Number"), N_("Room"), N_("State"), N_("Carrier"), N_("Nature"), N_("Mover"), N_("Mover's ID"), N_("Plate"),
    N_("Goods"), N_("Destination"), N_("Issued"), N_("Clerk"), N_("Fees signed"), N_("Finance"), N_("Sealed"),
    N_("Sealed by"), N_("Out"), N_("Guard"), N_("Voided"), N_("Void reason"), N_("Replaces"), N_("Lower part"),
    N_("Refused at the gate"),
)  # fmt: skip


def export_rows(
    session: Session, calendar: Calendar, now: datetime, wanted: str = "", where: ColumnElement[bool] | None = None
) -> Iterator[list[str]]:
    """The register as rows of text for a spreadsheet, oldest first, headings before; ID numbers masked."""
    yield [_(heading) for heading in HEADINGS]
    query = select(Pass, Unit.label).join(Unit, col(Unit.id) == Pass.unit_id)
    query = query.where(*_where(wanted, now)).order_by(col(Pass.number)).execution_options(yield_per=1000)
    if where is not None:
        query = query.where(where)

    def at(moment: datetime | None) -> str:
        return calendar.local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""

    who = Posts(session)
    for paper, label in session.exec(query):
        goods = session.exec(select(PassItem).where(PassItem.number == paper.number).order_by(col(PassItem.line)))
        yield [
            paper.number,
            label,
            shown_state(paper, now),
            carrier_name(paper.carrier),
            nature_name(paper.nature),
            paper.mover,
            paper.mover_id_masked,
            paper.plate,
            "; ".join(str(Item(item.name, item.quantity, item.unit)) for item in goods),
            paper.destination,
            at(paper.issued_at),
            who[paper.issued_by],
            at(paper.fees_at),
            who[paper.fees_by],
            at(paper.sealed_at),
            who[paper.sealed_by],
            at(paper.out_at),
            who[paper.out_by],
            at(paper.void_at),
            paper.void_reason,
            paper.replaces,
            slip_name(paper.slip),
            _refusals(session, paper.number),
        ]
