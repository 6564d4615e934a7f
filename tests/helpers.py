"""Short ways to do usual things in tests."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from data.clocks import Clock
from data.directory import Person, Unit
from desk import clocks, intake, passes
from desk.act import Desk


def unit(desk: Desk, label: str = "3-2-1502") -> int:
    with desk.read() as session:
        return session.exec(select(Unit.id).where(Unit.label == label)).one() or 0


def person(desk: Desk, name: str = "单小云") -> int:
    with desk.read() as session:
        return session.exec(select(Person.id).where(Person.name == name)).one() or 0


def take(desk: Desk, kind: str = "complaint", **changes: Any) -> intake.Taken:
    """A contact by phone from the owner of 3-2-1502."""
    values: dict[str, Any] = {
        "channel": "phone", "kind": kind, "what": "楼上漏水", "unit_id": unit(desk), "person_id": person(desk),
        "caller_number": "13900001111",
    }  # fmt: skip
    with desk.act() as act:
        return intake.take(act, **{**values, **changes})


def clock_of(desk: Desk, record: str, rule: str) -> Clock:
    with desk.read() as session:
        return next(clock for clock in clocks.of_record(session, record) if clock.rule == rule)


def running(desk: Desk, record: str) -> set[str]:
    with desk.read() as session:
        return {clock.rule for clock in clocks.of_record(session, record) if clock.ended_at is None}


def draft(desk: Desk, **changes: Any) -> passes.Draft:
    values: dict[str, Any] = {
        "unit_id": unit(desk), "carrier": "owner", "nature": "temporary", "destination": "维修店", "mover": "单小云",
        "mover_id": "110101199001010015", "moving_at": desk.now() + timedelta(minutes=30),
        "items": passes.parse_items("沙发 2\nsofa x3"), "plate": "沪Q12345", "mover_phone": "13900001111",
        "id_seen": True, "reason": "repair",
    }  # fmt: skip
    return passes.Draft(**{**values, **changes})


def issue(desk: Desk, **changes: Any) -> str:
    with desk.act() as act:
        return passes.issue(act, draft=draft(desk, **changes)).number


def sealed(desk: Desk, **changes: Any) -> str:
    number = issue(desk, **changes)
    with desk.act(operator="finance") as act:
        passes.sign_fees(act, number=number)
    with desk.act() as act:
        passes.seal(act, number=number)
    return number
