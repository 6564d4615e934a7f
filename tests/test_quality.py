"""Quality complaints: the warranty by part, the coordination order, who signs, claims (QRP-1 to QRP-10)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from data.directory import Building, Entrance, Unit
from data.quality import Quality
from desk import cases, followups, forms, journal, mending, quality
from desk.act import Desk
from desk.archive import homes
from desk.ground import reference
from desk.ground.refusals import Invalid, NotAllowed
from desk.quality import warranty
from desk.quality.terms import PARTIES
from desk.step_table import STEPS
from desk.steps import ready
from screens.records import record_parts
from tests.conftest import Clock
from tests.helpers import FIVE, clock_of, do, own_file, running, take, unit, wrong
from tests.test_screens import run, send, sign_in, text_of

HOME = "3-2-1502"
TODAY = date(2026, 11, 24)


def case_of(desk: Desk, number: str) -> Quality:
    with desk.store.reading() as session:
        found: Quality = cases.get(session, "quality", number)
        return found


def days(desk: Desk, accepted: str = "", handed: str = "", home: str = HOME) -> None:
    with desk.act(operator="lead") as act:
        homes.set_unit(act, number=home, proof="paper", accepted=accepted, handed=handed)


def reported(desk: Desk, part: str = "roof", **changes: Any) -> str:
    return take(desk, "quality", what="屋面漏水", part=part, **changes).record


def ordered(desk: Desk) -> str:
    days(desk, "2024-03-01", "2024-05-01")
    number = reported(desk)
    do(desk, "front", quality.order, number, content="屋面防水重做", spot="主卧顶板")
    return number


def collected(desk: Desk) -> str:
    number = ordered(desk)
    do(desk, "front", quality.notify, number)
    do(desk, "engineer", quality.collect, number)
    return number


def appraised(desk: Desk, clock: Clock) -> str:
    number = collected(desk)
    told = {"developer": "监理部 赵工", "appraisal": clock.now + timedelta(hours=3)}
    do(desk, "engineer", quality.tell_developer, number, **told)
    do(desk, "engineer", quality.appraise, number, text="防水层开裂")
    return number


def finished(desk: Desk, clock: Clock) -> str:
    number = appraised(desk, clock)
    do(desk, "engineer", quality.plan, number, text="铲除重做", contractor="宏图防水")
    do(desk, "engineer", quality.consent, number, agreed="yes", words="单小云签字")
    do(desk, "engineer", quality.finish, number, result="闭水48小时不漏")
    return number


def signed(desk: Desk, clock: Clock) -> str:
    number = finished(desk, clock)
    for party in PARTIES:
        do(desk, "engineer", quality.sign, number, party=party, name="某某")
    return number


# How long the developer answers for a part


BOOK = warranty.Rules((), ("", ""), "50 years", "11-15..03-15", "06-15..09-15")


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("5 years", date(2021, 11, 24), date(2026, 11, 24)),
        ("1 year", date(2024, 2, 29), date(2025, 2, 28)),
        ("2 months", date(2025, 12, 31), date(2026, 2, 28)),
        ("6 months", date(2025, 8, 31), date(2026, 2, 28)),
        ("2 heating seasons", date(2024, 11, 15), date(2026, 3, 15)),
        ("2 heating seasons", date(2024, 11, 16), date(2027, 3, 15)),
        ("1 heating season", date(2025, 1, 10), date(2026, 3, 15)),
        ("2 cooling seasons", date(2025, 6, 15), date(2026, 9, 15)),
        ("2 cooling seasons", date(2025, 7, 1), date(2027, 9, 15)),
        ("life", date(2024, 2, 29), date(2074, 2, 28)),
    ],
)
@pytest.mark.clause("QRP-4")
def test_a_period_ends_by_the_calendar_and_a_season_counts_whole(period: str, first: date, last: date) -> None:
    assert warranty.last_day(BOOK, period, first) == last


@pytest.mark.parametrize(
    ("law", "book", "accepted", "handed", "standing", "until"),
    [
        ("5 years", "3 years", date(2021, 11, 24), date(2022, 5, 1), "in", date(2026, 11, 24)),
        ("5 years", "3 years", date(2021, 11, 23), date(2022, 5, 1), "out", date(2026, 11, 23)),
        ("2 years", "1 year", date(2020, 1, 1), date(2026, 1, 1), "in", date(2027, 1, 1)),
        ("2 years", "1 year", date(2020, 1, 1), None, "ask", date(2022, 1, 1)),
        ("2 years", "1 year", None, date(2020, 1, 1), "ask", date(2021, 1, 1)),
        ("5 years", "1 year", date(2025, 1, 1), None, "in", date(2030, 1, 1)),
        ("", "2 months", None, date(2026, 9, 24), "in", date(2026, 11, 24)),
        ("", "2 months", date(2026, 1, 1), None, "ask", None),
        ("", "", date(2026, 1, 1), date(2026, 1, 1), "ask", None),
    ],
)
@pytest.mark.clause("QRP-4")
def test_the_later_of_two_ends_counts_and_what_is_not_known_is_never_out(
    law: str, book: str, accepted: date | None, handed: date | None, standing: str, until: date | None
) -> None:
    term = warranty.reckon(BOOK, warranty.Part("x", "x", "x", law, book), accepted, handed, TODAY)
    assert (term.standing, term.until) == (standing, until)
    assert bool(term.missing) == (standing == "ask" or (not (accepted and handed) and bool(law and book)))


def test_the_shipped_list_can_be_reckoned_and_a_site_s_own_says_what_is_wrong_in_it(desk: Desk) -> None:
    days(desk, "2024-03-01", "2024-05-01")
    with desk.store.reading() as session:
        terms = {one.part.id: one for one in warranty.of_home(session, desk.store.path, unit(desk), TODAY)}
    assert terms["structure"].until == date(2074, 5, 1)
    assert (terms["roof"].until, terms["roof"].by) == (date(2029, 3, 1), "law")
    assert (terms["lamps"].until, terms["lamps"].standing) == (date(2024, 11, 1), "out")
    assert terms["heating"].until == date(2026, 3, 15)
    assert terms["other"].standing == "ask"
    with pytest.raises(Invalid) as caught:
        own_file(desk, warranty.FILE, '[[part]]\nid = "roof"\nlaw = "soon"\n')
    assert (caught.value.field, "soon" in str(caught.value)) == ("file", True)
    reference._read.cache_clear()
    own_file(desk, warranty.FILE, 'service_life = "70 years"\n[[part]]\nid = "roof"\nlaw = "8 years"\n')
    assert warranty.rules(desk.store.path).part("roof").law == "8 years"


def test_homes_whose_warranty_ends_within_sixty_days_are_listed_soonest_first(desk: Desk, clock: Clock) -> None:
    today = desk.calendar().local(clock.now).date()
    edge = today + timedelta(days=60)
    days(desk, handed=f"{edge.year - 1}-{edge:%m-%d}")
    with desk.store.reading() as session:
        found = [(label, one.part.id) for label, one in warranty.ending(session, desk.store.path, today)]
        assert (HOME, "doors") in found
        assert (HOME, "lamps") not in found
        tomorrow = warranty.ending(session, desk.store.path, today + timedelta(days=1))
        assert [one.part.id for _label, one in tomorrow] == [part for _label, part in found]
        early = warranty.ending(session, desk.store.path, today - timedelta(days=1))
        late = warranty.ending(session, desk.store.path, edge + timedelta(days=1))
        assert "doors" not in {one.part.id for _label, one in [*early, *late]}


def test_both_days_stand_in_the_archive_and_none_of_them_lies_ahead(desk: Desk, clock: Clock) -> None:
    days(desk, "2024-03-01", "2024-05-01")
    with desk.store.reading() as session:
        assert warranty.days_of(session, unit(desk)) == (date(2024, 3, 1), date(2024, 5, 1))
        said = journal.timeline(session, HOME)[0].facts
    assert ("– → 2024-03-01" in str(said), "– → 2024-05-01" in str(said)) == (True, True)
    for field in ("accepted", "handed"):
        for text in ("2030-01-01", "gestern"):
            with pytest.raises(Invalid) as caught, desk.act(operator="lead") as act:
                homes.set_unit(act, number=HOME, proof="paper", **{field: text})
            assert caught.value.field == field


# In, out, or not known


@pytest.mark.clause("QRP-1", "QRP-2")
def test_a_complaint_in_warranty_has_five_minutes_to_its_order_and_two_more_to_engineering(
    desk: Desk, clock: Clock
) -> None:
    days(desk, "2024-03-01", "2024-05-01")
    number = reported(desk)
    assert number.startswith("ZL")
    assert (case_of(desk, number).warranty, case_of(desk, number).warranty_until) == ("in", date(2029, 3, 1))
    assert clock_of(desk, number, "T-7").due_at == clock.now + timedelta(minutes=5)
    assert wrong(desk, "front", quality.order, number, content=" ").field == "content"
    do(desk, "front", quality.order, number, content="屋面防水重做")
    assert clock_of(desk, number, "T-7").ended_as == "kept"
    assert clock_of(desk, number, "T-8").due_at == clock.now + timedelta(minutes=2)
    assert wrong(desk, "front", quality.order, number, content="又一次").msgid.startswith("{number} is not there")


@pytest.mark.clause("QRP-3")
def test_engineering_is_told_within_two_minutes_of_the_order(desk: Desk, clock: Clock) -> None:
    number = ordered(desk)
    assert wrong(desk, "engineer", quality.collect, number).msgid.startswith("{number} is not there")
    assert clock_of(desk, number, "T-8").due_at == clock.now + timedelta(minutes=2)
    do(desk, "front", quality.notify, number)
    assert clock_of(desk, number, "T-8").ended_as == "kept"
    assert running(desk, number) == {"quality.collect"}


@pytest.mark.clause("QRP-4")
def test_out_of_warranty_it_is_explained_and_no_coordination_order_is_written(desk: Desk, clock: Clock) -> None:
    days(desk, "2010-03-01", "2010-05-01")
    number = reported(desk)
    assert running(desk, number) == {"quality.explain"}
    assert wrong(desk, "front", quality.order, number, content="重做").clause == "QRP-4"
    assert wrong(desk, "front", quality.make_paid, number).msgid.startswith("{number} is not there")
    do(desk, "front", quality.explain, number, text="保修到2015年为止")
    assert running(desk, number) == {"quality.answer"}, "they still say whether they want it done"
    do(desk, "front", quality.make_paid, number)
    case = case_of(desk, number)
    with desk.store.reading() as session:
        repair = cases.get(session, "repairs", case.became)
    assert (case.state, repair.what, repair.subject, repair.contact) == (
        "closed", case.what, case.subject, case.contact,
    )  # fmt: skip
    assert "T-2" in running(desk, repair.number)
    assert wrong(desk, "front", followups.visit, number, system="quality", how="phone", satisfied="yes", **FIVE)


@pytest.mark.clause("QRP-4")
def test_what_is_not_known_is_asked_for_and_never_out(desk: Desk, clock: Clock) -> None:
    number = reported(desk)
    assert case_of(desk, number).warranty == "ask"
    assert running(desk, number) == {"quality.warranty"}
    assert wrong(desk, "front", quality.explain, number, text="过保").clause == "QRP-4"
    assert wrong(desk, "front", quality.order, number, content="修").clause == "QRP-4"
    assert wrong(desk, "front", quality.judge, number, part="roof").field == "warranty"
    assert wrong(desk, "front", quality.judge, number, part="").field == "part"
    assert wrong(desk, "front", quality.judge, number, part="moon").field == "part"
    assert wrong(desk, "front", quality.judge, number, part="roof", warranty="in").field == "why"
    do(desk, "front", quality.judge, number, part="roof", warranty="in", why="业主出示质量保证书")
    assert running(desk, number) == {"T-7"}
    unknown = reported(desk, part="")
    days(desk, "2024-03-01", "2024-05-01")
    do(desk, "front", quality.judge, unknown, part="roof")
    assert (case_of(desk, unknown).warranty, case_of(desk, unknown).part) == ("in", "roof")
    assert wrong(desk, "front", quality.judge, unknown, part="roof").msgid == "It says so already."


@pytest.mark.clause("QRP-4")
def test_what_the_owner_disputes_is_a_supervisor_s_to_judge(desk: Desk, clock: Clock) -> None:
    days(desk, "2010-03-01", "2010-05-01")
    number = reported(desk)
    do(desk, "front", quality.explain, number, text="过保", disputed="开发商书面延长过")
    assert clock_of(desk, number, "quality.dispute").role == "supervisor"
    for step, said in ((quality.make_paid, {}), (quality.close, {"outcome": "完"})):
        assert wrong(desk, "front", step, number, **said).clause == "QRP-4"
    with pytest.raises(NotAllowed):
        do(desk, "front", quality.judge, number, part="roof", warranty="in", why="见延保函")
    assert wrong(desk, "lead", quality.judge, number, part="roof").field == "why"
    do(desk, "lead", quality.judge, number, part="roof", warranty="in", why="见延保函")
    case = case_of(desk, number)
    assert (case.warranty, case.disputed, case.state) == ("in", "", "open")
    assert running(desk, number) == {"T-7"}


@pytest.mark.clause("QRP-2", "QRP-4")
def test_what_turns_out_on_site_moves_it_to_the_other_side_and_old_clocks_are_void(desk: Desk, clock: Clock) -> None:
    number = collected(desk)
    do(desk, "front", quality.judge, number, part="roof", warranty="out", why="业主自行打孔")
    assert clock_of(desk, number, "T-9").ended_as == "void"
    assert running(desk, number) == {"quality.explain"}
    assert case_of(desk, number).state == "open"


def test_mended_to_another_home_it_is_reckoned_anew(desk: Desk) -> None:
    days(desk, "2024-03-01", "2024-05-01")
    with desk.store.writing() as session:
        building = Building(name="8")
        session.add(building)
        session.flush()
        entrance = Entrance(building_id=building.id or 0, name="1")
        session.add(entrance)
        session.flush()
        session.add(Unit(entrance_id=entrance.id or 0, room="101", label="8-1-101"))
    number = reported(desk)
    do(desk, "front", mending.mend, number, system="quality", room="8-1-101", name="-", reason="听错房号")
    assert case_of(desk, number).warranty == "ask"
    assert running(desk, number) == {"quality.warranty"}


@pytest.mark.clause("QRP-4")
def test_explaining_again_does_not_wipe_a_dispute(desk: Desk) -> None:
    days(desk, "2010-03-01", "2010-05-01")
    number = reported(desk)
    do(desk, "front", quality.explain, number, text="过保", disputed="开发商书面延长过")
    assert wrong(desk, "front", quality.explain, number, text="过保").clause == "QRP-4"
    assert running(desk, number) == {"quality.dispute"}


@pytest.mark.clause("QRP-10")
def test_no_paid_repair_ends_a_case_over_a_claim_that_nobody_heard(desk: Desk) -> None:
    days(desk, "2010-03-01", "2010-05-01")
    number = reported(desk)
    do(desk, "front", quality.explain, number, text="过保")
    do(desk, "front", quality.claim, number, text="三千元")
    assert wrong(desk, "front", quality.make_paid, number).clause == "QRP-10"


@pytest.mark.clause("QRP-2", "QRP-6")
def test_another_part_that_is_in_warranty_too_moves_no_promise(desk: Desk) -> None:
    days(desk, "2025-03-01", "2025-05-01")
    number = reported(desk)
    before = clock_of(desk, number, "T-7").id
    do(desk, "front", quality.judge, number, part="walls")
    assert (clock_of(desk, number, "T-7").id, running(desk, number)) == (before, {"T-7"})
    taken = collected(desk)
    do(desk, "front", quality.judge, taken, part="walls")
    assert (case_of(desk, taken).state, running(desk, taken)) == ("collected", {"T-9"})


@pytest.mark.clause("QRP-6")
def test_judged_out_and_in_again_the_developer_is_told_anew(desk: Desk, clock: Clock) -> None:
    number = appraised(desk, clock)
    do(desk, "front", quality.judge, number, part="roof", warranty="out", why="业主打孔")
    do(desk, "front", quality.judge, number, part="roof", warranty="in", why="复核后属质量问题")
    do(desk, "front", quality.order, number, content="重做")
    do(desk, "front", quality.notify, number)
    do(desk, "engineer", quality.collect, number)
    assert wrong(desk, "engineer", quality.appraise, number, text="裂").clause == "QRP-6"
    at = clock.now + timedelta(hours=2)
    do(desk, "engineer", quality.tell_developer, number, developer="赵工", appraisal=at)
    assert clock_of(desk, number, "T-9").rule == "T-9"
    assert "T-9" not in running(desk, number)


@pytest.mark.clause("QRP-8")
def test_work_that_is_not_accepted_goes_on_and_somebody_at_least_signs(desk: Desk, clock: Clock) -> None:
    number = finished(desk, clock)
    do(desk, "engineer", quality.sign, number, party="owner", name="单小云")
    assert wrong(desk, "engineer", quality.reject, number, reason="").field == "reason"
    do(desk, "engineer", quality.reject, number, reason="监理认为闭水不足")
    assert (case_of(desk, number).state, running(desk, number)) == ("agreed", {"quality.follow"})
    do(desk, "engineer", quality.finish, number, result="再闭水48小时不漏")
    *most, last = PARTIES
    for party in most:
        do(desk, "engineer", quality.sign, number, party=party, absent="未到场")
    assert wrong(desk, "engineer", quality.sign, number, party=last, absent="未到场").field == "absent"
    do(desk, "engineer", quality.sign, number, party=last, name="Engineer")
    do(desk, "front", quality.close, number, outcome="完")


# The order, the developer, the plan


@pytest.mark.clause("QRP-5")
def test_the_collector_signs_the_situation_form(desk: Desk) -> None:
    number = ordered(desk)
    do(desk, "front", quality.notify, number)
    with pytest.raises(NotAllowed):
        do(desk, "front", quality.collect, number)
    assert wrong(desk, "engineer", quality.collect, number, worker="guard").field == "worker"
    do(desk, "engineer", quality.collect, number)
    paper = forms.document(desk, "quality", number)
    assert paper.title == "客户质量投诉处理情况表"
    assert dict(paper.signatures)["工程部签收"].startswith("Engineer")
    assert dict(paper.fields)["部位"] == "屋面防水"
    assert dict(paper.fields)["保修"] == "保修期内　2029-03-01"


@pytest.mark.clause("QRP-6")
def test_the_developer_s_supervision_is_told_within_five_minutes_and_the_appraisal_is_agreed(
    desk: Desk, clock: Clock
) -> None:
    number = collected(desk)
    assert clock_of(desk, number, "T-9").due_at == clock.now + timedelta(minutes=5)
    at = clock.now + timedelta(hours=3)
    assert wrong(desk, "engineer", quality.appraise, number, text="裂").clause == "QRP-6"
    assert wrong(desk, "engineer", quality.tell_developer, number, developer="", appraisal=at).field == "developer"
    for late in (clock.now, clock.now + timedelta(days=400)):
        found = wrong(desk, "engineer", quality.tell_developer, number, developer="赵工", appraisal=late)
        assert found.field == "appraisal"
    do(desk, "engineer", quality.tell_developer, number, developer="赵工", appraisal=at)
    assert clock_of(desk, number, "T-9").ended_as == "kept"
    assert clock_of(desk, number, "quality.appraise").due_at == at
    later = at + timedelta(days=1)
    assert wrong(desk, "engineer", quality.appoint, number, appraisal=later, reason="").field == "reason"
    do(desk, "engineer", quality.appoint, number, appraisal=later, reason="监理另有安排")
    with desk.store.reading() as session:
        due = [one.due_at for one in _clocks(session, number, "quality.appraise") if one.ended_at is None]
    assert due == [later]
    do(desk, "engineer", quality.appraise, number, text="防水层开裂")
    assert running(desk, number) == {"quality.plan"}


def _clocks(session: Any, number: str, rule: str) -> list[Any]:
    from desk.clocks import clocks

    return [one for one in clocks.of_record(session, number) if one.rule == rule]


@pytest.mark.clause("QRP-7")
def test_nothing_begins_before_the_owner_agrees_and_who_refuses_gets_another_plan(desk: Desk, clock: Clock) -> None:
    number = appraised(desk, clock)
    plan = {"text": "局部修补", "contractor": "宏图防水"}
    assert wrong(desk, "engineer", quality.plan, number, text="修补", contractor="").field == "contractor"
    do(desk, "engineer", quality.plan, number, **plan)
    for step, said in ((quality.follow, {"text": "进场"}), (quality.finish, {"result": "好"})):
        assert wrong(desk, "engineer", step, number, **said).clause == "QRP-7"
    assert wrong(desk, "engineer", quality.consent, number, agreed="maybe", words="嗯").field == "agreed"
    do(desk, "engineer", quality.consent, number, agreed="no", words="要求整体重做")
    assert running(desk, number) == {"quality.replan"}
    do(desk, "engineer", quality.plan, number, text="整体重做", contractor="宏图防水")
    do(desk, "engineer", quality.consent, number, agreed="yes", words="单小云签字")
    assert running(desk, number) == {"quality.follow"}
    do(desk, "engineer", quality.follow, number, text="已进场")
    assert running(desk, number) == {"quality.follow"}
    with desk.store.reading() as session:
        kept = [one.text for one in cases.notes_of(session, number) if one.kind in ("plan", "plan_refused")]
    assert kept == ["局部修补\n宏图防水", "要求整体重做", "整体重做\n宏图防水"]


# Signatures, the end, claims


@pytest.mark.clause("QRP-8")
def test_it_is_closed_once_every_party_has_signed_or_is_absent_with_a_reason(desk: Desk, clock: Clock) -> None:
    number = finished(desk, clock)
    assert wrong(desk, "front", quality.close, number, outcome="完").clause == "QRP-8"
    for said in ({}, {"name": "赵工", "absent": "出差"}):
        assert wrong(desk, "engineer", quality.sign, number, party="supervision", **said).field == "name"
    do(desk, "engineer", quality.sign, number, party="owner", name="单小云")
    assert wrong(desk, "engineer", quality.sign, number, party="owner", name="单小云").field == "party"
    do(desk, "engineer", quality.sign, number, party="supervision", absent="监理部已撤场")
    do(desk, "engineer", quality.sign, number, party="contractor", name="钱工")
    assert "quality.sign" in running(desk, number)
    assert "Not signed yet: engineering" in str(wrong(desk, "front", quality.close, number, outcome="完"))
    do(desk, "engineer", quality.sign, number, party="engineering", name="Engineer")
    assert clock_of(desk, number, "quality.sign").ended_as == "kept"
    assert wrong(desk, "engineer", quality.sign, number, party="owner", name="单").clause == "QRP-8"
    paper = forms.document(desk, "quality", number, "coordination")
    places = dict(paper.signatures)
    assert paper.title == "保修期内质量投诉协调处理单"
    assert (places["业主"][:3], places["开发商监理部"][:9]) == ("单小云", "缺席：监理部已撤场")
    said = dict(paper.texts)
    assert (said["维修内容"], said["维修方案"], said["处理结果"]) == ("屋面防水重做", "铲除重做", "闭水48小时不漏")
    assert dict(paper.fields)["业主同意"].startswith("单小云签字")
    do(desk, "front", quality.close, number, outcome="屋面不再漏")
    assert case_of(desk, number).state == "closed"


@pytest.mark.clause("QRP-9")
def test_progress_is_looked_at_and_a_return_visit_follows_who_is_not_satisfied_opens_it_again(
    desk: Desk, clock: Clock
) -> None:
    number = signed(desk, clock)
    do(desk, "front", quality.close, number, outcome="好了")
    assert running(desk, number) == {"quality.visit"}
    do(desk, "front", followups.visit, number, system="quality", how="phone", satisfied="no", **FIVE)
    case = case_of(desk, number)
    assert (case.state, case.round, case.plan) == ("ordered", 2, "")
    assert running(desk, number) == {"T-8"}, "engineering is told of it again"
    assert not set(forms.document(desk, "quality", number, "coordination").fields) & {("业主同意", "单小云签字")}
    situation = dict(forms.document(desk, "quality", number, "situation").texts)
    kept = " ".join(situation.values())
    assert "好了" in kept, "how the first round ended stays"
    assert "闭水48小时不漏" in kept
    do(desk, "front", quality.notify, number)
    do(desk, "engineer", quality.collect, number)
    assert running(desk, number) == {"T-9"}
    told = {"developer": "赵工", "appraisal": clock.now + timedelta(hours=3)}
    do(desk, "engineer", quality.tell_developer, number, **told)
    do(desk, "engineer", quality.appraise, number, text="女儿墙渗水")
    do(desk, "engineer", quality.plan, number, text="女儿墙重做", contractor="宏图防水")
    do(desk, "engineer", quality.consent, number, agreed="yes", words="单小云签字")
    assert running(desk, number) == {"quality.follow"}
    do(desk, "engineer", quality.finish, number, result="不漏")
    assert wrong(desk, "front", quality.close, number, outcome="完").clause == "QRP-8", (
        "the second round is signed anew"
    )


@pytest.mark.clause("QRP-10")
def test_a_claim_goes_to_the_centre_manager_and_where_he_says_so_to_the_company_before_it_ends(
    desk: Desk, clock: Clock
) -> None:
    number = signed(desk, clock)
    do(desk, "front", quality.claim, number, text="地板泡坏，索赔三千元")
    assert "quality.claim" in running(desk, number)
    assert wrong(desk, "front", quality.close, number, outcome="完").clause == "QRP-10"
    with pytest.raises(NotAllowed):
        do(desk, "lead", quality.hear, number, upwards="yes", opinion="上报")
    assert wrong(desk, "project", quality.hear, number, upwards="", opinion="上报").field == "upwards"
    do(desk, "project", quality.hear, number, upwards="yes", opinion="上报公司")
    assert clock_of(desk, number, "quality.company").role == "company_manager"
    assert wrong(desk, "front", quality.close, number, outcome="完").clause == "QRP-10"
    with pytest.raises(NotAllowed):
        do(desk, "project", quality.decide, number, opinion="赔")
    do(desk, "company", quality.decide, number, opinion="赔付两千元")
    do(desk, "front", quality.close, number, outcome="完")
    other = reported(desk)
    do(desk, "front", quality.claim, other, text="赔")
    assert wrong(desk, "front", quality.withdraw, other, outcome="不告了").clause == "QRP-10"
    do(desk, "project", quality.hear, other, upwards="no", opinion="已协商")
    do(desk, "front", quality.withdraw, other, outcome="不告了")
    do(desk, "front", quality.claim, other, text="又要赔")
    assert "quality.claim" in running(desk, other), "also once it is closed"
    assert wrong(desk, "front", quality.claim, other, text="再赔").clause == "QRP-10", "one after the other"
    do(desk, "project", quality.hear, other, upwards="no", opinion="不赔")
    assert running(desk, other) == set()


# On screen


async def test_a_quality_complaint_goes_from_the_call_to_the_plan_at_the_keyboard(desk: Desk, clock: Clock) -> None:
    days(desk, "2024-03-01", "2024-05-01")
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "front")
        await send(
            app, "单小云", "enter", "enter", "13900001111", "enter", "left", "enter", "3", "enter", "屋顶漏水", "f9"
        )
        await pilot.pause()
        number = app.made["quality"]
        case = case_of(desk, number)
        assert (case.part, case.what, case.warranty) == ("roof", "屋顶漏水", "in")
        app.action_room("quality")
        await pilot.pause()
        assert app.screen.chosen == number
        await send(app, "o", "f9", "n")
        assert case_of(desk, number).state == "referred"
        with desk.act(operator="engineer") as act:
            quality.collect(act, number=number)
        app.screen.reload()
        await pilot.pause()
        await send(app, "d", "赵工", "enter", "+2h", "f9", "a", "裂缝", "f9", "p", "重做", "tab", "宏图", "f9")
        assert case_of(desk, number).state == "planned"
        text = text_of(app)
        assert "宏图" in text
        assert "in warranty" in text


async def test_the_warranty_room_lists_what_ends_soon_and_shows_every_part_of_a_home(desk: Desk, clock: Clock) -> None:
    today = desk.calendar().local(clock.now).date()
    days(desk, handed=f"{today.year - 1}-{today:%m-%d}")
    app = run(desk, clock)
    async with app.run_test(size=(140, 40)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("warranty")
        await pilot.pause()
        assert list(app.screen.rows) == [f"{HOME} {today}"]
        assert any("doors" in cells[3] for cells in app.screen.rows.values())
        await send(app, "slash", "1502", "enter")
        await pilot.pause()
        assert len(app.screen.rows) == 15
        assert f"{HOME} lamps" in app.screen.rows
        assert app.screen.home_in_question() == HOME


def test_a_record_says_the_warranty_who_signed_and_the_claim(desk: Desk, clock: Clock) -> None:
    number = finished(desk, clock)
    do(desk, "engineer", quality.sign, number, party="supervision", absent="撤场")
    do(desk, "front", quality.claim, number, text="三千元")
    said = "\n".join(str(part) for part in record_parts(desk, "quality", number))
    for words in ("roof waterproofing", "in warranty 2029-03-01", "赵工", "宏图防水", "absent: 撤场", "三千元"):
        assert words in said


def test_the_day_is_the_site_s_own(desk: Desk, clock: Clock) -> None:
    days(desk, "2021-11-25", "2021-11-25")
    clock.now = datetime.fromisoformat("2026-11-25T23:59:00+08:00")
    assert case_of(desk, reported(desk)).warranty == "in"
    clock.now = datetime.fromisoformat("2026-11-26T00:01:00+08:00")
    assert case_of(desk, reported(desk)).warranty == "out"


def test_a_claim_after_closing_and_the_return_visit_wait_for_keys_of_their_own(desk: Desk, clock: Clock) -> None:
    number = signed(desk, clock)
    do(desk, "front", quality.close, number, outcome="好了")
    do(desk, "front", quality.claim, number, text="三千元")
    with desk.look() as view:
        reasons = ready(STEPS["quality"], view, cases.get(view.session, "quality", number))
    keys = [step.key for step in STEPS["quality"] if step.key and reasons.get(step.name, True) is None]
    assert {"H", "h"} <= set(keys)
    assert len(keys) == len(set(keys))


@pytest.mark.clause("QRP-2")
def test_a_part_is_in_warranty_on_the_day_it_was_told_of_however_late_it_is_judged(desk: Desk, clock: Clock) -> None:
    days(desk, accepted="2021-11-24", handed="2021-11-24")
    number = reported(desk, part="")
    clock.forward(days=30)
    do(desk, "front", quality.judge, number, part="wet")
    assert case_of(desk, number).warranty == "in"


@pytest.mark.parametrize("name", ["\x07", "\u200b", "\u2060"])
def test_nobody_signs_with_letters_that_are_not_seen(desk: Desk, clock: Clock, name: str) -> None:
    number = finished(desk, clock)
    assert wrong(desk, "front", quality.sign, number, party="owner", name=name).field == "name"
