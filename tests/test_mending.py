"""A saved matter is mended and annotated: what stood before stays readable, what was signed does not change."""

from datetime import timedelta

import pytest

from data.cases import Repair
from desk import cases, complaints, emergencies, journal, mending, repairs, requests
from desk.act import Desk
from desk.clocks import clocks
from desk.contacts import intake
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from screens.records import record_parts
from tests.conftest import Clock
from tests.helpers import do, grade, running, take, unit
from tests.test_screens import run, sign_in


def mend(desk: Desk, number: str, system: str = "complaints", operator: str = "front", **changes: str) -> None:
    with desk.act(operator=operator) as act:
        mending.mend(act, system, number=number, **{"reason": "听错了", **changes})


def shown(desk: Desk, number: str, system: str = "complaints") -> str:
    return "\n".join(part.plain for part in record_parts(desk, system, number))


def test_a_wrong_household_a_typo_and_a_class_are_mended_and_what_stood_there_stays_readable(desk: Desk) -> None:
    taken = take(desk, what="楼上漏税")
    mend(desk, taken.record, room="5-1-101", name="邻居甲", what="楼上漏水", category="noise")
    with desk.read() as session:
        case = cases.get(session, "complaints", taken.record)
        contact = intake.get(session, taken.contact)
    assert (case.subject, case.what, case.category, case.unit_id) == (
        "5-1-101 邻居甲",
        "楼上漏水",
        "noise",
        unit(desk, "5-1-101"),
    )
    assert (contact.unit_id, contact.person_id, contact.stranger, contact.what) == (
        case.unit_id,
        None,
        "邻居甲",
        "楼上漏水",
    )
    text = shown(desk, taken.record)
    for said in ("楼上漏税", "3-2-1502 单小云", "听错了"):
        assert said in text
    assert "邻居甲" not in journal_facts(desk)
    assert "楼上漏税" not in journal_facts(desk)
    with desk.read() as session:
        assert {clock.subject for clock in clocks.of_record(session, taken.record)} == {"5-1-101 邻居甲 楼上漏水"}


def journal_facts(desk: Desk) -> str:
    with desk.read() as session:
        return " ".join(entry.facts for entry in journal.latest(session, 50))


def test_what_somebody_signed_is_not_mended_but_gets_a_remark(desk: Desk) -> None:
    record = take(desk).record
    grade(desk, record)
    with pytest.raises(StateChanged):
        mend(desk, record, what="另一回事")
    with desk.act() as act:
        mending.note(act, "complaints", number=record, text="客户又来电催问")
    assert "客户又来电催问" in shown(desk, record)


def test_a_contact_that_became_a_record_is_mended_there_and_one_that_did_not_here(desk: Desk) -> None:
    taken = take(desk)
    with pytest.raises(StateChanged, match=taken.record):
        mend(desk, taken.contact, "contacts", what="另一回事")
    question = take(desk, "question", what="收费标准?", answer="已告知").contact
    mend(desk, question, "contacts", room="-", name="路人甲", what="物业费标准？")
    assert "收费标准?" in shown(desk, question, "contacts")
    with desk.read() as session:
        assert cases.who_came(session, intake.get(session, question)) == "路人甲"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "what"), ({"what": "楼上漏水"}, "what"), ({"reason": " ", "what": "x"}, "reason"),
        ({"room": "9-9-999"}, "room"), ({"room": "-"}, "name"), ({"category": "king"}, "category"),
        ({"what": "长" * 2001}, "what"), ({"reason": "长" * 201, "what": "x"}, "reason"),
    ],
)  # fmt: skip
def test_what_cannot_be_mended_so_is_refused_at_its_field(desk: Desk, changes: dict[str, str], field: str) -> None:
    record = take(desk).record
    with pytest.raises((Invalid, NotFound)) as caught:
        mend(desk, record, **changes)
    assert caught.value.field == field


def test_guards_write_remarks_and_mend_nothing(desk: Desk) -> None:
    record = take(desk).record
    with desk.act(operator="guard") as act:
        mending.note(act, "complaints", number=record, text="夜班见到漏水")
    with pytest.raises(NotAllowed):
        mend(desk, record, operator="guard", what="另一回事")


@pytest.mark.clause("CMP-29")
def test_a_mended_household_counts_for_what_it_raised_before(desk: Desk) -> None:
    first = take(desk, unit_id=unit(desk, "5-1-101"), person_id=None, stranger="邻居", category="noise").record
    record = take(desk, category="noise").record
    mend(desk, record, room="5-1-101", name="邻居")
    with desk.read() as session:
        assert cases.get(session, "complaints", record).repeats == first


async def test_a_receptionist_mends_with_one_key_what_she_heard_wrongly(desk: Desk, clock: Clock) -> None:
    record = take(desk, "repair", what="水龙头漏税").record
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f8", "E")
        await pilot.pause()
        app.screen.form.widget("what").text = "水龙头漏水"
        app.screen.form.widget("reason").value = "错字"
        await pilot.press("f9")
        await pilot.pause()
        await pilot.pause()
        assert "水龙头漏水" in str(app.screen.rows[record])
        assert "水龙头漏税" in str(app.screen.record.content)


def test_what_a_slip_says_is_mended_no_more_once_it_is_signed(desk: Desk) -> None:
    record = take(desk).record
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
    mend(desk, record, what="楼上漏水，很急")
    with desk.act(operator="lead") as act:
        complaints.sign(act, number=record, opinion="今日处理")
    with pytest.raises(StateChanged):
        mend(desk, record, what="楼下噪声")


def test_what_counted_only_by_a_mistake_is_judged_anew_with_all_that_were_counted_with_it(
    desk: Desk, clock: Clock
) -> None:
    taken = [take(desk, what="夜里吵闹", category="noise").record for _again in range(3)]

    def judge(number: str) -> None:
        with desk.act(operator="project") as act:
            complaints.grade(act, number=number, nature="valid", grade="minor", reason="CMP-40")

    for number in taken:
        with pytest.raises(StateChanged):
            judge(number)
    clock.forward(minutes=1)
    mend(desk, taken[2], room="5-1-101", name="邻居甲")
    for number in taken:
        judge(number)
    with desk.read() as session:
        found = [cases.get(session, "complaints", number) for number in taken]
    assert {(case.grade, case.promoted) for case in found} == {("minor", "")}


def test_what_is_over_is_not_mended_but_remarked_on(desk: Desk) -> None:
    taken = take(desk, kind="request", what="要一张车位证")
    with desk.act(operator="front") as act:
        requests.reply(act, number=taken.record, text="可以办")
        requests.close(act, number=taken.record, outcome="已办")
    with pytest.raises(StateChanged):
        mend(desk, taken.record, "requests", what="要两张车位证")


def test_a_repair_that_is_mended_has_the_trade_of_its_words_and_an_order_at_home_keeps_a_home(desk: Desk) -> None:
    number = take(desk, "repair", what="水龙头漏水").record
    with desk.act() as act:
        mending.mend(act, "repairs", number=number, reason="听错", what="客厅灯不亮")
    with desk.store.reading() as session:
        assert session.get_one(Repair, number).trade == "power"
    do(desk, "front", repairs.order, number)
    with pytest.raises(Invalid) as caught, desk.act() as act:
        mending.mend(act, "repairs", number=number, reason="不是这户", room="-", name="张先生")
    assert caught.value.field == "room"


@pytest.mark.clause("REQ-7")
def test_a_request_that_is_found_to_be_a_suggestion_waits_for_the_director_and_back(desk: Desk) -> None:
    number = take(desk, "request", what="电梯里装镜子").record
    assert "suggestion.decide" not in running(desk, number)
    mend(desk, number, "requests", category="suggestion")
    assert "suggestion.decide" in running(desk, number)
    assert "听错了" in shown(desk, number, "requests")
    mend(desk, number, "requests", what="电梯里装一面镜子")
    assert "suggestion.decide" in running(desk, number)
    mend(desk, number, "requests", category="request")
    assert "suggestion.decide" not in running(desk, number)
    with pytest.raises(Invalid) as caught:
        mend(desk, number, "requests", category="noise")
    assert caught.value.field == "category"


@pytest.mark.clause("EMG-2", "EMG-3")
def test_an_emergency_of_another_kind_is_told_to_those_of_that_kind(desk: Desk) -> None:
    number = take(
        desk, "emergency", what="水漫出来了", emergency="flooding", place="B1",
        promised_at=desk.now() + timedelta(hours=1),
    ).record  # fmt: skip
    told = {one.whom for one in listed(desk, "flooding")}
    with desk.act() as act:
        for whom in told:
            emergencies.tell(act, number=number, whom=whom)
    assert "emergency.tell" not in running(desk, number)
    mend(desk, number, "emergencies", category="fire")
    with desk.read() as session:
        now = {one.whom: one.outcome for one in emergencies.notices_of(session, number)}
    assert set(now) == told | {one.whom for one in listed(desk, "fire")}
    new = {whom for whom, outcome in now.items() if not outcome}
    assert new
    assert "emergency.tell" in running(desk, number)


def listed(desk: Desk, kind: str) -> list[emergencies.OnList]:
    with desk.look() as view:
        return emergencies.to_tell(view, kind)


@pytest.mark.clause("EMG-3")
def test_whom_another_kind_is_not_told_leaves_nothing_to_be_told(desk: Desk) -> None:
    number = take(
        desk, "emergency", what="有人晕倒", emergency="patient", place="B1",
        promised_at=desk.now() + timedelta(hours=1),
    ).record  # fmt: skip
    only = {one.whom for one in listed(desk, "patient")} - {one.whom for one in listed(desk, "collective")}
    with desk.act() as act:
        for one in emergencies.notices_of(act.session, number):
            if one.whom not in only:
                emergencies.tell(act, number=number, whom=one.whom)
    assert only
    assert "emergency.tell" in running(desk, number)
    mend(desk, number, "emergencies", category="collective")
    left = {one.whom for one in listed(desk, "collective")} - {one.whom for one in listed(desk, "patient")}
    assert ("emergency.tell" in running(desk, number)) == bool(left)
