"""Who is on which post when, how posts are handed over, what happened on them, and what the store-room holds."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from data.kept import Digested, instant, maybe_instant, text


class Shift(Digested, table=True):
    """One person on one post on one day.

    bands: the letters of the day's stretches, such as "AB"; planned_by: who put them there, "" who came unplanned.
    state: a key of the duty's STATES; expected: whether its promise to be
    there early runs; stayed: since when they wait for a relief that did not come.
    swap_with: who shall stand there instead, swap_for: which of their own shifts is given for it; swap: how far it is.
    """

    __table_args__ = (
        Index("shift_day", "day", "post"),
        Index("shift_operator", "operator", "day"),
        Index("shift_state", "state"),
    )

    number: str = Field(primary_key=True)
    post: str
    day: date
    bands: str
    begins_at: datetime = instant(index=True)
    ends_at: datetime = instant()
    operator: str
    planned_by: str = ""
    state: str = "planned"
    expected: bool = False
    arrived_at: datetime | None = maybe_instant()
    left_at: datetime | None = maybe_instant()
    stayed: datetime | None = maybe_instant()
    swap: str = ""
    swap_with: str = ""
    swap_for: str = ""


class Handover(Digested, table=True):
    """A post handed from one to the next (F-58).

    kind: "shift", or "noon" where somebody only covers; goes_to: a key of the handovers' TO; state: a key of
    their STATES. body: the lines as they stood when it was offered, with their marks; counted: what the incoming
    counted; remark: of the outgoing; question: why it was refused; settled: what the supervisor said of that.
    """

    __table_args__ = (Index("handover_post", "post", "state", "number"),)

    number: str = Field(primary_key=True)
    post: str
    kind: str = "shift"
    goes_to: str = "next"
    state: str = "offered"
    outgoing: str
    offered_at: datetime = instant(index=True)
    incoming: str = ""
    ended_at: datetime | None = maybe_instant()
    body: str = text("")
    counted: str = text("")
    remark: str = text("")
    question: str = text("")
    settled: str = text("")


class HandoverMark(Digested, table=True):
    """What is said of a line before the post is handed over; gone once it is, so that nothing copies itself forward."""

    __tablename__ = "handover_mark"

    post: str = Field(primary_key=True)
    record: str = Field(primary_key=True)
    mark: str
    words: str = text("")
    by: str


class PostEntry(Digested, table=True):
    """Something that happened on a post, and how it was handled (F-58)."""

    __tablename__ = "post_entry"
    __table_args__ = (Index("post_entry_open", "post", "handled_at"),)

    number: str = Field(primary_key=True)
    post: str
    at: datetime = instant(index=True)
    what: str = text(None)
    handled: str = text("")
    handled_at: datetime | None = maybe_instant()
    handled_by: str = ""
    written_by: str
    written_at: datetime = instant()


class Supply(Digested, table=True):
    """A consumable or an office good that is kept at the desk (F-63); stock: how much there is, least: the minimum."""

    number: str = Field(primary_key=True)
    name: str = text(None)
    unit: str = text("")
    place: str = text("")
    least: int = 0
    stock: int = 0
    asked: int = 0
    added_at: datetime = instant(index=True)
    state: str = "kept"


class SupplyMove(Digested, table=True):
    """A line of the register of consumables: asked for, bought, given out or counted, and what there was then."""

    __tablename__ = "supply_move"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(foreign_key="supply.number", index=True)
    at: datetime = instant()
    kind: str
    quantity: int
    stock: int
    whom: str = text("")
    note: str = text("")
    by: str
