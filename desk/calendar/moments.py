"""Times as people type and read them, in the site's zone."""

import re
from datetime import date, datetime, time, timedelta

from data.words import N_
from desk.calendar import Calendar
from desk.ground.refusals import Invalid

# 下午3点半, 明天 9点20分, 15点: as it is said on the phone; a day may stand before a time with a colon as well.
_SAID = re.compile(
    r"(?:(?P<day>今天|明天|后天)|(?P<month>\d{1,2})[-/月](?P<of>\d{1,2})[日号]? )? *"
    r"(?P<half>凌晨|早上|上午|中午|下午|晚上)? *"
    r"(?P<hour>\d{1,2})(?:[点點时](?:(?P<thirty>半)|(?P<minute>\d{1,2})分?)?|[:：](?P<colon>\d{2}))"
)
_DAYS = {"今天": 0, "明天": 1, "后天": 2}
_DATE = re.compile(r"(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})[日号]?")
# The hours that each part of a day has, as they are said; 晚上12点 and 凌晨12点 are said of either side of midnight.
_HALVES = {"凌晨": (1, 5), "早上": (5, 11), "上午": (6, 12), "中午": (11, 13), "下午": (1, 6), "晚上": (5, 11)}
_TIME = re.compile(r"(?:(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})[ T]+)?(\d{1,2})[:：](\d{2})")
NOW = ("now", "现在", "刚才")
EARLIEST_YEAR, LATEST_YEAR = 1900, 9990
_LATER = re.compile(r"([+-]) ?(\d{1,4}) ?(m|min|h|d)?", re.I)


def parse(text: str, calendar: Calendar, now: datetime, *, field: str) -> datetime:
    """An instant from "15:30", "下午3点半", "11-26 15:30", "2026-11-26 15:30", "11-30" as its duty begins, "+90"
    minutes, "-12" ago, "+2h", "now" or full ISO.

    Raises:
        Invalid: at `field`, for anything else or a date that does not exist.
    """
    text = text.strip()
    wrong = Invalid(N_("A time is written like 15:30, 11-26 15:30, 11-30, +2h or +30 minutes."), field=field)
    if text.lower() in NOW:
        return now
    if match := _LATER.fullmatch(text):
        unit = {"h": 60, "d": 1440}.get((match[3] or "m").lower(), 1)
        return now + timedelta(minutes=int(match[1] + match[2]) * unit)
    try:
        if match := _TIME.fullmatch(text):
            today = calendar.local(now)
            year, month, day = (int(match[1] or today.year), int(match[2] or today.month), int(match[3] or today.day))
            if not EARLIEST_YEAR <= year <= LATEST_YEAR:
                raise wrong
            local = datetime(year, month, day, int(match[4]), int(match[5]), tzinfo=calendar.zone)
            return calendar.at(local.date(), local.time())
        if match := _DATE.fullmatch(text):
            today = calendar.local(now)
            return _begin(calendar, date(int(match[1] or today.year), int(match[2]), int(match[3])))
        if match := _SAID.fullmatch(text):
            return _said(match, calendar, now)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise wrong from error
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise wrong
    if moment.tzinfo is None:
        return calendar.at(moment.date(), moment.time())
    return moment.astimezone(now.tzinfo)


def _begin(calendar: Calendar, day: date) -> datetime:
    """When duty begins on a day; at nine where there is none."""
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError(day)
    windows = calendar.windows(day, "duty")
    return windows[0][0] if windows else calendar.at(day, time(9))


def _said(match: re.Match[str], calendar: Calendar, now: datetime) -> datetime:
    hour, half = int(match["hour"]), match["half"]
    if half:
        first, last = _HALVES[half]
        if not (first <= hour <= last or (half == "中午" and hour == 1)):
            raise ValueError(hour)
        hour += 12 if half in ("下午", "晚上") or (half == "中午" and hour == 1) else 0
    minute = 30 if match["thirty"] else int(match["minute"] or match["colon"] or 0)
    today = calendar.local(now).date()
    day = today + timedelta(days=_DAYS.get(match["day"] or "", 0))
    day = date(today.year, int(match["month"]), int(match["of"])) if match["month"] else day
    return calendar.at(day, time(hour, minute))


def day(text: str, otherwise: date, *, field: str) -> date:
    """A day from 2026-11-24, or another one for an empty text; refuses anything else."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else otherwise
    except ValueError as error:
        raise Invalid(N_("A day is written like 2026-11-24."), field=field) from error


def shown(moment: datetime | None, calendar: Calendar, now: datetime | None = None) -> str:
    """An instant as the site reads it; today's without the date."""
    if moment is None:
        return ""
    local = calendar.local(moment)
    if now is not None and local.date() == calendar.local(now).date():
        return local.strftime("%H:%M")
    return local.strftime("%m-%d %H:%M" if now and local.year == calendar.local(now).year else "%Y-%m-%d %H:%M")
