"""The board, the list of visits and the sheets over years of repairs, beside the same rows by raw sqlite3 in one run.

`scripts/bench_repairs.py --orders 200000` fills a store of its own (about a minute) and one of a tenth, so that the
figures say whether a store grows slower with its age.
"""

import argparse
import json
import random
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench_cases import _bulk
from bench_passes import median_us
from sqlalchemy import func
from sqlmodel import col, select

from data.cases import Repair, RepairTrip, Visit
from data.clocks import Clock
from data.directory import Building, Entrance, Unit
from data.journal import JournalEntry
from data.operators import Operator
from data.store.opening import create_store
from data.store.store import Store
from desk import cases, reports
from desk.act import SYSTEM, Desk
from desk.ground.numbers import make_number
from desk.ground.wallclock import wall_clock
from desk.repairs import board
from desk.rounds import due

DAYS, WORKERS, OPEN, HOUSEHOLDS = 3 * 365, 6, 60, 5000
# The entries of an order from the call to its filed copy.
LIFE = ("register", "order", "notify", "collect", "accept", "arrive", "begin", "complete", "return_copy", "file")


def fill(store: Store, orders: int) -> None:
    """Orders evenly over three years, each with its entries, a way to the door and a promise; the last are still open."""
    chance, now = random.Random(5), wall_clock()
    rows: dict[type[Any], list[dict[str, Any]]] = {
        table: [] for table in (Building, Entrance, Unit, Operator, Repair, RepairTrip, JournalEntry, Clock, Visit)
    }
    rows[Building].append({"name": "1"})
    rows[Entrance].append({"building_id": 1, "name": "1"})
    rows[Unit] += [{"entrance_id": 1, "room": str(one), "label": f"1-1-{one}"} for one in range(1, HOUSEHOLDS + 1)]
    rows[Operator] += [
        {"code": f"w{one}", "name": f"W{one}", "roles": "engineer", "secret_hash": ""} for one in range(WORKERS)
    ]
    entry = 0
    for place in range(orders):
        at = now - timedelta(days=DAYS) + timedelta(days=DAYS) * (place / orders)
        number, worker = make_number("repairs", 2020, place + 1), f"w{chance.randrange(WORKERS)}"
        open_now = place >= orders - OPEN
        done = None if open_now else at + timedelta(hours=1)
        said = "satisfied" if chance.random() < 0.8 else "none"
        rows[Repair].append(
            {
                "number": number, "contact": "", "channel": "phone", "unit_id": chance.randrange(1, HOUSEHOLDS + 1),
                "subject": "1-1-1", "what": "漏水", "state": "collected" if open_now else "closed", "first_asked": "front",
                "received_at": at, "area": "home", "worker": worker, "end": "" if open_now else "done",
                "finished_at": done, "closed_at": done, "evaluation": "" if open_now else said,
            }
        )  # fmt: skip
        rows[RepairTrip].append(
            {"number": number, "worker": worker, "arrived_at": at, "said_by": "worker", "typed_at": at}
        )
        for verb in LIFE[: 5 if open_now else len(LIFE)]:
            entry += 1
            facts = {"sort": "small", "worker": worker, "evaluation": said, "fen": 2000}
            rows[JournalEntry].append(
                {
                    "number": entry, "at": at + timedelta(minutes=5), "operator": "front", "system": "repairs",
                    "record": number, "verb": f"repairs.{verb}", "facts": json.dumps(facts), "digest": "bench",
                }
            )  # fmt: skip
        rows[Clock].append(
            {
                "rule": "repair.now", "rule_version": "bench", "clauses": "OUT-18", "name_en": "now", "name_zh": "到场",
                "system": "repairs", "record": number, "calendar": "always", "within": "15 min", "started_at": at,
                "anchor_at": at, "start_entry": 1, "due_at": at + timedelta(minutes=15), "ended_at": done,
                "ended_as": "" if open_now else "kept",
            }
        )  # fmt: skip
        if said == "none" and not open_now:
            rows[Visit].append(
                {"number": number, "at": done, "visitor": "front", "how": "phone", "reached": True, "satisfied": "yes"}
            )
    with store.writing() as session:
        for table, many in rows.items():
            _bulk(session, table, many)


def measure(store: Store, orders: int) -> None:
    """Board, visits, register and sheets, beside one count over a month's entries by raw sqlite3."""
    desk = Desk(store)
    desk.open_to_file = True
    desk.operator = "front"
    calendar = desk.calendar()
    today = calendar.local(desk.now()).date()
    with desk.read() as session:
        entries = session.exec(select(func.count(col(JournalEntry.number)))).one()
    print(f"{orders} orders, {entries} entries, {DAYS // 365} years")
    raw = sqlite3.connect(f"file:{store.path}?mode=ro", uri=True)
    span = reports.period(calendar, "month", today - timedelta(days=31))
    micros = [int(at.timestamp() * 1e6) for at in (span.begin, span.end)]
    counted = "SELECT count(*), sum(length(facts)) FROM journal WHERE at >= ? AND at < ? AND verb LIKE 'repairs.%'"
    floor = median_us(lambda _n: raw.execute(counted, micros).fetchone(), 5) / 1000
    print(f"one count over the month's entries, raw sqlite3 {floor:6.1f} ms")

    def told(name: str, took: float) -> None:
        print(f"{name:<28} {took:7.1f} ms   ratio {took / floor:6.2f}")

    def show_board(_number: int) -> None:
        with desk.look() as view:
            board.orders(view.session)
            board.loads(view.session, view.now, calendar.midnight(today))

    def show_visits(_number: int) -> None:
        with desk.look() as view:
            due.visits(view)

    def show_register(_number: int) -> None:
        with desk.read() as session:
            cases.page(session, "repairs")

    told("board", median_us(show_board, 9) / 1000)
    told("list of visits", median_us(show_visits, 9) / 1000)
    told("register of repairs", median_us(show_register, 9) / 1000)
    for kind in reports.KINDS:
        one = reports.period(calendar, kind, today if kind == "year" else today - timedelta(days=31))
        rounds = 1 if kind == "year" else 3
        told(f"{kind} sheet, first screen", median_us(lambda _n, one=one: first_screen(desk, one), rounds) / 1000)  # type: ignore[misc]
        told(f"{kind} sheet", median_us(lambda _n, one=one: reports.document(desk, one), rounds) / 1000)  # type: ignore[misc]


def first_screen(desk: Desk, span: reports.Period) -> None:
    """The parts of a sheet that fill a screen, as the room shows them before the rest is read."""
    with closing(reports.growing(desk, span)) as parts:
        for _part in islice(parts, 2):
            pass


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=200_000)
    asked = parser.parse_args()
    for orders in (asked.orders // 10, asked.orders):
        store = create_store(Path(tempfile.mkdtemp()) / "bench.db")
        with store.writing() as session:
            session.add(Operator(code=SYSTEM, name="desk", roles=""))
            session.add(Operator(code="front", name="Front", roles="supervisor", secret_hash=""))
        fill(store, orders)
        measure(store, orders)
        store.close()


if __name__ == "__main__":
    main()
