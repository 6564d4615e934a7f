"""Time as the site counts it: worked days, duty hours, and the words of the standards file."""

from desk.calendar.clockwork import DESK, Calendar, Deadline, Span
from desk.calendar.days import Days
from desk.calendar.plan import BEGINNING, DutyPlan, OwnDay, parse_hours, parse_plan, said
from desk.calendar.within import CALENDARS, is_calendar, parse_within

__all__ = [
    "BEGINNING", "CALENDARS", "DESK", "Calendar", "Days", "Deadline", "DutyPlan", "OwnDay", "Span", "is_calendar",
    "parse_hours", "parse_plan", "parse_within", "said",
]  # fmt: skip
