"""The site itself, its hours and its single days, as they can be set (DUT-1, DUT-2)."""

import re
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from data.cleaning import clean
from data.clocks import Clock, Holiday
from data.words import N_, _
from desk import site
from desk.administration.site_value import SiteValue, one_of, short
from desk.calendar import DESK, parse_plan, said
from desk.ground.refusals import Invalid
from desk.view import View

CALENDAR = re.compile(r"[a-z][a-z0-9_-]{0,19}")
# From this month on the next year's holiday notice is published.
PUBLISHED = 10


def values(view: View) -> list[SiteValue]:
    """The site's name and zone, its hours and its single days."""
    return [*_of_site(view), *_hours(view), *_notices(view), *_days(view)]


def _of_site(view: View) -> list[SiteValue]:
    days = [
        ("site", _("the days on which the desk works, without public holidays")),
        ("law", _("the working days of the State Council")),
    ]
    known = view.settings
    return [
        SiteValue("site.name", "site", _("Name of the site"), known["site.name"], short(60)),
        SiteValue("site.zone", "site", _("Time zone"), known["site.zone"], _zone, moves=True),
        SiteValue(
            "working.days",
            "site",
            _("Working days"),
            known["working.days"],
            one_of([key for key, _name in days]),
            shows=dict(days).__getitem__,
            options=days,
            moves=True,
        ),
    ]


def _zone(text: str) -> str:
    return site.zone(clean(text), field="value").key


def _hours(view: View) -> list[SiteValue]:
    names = [
        DESK,
        *sorted(
            {key.removeprefix(site.HOURS).partition("@")[0] for key in view.settings if key.startswith(site.HOURS)}
            - {DESK}
        ),
    ]
    return [hours_of(view, name) for name in names]


def hours_of(view: View, name: str) -> SiteValue:
    """The hours of a calendar: today's, and those that will be valid later."""
    title = _("The desk") if name == DESK else name
    plan = view.calendar.plan("duty" if name == DESK else f"duty:{name}")
    today = view.calendar.local(view.now).date()
    known = name == DESK or any(key.startswith(f"{site.HOURS}{name}@") for key in view.settings)
    lines = [_("Days and hours, one rule a line; the later one has the word:"), *EXAMPLES]
    if known:
        lines += [
            _("from {day}: {hours}", day=first, hours="; ".join(map(said, rules)))
            for first, rules in plan.versions
            if first > today
        ]
    return SiteValue(
        f"{site.HOURS}{name}",
        "hours",
        title,
        "\n".join(map(said, plan.rules(today))) if known else "",
        check=lambda text: "\n".join(map(said, parse_plan(text.strip(), "value"))),
        shows=lambda text: text.replace("\n", "; "),
        long=True,
        moves=True,
        dated=True,
        lines=lines,
    )


EXAMPLES = (
    "Mon-Fri 08:00-12:00,13:00-17:00 · 周一至周五 …",
    "06-01..09-30 Mon-Fri 08:00-12:00,13:30-17:30",
    "Sat 08:00-12:00 · Sun closed · 周日休息",
    "every other Sat from 2026-11-28 … · 隔周六自2026-11-28 …",
    "daily 00:00-24:00 · 每天 …",
    "holidays as usual · 节假日照常 · make-up days … · 调休日 …",
)


def missing_notice(view: View) -> int:
    """The year whose holiday notice should be there and is not; 0 where none is awaited.

    The State Council publishes the notice of a year in the autumn before it.
    """
    today = view.today
    years = [today.year, *([today.year + 1] if today.month >= PUBLISHED else [])]
    return next((year for year in years if not view.calendar.days.kind(date(year, 6, 1)).known), 0)


def _notices(view: View) -> list[SiteValue]:
    """This year's holiday notice and the next one's, with what rests on one that is not there yet."""
    year = view.calendar.local(view.now).year
    return [_notice(view, one) for one in (year, year + 1)]


def _notice(view: View, year: int) -> SiteValue:
    def refuse(_text: str) -> str:
        raise Invalid(N_("A notice is taken in whole: h, or desk import holidays FILE."), field="value")

    days = view.session.exec(select(func.count()).select_from(Holiday).where(Holiday.notice == year)).one()
    resting = select(func.count()).select_from(Clock).where(col(Clock.ended_at).is_(None), col(Clock.provisional))
    begins, ends = view.calendar.midnight(date(year, 1, 1)), view.calendar.midnight(date(year + 1, 1, 1))
    count = view.session.exec(resting.where(Clock.due_at >= begins, Clock.due_at < ends)).one()
    lines = [_("Until the notice of a year is there, a deadline in it is provisional and is reckoned again with it.")]
    lines += [_("{count} running promises are provisional.", count=count)] if count else []
    known = view.calendar.days.kind(date(year, 6, 1)).known
    value = _("{count} days", count=days) if days else _("as it is shipped") if known else _("not there yet")
    return SiteValue(
        f"notice:{year}", "days", _("Holiday notice {year}", year=year), value, refuse, lines=lines, hint="h"
    )


def _days(view: View) -> list[SiteValue]:
    keys = sorted(key for key in view.settings if key.startswith(site.DAY))
    return [day_of(view, key) for key in keys]


def day_of(view: View, key: str) -> SiteValue:
    """A single day of every calendar, or of one that stands behind an @."""
    day, _at, name = key.removeprefix(site.DAY).partition("@")
    try:
        if date.fromisoformat(day).isoformat() != day:
            raise ValueError(day)
    except ValueError as error:
        raise Invalid(N_("A day is written like 2026-11-24."), field="number") from error
    if name and not CALENDAR.fullmatch(name):
        raise Invalid(N_("There is no calendar {name}."), field="number", name=name)
    only = _("The desk") if name == DESK else name
    title = f"{day} {only}".strip()
    return SiteValue(
        key if "@" in key else f"{key}@",
        "days",
        title,
        view.settings.get(key if "@" in key else f"{key}@", ""),
        check=check_day,
        shows=day_said,
        moves=True,
        hint=N_("closed, open, 08:00-12:00; behind a | what it is called; empty: as every year"),
        lines=[_("A day of the site's own stands whatever a later notice says.")],
    )


def check_day(text: str) -> str:
    """A single day as it is kept; "" takes it away."""
    hours, bar, name = (part.strip() for part in text.strip().partition("|"))
    hours = {"休息": "closed", "关闭": "closed", "上班": "open", "开放": "open"}.get(hours, hours.lower())
    if not hours and not name:
        return ""
    kept = f"{hours}|{clean(name)[:40]}" if bar else hours
    site.own_day(kept, field="value")
    return kept


def day_said(text: str) -> str:
    """A single day in the reader's language."""
    hours, _bar, name = text.partition("|")
    named = {"closed": _("closed"), "open": _("open with the hours of a Monday")}.get(hours, hours)
    return f"{named}  {name}".strip()
