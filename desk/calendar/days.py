"""Which days the State Council and the site's notices make days off and make-up workdays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache


@dataclass(frozen=True)
class DayKind:
    """Whether a day is off, what it is called, and whether the year's notice is known."""

    off: bool
    name: str
    known: bool


@cache
def shipped_years() -> tuple[int, int]:
    """First and last year of the State Council schedules that ship with the program."""
    from chinese_calendar.constants import workdays

    years = [day.year for day in workdays]
    return min(years), max(years)


@cache
def _shipped(day: date) -> DayKind:
    import chinese_calendar

    off, holiday = chinese_calendar.get_holiday_detail(day)
    weekend = day.weekday() >= 5
    if holiday and off:
        name = chinese_calendar.Holiday(holiday).chinese
    else:
        name = "weekend" if off else "makeup" if weekend else ""
    return DayKind(off, name, True)


# The days off that the law itself fixes (State Council regulation of 2024); the others move with the moon.
BY_LAW = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}


@dataclass(frozen=True)
class Days:
    """The working days: the site's own notices before the shipped schedules before the ordinary week.

    own: what the site's notices say of a day: off or worked, and its name.
    notices: the years whose own notice the site has; of such a year nothing else is believed.
    """

    own: Mapping[date, tuple[bool, str]] = field(default_factory=dict)
    notices: frozenset[int] = frozenset()

    def kind(self, day: date) -> DayKind:
        """What kind of day it is.

        A year without a notice counts as ordinary weeks with the days off that the law fixes, and is not known.
        """
        weekend = day.weekday() >= 5
        if day in self.own:
            off, name = self.own[day]
            return DayKind(off, name if off else "makeup" if weekend else "", True)
        if day.year in self.notices:
            return DayKind(weekend, "weekend" if weekend else "", True)
        first, last = shipped_years()
        if first <= day.year <= last:
            return _shipped(day)
        if day.year > last and (by_law := BY_LAW.get((day.month, day.day))):
            return DayKind(True, by_law, False)
        return DayKind(weekend, "weekend" if weekend else "", False)
