"""The journal, the counters of numbered papers, and the ids of acts already done."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy import text as text_
from sqlmodel import Field, SQLModel

from data.kept import Digested, instant, text

# Entries that say what stood before: sheets of past days read what was true then.
REWOUND = (
    "verb IN ('repairs.mend', 'repairs.reorder', 'complaints.mend', "
    "'directory.set_unit', 'directory.add', 'directory.move_out', 'directory.move_back')"
)


class JournalEntry(SQLModel, table=True):
    """One line of the append-only journal; `digest` chains it to the line before."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("journal_record", "record", "number"),
        Index("journal_rewound", "at", sqlite_where=text_(REWOUND), postgresql_where=text_(REWOUND)),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = instant(index=True)
    operator: str = text(None)
    workstation: str = text("")
    system: str = text(None)
    record: str = text("")
    verb: str = text(None)
    facts: str = Field(default="{}")
    digest: str


class Whole(SQLModel, table=True):
    """What all digested rows come to, so that a row which was taken away or put back is noticed; there is one.

    entry: the journal's newest entry when it was written; sums: table to (rows, sum of their weights), as JSON.
    """

    id: int = Field(default=1, primary_key=True)
    entry: int = 0
    sums: str = "{}"
    digest: str = ""


class Counter(Digested, table=True):
    """The last number given out in one series."""

    name: str = Field(primary_key=True)
    value: int


class LostNumbers(Digested, table=True):
    """Numbers of one series that were given out and taken back by a restore: never given again; `at`: when that was."""

    __tablename__ = "lost_numbers"

    series: str = Field(primary_key=True)
    first: int = Field(primary_key=True)
    last: int
    at: datetime = instant()


class RequestDone(Digested, table=True):
    """The id of an act that was committed, so that a retry does nothing twice."""

    __tablename__ = "request_done"

    id: str = Field(primary_key=True)
    journal_number: int
    record: str = ""


class Setting(Digested, table=True):
    """One setting of the site: its name, place, hours, choices."""

    key: str = Field(primary_key=True)
    value: str


class Draft(SQLModel, table=True):
    """A half-typed form, kept until it is saved or thrown away."""

    operator: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    values: str
    at: datetime = instant()
