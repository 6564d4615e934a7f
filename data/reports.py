"""Sheets that were signed: their figures never change again."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from data.kept import instant, text


class ClosedSheet(SQLModel, table=True):
    """A month's sheet as it was signed: its tables as JSON, by the name of the period."""

    __tablename__ = "closed_sheet"

    record: str = Field(primary_key=True)
    closed_at: datetime = instant()
    closed_by: str
    body: str = text(None)
