"""Repairs that came again on a sheet: the same place and trade within thirty days (OUT-9).

What an order says of its place and trade may be mended later: each such entry says what stood before, and a sheet of a
past day reads the order as it stood then.
"""

import json
from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col, select, text

from data.cases import Repair
from data.directory import Unit
from data.journal import REWOUND, JournalEntry
from data.tables import Value
from data.words import _, named
from desk.paper.document import Cell, Table
from desk.repairs import trades
from desk.repairs.repeats import AGAIN, OFTEN, place_of
from desk.repairs.terms import TRADES
from desk.reports.counted import Count
from desk.reports.past import chunks
from desk.reports.periods import Period

MOST = 100
# A home by its id, or a public place by its words; and the trade.
Kind = tuple[int | None, str, str]


def table(session: Session, span: Period, end: datetime) -> Table:
    """What came again in a period, the most often first; the third time is named to the manager."""
    groups: dict[tuple[str, str], list[tuple[str, datetime, Kind]]] = defaultdict(list)
    for number, at, kind in _orders(session, span.begin - AGAIN, end):
        if place := _place(kind):
            groups[(place, kind[2])].append((number, at, kind))
    again: list[tuple[Kind, list[str]]] = []
    for found in groups.values():
        found.sort(key=lambda one: one[0])
        _last, at, kind = found[-1]
        close = [number for number, before, _kind in found if at - before <= AGAIN]
        if len(close) > 1 and at >= span.begin:
            again.append((kind, close))
    again.sort(key=lambda one: (-len(one[1]), one[1][-1]))
    shown = again[:MOST]
    homes = _labels(session, [kind[0] for kind, _close in shown if kind[0] is not None])
    rows: list[tuple[Cell, ...]] = []
    for (unit_id, spot, trade), close in shown:
        sign = "‼ " if len(close) >= OFTEN else ""
        place = spot if unit_id is None else homes.get(unit_id, "")
        rows.append((f"{sign}{place} {named(TRADES, trade)}", Count.of(close), " ".join(close)))
    return Table(_("Repairs that came again within 30 days"), (_("Place"), _("Count"), _("Records")), rows, bar=1)


def _place(kind: Kind) -> str:
    return place_of(kind[0], "public" if kind[0] is None else "home", kind[1])


def _orders(session: Session, begin: datetime, end: datetime) -> list[tuple[str, datetime, Kind]]:
    """The orders received between two instants, as they stood just before the later one."""
    columns: tuple[Value, ...] = (
        Repair.number,
        Repair.received_at,
        Repair.ordered_at,
        Repair.unit_id,
        Repair.area,
        Repair.spot,
        Repair.trade,
        Repair.what,
    )
    query = select(*columns).where(col(Repair.received_at) >= begin, col(Repair.received_at) < end)
    found: dict[str, tuple[datetime, Kind]] = {}
    public, late = set(), set()
    for number, at, ordered, unit_id, area, spot, trade, what in session.connection().execute(query):
        kind = (None, spot) if area == "public" else (unit_id, spot)
        found[number] = (at, (*kind, trade or trades.of(what)))
        if ordered is not None and ordered >= end:
            late.add(number)
        elif area == "public":
            public.add(number)
    mended = select(JournalEntry.record).where(text(REWOUND), JournalEntry.at >= end)
    late |= {number for number in session.exec(mended) if number in found}
    for number, (home, trade, was_area) in _stood(session, sorted(late), end).items():
        at, kind_now = found[number]
        was_public = was_area == "public" if was_area else number in public
        found[number] = (at, (None, kind_now[1], trade) if was_public else (home, "", trade))
    return [(number, at, kind) for number, (at, kind) in found.items()]


def _stood(session: Session, numbers: list[str], end: datetime) -> dict[str, tuple[int | None, str, str]]:
    """Home, trade and area of orders before an instant; the first entry since then that changed them says it."""
    stood: dict[str, tuple[int | None, str, str]] = {}
    for part in chunks(numbers):
        query = select(JournalEntry.record, JournalEntry.facts).where(
            col(JournalEntry.record).in_(part),
            JournalEntry.at >= end,
            col(JournalEntry.verb).in_(("repairs.order", "repairs.reorder", "repairs.mend")),
        )
        for record, written in session.exec(query.order_by(col(JournalEntry.number))):
            facts = json.loads(written)
            # What was written down before sheets asked for it says nothing.
            if record not in stood and "was_trade" in facts:
                stood[record] = (facts.get("was_home") or None, facts["was_trade"], facts.get("was_area", ""))
    return stood


def _labels(session: Session, ids: list[int]) -> dict[int | None, str]:
    return dict(session.exec(select(Unit.id, Unit.label).where(col(Unit.id).in_(ids))).all())
