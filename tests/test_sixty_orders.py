"""A day of sixty repair orders: six people at four desks on one store, a handover at lunch, and sheets that add up."""

import heapq
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from data.operators import Operator
from data.store.opening import open_store
from data.store.store import Store
from desk import followups, forms, proof, repairs, reports
from desk.act import Desk
from desk.contacts import converting, intake
from desk.duty import cover, life, plan
from desk.handovers import life as handovers
from desk.handovers import page
from desk.paper.document import Table
from desk.reports import worklog
from desk.reports.counted import Count
from tests.conftest import Clock
from tests.helpers import FIVE, clock_of, unit

DESKS = {"front": 0, "ivy": 1, "engineer": 2, "mei": 2, "chief": 2, "finance": 3}
WORKERS = ("engineer", "mei")
# How sixty orders end on an ordinary day, and how many are left.
ENDS = ["filed"] * 38 + ["dissatisfied"] * 4 + ["declined"] * 5 + ["withdrawn"] * 4 + ["waits"] * 5 + ["left"] * 4
# Yuan of the item that every paid order uses, in fen.
ITEM = "换水龙头"


@dataclass
class Day:
    """The four desks, what is still to happen, and what happened by the script's own book."""

    desks: list[Desk]
    clock: Clock
    begin: datetime
    todo: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=itertools.count)
    book: Counter[str] = field(default_factory=Counter)
    by_worker: Counter[str] = field(default_factory=Counter)
    urged: list[str] = field(default_factory=list)

    def at(self, minutes: float, what: Callable[[], None]) -> None:
        """Let something happen so many minutes after eight."""
        heapq.heappush(self.todo, (self.begin + timedelta(minutes=minutes), next(self.order), what))

    def soon(self, minutes: float, what: Callable[[], None]) -> None:
        """Let something happen so many minutes from now."""
        heapq.heappush(self.todo, (self.clock.now + timedelta(minutes=minutes), next(self.order), what))

    def act(self, code: str, work: Callable[..., object], **said: object) -> object:
        """One act of somebody at their own desk."""
        with self.desks[DESKS.get(code, 1)].act(operator=code) as act:
            return work(act, **said)

    def play(self) -> None:
        while self.todo:
            when, _order, what = heapq.heappop(self.todo)
            self.clock.now = max(self.clock.now, when)
            what()


@pytest.fixture
def day(store: Store, clock: Clock) -> Iterator[Day]:
    with store.writing() as session:
        for code, role, department in (("ivy", "receptionist", ""), ("mei", "engineer", "engineering")):
            session.add(Operator(code=code, name=code.title(), roles=role, secret_hash="", department=department))
    others = [open_store(store.path) for _ in range(3)]
    desks = [Desk(one, clock, f"desk-{place}") for place, one in enumerate([store, *others], start=1)]
    yield Day(desks, clock, desks[0].calendar().midnight(clock.now.date() + timedelta(days=1)) + timedelta(hours=8))
    for one in others:
        one.close()


def call(day: Day, code: str, end: str, number: int) -> None:
    """An order from the call on: written, told, collected, done, back, visited; each at its own time."""
    taken = day.act(
        code, intake.take, channel="phone", kind="repair", what=f"水龙头漏水 {number}", unit_id=unit(day.desks[0]),
        caller_number="13900001111", stranger="单先生",
    )  # fmt: skip
    assert isinstance(taken, intake.Taken)
    record, worker = taken.record, WORKERS[number % 2]
    day.book["new"] += 1
    day.soon(2, lambda: day.act(code, repairs.order, number=record))
    day.soon(3, lambda: day.act(code, repairs.notify, number=record))
    if end == "left":
        return
    if end == "withdrawn":
        day.book["given up"] += 1
        day.soon(9, lambda: day.act(code, repairs.close, number=record, outcome="自己修好了"))
        return
    day.soon(8, lambda: day.act(worker, repairs.collect, number=record, branch="listed"))
    if end == "waits":
        until = day.clock.now + timedelta(days=1)
        day.soon(12, lambda: day.act(worker, repairs.wait, number=record, cause="parts", until=until, who="mei"))
        return
    day.soon(20, lambda: day.act(worker, repairs.arrive, number=record))
    if end == "declined":
        day.book["price declined"] += 1
        day.soon(24, lambda: day.act("chief", repairs.decline, number=record, reason="嫌贵"))
        return
    day.soon(22, lambda: day.act(worker, repairs.begin, number=record, charge="paid", agreed="单小云"))
    day.soon(50, lambda: _finish(day, worker, record))
    day.soon(70, lambda: _back(day, code, record, end))


def _finish(day: Day, worker: str, record: str) -> None:
    day.act(worker, repairs.finish, number=record, result="换了", tested="不漏", charges=ITEM)
    day.by_worker[worker] += 1
    day.book["finished"] += 1


def _back(day: Day, code: str, record: str, end: str) -> None:
    unhappy = end == "dissatisfied"
    day.act(code, repairs.return_copy, number=record, copy="1", evaluation="dissatisfied" if unhappy else "satisfied")
    day.act("finance", repairs.pay, number=record, receipt=f"R{record}")
    day.book["done and filed"] += 1
    if unhappy:
        said = {"how": "phone", "satisfied": "no", **FIVE}
        day.soon(15, lambda: day.act("ivy", followups.visit, number=record, system="repairs", **said))
        day.book["opened again"] += 1


def _noon(day: Day) -> None:
    """Ivy covers the desk over lunch and hands it back."""
    day.act("ivy", handovers.cover_noon)
    day.soon(60, lambda: day.act("front", handovers.cover_noon))


def _evening(day: Day, own: str, second: str) -> None:
    """The page is handed to tomorrow, and both receptionists go."""
    handover = day.act("front", handovers.offer, goes_to="tomorrow", remark="六十单")
    day.act("front", life.leave, number=own)
    day.act("ivy", life.leave, number=second)
    with day.desks[0].look() as view:
        shown = page.of(handover)  # type: ignore[arg-type]
        assert {line.kind for line in shown} >= {"waiting", "carried"}
        assert cover.present(view, "desk") == []


def table(desk: Desk, title: str, kind: str = "day") -> dict[str, tuple[object, ...]]:
    span = reports.period(desk.calendar(), kind, desk.calendar().local(desk.now()).date())
    found: list[Table] = [one for one in reports.document(desk, span).tables if one.title == title]
    return {str(row[0]): row[1:] for one in found for row in one.rows}


def test_sixty_orders_of_six_people_at_four_desks_add_up_on_every_sheet(day: Day) -> None:
    first = day.desks[0]
    day.clock.now = day.begin - timedelta(hours=11)
    night = [
        day.act("guard", intake.take, channel="phone", kind="repair", what="楼道灯", stranger="路人", carry="夜间",
                caller_number="13900002222")
        for _ in range(2)
    ]  # fmt: skip
    day.clock.now = day.begin - timedelta(minutes=30)
    today = str(first.calendar().local(day.clock.now).date())
    shift = day.act("lead", plan.plan_shift, post="desk", who="front", first=today, stretches="AB").number  # type: ignore[attr-defined]
    day.at(-20, lambda: day.act("front", life.arrive, number=shift))
    helper: list[str] = []
    day.at(-10, lambda: helper.append(day.act("ivy", life.come, post="desk").number))  # type: ignore[attr-defined]
    chance = random.Random(60)
    ends = chance.sample(ENDS, len(ENDS))
    for number, end in enumerate(ends):
        code = ("front", "ivy")[number % 2]
        day.at(
            8 * number * (290 / 480) + (60 if number >= 36 else 0),
            lambda code=code, end=end, number=number: call(day, code, end, number),
        )  # type: ignore[misc]
    contact = night[0].contact  # type: ignore[attr-defined]
    day.at(5, lambda: day.act("front", converting.convert, number=contact))
    day.at(240, lambda: _noon(day))
    day.at(545, lambda: _evening(day, shift, helper[0]))
    day.play()

    book = day.book
    book["new"] += 1
    first.operator = "lead"
    found = table(first, "Repairs")
    for name in ("new", "done and filed", "price declined", "given up", "opened again"):
        assert found[name][0] == book[name], name
    left = book["new"] + book["opened again"] - book["done and filed"] - book["price declined"] - book["given up"]
    assert found["still open"][0] == left
    assert found["balance"][0] == "✓"
    assert book["new"] == 61
    assert {name: int(str(row[0])) for name, row in table(first, "Finished by").items()} == {
        code.title(): count for code, count in day.by_worker.items()
    }
    figures = table(first, "Repairs in figures")
    assert figures["charged, yuan"][1] == figures["paid, yuan"][1] == book["finished"]
    assert figures["charged, yuan"][0] == figures["paid, yuan"][0]
    # The week and the month say the same of this day; every count opens as many records as it says.
    for kind in ("week", "month"):
        assert table(first, "Repairs", kind)["new"][0] == book["new"]
    with first.read() as session:
        assert all(len(cell.find(session)) == cell for row in found.values() for cell in row if isinstance(cell, Count))
    # Whatever desk it was done at, every desk reads the same, and the journal holds together.
    for one in day.desks[1:]:
        one.operator = "lead"
        assert table(one, "Repairs") == found
    span = reports.period(first.calendar(), "day", first.calendar().local(day.clock.now).date())
    log = {one.title: one for one in worklog.document(first, span).tables}
    assert len(log["Visits and calls"].rows) == 60
    assert len(log["Left to the next duty day"].rows) == 1
    assert len(log["Handovers"].rows) == 3
    with first.look() as view:
        # Not a single order was written or told late.
        for rule in ("T-2", "T-3"):
            kept = [clock for clock in _clocks(view.session, rule) if clock.ended_as == "kept"]
            assert len(kept) >= 60
            assert all(clock.ended_at <= clock.due_at for clock in kept)
    assert clock_of(first, contact, "T-31").ended_as == "kept"
    assert forms.document(first, "handovers", _last(first)).tables
    assert proof.verify(first.store) == []


def _clocks(session: object, rule: str) -> list[object]:
    from sqlmodel import select

    from data.clocks import Clock as Promise

    return list(session.exec(select(Promise).where(Promise.rule == rule)))  # type: ignore[attr-defined]


def _last(desk: Desk) -> str:
    with desk.look() as view:
        found = life.open_one(view, "desk")
        assert found is not None
        return found.number
