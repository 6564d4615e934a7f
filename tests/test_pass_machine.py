"""The whole life of passes, driven at random by several actors beside a small model that cannot be cheated.

Run with FAULT=NAME to plant one of FAULTS into the program: the machine then has to fail. All of them in turn:

    .venv/bin/python -m tests.test_pass_machine
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, invariant, multiple, rule

from data.passes import Pass
from desk import passes
from desk.passes import carrier, fees, gate, issuing, life, proof
from tests.helpers import draft, unit
from tests.machines import SiteMachine
from tests.planting import patch, plant_all, planted, without

ACTORS = ("front", "lead", "finance", "guard", "admin")


@dataclass
class Model:
    """What the law says a pass is, kept apart from the program."""

    state: str
    moving_out: bool
    until: datetime
    left: dict[int, int]
    contents: str
    replaces: str = ""
    slip_due: bool = False
    slip_done: bool = False
    moving_at: datetime | None = None
    trips: int = 0


class PassLife(SiteMachine):
    """Issue, call, pay, sign, seal, void, correct, extend, let out, refuse, return: by anybody, at any time."""

    papers = Bundle("papers")

    def __init__(self) -> None:
        super().__init__()
        self.unit = unit(self.desk)
        self.debt = 0
        self.model: dict[str, Model] = {}
        self.order: list[str] = []

    @initialize(target=papers)
    def begin(self) -> Any:
        wanted = [self._draft("owner", "temporary", "", True), self._draft("owner", "temporary", "", True)]
        wanted.append(self._draft("owner", "moving_out", "", True))
        wanted.append(self._draft("nanny", "temporary", "unreached", False))
        made = []
        for one in wanted:
            with self.desk.act() as act:
                paper = passes.issue(act, draft=one)
            made.append(self._enter(paper, one.nature == "moving_out", one.carrier == "nanny"))
        return multiple(*made)

    def _enter(self, paper: Pass, moving_out: bool, hold: bool, replaces: str = "") -> str:
        state = "hold" if hold else "issued"
        self.order.append(paper.number)
        self.model[paper.number] = Model(
            state,
            moving_out,
            paper.valid_until,
            {1: 2, 2: 3},
            self._contents(paper.number),
            replaces,
            moving_at=paper.moving_at,
        )
        return paper.number

    def _contents(self, number: str) -> str:
        with self.desk.read() as session:
            paper = passes.get(session, number)
            goods = [(i.line, i.name, i.quantity, i.unit) for i in passes.items_of(session, number)]
            fixed = (paper.unit_id, paper.carrier, paper.nature, paper.destination, paper.mover, paper.moving_at)
        return str((fixed, goods))

    def _draft(self, carrier: str, nature: str, outcome: str, id_seen: bool) -> passes.Draft:
        made = passes.Call("13900001111", outcome, "说") if outcome else None
        return draft(
            self.desk,
            carrier=carrier,
            nature=nature,
            id_seen=id_seen,
            call=made,
            unit_id=self.unit,
            moving_at=self.clock.now + timedelta(minutes=5),
        )

    def _issue_allowed(self, actor: str, carrier: str, nature: str, outcome: str, id_seen: bool) -> bool:
        card, call = carrier in ("owner", "tenant"), carrier != "owner"
        return (id_seen or not card) and (bool(outcome) or not call) and self._may_issue(actor)

    def _may_issue(self, actor: str) -> bool:
        hours = 8 <= self.desk.calendar().local(self.clock.now).hour < 21
        return actor == "lead" or (actor == "front" and hours)

    @rule(
        target=papers,
        actor=st.sampled_from(["front", "front", "front", *ACTORS]),
        carrier=st.sampled_from(["owner", "owner", "tenant", "nanny"]),
        nature=st.sampled_from(["temporary", "moving_out"]),
        outcome=st.sampled_from(["agrees", "refuses", "unreached", ""]),
        id_seen=st.sampled_from([True, True, True, False]),
    )
    def issue(self, actor: str, carrier: str, nature: str, outcome: str, id_seen: bool) -> Any:
        wanted = self._draft(carrier, nature, outcome, id_seen)
        allowed = self._issue_allowed(actor, carrier, nature, outcome, id_seen)
        paper = self.attempt(actor, lambda act: passes.issue(act, draft=wanted), allowed)
        if paper is None:
            return multiple()
        called = carrier != "owner"
        return self._enter(paper, nature == "moving_out", called and outcome != "agrees")

    @rule(number=papers, actor=st.sampled_from(ACTORS), outcome=st.sampled_from(["agrees", "unreached"]))
    def call(self, number: str, actor: str, outcome: str) -> None:
        one = self.model[number]
        allowed = actor in ("front", "lead") and one.state == "hold"
        late = outcome == "agrees" and (one.until <= self.clock.now or not self._may_issue(actor))
        made = passes.Call("13900001111", outcome, "说")
        if self.attempt(actor, lambda act: passes.call(act, number=number, made=made), allowed and not late):
            one.state = "issued" if outcome == "agrees" else "hold"

    @rule(fen=st.sampled_from([0, 0, 0, 5000]), actor=st.sampled_from(["finance", "finance", "finance", "guard"]))
    def owe(self, fen: int, actor: str) -> None:
        def work(act: Any) -> bool:
            passes.record_arrears(act, unit_id=self.unit, fee="property", fen=fen)
            return True

        if self.attempt(actor, work, actor == "finance"):
            self.debt = fen

    @rule(number=papers, actor=st.sampled_from(["finance", "finance", "finance", "front", "lead", "guard"]))
    def sign(self, number: str, actor: str) -> None:
        one = self.model[number]
        allowed = actor == "finance" and one.state == "issued" and self.debt == 0
        if self.attempt(actor, lambda act: passes.sign_fees(act, number=number), allowed):
            one.state = "signed"

    @rule(number=papers)
    def go_on(self, number: str) -> None:
        """The next lawful step towards the gate, so that the states behind the seal are reached often."""
        if self.model[number].state == "issued":
            self.seal(number, "front")
            self.sign(number, "lead")
            self.sign(number, "finance")
        elif self.model[number].state == "signed":
            self.seal(number, "front")

    @rule(number=papers)
    def all_the_way(self, number: str) -> None:
        self.go_on(number)
        self.go_on(number)

    @rule(number=papers)
    def owe_before_the_seal(self, number: str) -> None:
        """Money that is owed after finance signed and before the seal."""
        if self.model[number].state == "issued":
            self.sign(number, "finance")
        self.owe(5000, "finance")
        self.seal(number, "front")
        self.owe(0, "finance")

    @rule(number=papers)
    def owe_at_the_gate(self, number: str) -> None:
        """Money that is owed after the seal, by a move out when there is one."""
        moves = [n for n, one in self.model.items() if one.moving_out and one.state in ("issued", "signed", "sealed")]
        number = moves[0] if moves else number
        self.all_the_way(number)
        self.owe(5000, "finance")
        self.let_out(number, "guard", 1, 0, False)
        self.extend(number, "lead", 30)
        self.owe(0, "finance")

    @rule(number=papers)
    def come_too_late(self, number: str) -> None:
        """The next day, on a pass of the day before."""
        self.all_the_way(number)
        self.clock.forward(minutes=1500)
        self.let_out(number, "guard", 1, 0, False)
        self.extend(number, "lead", 1)

    @rule(number=papers)
    def turned_away(self, number: str) -> None:
        """All the way to the gate and refused there, then tried once more."""
        self.all_the_way(number)
        self.refuse(number, "guard")
        self.let_out(number, "guard", 1, 0, False)

    @rule(number=papers, whole=st.booleans())
    def leave(self, number: str, whole: bool) -> None:
        """All the way to the gate, and out of it with all that is left or with one piece."""
        self.all_the_way(number)
        left = self.model[number].left
        self.let_out(number, "guard", left[1] + 1, 0, False)
        self.let_out(number, "guard", 1, 0, True)
        self.let_out(number, "front", 1, 0, False)
        self.extend(number, "front", 30)
        self.extend(number, "lead", 1)
        first = left[1] if whole else min(1, left[1])
        self.let_out(number, "guard", first, left[2] if whole else 0, False)
        if self.model[number].state == "out":
            self.void(number, "front", "填错")
        if self.model[number].state == "part" and self._may_issue("front"):
            self.correct(number, "front")

    @rule(number=papers, actor=st.sampled_from(["front", "front", "lead", "finance", "guard"]))
    def seal(self, number: str, actor: str) -> None:
        one = self.model[number]
        allowed = actor in ("front", "lead") and one.state == "signed" and one.until > self.clock.now
        allowed = allowed and not self.debt
        if self.attempt(actor, lambda act: passes.seal(act, number=number), allowed):
            one.state = "sealed"

    @rule(number=papers, actor=st.sampled_from(ACTORS), reason=st.sampled_from(["填错", " "]))
    def void(self, number: str, actor: str, reason: str) -> None:
        one = self.model[number]
        allowed = actor in ("front", "lead") and one.state not in ("out", "void") and bool(reason.strip())
        if self.attempt(actor, lambda act: passes.void(act, number=number, reason=reason), allowed):
            one.state, one.slip_due = "void", False

    @rule(target=papers, number=papers, actor=st.sampled_from(["front", "lead", "guard"]))
    def correct(self, number: str, actor: str) -> Any:
        one = self.model[number]
        wanted = self._draft("owner", "temporary", "", True)
        allowed = one.state not in ("out", "void") and self._issue_allowed(actor, "owner", "temporary", "", True)
        allowed = allowed and (one.trips == 0 or one.left == {1: 2, 2: 3})
        paper = self.attempt(
            actor, lambda act: passes.correct(act, number=number, draft=wanted, reason="换单"), allowed
        )
        if paper is None:
            return multiple()
        one.state, one.slip_due = "void", False
        return self._enter(paper, False, False, replaces=number)

    @rule(number=papers, actor=st.sampled_from(["lead", "lead", "front", "guard"]), hours=st.integers(-2, 60))
    def extend(self, number: str, actor: str, hours: int) -> None:
        one = self.model[number]
        until = self.clock.now + timedelta(hours=hours)
        allowed = actor == "lead" and one.state in ("sealed", "part") and hours > 0 and until > one.until
        allowed = allowed and one.until >= self.clock.now and until <= one.moving_at + timedelta(days=7)
        allowed = allowed and not (one.moving_out and self.debt)
        if self.attempt(actor, lambda act: passes.extend(act, number=number, until=until, reason="车晚"), allowed):
            one.until = until

    @rule(
        number=papers,
        actor=st.sampled_from(["guard", "guard", "guard", "front", "lead"]),
        first=st.integers(0, 3),
        second=st.integers(0, 4),
        stale=st.sampled_from([False, False, False, True]),
    )
    def let_out(self, number: str, actor: str, first: int, second: int, stale: bool) -> None:
        one = self.model[number]
        trips = gate.verdict(self.desk, number).trips
        fits = first <= one.left[1] and second <= one.left[2] and first + second > 0
        allowed = actor == "guard" and self._may_leave(one) and fits and not stale
        goods = {1: first, 2: second}
        seen = trips + 1 if stale else trips
        if self.attempt(actor, lambda act: gate.let_out(act, number=number, goods=goods, seen=seen), allowed):
            one.left = {line: one.left[line] - goods[line] for line in goods}
            one.state = "part" if any(one.left.values()) else "out"
            one.slip_due = one.state == "out"
            one.trips += 1

    def _may_leave(self, one: Model) -> bool:
        owes = one.moving_out and self.debt > 0
        return one.state in ("sealed", "part") and self.clock.now <= one.until and not owes

    @rule(number=papers, actor=st.sampled_from(["guard", "guard", "front", "lead"]))
    def refuse(self, number: str, actor: str) -> None:
        one = self.model[number]
        allowed = actor == "guard" and self._may_leave(one)
        if self.attempt(actor, lambda act: gate.refuse(act, number=number, reason="more"), allowed):
            one.state, one.slip_due = "refused", True
            one.trips += 1

    @rule(number=papers, actor=st.sampled_from(["front", "guard"]))
    def slip(self, number: str, actor: str) -> None:
        one = self.model[number]
        expired = one.state in ("sealed", "part") and one.until < self.clock.now and not one.slip_done
        allowed = actor == "front" and (one.slip_due or expired)
        if self.attempt(actor, lambda act: passes.return_slip(act, number=number), allowed):
            one.slip_due, one.slip_done = False, True

    @rule(minutes=st.sampled_from([1, 1, 1, 30, 60, 300, 1500]))
    def wait(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @invariant()
    def the_program_agrees_with_the_law(self) -> None:
        verdicts = {"hold": "held", "issued": "unsealed", "signed": "unsealed", "sealed": "ok"}
        for place, number in enumerate(self.order, 1):
            one = self.model[number]
            assert int(number.split("-")[1]) == place, "a number is missing or doubled"
            seen = gate.verdict(self.desk, number)
            kind = verdicts.get(one.state, one.state)
            if kind in ("ok", "part") and self.clock.now > one.until:
                kind = "expired"
            elif kind in ("ok", "part") and one.moving_out and self.debt:
                kind = "owes"
            assert seen.kind == kind
            assert {item.line: item.left for item in seen.items} == one.left
            assert self._contents(number) == one.contents, "the contents of a pass changed"
            with self.desk.read() as session:
                assert passes.get(session, number).replaces == one.replaces
                waiting = {c.rule for c in _running(session, number)}
            assert ("pass.hold" in waiting) == (one.state == "hold")
            assert ("pass.sign" in waiting) == (one.state == "issued")
            assert ("pass.refused" in waiting) == (one.state == "refused")


def _running(session: Any, number: str) -> list[Any]:
    from desk.clocks import clocks

    return [clock for clock in clocks.of_record(session, number) if clock.ended_at is None]


FAULTS: dict[str, Callable[[], None]] = {
    "seal without finance": lambda: without(
        'get(act.session, number).state == "issued"', life, "seal", "False", 'number, "signed"', "number, *LIVE"
    ),
    "seal although the time is over": lambda: without("paper.valid_until <= act.now", life, "seal", "False"),
    "seal although money is owed": lambda: without("fees.need_signature(act, paper.nature)", life, "seal", "False"),
    "let a move out although money is owed": lambda: without("if owes:", gate, "_kind", "if False:"),
    "a correction doubles what has left": lambda: without("if last_used is not None:", life, "correct", "if False:"),
    "an expired pass is extended": lambda: without("paper.valid_until < act.now", life, "extend", "False"),
    "finance signs although money is owed": lambda: patch(fees, "must_be_settled", lambda _f: lambda *_a: None),
    "anybody may sign": lambda: without('act.require("passes.sign_fees")', life, "sign_fees", "pass"),
    "anybody may void": lambda: without('act.require("passes.void")', life, "void", "pass"),
    "void after everything left": lambda: without("*LIVE", life, "void", '*LIVE, "out"'),
    "void without a reason": lambda: without('needed(reason, "reason", 200)', life, "void", "reason"),
    "issue without the original ID": lambda: without("if not seen:", carrier, "check_card", "if False:"),
    "an owner who refuses counts as agreeing": lambda: without('call.outcome == "agrees"', proof, "check", "True"),
    "let out unsealed": lambda: without('if state not in ("sealed", "part"):', gate, "_kind", "if False:"),
    "let out after its time": lambda: without("if early or over:", gate, "_kind", "if early:"),
    "let out twice": lambda: without("item.out += leaving", gate, "let_out", "item.out += 0 * leaving"),
    "let out more than the pass says": lambda: without("or count > left[line]", gate, "_leaving", ""),
    "of two guards both succeed": lambda: without("seen != paper.trips", gate, "_must_be_as_seen", "False"),
    "anybody lets out": lambda: without('act.require("passes.let_out")', gate, "let_out", "pass"),
    "a refused load stays valid": lambda: without('paper.state, paper.slip = "refused", "due"', gate, "refuse", "pass"),
    "the desk extends by itself": lambda: without('act.require("passes.extend")', life, "extend", "pass"),
    "an extension may shorten": lambda: without("or until <= paper.valid_until", life, "extend", ""),
    "a correction forgets the old number": lambda: without("replaces=old.number", life, "correct", ""),
    "a correction leaves the old one valid": lambda: without(
        "void(act, number=number, reason=reason, slip=slip, statement=statement)", life, "correct", "pass"
    ),
    "a hold is forgotten on the queue": lambda: without(
        '"passes.hold" if paper.state == "hold" else "passes.issue"', issuing, "_leave_entry", '"passes.issue"'
    ),
}

planted(FAULTS)
PassLife.TestCase.settings = settings(
    phases=list(Phase) if os.environ.get("SHRINK") else [Phase.explicit, Phase.generate],
    max_examples=int(os.environ.get("EXAMPLES", "10")), stateful_step_count=30, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck), print_blob=False,
)  # fmt: skip
TestPassLife = PassLife.TestCase


if __name__ == "__main__":
    plant_all(__file__, FAULTS, 40)
