"""Emergencies: told in order, acknowledged, reported on, never left for tomorrow."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data.directory import Phone
from desk import cases, checkup, emergencies, operators, search, ticking
from desk.act import Desk
from desk.clocks import alerts, clocks
from desk.contacts import intake
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from screens.text import hide_phones, one_line
from tests.conftest import Clock
from tests.helpers import clock_of, own_file, person, running, take, visit
from tests.test_screens import run, send, sign_in, text_of, until


def emergency(desk: Desk, **changes: Any) -> str:
    values = {
        "emergency": "lift",
        "place": "5栋电梯",
        "what": "困住两人",
        "promised_at": desk.now() + timedelta(minutes=20),
    }
    return take(desk, "emergency", **{**values, **changes}).record


@pytest.mark.clause("EMG-2", "EMG-3", "CMP-58")
def test_an_emergency_needs_its_kind_its_place_and_a_reply_time_within_a_day(desk: Desk, clock: Clock) -> None:
    for field, values in (
        ("kind", {"emergency": "party"}),
        ("place", {"place": " "}),
        ("reply_by", {"promised_at": None}),
        ("reply_by", {"promised_at": clock.now + timedelta(hours=25)}),
        ("promised_at", {"promised_at": clock.now}),
    ):
        with pytest.raises(Invalid) as caught:
            emergency(desk, **values)
        assert caught.value.field == field
    for kind in emergencies.KINDS:
        record = emergency(desk, emergency=kind)
        with desk.read() as session:
            assert cases.get(session, "emergencies", record).kind == kind


@pytest.mark.clause("EMG-1", "INT-5", "REQ-2", "EMG-11")
def test_its_clocks_run_day_and_night_until_a_leader_has_acknowledged(desk: Desk, clock: Clock) -> None:
    clock.forward(hours=13)  # eleven at night
    record = emergency(desk)
    assert running(desk, record) == {"emergency.acknowledge", "emergency.tell", "emergency.report", "T-20"}
    found = clock_of(desk, record, "emergency.acknowledge")
    assert (found.calendar, found.due_at) == ("always", clock.now + timedelta(minutes=5))
    clock.forward(minutes=11)
    while ticking.tick(desk):
        continue
    assert clock_of(desk, record, "emergency.acknowledge").role == "company_manager"
    with pytest.raises(NotAllowed), desk.act() as act:
        emergencies.acknowledge(act, number=record)
    with desk.act(operator="lead") as act:
        emergencies.acknowledge(act, number=record)
    assert "emergency.acknowledge" not in running(desk, record)
    with pytest.raises(StateChanged), desk.act(operator="project") as act:
        emergencies.acknowledge(act, number=record)


@pytest.mark.clause("EMG-11")
def test_nothing_of_an_emergency_is_paused_moved_or_left_for_the_next_day(desk: Desk, clock: Clock) -> None:
    record = emergency(desk)
    for rule in ("emergency.acknowledge", "emergency.tell", "emergency.report"):
        found = clock_of(desk, record, rule)
        with pytest.raises(Invalid), desk.act(operator="company") as act:
            clocks.extend(act, clock_id=found.id or 0, until=clock.now + timedelta(days=1), reason="明天")
        with pytest.raises(Invalid), desk.act(operator="company") as act:
            clocks.pause(act, clock_id=found.id or 0, reason="明天")
    agreed = clock_of(desk, record, "T-20")
    with pytest.raises(Invalid), desk.act(operator="company") as act:
        clocks.extend(act, clock_id=agreed.id or 0, until=clock.now + timedelta(days=1), reason="明天")
    with pytest.raises(Invalid) as caught, desk.act() as act:
        emergencies.promise(act, number=record, promised_at=clock.now + timedelta(hours=30), text="明天")
    assert caught.value.clause == "EMG-11"


@pytest.mark.clause("EMG-3")
def test_everybody_on_the_list_is_told_in_order_with_time_and_by_whom(desk: Desk, clock: Clock) -> None:
    record = emergency(desk)
    with desk.read() as session:
        names = [one.whom for one in emergencies.notices_of(session, record)]
        assert emergencies.next_to_tell(session, record).whom == names[0] == "电梯维保单位"  # type: ignore[union-attr]
    with pytest.raises(NotFound), desk.act() as act:
        emergencies.tell(act, number=record, whom="路人", outcome="told")
    with pytest.raises(Invalid), desk.act() as act:
        emergencies.tell(act, number=record, whom="1", outcome="")
    with desk.act() as act:
        emergencies.tell(act, number=record, whom="1", outcome="unreached", note="占线")
    for name in names[1:]:
        with desk.act() as act:
            emergencies.tell(act, number=record, whom=name, outcome="told")
    assert "emergency.tell" in running(desk, record), "the first was not reached"
    with desk.read() as session:
        again = emergencies.next_to_tell(session, record)
    assert again is not None
    clock.forward(minutes=2)
    with desk.act() as act:
        emergencies.tell(act, number=record, whom=again.whom, outcome="told")
    assert "emergency.tell" not in running(desk, record)
    with desk.read() as session:
        first = emergencies.notices_of(session, record)[0]
        assert emergencies.next_to_tell(session, record) is None
    assert (first.told_at, first.told_by, first.outcome) == (clock.now, "front", "told")
    with pytest.raises(StateChanged), desk.act() as act:
        emergencies.tell(act, number=record, whom="1", outcome="told")


def test_only_those_who_are_concerned_stand_on_the_list(desk: Desk) -> None:
    records = [emergency(desk, emergency=kind) for kind in ("fire", "theft")]
    with desk.read() as session:
        fire, theft = ({one.whom for one in emergencies.notices_of(session, record)} for record in records)
    assert "消防 119" in fire - theft
    assert "公安 110" in theft - fire


def test_a_sites_own_list_takes_the_place_of_the_shipped_one(desk: Desk) -> None:
    own_file(desk, emergencies.FILE, '[[tell]]\nwhom = "值班经理"\nphone = "8000"\n')
    record = emergency(desk)
    with desk.read() as session:
        assert [(one.whom, one.phone) for one in emergencies.notices_of(session, record)] == [("值班经理", "8000")]


PARTLY = '[[tell]]\nwhom = "甲"\nkinds = ["fire"]\n'
BROKEN = (
    "[[tell]]\nphone = '1'\n",
    "tell = 3",
    "no toml",
    "",
    '[[tell]]\nwhom = "甲"\nkinds = ["party"]\n',
    PARTLY,
    "[[tell]]\nwhom = ' '\n",
)


@pytest.mark.clause("EMG-1", "EMG-3")
@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_list_never_refuses_an_emergency_it_is_told_loudly_and_the_shipped_one_is_used(
    desk: Desk, text: str
) -> None:
    own = desk.store.path.parent / emergencies.FILE
    own.write_text(text, encoding="utf-8")
    _touch(own)
    record = emergency(desk)
    with desk.read() as session:
        assert "电梯维保单位" in [one.whom for one in emergencies.notices_of(session, record)]
        assert [note.kind for note in cases.notes_of(session, record)] == ["list"]
    assert "emergencies.toml" in emergencies.list_trouble(desk.store.path)
    assert "emergencies.toml" in checkup.examine(desk.store)["list of whom to tell"]


@pytest.mark.clause("EMG-1")
def test_broken_standards_and_prompts_never_refuse_an_emergency_either(desk: Desk, clock: Clock) -> None:
    for name in ("standards.toml", "prompts.toml"):
        (desk.store.path.parent / name).write_text("no toml", encoding="utf-8")
    record = emergency(desk)
    assert "emergency.acknowledge" in running(desk, record)
    with desk.act(operator="lead") as act:
        emergencies.acknowledge(act, number=record)
    said = checkup.examine(desk.store)["files of the site"]
    assert "standards.toml" in said
    assert "prompts.toml" in said
    assert take(desk).record, "what nobody took in is not used, and stops nobody"
    with desk.act() as act:
        emergencies.refer(act, number=record, department="engineering")
        emergencies.promise(act, number=record, promised_at=clock.now + timedelta(hours=1), text="还在救")
        emergencies.reply(act, number=record, text="已到场")
    clock.forward(minutes=30)
    assert ticking.tick(desk) > 0, "what is owed is reported upwards all the same"


@pytest.mark.clause("EMG-1")
def test_standards_that_cannot_be_opened_refuse_no_emergency_and_are_told(desk: Desk) -> None:
    (desk.store.path.parent / "standards.toml").mkdir()
    assert "emergency.acknowledge" in running(desk, emergency(desk))
    assert "standards.toml" in checkup.examine(desk.store)["files of the site"]


@pytest.mark.clause("EMG-1", "GRD-15", "EMG-9")
def test_a_guard_at_night_takes_an_emergency_tells_and_reports_until_it_is_over(desk: Desk, clock: Clock) -> None:
    clock.forward(hours=16)
    desk.operator = "guard"
    record = emergency(desk)
    with desk.act() as act:
        emergencies.tell(act, number=record, whom="1", outcome="told")
        emergencies.report(act, number=record, text="门已打开")
    with pytest.raises(Invalid, match="Say why it waits"), desk.act() as act:
        intake.take(act, channel="visit", kind="complaint", what="吵", stranger="甲")
    with pytest.raises(NotAllowed), desk.act() as act:
        emergencies.close(act, number=record, outcome="完")


@pytest.mark.clause("EMG-1")
def test_a_leader_takes_it_on_by_phone_and_signs_when_they_are_back(desk: Desk, clock: Clock) -> None:
    record = emergency(desk)
    clock.forward(minutes=4)
    heard = {"number": record, "phone": "13800000000", "at": clock.now - timedelta(minutes=1)}
    for field, values in (
        ("leader", {"leader": "front"}),
        ("leader", {"leader": "nobody"}),
        ("phone", {"leader": "lead", "phone": " "}),
        ("phone", {"leader": "lead", "phone": "不知道"}),
        ("at", {"leader": "lead", "at": clock.now + timedelta(minutes=1)}),
        ("at", {"leader": "lead", "at": clock.now - timedelta(hours=1)}),
    ):
        with pytest.raises(Invalid) as caught, desk.act(operator="guard") as act:
            emergencies.acknowledge_by_phone(act, **{**heard, **values})
        assert caught.value.field == field
    with desk.act(operator="guard") as act:
        emergencies.acknowledge_by_phone(act, leader="lead", **heard)
    assert running(desk, record) >= {"emergency.sign"}
    assert clock_of(desk, record, "emergency.acknowledge").ended_as == "kept"
    with desk.read() as session:
        case = cases.get(session, "emergencies", record)
    assert (case.acknowledged_by, case.acknowledged_entered_by, case.acknowledged_phone) == (
        "lead",
        "guard",
        "13800000000",
    )
    assert (case.acknowledged_at, case.acknowledged_signed_at) == (heard["at"], None)
    with pytest.raises(NotAllowed), desk.act(operator="project") as act:
        emergencies.sign(act, number=record)
    with desk.act(operator="lead") as act:
        emergencies.sign(act, number=record)
    assert "emergency.sign" not in running(desk, record)


@pytest.mark.clause("EMG-8")
def test_a_lift_rescue_leaves_a_visit(desk: Desk, clock: Clock) -> None:
    record = emergency(desk)
    with desk.act(operator="lead") as act:
        emergencies.acknowledge(act, number=record)
        _tell_all(desk, record)(act)
        emergencies.reply(act, number=record, text="已救出")
        emergencies.close(act, number=record, outcome="已救出")
    assert running(desk, record) == {"rescue.visit"}
    visit(desk, record, system="emergencies")
    assert running(desk, record) == set()


async def test_a_guard_takes_an_emergency_on_screen_and_sees_no_resident_s_phone(desk: Desk, clock: Clock) -> None:
    desk.operator = "front"
    take(
        desk,
        "emergency",
        emergency="flooding",
        place="B1",
        what="回电13900001111或0592-8880150",
        promised_at=clock.now + HALF,
    )
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "guard")
        seen = []
        await send(app, "f10")
        await until(pilot, lambda: "B1" in text_of(app))
        seen.append(text_of(app))
        await send(app, "enter")
        seen.append(text_of(app))
        await send(app, "escape", "ctrl+e")
        await send(app, "4", "enter", *"B2", "enter", *"water", "enter", *"sxy")
        await until(pilot, lambda: "单小云" in text_of(app))
        seen.append(text_of(app))
        await send(app, "enter", "enter", *"13900002222", "f9")
        await until(pilot, lambda: "B2" in text_of(app))
        seen.append(text_of(app))
    for page in seen:
        for number in ("13900001111", "13900002222", "0592-8880150", "05928880150"):
            assert number not in page
    assert any("139****1111" in page for page in seen)
    with desk.read() as session:
        assert [one.place for one in cases.page(session, "emergencies")] == ["B2", "B1"]


HALF = timedelta(minutes=30)


@pytest.mark.parametrize(("code", "shown"), [("guard", False), ("front", True)])
def test_a_search_shows_a_guard_no_phone_of_any_length(desk: Desk, code: str, shown: bool) -> None:
    with desk.store.writing() as session:
        session.add(Phone(person_id=person(desk, "单云青"), number="88880106"))
    desk.operator = code
    assert [("88880106" in one.phone) for one in search.find(desk, "单云青")] == [shown]


_stamps = iter(range(1, 100))


def _touch(path: Path) -> None:
    import os

    stamp = 2_000_000_000 + next(_stamps)
    os.utime(path, (stamp, stamp))


@pytest.mark.clause("EMG-9")
def test_the_running_report_goes_on_until_it_is_over(desk: Desk, clock: Clock) -> None:
    record = emergency(desk)
    for minutes in (10, 25):
        clock.forward(minutes=minutes)
        with desk.act(operator="guard") as act:
            emergencies.report(act, number=record, text="救援中")
        assert clock_of(desk, record, "emergency.report").due_at == clock.now + timedelta(minutes=30)
    for missing, step in (
        ("No leader", lambda act: emergencies.acknowledge(act, number=record)),
        ("Not told yet", _tell_all(desk, record)),
        ("no answer yet", lambda act: emergencies.reply(act, number=record, text="已救出")),
    ):
        with pytest.raises(StateChanged, match=missing), desk.act() as act:
            emergencies.close(act, number=record, outcome="已救出")
        with desk.act(operator="lead") as act:
            step(act)
    with desk.act() as act:
        emergencies.close(act, number=record, outcome="已救出")
    assert running(desk, record) == {"rescue.visit"}
    with desk.read() as session:
        kinds = [note.kind for note in cases.notes_of(session, record)]
    assert kinds.count("report") == 2


def _tell_all(desk: Desk, record: str) -> Any:
    def tell(act: Any) -> None:
        for one in emergencies.notices_of(act.session, record):
            emergencies.tell(act, number=record, whom=one.whom, outcome="told")

    return tell


def test_every_desk_hears_of_an_emergency_and_of_what_was_reported_to_its_role(desk: Desk, clock: Clock) -> None:
    with desk.read() as session:
        before = alerts.newest(session)
    record = emergency(desk)
    clock.forward(minutes=5)
    while ticking.tick(desk):
        continue
    with desk.read() as session:
        manager = alerts.since(session, before, "project_supervisor", "project")
        guard = alerts.since(session, before, "guard", "guard")
        own = alerts.since(session, before, "receptionist", "front")
        assert [one.record for one in alerts.unheard(session)] == [record]
    assert [(one.verb, one.rule) for one in manager] == [
        ("emergencies.register", ""),
        ("clocks.escalate", "emergency.acknowledge"),
    ]
    assert [one.verb for one in guard] == ["emergencies.register"]
    assert all(one.verb != "emergencies.register" for one in own), "who took it need not be told"


@pytest.mark.clause("EMG-7", "EMG-8", "RV-6")
def test_a_rescued_patient_is_visited_within_a_week(desk: Desk, clock: Clock) -> None:
    record = emergency(desk, emergency="patient")
    with desk.act(operator="lead") as act:
        emergencies.acknowledge(act, number=record)
        _tell_all(desk, record)(act)
        emergencies.reply(act, number=record, text="已送医")
        emergencies.close(act, number=record, outcome="已送医")
    assert running(desk, record) == {"T-23"}
    assert clock_of(desk, record, "T-23").due_at == clock.now + timedelta(days=7)
    visit(desk, record, system="emergencies")
    assert running(desk, record) == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("找安可 13900001111。", "找安可 139****1111。"),
        ("0592-8880150", "059****0150"),
        ("家里电话8880150，单号20261126", "家里电话****，单号20261126"),
        ("座机：88801500", "座机：88****00"),
        ("F26-0012 3-2-1502", "F26-0012 3-2-1502"),
    ],
)
def test_phones_inside_a_text_are_hidden_and_nothing_else(text: str, shown: str) -> None:
    hide_phones(True)
    try:
        assert one_line(text) == shown
    finally:
        hide_phones(False)


@pytest.mark.clause("EMG-1")
def test_another_leader_signs_for_one_who_is_no_longer_here(desk: Desk, clock: Clock) -> None:
    record = emergency(desk)
    with desk.act(operator="guard") as act:
        emergencies.acknowledge_by_phone(act, number=record, leader="lead", phone="13800000000")
    with pytest.raises(NotAllowed), desk.act(operator="project") as act:
        emergencies.sign(act, number=record)
    with desk.act(operator="admin") as act:
        operators.disable(act, code="lead")
    with desk.act(operator="project") as act:
        emergencies.sign(act, number=record)
    assert "emergency.sign" not in running(desk, record)
