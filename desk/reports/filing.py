"""Weeks, months and years open by themselves; a week is filed, a month is read by the manager and its copy sent.

A month that was read is closed: its figures stand as they were signed (RV-21, RV-22, RPT-1, RPT-2, REQ-6, REC-7).
"""

from datetime import date, timedelta

from sqlmodel import col, func, select

from data.journal import JournalEntry
from data.reports import ClosedSheet
from data.words import N_
from desk import cases
from desk.act import SYSTEM, Act, Desk
from desk.calendar import moments
from desk.clocks import clocks
from desk.ground import texts
from desk.ground.refusals import StateChanged
from desk.reports import closed, sheet
from desk.reports.periods import period
from desk.rounds.counting import is_quarterly


def week_record(day: date) -> str:
    """The name under which a week's sheet stands in the journal, such as W2026-48."""
    year, week, _weekday = day.isocalendar()
    return f"W{year}-{week:02d}"


def month_record(day: date) -> str:
    """The name under which a month's sheet stands in the journal, such as M2026-11."""
    return f"M{day:%Y-%m}"


def _open_now(day: date) -> dict[str, str]:
    """The periods in which a day lies, by the verb that opens them."""
    return {
        "reports.open_week": week_record(day),
        "reports.open_month": month_record(day),
        "reports.open_quarter": f"Q{day.year}-{(day.month + 2) // 3}",
        "reports.open_half_year": f"H{day.year}-{1 if day.month <= 6 else 2}",
        "reports.open_year": f"Y{day.year}",
    }


def open_periods(desk: Desk) -> list[str]:
    """Start the promises of this week, month, quarter, half-year and year, each once, whichever desk comes first.

    Returns the names of the periods that this desk opened.
    """
    wanted = _open_now(desk.calendar().local(desk.now()).date())
    known = select(JournalEntry.verb, JournalEntry.record).where(
        col(JournalEntry.record).in_(list(wanted.values())), col(JournalEntry.verb).in_(list(wanted))
    )
    with desk.read() as session:
        if len(set(session.exec(known).all())) == len(wanted):
            return []
    opened = []
    with desk.act(operator=SYSTEM) as act:
        # The round of all homes is a quarter's or a year's, as the site has chosen.
        rounds = "reports.open_quarter" if is_quarterly(act) else "reports.open_year"
        there = set(act.session.exec(known).all())
        for verb, record in wanted.items():
            if (verb, record) not in there:
                act.record(verb, record, subject=record, round="due" if verb == rounds else "")
                opened.append(record)
    return opened


def file_week(act: Act, *, day: date, summary: str) -> str:
    """Sum the week up, report it and file it: the week's promise is kept (REQ-6, REC-7).

    Raises:
        Invalid: there is no summary; StateChanged: the week was never opened, or was filed already.
    """
    act.require("reports.close_requests_week")
    record = week_record(day)
    summary = texts.needed(summary, "summary")
    verbs = set(act.session.exec(select(JournalEntry.verb).where(JournalEntry.record == record)).all())
    if "reports.open_week" not in verbs:
        raise StateChanged(N_("The week {record} was not opened at this desk."), record=record)
    if "reports.close_requests_week" in verbs:
        raise StateChanged(N_("The week {record} was filed already."), record=record, clause="REQ-6")
    due = [clock.due_at for clock in clocks.of_record(act.session, record) if clock.ended_at is None]
    if due and act.calendar.local(act.now).date() < act.calendar.local(due[0]).date():
        raise StateChanged(
            N_("The week is summed up on its last day: {day}."), day=moments.shown(due[0], act.calendar), clause="REQ-6"
        )
    cases.write_down(act, record, "summary", summary)
    act.record("reports.close_requests_week", record)
    return record


def close_month(act: Act, *, day: date, opinion: str) -> str:
    """The centre manager reads the month's sheet with all visits and signs it; its figures never change again (RV-21).

    Raises:
        Invalid: there is no opinion; StateChanged: it was read already, or the month is not at its end.
    """
    act.require("reports.close_month")
    record, span = month_record(day), period(act.calendar, "month", day)
    opinion = texts.needed(opinion, "opinion", 500)
    if act.session.get(ClosedSheet, record) is not None:
        raise StateChanged(N_("The month {record} was read and closed already."), record=record, clause="RV-21")
    begun = act.session.exec(select(func.min(JournalEntry.at))).one()
    if begun is None or begun >= span.end:
        raise StateChanged(N_("The desk kept no journal in {record} yet."), record=record, clause="RV-21")
    last = act.calendar.local(act.calendar.deadline(span.begin, "month end", "duty").due).date()
    if act.calendar.local(act.now).date() < last:
        raise StateChanged(N_("The month is read at its end: {day}."), day=last, clause="RV-21")
    body = closed.body(lambda: sheet.tables(act.session, act.calendar, act.store.path, span, act.now))
    act.session.add(ClosedSheet(record=record, closed_at=act.now, closed_by=act.operator.code, body=body))
    cases.write_down(act, record, "summary", opinion)
    act.record("reports.close_month", record)
    return record


def send_copy(act: Act, *, day: date) -> str:
    """The copy of a month's sheet goes to the company for reading (RV-22, RPT-2).

    Raises:
        StateChanged: the month was not read yet, or its copy was sent already.
    """
    act.require("reports.send_copy")
    record = month_record(day)
    if act.session.get(ClosedSheet, record) is None:
        raise StateChanged(N_("The centre manager reads the month first."), clause="RV-22")
    sent = select(JournalEntry.number).where(JournalEntry.record == record, JournalEntry.verb == "reports.send_copy")
    if act.session.exec(sent.limit(1)).first() is not None:
        raise StateChanged(N_("The copy of {record} was sent already."), record=record, clause="RV-22")
    act.record("reports.send_copy", record)
    return record


def the_month_before(day: date) -> date:
    """A day of the month before."""
    return day.replace(day=1) - timedelta(days=1)
