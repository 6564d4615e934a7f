"""Time as the site counts it: worked days, duty hours, and the words of the standards file."""

from desk.calendar.clockwork import Calendar, Deadline, Span
from desk.calendar.days import Days, DutyPlan, parse_hours
from desk.calendar.within import CALENDARS, parse_within

__all__ = ["CALENDARS", "Calendar", "Days", "Deadline", "DutyPlan", "Span", "parse_hours", "parse_within"]
