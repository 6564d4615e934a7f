"""A duty plan: which hours are on duty on which days, as a site says it (DUT-1, DUT-2).

One rule a line, or parted by semicolons; where two speak of one day, the later one has the word:

    Mon-Fri 08:00-12:00,13:00-17:00                   周一至周五 08:00-12:00,13:00-17:00
    06-01..09-30 Mon-Fri 08:00-12:00,13:30-17:30      a season; it may run over the new year
    Sat 08:00-12:00                                   half a Saturday
    every other Sat from 2026-11-28 08:00-12:00       隔周六自2026-11-28：大小周
    daily 00:00-24:00                                 每天
    holidays 09:00-16:00 | holidays as usual          节假日照常；without such a rule nobody is there on a holiday
    make-up days as usual                             调休日照常；without it a make-up day has Monday's hours
    Sun closed                                        周日休息
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache

from data.words import N_, language
from desk.calendar.days import DayKind
from desk.ground.refusals import Invalid

Segment = tuple[time, time]
Season = tuple[tuple[int, int], tuple[int, int]]
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# The kind of a day that the site itself opens.
OPEN = "open day"
HOLIDAYS, MAKE_UP = "holidays", "make-up days"
DEFAULT = "Mon-Fri 08:00-12:00,13:00-17:00\n06-01..09-30 Mon-Fri 08:00-12:00,13:30-17:30"
BEGINNING = date(1900, 1, 1)
MOST_RULES = 40
_SAME = {
    **dict.fromkeys(("每天", "每日", "天天", "everyday", "every day"), "daily"),
    **dict.fromkeys(("节假日", "法定节假日", "假日", "holiday"), HOLIDAYS),
    **dict.fromkeys(("调休日", "调休上班日", "调休", "make-up", "makeup days"), MAKE_UP),
}
_CHINESE = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_CLOSED = {"closed", "off", "休息", "休", "不上班", "关闭"}
_USUAL = {"as usual", "照常", "正常", "照常上班", "usual"}
_RULE = re.compile(
    r"(?:(?P<season>\d{1,2}-\d{1,2}\s*\.\.\s*\d{1,2}-\d{1,2})\s+)?"
    r"(?P<other>every other\s+|隔周的?|单双?周|大小周)?(?P<days>[^\d:]+?)\s*"
    r"(?:(?:from|自|从)\s*(?P<first>\d{4}-\d{1,2}-\d{1,2})起?)?\s*[:：]?\s*"
    r"(?P<hours>\d{1,2}:\d{2}.*|as usual|usual|closed|off|照常上班|照常|正常|休息|不上班|休|关闭|"
    r"24小时|全天候|全天|24 ?h)",
    re.I,
)


_CHINESE_SEASON = re.compile(r"^(\d{1,2})月(\d{1,2})日?\s*[至到~-]\s*(\d{1,2})月(\d{1,2})日?[,:，：]?\s*")


@dataclass(frozen=True)
class Rule:
    """One rule of a plan.

    days: weekdays, Monday is 0; empty where it speaks of holidays or make-up days, which `of` then says.
    hours: the segments on duty; none is a day off; None is what the weekday has otherwise.
    season: first and last (month, day) of every year; first: a day of the first of every second week.
    """

    days: frozenset[int]
    hours: tuple[Segment, ...] | None
    of: str = ""
    season: Season | None = None
    first: date | None = None

    def speaks_of(self, day: date) -> bool:
        """Whether the day lies in the rule's season and in its week."""
        if self.season is not None:
            begin, end = self.season
            key = (day.month, day.day)
            inside = begin <= key <= end if begin <= end else key >= begin or key <= end
            if not inside:
                return False
        if self.first is None:
            return True
        weeks = (_monday(day) - _monday(self.first)) // 7
        return weeks >= 0 and weeks % 2 == 0


@dataclass(frozen=True)
class OwnDay:
    """A single day that the site itself closes, opens or gives other hours, whatever a notice says.

    hours: none when it is closed; None for the hours of a Monday.
    """

    hours: tuple[Segment, ...] | None
    name: str = ""


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()


Version = tuple[date, tuple[Rule, ...]]


def _shipped() -> tuple[Version, ...]:
    return ((BEGINNING, parse_plan(DEFAULT)),)


@dataclass(frozen=True)
class DutyPlan:
    """The hours of one calendar of a site, with those that were valid before and will be later.

    versions: from which day on which rules are valid, in order.
    """

    versions: tuple[Version, ...] = field(default_factory=_shipped)

    @classmethod
    def of(cls, text: str) -> "DutyPlan":
        """The plan that a text says, valid always."""
        return cls(((BEGINNING, parse_plan(text)),))

    def rules(self, day: date) -> tuple[Rule, ...]:
        """The rules that are valid on a day."""
        found: tuple[Rule, ...] = ()
        for first, rules in self.versions:
            if first <= day:
                found = rules
        return found

    def hours(self, day: date, kind: DayKind) -> tuple[Segment, ...]:
        """The hours on duty of a day; none when it is off."""
        rules = [rule for rule in self.rules(day) if rule.speaks_of(day)]
        if kind.name == OPEN:
            known = [rule for rule in reversed(rules) if rule.days and rule.hours]
            return next((rule.hours or () for rule in known if 0 in rule.days), known[0].hours or () if known else ())
        weekday = day.weekday()
        if kind.off and kind.name != "weekend":
            said = next((rule for rule in reversed(rules) if rule.of == HOLIDAYS), None)
            if said is None or said.hours is not None:
                return said.hours or () if said else ()
        elif kind.name == "makeup":
            said = next((rule for rule in reversed(rules) if rule.of == MAKE_UP), None)
            if said is not None and said.hours is not None:
                return said.hours
            weekday = _usual(rules, weekday) if said is None else weekday
        return next((rule.hours or () for rule in reversed(rules) if weekday in rule.days), ())

    def needs_notice(self, first: date, last: date) -> bool:
        """Whether anything between two days depends on what a year's holiday notice says."""
        valid = [self.rules(first), *(rules for start, rules in self.versions if first < start <= last)]
        return any(
            not {rule.of for rule in rules if rule.hours is None and rule.season is None} >= {HOLIDAYS, MAKE_UP}
            for rules in valid
        )


def _usual(rules: Sequence[Rule], otherwise: int) -> int:
    """The first day from Monday to Friday that has hours: a make-up day is worked as that one."""
    return next((day for day in range(5) if any(day in rule.days and rule.hours for rule in rules)), otherwise)


def said(rule: Rule) -> str:
    """A rule in the reader's language, as it can be typed again."""
    chinese = language() == "zh"
    if rule.of:
        days = {HOLIDAYS: "节假日", MAKE_UP: "调休日"}[rule.of] if chinese else rule.of
    else:
        days = _days_said(sorted(rule.days), chinese)
    if rule.first is not None:
        days = days.replace("每天", "周一至周日")
        days = f"隔{days}自{rule.first}" if chinese else f"every other {days} from {rule.first}"
    season = "{:02d}-{:02d}..{:02d}-{:02d} ".format(*rule.season[0], *rule.season[1]) if rule.season else ""
    if rule.hours:
        hours = ",".join(f"{begin:%H:%M}-{'24:00' if end == time() else f'{end:%H:%M}'}" for begin, end in rule.hours)
    else:
        hours = ("照常" if chinese else "as usual") if rule.hours is None else "休息" if chinese else "closed"
    return f"{season}{days} {hours}"


def _days_said(days: list[int], chinese: bool) -> str:
    names = [f"周{name}" for name in "一二三四五六日"] if chinese else list(WEEK)
    if len(days) == len(WEEK):
        return "每天" if chinese else "daily"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{names[days[0]]}{'至' if chinese else '-'}{names[days[-1]]}"
    return ("、" if chinese else ",").join(names[day] for day in days)


@lru_cache(maxsize=32)
def parse_plan(text: str, name: str = "hours") -> tuple[Rule, ...]:
    """The rules of a plan.

    Raises:
        Invalid: at `name`, with the line that cannot be read.
    """
    # What is only hours goes on with the line before.
    joined = re.sub(r"\s*[\n;]\s*(?=\d{1,2}:\d{2}\s*[-~])", ",", unicodedata.normalize("NFKC", text))
    lines = [line for line in re.split(r"[\n;]", joined) if line.strip()]
    if not lines or len(lines) > MOST_RULES:
        raise Invalid(N_("Write the hours on duty, such as Mon-Fri 08:00-12:00,13:00-17:00."), field=name)
    rules = tuple(_rule(line.strip(), name) for line in lines)
    if not any(rule.hours for rule in rules):
        raise Invalid(N_("Nobody would ever be on duty: write the hours of at least one day."), field=name)
    return rules


def _rule(line: str, name: str) -> Rule:
    match = _RULE.fullmatch(_CHINESE_SEASON.sub(r"\1-\2..\3-\4 ", line))
    wrong = Invalid(
        N_("{line} is no rule: write days and hours, such as Sat 08:00-12:00 or holidays as usual."),
        field=name,
        clause="DUT-2",
        line=line[:40],
    )
    if match is None:
        raise wrong
    said = re.sub(r"\s+", " ", match["days"].strip().strip(":,").lower())
    said = _SAME.get(said, said)
    of = said if said in (HOLIDAYS, MAKE_UP) else ""
    hours = _hours(match["hours"], name)
    days = frozenset() if of else _weekdays(said)
    if (not of and not days) or (hours is None and not of) or bool(match["other"]) != bool(match["first"]):
        raise wrong
    try:
        season = _season(match["season"]) if match["season"] else None
        first = date(*map(int, match["first"].split("-"))) if match["first"] else None
    except ValueError as error:
        raise wrong from error
    return Rule(days, hours, of, season, first)


def _hours(text: str, name: str) -> tuple[Segment, ...] | None:
    words = text.strip().lower().rstrip(".。")
    if words in _CLOSED:
        return ()
    return None if words in _USUAL else parse_hours(text, field=name)


def _season(text: str) -> Season:
    begin, end = (tuple(int(part) for part in half.split("-")) for half in text.replace(" ", "").split(".."))
    for month, day in (begin, end):
        date(2024, month, day)
    return (begin[0], begin[1]), (end[0], end[1])


def _weekdays(words: str) -> frozenset[int]:
    """Monday is 0: from daily, Mon-Fri, Mon,Wed or 周一至周五."""
    if words == "daily":
        return frozenset(range(7))
    found: set[int] = set()
    for part in re.split(r"[,、和及&]| and ", words):
        ends = [_weekday(end) for end in re.split(r"[-~至到]", part.strip())]
        if len(ends) > 2 or None in ends:
            return frozenset()
        known = [end for end in ends if end is not None]
        first, last = known[0], known[-1] + (1 if part.strip().endswith("末") else 0)
        found |= {day % 7 for day in range(first, (last if last >= first else last + 7) + 1)}
    return frozenset(found)


def _weekday(word: str) -> int | None:
    word = word.strip().lower()
    if chinese := re.fullmatch(r"(?:周|星期|礼拜)?([一二三四五六日天末])", word):
        return _CHINESE[chinese[1]]
    return next((place for place, name in enumerate(WEEK) if len(word) >= 3 and _LONG[place].startswith(word)), None)


_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


_WHOLE_DAY = ("24小时", "全天", "24h", "24 h", "全天候")


def parse_hours(text: str, *, field: str = "hours") -> tuple[Segment, ...]:
    """Segments from "08:00-12:00, 13:00-17:00" or "00:00-24:00", in any width and with 、 between them.

    Raises:
        Invalid: at `field`, hours that do not exist, or that overlap.
    """
    plain = re.sub(r"[,;、]", ",", re.sub(r"[–—~～至到]", "-", unicodedata.normalize("NFKC", text)))
    if plain.strip() in _WHOLE_DAY:
        plain = "00:00-24:00"
    segments: list[Segment] = []
    try:
        for part in plain.split(","):
            start, end = (piece.strip().zfill(5) for piece in part.split("-"))
            # A day's last moment is the next one's first: 24:00.
            closes = time() if end == "24:00" else time.fromisoformat(end)
            segments.append((time.fromisoformat(start), closes))
            if end != "24:00" and segments[-1][0] == closes:
                raise Invalid(N_("Duty hours must follow one another without overlapping."), field=field)
    except ValueError as error:
        raise Invalid(
            N_("Duty hours are written like 08:00-12:00,13:00-17:00."), field=field, clause="DUT-2"
        ) from error
    segments.sort(key=lambda one: one[0])
    _check_order(segments, field)
    return tuple(segments)


def _check_order(segments: list[Segment], field: str) -> None:
    for index, (start, end) in enumerate(segments):
        last = index == len(segments) - 1
        overlaps = index > 0 and segments[index - 1][1] > start
        overnight_into_first = last and end <= start and end > segments[0][0]
        if (end < start and not last) or overlaps or overnight_into_first:
            raise Invalid(N_("Duty hours must follow one another without overlapping."), field=field)
