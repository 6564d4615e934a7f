"""Release passes, their goods, and what the gate finds them by."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from data.kept import instant, maybe_instant, text


class Pass(SQLModel, table=True):
    """A numbered release pass; never deleted, its number never changed."""

    __tablename__ = "release_pass"

    number: str = Field(primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    state: str = Field(index=True)
    carrier: str
    nature: str
    reason: str = text("")
    destination: str = text(None)
    mover: str = text(None)
    mover_id_sealed: bytes
    mover_id_masked: str
    mover_phone: str = text("")
    plate: str = text("")
    owner_opinion: str = text("")
    owner_called_at: datetime | None = maybe_instant()
    moving_at: datetime = instant()
    valid_until: datetime = instant()
    issued_at: datetime = instant(index=True)
    issued_by: str
    fees_by: str = ""
    fees_at: datetime | None = maybe_instant()
    sealed_by: str = ""
    sealed_at: datetime | None = maybe_instant()
    void_reason: str = text("")
    void_by: str = ""
    void_at: datetime | None = maybe_instant()
    out_by: str = ""
    out_at: datetime | None = maybe_instant()


class PassItem(SQLModel, table=True):
    """One line of goods on a pass."""

    __tablename__ = "pass_item"
    __table_args__ = (Index("pass_item_line", "number", "line", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(foreign_key="release_pass.number")
    line: int
    name: str = text(None)
    quantity: int
    unit: str = text("")


class PassTerm(SQLModel, table=True):
    """A suffix by which the gate finds a pass; read by prefix range."""

    __tablename__ = "pass_term"
    __table_args__ = (Index("pass_term_range", "term", "issued", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    term: str
    issued: int
    number: str = Field(foreign_key="release_pass.number", index=True)
