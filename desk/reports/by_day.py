"""A week day by day: what came in and what was done on each of its days (OUT-7, REQ-6)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data.cases import Complaint, Contact, Request, Visit
from data.passes import Pass
from data.words import _
from desk.calendar import Calendar
from desk.paper.document import Cell, Table
from desk.reports.balance import Events
from desk.reports.counted import Count
from desk.reports.mended import FILE, REGISTER
from desk.reports.periods import Period

Dated = Iterable[tuple[str, datetime]]


def table(session: Session, calendar: Calendar, span: Period, end: datetime, mended: Events, closings: Dated) -> Table:
    """The days of a period as columns; each number opens its records."""
    days = [span.first + timedelta(days=count) for count in range((span.last - span.first).days + 1)]

    def row(name: str, found: Dated) -> tuple[Cell, ...]:
        by: dict[object, list[str]] = {}
        whole: list[str] = []
        for record, at in found:
            by.setdefault(calendar.local(at).date(), []).append(record)
            whole.append(record)
        return (name, *(Count.of(by.get(day, [])) for day in days), Count.of(whole))

    def dated(number: str, at: datetime) -> list[tuple[str, datetime]]:
        query = select(number, at).where(col(at) >= span.begin, col(at) < end).order_by(col(number))
        return list(session.exec(query))

    def entries(verb: str) -> list[tuple[str, datetime]]:
        return [(record, at) for record, at, _facts in mended.by[verb]]

    rows = [
        row(_("contacts"), dated(Contact.number, Contact.at)),
        row(_("complaints"), dated(Complaint.number, Complaint.received_at)),
        row(_("complaints closed"), closings),
        row(_("repairs"), entries(REGISTER)),
        row(_("repairs filed"), entries(FILE)),
        row(_("requests"), dated(Request.number, Request.received_at)),
        row(_("visits"), dated(Visit.number, Visit.at)),
        row(_("passes"), dated(Pass.number, Pass.issued_at)),
    ]
    headings = (_("Day by day"), *(f"{day:%m-%d}" for day in days), _("whole"))
    return Table(_("Day by day"), headings, [one for one in rows if one[-1]])
