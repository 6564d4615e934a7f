"""Time to the last corner: notices, shifts round the clock, limits before a moment, hours as people write them."""

import json
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import words
from desk import site
from desk.act import Desk
from desk.administration import holidays
from desk.calendar import Calendar, Days, DutyPlan, parse_hours, parse_within
from desk.ground.refusals import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
S = ((time(0), time(8)), (time(8), time(16)), (time(16), time(0)))
THREE_SHIFTS = "Mon-Fri 00:00-08:00,08:00-16:00,16:00-24:00"
NIGHT = "Mon-Fri 08:00-12:00,20:00-06:00"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def notice(
    year: int, *off: tuple[int, int], worked: tuple[tuple[int, int], ...] = (), before: int = 0
) -> holidays.Notice:
    """A notice of a year with its first ten days of May off besides; `before` days of the year before."""
    days = [(date(year, 5, day), True, "劳动节") for day in range(1, 11)]
    days += [(date(year, *day), True, "节") for day in off] + [(date(year, *day), False, "班") for day in worked]
    days += [(date(year - 1, 12, 31 - back), True, "元旦") for back in range(before)]
    return holidays.Notice(year, days)


def take_in(desk: Desk, *notices: holidays.Notice) -> Calendar:
    for one in notices:
        with desk.act(operator="lead") as act:
            holidays.take_in(act, notice=one)
    with desk.read() as session:
        return site.calendar(session)


def test_a_corrected_notice_takes_a_day_back_even_in_a_year_that_is_shipped(desk: Desk) -> None:
    assert desk.calendar().days.kind(date(2026, 10, 1)).off
    calendar = take_in(desk, notice(2026, (10, 1), (10, 2)))
    assert not calendar.days.kind(date(2026, 10, 5)).off, "shipped as off, and no longer"
    assert calendar.days.kind(date(2026, 10, 1)).off
    calendar = take_in(desk, notice(2026, (10, 5)))
    assert (calendar.days.kind(date(2026, 10, 1)).off, calendar.days.kind(date(2026, 10, 5)).off) == (False, True)


def test_a_notice_replaces_its_own_days_and_never_its_neighbours(desk: Desk) -> None:
    december = (date(2028, 12, 29), date(2028, 12, 30), date(2028, 12, 31))
    calendar = take_in(desk, notice(2028, (6, 9)), notice(2029, (6, 8), before=3))
    assert all(calendar.days.kind(day).off for day in december)
    calendar = take_in(desk, notice(2028, (6, 12)))
    assert calendar.days.kind(december[0]).off, "said by the next year's notice"
    assert not calendar.days.kind(date(2028, 6, 9)).off
    calendar = take_in(desk, notice(2029, (6, 8)))
    assert not calendar.days.kind(december[0]).off, "its own notice no longer says so"
    assert calendar.days.kind(date(2028, 6, 12)).off


def test_a_year_is_known_by_its_own_notice_only(desk: Desk) -> None:
    calendar = take_in(desk, notice(2029, before=3))
    assert calendar.days.kind(date(2028, 12, 31)).known, "this day is said"
    assert not calendar.days.kind(date(2028, 12, 1)).known
    assert calendar.days.kind(date(2029, 12, 3)).known


def test_a_notice_is_read_with_its_year_and_its_days_of_the_year_before() -> None:
    days = [{"date": f"2027-02-{day:02d}", "isOffDay": True, "name": "春节"} for day in range(1, 12)]
    days += [{"date": "2026-12-31", "isOffDay": False, "name": "元旦"}]
    found = holidays.read_notice(json.dumps({"year": 2027, "days": days}).encode())
    assert (found.year, len(found.days)) == (2027, 12)
    with pytest.raises(Invalid):
        holidays.read_notice(json.dumps({"year": 2029, "days": days}).encode())


def test_an_unknown_year_has_the_days_off_that_the_law_fixes_and_stays_provisional() -> None:
    days, fixed = Days(), [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]
    for day in (date(2031, *one) for one in fixed):
        assert (days.kind(day).off, days.kind(day).known) == (True, False), day
    assert not days.kind(date(2031, 10, 6)).off
    found = Calendar().deadline(local("2030-12-31 16:00"), "2 h", "duty")
    assert (found.due, found.provisional) == (local("2031-01-02 09:00"), True)


@pytest.mark.parametrize("plan", [THREE_SHIFTS, NIGHT])
@pytest.mark.parametrize(
    ("within", "last"),
    [("same day", "2026-11-25 00:00"), ("next day", "2026-11-26 00:00"), ("Friday", "2026-11-28 00:00"),
     ("month end", "2026-12-01 00:00"), ("year end", "2027-01-01 00:00")],
)  # fmt: skip
def test_with_shifts_through_the_night_a_day_still_ends_at_midnight(plan: str, within: str, last: str) -> None:
    calendar = Calendar(duty=DutyPlan.of(plan))
    assert calendar.deadline(local("2026-11-24 10:00"), within, "duty").due == local(last)


@pytest.mark.parametrize(
    ("moment", "within", "calendar", "due"),
    [
        ("2026-11-23 09:50", "8 h before", "duty", "2026-11-20 09:50"),
        ("2026-11-23 09:50", "8 h before", "always", "2026-11-23 01:50"),
        ("2026-11-24 13:30", "1 h before", "duty", "2026-11-24 11:30"),
        ("2026-11-24 20:00", "30 min before", "duty", "2026-11-24 16:30"),
        ("2026-10-09 08:30", "1 h before", "duty", "2026-10-08 16:30"),
        ("2026-10-08 08:30", "1 h before", "duty", "2026-09-30 17:00"),
    ],
)
def test_before_counts_back_on_its_own_calendar(moment: str, within: str, calendar: str, due: str) -> None:
    assert Calendar().deadline(local(moment), within, calendar).due == local(due)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["", THREE_SHIFTS, NIGHT]), st.integers(0, 500_000), st.integers(1, 3000),
    st.sampled_from(["always", "duty", "working"]),
)  # fmt: skip
def test_counting_back_and_counting_again_agree(plan: str, at: int, minutes: int, name: str) -> None:
    calendar = Calendar(duty=DutyPlan.of(plan) if plan else DutyPlan())
    end = local("2026-01-10 00:00") + timedelta(minutes=at % 450_000)
    begin = calendar.subtract(end, minutes * 60, name)
    assert calendar.counted(begin, end, name) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("00:00-24:00", ((time(0), time(0)),)),
        ("０８：００－１２：００、１３：００－１７：００", ((time(8), time(12)), (time(13), time(17)))),
        ("8:00～12:00；13:00至17:00", ((time(8), time(12)), (time(13), time(17)))),
        ("00:00-08:00,08:00-16:00,16:00-24:00", S),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, segments: tuple[tuple[time, time], ...]) -> None:
    assert parse_hours(text) == segments


def test_duty_round_the_clock_counts_every_minute_of_a_worked_day() -> None:
    calendar = Calendar(duty=DutyPlan.of("Mon-Fri 00:00-24:00"))
    assert calendar.counted(local("2026-11-24 00:00"), local("2026-11-25 00:00"), "duty") == timedelta(hours=24)
    assert calendar.add(local("2026-11-27 23:00"), 7200, "duty") == local("2026-11-30 01:00")


@pytest.mark.parametrize(
    ("limit", "said"),
    [("0 min", "nothing"), ("0h", "nothing"), ("PT0M", "nothing"), ("0.5 h", "whole"), ("1,5 h", "whole")],
)
def test_nothing_and_half_a_unit_get_a_sentence_of_their_own(limit: str, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_within(limit)
    words.use("en")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "calendar", "said"),
    [
        ("2 days before", "duty", "Duty hours are counted"), ("PT0.5H", "always", "a whole number of its unit"),
        ("０ min", "always", "A limit of nothing"),
    ],
)  # fmt: skip
def test_a_limit_that_cannot_be_is_refused_with_its_own_sentence_however_it_is_written(
    text: str, calendar: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        parse_within(text, calendar)
