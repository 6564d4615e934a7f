"""A step is said once: its row fits its procedure, and key, command and procedure agree in every state of a record."""

import contextlib
import inspect
import itertools
import random
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from data.operators import Operator
from data.tables import NUMBERED
from desk import directory, passes, proof, systems
from desk.act import Act, Desk
from desk.duty import life as duty
from desk.duty import plan
from desk.ground.fields import Field
from desk.ground.refusals import NotAllowed, Refused
from desk.ground.roles import ROLES
from desk.handovers import life as handovers
from desk.passes import gate
from desk.postbook import life as book
from desk.step_table import STEPS, record_of
from desk.steps import Step, ready
from desk.supplies import life as supplies
from screens.cli.commands import program
from screens.cli.system_commands import APPS
from screens.records import record_parts
from screens.widgets.lines import LineList
from tests.conftest import Clock
from tests.helpers import heard, issue, planned, sealed, take
from tests.test_screens import run, sign_in

ROWS = [pytest.param(system, step, id=f"{system}-{step.name}") for system, steps in STEPS.items() for step in steps]
EVERYBODY = "every"
TYPED = {
    "until": "+30h",
    "promised_at": "+3h",
    "at": "",
    "phone": "13900001111",
    "room": "3-2-1502",
    "called": "13900001111",
    "other": "单云青",
    "paper": "110101200001010010",
    "birthday": "1990-01-01",
    "emergency": "13900001111",
    "phones": "",
    "plates": "沪A{n:05}",
    "day": "",
    "handed": "2024-05-01",
    "accepted": "2024-03-01",
    "appraisal": "+5h",
    "meet_at": "+5h",
    "answer_by": "+5h",
    "decline.until": "",
    "month": "",
    "count": "",
    "households": "3",
    "satisfied_forms": "",
    "hold.satisfied": "2",
    "raise_item.room": "",
    "add.room": "3-2-1502",
    "sign.absent": "",
    "area": "88.5",
    "new_secret": "longer88",
    "again": "longer88",
    "roles": "guard",
    "department": "security",
    "signs_for": "-",
    "areas": "-",
    "since": "",
    "label": "9-1-{n}",
    "number": "new{n}",
    "order.appointment": "+5h",
    "appoint.appointment": "+6h",
    "worker": "",
    "collect.others": "",
    "assign.worker": "engineer",
    "amount": "",
    "begin.amount": "50",
    "charges": "换门锁",
    "set_day.day": "2027-03-05",
    "set_day.value": "closed",
    "set_day.calendar": "",
    "add_calendar.calendar": "guards",
    "add_calendar.value": "Mon-Fri 08:00-18:00",
    **dict.fromkeys(directory.FEES, "0"),
}
STATES = 14
# What is no record of a life has few states.
FEW_STATES = 6
# What only whoever asks can know: the other entry that is the same person, a file of theirs, a month with work left,
# to whom a post goes that is offered already.
NEVER_SURE = ("other", "file", "paper", "month", "goes_to")
# What is mended says something else each time.
ANEW = itertools.count()


class Undo(Exception):
    """Ends an act that was only tried."""


@pytest.mark.parametrize(("system", "step"), ROWS)
def test_a_row_fits_its_procedure(system: str, step: Step) -> None:
    takes = step.parameters
    open_ended = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in takes.values())
    given = set(step.reads({field.name: "" for field in step.asks})) if step.title or step.asks else set()
    needed = {name for name, one in takes.items() if one.default is one.empty and one.kind is one.KEYWORD_ONLY}
    assert needed <= given, needed - given
    assert open_ended or {name for name in given if not name.startswith("reason_")} <= set(takes)
    assert set(step.times) <= set(takes)
    assert set(step.words) | set(step.options) <= set(takes)
    assert systems.who_may(step.verb), "nobody may do it"
    assert step.key or step.command
    assert bool(step.key) == bool(step.label)
    assert step.tip


# Words that are no step: registers and records, and what a system has of its own.
NO_STEP = {
    "passes": {"find", "figures", "export", "issue", "call", "correct", "out", "refuse", "slip", "arrears"},
    "site": {"list"},
    "handovers": {"page", "mark"},
    "operators": {"add", "disable", "enable", "secret", "list"},
}


def test_every_command_and_no_other_comes_from_a_row() -> None:
    said = {str(group.name): group.typer_instance for group in program().registered_groups}
    for system, app in APPS.items():
        assert said[systems.SYSTEMS[system].command] is app
        if system in STEPS:
            words = {one.name for one in app.registered_commands}
            steps = {step.command for step in STEPS[system] if step.command}
            assert steps <= words
            assert words - steps <= {"list", "show", "print", "reasons"} | NO_STEP.get(system, set())


def test_no_key_of_a_step_is_one_of_the_list_s_own() -> None:
    own = {key for binding in LineList.BINDINGS for key in str(getattr(binding, "key", "")).split(",")}
    assert "k" in own
    assert {(system, step.name) for system, steps in STEPS.items() for step in steps if step.key in own} == set()


def answers_to(step: Step, field: Field, other: str) -> list[str]:
    """What may be typed or chosen in a field."""
    if field.kind == "choice":
        return [key for key, _name in field.options()]
    typed = TYPED.get(f"{step.name}.{field.name}", TYPED.get(field.name, ""))
    if field.name == "others" and not typed and f"{step.name}.{field.name}" not in TYPED:
        return [other]
    known = field.name in TYPED or f"{step.name}.{field.name}" in TYPED
    return [typed.format(n=next(ANEW)) if known else f"说了{next(ANEW)}"]


def trials(step: Step, desk: Desk, system: str, number: str, other: str) -> Iterator[dict[str, str]]:
    """Answers to what a step asks, good ones among them."""
    with desk.look() as view:
        fields = step.fields(view, None if step.new else record_of(view, system, number))
    said = [answers_to(step, field, other) for field in fields]
    for answers in itertools.product(*said):
        values = dict(zip([field.name for field in fields], answers, strict=True))
        yield {field.name: values[field.name] if field.asked(values) else "" for field in fields}


def tried(step: Step, desk: Desk, number: str, values: dict[str, str], *, keep: bool = False) -> Refused | None:
    """What the procedure says to some answers; done only where it is kept."""
    try:
        with desk.act(operator=EVERYBODY) as act:
            step.run(act, number, values)
            if not keep:
                raise Undo
    except Undo:
        return None
    except Refused as refused:
        return refused
    return None


def compare(desk: Desk, system: str, number: str, other: str) -> list[tuple[Step, dict[str, str]]]:
    """Every step against its procedure, in the state in which the record is; what may be done now is given back."""
    with desk.look() as view:
        record = record_of(view, system, number)
        reasons = ready(STEPS[system], view, record)
        state = " ".join(str(getattr(record, name, "")) for name in ("state", "kind", "grade", "disabled"))
    keys = [step.key for step in STEPS[system] if step.key and reasons.get(step.name) is None]
    assert len(keys) == len(set(keys)), f"two steps wait for one key: {keys}"
    possible = []
    for step in STEPS[system]:
        reason, seen = reasons.get(step.name), None
        for values in trials(step, desk, system, number, other):
            seen = tried(step, desk, number, values)
            if reason is not None:
                assert seen is not None, f"{step.name} in {state}: no key, but {values} is done"
                assert seen.msgid == reason.msgid, f"{step.name} in {state}"
                break
            if seen is None:
                possible.append((step, values)) if not step.new else None
                break
        else:
            # Another person's signature is asked for in the same dialog.
            signed = isinstance(seen, NotAllowed) and step.signer
            guessed = seen is not None and seen.field in NEVER_SURE
            assert reason is not None or signed or guessed, f"{step.name} in {state}: always refused: {seen}"
    return possible


def everybody(desk: Desk) -> None:
    with desk.store.writing() as session:
        roles = " ".join(ROLES)
        session.add(Operator(code=EVERYBODY, name="Every", roles=roles, secret_hash="", department="engineering"))
    desk.operator = EVERYBODY


KINDS = {
    "complaint": ("complaints", {"category": "noise"}),
    "letter": ("complaints", {"channel": "letter", "caller_number": ""}),
    "suggestion": ("requests", {}),
    "request": ("requests", {}),
    "repair": ("repairs", {}),
    "quality": ("quality", {"part": "roof"}),
    "emergency": ("emergencies", {"emergency": "lift", "place": "3栋"}),
    "question": ("contacts", {}),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_key_command_and_procedure_agree_in_every_state_of_a_record(
    desk: Desk, clock: Clock, kind: str, seed: int
) -> None:
    chance = random.Random(f"{kind}{seed}")
    system, changes = KINDS[kind]
    soon = clock.now + timedelta(minutes=30)
    if kind in ("emergency", "question"):
        changes = {**changes, "promised_at": soon}
    other = take(desk).record
    taken = take(desk, "complaint" if kind == "letter" else kind, **changes)
    number = taken.record or taken.contact
    everybody(desk)
    for _turn in range(STATES):
        possible = compare(desk, system, number, other)
        if not possible:
            break
        step, values = chance.choice(possible)
        assert tried(step, desk, number, values, keep=True) is None
        clock.forward(minutes=chance.choice((1, 20, 60)))
    assert proof.verify(desk.store) == []


def on_hold(desk: Desk) -> str:
    return issue(desk, carrier="nanny", call=passes.Call("13900001111", "unreached"))


def left(act: Act, number: str) -> None:
    """What the gate does with a pass between the desk's steps."""
    gate.let_out(act, number=number, goods={1: 1})


def on_roster(desk: Desk) -> str:
    with desk.act(operator="lead") as act:
        return plan.plan_shift(act, post="desk", who="front", first="2026-11-24").number


def on_roster_later(desk: Desk) -> str:
    with desk.act(operator="lead") as act:
        return plan.plan_shift(act, post="desk", who="front", first="2026-11-25").number


def offered(desk: Desk) -> str:
    take(desk)
    with desk.act() as act:
        duty.come(act, post="desk")
    with desk.act() as act:
        return handovers.offer(act, post="desk").number


def happened(desk: Desk) -> str:
    with desk.act(operator="guard") as act:
        return book.write(act, what="路灯坏了").number


def kept(desk: Desk) -> str:
    with desk.act() as act:
        return supplies.add(act, name="打印纸", unit="包", stock="5", least="2").number


OTHERS: dict[str, tuple[str, Callable[[Desk], str], dict[str, str]]] = {
    "a pass": ("passes", issue, {}),
    "a sealed pass": ("passes", sealed, {}),
    "a pass on hold": ("passes", on_hold, {}),
    "a home": ("directory", lambda _desk: "3-2-1502", {}),
    "an empty home": ("directory", lambda _desk: "5-1-101", {}),
    "hours": ("site", lambda _desk: "hours:desk", {"value": "Mon-Fri 09:00-18:00", "since": "2026-12-24"}),
    "a choice": ("site", lambda _desk: "choice:X-4", {}),
    "a standard": ("site", lambda _desk: "standard:T-10", {"value": "2{n} min, always"}),
    "a planned visit": ("rounds", planned, {}),
    "the director's visit": ("rounds", lambda desk: planned(desk, kind="director"), {}),
    "a forum": ("hearings", heard, {"at": ""}),
    "a shift": ("duty", on_roster, {"who": "lead", "first": "2026-12-22", "last": "", "other": "", "stretches": ""}),
    "a shift of tomorrow": (
        "duty",
        on_roster_later,
        {"who": "lead", "first": "2026-12-22", "last": "", "other": "", "stretches": ""},
    ),
    "a handover": ("handovers", offered, {"record": "TS26-000001-5"}),
    "an event on a post": ("postbook", happened, {"post": "", "handled": "已处理"}),
    "a consumable": ("supplies", kept, {"name": "纸{n}", "quantity": "1", "stock": "3", "least": "1", "note": "补记"}),
    "a guard": ("operators", lambda _desk: "guard", {}),
    "the administrator": ("operators", lambda _desk: "admin", {}),
}


def test_every_system_with_steps_is_walked() -> None:
    walked = {system for system, *_rest in (*KINDS.values(), *OTHERS.values())}
    assert walked == set(STEPS), "write how one of its records begins into KINDS (cases) or OTHERS"


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_key_command_and_procedure_agree_in_every_state_of_what_is_no_case(
    desk: Desk, clock: Clock, name: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(f"{name}{seed}")
    system, start, typed = OTHERS[name]
    for field, text in typed.items():
        monkeypatch.setitem(TYPED, field, text)
    number = start(desk)
    everybody(desk)
    for _turn in range(STATES if system == "passes" else FEW_STATES):
        possible = compare(desk, system, number, "")
        if system == "passes" and chance.random() < 0.4:
            with contextlib.suppress(Refused), desk.act(operator="guard") as act:
                left(act, number)
        elif possible:
            step, values = chance.choice(possible)
            assert tried(step, desk, number, values, keep=True) is None
        clock.forward(minutes=chance.choice((1, 20, 600)))
    assert proof.verify(desk.store) == []


async def test_the_keys_of_a_register_are_the_steps_that_the_rules_let_through(desk: Desk, clock: Clock) -> None:
    number = take(desk).record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "project")
        await pilot.press("f6")
        await pilot.pause()
        for turn in range(4):
            with desk.look() as view:
                reasons = ready(STEPS["complaints"], view, record_of(view, "complaints", number))
            for key in {step.key for step in STEPS["complaints"] if step.key}:
                wanted = any(reasons[step.name] is None for step in STEPS["complaints"] if step.key == key)
                assert app.screen.check_action("step", (key,)) is wanted, (turn, key)
            hidden = {key for key, _tip, _why in app.screen.not_now()}
            assert hidden == {step.key for step in STEPS["complaints"] if step.key} - {
                step.key for step in STEPS["complaints"] if step.key and reasons[step.name] is None
            }
            done = (("refer", {"department": "engineering"}), ("sign", {"opinion": "修"}), ("receive", {}), ("x", {}))[
                turn
            ]
            step = next((one for one in STEPS["complaints"] if one.name == done[0]), None)
            if step is not None:
                with desk.act(operator={"sign": "lead", "receive": "engineer"}.get(done[0], "front")) as act:
                    step.run(act, number, done[1])
                app.screen.reload()
                await pilot.pause()


async def test_help_says_of_a_hidden_key_why_it_is_not_there_now(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 50)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f6", "f1")
        await pilot.pause()
        text = "\n".join(str(part) for part in app.screen.parts)
        assert "Not now" in text
        assert "No slip waits for an opinion." in text


def test_an_act_asks_again_what_a_view_asks_once(desk: Desk) -> None:
    asked: list[int] = []
    with desk.look() as view:
        view.once("x", lambda: asked.append(1))
        view.once("x", lambda: asked.append(1))
    assert asked == [1]
    with desk.act() as act:
        assert isinstance(act, Act)
        act.once("x", lambda: asked.append(1))
        act.once("x", lambda: asked.append(1))
    assert asked == [1, 1, 1]


@pytest.mark.parametrize("name", [name for name, (system, *_rest) in OTHERS.items() if system in NUMBERED])
def test_a_remark_is_written_below_every_numbered_record_and_stands_there(desk: Desk, name: str) -> None:
    system, start, _typed = OTHERS[name]
    number = start(desk)
    remark = next(step for step in STEPS[system] if step.name == "note")
    with desk.act(operator="lead") as act:
        remark.run(act, number, {"text": "客户又来电催问"})
    assert "客户又来电催问" in "\n".join(part.plain for part in record_parts(desk, system, number))
