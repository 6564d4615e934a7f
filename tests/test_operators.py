from datetime import timedelta

import pytest

from desk import journal, operators, proof
from desk.act import Desk
from desk.ground.refusals import AlreadyDone, ClockWentBack, Invalid, NotAllowed, SigninRefused
from tests.conftest import SECRET, Clock
from tests.helpers import issue, take


def test_the_right_secret_signs_in_and_a_wrong_one_does_not(desk: Desk) -> None:
    assert operators.sign_in(desk, "lead", SECRET).roles == "supervisor"
    for code, secret in (("lead", "wrong"), ("nobody", SECRET), ("desk", ""), ("", "")):
        with pytest.raises(SigninRefused):
            operators.sign_in(desk, code, secret)
    assert desk.operator == "lead"


def test_guessing_is_slowed_at_every_desk_and_ends_by_itself(desk: Desk, clock: Clock) -> None:
    for _ in range(operators.FREE_ATTEMPTS):
        with pytest.raises(SigninRefused):
            operators.prove(desk, "lead", "wrong")
    other = Desk(desk.store, clock, "desk-2")
    with pytest.raises(SigninRefused, match="minutes"):
        operators.prove(other, "lead", SECRET)
    clock.forward(minutes=15)
    assert operators.prove(other, "lead", SECRET).code == "lead"
    assert operators.prove(other, "lead", SECRET).code == "lead"


def test_a_disabled_operator_is_out_at_once(desk: Desk) -> None:
    take(desk)
    with desk.act(operator="admin") as act:
        operators.disable(act, code="front")
    with pytest.raises(SigninRefused):
        take(desk)


def test_the_last_administrator_stays(desk: Desk) -> None:
    with pytest.raises(Invalid), desk.act(operator="admin") as act:
        operators.disable(act, code="admin")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("code", {"code": "front"}),
        ("code", {"code": "a b"}),
        ("name", {"name": " "}),
        ("roles", {"roles": "king"}),
        ("roles", {"roles": ""}),
        ("secret", {"secret": "short"}),
    ],
)
def test_a_bad_operator_is_refused_at_its_field(desk: Desk, field: str, values: dict[str, str]) -> None:
    good = {"code": "new", "name": "New", "roles": "guard", "secret": SECRET}
    with pytest.raises(Invalid) as caught, desk.act(operator="admin") as act:
        operators.add(act, **{**good, **values})
    assert caught.value.field == field


@pytest.mark.clause("ROL-3", "ROL-4", "ROL-5", "ROL-10", "ROL-15")
def test_who_may_do_what_is_decided_below_the_screens(desk: Desk) -> None:
    number = issue(desk)
    from desk import passes
    from desk.passes import gate

    for code in ("guard", "finance", "admin"):
        desk.operator = code
        with pytest.raises(NotAllowed):
            take(desk)
        with pytest.raises(NotAllowed), desk.act() as act:
            passes.seal(act, number=number)
    for code in ("front", "lead", "guard"):
        with pytest.raises(NotAllowed), desk.act(operator=code) as act:
            passes.sign_fees(act, number=number)
    for code in ("front", "lead", "finance"):
        with pytest.raises(NotAllowed), desk.act(operator=code) as act:
            gate.let_out(act, number=number)


def test_a_sign_off_is_the_signers_own_entry(desk: Desk) -> None:
    from desk import passes

    number = issue(desk)
    with operators.signed_by(desk, "finance", SECRET) as act:
        passes.sign_fees(act, number=number)
    assert desk.operator == "front"
    with desk.read() as session:
        assert journal.timeline(session, number)[-1].operator == "finance"


def test_the_same_request_is_never_done_twice(desk: Desk) -> None:
    from desk import passes
    from tests.helpers import draft

    with desk.act(request="form-1") as act:
        number = passes.issue(act, draft=draft(desk)).number
    with pytest.raises(AlreadyDone) as caught, desk.act(request="form-1") as act:
        passes.issue(act, draft=draft(desk))
    assert caught.value.record == number


def test_a_clock_that_went_back_stops_the_desk_until_a_supervisor_confirms(desk: Desk, clock: Clock) -> None:
    take(desk)
    clock.now -= timedelta(hours=1)
    with pytest.raises(ClockWentBack):
        take(desk)
    with pytest.raises(NotAllowed), desk.act(confirm_time=True) as act:
        act.require("journal.confirm_time")
    with desk.act(operator="lead", confirm_time=True) as act:
        act.require("journal.confirm_time")
        act.record("journal.confirm_time")
    assert take(desk).record
    assert proof.verify(desk.store) == []
