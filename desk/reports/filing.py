"""Weeks are opened by themselves and filed before duty ends on Friday (REQ-6, RPT-10)."""

from datetime import date

from sqlmodel import select

from data.journal import JournalEntry
from data.words import N_
from desk import cases
from desk.act import SYSTEM, Act, Desk
from desk.calendar import moments
from desk.clocks import clocks
from desk.ground import texts
from desk.ground.refusals import StateChanged


def week_record(day: date) -> str:
    """The name under which a week's sheet stands in the journal, such as W2026-48."""
    year, week, _weekday = day.isocalendar()
    return f"W{year}-{week:02d}"


def open_week(desk: Desk) -> bool:
    """Start the promise of this week's summary, once, whichever desk comes first; returns whether it was this one."""
    record = week_record(desk.calendar().local(desk.now()).date())
    opened = select(JournalEntry.number).where(JournalEntry.record == record).limit(1)
    with desk.read() as session:
        if session.exec(opened).first() is not None:
            return False
    with desk.act(operator=SYSTEM) as act:
        if act.session.exec(opened).first() is not None:
            return False
        act.record("reports.open_week", record, subject=record)
    return True


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
