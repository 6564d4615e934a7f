from datetime import timedelta

import pytest

from data.operators import Operator
from desk import journal, operators, proof
from desk.act import Desk
from desk.ground.refusals import AlreadyDone, Invalid, NotAllowed, SigninRefused, TimeDoubted
from tests.conftest import SECRET, Clock
from tests.helpers import issue, take


def test_the_right_secret_signs_in_and_a_wrong_one_does_not(desk: Desk) -> None:
    assert operators.sign_in(desk, "lead", SECRET).roles == "supervisor"
    for code, secret in (("lead", "wrong"), ("nobody", SECRET), ("desk", ""), ("", "")):
        with pytest.raises(SigninRefused):
            operators.sign_in(desk, code, secret)
    assert desk.operator == "lead"


def guess(desk: Desk, times: int, code: str = "lead") -> None:
    for _ in range(times):
        with pytest.raises(SigninRefused, match="do not match"):
            operators.prove(desk, code, "wrong")


def test_guessing_is_slowed_and_ends_by_itself(desk: Desk, clock: Clock) -> None:
    guess(desk, operators.FREE_ATTEMPTS)
    with pytest.raises(SigninRefused, match="minutes"):
        operators.prove(desk, "lead", SECRET)
    clock.forward(minutes=15)
    assert operators.prove(desk, "lead", SECRET).code == "lead"
    assert operators.prove(desk, "lead", SECRET).code == "lead"


def test_a_strangers_guesses_do_not_keep_the_owner_out_where_they_work(desk: Desk, clock: Clock) -> None:
    own = Desk(desk.store, clock, "own desk")
    operators.sign_in(own, "lead", SECRET)
    for place in range(operators.STRANGE_ATTEMPTS // operators.FREE_ATTEMPTS):
        guess(Desk(desk.store, clock, f"elsewhere-{place}"), operators.FREE_ATTEMPTS)
    with pytest.raises(SigninRefused, match="minutes"):
        operators.prove(Desk(desk.store, clock, "one more"), "lead", SECRET)
    assert operators.prove(own, "lead", SECRET).code == "lead"


def test_guesses_that_are_made_at_once_are_all_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    def slowly(_hashed: str, _secret: str) -> bool:
        # While this one is checked the others are made.
        begun.append(1)
        if len(begun) < 24:
            with pytest.raises(SigninRefused):
                operators.prove(desk, "lead", "wrong")
        return False

    monkeypatch.setattr(operators, "check_secret", slowly)
    with pytest.raises(SigninRefused):
        operators.prove(desk, "lead", "wrong")
    assert len(begun) == operators.FREE_ATTEMPTS


def test_a_clock_that_is_set_back_forgives_no_guess(desk: Desk, clock: Clock) -> None:
    guess(desk, operators.FREE_ATTEMPTS, "nobody")
    for _again in range(3):
        clock.forward(hours=-1)
        with pytest.raises(SigninRefused, match="minutes"):
            operators.prove(desk, "nobody", SECRET)


def test_no_clock_makes_anybody_wait_longer_than_a_quarter_of_an_hour(desk: Desk, clock: Clock) -> None:
    right = clock.now
    clock.forward(days=365)
    guess(desk, operators.FREE_ATTEMPTS, "nobody")
    clock.now = right
    with pytest.raises(SigninRefused, match="15 minutes"):
        operators.prove(desk, "nobody", SECRET)
    clock.forward(minutes=16)
    with pytest.raises(SigninRefused, match="do not match"):
        operators.prove(desk, "nobody", SECRET)


def test_wrong_secrets_are_in_the_journal_and_told_at_the_next_sign_in(desk: Desk) -> None:
    assert operators.sign_in(desk, "lead", SECRET).guesses == 0
    guess(desk, 3)
    guess(desk, 1, "nobody-of-that-name")
    said = desk.store.ask("SELECT operator, record, workstation FROM journal WHERE verb = 'operators.guess'")
    assert said == [("desk", "lead", "desk-1")] * 3
    assert operators.sign_in(desk, "lead", SECRET).guesses == 3
    assert operators.sign_in(desk, "lead", SECRET).guesses == 0


@pytest.mark.parametrize("how", ["secret", "posts", "disabled"])
def test_a_session_ends_with_the_secret_the_posts_or_the_account(desk: Desk, how: str) -> None:
    who = operators.sign_in(desk, "front", SECRET)
    assert operators.may_stay(desk, who)
    with desk.act(operator="admin") as act:
        if how == "secret":
            operators.set_secret(act, code="front", secret="another one")
        elif how == "posts":
            act.session.get_one(Operator, "front").roles = "guard"
            act.record("operators.change", "front")
        else:
            operators.disable(act, code="front")
    assert not operators.may_stay(desk, who)


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
    with pytest.raises(TimeDoubted):
        take(desk)
    with pytest.raises(NotAllowed), desk.act(confirm_time=True) as act:
        act.require("journal.confirm_time")
    with desk.act(operator="lead", confirm_time=True) as act:
        act.require("journal.confirm_time")
        act.record("journal.confirm_time")
    assert take(desk).record
    assert proof.verify(desk.store) == []
