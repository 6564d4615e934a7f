"""The stretch of days a sheet is about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.words import N_, _
from desk.calendar import Calendar
from desk.ground.refusals import Invalid

KINDS = {"day": N_("Day sheet"), "week": N_("Week sheet"), "month": N_("Month sheet"), "year": N_("Year sheet")}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A day, a week from Monday to Sunday, a month or a year; `begin` and `end` are the instants around its days."""

    kind: str
    first: date
    last: date
    begin: datetime
    end: datetime

    @property
    def name(self) -> str:
        """What the sheet is called, in the reader's language."""
        days = f"{self.first}" if self.first == self.last else f"{self.first} – {self.last}"
        return f"{_(KINDS[self.kind])} {days}"


def period(calendar: Calendar, kind: str, day: date) -> Period:
    """The day, week, month or year in which a day lies; refuses any other kind."""
    if kind not in KINDS:
        raise Invalid(N_("There is no such sheet: use day, week, month or year."), field="kind")
    first = last = day
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        last = first + 6 * DAY
    elif kind == "month":
        first = day.replace(day=1)
        last = (first + 31 * DAY).replace(day=1) - DAY
    elif kind == "year":
        first, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
    return Period(kind, first, last, calendar.midnight(first), calendar.midnight(last + DAY))


def moved(one: Period, calendar: Calendar, by: int) -> Period:
    """The period before (-1) or after (1)."""
    return period(calendar, one.kind, one.first - DAY if by < 0 else one.last + DAY)


def week_record(day: date) -> str:
    """The name under which a week's sheet stands in the journal, such as W2026-48."""
    year, week, _weekday = day.isocalendar()
    return f"W{year}-{week:02d}"


def month_record(day: date) -> str:
    """The name under which a month's sheet stands in the journal, such as M2026-11."""
    return f"M{day:%Y-%m}"


def closed_record(kind: str, day: date) -> str:
    """The name under which a month's or a year's sheet is closed."""
    return month_record(day) if kind == "month" else f"Y{day.year}"
