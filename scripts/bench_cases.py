"""Intake and sheets on years of a large site, beside raw sqlite3 in the same run; `scripts/bench` calls it."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from bench_acts import beside
from bench_passes import median_us
from bench_row import Row
from sqlalchemy import insert
from sqlmodel import SQLModel

from data.cases import Complaint, Contact, Visit
from data.clocks import Clock
from data.store.store import Store
from desk import reports
from desk.act import Desk
from desk.complaints import CATEGORIES
from desk.contacts import intake
from desk.ground.numbers import make_number
from desk.ground.wallclock import wall_clock

CONTACTS_A_DAY, COMPLAINTS_A_DAY = 60, 12
RULES = ("T-10", "T-11", "T-11b", "T-13", "T-14", "T-15", "T-18", "T-21", "complaint.grade", "complaint.confirm")


def fill(store: Store, households: int, years: int) -> int:
    """Contacts, closed complaints with their promises and visits, evenly over the years; returns how many complaints."""
    chance, now = random.Random(3), wall_clock()
    categories = tuple(CATEGORIES)
    days = years * 365
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


def rows(store: Store, complaints: int) -> Iterator[Row]:
    """One intake act beside the same rows by raw sqlite3, and the sheets."""
    began, days = wall_clock(), 0

    def now() -> datetime:
        # Days apart: many of one class from one place at once are an event, which is more than one complaint.
        return began + timedelta(days=days)

    desk = Desk(store, now)
    desk.open_to_file = True
    desk.operator = "front"

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

    take(0)
    yield beside("a complaint is taken, one act", 2.5, store, take)
    calendar = desk.calendar()
    yesterday = calendar.local(desk.now()).date() - timedelta(days=1)
    for kind in reports.KINDS:
        span = reports.period(calendar, kind, yesterday)
        sheet = Row(f"sheet of the {kind}", 300 if kind == "month" else 0, note=f"{complaints} complaints")
        sheet.ours += [median_us(lambda _n, span=span: reports.document(desk, span), 1) / 1000 for _ in range(3)]  # type: ignore[misc]
        yield sheet
