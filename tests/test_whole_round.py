"""The round of the desk, end to end: an order at once, urged, opinions asked, money at finance, everybody visited."""

from datetime import timedelta

import pytest

from desk import complaints, followups, hearings, repairs, rounds
from desk.act import Desk
from desk.archive import homes, residents
from desk.clocks import alerts, chasing, queueing
from desk.followups.raised import BECOMES
from desk.ground.refusals import Invalid, NotAllowed, StateChanged
from desk.hearings.terms import KINDS
from desk.rounds.planning import month_record
from desk.step_table import STEPS
from screens.app import DeskApp
from tests.conftest import Clock
from tests.helpers import FIVE, clock_of, close, do, planned, running, take, visit, wrong
from tests.test_repair_sheets import rows, sheet
from tests.test_repairs import AGREED, case_of, finished, on_site, told
from tests.test_rounds import OK, repaired
from tests.test_screens import run, sign_in, text_of


@pytest.mark.clause("REP-21")
def test_an_order_is_promised_from_the_call_on_and_kept_by_writing_it_only(desk: Desk, clock: Clock) -> None:
    number = take(desk, "repair").record
    assert clock_of(desk, number, "T-2").due_at == clock.now + timedelta(minutes=5)
    clock.forward(minutes=4)
    do(desk, "front", repairs.order, number)
    assert clock_of(desk, number, "T-2").ended_as == "kept"


@pytest.mark.clause("REP-22")
def test_whoever_repairs_is_promised_to_hear_within_two_minutes_of_the_order(desk: Desk, clock: Clock) -> None:
    number = take(desk, "repair").record
    do(desk, "front", repairs.order, number)
    assert clock_of(desk, number, "T-3").due_at == clock.now + timedelta(minutes=2)
    do(desk, "front", repairs.notify, number)
    assert clock_of(desk, number, "T-3").ended_as == "kept"


@pytest.mark.clause("REP-2", "REP-20")
def test_a_repair_is_tracked_and_pushed_until_whoever_it_waits_for_hears_of_it(desk: Desk, clock: Clock) -> None:
    number = told(desk)
    do(desk, "engineer", repairs.collect, number, branch="listed")
    clock.forward(hours=3)
    with desk.read() as session:
        before, late = alerts.newest(session), queueing.ids(session, clock.now, queueing.Filter(state="overdue"))
    with desk.act() as act:
        assert chasing.chase(act, clock_ids=late, note="业主在催") >= 1
    with desk.read() as session:
        news = alerts.since(session, before, "engineer", "engineer", "engineering")
    assert number in {one.record for one in news}
    do(desk, "front", repairs.urge, number, text="又来电")
    assert case_of(desk, number).urges == 1


@pytest.mark.clause("REP-20")
def test_the_owner_s_opinion_of_a_repair_is_asked_and_stands_on_it(desk: Desk) -> None:
    number = repaired(desk, "none")
    with desk.act() as act:
        followups.visit(
            act, number=number, system="repairs", how="phone", satisfied="yes", **{**FIVE, "quality": "很好"}
        )
    with desk.read() as session:
        assert [one.quality for one in followups.visits_of(session, number)] == ["很好"]


@pytest.mark.clause("REP-19")
def test_what_the_shift_can_handle_is_not_left_to_the_next_day(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        take(desk, "repair", carry="等会再说")
    assert caught.value.field == "carry"


@pytest.mark.clause("FEE-7")
def test_the_list_is_shown_before_the_work_charged_after_it_and_paid_at_finance(desk: Desk) -> None:
    number = on_site(desk)
    said = {"result": "换了", "tested": "不漏", "charges": "换水龙头"}
    assert isinstance(wrong(desk, "engineer", repairs.finish, number, **said), StateChanged)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    assert case_of(desk, number).edition
    do(desk, "engineer", repairs.finish, number, **said)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    assert isinstance(wrong(desk, "front", repairs.pay, number, receipt="A1"), NotAllowed)
    do(desk, "finance", repairs.pay, number, receipt="A1")
    assert case_of(desk, number).paid_by == "finance"


@pytest.mark.clause("REC-3")
def test_each_of_the_three_copies_is_with_its_own_holder(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    do(desk, "chief", repairs.return_copy, number, copy="2")
    do(desk, "finance", repairs.return_copy, number, copy="3")
    case = case_of(desk, number)
    assert all((case.copy_1_at, case.copy_2_at, case.copy_3_at))


@pytest.mark.clause("REP-24")
def test_a_repair_is_part_of_the_file_of_its_home(desk: Desk) -> None:
    def counted() -> int | None:
        with desk.look() as view:
            parts = homes.parts(view, residents.unit_of(view.session, "3-2-1502"))
        return next(part.count for part in parts if part.name == "repairs")

    assert counted() == 0
    repaired(desk)
    assert counted() == 1


@pytest.mark.clause("REQ-13")
def test_a_paid_service_is_an_order_of_its_own_kind_with_its_own_rate(desk: Desk) -> None:
    number = repaired(desk, "none", sort="paid")
    assert case_of(desk, number).sort == "paid"
    assert rows(sheet(desk), "Visits by kind")["paid services filed"][1:3] == (0, 1)
    with desk.act() as act:
        followups.visit(act, number=number, system="repairs", how="phone", satisfied="yes", **FIVE)
    assert rows(sheet(desk), "Visits by kind")["paid services filed"][:3] == (100.0, 1, 1)


@pytest.mark.clause("VIS-1")
def test_a_visit_face_to_face_keeps_what_they_think_and_whether_they_are_satisfied(desk: Desk, clock: Clock) -> None:
    number = planned(desk)
    do(desk, "front", rounds.arrange, number, permitted="单小云", meet_at=clock.now + timedelta(hours=2))
    clock.forward(hours=2)
    said = {**OK, "how": "visit", "satisfied": "yes", "suggestions": "多种树"}
    do(desk, "front", rounds.meet, number, **said)
    with desk.read() as session:
        made = followups.visits_of(session, number)
    assert [(one.how, one.satisfied, one.suggestions) for one in made] == [("visit", "yes", "多种树")]


@pytest.mark.clause("VIS-3")
def test_satisfaction_and_what_is_wanting_are_known_at_any_time_from_the_sheet_that_runs(desk: Desk) -> None:
    for satisfied, raised in (("yes", ""), ("no", "楼道灯坏了")):
        do(desk, "front", rounds.meet, planned(desk), **{**OK, "satisfied": satisfied, "raised": raised})
    found = rows(sheet(desk, "month"), "Return visits")
    assert (found["satisfied"], found["not satisfied"]) == ((1,), (1,))
    became = [row[7] for table in sheet(desk, "month").tables if table.title == "Every visit" for row in table.rows]
    assert [bool(one) for one in became] == [False, True], "what is wanting is a record of its own"


@pytest.mark.clause("RV-18")
@pytest.mark.parametrize(("becomes", "letters"), [("complaint", "TS"), ("request", "XQ"), ("suggestion", "XQ"),
                                                  ("repair", "BX"), ("quality", "ZL")])  # fmt: skip
def test_whatever_service_a_visit_is_told_of_becomes_a_record_of_that_service(
    desk: Desk, becomes: str, letters: str
) -> None:
    assert becomes in BECOMES
    number = planned(desk)
    do(desk, "front", rounds.meet, number, **{**OK, "raised": "楼道灯坏了", "becomes": becomes})
    with desk.read() as session:
        notes = [one.text for one in rounds_notes(session, number)]
    assert any(text.startswith(letters) for text in notes)


def rounds_notes(session: object, number: str) -> list[object]:
    from desk import cases

    return [one for one in cases.notes_of(session, number) if one.kind == "found"]  # type: ignore[arg-type]


@pytest.mark.clause("RV-31", "VIS-4")
def test_contact_is_planned_month_by_month_and_the_plan_is_promised(desk: Desk, clock: Clock) -> None:
    with desk.act(operator="lead") as act:
        made = rounds.plan(act, month="2026-12", count="1")
    assert made
    with pytest.raises(StateChanged), desk.act(operator="lead") as act:
        rounds.plan(act, month="2026-12", count="1")
    assert "round.month" in running(desk, month_record("2026-12"))


@pytest.mark.clause("VIS-5")
def test_a_talk_on_a_round_is_a_line_and_what_was_said_there_a_record(desk: Desk) -> None:
    with desk.act() as act:
        number = hearings.hold(act, kind="round", topic="三栋巡查", minutes="聊到楼道灯", households="1").number
    held = do(desk, "front", hearings.raise_item, number, raised="楼道灯暗", becomes="repair", room="3-2-1502")
    assert held.kind == "round"
    assert rows(sheet(desk), "Repairs")["new"][0] == 1


@pytest.mark.clause("VIS-6")
def test_visits_forums_and_questionnaires_each_have_their_place(desk: Desk) -> None:
    assert {"forum", "survey"} <= set(KINDS)
    for kind in ("forum", "survey"):
        with desk.act() as act:
            held = hearings.hold(act, kind=kind, topic="意见", minutes="记录", households="3", satisfied="2")
        assert held.kind == kind
    assert planned(desk, kind="wished")


@pytest.mark.clause("RV-30")
def test_what_was_handled_is_visited_and_only_then_filed(desk: Desk) -> None:
    record = take(desk).record
    close(desk, record)
    assert wrong(desk, "front", complaints.archive, record).clause == "REC-9"
    visit(desk, record)
    do(desk, "front", complaints.archive, record)


@pytest.mark.clause("RV-30")
def test_a_request_is_visited_after_it_was_handled(desk: Desk) -> None:
    from desk import requests

    record = take(desk, "suggestion").record
    do(desk, "project", requests.decide, record, decision="adopted", text="采纳")
    do(desk, "front", requests.reply, record, text="会做")
    do(desk, "front", requests.close, record, outcome="完成")
    with desk.act() as act:
        followups.visit(act, number=record, system="requests", how="phone", satisfied="yes", **FIVE)
    with desk.read() as session:
        assert len(followups.visits_of(session, record)) == 1


@pytest.mark.clause("RV-44")
async def test_whoever_visits_sees_the_household_beside_the_form(desk: Desk, clock: Clock) -> None:
    planned(desk)
    assert all(step.household for system in ("rounds", "complaints", "repairs") for step in STEPS[system]
               if step.verb in ("rounds.visit", "followups.visit") and step.key)  # fmt: skip
    app: DeskApp = run(desk, clock)
    async with app.run_test(size=(140, 40)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("rounds")
        await pilot.pause()
        await pilot.press("h")
        await pilot.pause()
        assert "云栖小学" in text_of(app)
        assert "13900001111" in text_of(app)
