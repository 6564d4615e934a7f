"""Contacts taken at the desk and the records they become: complaints, requests, repairs."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field

from data.kept import Digested, instant, maybe_instant, text

# A contact that has not become its record yet.
WAITS = sql("carried <> '' AND became = ''")


class Contact(Digested, table=True):
    """One visit, call, letter or fax, as the desk took it; carried: why its record waits for the next duty day."""

    __table_args__ = (
        Index("contact_unit", "unit_id", "at"),
        Index("contact_carried", "number", sqlite_where=WAITS, postgresql_where=WAITS),
    )

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
    call: str = Field(default="", index=True)
    handed_to: str = text("")
    answered_at: datetime | None = maybe_instant()
    carried: str = text("")


class CaseBase(Digested):
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


class CaseNote(Digested, table=True):
    """Something said about a record: an answer, a note to a department."""

    __tablename__ = "case_note"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(index=True)
    at: datetime = instant()
    operator: str
    kind: str
    text: str = text(None)


class Complaint(CaseBase, table=True):
    """A complaint with what its forms ask (F-10 to F-15): facts, judgement, dispatch, agreement, confirmation."""

    __table_args__ = (Index("complaint_cause", "category", "received_at"), Index("complaint_closed", "closed_at"))

    category: str = ""
    place: str = text("")
    happened: str = text("")
    accused: str = text("")
    demand: str = text("")
    staff_conduct: bool = False
    nature: str = ""
    grade: str = ""
    grade_reason: str = ""
    graded_by: str = ""
    graded_at: datetime | None = maybe_instant()
    incident: str = Field(default="", index=True)
    repeats: str = ""
    promoted: str = ""
    major_at: datetime | None = maybe_instant()
    reopened_at: datetime | None = maybe_instant()
    reported_to: str = ""
    agreed_by: str = ""
    agreed_at: datetime | None = maybe_instant()
    answered_at: datetime | None = maybe_instant()
    written_at: datetime | None = maybe_instant()
    overrun_until: datetime | None = maybe_instant()
    settled_at: datetime | None = maybe_instant()
    confirmed_how: str = ""
    confirmed_at: datetime | None = maybe_instant()
    visited_at: datetime | None = maybe_instant()
    archived_at: datetime | None = maybe_instant()


class Incident(Digested, table=True):
    """Complaints of several callers about the same event; each of them is still answered."""

    number: str = Field(primary_key=True)
    at: datetime = instant()
    what: str = text(None)
    opened_by: str


class Slip(Digested, table=True):
    """A work-contact slip 工作联系单 that makes a department act on a complaint."""

    number: str = Field(primary_key=True)
    complaint: str = Field(index=True)
    department: str
    matter: str = text(None)
    state: str = Field(default="written", index=True)
    at: datetime = instant()
    written_by: str
    opinion: str = text("")
    signed_by: str = ""
    signed_at: datetime | None = maybe_instant()
    received_by: str = ""
    received_at: datetime | None = maybe_instant()
    feedback: str = text("")
    feedback_by: str = ""
    feedback_at: datetime | None = maybe_instant()


class Visit(Digested, table=True):
    """One return visit, or one attempt that reached nobody."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(index=True)
    at: datetime = instant(index=True)
    visitor: str
    how: str
    reached: bool
    satisfied: str = ""
    quality: str = text("")
    effect: str = text("")
    shortcomings: str = text("")
    suggestions: str = text("")
    on_time: str = ""


class Emergency(CaseBase, table=True):
    """A major, urgent or sudden matter (EMG-2); a leader may take it on by phone and sign later."""

    kind: str
    place: str = text("")
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = maybe_instant()
    acknowledged_phone: str = text("")
    acknowledged_entered_by: str = ""
    acknowledged_signed_at: datetime | None = maybe_instant()


class Notice(Digested, table=True):
    """Who had to be told of an emergency, in which order, and when and by whom they were."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(index=True)
    place: int
    whom: str = text(None)
    phone: str = text("")
    told_at: datetime | None = maybe_instant()
    told_by: str = ""
    outcome: str = ""


class Request(CaseBase, table=True):
    """A request, suggestion or commissioned service."""

    sort: str = "request"
    decision: str = ""
    decided_by: str = ""
    decided_at: datetime | None = maybe_instant()
    published_at: datetime | None = maybe_instant()
    commended: str = text("")


class Repair(CaseBase, table=True):
    """A reported repair with what its order asks (F-6): who has it, what was found, agreed, done, judged and paid.

    sort: a key of the repairs' SORTS, trade: of its TRADES; area: "home" or "public", spot: where exactly; branch: how
    soon somebody comes.
    worker: who is answerable now.
    agreed_fen: what they agreed to pay at most, in fen, where a sum was named; charge: "free" or "paid", edition: of
    the price list that was shown before the work; waits_for, waits_until: what it waits for and until when; end: how
    it ended; copy_N_at: when each of the three copies came to its place.
    """

    __table_args__ = (Index("repair_closed", "closed_at"), Index("repair_finished", "finished_at"))

    sort: str = "small"
    trade: str = ""
    area: str = text("")
    spot: str = text("")
    phone: str = text("")
    appointment_at: datetime | None = maybe_instant()
    ordered_at: datetime | None = maybe_instant()
    branch: str = text("")
    worker: str = text("")
    collected_by: str = text("")
    collected_at: datetime | None = maybe_instant()
    advice: str = text("")
    advised_by: str = text("")
    advised_at: datetime | None = maybe_instant()
    found: str = text("")
    charge: str = text("")
    edition: str = text("")
    begun_at: datetime | None = maybe_instant()
    agreed_fen: int | None = None
    materials: str = text("")
    finished_at: datetime | None = maybe_instant()
    tested: str = text("")
    evaluation: str = text("")
    waits_for: str = text("")
    waits_until: datetime | None = maybe_instant()
    end: str = text("")
    urges: int = 0
    paid_by: str = text("")
    paid_at: datetime | None = maybe_instant()
    receipt: str = text("")
    copy_1_at: datetime | None = maybe_instant()
    copy_2_at: datetime | None = maybe_instant()
    copy_3_at: datetime | None = maybe_instant()


class RepairTrip(Digested, table=True):
    """One way to the door: who came when, who said so, when that was typed; joined: a colleague was there already."""

    __tablename__ = "repair_trip"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(foreign_key="repair.number", index=True)
    worker: str = text("")
    arrived_at: datetime = instant()
    said_by: str
    typed_at: datetime = instant()
    joined: bool = False


class RepairCharge(Digested, table=True):
    """One line of what a repair costs, by the list that was shown; amounts in fen."""

    __tablename__ = "repair_charge"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(foreign_key="repair.number", index=True)
    line: int
    item: str = text("")
    name: str = text(None)
    quantity: str = text("")
    fen: int
