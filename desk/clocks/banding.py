"""The queue in bands: what only you can decide, what ends within the hour, today, what is late, later, paused.

In a band a record stands once, with its most urgent promise. What is folded is counted and not read, and beyond MOST
not even counted, so that what somebody waits for does not grow with what the site has promised for next year.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from data.clocks import Clock
from data.words import N_, named
from desk import standards
from desk.clocks import queueing
from desk.clocks.queueing import Filter
from desk.systems import may
from desk.view import View

MINE, SOON, TODAY, LATE, LATER, PAUSED = "mine", "soon", "today", "late", "later", "paused"
BANDS = {
    MINE: N_("For you to decide"),
    SOON: N_("Within the hour"),
    TODAY: N_("Later today"),
    LATE: N_("Late"),
    LATER: N_("Later"),
    PAUSED: N_("Paused"),
}
SIGNS = {MINE: "◆", SOON: "▲", TODAY: "●", LATE: "!", LATER: "○", PAUSED: "="}
# What one sees without a key.
OPEN = frozenset((MINE, SOON, TODAY))
# Of a folded heap of late promises so many are told by whom they wait for.
MOST_LOADS = 6
# So many promises of a band are counted or read; beyond them only that there are more is said.
MOST = 5000


def band_name(band: str) -> str:
    """A band in the reader's language."""
    return named(BANDS, band)


@dataclass(frozen=True)
class Load:
    """So many late promises wait for a department, or for a role where no department has them; the oldest due then."""

    department: str
    role: str
    count: int
    oldest: datetime


@dataclass(frozen=True)
class Band:
    """A band of the queue.

    promises, records: how many stand in it; rows: the id of each record's most urgent promise, none where it is folded;
    of: the record of each; more: how many others of the same record stand behind one; loads: whom a folded heap of late
    ones waits for.
    """

    name: str
    promises: int
    records: int
    rows: tuple[int, ...] = ()
    of: dict[int, str] = field(default_factory=dict)
    more: dict[int, int] = field(default_factory=dict)
    loads: tuple[Load, ...] = ()

    @property
    def count(self) -> str:
        """How many promises stand in it, with a plus where there are more than anybody counts."""
        return f"{MOST}+" if self.promises > MOST else str(self.promises)

    @property
    def folded(self) -> bool:
        """Whether its rows are not shown."""
        return not self.rows and self.promises > 0


def bands(view: View, wanted: Filter, unfolded: Collection[str]) -> list[Band]:
    """The bands that hold something, the one to look at first on top.

    Args:
        view: as whoever looks sees it; their posts say what is theirs to decide.
        unfolded: the bands whose rows are read.
    """
    wheres = _where(view, _own(view))
    found = [_band(view, name, wanted, where, name in unfolded) for name, where in wheres.items()]
    held = [band for band in found if band.promises]
    # Where nothing would be seen, the first heap is open by itself.
    if held and all(band.folded for band in held):
        held[0] = _band(view, held[0].name, wanted, wheres[held[0].name], True)
    return held


def _own(view: View) -> list[str]:
    """The rules that wait for a decision, an approval or a signature of whoever looks.

    A rule's first `stop` is the decision itself; reported upwards, it stays with whoever may make it.
    """
    roles = view.operator.roles if view.operator is not None else ""
    timers = standards.of_site(view.store.path).timers.values()
    return [timer.id for timer in timers if timer.needs and may(roles, timer.stop[0])]


def _where(view: View, own: list[str]) -> dict[str, list[ColumnElement[bool]]]:
    """What makes a promise stand in each band."""
    hour = view.now + timedelta(hours=1)
    # From the last hour of a day on nothing is later today.
    midnight = max(hour, view.calendar.midnight(view.today + timedelta(days=1)))
    mine, runs, due = col(Clock.rule).in_(own), col(Clock.paused_at).is_(None), col(Clock.due_at)
    others = [~mine, runs]
    return {
        MINE: [mine, runs],
        SOON: [*others, due >= view.now, due < hour],
        TODAY: [*others, due >= hour, due < midnight],
        LATE: [*others, due < view.now],
        LATER: [*others, due >= midnight],
        PAUSED: [~runs],
    }


def _band(view: View, name: str, wanted: Filter, where: list[ColumnElement[bool]], unfolded: bool) -> Band:
    running = queueing.running(view.session, view.now, wanted).where(*where)
    if not unfolded:
        held = running.with_only_columns(col(Clock.record).label("record")).limit(MOST + 1).subquery("bounded")
        counted = sa_select(func.count(), func.count(func.distinct(held.c.record)))
        promises, records = view.session.execute(counted).one()
        loads = _loads(view, wanted, where) if name == LATE and promises else ()
        return Band(name, promises, records, loads=loads)
    urgent = (col(Clock.system) != "emergencies", col(Clock.due_at), col(Clock.id))
    rows: dict[str, int] = {}
    more: dict[int, int] = {}
    read = running.with_only_columns(col(Clock.id), col(Clock.record)).order_by(*urgent).limit(MOST + 1)
    promises = 0
    for number, record in view.session.execute(read):
        promises += 1
        if record in rows:
            more[rows[record]] = more.get(rows[record], 0) + 1
        else:
            rows[record] = number
    of = {number: record for record, number in rows.items()}
    return Band(name, promises, len(rows), tuple(of), of, more)


def _yours(view: View) -> ColumnElement[bool]:
    """What waits for whoever looks: for one of their posts where no department has it, or for their department."""
    who = view.operator
    roles, department = (who.roles.split(), who.department) if who is not None else ([], "")
    for_post = and_(col(Clock.role).in_(roles), col(Clock.department) == "")
    return or_(for_post, col(Clock.department) == department) if department else for_post


@dataclass(frozen=True)
class First:
    """What whoever looks does first among some systems' records: the promise, and of how many records.

    clock: None where nothing waits for them; count: records that can still be kept or were due since a day ago; late:
    those that are late for longer.
    """

    clock: Clock | None
    count: int
    late: int


def first(view: View, systems: Collection[str]) -> First:
    """What whoever looks does first: emergencies, what ends or ended since a day ago, then what is late for long."""
    begin = view.now - timedelta(days=1)
    running = queueing.running(view.session, view.now, Filter()).where(
        _yours(view), col(Clock.system).in_(systems), col(Clock.paused_at).is_(None)
    )
    due = col(Clock.due_at)
    order = (col(Clock.system) != "emergencies", due < begin, due, col(Clock.id))
    read = running.with_only_columns(col(Clock.id), col(Clock.record), due < begin).order_by(*order).limit(MOST)
    seen: dict[str, bool] = {}
    top: int | None = None
    for number, record, late in view.session.execute(read):
        top = number if top is None else top
        seen.setdefault(record, bool(late))
    clock = queueing.page(view.session, [top])[top] if top is not None else None
    late_ones = sum(seen.values())
    return First(clock, len(seen) - late_ones, late_ones)


def owed(view: View, roles: Collection[str] | None, most: int) -> tuple[list[Clock], int]:
    """What some roles owe of today or of the day before: the first of each record, and of how many records.

    Args:
        roles: whose promises; None for everybody's, and what waits for departments as well.
        most: so many are read; emergencies come first, then by due time.
    """
    begin, midnight = view.now - timedelta(days=1), view.calendar.midnight(view.today + timedelta(days=1))
    due = col(Clock.due_at)
    query = queueing.running(view.session, view.now, Filter()).where(
        col(Clock.paused_at).is_(None), due >= begin, due < midnight
    )
    if roles is not None:
        query = query.where(col(Clock.role).in_(roles), col(Clock.department) == "")
    order = (col(Clock.system) != "emergencies", due, col(Clock.id))
    first: dict[str, int] = {}
    for number, record in view.session.execute(
        query.with_only_columns(col(Clock.id), col(Clock.record)).order_by(*order)
    ):
        first.setdefault(record, number)
    found = queueing.page(view.session, list(first.values())[:most])
    return [found[number] for number in list(first.values())[:most]], len(first)


def _loads(view: View, wanted: Filter, where: list[ColumnElement[bool]]) -> tuple[Load, ...]:
    whom = col(Clock.department), col(Clock.role)
    running = queueing.running(view.session, view.now, wanted).where(*where)
    counted = running.with_only_columns(*whom, func.count(), func.min(col(Clock.due_at))).group_by(*whom)
    by_whom: dict[tuple[str, str], Load] = {}
    for department, role, count, oldest in view.session.execute(counted):
        key = (department, "" if department else role)
        known = by_whom.get(key, Load(*key, 0, oldest))
        by_whom[key] = Load(*key, known.count + count, min(known.oldest, oldest))
    return tuple(sorted(by_whom.values(), key=lambda load: -load.count)[:MOST_LOADS])
