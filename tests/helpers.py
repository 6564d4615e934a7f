"""Short ways to do usual things in tests."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from data.clocks import Clock
from data.directory import Person, Unit
from desk import complaints, followups, hearings, passes, rounds
from desk.act import Act, Desk
from desk.administration import changing, site_files
from desk.clocks import clocks
from desk.contacts import intake
from desk.ground.refusals import Refused


def unit(desk: Desk, label: str = "3-2-1502") -> int:
    with desk.store.reading() as session:
        return session.exec(select(Unit.id).where(Unit.label == label)).one() or 0


def person(desk: Desk, name: str = "单小云") -> int:
    with desk.store.reading() as session:
        return session.exec(select(Person.id).where(Person.name == name)).one() or 0


def take(desk: Desk, kind: str = "complaint", **changes: Any) -> intake.Taken:
    """A contact by phone from the owner of 3-2-1502."""
    values: dict[str, Any] = {
        "channel": "phone",
        "kind": kind,
        "what": "楼上漏水",
        "unit_id": unit(desk),
        "person_id": person(desk),
        "caller_number": "13900001111",
    }
    with desk.act() as act:
        return intake.take(act, **{**values, **changes})


FIVE = {"quality": "好", "effect": "好了", "shortcomings": "无", "suggestions": "无"}


def grade(desk: Desk, record: str, grade: str = "minor", **changes: str) -> None:
    """The project supervisor judges a complaint."""
    reason = {"major": "CMP-33", "important": "CMP-38", "minor": "CMP-40"}[grade]
    values = {"nature": "valid", "grade": grade, "reason": reason, **changes}
    with desk.act(operator="project") as act:
        complaints.grade(act, number=record, **values)


def close(desk: Desk, record: str) -> None:
    """A complaint answered on the spot, judged minor, confirmed and closed."""
    grade(desk, record)
    with desk.act() as act:
        complaints.answer(act, number=record, text="已处理")
        complaints.confirm(act, number=record, how="phone", text="认可")
        complaints.close(act, number=record, outcome="完")


def closed_major(desk: Desk) -> str:
    """A major complaint, agreed to, reported upwards, answered, confirmed and closed."""
    record = take(desk).record
    grade(desk, record, "major")
    with desk.act(operator="project") as act:
        complaints.agree(act, number=record, agreed="yes", text="同意赔付")
    with desk.act() as act:
        complaints.report(act, number=record, to="supervisor")
        complaints.report(act, number=record, to="project_supervisor")
        complaints.answer(act, number=record, text="已赔付")
        complaints.confirm(act, number=record, how="in_person", text="认可")
        complaints.close(act, number=record, outcome="完")
    return record


def visit(desk: Desk, record: str, satisfied: str = "yes", operator: str = "front", **changes: str) -> None:
    """A return visit by phone with every question answered."""
    with desk.act(operator=operator) as act:
        followups.visit(act, number=record, how="phone", satisfied=satisfied, **{**FIVE, **changes})


def clock_of(desk: Desk, record: str, rule: str) -> Clock:
    with desk.store.reading() as session:
        return next(clock for clock in clocks.of_record(session, record) if clock.rule == rule)


def running(desk: Desk, record: str) -> set[str]:
    with desk.store.reading() as session:
        return {clock.rule for clock in clocks.of_record(session, record) if clock.ended_at is None}


OWNER, TENANT = ("单小云", "110101199001010015"), ("曾立", "110101199202020041")


def draft(desk: Desk, **changes: Any) -> passes.Draft:
    values: dict[str, Any] = {
        "unit_id": unit(desk),
        "carrier": "owner",
        "nature": "temporary",
        "destination": "维修店",
        "mover": "单小云",
        "mover_id": "110101199001010015",
        "moving_at": desk.now() + timedelta(minutes=30),
        "items": passes.parse_items("沙发 2\nsofa x3"),
        "plate": "沪Q12345",
        "mover_phone": "13900001111",
        "id_seen": True,
        "reason": "repair",
    }
    if changes.get("carrier") == "tenant":
        values["mover"], values["mover_id"] = TENANT
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


def planned(desk: Desk, kind: str = "wished", operator: str = "front") -> str:
    """A visit to 3-2-1502 that was put down by hand."""
    with desk.act(operator=operator) as act:
        return rounds.add(act, room="3-2-1502", kind=kind, why="想听听意见").number


def heard(desk: Desk, kind: str = "forum") -> str:
    """A forum with its minutes."""
    with desk.act() as act:
        return hearings.hold(act, kind=kind, topic="下半年座谈会", minutes="会上谈了绿化", households="12").number


def do(desk: Desk, operator: str, step: Callable[..., Any], number: str, **said: Any) -> Any:
    """One step of a record by somebody."""
    with desk.act(operator=operator) as act:
        return step(act, number=number, **said)


def wrong(desk: Desk, operator: str, step: Callable[..., Any], number: str, **said: Any) -> Refused:
    """What is said against a step."""
    with pytest.raises(Refused) as caught:
        do(desk, operator, step, number, **said)
    return caught.value


def choose(act: Act, *, rule: str, option: str) -> None:
    """The site chooses one of the values between which the sources differ; what runs keeps its end."""
    if act.standards.chosen(rule, act.choices).name != option:
        changing.change(act, number=f"choice:{rule}", value=option, reason="选定", running="keep")


def own_file(desk: Desk, name: str, text: str) -> Path:
    """A file of the site's own beside its store, taken in by an administrator."""
    path = desk.store.path.parent / name
    path.write_text(text, encoding="utf-8")
    with desk.act(operator="admin") as act:
        site_files.take_in(act, file=name)
    return path
