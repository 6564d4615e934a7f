"""Visits on a sheet: rates by kind with their base, the month's list, the year by class and what is unsolved (F-18)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, func, select

from data.cases import CaseNote, Visit
from data.directory import Unit
from data.rounds import Hearing, PlannedVisit
from data.tables import model
from data.words import _, named
from desk import choices, systems
from desk.calendar import Calendar, moments
from desk.cases.visited import QUESTIONS, way_name
from desk.ground.numbers import SYSTEM_OF
from desk.operators import Posts
from desk.paper.document import Cell, Table
from desk.reports import kept, reading
from desk.reports.balance import Events
from desk.reports.counted import Count
from desk.reports.mended import FILE
from desk.reports.past import chunks
from desk.reports.periods import Period
from desk.rounds import unsolved
from desk.rounds.counting import OF_ROUND
from desk.rounds.drawing import visited_since
from desk.rounds.lived import lived_in
from desk.systems import CASES

WORKS, EVENTS = "T-22", "T-24"
# Records of a home, by whose visits a month is listed.
WITH_HOMES = {*CASES, "rounds"}
MOST = 2000


def tables(
    session: Session,
    calendar: Calendar,
    store: Path,
    span: Period,
    end: datetime,
    mended: Events,
    visits: Sequence[reading.Made],
) -> list[Table]:
    """The tables of visits of a period."""
    made = [one for one in visits if one.at < end]
    found = [_rates(session, calendar, store, span, end, mended)]
    if span.kind == "month":
        found.append(_list(session, calendar, made))
    if span.kind == "year":
        found += [_by_class(made), _unsolved(session, calendar, end)]
    return found


def _rates(session: Session, calendar: Calendar, store: Path, span: Period, end: datetime, mended: Events) -> Table:
    """Visits by kind: of what, how many, the target; what has no base yet says so (RV-8, RPT-4, RPT-5)."""

    def target(rule: str) -> str:
        return choices.value_at(session, store, rule, end)

    rows: list[tuple[Cell, ...]] = []
    for sort, name, rule in (
        ("small", _("small repairs filed for a home"), "N-3"),
        ("special", _("special services filed"), "N-4"),
        ("paid", _("paid services filed"), "N-2"),
    ):
        seen, base = _of_sort(session, end, mended, sort)
        if base:
            share = _share(len(seen), len(base))
            rows.append((name, share, Count.of(sorted(seen)), Count.of(base), target(rule)))
    works = _of_works(session, span, end)
    if works:
        made = [record for record, visited in works if visited]
        share = _share(len(made), len(works))
        whole = Count.of(record for record, _visited in works)
        rows.append((_("repair works whose two months end"), share, Count.of(made), whole, target("N-2")))
    events = _of_events(session, span, end)
    if events:
        guests = sum(came for _number, came, _made in events)
        called = Count.of(number for number, _came, count in events for _one in range(count))
        name = _("households at events whose month ends")
        rows.append((name, _share(int(called), guests), called, guests, target("N-5")))
    if span.kind in ("month", "year"):
        lived = lived_in(session, calendar.local(end - timedelta(seconds=1)).date(), known=end)
        round_, homes = _of_round(session, calendar, span, end, lived), len(lived)
        share = _share(len(round_), homes)
        rows.append((_("homes lived in, this year so far"), share, Count.of(round_), homes, target("N-6")))
    return Table(_("Visits by kind"), (_("Visits of"), "%", _("Visited"), _("Base"), _("Target")), rows)


def _share(part: int, whole: int) -> Cell:
    return round(100 * part / whole, 1) if whole else "–"


def _of_sort(session: Session, end: datetime, mended: Events, sort: str) -> tuple[set[str], list[str]]:
    """Orders of a kind in homes that were filed in the period: visited since then and before its end, and all.

    A record stands in the month in which it is filed, whenever the work was; each round that is filed is visited.
    """
    filed = {
        record: at
        for record, at, facts in mended.by[FILE]
        if facts.get("sort") == sort and facts.get("evaluation") != "public"
    }
    return visited_since(session, filed, end), sorted(filed)


def _of_works(session: Session, span: Period, end: datetime) -> list[tuple[str, bool]]:
    """Repair works whose visit fell due in the period, and whether they were visited by its end (RV-5)."""
    return kept.fell_due(session, span, end, WORKS)


def _of_events(session: Session, span: Period, end: datetime) -> list[tuple[str, int, int]]:
    """Events whose month of visits ended in the period: (number, households that came, visited by then) (RV-7)."""
    due = [record for record, _kept in kept.fell_due(session, span, end, EVENTS)]
    count = select(func.count()).where(Visit.number == Hearing.number, col(Visit.reached), Visit.at < end)
    query = select(Hearing.number, Hearing.households, count.scalar_subquery()).where(col(Hearing.number).in_(due))
    return [(number, came, visited) for number, came, visited in session.exec(query)]


def _of_round(session: Session, calendar: Calendar, span: Period, end: datetime, lived: Mapping[int, str]) -> list[str]:
    """A visit of each home lived in that was visited in the year up to an instant, whichever month it was put down for.

    Args:
        lived: the homes that are lived in at the end, by id.
    """
    query = select(PlannedVisit.unit_id, PlannedVisit.number).where(
        col(PlannedVisit.visited_at) >= calendar.midnight(span.last.replace(month=1, day=1)),
        col(PlannedVisit.visited_at) < end,
        col(PlannedVisit.kind).in_(OF_ROUND),
        PlannedVisit.result == "visited",
    )
    made = {unit_id: number for unit_id, number in session.exec(query) if unit_id in lived}
    return sorted(made.values())


def _list(session: Session, calendar: Calendar, made: Sequence[reading.Made]) -> Table:
    """Every visit and attempt of the month with what was said and what became of it (RV-21, RPT-1)."""
    who, became, homes = Posts(session), _became(session, made[:MOST]), _homes(session, made[:MOST])
    rows: list[tuple[Cell, ...]] = [
        (
            moments.shown(one.at, calendar),
            one.number,
            homes.get(one.number, ""),
            systems.title(SYSTEM_OF.get(one.number[:2], "")),
            way_name(one.how),
            _said(one),
            "  ".join(f"{named(QUESTIONS, name)}: {said}" for name, said in one.answers() if said),
            became.get((one.number, one.at), ""),
            who[one.visitor],
        )
        for one in made[:MOST]
    ]
    headings = (
        _("When"),
        _("Record"),
        _("Home"),
        _("Kind"),
        _("How"),
        _("Satisfied"),
        _("Said"),
        _("Became"),
        _("Visitor"),
    )
    return Table(_("Every visit"), headings, rows)


def _said(one: reading.Made) -> str:
    if not one.reached:
        return _("reached nobody")
    return _("satisfied") if one.satisfied == "yes" else _("not satisfied")


def _became(session: Session, made: Sequence[reading.Made]) -> dict[tuple[str, datetime], str]:
    """The records that came of what was raised at these visits, by record and instant: one act wrote down both."""
    found: dict[tuple[str, datetime], str] = {}
    for part in chunks(sorted({one.number for one in made})):
        query = select(CaseNote.number, CaseNote.at, CaseNote.text).where(
            col(CaseNote.number).in_(part), CaseNote.kind == "found"
        )
        for number, at, text in session.exec(query.order_by(col(CaseNote.id))):
            found[number, at] = f"{found.get((number, at), '')} {text}".strip()
    return found


def _homes(session: Session, made: Sequence[reading.Made]) -> dict[str, str]:
    """The home that each visited record is about, by its number."""
    found: dict[str, str] = {}
    for part in chunks(sorted({one.number for one in made})):
        for name in {SYSTEM_OF.get(number[:2], "") for number in part} & WITH_HOMES:
            table = model(name)
            query = select(table.number, Unit.label).join(Unit, col(Unit.id) == table.unit_id)
            found.update(dict(session.exec(query.where(col(table.number).in_(part))).all()))
    return found


def _by_class(made: Sequence[reading.Made]) -> Table:
    """The year's visits by what they were about: reached, satisfied (RPT-12, RPT-19, RV-32, RV-52)."""
    groups: dict[str, list[reading.Made]] = {}
    for one in made:
        groups.setdefault(systems.title(SYSTEM_OF.get(one.number[:2], "")), []).append(one)

    def those(found: Sequence[reading.Made], holds: Callable[[reading.Made], bool]) -> Count:
        return Count.of(one.number for one in found if holds(one))

    rows: list[tuple[Cell, ...]] = [
        (
            name,
            those(found, lambda _one: True),
            those(found, lambda one: one.reached),
            those(found, lambda one: one.satisfied == "yes"),
        )
        for name, found in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]
    headings = (_("Class"), _("tried"), _("reached"), _("satisfied"))
    return Table(_("The year's visits by class"), headings, rows, bar=2)


def _unsolved(session: Session, calendar: Calendar, end: datetime) -> Table:
    """What visits found and nobody could solve yet, for the review at the year's end (RV-52, RPT-12)."""
    rows: list[tuple[Cell, ...]] = [
        (one.number, session.get_one(PlannedVisit, one.number).subject, moments.shown(one.at, calendar), one.words)
        for one in unsolved.left(session, end=end)[:MOST]
    ]
    return Table(_("Not solved yet"), (_("Record"), _("Home"), _("Reported"), _("Matter")), rows)
