"""Who lives where: buildings, entrances, units, people, occupancies, vehicles, arrears, search terms."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from data.kept import Digested, instant, text


class Building(Digested, table=True):
    """A building, known by its number; accepted_on: when its completion was accepted, from which the law counts."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = text(None, unique=True)
    accepted_on: date | None = None


class Entrance(Digested, table=True):
    """An entrance (单元) of a building."""

    __table_args__ = (Index("entrance_name", "building_id", "name", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    building_id: int = Field(foreign_key="building.id")
    name: str = text("")
    floors: int | None = None
    has_lift: bool | None = None


class Unit(Digested, table=True):
    """A home, shop or office; `label` is building-entrance-room.

    alert: what whoever deals with the home has to know at once; parking: the places that are its own.
    handed_on: when it was handed over to its buyer, from which the guarantee book counts.
    """

    id: int | None = Field(default=None, primary_key=True)
    entrance_id: int = Field(foreign_key="entrance.id", index=True)
    room: str = text(None)
    label: str = text(None, unique=True)
    floor: int | None = None
    area_hundredths: int | None = None
    kind: str = text("home")
    note: str = text("")
    state: str = ""
    alert: str = text("")
    parking: str = text("")
    handed_on: date | None = None


class Person(Digested, table=True):
    """A person or a company; the ID-card number is kept encrypted, with a keyed index for exact search.

    nature, in_charge: of a company, what it is and who answers for it (ARC-4); joined_to: who this one was found to be.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str = text(None)
    sex: str = text("")
    id_card_sealed: bytes | None = None
    id_card_index: str | None = Field(default=None, index=True)
    id_card_masked: str = ""
    workplace: str = text("")
    emergency_mobile: str = text("")
    birthday: date | None = None
    vip: bool = False
    note: str = text("")
    source_key: str | None = Field(default=None, index=True)
    nature: str = ""
    in_charge: str = ""
    joined_to: int | None = None


class Phone(Digested, table=True):
    """A phone number of a person."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    number: str = text(None)


class Occupancy(Digested, table=True):
    """A person's tie to a unit: owner, tenant, family or employee, from one day to another."""

    __table_args__ = (Index("occupancy_pair", "unit_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    relation: str
    since: date | None = None
    until: date | None = None


class Vehicle(Digested, table=True):
    """A vehicle, known by its plate."""

    id: int | None = Field(default=None, primary_key=True)
    plate: str = text(None, unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)


class Arrears(Digested, table=True):
    """What a unit owes of one fee, in fen, as of an instant."""

    __table_args__ = (Index("arrears_unit", "unit_id", "fee", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    fee: str
    fen: int
    as_of: datetime = instant()


class SearchTerm(SQLModel, table=True):
    """A suffix by which an occupancy or an empty unit is found; read by prefix range."""

    __tablename__ = "search_term"
    __table_args__ = (Index("search_term_range", "term", "unit_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    term: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
