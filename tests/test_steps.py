"""A step is said once: its row fits its procedure, and key, command and procedure agree in every state of a record."""

import inspect
import itertools
import random
from collections.abc import Iterator
from datetime import timedelta

import pytest

from data.operators import Operator
from desk import cases, journal, systems
from desk.act import Act, Desk
from desk.ground.refusals import NotAllowed, Refused
from desk.ground.roles import ROLES
from desk.step_table import STEPS
from desk.steps import Step, ready
from screens.cli.desk_commands import COMMANDS, contact
from tests.conftest import Clock
from tests.helpers import take
from tests.test_screens import run, sign_in

ROWS = [pytest.param(system, step, id=f"{system}-{step.name}") for system, steps in STEPS.items() for step in steps]
EVERYBODY = "every"
TYPED = {"until": "+30h", "promised_at": "+3h", "at": "", "phone": "13900001111", "room": "3-2-1502"}
STATES = 14
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
    assert needed <= given
    assert open_ended or {name for name in given if not name.startswith("reason_")} <= set(takes)
    assert set(step.times) <= set(takes)
    assert set(step.words) | set(step.options) <= set(takes)
    assert systems.who_may(step.verb), "nobody may do it"
    assert step.key or step.command
    assert bool(step.key) == bool(step.label)
    assert step.tip


def test_every_command_and_no_other_comes_from_a_row() -> None:
    for system, app in {**COMMANDS, "contacts": contact}.items():
        words = {one.name for one in app.registered_commands}
        steps = {step.command for step in STEPS[system] if step.command}
        assert steps <= words
        assert words - steps <= {"list", "show", "print", "reasons"}


def trials(step: Step, desk: Desk, system: str, number: str, other: str) -> Iterator[dict[str, str]]:
    """Answers to what a step asks, good ones among them."""
    with desk.look() as view:
        fields = step.fields(view, cases.get(view.session, system, number))
    said = [
        [key for key, _name in field.options()]
        if field.kind == "choice"
        else [TYPED[field.name]]
        if field.name in TYPED
        else [other if field.name == "others" else f"说了{next(ANEW)}"]
        for field in fields
    ]
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
        record = cases.get(view.session, system, number)
        reasons = ready(STEPS[system], view, record)
        state = f"{record.state if system != 'contacts' else record.kind} {getattr(record, 'grade', '')}"
    keys = [step.key for step in STEPS[system] if step.key and reasons[step.name] is None]
    assert len(keys) == len(set(keys)), f"two steps wait for one key: {keys}"
    possible = []
    for step in STEPS[system]:
        reason, seen = reasons[step.name], None
        for values in trials(step, desk, system, number, other):
            seen = tried(step, desk, number, values)
            if reason is not None:
                assert seen is not None, f"{step.name} in {state}: no key, but {values} is done"
                assert seen.msgid == reason.msgid, f"{step.name} in {state}"
                break
            if seen is None:
                possible.append((step, values))
                break
        else:
            # Another person's signature is asked for in the same dialog.
            signed = isinstance(seen, NotAllowed) and step.signer
            assert reason is not None or signed, f"{step.name} in {state}: a key, but it is always refused: {seen}"
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
    assert journal.verify(desk.store) == []


async def test_the_keys_of_a_register_are_the_steps_that_the_rules_let_through(desk: Desk, clock: Clock) -> None:
    number = take(desk).record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "project")
        await pilot.press("f6")
        await pilot.pause()
        for turn in range(4):
            with desk.look() as view:
                reasons = ready(STEPS["complaints"], view, cases.get(view.session, "complaints", number))
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
