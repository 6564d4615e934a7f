"""Intake and sheets on three years of a large site, beside raw sqlite3 in the same run; `scripts/bench` calls it."""

import random
import sqlite3
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bench_passes import median_us
from sqlalchemy import insert
from sqlmodel import SQLModel

from data.cases import Complaint, Contact, Visit
from data.clocks import Clock
from data.store.engine import SETTINGS
from data.store.store import Store
from desk import reports
from desk.act import Desk
from desk.complaints import CATEGORIES
from desk.contacts import intake
from desk.ground.numbers import make_number
from desk.ground.wallclock import wall_clock

YEARS, CONTACTS_A_DAY, COMPLAINTS_A_DAY = 3, 60, 12
RULES = ("T-10", "T-11", "T-11b", "T-13", "T-14", "T-15", "T-18", "T-21", "complaint.grade", "complaint.confirm")


def fill(store: Store, households: int) -> int:
    """Contacts, closed complaints with their promises and visits, evenly over the years; returns how many complaints."""
    chance, now = random.Random(3), wall_clock()
    categories = tuple(CATEGORIES)
    days = YEARS * 365
    contacts: list[dict[str, Any]] = []
    complaints: list[dict[str, Any]] = []
    clocks: list[dict[str, Any]] = []
    visits: list[dict[str, Any]] = []
    for day in range(days, 0, -1):
        for place in range(CONTACTS_A_DAY):
            at = now - timedelta(days=day, minutes=place)
            unit = chance.randrange(1, households + 1)
            number = make_number("contacts", 2020, len(contacts) + 1)
            kind = "complaint" if place < COMPLAINTS_A_DAY else "question"
            contacts.append(
                {
                    "number": number,
                    "at": at,
                    "channel": "phone",
                    "unit_id": unit,
                    "kind": kind,
                    "what": "漏水",
                    "first_asked": "front",
                }
            )
            if kind != "complaint":
                continue
            record = make_number("complaints", 2020, len(complaints) + 1)
            done = at + timedelta(hours=chance.randrange(1, 30))
            complaints.append(
                {
                    "number": record,
                    "contact": number,
                    "channel": "phone",
                    "unit_id": unit,
                    "what": "漏水",
                    "state": "archived",
                    "first_asked": "front",
                    "received_at": at,
                    "replied_at": at,
                    "closed_at": done,
                    "settled_at": done,
                    "answered_at": at,
                    "category": categories[place % 9],
                    "nature": "valid",
                    "grade": "minor",
                    "department": "engineering",
                }
            )
            visits.append(
                {"number": record, "at": done, "visitor": "front", "how": "phone", "reached": True, "satisfied": "yes"}
            )
            for rule in RULES:
                due = at + timedelta(hours=chance.randrange(1, 48))
                clocks.append(
                    {
                        "rule": rule,
                        "rule_version": "bench",
                        "clauses": "CMP-4",
                        "name_en": rule,
                        "name_zh": rule,
                        "system": "complaints",
                        "record": record,
                        "calendar": "always",
                        "within": "1 day",
                        "started_at": at,
                        "anchor_at": at,
                        "start_entry": 1,
                        "due_at": due,
                        "ended_at": at + timedelta(hours=chance.randrange(1, 48)),
                        "ended_as": "kept",
                    }
                )
    with store.writing() as session:
        for table, rows in ((Contact, contacts), (Complaint, complaints), (Clock, clocks), (Visit, visits)):
            _bulk(session, table, rows)
    return len(complaints)


def _bulk(session: Any, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    blank = table(**rows[0]).model_dump()
    keys = {key: value for key, value in blank.items() if key != "id"}
    for start in range(0, len(rows), 20_000):
        session.connection().execute(insert(table), [{**keys, **row} for row in rows[start : start + 20_000]])


def measure(store: Store, complaints: int) -> None:
    """One intake act beside the same rows by raw sqlite3, and the sheets beside one scan of the same tables."""
    began, days = wall_clock(), 0

    def now() -> datetime:
        # Days apart: many of one class from one place at once are an event, which is more than one complaint.
        return began + timedelta(days=days)

    desk = Desk(store, now)
    desk.open_to_file = True
    desk.operator = "front"
    print(f"{complaints} complaints, {complaints * len(RULES)} promises, {YEARS} years")

    def take(number: int) -> None:
        nonlocal days
        days += 4
        with desk.act() as act:
            intake.take(
                act,
                channel="phone",
                kind="complaint",
                what="漏水",
                unit_id=number % 5000 + 1,
                caller_number="13900001111",
                category="facility",
            )

    ours = median_us(take, 100)
    raw = sqlite3.connect(store.path, isolation_level=None)
    for name, (value, _read) in SETTINGS.items():
        raw.execute(f"PRAGMA {name} = {value}")
    raw.execute("CREATE TABLE floor (a, b)")

    def write(number: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        for row in range(15):
            raw.execute("INSERT INTO floor VALUES (?, ?)", (number * 20 + row, "漏水" * 60))
        raw.execute("COMMIT")

    floor = median_us(write, 100)
    raw.execute("DROP TABLE floor")
    print(
        f"intake of a complaint, one act {ours / 1000:6.1f} ms   raw sqlite3, 15 rows {floor / 1000:6.1f} ms   "
        f"ratio {ours / floor:.2f}"
    )
    calendar = desk.calendar()
    begin = time.perf_counter()
    raw.execute("SELECT count(*), sum(ended_at > due_at) FROM clock").fetchone()
    scan = time.perf_counter() - begin
    yesterday = calendar.local(desk.now()).date() - timedelta(days=1)
    for kind in reports.KINDS:
        span = reports.period(calendar, kind, yesterday)
        took = median_us(lambda _n: reports.document(desk, span), 5) / 1e6  # noqa: B023
        print(
            f"{kind} sheet {took * 1000:7.0f} ms   one scan of the promises {scan * 1000:6.0f} ms   ratio {took / scan:.2f}"
        )
