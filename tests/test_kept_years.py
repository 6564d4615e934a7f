"""A form is kept for its three years whole; then the people are taken out of it, and nothing else."""

from datetime import datetime, timedelta

import pytest

from data.cases import Contact, Repair
from data.clocks import Clock as Promise
from desk import cases, proof
from desk.act import Desk
from desk.administration import changing
from desk.archive import reducing
from desk.ground.refusals import Invalid, NotAllowed
from tests.conftest import Clock
from tests.helpers import close, take
from tests.test_rounds import repaired


def reduced(desk: Desk, reason: str = "三年期满") -> int:
    with desk.act(operator="lead") as act:
        return reducing.reduce(act, reason=reason)


@pytest.mark.clause("REC-1")
def test_nothing_is_reduced_before_its_years_are_over_and_everything_of_people_after(desk: Desk, clock: Clock) -> None:
    repair, complaint = repaired(desk), take(desk).record
    close(desk, complaint)
    question = take(desk, "question", answer="八点").contact
    clock.forward(days=365 * 3)
    assert reduced(desk) == 0
    clock.forward(days=3)
    open_one = take(desk, "repair").record
    assert reduced(desk) == 5
    with desk.read() as session:
        for system, number in (("repairs", repair), ("complaints", complaint)):
            found = cases.get(session, system, number)
            assert (found.person_id, found.subject) == (None, "3-2-1502")
            assert found.what == "楼上漏水" or system == "repairs"
        assert session.get_one(Repair, repair).phone == ""
        assert session.get_one(Repair, open_one).person_id is not None
        contact = session.get_one(Contact, question)
        assert (contact.person_id, contact.caller_number, contact.stranger) == (None, "", "–")
        assert contact.answer == "八点"
        assert all("单小云" not in note.text for note in cases.notes_of(session, repair))
    with desk.store.reading() as session:
        from sqlmodel import select

        old = session.exec(select(Promise).where(Promise.record == repair)).all()
        assert {one.subject for one in old} == {"3-2-1502"}
    assert reduced(desk) == 0
    assert proof.verify(desk.store) == []


@pytest.mark.clause("REC-1")
def test_what_is_not_over_or_ended_within_the_years_is_left(desk: Desk, clock: Clock) -> None:
    take(desk, "repair")
    late = take(desk).record
    clock.forward(days=365 * 2)
    close(desk, late)
    clock.forward(days=400)
    assert reduced(desk) == 0
    with desk.read() as session:
        assert cases.get(session, "complaints", late).subject == "3-2-1502 单小云"


def test_old_forms_are_reduced_by_who_keeps_the_archive_with_a_reason(desk: Desk) -> None:
    with pytest.raises(NotAllowed), desk.act(operator="front") as act:
        reducing.reduce(act, reason="期满")
    with pytest.raises(Invalid) as caught:
        reduced(desk, " ")
    assert caught.value.field == "reason"


@pytest.mark.parametrize("day", [(2027, 2, 28), (2028, 2, 29), (2028, 12, 31)])
def test_the_years_are_those_of_the_calendar(desk: Desk, clock: Clock, day: tuple[int, int, int]) -> None:
    year, month, last = day
    clock.now = clock.now.replace(year=year, month=month, day=last)
    with desk.look() as view:
        local = view.calendar.local(reducing.before(view))
    assert (local.year, local.month, local.hour) == (year - 3, month, 0)
    assert timedelta(0) <= timedelta(days=last - local.day) <= timedelta(days=1)


@pytest.mark.clause("REC-1")
def test_a_site_keeps_its_forms_longer_and_never_shorter(desk: Desk, clock: Clock) -> None:
    three = reducing_before(desk)
    for value in ("2 years", "0 years", "36 months", "5", "forever"):
        with pytest.raises(Invalid) as caught, desk.act(operator="admin") as act:
            changing.change(act, number="standard:T-32", value=value, reason="总部要求")
        assert caught.value.field == "value"
    with desk.act(operator="admin") as act:
        changing.change(act, number="standard:T-32", value="5年", reason="总部要求")
    five = reducing_before(desk)
    assert (three.year - five.year, three.month, three.day) == (2, five.month, five.day)
    with desk.act(operator="admin") as act:
        changing.change(act, number="standard:T-32", value="3 years", reason="照旧")
    assert reducing_before(desk) == three


def reducing_before(desk: Desk) -> datetime:
    with desk.look() as view:
        return reducing.before(view)
