"""Release passes: the paper, its goods, the calls made for it, its trips through the gate, its search terms."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from data.kept import Digested, instant, maybe_instant, text

LEAVING = sql("state IN ('sealed', 'part')")


class Pass(Digested, table=True):
    """A numbered release pass; never deleted, its number never changed, its contents fixed once it is signed."""

    __tablename__ = "release_pass"
    __table_args__ = (
        Index("pass_state", "state", "number"),
        Index("pass_slip", "slip", "number"),
        Index("pass_unit", "unit_id", "issued_at"),
        Index("pass_person", "mover_id_index", "issued_at"),
        Index("pass_leaving", "valid_until", sqlite_where=LEAVING, postgresql_where=LEAVING),
    )

    number: str = Field(primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    state: str
    carrier: str
    nature: str
    reason: str = text("")
    destination: str = text(None)
    mover: str = text(None)
    mover_id_sealed: bytes
    mover_id_masked: str
    mover_id_index: str = ""
    mover_phone: str = text("")
    plate: str = text("")
    proof: str = ""
    ticks: str = ""
    archive_wrong_by: str = text("")
    archive_wrong: str = text("")
    applicant: str = text("")
    owner: str = text("")
    tenant: str = text("")
    arrears: str = "[]"
    pieces: int = 0
    moving_at: datetime = instant()
    valid_from: datetime = instant()
    valid_until: datetime = instant()
    issued_at: datetime = instant(index=True)
    issued_by: str
    fees_by: str = ""
    fees_at: datetime | None = maybe_instant()
    sealed_by: str = ""
    sealed_at: datetime | None = maybe_instant()
    contents_mac: str = ""
    void_reason: str = text("")
    void_by: str = ""
    void_at: datetime | None = maybe_instant()
    slip: str = ""
    slip_note: str = text("")
    slip_at: datetime | None = maybe_instant()
    replaces: str = Field(default="", index=True)
    repeats: str = ""
    prints: int = 0
    trips: int = 0
    out_by: str = ""
    out_at: datetime | None = maybe_instant()


class PassItem(Digested, table=True):
    """One line of goods on a pass, and how much of it has left."""

    __tablename__ = "pass_item"
    __table_args__ = (Index("pass_item_line", "number", "line", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(foreign_key="release_pass.number")
    line: int
    name: str = text(None)
    quantity: int
    unit: str = text("")
    out: int = 0


class PassCall(Digested, table=True):
    """An opinion on a pass: whose, how it was given, when, on which number, and what was said."""

    __tablename__ = "pass_call"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(foreign_key="release_pass.number", index=True)
    at: datetime = instant()
    whom: str
    how: str = "phone"
    name: str = text("")
    phone: str = text("")
    outcome: str
    opinion: str = text("")
    operator: str


class PassTrip(Digested, table=True):
    """One passage at the gate: let out, or refused with a reason."""

    __tablename__ = "pass_trip"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(foreign_key="release_pass.number", index=True)
    at: datetime = instant()
    guard: str
    refused: str = ""
    goods: str = text("")
    proof: str = ""
    plate: str = text("")
    note: str = text("")


class PassTerm(SQLModel, table=True):
    """A suffix by which the gate finds a pass; read by prefix range, so it is kept in that order and nowhere else."""

    __tablename__ = "pass_term"
    __table_args__ = {"sqlite_with_rowid": False}

    term: str = Field(primary_key=True)
    issued: int = Field(primary_key=True)
    number: str = Field(foreign_key="release_pass.number", primary_key=True)
