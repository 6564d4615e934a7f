"""The work log of a day 工作日志: visits and calls, what waits for the next day, posts, events, what was done (F-5).

It is read from the register and the journal, so that a day that is over never reads otherwise (INT-15, DUT-5, DUT-6).
"""

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from data.cases import Contact
from data.duty import Handover, PostEntry
from data.journal import JournalEntry
from data.words import _
from desk import cases, journal, site
from desk.act import Desk
from desk.calendar import Calendar, moments
from desk.contacts import intake
from desk.duty.terms import post_name
from desk.ground.channels import channel_name
from desk.handovers.terms import state_name
from desk.operators import everyone
from desk.paper.document import Cell, Document, Table
from desk.reports.periods import Period

# What says nothing of the day's work.
SILENT = ("operators.sign_in", "papers.print", "handovers.see", "handovers.mark")
# What ends the waiting of something that was carried over, and how long it is looked for.
ENDS = ("contacts.convert", "contacts.drop_carried")
LOOKED_BACK = timedelta(days=60)
Row = TypeVar("Row", bound=SQLModel)


class _Day:
    """A day of the log: what it is read from, and how it says when and who."""

    def __init__(self, session: Session, calendar: Calendar, span: Period) -> None:
        self.session, self.calendar, self.span = session, calendar, span
        self.names = {one.code: one.name for one in everyone(session)}

    def at(self, moment: datetime) -> str:
        return f"{self.calendar.local(moment):%H:%M}"

    def who(self, code: str) -> str:
        """The name of an operator; a code nobody has stays itself."""
        return self.names.get(code, code)

    def has(self, moment: datetime | None) -> bool:
        """Whether something had happened by the end of the day: what came later is another day's."""
        return moment is not None and moment < self.span.end

    def of(self, table: type[Row], column: str) -> list[Row]:
        """The rows of the day by one of its instants."""
        when = col(getattr(table, column))
        query = select(table).where(when >= self.span.begin, when < self.span.end).order_by(when)
        return list(self.session.exec(query))

    def answer(self, one: Contact) -> str:
        """What they were told; an answer that followed on another day is that day's."""
        return "" if one.answered_at is not None and not self.has(one.answered_at) else one.answer

    def waiting(self) -> list[Contact]:
        """What was carried over before the day was over and had not become a record by then."""
        since, end = self.span.begin - LOOKED_BACK, self.span.end
        carried = select(Contact).where(Contact.at >= since, Contact.at < end, Contact.carried != "")
        found = list(self.session.exec(carried.order_by(col(Contact.number))))
        ends = select(JournalEntry.record).where(
            col(JournalEntry.record).in_([one.number for one in found]), col(JournalEntry.verb).in_(ENDS),
            JournalEntry.at < end,
        )  # fmt: skip
        over = set(self.session.exec(ends).all())
        return [one for one in found if one.number not in over]


def growing(desk: Desk, span: Period) -> Generator[Document, None, None]:
    """The log as it grows, like a sheet: all at once, for it is that of a day."""
    yield document(desk, span)


def document(desk: Desk, span: Period) -> Document:
    """The log of a day, for the desk to read, print and keep.

    Args:
        span: a day; of a longer period, its whole.

    Raises:
        NotAllowed: the role may not read sheets.
    """
    desk.require("reports.read")
    calendar, now = desk.calendar(), desk.now()
    with desk.read() as session:
        day = _Day(session, calendar, span)
        found = [_taken(day), _waiting(day), _handed(day), _events(day), _done(day)]
        name = site.setting(session, "site.name")
        head = journal.last_entry(session)
    title = _("Work log {day}", day=span.first)
    return Document(
        title, name, moments.shown(now, calendar), tables=[table for table in found if table.rows],
        signatures=[(_("On duty"), ""), (_("Read by"), "")], foot=f"{head.number} {head.digest}" if head else "",
    )  # fmt: skip


def _taken(day: _Day) -> Table:
    waits = {one.number for one in day.waiting()}
    rows: list[tuple[Cell, ...]] = [
        (
            day.at(one.at), one.number, channel_name(one.channel), cases.who_came(day.session, one),
            intake.kind_name(one.kind), one.what, _("waits") if one.number in waits else one.became or day.answer(one),
            day.who(one.first_asked),
        )
        for one in day.of(Contact, "at")
    ]  # fmt: skip
    headings = (_("at"), _("number"), _("how"), _("who"), _("what it is"), _("matter"), _("became"), _("taken by"))
    return Table(_("Visits and calls"), headings, rows)


def _waiting(day: _Day) -> Table:
    """What is left to the next day's assistant, in detail (DUT-6)."""
    rows: list[tuple[Cell, ...]] = [
        (one.number, cases.who_came(day.session, one), intake.kind_name(one.kind), one.what, one.carried)
        for one in day.waiting()
    ]
    headings = (_("number"), _("who"), _("what it is"), _("matter"), _("why it waits"))
    return Table(_("Left to the next duty day"), headings, rows)


def _handed(day: _Day) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            day.at(one.offered_at), one.number, post_name(one.post), day.who(one.outgoing),
            day.who(one.incoming) if day.has(one.ended_at) else "",
            state_name(one.state if day.has(one.ended_at) else "offered"),
            one.remark or (one.question if day.has(one.ended_at) else ""),
        )
        for one in day.of(Handover, "offered_at")
    ]  # fmt: skip
    headings = (_("at"), _("number"), _("post"), _("from"), _("to"), _("state"), _("remark"))
    return Table(_("Handovers"), headings, rows)


def _events(day: _Day) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            day.at(one.at),
            one.number,
            post_name(one.post),
            one.what,
            one.handled if day.has(one.handled_at) else "",
            day.who(one.written_by),
        )
        for one in day.of(PostEntry, "at")
    ]
    headings = (_("at"), _("number"), _("post"), _("what"), _("handled"), _("written by"))
    return Table(_("Post book"), headings, rows)


def _done(day: _Day) -> Table:
    """Everything that people did, in order; what rules did by themselves is left out."""
    rows: list[tuple[Cell, ...]] = [
        (day.at(one.at), day.who(one.operator), journal.said(one), one.record)
        for one in day.of(JournalEntry, "at")
        if one.operator in day.names and one.verb not in SILENT
    ]
    return Table(_("What was done"), (_("at"), _("who"), _("what"), _("record")), rows)
