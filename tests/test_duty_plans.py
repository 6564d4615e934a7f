"""The hours that real sites have, each against examples worked out by hand."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from data.words import use
from desk.calendar import Calendar, Days, DutyPlan, OwnDay, parse_plan, said
from desk.calendar.plan import BEGINNING
from desk.ground.refusals import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = "08:00-12:00,13:00-17:00"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def due(calendar: Calendar, start: str, within: str, name: str = "duty") -> str:
    return f"{calendar.local(calendar.deadline(local(start), within, name).due):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("plan", "start", "within", "end"),
    [
        # Seven days with holidays: Saturday the 28th counts, 1 October does not.
        (f"daily {OFFICE}", "2026-11-27 16:00", "2 h", "2026-11-28 09:00"),
        (f"daily {OFFICE}", "2026-09-30 16:00", "2 h", "2026-10-08 09:00"),
        (f"daily {OFFICE}\nholidays as usual", "2026-09-30 16:00", "2 h", "2026-10-01 09:00"),
        (f"daily {OFFICE}\nholidays 09:00-11:00", "2026-09-30 16:00", "2 h", "2026-10-01 10:00"),
        # Three shifts round the clock.
        ("daily 00:00-08:00,08:00-16:00,16:00-24:00; holidays as usual", "2026-10-02 23:00", "9 h", "2026-10-03 08:00"),
        # Half a Saturday: four hours of it are the rest of a day.
        (f"Mon-Fri {OFFICE}\nSat 08:00-12:00", "2026-11-27 16:00", "6 h", "2026-11-30 09:00"),
        # A make-up Saturday has the hours of a Monday: 10 October 2026.
        (f"Mon-Fri {OFFICE}\nSat 08:00-12:00", "2026-10-10 11:00", "3 h", "2026-10-10 15:00"),
        # Alternate Saturdays: the 28th is worked, the 5th is not, the 12th is.
        (f"Mon-Fri {OFFICE}\nevery other Sat from 2026-11-28 {OFFICE}", "2026-11-27 17:00", "1 h", "2026-11-28 09:00"),
        (f"Mon-Fri {OFFICE}\nevery other Sat from 2026-11-28 {OFFICE}", "2026-12-04 17:00", "1 h", "2026-12-07 09:00"),
        (f"Mon-Fri {OFFICE}\n隔周六自2026-11-28 {OFFICE}", "2026-12-11 17:00", "1 h", "2026-12-12 09:00"),
        # Other hours by weekday: a long Wednesday.
        (f"Mon-Fri {OFFICE}\nWed 08:00-12:00,13:00-20:00", "2026-11-25 16:00", "3 h", "2026-11-25 19:00"),
        # A season over the new year, and one inside another: the later rule has the word.
        (f"daily {OFFICE}\n11-15..03-15 daily 09:00-12:00,13:00-16:00", "2026-11-14 16:00", "2 h", "2026-11-15 10:00"),
        (f"daily {OFFICE}\n06-01..09-30 daily 07:00-11:00\n07-15..08-15 daily 06:00-10:00", "2026-07-15 05:00", "1 h",
         "2026-07-15 07:00"),
        # Closed on Mondays, open at weekends.
        (f"Tue-Sun {OFFICE}", "2026-11-29 16:00", "2 h", "2026-12-01 09:00"),
    ],
)  # fmt: skip
def test_a_limit_in_duty_hours_ends_as_the_plan_says(plan: str, start: str, within: str, end: str) -> None:
    assert due(Calendar(duty=DutyPlan.of(plan)), start, within) == end


def test_the_whole_of_a_saturday_counts_as_a_working_day_where_the_site_works_on_it() -> None:
    for plan, end in (
        (f"Mon-Fri {OFFICE}", "2026-11-30 17:00"),
        (f"Mon-Fri {OFFICE}\nSat 08:00-12:00", "2026-11-28 12:00"),
    ):
        assert due(Calendar(duty=DutyPlan.of(plan)), "2026-11-27 10:00", "1 working day", "working") == end
    by_law = Calendar(duty=DutyPlan.of(f"daily {OFFICE}"), by_law=True)
    assert due(by_law, "2026-11-27 10:00", "1 working day", "working") == "2026-11-30 17:00"
    # A public holiday is no working day, even where the desk is open.
    open_always = Calendar(duty=DutyPlan.of(f"daily {OFFICE}; holidays as usual"))
    assert due(open_always, "2026-09-30 10:00", "1 working day", "working") == "2026-10-08 17:00"


def test_each_promise_counts_in_the_hours_of_its_own_calendar() -> None:
    repairs = DutyPlan.of("daily 08:00-20:00; holidays as usual")
    site = Calendar(others={"repairs": repairs})
    assert due(site, "2026-11-27 16:00", "2 h") == "2026-11-30 09:00"
    assert due(site, "2026-11-27 16:00", "2 h", "duty:repairs") == "2026-11-27 18:00"
    assert due(site, "2026-11-27 16:00", "same day", "duty:repairs") == "2026-11-27 20:00"
    assert due(site, "2026-11-27 16:00", "2 h", "duty:nobody") == "2026-11-30 09:00"
    # Its working days are those on which it works; the desk's are those of everything else.
    assert due(site, "2026-11-27 10:00", "1 working day", "duty:repairs") == "2026-11-28 20:00"
    assert due(site, "2026-11-27 10:00", "1 working day", "duty:nobody") == "2026-11-30 17:00"
    assert due(site, "2026-11-27 10:00", "1 working day", "duty") == "2026-11-30 17:00"
    assert due(site, "2026-10-27 10:00", "month start", "duty:repairs") == "2026-11-01 20:00"
    weekdays = Calendar(others={"repairs": DutyPlan.of("Tue-Sun 08:00-20:00")})
    assert due(weekdays, "2026-11-27 21:00", "Monday", "duty:repairs") == "2026-12-01 00:00"
    assert due(weekdays, "2026-11-28 10:00", "2 working days", "duty:repairs") == "2026-12-01 20:00"


def test_a_single_day_of_the_sites_own_stands_against_every_notice() -> None:
    notice = Days({date(2026, 12, 24): (False, "")}, frozenset({2026}))
    own = {
        ("", date(2026, 12, 24)): OwnDay((), "年会"),
        ("desk", date(2026, 12, 25)): OwnDay(((time(8), time(10)),)),
        ("", date(2026, 12, 26)): OwnDay(None),
    }
    site = Calendar(days=notice, own=own, others={"guards": DutyPlan.of("daily 00:00-24:00")})
    assert due(site, "2026-12-23 17:00", "1 h") == "2026-12-25 09:00"
    assert due(site, "2026-12-25 10:00", "8 h") == "2026-12-26 17:00"
    assert due(site, "2026-12-25 10:00", "1 h", "duty:guards") == "2026-12-25 11:00"
    assert due(site, "2026-12-23 10:00", "1 working day", "working") == "2026-12-25 10:00"
    assert site.why_off(local("2026-12-24 09:00")) == "年会"
    (first, *_rest) = site.spans(local("2026-12-26 08:00"), local("2026-12-26 09:00"), "duty")
    assert first.why == "own day"


def test_hours_are_valid_from_a_day_on_and_a_past_day_keeps_its_own() -> None:
    plan = DutyPlan(
        ((BEGINNING, parse_plan(f"Mon-Fri {OFFICE}")), (date(2026, 12, 1), parse_plan("daily 10:00-18:00")))
    )
    site = Calendar(duty=plan)
    assert due(site, "2026-11-30 16:30", "1 h") == "2026-12-01 10:30"
    assert due(site, "2026-12-05 11:00", "1 h") == "2026-12-05 12:00"
    assert site.hours(date(2026, 11, 28)) == ()


def test_a_plan_that_works_whatever_a_notice_says_rests_on_none() -> None:
    always = Calendar(duty=DutyPlan.of("daily 08:00-20:00; holidays as usual; make-up days as usual"))
    assert not always.deadline(local("2026-12-31 19:00"), "2 h", "duty").provisional
    holidays = Calendar(duty=DutyPlan.of("daily 08:00-20:00"))
    assert holidays.deadline(local("2026-12-31 19:00"), "2 h", "duty").provisional


@pytest.mark.parametrize(
    "text",
    ["", "08:00-12:00", "Mon-Fri", "Mon-Fri 8-12", "Moonday 08:00-12:00", "every other Sat 08:00-12:00",
     "Sat from 2026-11-28 08:00-12:00",
     "02-30..03-01 daily 08:00-12:00", "daily closed", "Sat as usual", "Mon-Fri 08:00-12:00,11:00-13:00",
     "Mon-Fri 08:00-12:00\nxx",
     "every other Sat from 2026-13-01 08:00-12:00"],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_plan(text, "plan")
    assert caught.value.field == "plan"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plan_is_shown_in_words_that_can_be_typed_again(language: str) -> None:
    text = (
        "周一至周五 08:00-12:00、13:00-17:00；周六 08:00－12:00；周日休息；隔周六自2026-11-28 09:00-12:00\n"
        "11-15..03-15 每天 22:00-06:00\n节假日照常\n调休日 08:00-24:00\n周末 09:00-12:00\nMon, Wed 09:00-10:00\n"
        "every other daily from 2026-11-28 10:00-11:00"
    )
    rules = parse_plan(text)
    use(language)
    shown = [said(rule) for rule in rules]
    assert parse_plan("\n".join(shown)) == rules
    assert len(rules) == 10


def test_a_night_ends_when_the_next_days_hours_begin_so_that_nothing_counts_twice() -> None:
    site = Calendar(duty=DutyPlan.of("daily 00:00-24:00; Sun 20:00-02:00"))
    assert due(site, "2026-11-29 20:00", "8 h") == "2026-11-30 04:00"
