"""The site's settings: its name, hours and choices, and the calendar they make."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sqlmodel import Session, select

from data.clocks import Holiday
from data.journal import Setting
from data.store.relied import rely
from data.words import N_
from desk.calendar import BEGINNING, DESK, Calendar, Days, DutyPlan, OwnDay, parse_hours, parse_plan
from desk.ground.refusals import Invalid
from desk.standards import OWN

CHOICE = "choice:"
# hours:NAME@DAY is the plan of a calendar from a day on, day:DAY@NAME a single day of one, or of all without a name.
HOURS, DAY = "hours:", "day:"
# Goods of the site's own that need no pass, with blanks between.
SMALL = "goods.small"
DEFAULTS = {
    "site.name": "",
    "site.demo": "",
    "site.zone": "Asia/Shanghai",
    "duty.usual": "08:00-12:00,13:00-17:00",
    "duty.summer": "08:00-12:00,13:30-17:30",
    "duty.summer_dates": "06-01..09-30",
    "duty.every_day": "no",
    "working.days": "site",
}


def setting(session: Session, key: str) -> str:
    """One setting, or its default."""
    row = session.get(Setting, key)
    return row.value if row else DEFAULTS.get(key, "")


def put(session: Session, key: str, value: str) -> None:
    """Set one setting; part of an act."""
    if (row := session.get(Setting, key)) is None:
        row = Setting(key=key, value=value)
    row.value = value
    session.add(row)


def unset(session: Session, key: str) -> None:
    """Take what was set away, so that the default counts; part of an act."""
    if (row := session.get(Setting, key)) is not None:
        session.delete(row)


# Every act reads both, so the questions are put together once.
_SETTINGS = select(Setting.digest, Setting.key, Setting.value)
# Of two notices that name a day, the later year's is the later word.
# A day, the year of the notice that names it, whether it is off, and what it is called.
HolidayRow = tuple[date, int, bool, str]
_NOTICED: list[Any] = [Holiday.digest, Holiday.day, Holiday.notice, Holiday.name, Holiday.off]
_HOLIDAYS = select(*_NOTICED).order_by("day", "notice")


def settings(session: Session) -> dict[str, str]:
    """Everything that was set, read in one go, with the defaults of what was not."""
    rows = session.connection().execute(_SETTINGS).all()
    rely(session, "setting", rows)
    return DEFAULTS | {key: value for _digest, key, value in rows}


def choices(session: Session, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """The site's choices, rule id to option name, and what it has set of standards; `known`: settings read already."""
    known = settings(session) if known is None else known
    return {key.removeprefix(CHOICE): value for key, value in known.items() if key.startswith((CHOICE, OWN))}


def zone(name: str, *, field: str = "zone") -> ZoneInfo:
    """A time zone by name; refuses one that does not exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        if not available_timezones():
            raise Invalid(
                N_("This machine has no database of time zones: install one with pip install tzdata."), field=field
            ) from error
        raise Invalid(
            N_("There is no time zone {name}: use one like Asia/Shanghai."), field=field, name=name
        ) from error


def calendar(session: Session, known: Mapping[str, str] | None = None, notice: Sequence[HolidayRow] = ()) -> Calendar:
    """The calendar of the site as it stands.

    Args:
        known: settings read already; notice: the days of a year's notice that would replace what is known of that year.
    """
    known = settings(session) if known is None else known
    kept: Sequence[Any] = session.connection().execute(_HOLIDAYS).all()
    rely(session, "holiday", kept)
    rows: list[HolidayRow] = [(day, year, off, name) for _digest, day, year, name, off in kept]
    if notice:
        years = {year for _day, year, *_rest in notice}
        rows = sorted([*(row for row in rows if row[1] not in years), *notice])
    days = Days({day: (off, name) for day, _notice, off, name in rows}, frozenset(notice for _day, notice, *_ in rows))
    plans = dict(_plans(tuple((key, text) for key, text in known.items() if key.startswith((HOURS, "duty.")))))
    own = _own_days(tuple((key, text) for key, text in known.items() if key.startswith(DAY)))
    return Calendar(zone(known["site.zone"]), plans.pop(DESK), days, plans, own, by_law=known["working.days"] == "law")


@lru_cache(maxsize=8)
def _plans(texts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, DutyPlan], ...]:
    """The plan of each calendar, with the days from which its versions are valid."""
    first = dict(texts)
    versions = {DESK: [(BEGINNING, parse_plan(_first_plan(first)))]}
    for key, text in sorted(texts):
        if key.startswith(HOURS):
            name, _at, since = key.removeprefix(HOURS).partition("@")
            versions.setdefault(name, []).append((date.fromisoformat(since), parse_plan(text)))
    plans = {name: sorted(said, key=lambda one: one[0]) for name, said in versions.items()}
    for name, said in plans.items():
        if name != DESK:
            # Before a calendar has hours of its own, the desk's are valid.
            said[:0] = [one for one in plans[DESK] if one[0] < said[0][0]]
    return tuple((name, DutyPlan(tuple(said))) for name, said in plans.items())


def _first_plan(known: Mapping[str, str]) -> str:
    """The plan that a site began with: hours of the year and of the summer, on workdays or on every day."""
    daily = known["duty.every_day"] == "yes"
    days = "daily" if daily else "Mon-Fri"
    usual = "\nholidays as usual\nmake-up days as usual" if daily else ""
    return f"{days} {known['duty.usual']}\n{known['duty.summer_dates']} {days} {known['duty.summer']}{usual}"


@lru_cache(maxsize=8)
def _own_days(texts: tuple[tuple[str, str], ...]) -> dict[tuple[str, date], OwnDay]:
    """The days that the site itself closes, opens or gives other hours."""
    found = {}
    for key, text in texts:
        day, _at, name = key.removeprefix(DAY).partition("@")
        found[name, date.fromisoformat(day)] = own_day(text)
    return found


def own_day(text: str, *, field: str = "hours") -> OwnDay:
    """What is said of a single day: closed, open, or hours, and behind a bar what the day is called.

    Raises:
        Invalid: at `field`, hours that do not exist.
    """
    hours, _bar, name = (part.strip() for part in text.partition("|"))
    if hours in ("closed", "open"):
        return OwnDay(() if hours == "closed" else None, name)
    return OwnDay(parse_hours(hours, field=field), name)
