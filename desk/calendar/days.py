"""Which days are worked and which hours are on duty."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache

from data.words import N_
from desk.refusals import Invalid

Segment = tuple[time, time]


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


@dataclass(frozen=True)
class DutyPlan:
    """Duty hours by season (DUT-1, DUT-2). A segment that ends before it starts runs over midnight."""

    usual: tuple[Segment, ...] = ((time(8), time(12)), (time(13), time(17)))
    summer: tuple[Segment, ...] = ((time(8), time(12)), (time(13, 30), time(17, 30)))
    summer_from: tuple[int, int] = (6, 1)
    summer_to: tuple[int, int] = (9, 30)
    every_day: bool = False

    def segments(self, day: date) -> tuple[Segment, ...]:
        """The duty segments of a worked day."""
        key = (day.month, day.day)
        inside = self.summer_from <= key <= self.summer_to
        return self.summer if inside else self.usual


def parse_hours(text: str, *, field: str = "hours") -> tuple[Segment, ...]:
    """Segments from "08:00-12:00, 13:00-17:00" or "00:00-24:00", in any width and with 、 between them.

    Raises:
        Invalid: at `field`, hours that do not exist, or that overlap.
    """
    plain = re.sub(r"[,;、]", ",", re.sub(r"[–—~～至到]", "-", unicodedata.normalize("NFKC", text)))
    segments: list[Segment] = []
    try:
        for part in plain.split(","):
            start, end = (piece.strip().zfill(5) for piece in part.split("-"))
            # A day's last moment is the next one's first: 24:00.
            closes = time() if end == "24:00" else time.fromisoformat(end)
            segments.append((time.fromisoformat(start), closes))
            if end != "24:00" and segments[-1][0] == closes:
                raise Invalid(N_("Duty hours must follow one another without overlapping."), field=field)
    except ValueError as error:
        raise Invalid(
            N_("Duty hours are written like 08:00-12:00,13:00-17:00."), field=field, clause="DUT-2"
        ) from error
    _check_order(segments, field)
    return tuple(segments)


def _check_order(segments: list[Segment], field: str) -> None:
    for index, (start, end) in enumerate(segments):
        last = index == len(segments) - 1
        overlaps = index > 0 and segments[index - 1][1] > start
        overnight_into_first = last and end <= start and end > segments[0][0]
        if (end < start and not last) or overlaps or overnight_into_first:
            raise Invalid(N_("Duty hours must follow one another without overlapping."), field=field)
