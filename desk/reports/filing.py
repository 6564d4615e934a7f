"""Weeks, months and years open by themselves; a week is filed, a month is read by the manager and its copy sent.

A month or a year that was read is closed: its figures stand as they were signed (RV-21, RV-22, RPT-1, RPT-2, REQ-6,
REC-7).
"""

from datetime import date, timedelta

from sqlmodel import col, func, select

from data.journal import JournalEntry
from data.reports import ClosedSheet
from data.words import N_
from desk import cases
from desk.act import SYSTEM, Act, Desk
from desk.clocks import clocks
from desk.ground import texts
from desk.ground.refusals import Refused, StateChanged
from desk.reports import closed, sheet
from desk.reports.periods import Period, closed_record, month_record, period, week_record
from desk.rounds.counting import is_quarterly
from desk.view import View


def _open_now(day: date) -> dict[str, str]:
    """The periods in which a day lies, by the verb that opens them."""
    return {
        "reports.open_week": week_record(day),
        "reports.open_month": month_record(day),
        "reports.open_quarter": f"Q{day.year}-{(day.month + 2) // 3}",
        "reports.open_half_year": f"H{day.year}-{1 if day.month <= 6 else 2}",
        "reports.open_year": closed_record("year", day),
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


def why_not_file_week(view: View, day: date) -> Refused | None:
    """A week is summed up once, from the last day of duty in it on, however late (REQ-6)."""
    record, span = week_record(day), period(view.calendar, "week", day)
    filed = JournalEntry.record == record, JournalEntry.verb == "reports.close_requests_week"
    if view.session.exec(select(JournalEntry.number).where(*filed).limit(1)).first() is not None:
        return StateChanged(N_("The week {record} was filed already."), record=record, clause="REQ-6")
    due = [clock.due_at for clock in clocks.of_record(view.session, record) if clock.ended_at is None]
    # A desk that opens the week behind its last day of duty promised it for the next one.
    last = min([span.last, *(view.calendar.local(at).date() for at in due)])
    if view.today < last:
        return StateChanged(N_("The week is summed up on its last day: {day}."), day=last, clause="REQ-6")
    return _why_no_journal(view, record, span)


def _why_no_journal(view: View, record: str, span: Period) -> Refused | None:
    begun = view.session.exec(select(func.min(JournalEntry.at))).one()
    if begun is None or begun >= span.end:
        return StateChanged(N_("The desk kept no journal in {record} yet."), record=record, clause="RV-21")
    return None


def file_week(act: Act, *, day: date, summary: str) -> str:
    """Sum the week up, report it and file it: the week's promise is kept (REQ-6, REC-7).

    Raises:
        Invalid: there is no summary; StateChanged: the week was never opened, or was filed already.
    """
    act.require("reports.close_requests_week")
    record = week_record(day)
    summary = texts.needed(summary, "summary")
    if (refused := why_not_file_week(act, day)) is not None:
        raise refused
    cases.write_down(act, record, "summary", summary)
    act.record("reports.close_requests_week", record)
    return record


def close_month(act: Act, *, day: date, opinion: str) -> str:
    """The centre manager reads the month's sheet with all visits and signs it; its figures never change again (RV-21).

    Raises:
        Invalid: there is no opinion; StateChanged: it was read already, or the month is not at its end.
    """
    act.require("reports.close_month")
    return _close(act, "month", day, opinion, "reports.close_month")


def close_year(act: Act, *, day: date, opinion: str) -> str:
    """The centre manager reviews the year's sheet with what is unsolved and signs it; it never changes again (RV-52,
    RPT-12, RPT-19).

    Raises:
        Invalid: there is no opinion; StateChanged: it was read already, or the year is not at its end.
    """
    act.require("reports.close_year")
    return _close(act, "year", day, opinion, "reports.close_year")


def why_not_close(view: View, kind: str, day: date) -> Refused | None:
    """A month or a year is read once, from its last day of duty on (RV-21, RV-52)."""
    record, span = closed_record(kind, day), period(view.calendar, kind, day)
    clause = "RV-21" if kind == "month" else "RV-52"
    if view.session.get(ClosedSheet, record) is not None:
        return StateChanged(N_("{record} was read and closed already."), record=record, clause=clause)
    last = view.calendar.local(view.calendar.deadline(span.begin, f"{kind} end", "duty").due).date()
    if view.today < last:
        return StateChanged(N_("{record} is read at its end: {day}."), record=record, day=last, clause=clause)
    return _why_no_journal(view, record, span)


def _close(act: Act, kind: str, day: date, opinion: str, verb: str) -> str:
    record, span = closed_record(kind, day), period(act.calendar, kind, day)
    opinion = texts.needed(opinion, "opinion", 500)
    if (refused := why_not_close(act, kind, day)) is not None:
        raise refused
    body = closed.body(lambda: sheet.tables(act.session, act.calendar, act.store.path, span, act.now))
    act.session.add(ClosedSheet(record=record, closed_at=act.now, closed_by=act.operator.code, body=body))
    cases.write_down(act, record, "summary", opinion)
    act.record(verb, record)
    return record


def why_not_send_copy(view: View, day: date) -> Refused | None:
    """The copy of a month that was read is sent once (RV-22)."""
    record = month_record(day)
    if view.session.get(ClosedSheet, record) is None:
        return StateChanged(N_("The project manager reads the month first."), clause="RV-22")
    sent = select(JournalEntry.number).where(JournalEntry.record == record, JournalEntry.verb == "reports.send_copy")
    if view.session.exec(sent.limit(1)).first() is not None:
        return StateChanged(N_("The copy of {record} was sent already."), record=record, clause="RV-22")
    return None


def send_copy(act: Act, *, day: date) -> str:
    """The copy of a month's sheet goes to the company for reading (RV-22, RPT-2).

    Raises:
        StateChanged: the month was not read yet, or its copy was sent already.
    """
    act.require("reports.send_copy")
    record = month_record(day)
    if (refused := why_not_send_copy(act, day)) is not None:
        raise refused
    act.record("reports.send_copy", record)
    return record


def the_month_before(day: date) -> date:
    """A day of the month before."""
    return day.replace(day=1) - timedelta(days=1)
