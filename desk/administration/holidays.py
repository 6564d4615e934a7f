"""A year's holiday notice: read, taken in, and every deadline that rests on it reckoned again."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import and_
from sqlmodel import col, delete, select

from data.clocks import Clock, Holiday
from data.words import N_
from desk import site
from desk.act import Act
from desk.calendar import Calendar, Deadline
from desk.clocks.reckoning import Moved, Rule, again, carry_over, counts_hours
from desk.ground.refusals import Invalid
from desk.view import View

# The State Council's notice has named more days off than this in every year; fewer is a part of one.
FEWEST_DAYS_OFF = 10


@dataclass(frozen=True)
class Notice:
    """The notice of a year: (day, off, name) of every day it changes, some of which may lie in the year before."""

    year: int
    days: list[tuple[date, bool, str]]


def read_notice(content: bytes) -> Notice:
    """A holiday notice in the holiday-cn JSON form; refuses anything else.

    Raises:
        Invalid: at "file".
    """
    wrong = Invalid(N_("This is no holiday notice in the holiday-cn form."), field="file")
    try:
        notice = json.loads(content.decode("utf-8-sig"))
        days = [(date.fromisoformat(d["date"]), d["isOffDay"], str(d["name"])) for d in notice["days"]]
    except (ValueError, KeyError, TypeError) as error:
        raise wrong from error
    if not days or not all(isinstance(off, bool) for _day, off, _name in days):
        raise wrong
    year = notice.get("year", days[-1][0].year)
    if not isinstance(year, int) or not all(abs(day.year - year) <= 1 for day, _off, _name in days):
        raise Invalid(N_("The notice's days do not lie in its year."), field="file")
    if sum(off and day.year == year for day, off, _name in days) < FEWEST_DAYS_OFF:
        raise Invalid(N_("This is not a whole year's notice: too few days off."), field="file")
    return Notice(year, days)


def read_file(path: str) -> Notice:
    """The notice in a file.

    Raises:
        Invalid: at "file", when it cannot be read or is none.
    """
    try:
        return read_notice(Path(path.strip()).expanduser().read_bytes())
    except OSError as error:
        raise Invalid(
            N_("The file {path} cannot be read: {why}."), field="file", path=path, why=error.strerror or error
        ) from error


def take_in(act: Act, *, notice: Notice) -> int:
    """Take in a year's notice in place of its last one, and recompute what rests on it; returns how many moved."""
    act.require("holidays.import")
    as_it_was = act.calendar
    before = list(act.session.exec(select(col(Holiday.day)).where(Holiday.notice == notice.year)))
    act.session.exec(delete(Holiday).where(col(Holiday.notice) == notice.year))
    for day, (off, name) in {day: (off, name) for day, off, name in notice.days}.items():
        act.session.add(Holiday(day=day, notice=notice.year, off=off, name=name))
    act.session.flush()
    act.record("holidays.import", str(notice.year), days=len(notice.days))
    act.__dict__.pop("calendar", None)
    first = act.calendar.midnight(min([*before, *(day for day, _off, _name in notice.days), date(notice.year, 1, 1)]))
    found = _reckoned(act, first, as_it_was, act.calendar)
    return sum(carry_over(act, one.clock, one.deadline) for one in found)


def preview(view: View, notice: Notice) -> list[Moved]:
    """The running promises that would end at another time by a notice; nothing is written."""
    rows = [(day, notice.year, off, name) for day, off, name in notice.days]
    after = site.calendar(view.session, view.settings, rows)
    before = view.session.exec(select(col(Holiday.day)).where(Holiday.notice == notice.year)).all()
    first = after.midnight(min([*before, *(day for day, *_rest in rows), date(notice.year, 1, 1)]))
    return [one for one in _reckoned(view, first, view.calendar, after) if one.deadline.due != one.clock.due_at]


def _reckoned(view: View, first: datetime, before: Calendar, after: Calendar) -> list[Moved]:
    """Every running promise that a notice may concern with its end by it; one kept against an earlier change stays."""
    concerned = col(Clock.provisional).is_(True) | and_(col(Clock.due_at) >= first, counts_hours())
    running = select(Clock).where(concerned, col(Clock.ended_at).is_(None)).order_by(col(Clock.due_at), col(Clock.id))
    found = []
    for clock in view.session.exec(running).all():
        deadline = again(view.session, clock, after)
        if deadline.due == again(view.session, clock, before).due:
            deadline = Deadline(clock.due_at, clock.not_before, deadline.provisional)
        found.append(Moved(clock, deadline, Rule(clock.within, clock.calendar)))
    return found


def take_in_file(act: Act, *, file: str) -> None:
    """Take in the notice that stands in a file."""
    take_in(act, notice=read_file(file))
