"""What is left of a promise, and how late it is; of anything that has a promise's instants."""

from datetime import datetime, timedelta, tzinfo
from typing import Protocol

from data.words import N_, _, language

# Below it a countdown runs by the second: an eye in the room sees movement where it matters.
TICKS_BELOW = timedelta(minutes=10)
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class Promised(Protocol):
    """The part of a promise that says what is left of it."""

    @property
    def due_at(self) -> datetime: ...

    @property
    def ended_at(self) -> datetime | None: ...

    @property
    def paused_at(self) -> datetime | None: ...

    @property
    def late_paused(self) -> int: ...

    @property
    def name_en(self) -> str: ...

    @property
    def name_zh(self) -> str: ...


def lateness(clock: Promised, now: datetime) -> timedelta:
    """How late a promise is or was; nothing while it is not, and it stands still while the promise is paused."""
    stop = clock.ended_at or clock.paused_at or now
    return max(timedelta(0), stop - clock.due_at - timedelta(seconds=clock.late_paused))


def left_of(clock: Promised, now: datetime) -> timedelta:
    """What is left of a promise, or below nothing how late it is; both stand still while it is paused."""
    late = lateness(clock, now)
    return -late if late else clock.due_at - (clock.ended_at or clock.paused_at or now)


def countdown(clock: Promised, now: datetime, zone: tzinfo, *, fine: bool = False) -> str:
    """What is left of a promise, or how late it is, as `until` says it; it stands still while the promise is paused."""
    return until(now + left_of(clock, now), now, zone, fine=fine)


def until(due: datetime, now: datetime, zone: tzinfo, *, fine: bool = False) -> str:
    """What is left, one form per magnitude: 5m 26s, 42m, 3h 36m, tomorrow, Fri, 12-11; or how late: 12m late, 19d late.

    Args:
        zone: the site's; a day is named by it.
        fine: for a record, where there is room: how late with the next smaller unit, such as 1d 18h late.
    """
    if due < now:
        return _late(now - due, fine)
    seconds = int((due - now).total_seconds())
    minutes, seconds = divmod(seconds, 60)
    hours, rest = divmod(minutes, 60)
    if due - now < TICKS_BELOW:
        # With its units: beside times of the day, 05:26 would be read as one of them.
        return _("{minutes}m {seconds}s", minutes=minutes, seconds=f"{seconds:02d}")
    if not hours:
        return _("{minutes}m", minutes=minutes)
    if hours < 24:
        return _("{hours}h {minutes}m", hours=hours, minutes=f"{rest:02d}")
    day = due.astimezone(zone).date()
    days = (day - now.astimezone(zone).date()).days
    if days == 1:
        return _("tomorrow")
    return _(WEEKDAYS[day.weekday()]) if days < 7 else f"{day:%m-%d}"


def _late(span: timedelta, fine: bool) -> str:
    """How late, in one unit, or in two."""
    minutes = int(span.total_seconds()) // 60
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return (
            _("{days}d {hours}h late", days=days, hours=hours % 24)
            if fine and hours % 24
            else _("{days}d late", days=days)
        )
    if hours:
        return (
            _("{hours}h {minutes}m late", hours=hours, minutes=f"{minutes % 60:02d}")
            if fine
            else _("{hours}h late", hours=hours)
        )
    return _("{minutes}m late", minutes=minutes) if minutes else _("just late")


def for_long(span: timedelta) -> str:
    """How long something has lasted, in one form per magnitude as what is left: 12m, 3h 36m, 2d 4h."""
    minutes = int(span.total_seconds()) // 60
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return _("{days}d {hours}h", days=days, hours=hours % 24)
    if hours:
        return _("{hours}h {minutes}m", hours=hours, minutes=f"{minutes % 60:02d}")
    return _("{minutes}m", minutes=minutes)


def in_words(span: timedelta) -> str:
    """How long something took, for a paper: 26 min, 20 h 26 min, 5 d 1 h."""
    minutes = int(span.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, rest = divmod(rest, 60)
    if days:
        return _("{days} d {hours} h", days=days, hours=hours)
    return _("{hours} h {minutes} min", hours=hours, minutes=rest) if hours else _("{minutes} min", minutes=rest)


def clock_name(clock: Promised) -> str:
    """The promise in the reader's language."""
    return clock.name_zh if language() == "zh" else clock.name_en
