"""Who summed a sheet up, read and signed it, and when its copy went out; or room for that on paper (RV-21, RV-22)."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from data.journal import JournalEntry
from data.words import _
from desk import cases
from desk.calendar import Calendar, moments
from desk.operators import Posts
from desk.reports.periods import Period, closed_record, week_record

Pairs = list[tuple[str, str]]
READ, COPY = ("reports.close_month", "reports.close_year"), "reports.send_copy"


@dataclass(frozen=True)
class Signed:
    """What was written below a sheet, and its lines for signatures."""

    texts: Pairs
    signatures: Pairs


def of(session: Session, calendar: Calendar, span: Period) -> Signed:
    """The summary or opinion of a period, who read it, and when its copy was sent."""
    if span.kind == "day":
        return Signed([], [(_("Made by"), ""), (_("Read by"), "")])
    record = week_record(span.first) if span.kind == "week" else closed_record(span.kind, span.first)
    who = Posts(session)
    title = _("Summary") if span.kind == "week" else _("Opinion")
    said = [
        (f"{title}  {who[one.operator]}", one.text) for one in cases.notes_of(session, record) if one.kind == "summary"
    ]
    query = select(JournalEntry.verb, JournalEntry.operator, JournalEntry.at).where(
        JournalEntry.record == record, col(JournalEntry.verb).in_((*READ, COPY))
    )
    done = {verb: f"{who[code]}  {moments.shown(at, calendar)}" for verb, code, at in session.exec(query)}
    read = next((done[verb] for verb in READ if verb in done), "")
    copy = [(_("Copy sent to the company"), done.get(COPY, ""))] if span.kind == "month" else []
    return Signed(said, [(_("Made by"), ""), (_("Read and signed by"), read), *copy])
