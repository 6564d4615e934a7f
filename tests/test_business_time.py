"""Business time to the second, beside an oracle that knows only whole numbers and a list of stretches."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.calendar import Calendar, Days, DutyPlan

FIRST = date(2026, 1, 1)
DAYS = 200
# Shanghai has kept one offset since 1991; the oracle reckons with it and with nothing else.
OFFSET = 8 * 3600
EPOCH = (datetime(2026, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1) - OFFSET


@dataclass(frozen=True)
class Oracle:
    """Stretches that count, as (begin, end) in seconds since local midnight of the first day."""

    stretches: list[tuple[int, int]]

    def counted(self, begin: int, end: int) -> int:
        return sum(max(0, min(end, last) - max(begin, first)) for first, last in self.stretches)

    def due(self, begin: int, seconds: int) -> int:
        place = bisect_right([last for _first, last in self.stretches], begin)
        for opens, last in self.stretches[place:]:
            first = max(opens, begin)
            if last - first >= seconds:
                return first + seconds
            seconds -= last - first
        raise AssertionError("the oracle's days are too few")


@dataclass(frozen=True)
class Site:
    """Hours as minutes of the day, days off and make-up workdays, and whether duty runs over midnight."""

    hours: tuple[int, int, int, int]
    night: int
    off: frozenset[int]
    makeup: frozenset[int]

    def worked(self, day: int) -> bool:
        weekend = (FIRST + timedelta(days=day)).weekday() >= 5
        return day in self.makeup or (not weekend and day not in self.off)

    def oracle(self, name: str) -> Oracle:
        found = []
        for day in range(-1, DAYS):
            if not self.worked(day):
                continue
            midnight = day * 86400
            if name == "working":
                found.append((midnight, midnight + 86400))
                continue
            first, second, third, fourth = (midnight + minute * 60 for minute in self.hours)
            found += [(first, second), (third, fourth)]
            if self.night:
                found.append((fourth + 1800, midnight + 86400 + self.night * 60))
        return Oracle(found)

    def calendar(self) -> Calendar:
        first, second, third, fourth = self.hours
        segments = [(first, second), (third, fourth)]
        if self.night:
            segments.append((fourth + 30, self.night))
        hours = ",".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in segments)
        own: dict[date, tuple[bool, str]] = {}
        for day in range(-1, DAYS + 400):
            own[FIRST + timedelta(days=day)] = (not self.worked(day), "节")
        return Calendar(duty=DutyPlan.of(f"Mon-Fri {hours}"), days=Days(own))


@st.composite
def sites(draw: st.DrawFn) -> Site:
    first = draw(st.integers(6 * 60, 9 * 60))
    second = draw(st.integers(first + 60, 12 * 60))
    third = draw(st.integers(second + 1, 14 * 60))
    fourth = draw(st.integers(third + 60, 22 * 60))
    night = draw(st.sampled_from([0, 0, 30, 5 * 60]))
    days = st.frozensets(st.integers(0, DAYS - 1), max_size=12)
    makeup = draw(days)
    return Site((first, second, third, fourth), night, draw(days) - makeup, makeup)


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(EPOCH + seconds, UTC)


@pytest.mark.parametrize("name", ["duty", "working"])
@settings(max_examples=150, deadline=None)
@given(site=sites(), begin=st.integers(0, 40 * 86400), seconds=st.integers(1, 12 * 36000))
def test_deadlines_agree_with_the_oracle_to_the_second(name: str, site: Site, begin: int, seconds: int) -> None:
    calendar, oracle = site.calendar(), site.oracle(name)
    due = oracle.due(begin, seconds)
    assert calendar.add(instant(begin), seconds, name) == instant(due)
    assert calendar.counted(instant(begin), instant(due), name) == timedelta(seconds=seconds)


@pytest.mark.parametrize("name", ["duty", "working"])
@settings(max_examples=100, deadline=None)
@given(site=sites(), begin=st.integers(0, 40 * 86400), length=st.integers(0, 20 * 86400))
def test_what_counts_between_two_moments_agrees_with_the_oracle(name: str, site: Site, begin: int, length: int) -> None:
    found = site.calendar().counted(instant(begin), instant(begin + length), name)
    assert found == timedelta(seconds=site.oracle(name).counted(begin, begin + length))


@settings(max_examples=100, deadline=None)
@given(site=sites(), begin=st.integers(0, 20 * 86400), seconds=st.integers(60, 6 * 36000), after=st.integers(0, 86400),
       pause=st.integers(0, 10 * 86400))  # fmt: skip
def test_a_pause_takes_nothing_and_gives_nothing(site: Site, begin: int, seconds: int, after: int, pause: int) -> None:
    calendar, oracle = site.calendar(), site.oracle("duty")
    due, paused = oracle.due(begin, seconds), begin + after
    if paused >= due:
        return
    left = calendar.counted(instant(paused), instant(due), "duty")
    moved = calendar.add(instant(paused + pause), int(left.total_seconds()), "duty")
    end = (moved - instant(0)) // timedelta(seconds=1)
    assert oracle.counted(begin, paused) + oracle.counted(paused + pause, end) == seconds
