"""Whether the machine's time may be believed: what it says is compared with a clock that nobody sets.

The desk knows when the journal's last entry was, how long it is since then by the steady clock of this machine, and so
what time it should be. A machine that says something else, in either direction, stamps nothing and lets nothing fall
due until it is set right or somebody who may says that it is right now.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from data.kept import from_micros, micros
from data.problems import Problem
from data.store.steady import Mark, read_mark, steady_seconds, write_mark
from data.words import N_
from desk.calendar import Calendar
from desk.ground.refusals import TimeDoubted
from desk.ground.wallclock import wall_clock

# What every machine is off now and then, and nobody is asked about.
NOTHING = timedelta(seconds=5)
# Site values: minutes by which the time may jump, and days for which nobody may have been there.
# So much of a second a second is forgiven: a poor clock wanders less, a hand that sets it more.
FORGIVEN = 0.01
JUMP, ABSENCE = "clock.jump", "clock.absence"
USUAL = {JUMP: 5, ABSENCE: 7}
Now = Callable[[], datetime]


@dataclass(frozen=True)
class Doubt:
    """What the machine says, and what time it should be or was last.

    kind: "back", before the journal's last entry; "jump", elsewhere than the steady clock says; "absent", nobody was
    here for longer than the site says.
    """

    kind: str
    said: datetime
    reckoned: datetime

    def refusal(self, calendar: Calendar) -> TimeDoubted:
        """The sentence for an act that is not stamped."""
        return TimeDoubted(SENTENCES[self.kind], **self.shown(calendar))

    def shown(self, calendar: Calendar) -> dict[str, str]:
        """The two times by the site's zone, with their years: the wrong one may be any."""
        return {name: f"{calendar.local(getattr(self, name)):%Y-%m-%d %H:%M}" for name in ("said", "reckoned")}


SENTENCES = {
    "back": N_(
        "The machine's clock says {said}, before the journal's last entry of {reckoned}: nothing is stamped. Set the "
        "clock right, or let a leader confirm it with Ctrl+F or desk confirm-time."
    ),
    "jump": N_(
        "The machine's clock says {said}, and it should be {reckoned}: nothing is stamped. Set the clock right, or let "
        "a leader confirm it with Ctrl+F or desk confirm-time."
    ),
    "absent": N_(
        "The machine's clock says {said}, and nobody has written since {reckoned}: nothing is stamped. Set the clock "
        "right, or let a leader confirm it with Ctrl+F or desk confirm-time."
    ),
}


class Timekeeper:
    """The machine's time beside its steady clock.

    Args:
        store: the store's file.
        now: the machine's time.
        steady: seconds of the steady clock; None where the time is handed in, which is then believed.
    """

    def __init__(self, store: Path, now: Now, steady: Callable[[], float] | None = None) -> None:
        self._store, self._now = store, now
        self._steady = steady if steady is not None or now is not wall_clock else steady_seconds
        self._mark: Mark | None = read_mark(store) if self._steady is not None else None

    @property
    def watches(self) -> bool:
        """Whether there is a steady clock to compare with."""
        return self._steady is not None

    def reckoned(self) -> datetime | None:
        """What time it should be; None before this machine has stamped anything since it started."""
        if self._steady is None or self._mark is None:
            return None
        since = self._steady() - self._mark.steady
        return from_micros(self._mark.micros) + timedelta(seconds=since - self._wandered(since))

    def look_again(self) -> datetime | None:
        """What time it should be by what the desks of this machine have left since."""
        self._mark = read_mark(self._store) or self._mark
        return self.reckoned()

    def _wandered(self, since: float) -> float:
        """Seconds by which the time has wandered off in small steps; forgiven as slowly as poor clocks wander."""
        assert self._mark is not None
        off = self._mark.wandered
        return math.copysign(max(0.0, abs(off) - max(0.0, since) * FORGIVEN), off)

    def is_off(self) -> bool:
        """Whether the machine's time is not what it should be."""
        reckoned = self.reckoned()
        return reckoned is not None and abs(self._now() - reckoned) > NOTHING

    def believe(self, *, confirmed: bool = False) -> None:
        """What the machine says now is right: an act was stamped with it.

        Args:
            confirmed: somebody said so; else what it is off now adds to what it was off before.
        """
        if self._steady is not None:
            now, reckoned = self._now(), self.reckoned()
            off = 0.0 if confirmed or reckoned is None else (now - reckoned).total_seconds()
            self._mark = Mark(micros(now), self._steady(), off)
            write_mark(self._store, self._mark)


def doubt(now: datetime, keeper: Timekeeper, last: datetime | None, chosen: Callable[[str], str]) -> Doubt | None:
    """Why the machine's time may not be believed; None where it may.

    Args:
        now: what the machine says; last: the instant of the journal's newest entry.
        chosen: the site's value of a rule; asked only where something is odd.
    """
    reckoned = keeper.reckoned()
    since = now - last if last is not None else timedelta(0)
    off = abs(now - reckoned) if reckoned is not None else timedelta(0)
    unknown = keeper.watches and reckoned is None and since > timedelta(days=1)
    if since >= -NOTHING and off <= NOTHING and not unknown:
        return None
    jump = timedelta(minutes=_site_value(chosen, JUMP))
    if last is not None and since < -jump:
        return Doubt("back", now, last)
    if reckoned is not None and off > jump:
        # At another desk of this machine somebody may have said since that it is right.
        reckoned = keeper.look_again()
        if reckoned is not None and abs(now - reckoned) > jump:
            return Doubt("jump", now, reckoned)
    if last is not None and unknown and since > timedelta(days=_site_value(chosen, ABSENCE)):
        return Doubt("absent", now, last)
    return None


def _site_value(chosen: Callable[[str], str], rule: str) -> int:
    try:
        return int(chosen(rule))
    except (Problem, ValueError):
        # A standards file that cannot be read is no reason to believe a clock.
        return USUAL[rule]
