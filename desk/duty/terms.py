"""The words of the duty roster: posts, their stretches of a day, how far a shift is."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from data.operators import Operator
from data.words import N_, named
from desk.calendar import Calendar
from desk.ground.refusals import Invalid
from desk.ground.roles import DESK as DESK_ROLES
from desk.view import View

SYSTEM = "duty"
DESK = "desk"
POSTS = {DESK: N_("front desk"), "gate": N_("gatehouse"), "control": N_("control room"), "patrol": N_("patrol")}
STATES = {"planned": N_("planned"), "there": N_("on post"), "left": N_("left"), "dropped": N_("taken off")}
SWAPS = {"asked": N_("swap asked"), "agreed": N_("swap agreed")}
# The states of a shift in which somebody stands, or will stand, on a post.
AHEAD = ("planned", "there")
# How long before a shift its people are there (DUT-3, DUT-4).
EARLY = timedelta(minutes=15)
# Under which setting the stretches of a post stand; a post without any is not manned.
POST = "post:"
USUAL = {"gate": "08:00-16:00,16:00-24:00,00:00-08:00"}
LETTERS = "ABCDEF"
NEVER = "-"
# How many days ahead the next day of duty is looked for.
SEARCHED = 30
# The desk's lunch, between the first two stretches of its duty: somebody stays (DUT-8).
NOON = "N"
_STRETCH = re.compile(r"(\d{1,2}):(\d{2})\s*[-–~～至]\s*(\d{1,2}):(\d{2})")
Bands = dict[str, tuple[datetime, datetime]]


def post_name(post: str) -> str:
    """A post in the reader's language."""
    return named(POSTS, post)


def state_name(state: str) -> str:
    """How far a shift is, in the reader's language."""
    return named(STATES, state)


def stands_at(operator: Operator, post: str) -> bool:
    """Whether somebody's roles let them stand on a post: the desk's people at the desk, guards on every other."""
    roles = set(operator.roles.split())
    return bool(roles & DESK_ROLES) if post == DESK else "guard" in roles


def check_stretches(text: str) -> str:
    """The stretches of a post as they are kept; NEVER where it is not manned.

    Raises:
        Invalid: at "value", what is no stretch, or too many of them.
    """
    if text.strip() in ("", "-", "－"):
        return NEVER
    return ",".join(f"{begin:%H:%M}-{'24:00' if end == time(0) else f'{end:%H:%M}'}" for begin, end in _stretches(text))


def _stretches(text: str) -> list[tuple[time, time]]:
    found = []
    for part in filter(None, re.split(r"[,，;；\s]+", text.strip(NEVER + " "))):
        match = _STRETCH.fullmatch(part)
        hours = [int(one) for one in match.groups()] if match else [99] * 4
        if hours[0] > 23 or hours[2] > 24 or max(hours[1], hours[3]) > 59 or (hours[2] == 24 and hours[3]):
            raise Invalid(N_("Stretches are written like 08:00-20:00,20:00-08:00."), field="value")
        found.append((time(hours[0], hours[1]), time(hours[2] % 24, hours[3])))
    if len(found) > len(LETTERS):
        raise Invalid(N_("A day has at most {count} stretches."), field="value", count=len(LETTERS))
    return found


def bands(settings: Mapping[str, str], calendar: Calendar, post: str, day: date) -> Bands:
    """The stretches of a post on a day by letter, in order; the desk's are its duty hours with the lunch between."""
    if post == DESK:
        return _of_desk(calendar, day)
    found: Bands = {}
    on = day
    for letter, (begin, end) in zip(
        LETTERS, _stretches(settings.get(POST + post, USUAL.get(post, NEVER))), strict=False
    ):
        # A stretch that begins earlier than the one before it is of the night that follows.
        if found and calendar.at(on, begin) < max(begun for begun, _end in found.values()):
            on = day + timedelta(days=1)
        last = on if end > begin else on + timedelta(days=1)
        found[letter] = (calendar.at(on, begin), calendar.at(last, end))
    return found


def _of_desk(calendar: Calendar, day: date) -> Bands:
    windows = calendar.windows(day, "duty")
    found: Bands = {}
    for place, (begin, end) in enumerate(windows[: len(LETTERS)]):
        if place == 1:
            found[NOON] = (windows[0][1], begin)
        found[LETTERS[place]] = (begin, end)
    return found


def is_noon(view: View, post: str) -> bool:
    """Whether the lunch runs between two stretches of the desk's duty."""
    today = view.calendar.local(view.now).date()
    noon = bands(view.settings, view.calendar, post, today).get(NOON)
    return noon is not None and noon[0] <= view.now < noon[1]


def next_duty(view: View, after: datetime | None = None) -> datetime:
    """When the next duty day begins: tomorrow's or later, or this morning's where it has not begun.

    Args:
        after: seen from this instant; from now when it is None.
    """
    moment = after or view.now
    today = view.calendar.local(moment).date()
    for days in range(SEARCHED):
        windows = view.calendar.windows(today + timedelta(days=days), "duty")
        if windows and windows[0][0] > moment:
            return windows[0][0]
    return moment + timedelta(days=1)


def posts(settings: Mapping[str, str]) -> list[str]:
    """The posts that the site mans, the desk first."""
    said = {post: settings.get(POST + post, USUAL.get(post, NEVER)) for post in POSTS}
    return [post for post in POSTS if post == DESK or said[post] != NEVER]


def hours_said(view: View, span: tuple[datetime, datetime]) -> str:
    """A stretch as it is read: 08:00–12:00."""
    begin, end = (view.calendar.local(one) for one in span)
    return f"{begin:%H:%M}–{'24:00' if not (end.hour or end.minute) else f'{end:%H:%M}'}"
