"""A past day never changes: the sheets of a random life, counted again from raw rows and again much later."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desk import complaints, followups, mending, reports, requests, ticking
from desk.act import Desk
from desk.clocks import clocks, queueing
from desk.ground.refusals import Refused
from desk.paper.document import Document
from tests.conftest import Clock
from tests.helpers import FIVE, choose, take
from tests.sheet_oracle import Figures, figures

DAYS = 8
FIRST = date(2026, 11, 24)
KINDS = ("complaint", "complaint", "complaint", "suggestion", "request")


def tables(desk: Desk, kind: str, day: date) -> dict[str, Any]:
    """The tables of a sheet by title; the foot and the time of printing are not part of what it says."""
    sheet: Document = reports.document(desk, reports.period(desk.calendar(), kind, day))
    return {one.title: one.rows for one in sheet.tables}


def said(sheet: dict[str, Any]) -> Figures:
    """What a sheet says, as figures."""
    moved = dict(sheet["Complaints"])
    rates = {row[0]: row[1:] for row in sheet["Rates"]}
    promises = sheet.get("Promises that fell due", [])
    visits = dict(sheet.get("Return visits", []))
    share, visits_due, _target = rates["return visits made, of those that fell due"]
    return Figures(
        carried=moved["carried over"],
        new=moved["new"],
        again=moved["opened again"],
        closed=moved["closed"],
        still_open=moved["still open"],
        major=moved["major"],
        valid=moved["valid"],
        invalid=moved["invalid"],
        unjudged=moved["not judged yet"],
        due=sum(row[1] for row in promises),
        missed=sum(row[2] for row in promises),
        visits_due=visits_due,
        visits_made=round(visits_due * share / 100) if visits_due else 0,
        satisfied=visits.get("satisfied", 0),
        reached=visits.get("made", 0),
    )


class Life:
    """Days at the desk, one act after another, whatever is refused left out."""

    def __init__(self, desk: Desk, clock: Clock, seed: int) -> None:
        self.desk, self.clock, self.chance = desk, clock, random.Random(seed)
        self.records: list[str] = []
        self.requests: list[str] = []

    def step(self) -> None:
        """One act, some time later."""
        self.clock.forward(minutes=self.chance.randrange(5, 70))
        while ticking.tick(self.desk):
            continue
        if not self.records or self.chance.random() < 0.15:
            kind = self.chance.choice(KINDS)
            taken = take(self.desk, kind, unit_id=None, person_id=None, stranger=f"客{len(self.records)}")
            (self.records if kind == "complaint" else self.requests).append(taken.record)
            return
        try:
            self.act(self.chance.choice(self.records))
        except Refused:
            return

    def act(self, number: str) -> None:
        """Any act on a complaint, by whoever may."""
        say = {"text": "说明"}
        acts: list[tuple[str, Any, dict[str, Any]]] = [
            ("project", complaints.grade, {"nature": "valid", "grade": "minor", "reason": "CMP-40", **say}),
            ("project", complaints.grade, {"nature": "valid", "grade": "major", "reason": "CMP-33", **say}),
            ("project", complaints.grade, {"nature": "invalid", **say}),
            ("front", complaints.refer, {"department": "engineering"}),
            ("lead", complaints.sign, {"opinion": "办"}),
            ("engineer", complaints.receive, {}),
            ("engineer", complaints.feedback, say),
            ("project", complaints.agree, {"agreed": self.chance.choice(("yes", "yes", "no")), **say}),
            ("front", complaints.report, {"to": "supervisor"}),
            ("front", complaints.report, {"to": "project_supervisor"}),
            ("front", complaints.promise, {"promised_at": self.clock.now + timedelta(hours=3), **say}),
            ("front", complaints.describe, {"category": self.chance.choice(("noise", "facility"))}),
            *[("front", complaints.answer, say)] * 3,
            *[("front", complaints.confirm, {"how": "phone", **say})] * 3,
            *[("front", complaints.close, {"outcome": "完"})] * 3,
        ]
        luck = self.chance.random()
        if luck < 0.25:
            return self._other(number)
        usual = [acts[0], acts[7], acts[8], acts[9], acts[12], acts[-4], acts[-1]]
        for who, work, values in usual if luck < 0.5 else [self.chance.choice(acts)]:
            try:
                with self.desk.act(operator=who) as act:
                    work(act, number=number, **values)
            except Refused:
                continue

    def _other(self, number: str) -> None:
        chance = self.chance.random()
        with self.desk.read() as session:
            waiting = queueing.ids(session, self.clock.now)
        if chance < 0.5:
            happy = self.chance.choice(("yes", "no", "no"))
            with self.desk.act(operator=self.chance.choice(("front", "project"))) as act:
                followups.visit(act, number=number, how="phone", satisfied=happy, **FIVE)
        elif chance < 0.6 and self.requests:
            with self.desk.act() as act:
                requests.reply(act, number=self.chance.choice(self.requests), text="好的")
        elif waiting:
            clock_id = self.chance.choice(waiting)
            with self.desk.act(operator="company") as act:
                work = self.chance.choice((clocks.pause, clocks.resume, clocks.extend))
                if work is clocks.resume:
                    clocks.resume(act, clock_id=clock_id)
                elif work is clocks.pause:
                    clocks.pause(act, clock_id=clock_id, reason="等料")
                else:
                    until = self.clock.now + timedelta(hours=self.chance.randrange(1, 60))
                    clocks.extend(act, clock_id=clock_id, until=until, reason="批准")


def micros(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


@pytest.mark.clause("RPT-6", "RPT-14")
@pytest.mark.parametrize("seed", range(5))
def test_every_day_of_a_random_life_stays_as_it_was_printed(desk: Desk, clock: Clock, seed: int) -> None:
    life, calendar = Life(desk, clock, seed), desk.calendar()
    printed: dict[tuple[str, date], dict[str, Any]] = {}
    carried = {"day": 0, "week": 0, "month": 0}
    for place in range(DAYS):
        day = FIRST + timedelta(days=place)
        end = calendar.midnight(day + timedelta(days=1))
        while clock.now < end - timedelta(minutes=75):
            life.step()
        clock.now = end
        while ticking.tick(desk):
            continue
        ends = {"day": True, "week": day.weekday() == 6, "month": (day + timedelta(days=1)).day == 1}
        for kind in [kind for kind, is_over in ends.items() if is_over]:
            span = reports.period(calendar, kind, day)
            sheet = printed[kind, day] = tables(desk, kind, day)
            counted = figures(desk.store.path, micros(span.begin), micros(span.end), carried[kind])
            assert said(sheet) == counted, (kind, day)
            assert counted.carried + counted.new + counted.again == counted.closed + counted.still_open
            carried[kind] = counted.still_open
    for _ in range(80):
        life.step()
    for (kind, day), sheet in printed.items():
        later = tables(desk, kind, day)
        for name in {*sheet, *later}:
            assert set(later.get(name, [])) == set(sheet.get(name, [])), (kind, day, name)
    ended = {(name, part) for sheet in printed.values() for name, part in dict(sheet["Complaints"]).items() if part}
    assert {"closed", "opened again"} <= {name for name, _count in ended}, "a life in which nothing ends proves nothing"


@pytest.mark.clause("RPT-6")
def test_what_is_chosen_later_never_changes_the_base_of_a_past_day(desk: Desk, clock: Clock) -> None:
    take(desk)
    day = desk.calendar().local(clock.now).date()
    clock.forward(days=1)
    before = tables(desk, "day", day)["Rates"]
    with desk.act(operator="admin") as act:
        choose(act, rule="N-8-base", option="contacts")
    assert tables(desk, "day", day)["Rates"] == before
    clock.forward(days=1)
    assert tables(desk, "day", day + timedelta(days=2))["Rates"] != before


def test_what_a_request_and_an_emergency_were_taken_for_stays_on_the_sheet_of_that_day(
    desk: Desk, clock: Clock
) -> None:
    number = take(desk, "request", what="电梯里装镜子").record
    flood = take(desk, "emergency", what="漫水", emergency="flooding", place="B1",
                 promised_at=clock.now + timedelta(hours=1)).record  # fmt: skip
    day = desk.calendar().local(clock.now).date()
    clock.forward(days=1)
    sheet = tables(desk, "day", day)
    with desk.act(operator="front") as act:
        mending.mend(act, "requests", number=number, category="suggestion", reason="听错了")
        mending.mend(act, "emergencies", number=flood, category="fire", reason="听错了")
    assert tables(desk, "day", day) == sheet
    week = tables(desk, "week", day)
    assert [row[0] for row in week["Requests and suggestions"]] == ["suggestion"]
    assert "fire" in str(week["Emergencies and major complaints"])
