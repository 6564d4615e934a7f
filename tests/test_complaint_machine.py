"""The life of complaints, driven at random by every role beside a small model of the law, with the clock moving.

Run with FAULT=NAME to plant one of FAULTS into the program: the machine then has to fail. All of them in turn:

    .venv/bin/python -m tests.test_complaint_machine

There the tests of test_complaints.py run first, and the machine after them.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, invariant, rule

from desk import cases, followups, ticking
from desk.clocks import clocks
from desk.complaints import answering, dispatch, ending, incidents, judging, manager
from desk.contacts import intake
from desk.followups import visits
from tests.helpers import FIVE, unit
from tests.machines import SiteMachine
from tests.planting import patch, plant_all, planted, without

ACTORS = ("front", "lead", "project", "company", "engineer", "guard", "finance")
AT_DESK = ("front", "lead", "project")
DEPARTMENT = {"engineer": "engineering", "guard": "security"}
REASON = {"major": "CMP-33", "important": "CMP-38", "minor": "CMP-40"}
WEEK, DAY = timedelta(days=7), timedelta(days=1)
RULES = ("T-14", "T-15", "T-16", "T-18", "T-21", "T-21b", "T-17", "complaint.grade", "complaint.opinion",
         "complaint.receipt", "complaint.feedback", "complaint.agree", "complaint.report", "complaint.overrun", "complaint.result", "complaint.close")  # fmt: skip


@dataclass
class Model:
    """What the law says a complaint is, kept apart from the program."""

    home: int
    category: str
    letter: bool
    received: datetime
    raised: datetime
    nature: str = ""
    grade: str = ""
    promoted: bool = False
    slips: list[list[str]] = field(default_factory=list)
    agreed: bool = False
    agree_waits: bool = False
    answer_today: bool = False
    answered: bool = False
    written: bool = False
    settled: bool = False
    confirmed: bool = False
    state: str = "open"
    visited: bool = False
    came_back: int = 0
    incident: int = 0
    told: set[str] = field(default_factory=set)
    asked: datetime | None = None
    one_day: datetime | None = None

    @property
    def weighty(self) -> bool:
        return self.grade in ("major", "important")

    @property
    def pending(self) -> bool:
        return any(state != "answered" for _department, state in self.slips)

    @property
    def reported(self) -> bool:
        wanted = {"supervisor", "project_supervisor"}
        return bool(self.told) if self.grade == "important" else wanted <= self.told

    @property
    def clear(self) -> bool:
        """Whether neither a department nor the manager nor a superior is passed over."""
        agreed = self.agreed or not (self.weighty or self.slips)
        return not self.pending and agreed and (self.reported or not self.weighty)

    def unanswer(self) -> None:
        """A department has it again: nothing of the result stands, and its day counts as before."""
        if self.settled:
            self.one_day = self.raised + DAY
        self.answered = self.confirmed = self.settled = False

    def rules(self) -> set[str]:
        """The promises that have to be running."""
        if self.state != "open":
            major = self.grade == "major"
            return {"T-21b" if major else "T-21"} if self.state == "closed" and not self.visited else set()
        states = {state for _department, state in self.slips}
        wanted = {
            "T-14": not self.settled and self.grade in ("", "important"),
            "T-15": not self.answered and self.grade in ("", "major"),
            "T-16": not self.settled and self.grade == "major",
            "T-18": not self.settled and self.grade in ("", "important", "minor"),
            "T-17": self.answer_today,
            "complaint.grade": not self.nature,
            "complaint.result": not self.answered,
            "complaint.close": self.confirmed,
            "complaint.opinion": "written" in states,
            "complaint.receipt": "signed" in states,
            "complaint.feedback": "received" in states,
            "complaint.agree": self.agree_waits,
            "complaint.report": self.weighty and not self.reported,
            "complaint.overrun": self.asked is not None and not self.settled,
        }
        return {name for name, runs in wanted.items() if runs}


class ComplaintLife(SiteMachine):
    """Take, judge, dispatch, agree, answer, settle, confirm, close, visit, file, merge, declare, wait."""

    papers = Bundle("papers")

    def __init__(self) -> None:
        super().__init__()
        self.homes = [unit(self.desk, label) for label in ("3-2-1502", "3-2-1503", "5-1-101")]
        self.model: dict[str, Model] = {}
        self.incidents = 0

    def promote(self, one: Model) -> None:
        if one.nature != "invalid" and one.grade != "major" and one.state == "open":
            one.grade, one.promoted, one.asked, one.agreed = "major", True, None, False
            one.told = set()

    def promote_repeated(self, one: Model) -> None:
        if not one.category:
            same = [one]
        else:
            same = [
                other
                for other in self.model.values()
                if other is one
                or (
                    (other.home, other.category) == (one.home, one.category)
                    and other.state == "open"
                    and not other.settled
                    and other.nature != "invalid"
                    and other.received >= self.clock.now - timedelta(days=30)
                )
            ]
        if sum(1 + other.came_back for other in same) >= 3:
            for other in same:
                self.promote(other)

    @rule(
        target=papers, home=st.integers(0, 2), category=st.sampled_from(["", "noise", "noise", "facility", "outage"]),
        letter=st.booleans(),
    )  # fmt: skip
    def take(self, home: int, category: str, letter: bool) -> Any:
        with self.desk.act() as act:
            number = intake.take(
                act,
                channel="letter" if letter else "visit",
                kind="complaint",
                what="漏水",
                category=category,
                unit_id=self.homes[home],
            ).record
        one = Model(home, category, letter, self.clock.now, self.clock.now, one_day=self.clock.now + DAY)
        self.model[number] = one
        if category == "outage":
            self.promote(one)
        else:
            self.promote_repeated(one)
        return number

    @rule(number=papers, actor=st.sampled_from(["project", "project", *ACTORS]), nature=st.sampled_from(["valid", "valid", "invalid"]),
          grade=st.sampled_from(["major", "important", "minor"]), staff=st.booleans())  # fmt: skip
    def judge(self, number: str, actor: str, nature: str, grade: str, staff: bool) -> None:
        one = self.model[number]
        allowed = actor == "project" and one.state == "open"
        if nature == "valid":
            allowed = allowed and not (one.promoted and grade != "major") and not (staff and grade == "minor")
        done = self.attempt(
            actor,
            lambda act: judging.grade(
                act,
                number=number,
                nature=nature,
                grade=grade,
                reason=REASON[grade],
                staff="yes" if staff else "no",
                text="说明",
            ),
            allowed,
        )
        if done:
            had = one.grade
            one.nature, one.grade = nature, grade if nature == "valid" else "none"
            one.asked = None
            weight = {"important": 1, "major": 2}
            if weight.get(one.grade, 0) > weight.get(had, 0):
                one.agreed, one.told = False, set()
            if one.grade == "important" and had not in ("", "important"):
                one.one_day = one.raised + DAY

    @rule(
        number=papers,
        actor=st.sampled_from(["front", *ACTORS]),
        department=st.sampled_from(["engineering", "security"]),
    )
    def refer(self, number: str, actor: str, department: str) -> None:
        one = self.model[number]
        busy = any(where == department and state != "answered" for where, state in one.slips)
        allowed = actor in AT_DESK and one.state == "open" and not busy
        if self.attempt(actor, lambda act: dispatch.refer(act, number=number, department=department), allowed):
            one.slips.append([department, "written"])
            one.agree_waits = one.answer_today = False
            one.unanswer()

    @rule(number=papers, actor=st.sampled_from(["lead", *ACTORS]))
    def sign(self, number: str, actor: str) -> None:
        one = self.model[number]
        waiting = [slip for slip in one.slips if slip[1] == "written"]
        allowed = actor in ("lead", "project") and one.state == "open" and bool(waiting)
        if self.attempt(actor, lambda act: dispatch.sign(act, number=number, opinion="办"), allowed):
            waiting[0][1] = "signed"

    @rule(number=papers, actor=st.sampled_from(["engineer", "guard", *ACTORS]))
    def receive(self, number: str, actor: str) -> None:
        one = self.model[number]
        ours = [slip for slip in one.slips if slip[1] == "signed" and slip[0] == DEPARTMENT.get(actor)]
        if self.attempt(actor, lambda act: dispatch.receive(act, number=number), one.state == "open" and bool(ours)):
            ours[0][1] = "received"

    @rule(number=papers, actor=st.sampled_from(["engineer", "guard", *ACTORS]))
    def feed_back(self, number: str, actor: str) -> None:
        one = self.model[number]
        collected = [slip for slip in one.slips if slip[1] == "received"]
        ours = [slip for slip in collected if slip[0] == DEPARTMENT.get(actor)] or (
            collected if actor in AT_DESK else []
        )
        allowed = one.state == "open" and bool(ours)
        if self.attempt(actor, lambda act: dispatch.feedback(act, number=number, text="好了"), allowed):
            ours[0][1] = "answered"
            one.agreed = False
            one.answer_today = one.answer_today or not one.pending
            one.agree_waits = one.agree_waits or not one.pending

    @rule(number=papers, actor=st.sampled_from(["project", *ACTORS]), yes=st.booleans())
    def agree(self, number: str, actor: str, yes: bool) -> None:
        one = self.model[number]
        states = ("open", "closed") if yes else ("open",)
        allowed = actor in ("project", "company") and one.state in states and not one.pending
        allowed = allowed and (yes or bool(one.slips))
        said = "yes" if yes else "no"
        if self.attempt(actor, lambda act: dispatch.agree(act, number=number, agreed=said, text="理由"), allowed):
            one.agree_waits = False
            if yes:
                one.agreed = True
            else:
                one.slips[-1][1] = "received"
                one.agreed = one.answer_today = False
                one.unanswer()

    @rule(number=papers, actor=st.sampled_from(["front", *ACTORS]))
    def answer(self, number: str, actor: str) -> None:
        one = self.model[number]
        allowed = actor in AT_DESK and one.state == "open" and one.clear
        if self.attempt(actor, lambda act: answering.answer(act, number=number, text="结果"), allowed):
            one.answered, one.answer_today = True, False

    @rule(number=papers, actor=st.sampled_from(["lead", *ACTORS]))
    def write(self, number: str, actor: str) -> None:
        one = self.model[number]
        allowed = actor == "lead" and one.state == "open" and one.letter
        if self.attempt(actor, lambda act: answering.written_reply(act, number=number, text="函"), allowed):
            one.written = True

    @rule(number=papers, actor=st.sampled_from(["front", *ACTORS]))
    def settle(self, number: str, actor: str) -> None:
        one = self.model[number]
        allowed = actor in AT_DESK and one.state == "open" and not one.settled and not one.pending
        if self.attempt(actor, lambda act: ending.settle(act, number=number, text="修好"), allowed):
            one.settled = True

    @rule(number=papers, actor=st.sampled_from(["front", *ACTORS]))
    def confirm(self, number: str, actor: str) -> None:
        one = self.model[number]
        allowed = actor in AT_DESK and one.state == "open" and one.answered and one.clear
        if self.attempt(actor, lambda act: ending.confirm(act, number=number, how="phone", text="认可"), allowed):
            one.confirmed = one.settled = True
            one.asked = None

    @rule(number=papers, actor=st.sampled_from(["front", *ACTORS]))
    def close(self, number: str, actor: str) -> None:
        one = self.model[number]
        ready = one.answered and one.nature and one.confirmed and one.clear and (one.written or not one.letter)
        allowed = actor in AT_DESK and one.state == "open" and bool(ready)
        if self.attempt(actor, lambda act: ending.close(act, number=number, outcome="完"), allowed):
            one.state, one.settled = "closed", True
            one.answer_today = one.agree_waits = False
            one.asked = None

    @rule(number=papers)
    def hurry_to_the_end(self, number: str) -> None:
        """The usual way from wherever it is to closed, so that the end of the life is often reached."""
        one = self.model[number]
        if one.state != "open" or one.pending:
            return
        if not one.nature:
            self.judge(number, "project", "valid", "major" if one.promoted else "minor", False)
        if not one.agreed:
            self.agree(number, "project", True)
        for leader in ("supervisor", "project_supervisor") if one.weighty else ():
            self.report(number, "front", leader)
        self.answer(number, "front")
        if one.letter:
            self.write(number, "lead")
        self.confirm(number, "front")
        self.close(number, "front")

    @rule(number=papers, actor=st.sampled_from(["front", "project", *ACTORS]), happy=st.booleans())
    def visit(self, number: str, actor: str, happy: bool) -> None:
        one = self.model[number]
        who = ("project",) if one.grade == "major" else AT_DESK
        allowed = actor in who and one.state == "closed" and not one.visited
        said = "yes" if happy else "no"
        if self.attempt(
            actor, lambda act: followups.visit(act, number=number, how="phone", satisfied=said, **FIVE), allowed
        ):
            if happy:
                one.visited = True
                return
            one.state, one.raised, one.came_back = "open", self.clock.now, one.came_back + 1
            one.told = set()
            one.answered = one.agreed = one.settled = one.confirmed = one.written = False
            one.slips = []
            if one.nature == "invalid":
                one.nature, one.grade = "", "major" if one.promoted else ""
            one.one_day = self.clock.now + DAY
            self.promote_repeated(one)

    @rule(number=papers, actor=st.sampled_from(["front", *ACTORS]))
    def file(self, number: str, actor: str) -> None:
        one = self.model[number]
        allowed = actor in AT_DESK and one.state == "closed" and one.visited and one.clear
        if self.attempt(actor, lambda act: ending.archive(act, number=number), allowed):
            one.state = "archived"

    @rule(number=papers, actor=st.sampled_from(["company", *ACTORS]))
    def declare(self, number: str, actor: str) -> None:
        one = self.model[number]
        allowed = actor == "company" and one.state == "open" and one.nature != "invalid" and one.grade != "major"
        if self.attempt(actor, lambda act: judging.declare(act, number=number, text="认定"), allowed):
            one.grade, one.promoted, one.asked, one.agreed = "major", True, None, False
            one.told = set()

    @rule(number=papers, actor=st.sampled_from(["front", *ACTORS]),
          to=st.sampled_from(["supervisor", "project_supervisor", "company_manager"]))  # fmt: skip
    def report(self, number: str, actor: str, to: str) -> None:
        one = self.model[number]
        allowed = actor in AT_DESK and one.state in ("open", "closed") and one.weighty and len(one.told) < 3
        if self.attempt(actor, lambda act: judging.report(act, number=number, to=to), allowed):
            one.told.add(to)

    @rule(number=papers, actor=st.sampled_from(["front", *ACTORS]), days=st.integers(1, 3))
    def ask(self, number: str, actor: str, days: int) -> None:
        one = self.model[number]
        until = self.clock.now + timedelta(days=days)
        runs = "T-14" in one.rules() and one.one_day is not None and until > one.one_day
        allowed = actor in AT_DESK and one.state == "open" and runs and one.asked is None
        if self.attempt(
            actor, lambda act: dispatch.ask_overrun(act, number=number, until=until, reason="等料"), allowed
        ):
            one.asked = until

    @rule(number=papers, actor=st.sampled_from(["company", *ACTORS]), yes=st.booleans())
    def decide(self, number: str, actor: str, yes: bool) -> None:
        one = self.model[number]
        asked = one.asked if one.state == "open" else None
        allowed = actor == "company" and asked is not None
        if asked is not None and yes:
            late = one.one_day is not None and asked <= one.one_day
            allowed = allowed and "T-14" in one.rules() and asked > self.clock.now and not late
        said = "yes" if yes else "no"
        if self.attempt(
            actor, lambda act: dispatch.decide_overrun(act, number=number, approved=said, text="理由"), allowed
        ):
            if yes:
                one.one_day = asked
            one.asked = None

    @rule(numbers=st.lists(papers, min_size=2, max_size=3, unique=True), actor=st.sampled_from(["front", "guard"]))
    def merge(self, numbers: list[str], actor: str) -> None:
        found = [self.model[number] for number in numbers]
        known = {one.incident for one in found if one.incident}
        allowed = actor == "front" and len(known) < 2 and all(one.nature != "invalid" for one in found)
        if self.attempt(actor, lambda act: incidents.merge(act, number=numbers[0], others=numbers[1:]), allowed):
            self.incidents += 1
            place = known.pop() if known else self.incidents
            for one in found:
                one.incident = place
            together = [one for one in self.model.values() if one.incident == place]
            if len({one.home for one in together if one.nature != "invalid"}) >= 3:
                for one in together:
                    self.promote(one)

    @rule(hours=st.sampled_from([1, 5, 20, 30, 80, 200]))
    def wait(self, hours: int) -> None:
        self.clock.forward(hours=hours)
        while ticking.tick(self.desk):
            continue
        for one in self.model.values():
            if one.state == "open" and not one.settled and self.clock.now >= one.received + WEEK:
                self.promote(one)

    @invariant()
    def the_store_agrees(self) -> None:
        while ticking.tick(self.desk):
            continue
        for one in self.model.values():
            if one.state == "open" and not one.settled and self.clock.now >= one.received + WEEK:
                self.promote(one)
        with self.desk.read() as session:
            for number, one in self.model.items():
                case = cases.get(session, "complaints", number)
                state = case.state if case.state in cases.OVER else "open"
                assert (case.nature, case.grade, state) == (one.nature, one.grade, one.state), number
                running = [c for c in clocks.of_record(session, number) if c.ended_at is None]
                found = {c.rule for c in running} & set(RULES)
                assert found == one.rules(), (number, found ^ one.rules())
                names = [c.rule for c in running]
                assert len(names) == len(set(names)), (number, sorted(names))
                due = [c.due_at for c in running if c.rule == "T-14"]
                assert due in ([], [one.one_day]), number


FAULTS: dict[str, Callable[[], None]] = {
    "anybody judges": lambda: without('act.require("complaints.grade")', judging, "grade", "pass"),
    "a promoted complaint is lowered": lambda: without('if case.promoted and grade != "major":', judging, "_check_grade", "if False:"),
    "what people did is minor": lambda: without('grade == "minor" and staff == "yes"', judging, "_check_grade", "False"),
    "invalid complaints are promoted": lambda: without('case.nature == "invalid" or ', judging, "promote", ""),
    "closed complaints are promoted": lambda: without(" or case.state in cases.OVER", judging, "promote", ""),
    "age promotes nobody": lambda: without("case.settled_at is None and promote", judging, "promote_by_age", "False and promote"),
    "outages are ordinary": lambda: without('case.category == "outage"', judging, "promote_outage", "False"),
    "repeats are never counted": lambda: without("< times", incidents, "promote_repeated", "< 99"),
    "repeats of others count": lambda: without("Complaint.unit_id == case.unit_id, ", incidents, "_raised_by_household", ""),
    "settled repeats count": lambda: without(", col(Complaint.settled_at).is_(None)", incidents, "_raised_by_household", ""),
    "coming back does not count": lambda: without("1 + _came_back(act.session, one)", incidents, "promote_repeated", "1"),
    "two households are many": lambda: without(">= int(option.value)", incidents, "promote_collective", ">= 2"),
    "callers count instead of households": lambda: patch(incidents, "household_count", lambda _f: len),
    "incidents are mixed": lambda: without("if len(known) > 1:", incidents, "merge", "if False:"),
    "anybody declares": lambda: without('act.require("complaints.declare")', judging, "declare", "pass"),
    "one superior is enough": lambda: without("set(wanted.split()) <= heard", judging, "reported_enough", "bool(heard)"),
    "no opinion before the receipt": lambda: without("if slip.state == state", dispatch, "_in", 'if slip.state == state or (state, slip.state) == ("signed", "written")'),
    "anybody signs the opinion": lambda: without('act.require("complaints.sign")', dispatch, "sign", "pass"),
    "another department collects": lambda: without("slip.department == act.operator.department", dispatch, "receive", "True"),
    "the second slip is forgotten": lambda: without('if one.state == "written"', dispatch, "_enter", "if False"),
    "anybody agrees": lambda: without('act.require("complaints.agree")', dispatch, "agree", "pass", "if not {post, \"company_manager\"} & set(act.operator.roles.split()):", "if False:"),
    "the result goes out unagreed": lambda: without("if needs_agreement(view, case):", manager, "why_not", "if False:"),
    "the result goes out before the feedback": lambda: without("if life.is_pending(life.slips(view, case)):", manager, "why_not", "if False:"),
    "the result goes out unreported": lambda: without("if case.grade in WEIGHTY and not judging", manager, "why_not", "if False and not judging"),
    "confirmed round the manager": lambda: without("return manager.why_not(view, case)", ending, "why_not_confirm", "return None"),
    "closed round the manager": lambda: without("if (refused := manager.why_not(view, case)) is not None:", ending, "why_not_close", "if refused := None:"),
    "a higher grade keeps the agreement": lambda: without("life.weighs_more(case)", judging, "grade", "pass"),
    "a promotion keeps the agreement": lambda: without("life.weighs_more(case)", judging, "promote", "pass"),
    "solved while a slip waits": lambda: without("if life.is_pending(life.slips(view, case)):", ending, "why_not_settle", "if False:"),
    "sent back and still answered": lambda: without("life.unanswer(case)", dispatch, "_send_back", "pass"),
    "passed on again and still answered": lambda: without("life.unanswer(case)", dispatch, "refer", "pass"),
    "what waits to be closed becomes major": lambda: without(", case.settled_at or act.now", ending, "confirm", ", case.settled_at"),
    "new feedback keeps the old agreement": lambda: without('life.forget_result(case)', dispatch, "feedback", "pass"),
    "anybody approves an overrun": lambda: without('act.require("complaints.decide_overrun")', dispatch, "decide_overrun", "pass", 'clocks.extend(act, clock_id=clock.id or 0, until=until, reason=text)', "pass"),
    "an approval moves nothing": lambda: without('clocks.extend(act, clock_id=clock.id or 0, until=until, reason=text)', dispatch, "decide_overrun", "pass"),
    "closed unjudged": lambda: without("if not case.nature:", ending, "why_not_close", "if False:"),
    "closed unconfirmed": lambda: without("if case.confirmed_at is None:", ending, "why_not_close", "if False:"),
    "closed without the letter": lambda: without("case.channel in answering.WRITTEN and case.written_at is None", ending, "why_not_close", "False"),
    "anybody visits a major one": lambda: without('getattr(case, "grade", "") != "major"', visits, "may_visit", "True"),
    "dissatisfied stays closed": lambda: without('if satisfied == "no" and system == "complaints":', visits, "visit", "if False:"),
    "filed unvisited": lambda: without(' or case.visited_at is None', ending, "why_not_archive", ""),
    "a reopened one stays settled": lambda: without("case.settled_at = ", ending, "reopen", ""),
}  # fmt: skip
planted(FAULTS)

ComplaintLife.TestCase.settings = settings(
    phases=list(Phase) if os.environ.get("SHRINK") else [Phase.explicit, Phase.generate],
    max_examples=int(os.environ.get("EXAMPLES", "12")), stateful_step_count=40, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck), print_blob=False,
)  # fmt: skip
TestComplaintLife = ComplaintLife.TestCase

if __name__ == "__main__":
    plant_all(__file__, FAULTS, 200, "test_complaints.py")
