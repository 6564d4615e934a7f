"""Deadline arithmetic: from a start, a limit and a calendar to the instant it is due, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from data.words import N_
from desk.calendar.days import DayKind, Days
from desk.calendar.plan import OPEN, DutyPlan, OwnDay, Segment
from desk.calendar.within import PERIODS, WEEKDAYS, Within, parse_within
from desk.ground.refusals import Invalid

DAY = timedelta(days=1)
SATURDAY = 5
# The name of the desk's own calendar, where a single day is said of it alone.
DESK = "desk"
SEARCH_DAYS = 366 * 120


@dataclass(frozen=True)
class Deadline:
    """When a promise is due, from when it may be kept, and whether that rests on an unknown holiday notice."""

    due: datetime
    not_before: datetime | None
    provisional: bool


@dataclass(frozen=True)
class Span:
    """A stretch of time that counted or did not, and why: on duty, lunch, off duty, a day's name."""

    start: datetime
    end: datetime
    counted: bool
    why: str


@dataclass(frozen=True)
class Calendar:
    """The site's calendar: zone, duty hours, worked days. Instants in and out are aware UTC.

    A promise counts on "always", on "working" days, in the hours of the desk, "duty", or in those of a calendar of its
    own, such as "duty:repairs"; hours that the site does not have are those of the desk.

    others: the plans of the site's other calendars by their names.
    own: the days that the site itself closes, opens or gives other hours, by calendar ("" for all) and day.
    by_law: working days are those of the State Council, whatever days the site itself works on.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    duty: DutyPlan = field(default_factory=DutyPlan)
    days: Days = field(default_factory=Days)
    others: Mapping[str, DutyPlan] = field(default_factory=dict)
    own: Mapping[tuple[str, date], OwnDay] = field(default_factory=dict)
    by_law: bool = False
    # What was reckoned of a day: a calendar never changes, and a month of promises asks the same days again and again.
    _reckoned: dict[tuple[date, str], list[tuple[datetime, datetime]]] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def local(self, instant: datetime) -> datetime:
        """The instant as people at the site read it."""
        return instant.astimezone(self.zone)

    def at(self, day: date, clock: time) -> datetime:
        """The UTC instant of a local day and time of day."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def midnight(self, day: date) -> datetime:
        """The UTC instant in which a local day begins."""
        return self.at(day, time())

    def worked(self, day: date, calendar: str = "working") -> bool:
        """Whether a day is worked on a calendar."""
        if calendar != "working":
            return bool(self.hours(day, calendar))
        kind, own = self.days.kind(day), self._own_day(day, "duty")
        if self.by_law or (kind.off and kind.name != "weekend" and own is None):
            return not kind.off
        return (kind.name == "makeup" and own is None) or bool(self.hours(day, "duty"))

    def plan(self, calendar: str) -> DutyPlan:
        """The plan of hours of a calendar; the desk's for one that the site does not have."""
        return self.others.get(calendar.partition(":")[2], self.duty)

    def _own_day(self, day: date, calendar: str) -> OwnDay | None:
        name = calendar.partition(":")[2] or DESK
        return self.own.get((name, day)) or self.own.get(("", day))

    def hours(self, day: date, calendar: str = "duty") -> tuple[Segment, ...]:
        """The hours on duty of a local day; none when it is off."""
        own = self._own_day(day, calendar)
        if own is None:
            return self.plan(calendar).hours(day, self.days.kind(day))
        if own.hours is not None:
            return own.hours
        return self.plan(calendar).hours(day, DayKind(False, OPEN, True))

    def windows(self, day: date, calendar: str) -> list[tuple[datetime, datetime]]:
        """The stretches of a local day that count; an overnight segment belongs to the day it starts on."""
        known = self._reckoned.get((day, calendar))
        if known is None:
            known = self._reckoned[(day, calendar)] = self._reckon(day, calendar)
        return known

    def _reckon(self, day: date, calendar: str) -> list[tuple[datetime, datetime]]:
        if calendar == "working":
            return [(self.midnight(day), self.midnight(day + DAY))] if self.worked(day) else []
        found = [
            (self.at(day, start), self.at(day if end > start else day + DAY, end))
            for start, end in self.hours(day, calendar)
        ]
        # A night ends at the latest when the next day's hours begin: nothing counts twice.
        if found and found[-1][1] > self.midnight(day + DAY) and (later := self.hours(day + DAY, calendar)):
            found[-1] = (found[-1][0], min(found[-1][1], self.at(day + DAY, later[0][0])))
        return found

    def _windows_from(self, start: datetime, calendar: str) -> Iterator[tuple[datetime, datetime]]:
        day = self.local(start).date() - DAY
        for offset in range(SEARCH_DAYS):
            for opens, closes in self.windows(day + offset * DAY, calendar):
                if closes > start:
                    yield max(opens, start), closes

    def end_of_duty(self, day: date, calendar: str = "duty") -> datetime | None:
        """When duty ends on a local day, or None when nobody is on duty; days end with the desk's own hours."""
        windows = self.windows(day, calendar if calendar.startswith("duty") else "duty")
        return windows[-1][1] if windows else None

    def add(self, start: datetime, seconds: int, calendar: str) -> datetime:
        """The instant by which that many seconds have counted; refuses a calendar in which nothing counts."""
        if calendar == "always":
            return start + timedelta(seconds=seconds)
        left = timedelta(seconds=seconds)
        for opens, closes in self._windows_from(start, calendar):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise Invalid(N_("No time counts on this calendar."), field="calendar")

    def subtract(self, end: datetime, seconds: int, calendar: str) -> datetime:
        """The instant from which that many seconds count until `end`; refuses a calendar in which nothing counts."""
        if calendar == "always":
            return end - timedelta(seconds=seconds)
        left, day = timedelta(seconds=seconds), self.local(end).date()
        for offset in range(SEARCH_DAYS):
            for opens, closes in reversed(self.windows(day - offset * DAY, calendar)):
                stretch = min(closes, end) - opens
                if stretch >= left:
                    return min(closes, end) - left
                left -= max(stretch, timedelta())
        raise Invalid(N_("No time counts on this calendar."), field="calendar")

    def counted(self, start: datetime, end: datetime, calendar: str) -> timedelta:
        """How much of the stretch from start to end counts."""
        if calendar == "always":
            return max(end - start, timedelta())
        total = timedelta()
        for opens, closes in self._windows_from(start, calendar):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def deadline(self, start: datetime, within: str, calendar: str) -> Deadline:
        """When something begun at start is due.

        Args:
            start: aware instant; for "by" and "before" the agreed moment itself.
            within: a limit in the words of `within`.
            calendar: "always", "duty" or "working".

        Raises:
            Invalid: the limit or the calendar makes no sense, or the date lies beyond what can be reckoned.
        """
        limit = parse_within(within, calendar)
        try:
            due, not_before = self._due(start.astimezone(UTC), limit, calendar)
        except OverflowError as error:
            raise Invalid(N_("That date lies beyond what can be reckoned."), field="from") from error
        return Deadline(due, not_before, self.rests_on_unknown(start, due, limit, calendar))

    def rests_on_unknown(self, start: datetime, due: datetime, limit: Within, calendar: str) -> bool:
        """Whether a deadline depends on days of a year whose holiday notice is not known."""
        if limit.word == "by" or (calendar == "always" and (limit.seconds or limit.months or limit.before)):
            return False
        first, last = sorted((self.local(start).date(), self.local(due).date()))
        if calendar.startswith("duty") and not self.plan(calendar).needs_notice(first, last):
            return False
        return not (self.days.kind(first).known and self.days.kind(last).known)

    def _due(self, start: datetime, limit: Within, calendar: str) -> tuple[datetime, datetime | None]:
        if limit.before:
            return self.subtract(start, limit.before, calendar), None
        if limit.seconds:
            return self.add(start, limit.seconds, calendar), None
        if limit.months:
            opens = self._months_on(start, limit.opens_months) if limit.opens_months else None
            return self._worked_months(self._months_on(start, limit.months), opens, calendar)
        if limit.working_days:
            day = self._nth_worked(self.local(start).date(), limit.working_days, calendar)
            return self._end_of(day, calendar), None
        return self._due_by_word(start, limit.word, calendar), None

    def _due_by_word(self, start: datetime, word: str, calendar: str) -> datetime:
        today = self.local(start).date()
        if word == "by":
            return start
        if word == "same day":
            return self._end_after(today, start, calendar)
        if word == "next day":
            return self._end_of(today + DAY, calendar)
        if word == "month start":
            first = _first_of_month(today, 1)
            return self._end_of(self._nth_worked(first - DAY, 1, calendar), calendar)
        if word in WEEKDAYS:
            return self._weekday_end(start, WEEKDAYS.index(word), calendar)
        length = PERIODS[word]
        month = (today.month - 1) // length * length + 1
        return self._end_after(_first_of_month(today.replace(month=month, day=1), length) - DAY, start, calendar)

    def _end_of(self, day: date, calendar: str = "duty") -> datetime:
        """The end of duty of a day, which is over at midnight whoever is on duty through the night."""
        end, midnight = self.end_of_duty(day, calendar), self.midnight(day + DAY)
        return min(end, midnight) if end is not None else midnight

    def _end_after(self, day: date, start: datetime, calendar: str) -> datetime:
        end = self._end_of(day, calendar)
        return end if end > start else self.midnight(day + DAY)

    def _weekday_end(self, start: datetime, weekday: int, calendar: str) -> datetime:
        today = self.local(start).date()
        monday = today - timedelta(days=today.weekday())
        days = self._days_of(calendar)
        while True:
            target = monday + timedelta(days=weekday)
            worked = next((d for back in range(weekday + 1) if self.worked(d := target - back * DAY, days)), target)
            if (end := self._end_of(worked, calendar)) > start:
                return end
            monday += 7 * DAY

    def _days_of(self, calendar: str) -> str:
        """The calendar by which days are worked days: one of the site's own that it names, else the working days."""
        return calendar if calendar.partition(":")[2] in self.others else "working"

    def _nth_worked(self, day: date, count: int, calendar: str) -> date:
        days = self._days_of(calendar)
        for _ in range(SEARCH_DAYS):
            day += DAY
            if self.worked(day, days):
                count -= 1
                if count == 0:
                    return day
        raise Invalid(N_("No day is worked on this calendar."), field="calendar")

    def _months_on(self, start: datetime, months: int) -> datetime:
        local = self.local(start)
        first = _first_of_month(local.date(), months)
        last_day = (_first_of_month(first, 1) - DAY).day
        moved = datetime.combine(first.replace(day=min(local.day, last_day)), local.timetz())
        return moved.astimezone(UTC)

    def _worked_months(self, due: datetime, opens: datetime | None, calendar: str) -> tuple[datetime, datetime | None]:
        """Off the always calendar, an end on a day off moves back to a worked day and an opening forward."""
        if calendar == "always":
            return due, opens
        while not self.worked(self.local(due).date(), calendar):
            due -= DAY
        while opens is not None and opens < due and not self.worked(self.local(opens).date(), calendar):
            opens += DAY
        return due, opens

    def spans(self, start: datetime, end: datetime, calendar: str) -> list[Span]:
        """The stretches between two instants, counted and not, in order and without holes."""
        if calendar == "always" or end <= start:
            return [Span(start, end, True, "always")] if end > start else []
        spans: list[Span] = []
        position = start
        for opens, closes in self._windows_from(start, calendar):
            if opens >= end:
                break
            self._gap(spans, position, opens, calendar)
            position = min(closes, end)
            spans.append(Span(opens, position, True, self._why_on(self.local(opens).date(), calendar)))
        self._gap(spans, position, end, calendar)
        return spans

    def _gap(self, spans: list[Span], start: datetime, end: datetime, calendar: str) -> None:
        while start < end:
            day = self.local(start).date()
            stop = min(self.midnight(day + DAY), end)
            why = self.why_off(start, calendar)
            if spans and not spans[-1].counted and spans[-1].why == why and spans[-1].end == start:
                spans[-1] = Span(spans[-1].start, stop, False, why)
            else:
                spans.append(Span(start, stop, False, why))
            start = stop

    def _why_on(self, day: date, calendar: str) -> str:
        """Why a worked day counts: the site's own word for it, a make-up workday, a workday, on duty."""
        if (own := self._own_day(day, calendar)) is not None:
            return own.name or "own day"
        if self.days.kind(day).name == "makeup":
            return "makeup"
        return "workday" if calendar == "working" else "on duty"

    def why_off(self, instant: datetime, calendar: str = "duty") -> str:
        """Why an instant does not count: a holiday's name, "weekend", "lunch" or "night"; "" when it counts."""
        day = self.local(instant).date()
        for opens, closes in self.windows(day - DAY, calendar) + self.windows(day, calendar):
            if opens <= instant < closes:
                return ""
        if not self.worked(day, calendar):
            if (own := self._own_day(day, calendar)) is not None:
                return own.name or "closed"
            return self.days.kind(day).name or ("weekend" if day.weekday() >= SATURDAY else "day off")
        windows = self.windows(day, calendar)
        between = windows and windows[0][0] <= instant < windows[-1][1]
        return "lunch" if between else "night"


def _first_of_month(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    if index // 12 > 9998:
        raise OverflowError
    return date(index // 12, index % 12 + 1, 1)
