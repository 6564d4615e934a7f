"""What is left of a promise, and how late it is; of anything that has a promise's instants."""

from datetime import datetime, timedelta
from typing import Protocol

from data.words import _, language


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


def countdown(clock: Promised, now: datetime) -> str:
    """What is left of a promise, or with a plus how late it is; it stands still while the promise is paused."""
    return until(now + left_of(clock, now), now)


def until(due: datetime, now: datetime) -> str:
    """What is left, or with a plus how far over: 9:59, 3:02:01, 2d 04:10, +1:05."""
    seconds = int((due - now).total_seconds())
    sign, seconds = ("+" if seconds < 0 else ""), abs(seconds)
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    if days:
        word = "天" if language() == "zh" else "d"
        return f"{sign}{days}{word} {hours:02d}:{minutes:02d}"
    return f"{sign}{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{sign}{minutes}:{seconds:02d}"


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
