"""Contacts taken at the desk and the records they become: complaints, requests, repairs."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from data.kept import instant, maybe_instant, text


class Contact(SQLModel, table=True):
    """One visit, call, letter or fax, as the desk took it."""

    __table_args__ = (Index("contact_unit", "unit_id", "at"),)

    number: str = Field(primary_key=True)
    at: datetime = instant(index=True)
    channel: str
    caller_number: str = text("")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    stranger: str = text("")
    kind: str
    what: str = text(None)
    answer: str = text("")
    first_asked: str
    became: str = ""


class CaseBase(SQLModel):
    """What complaints, requests and repairs have in common."""

    number: str = Field(primary_key=True)
    contact: str = Field(index=True)
    channel: str
    unit_id: int | None = Field(default=None, index=True)
    person_id: int | None = Field(default=None, index=True)
    subject: str = text("")
    what: str = text(None)
    state: str = Field(default="open", index=True)
    department: str = text("")
    first_asked: str
    received_at: datetime = instant(index=True)
    promised_at: datetime | None = maybe_instant()
    referred_at: datetime | None = maybe_instant()
    replied_at: datetime | None = maybe_instant()
    reply: str = text("")
    closed_at: datetime | None = maybe_instant()
    outcome: str = text("")


class CaseNote(SQLModel, table=True):
    """Something said about a record: an answer, a note to a department."""

    __tablename__ = "case_note"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(index=True)
    at: datetime = instant()
    operator: str
    kind: str
    text: str = text(None)


class Complaint(CaseBase, table=True):
    """A complaint."""


class Request(CaseBase, table=True):
    """A request or suggestion."""


class Repair(CaseBase, table=True):
    """A reported repair."""
