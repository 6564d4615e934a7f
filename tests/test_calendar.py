from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.calendar import Calendar, Days, DutyPlan, parse_hours, parse_within
from desk.ground.refusals import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
SITE = Calendar()


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "within", "calendar", "due"),
    [
        ("2026-11-24 10:00", "10 min", "always", "2026-11-24 10:10"),
        ("2026-11-24 11:55", "10 min", "duty", "2026-11-24 13:05"),
        ("2026-07-01 11:55", "10 min", "duty", "2026-07-01 13:35"),
        ("2026-09-30 16:30", "2 h", "duty", "2026-10-08 09:00"),
        ("2026-10-10 16:00", "2 h", "duty", "2026-10-12 09:00"),
        ("2026-11-24 10:00", "PT90M", "duty", "2026-11-24 11:30"),
        ("2026-11-24 10:00", "1 day", "always", "2026-11-25 10:00"),
        ("2026-11-27 10:00", "1 working day", "working", "2026-11-30 17:00"),
        ("2026-09-30 10:00", "1 working day", "working", "2026-10-08 17:00"),
        ("2026-11-28 10:00", "1 working day", "working", "2026-11-30 17:00"),
        ("2026-11-24 10:00", "same day", "duty", "2026-11-24 17:00"),
        ("2026-11-24 18:00", "same day", "duty", "2026-11-25 00:00"),
        ("2026-11-24 18:00", "next day", "duty", "2026-11-25 17:00"),
        ("2026-01-31 10:00", "1 month", "always", "2026-02-28 10:00"),
        ("2026-11-24 10:00", "5 min before", "always", "2026-11-24 09:55"),
        ("2026-11-24 10:00", "by", "always", "2026-11-24 10:00"),
        ("2026-11-24 10:00", "Friday", "duty", "2026-11-27 17:00"),
        ("2026-11-27 17:00", "Friday", "duty", "2026-12-04 17:00"),
        ("2026-09-29 10:00", "Friday", "duty", "2026-09-30 17:30"),
        ("2026-11-24 10:00", "month end", "duty", "2026-11-30 17:00"),
        ("2026-11-24 10:00", "month start", "duty", "2026-12-01 17:00"),
        ("2026-11-24 10:00", "year end", "duty", "2026-12-31 17:00"),
    ],
)  # fmt: skip
def test_a_limit_ends_when_the_words_say(start: str, within: str, calendar: str, due: str) -> None:
    assert SITE.deadline(local(start), within, calendar).due == local(due)


@pytest.mark.clause("RV-5")
def test_a_return_visit_after_works_has_a_not_before_and_a_deadline() -> None:
    found = SITE.deadline(local("2026-11-24 10:00"), "1 month .. 2 months", "always")
    assert (found.not_before, found.due) == (local("2026-12-24 10:00"), local("2027-01-24 10:00"))


def test_a_deadline_in_a_year_without_notice_is_provisional_until_the_notice_is_known() -> None:
    start = local("2026-12-31 16:00")
    assert SITE.deadline(start, "2 h", "duty").provisional
    known = Calendar(days=Days({date(2027, 1, 1): (True, "元旦"), date(2027, 1, 4): (True, "元旦")}, frozenset({2027})))
    found = known.deadline(start, "2 h", "duty")
    assert not found.provisional
    assert found.due == local("2027-01-05 09:00")


def test_minutes_that_never_stop_do_not_rest_on_a_notice() -> None:
    assert not SITE.deadline(local("2026-12-31 16:00"), "3 days", "always").provisional


@pytest.mark.parametrize(
    ("within", "calendar"),
    [("", "always"), ("soon", "always"), ("0 min", "always"), ("2 months .. 1 month", "always"), ("1 day", "duty"),
     ("1 h", "lunar"), ("200 years", "always"), ("-5 min", "always")],
)  # fmt: skip
def test_an_impossible_limit_is_refused(within: str, calendar: str) -> None:
    with pytest.raises(Invalid):
        parse_within(within, calendar)


@pytest.mark.parametrize("text", ["", "8-12", "08:00-08:00", "08:00-12:00,11:00-13:00", "25:00-26:00", "08:00"])
def test_impossible_duty_hours_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_hours(text)


@pytest.mark.clause("DUT-2")
def test_lunch_is_longer_in_summer() -> None:
    assert SITE.why_off(local("2026-07-01 13:15")) == "lunch"
    assert SITE.why_off(local("2026-11-24 13:15")) == ""
    assert SITE.why_off(local("2026-11-24 12:15")) == "lunch"
    assert SITE.why_off(local("2026-11-24 20:00")) == "night"
    assert SITE.why_off(local("2026-10-01 10:00")) == "国庆节"


def counted_minute_by_minute(calendar: Calendar, start: datetime, end: datetime, name: str) -> int:
    """An oracle that knows nothing of windows: it looks at every minute."""
    minutes, moment = 0, start
    while moment < end:
        here = moment.astimezone(SHANGHAI)
        on = False
        for day in (here.date(), here.date() - timedelta(days=1)):
            if not calendar.worked(day, name):
                continue
            if name == "working":
                on |= day == here.date()
                continue
            for opens, closes in calendar.hours(day, name):
                begin = datetime.combine(day, opens, SHANGHAI)
                stop = datetime.combine(day + timedelta(days=closes <= opens), closes, SHANGHAI)
                on |= begin <= here < stop
        minutes += on
        moment += timedelta(minutes=1)
    return minutes


PLANS = st.sampled_from(
    [
        DutyPlan(),
        DutyPlan.of("Mon-Fri 09:00-11:00,22:00-06:00"),
        DutyPlan.of("daily 08:00-12:00; holidays as usual"),
        DutyPlan.of("daily 00:00-24:00; holidays closed; Sun 20:00-02:00"),
    ]
)


@settings(max_examples=40, deadline=None)
@given(PLANS, st.integers(0, 525_000), st.integers(1, 900), st.sampled_from(["duty", "working"]))
def test_adding_and_counting_agree_with_looking_at_every_minute(plan: DutyPlan, at: int, span: int, name: str) -> None:
    calendar = Calendar(duty=plan)
    start = local("2026-01-01 00:00") + timedelta(minutes=at)
    due = calendar.add(start, span * 60, name)
    assert calendar.counted(start, due, name) == timedelta(minutes=span)
    if due - start < timedelta(days=6):
        assert counted_minute_by_minute(calendar, start, due, name) == span


@settings(max_examples=60, deadline=None)
@given(PLANS, st.integers(0, 525_000), st.integers(1, 20_000), st.sampled_from(["always", "duty", "working"]))
def test_the_stretches_of_an_explanation_have_no_holes_and_add_up(
    plan: DutyPlan, at: int, span: int, name: str
) -> None:
    calendar = Calendar(duty=plan)
    start = local("2026-01-01 00:00") + timedelta(minutes=at)
    end = start + timedelta(minutes=span)
    spans = calendar.spans(start, end, name)
    assert [spans[0].start, *[s.end for s in spans]] == [*[s.start for s in spans], end]
    counted = sum((s.end - s.start for s in spans if s.counted), timedelta())
    assert counted == calendar.counted(start, end, name)
