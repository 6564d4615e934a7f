"""The words in which a standard says how long: parsed once, here, and nowhere else.

10 min, 8 h, 2 days, 1 week, 1 month, 3 years   elapsed; months and years keep the local time of day
PT10M, P1D                                      the same as ISO 8601 durations
1 working day                                   the end of duty of the first worked day after the start
same day, next day                              the end of duty of that day; midnight when duty is over or none
1 month .. 2 months                             not before the first, due at the second
5 min before, by                                relative to the moment that was agreed
Friday                                          the end of duty of that week's Friday, or the worked day before it
month end, quarter end, half-year end, year end the end of duty of the last day of the period
month start                                     the end of duty of the next month's first worked day
"""

import re
import unicodedata
from dataclasses import dataclass

from data.words import N_
from desk.ground.refusals import Invalid

UNITS = {
    "s": 1, "sec": 1, "second": 1, "seconds": 1,
    "min": 60, "mins": 60, "minute": 60, "minutes": 60, "m": 60,
    "h": 3600, "hour": 3600, "hours": 3600,
    "day": 86400, "days": 86400, "d": 86400, "week": 604800, "weeks": 604800, "w": 604800,
}  # fmt: skip
MONTHS = {"month": 1, "months": 1, "year": 12, "years": 12}
PERIODS = {"month end": 1, "quarter end": 3, "half-year end": 6, "year end": 12}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CALENDARS = ("always", "duty", "working")
# A calendar of the site's own: its hours are a plan of their own.
OWN_CALENDAR = re.compile(r"duty:[a-z][a-z0-9_-]{0,19}")
LONGEST = 100 * 366 * 86400
_ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.I)


@dataclass(frozen=True)
class Within:
    """A parsed limit. Exactly one of the fields says something, except a window, which has two ends."""

    seconds: int = 0
    months: int = 0
    working_days: int = 0
    word: str = ""
    before: int = 0
    opens_months: int = 0

    @property
    def elapsed(self) -> bool:
        """True for a limit that counts seconds on its calendar, and so may be paused."""
        return self.seconds > 0


def is_calendar(name: str) -> bool:
    """Whether promises can count on a calendar of this name: always, duty, working, or duty:NAME."""
    return name in CALENDARS or bool(OWN_CALENDAR.fullmatch(name))


def parse_within(text: str, calendar: str = "always") -> Within:
    """The meaning of a limit on a calendar.

    Raises:
        Invalid: unknown words, an end before its start, nothing at all, or days on the duty calendar.
    """
    if not is_calendar(calendar):
        raise Invalid(N_("There is no calendar {name}: use always, duty or working."), field="calendar", name=calendar)
    words = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    _refuse_figures(words)
    limit = _parse(words, calendar)
    if limit is None:
        raise Invalid(
            N_("A limit is written like 10 min, 1 working day, same day or 1 month .. 2 months, not {text}."),
            field="within",
            text=text[:40],
        )
    if max(limit.seconds, limit.months * 2678400, limit.working_days * 86400) > LONGEST:
        raise Invalid(N_("A limit longer than a hundred years is a mistake."), field="within")
    if calendar.startswith("duty") and re.search(r"\d\s*(d|w)|^p\d", words) and (limit.elapsed or limit.before):
        raise Invalid(N_("Duty hours are counted in minutes and hours; days need another calendar."), field="within")
    return limit


def _refuse_figures(words: str) -> None:
    """Refuse nothing and parts of a unit, each with its own sentence."""
    if re.match(r"0+(\.0+)? ?[a-z]|p0+[a-z]|pt0+[a-z]", words):
        raise Invalid(N_("A limit of nothing is no limit: write 1 min or more."), field="within")
    if re.match(r"(?:pt?)?\d*[.,]\d+ ?[a-z]", words):
        raise Invalid(N_("A limit is a whole number of its unit: write 30 min, not 0.5 h."), field="within")


def _parse(words: str, calendar: str) -> Within | None:
    if words in ("same day", "next day", "by", "month start") or words in PERIODS or words in WEEKDAYS:
        return Within(word=words)
    if match := re.fullmatch(r"(\d+) months? \.\. (\d+) months?", words):
        opens, due = int(match[1]), int(match[2])
        if due <= opens:
            raise Invalid(N_("The end of the window lies before its start."), field="within")
        return Within(months=due, opens_months=opens)
    if match := re.fullmatch(r"(\d+) ?([a-z]+) before", words):
        unit = UNITS.get(match[2])
        return Within(before=int(match[1]) * unit) if unit and int(match[1]) else None
    if match := re.fullmatch(r"(\d+) working days?", words):
        return Within(working_days=int(match[1])) if int(match[1]) else None
    if match := re.fullmatch(r"(\d+) ?([a-z]+)", words):
        return _counted(int(match[1]), match[2], calendar)
    return _iso(words, calendar)


def _counted(count: int, unit: str, calendar: str) -> Within | None:
    if count == 0:
        return None
    if unit in MONTHS:
        return Within(months=count * MONTHS[unit])
    if calendar == "working" and unit in ("day", "days", "d"):
        return Within(working_days=count)
    return Within(seconds=count * UNITS[unit]) if unit in UNITS else None


def _iso(words: str, calendar: str) -> Within | None:
    match = _ISO.fullmatch(words)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    rest = weeks * 604800 + days * 86400 + hours * 3600 + minutes * 60 + seconds
    if months or years:
        return Within(months=years * 12 + months) if not rest else None
    if calendar == "working" and days and rest == days * 86400:
        return Within(working_days=days)
    return Within(seconds=rest) if rest else None
