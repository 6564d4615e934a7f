"""Complaints about the quality of a building, while the developer answers for it and after (A4b)."""

from datetime import date, datetime

from sqlmodel import Field

from data.cases import CaseBase
from data.kept import Digested, instant, maybe_instant, text


class Quality(CaseBase, table=True):
    """A quality complaint with what its two forms ask (F-8, F-9).

    part: which part of the building; warranty: "in", "out" or "ask", warranty_until: its last day as it was reckoned,
    warranty_why: what it was judged by. disputed: what the owner says against "out of warranty".
    appraisal_at: agreed with the developer's supervision; round: how often it was opened.
    claim: compensation that is asked for, with who was told of it; became: the paid repair that was made of it.
    """

    part: str = text("")
    spot: str = text("")
    warranty: str = "ask"
    warranty_until: date | None = None
    warranty_why: str = text("")
    disputed: str = text("")
    ordered_at: datetime | None = maybe_instant()
    worker: str = text("")
    collected_by: str = text("")
    collected_at: datetime | None = maybe_instant()
    developer: str = text("")
    developer_told_at: datetime | None = maybe_instant()
    appraisal_at: datetime | None = maybe_instant()
    appraised: str = text("")
    appraised_at: datetime | None = maybe_instant()
    plan: str = text("")
    contractor: str = text("")
    planned_at: datetime | None = maybe_instant()
    consented: str = text("")
    consented_at: datetime | None = maybe_instant()
    result: str = text("")
    finished_at: datetime | None = maybe_instant()
    round: int = 1
    claim: str = text("")
    claimed_at: datetime | None = maybe_instant()
    heard_by: str = text("")
    heard_at: datetime | None = maybe_instant()
    claim_upwards: str = text("")
    decided_by: str = text("")
    decided_at: datetime | None = maybe_instant()
    became: str = text("")


class QualityParty(Digested, table=True):
    """One of those who sign the coordination order in a round: when they did, or why they are absent."""

    __tablename__ = "quality_party"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(foreign_key="quality.number", index=True)
    round: int = 1
    party: str
    name: str = text("")
    absent: str = text("")
    at: datetime = instant()
    entered_by: str
