"""Running promises and the site's calendar."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field

from data.kept import Digested, instant, maybe_instant, text

# What the two smallest indexes of promises hold.
RUNNING, PAUSED = sql("ended_at IS NULL"), sql("ended_at IS NULL AND paused_at IS NOT NULL")


class Clock(Digested, table=True):
    """A promise with an end. It carries its own rule, so that a later rule never changes it.

    ended_as: "kept", "void" or "overtaken", "" while it runs; late_paused: seconds after its end that were paused.
    """

    __table_args__ = (
        Index("clock_queue", "ended_at", "due_at"),
        Index("clock_record", "record"),
        Index("clock_step", "next_step_at"),
        Index("clock_due", "due_at"),
        Index("clock_started", "started_at"),
        # Of running promises: what one rule waits for, and what is paused.
        Index("clock_rule", "ended_at", "rule", sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("clock_paused", "ended_at", "paused_at", sqlite_where=PAUSED, postgresql_where=PAUSED),
    )

    id: int | None = Field(default=None, primary_key=True)
    rule: str
    rule_version: str
    clauses: str
    name_en: str
    name_zh: str
    system: str
    record: str
    subject: str = text("")
    department: str = text("")
    role: str = ""
    waiting_on: str = text("")
    calendar: str
    within: str
    started_at: datetime = instant()
    anchor_at: datetime = instant()
    start_entry: int
    not_before: datetime | None = maybe_instant()
    due_at: datetime = instant()
    provisional: bool = Field(default=False, index=True)
    ended_at: datetime | None = maybe_instant()
    end_entry: int | None = None
    paused_at: datetime | None = maybe_instant()
    warn_at: datetime | None = maybe_instant()
    escalation: str = ""
    steps_done: int = 0
    next_step_at: datetime | None = maybe_instant()
    ended_as: str = ""
    late_paused: int = 0
    quiet: bool = False
    answerable: str = ""
    chased: int = 0
    chased_at: datetime | None = maybe_instant()


class ClockMove(Digested, table=True):
    """A change of a promise's end, whatever made it: what was due before stays known."""

    __tablename__ = "clock_move"

    id: int | None = Field(default=None, primary_key=True)
    clock_id: int = Field(foreign_key="clock.id", index=True)
    at: datetime = instant()
    old_due_at: datetime = instant(index=True)
    new_due_at: datetime = instant()


class ClockPause(Digested, table=True):
    """A stretch in which a clock did not count, and why."""

    __tablename__ = "clock_pause"

    id: int | None = Field(default=None, primary_key=True)
    clock_id: int = Field(foreign_key="clock.id", index=True)
    from_at: datetime = instant()
    to_at: datetime | None = maybe_instant()
    reason: str = text(None)
    operator: str


class ClockExtension(Digested, table=True):
    """A later end that somebody approved."""

    __tablename__ = "clock_extension"

    id: int | None = Field(default=None, primary_key=True)
    clock_id: int = Field(foreign_key="clock.id", index=True)
    at: datetime = instant()
    old_due_at: datetime = instant()
    new_due_at: datetime = instant()
    reason: str = text(None)
    operator: str


class Holiday(Digested, table=True):
    """A day whose kind a holiday notice changed; `notice` is the year of the notice that says so."""

    day: date = Field(primary_key=True)
    notice: int = Field(primary_key=True)
    off: bool
    name: str = text("")
