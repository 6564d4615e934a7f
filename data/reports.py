"""Sheets that were signed: their figures never change again."""

from datetime import datetime

from sqlmodel import Field

from data.kept import Digested, instant, text


class ClosedSheet(Digested, table=True):
    """A month's sheet as it was signed: its tables as JSON, by the name of the period."""

    __tablename__ = "closed_sheet"

    record: str = Field(primary_key=True)
    closed_at: datetime = instant()
    closed_by: str
    body: str = text(None)
