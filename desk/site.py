"""The site's settings: its name, hours and choices, and the calendar they make."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, col, select

from data.clocks import Holiday
from data.journal import Setting
from data.words import N_
from desk.calendar import Calendar, Days, DutyPlan, parse_hours
from desk.refusals import Invalid

CHOICE = "choice:"
DEFAULTS = {
    "site.name": "",
    "site.demo": "",
    "site.zone": "Asia/Shanghai",
    "duty.usual": "08:00-12:00,13:00-17:00",
    "duty.summer": "08:00-12:00,13:30-17:30",
    "duty.summer_dates": "06-01..09-30",
    "duty.every_day": "no",
}


def setting(session: Session, key: str) -> str:
    """One setting, or its default."""
    row = session.get(Setting, key)
    return row.value if row else DEFAULTS.get(key, "")


def put(session: Session, key: str, value: str) -> None:
    """Set one setting; part of an act."""
    session.merge(Setting(key=key, value=value))


# Every act reads both, so the questions are put together once.
_SETTINGS = select(Setting.key, Setting.value)
# Of two notices that name a day, the later year's is the later word.
_HOLIDAYS = select(col(Holiday.day), col(Holiday.notice), col(Holiday.off), col(Holiday.name)).order_by("day", "notice")


def settings(session: Session) -> dict[str, str]:
    """Everything that was set, read in one go, with the defaults of what was not."""
    return DEFAULTS | dict(session.connection().execute(_SETTINGS).all())


def choices(session: Session, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """The site's choices: rule id to option name; `known` are settings read already."""
    known = settings(session) if known is None else known
    return {key.removeprefix(CHOICE): value for key, value in known.items() if key.startswith(CHOICE)}


def zone(name: str) -> ZoneInfo:
    """A time zone by name; refuses one that does not exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(
            N_("There is no time zone {name}: use one like Asia/Shanghai."), field="zone", name=name
        ) from error


def _month_day(text: str) -> tuple[int, int]:
    month, day = (int(part) for part in text.split("-"))
    date(2024, month, day)
    return month, day


def summer_dates(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last summer day from "06-01..09-30"."""
    try:
        first, last = (_month_day(part.strip()) for part in text.split(".."))
    except ValueError as error:
        raise Invalid(N_("Summer is written like 06-01..09-30."), field="summer") from error
    if last < first:
        raise Invalid(N_("Summer ends before it begins."), field="summer")
    return first, last


def calendar(session: Session, known: Mapping[str, str] | None = None) -> Calendar:
    """The calendar of the site as it stands; `known` are settings read already."""
    known = settings(session) if known is None else known
    rows = session.connection().execute(_HOLIDAYS).all()
    days = Days({day: (off, name) for day, _notice, off, name in rows}, frozenset(notice for _day, notice, *_ in rows))
    return Calendar(zone(known["site.zone"]), _duty(*(known[key] for key in _DUTY_KEYS)), days)


_DUTY_KEYS = ("duty.usual", "duty.summer", "duty.summer_dates", "duty.every_day")


@lru_cache(maxsize=8)
def _duty(usual: str, summer: str, dates: str, every_day: str) -> DutyPlan:
    first, last = summer_dates(dates)
    return DutyPlan(
        usual=parse_hours(usual), summer=parse_hours(summer), summer_from=first, summer_to=last,
        every_day=every_day == "yes",
    )  # fmt: skip
