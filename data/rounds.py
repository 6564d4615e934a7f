"""Visits that are planned: routine, by lot, by complaints, the director's; and what the residents were heard at."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from data.cases import CaseBase
from data.kept import Digested, instant, maybe_instant, text


class PlannedVisit(CaseBase, table=True):
    """A home that is to be visited in a month, and why (F-17, F-62).

    kind: a key of the rounds' KINDS; month: such as "2026-12"; of: the record that a sampled visit is about.
    permitted: who of the home said yes to a visit at home, and when it is (meet_at); result: how it ended.
    until: before which day a home that wishes no visit is not asked again. adopted: what the head of customer service
    says of the opinions; unsolved: what could not be solved promptly, and what came of it.
    """

    __tablename__ = "planned_visit"
    __table_args__ = (Index("planned_visit_until", "until"),)

    kind: str = Field(index=True)
    month: str = Field(index=True)
    of: str = text("")
    permitted: str = text("")
    meet_at: datetime | None = maybe_instant()
    result: str = text("")
    visited_at: datetime | None = maybe_instant()
    until: date | None = None
    adopted: str = text("")
    read_by: str = text("")
    read_at: datetime | None = maybe_instant()
    unsolved: str = text("")
    unsolved_at: datetime | None = maybe_instant()
    solved_at: datetime | None = maybe_instant()
    signed_by: str = text("")
    signed_at: datetime | None = maybe_instant()


class Hearing(Digested, table=True):
    """A forum, a questionnaire or another occasion on which residents were heard (F-20).

    households: that came, or whose questionnaire came back; satisfied: of the questionnaires, -1 where nobody asked.
    """

    number: str = Field(primary_key=True)
    kind: str
    topic: str = text(None)
    at: datetime = instant(index=True)
    households: int = 0
    minutes: str = text(None)
    satisfied: int = -1
    held_by: str
