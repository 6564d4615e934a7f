"""The archive of units and people: what the desk knows when somebody calls (ARC-3, ARC-12, ARC-13)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from data import tables
from data.cases import Contact, Request
from data.clocks import Clock
from data.directory import Arrears, Building, Entrance, Occupancy, Person, Phone, Unit, Vehicle
from data.passes import Pass, PassTrip
from data.words import N_, named
from desk import cases, reading
from desk.act import Act
from desk.ground import idcards, rooms
from desk.ground.refusals import Invalid, NotFound
from desk.systems import CASES

# The promises in which a time was agreed with the caller.
AGREED = ("T-20", "T-19b")
REFUSALS_SHOWN = timedelta(days=90)
FEES = {"property": N_("property fee"), "water": N_("water"), "electricity": N_("electricity"), "gas": N_("gas")}


@dataclass(frozen=True)
class Member:
    """Somebody in a unit, as the desk shows them; the ID number only masked."""

    person_id: int
    name: str
    relation: str
    phones: list[str]
    vip: bool
    id_masked: str
    workplace: str
    emergency_mobile: str
    birthday: date | None
    note: str
    since: date | None
    nature: str = ""
    in_charge: str = ""


@dataclass(frozen=True)
class Card:
    """Everything known of a household, beside the form while the caller speaks."""

    unit_id: int
    unit: str
    members: list[Member]
    vehicles: list[str]
    arrears: list[tuple[str, int, datetime]]
    open_records: list[tuple[str, str, str]]
    contacts: list[tuple[str, datetime, str]]
    passes: list[tuple[str, datetime, str]]
    note: str
    alert: str
    parking: str
    promised: list[Clock]
    refusals: list[tuple[datetime, str, str]]
    commended: bool


def unit_by_label(session: Session, text: str) -> Unit:
    """The unit of a room in any spelling; refuses none or several."""
    label = rooms.normal(text)
    estate = rooms.address(text).estate
    spelt = [label, label.lower()] + ([f"{estate}-{label}"] if estate else [])
    unit = session.exec(select(Unit).where(col(Unit.label).in_(spelt)).order_by(col(Unit.label).desc())).first()
    if unit is None:
        tails = session.exec(
            select(Unit)
            .where(col(Unit.label).endswith(f"-{label}", autoescape=True))
            .order_by(col(Unit.label))
            .limit(2)
        ).all()
        if label and len(tails) == 1:
            return tails[0]
        if len(tails) > 1:
            raise Invalid(N_("Several rooms are called {room}: give the building too."), field="room", room=text)
        raise NotFound(N_("There is no room {room}."), field="room", room=text)
    return unit


def unit_by_id(session: Session, unit_id: int) -> Unit:
    """One unit; refuses an unknown id."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound(N_("There is no such room."), field="room")
    return unit


def card(session: Session, unit_id: int, now: datetime) -> Card:
    """The household's card: people, what was promised to them, arrears, what is open, what went wrong at the gate."""
    unit = unit_by_id(session, unit_id)
    rows = session.exec(
        select(Occupancy, Person)
        .join(Person, col(Person.id) == Occupancy.person_id)
        .where(Occupancy.unit_id == unit_id, col(Occupancy.until).is_(None))
        .order_by(col(Occupancy.id))
    ).all()
    members = [_member(session, occupancy, person) for occupancy, person in rows]
    people = [member.person_id for member in members]
    cars = session.exec(
        select(Vehicle.plate)
        .where((col(Vehicle.unit_id) == unit_id) | col(Vehicle.person_id).in_(people))
        .order_by(col(Vehicle.plate))
    )
    debts = session.exec(select(Arrears).where(Arrears.unit_id == unit_id, Arrears.fen > 0).order_by("fee"))
    latest = select(Contact).where(Contact.unit_id == unit_id).order_by(col(Contact.at).desc()).limit(5)
    contacts = list(session.exec(latest))
    passes = session.exec(select(Pass).where(Pass.unit_id == unit_id).order_by(col(Pass.issued_at).desc()).limit(3))
    open_records = _open_records(session, unit_id)
    commended = select(Request.number).where(Request.unit_id == unit_id, col(Request.published_at).is_not(None))
    return Card(
        unit_id,
        unit.label,
        members,
        list(cars),
        [(debt.fee, debt.fen, debt.as_of) for debt in debts],
        open_records,
        [(contact.number, contact.at, contact.what) for contact in contacts],
        [(paper.number, paper.issued_at, paper.state) for paper in passes],
        unit.note,
        unit.alert,
        unit.parking,
        _promised(session, [row[0] for row in open_records] + [contact.number for contact in contacts]),
        _refusals(session, unit_id, now - REFUSALS_SHOWN),
        session.exec(commended.limit(1)).first() is not None,
    )


def _promised(session: Session, records: list[str]) -> list[Clock]:
    """Replies agreed with somebody of the household that are still to come."""
    running = select(Clock).where(col(Clock.record).in_(records), col(Clock.ended_at).is_(None))
    return list(session.exec(running.where(col(Clock.rule).in_(AGREED)).order_by(col(Clock.due_at), col(Clock.id))))


def _refusals(session: Session, unit_id: int, since: datetime) -> list[tuple[datetime, str, str]]:
    """Loads of the household that the gate refused lately."""
    query = select(PassTrip.at, PassTrip.refused, PassTrip.number).join(Pass, col(Pass.number) == PassTrip.number)
    query = query.where(Pass.unit_id == unit_id, PassTrip.refused != "", col(PassTrip.at) >= since)
    return [(at, why, number) for at, why, number in session.exec(query.order_by(col(PassTrip.at).desc()).limit(3))]


def _member(session: Session, occupancy: Occupancy, person: Person) -> Member:
    phones = session.exec(select(Phone.number).where(Phone.person_id == person.id).order_by(col(Phone.id)))
    return Member(
        person.id or 0,
        person.name,
        occupancy.relation,
        list(phones),
        person.vip,
        person.id_card_masked,
        person.workplace,
        person.emergency_mobile,
        person.birthday,
        person.note,
        occupancy.since,
        person.nature,
        person.in_charge,
    )


def _open_records(session: Session, unit_id: int) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for system in CASES:
        model = tables.model(system)
        rows = session.exec(
            select(model)
            .where(model.unit_id == unit_id, col(model.state).in_(cases.RUNNING))
            .order_by(col(model.number).desc())
        )
        found += [(row.number, row.state, row.what) for row in rows]
    return found


def first_phone(session: Session, person_id: int | None) -> str:
    """The first number of a person, "" where there is none and for whom numbers are not."""
    if person_id is None or not reading.may(session, "directory.phones"):
        return ""
    query = select(Phone.number).where(Phone.person_id == person_id).order_by(col(Phone.id)).limit(1)
    return session.exec(query).first() or ""


def fee_name(fee: str) -> str:
    """The fee in the reader's language."""
    return named(FEES, fee)


def yuan(fen: int) -> str:
    """An amount of fen as yuan."""
    return f"¥{fen // 100}.{fen % 100:02d}"


def fen(text: str, *, field: str) -> int:
    """An amount typed in yuan, such as 120.5, as whole fen; refuses what is no amount from 0 up."""
    match = re.fullmatch(r"[¥￥]?\s*(\d{1,9})(?:\.(\d{1,2}))?\s*元?", text.strip().replace(",", ""))
    if match is None:
        raise Invalid(N_("An amount is written like 120.50, from 0 up."), field=field)
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))


def ensure_entrance(session: Session, building: str, entrance: str) -> int:
    """The id of an entrance of a building, both made if they are new."""
    block = session.exec(select(Building).where(Building.name == building)).first()
    if block is None:
        block = Building(name=building)
        session.add(block)
        session.flush()
    query = select(Entrance).where(Entrance.building_id == block.id, Entrance.name == entrance)
    stair = session.exec(query).first()
    if stair is None:
        stair = Entrance(building_id=block.id or 0, name=entrance)
        session.add(stair)
        session.flush()
    return stair.id or 0


def fill_id_card(act: Act, person: Person, number: str) -> None:
    """Put a sealed ID-card number into a person's fields."""
    keys = act.store.keys
    number = idcards.normal(number)
    person.id_card_sealed = idcards.seal(keys, number, f"person:{person.id}")
    person.id_card_index = idcards.index(keys, number)
    person.id_card_masked = idcards.masked(number)


def set_id_card(act: Act, person: Person, number: str) -> None:
    """Seal an ID-card number into a person's row."""
    fill_id_card(act, person, number)
    act.session.add(person)


def show_id_card(act: Act, *, person_id: int, reason: str) -> str:
    """A person's full ID-card number; showing it is an act with a reason."""
    act.require("directory.show_id")
    person = act.session.get(Person, person_id)
    if person is None or person.id_card_sealed is None:
        raise NotFound(N_("No ID number is on file."), field="person")
    if not reason.strip():
        raise Invalid(N_("A reason is needed."), field="reason")
    act.record("directory.show_id", f"person:{person_id}", reason=idcards.mask_inside(reason))
    return idcards.unseal(act.store.keys, person.id_card_sealed, f"person:{person_id}")
