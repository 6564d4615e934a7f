"""How long the developer answers for a part of a home: two rules side by side, the later end counts (QRP-2, QRP-4).

The law counts from the day on which the building's completion was accepted, the guarantee book from the day of handing
over to the buyer. What is not known is asked for and never takes a warranty away. The shipped periods are the minima
of law and of the ministry's model book; a site writes what its developer promised into a `warranty.toml` of its own.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session, col, or_, select

from data.directory import Building, Entrance, Unit
from data.words import N_, _, language
from desk.ground import reference
from desk.ground.refusals import Invalid

FILE = "warranty.toml"
IN, OUT, ASK = "in", "out", "ask"
LAW, BOOK = "law", "book"
# From so many days before it ends, an officer asks the home for open defects (ours).
SOON = 60
_PERIOD = re.compile(r"(\d+) (year|month|heating season|cooling season)s?")
_SEASON = re.compile(r"(\d\d)-(\d\d)\.\.(\d\d)-(\d\d)")


@dataclass(frozen=True)
class Part:
    """A part of a building with its periods as they are written; "" where a rule says nothing of it."""

    id: str
    en: str
    zh: str
    law: str
    book: str


@dataclass(frozen=True)
class Rules:
    """The site's periods: the parts, each rule's source, a building's service life, the seasons."""

    parts: tuple[Part, ...]
    sources: tuple[str, str]
    life: str
    heating: str
    cooling: str

    def part(self, id: str) -> Part:
        """One part; refuses one that is not there, at "part"."""
        found = next((one for one in self.parts if one.id == id), None)
        if found is None:
            raise Invalid(N_("Choose the part."), field="part", clause="QRP-4")
        return found


@dataclass(frozen=True)
class Term:
    """What was reckoned of a part of a home.

    law, book: the last day by each rule, None where the rule says nothing of the part, or where its day is missing.
    until: the later of them; standing: IN, OUT or ASK; missing: msgids of what would have to be known.
    """

    part: Part
    law: date | None
    book: date | None
    until: date | None
    standing: str
    missing: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        """Which rule gives the end that counts."""
        return LAW if self.until is not None and self.until == self.law else BOOK


def rules(store: Path) -> Rules:
    """The periods of the site's file, or of the shipped one.

    Raises:
        Invalid: at "file", a period or a season that cannot be read.
    """
    raw = reference.tables_of(store, FILE)
    parts = tuple(
        Part(*(str(row.get(name, "")) for name in ("id", "en", "zh", "law", "book"))) for row in raw.get("part", [])
    )
    found = Rules(
        parts,
        (str(raw.get("law", "")), str(raw.get("book", ""))),
        *(str(raw.get(name, "")) for name in ("service_life", "heating", "cooling")),
    )
    for one in (found.life, *(period for part in parts for period in (part.law, part.book))):
        if one not in ("", "life"):
            last_day(found, one, date(2024, 1, 1))
    return found


def part_name(part: Part) -> str:
    """The part in the reader's language."""
    return part.zh if language() == "zh" else part.en


def last_day(book: Rules, period: str, first: date) -> date:
    """The last day of a period that begins on `first`: the same day of the month, or the month's last; it counts.

    Args:
        period: such as "5 years", "2 months", "2 heating seasons" or "life".

    Raises:
        Invalid: at "file".
    """
    if period == "life":
        return last_day(book, book.life, first)
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise Invalid(
            N_("A warranty is written like 5 years or 2 heating seasons, not {text}."), field="file", text=period
        )
    count, unit = int(match[1]), match[2]
    if unit.endswith("season"):
        return _season_end(book.heating if unit.startswith("heating") else book.cooling, first, count)
    months = first.year * 12 + first.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def _season_end(season: str, first: date, count: int) -> date:
    """The last day of the count-th whole season that begins on the first day or later."""
    match = _SEASON.fullmatch(season)
    if match is None:
        raise Invalid(N_("A season is written like 11-15..03-15, not {text}."), field="file", text=season)
    begin, end = (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
    year = first.year if date(first.year, *begin) >= first else first.year + 1
    year += count - 1 + (1 if end < begin else 0)
    return date(year, *end)


def reckon(book: Rules, part: Part, accepted: date | None, handed: date | None, today: date) -> Term:
    """Whether the developer still answers for a part (QRP-2, QRP-4).

    Args:
        accepted: when the building's completion was accepted; handed: when the home was handed over; None: not known.
    """
    law = last_day(book, part.law, accepted) if part.law and accepted else None
    own = last_day(book, part.book, handed) if part.book and handed else None
    until = max((one for one in (law, own) if one is not None), default=None)
    missing = [
        said
        for period, day, said in (
            (part.law, accepted, N_("when the building was accepted")),
            (part.book, handed, N_("when the home was handed over")),
        )
        if period and day is None
    ]
    if not part.law and not part.book:
        missing.append(N_("what was agreed in the contract"))
    if until is not None and today <= until:
        return Term(part, law, own, until, IN, tuple(missing))
    return Term(part, law, own, until, ASK if missing else OUT, tuple(missing))


def days_of(session: Session, unit_id: int | None) -> tuple[date | None, date | None]:
    """When a home's building was accepted, and when the home was handed over; None for what is not known."""
    if unit_id is None:
        return None, None
    query = select(col(Building.accepted_on), col(Unit.handed_on)).select_from(Unit)
    query = query.join(Entrance, col(Entrance.id) == col(Unit.entrance_id))
    found = session.exec(query.join(Building, col(Building.id) == col(Entrance.building_id)).where(Unit.id == unit_id))
    accepted, handed = found.one()
    return accepted, handed


def of_home(session: Session, store: Path, unit_id: int | None, today: date) -> list[Term]:
    """Every part of a home with its end, in the order of the list."""
    book, days = rules(store), days_of(session, unit_id)
    return [reckon(book, part, *days, today) for part in book.parts]


def lines(terms: list[Term], today: date) -> list[str]:
    """The table of a home's parts: standing, part, last day, days left, by which rule; both ends where they differ."""
    return [_line(one, today) for one in terms]


def _line(one: Term, today: date) -> str:
    sign = {IN: "✓", OUT: "✗", ASK: "?"}[one.standing]
    said = [f"{sign} {part_name(one.part)}"]
    if one.until is not None:
        left = (one.until - today).days
        said.append(_("to {day} by {rule}", day=one.until, rule=rule_name(one.by)))
        said.append(_("{count} days left", count=left) if left >= 0 else _("over for {count} days", count=-left))
        other = one.book if one.by == LAW else one.law
        if other is not None and other != one.until:
            said.append(_("{rule}: {day}", rule=rule_name(BOOK if one.by == LAW else LAW), day=other))
    if one.missing:
        said.append(_("not known: {what}", what=", ".join(map(_, one.missing))))
    return "  ".join(said)


def rule_name(rule: str) -> str:
    """Which of the two rules, in the reader's language."""
    return _("law") if rule == LAW else _("guarantee book")


def ending(session: Session, store: Path, today: date, *, days: int = SOON) -> list[tuple[str, Term]]:
    """Homes and parts whose warranty ends within so many days, soonest first: (label, term).

    Homes share few pairs of days, so that each pair is reckoned once, however many homes there are.
    """
    book, last = rules(store), today + timedelta(days=days)
    query = select(col(Building.accepted_on), col(Unit.handed_on), Unit.label).select_from(Unit)
    query = query.join(Entrance, col(Entrance.id) == col(Unit.entrance_id))
    query = query.join(Building, col(Building.id) == col(Entrance.building_id))
    query = query.where(or_(col(Building.accepted_on).is_not(None), col(Unit.handed_on).is_not(None)))
    known: dict[tuple[date | None, date | None], list[Term]] = {}
    found = []
    for accepted, handed, label in session.exec(query):
        pair = (accepted, handed)
        if pair not in known:
            terms = (reckon(book, part, accepted, handed, today) for part in book.parts)
            known[pair] = [one for one in terms if one.until is not None and today <= one.until <= last]
        found += [(label, one) for one in known[pair]]
    return sorted(found, key=lambda row: (row[1].until or last, row[0]))
