"""Planned visits: who is visited when, asked first, made, read, signed; samples by lot; forums and questionnaires."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from data.directory import Occupancy, Unit
from data.operators import Operator
from data.rounds import PlannedVisit
from desk import cases, followups, forms, hearings, journal, proof, repairs, reports, rounds, systems
from desk.act import Desk
from desk.administration import changing
from desk.archive import taking_back
from desk.archive.homes import add_home, set_unit
from desk.archive.life import add, move_out
from desk.ground.refusals import Invalid, NotAllowed, Refused, StateChanged
from desk.rounds import counting, drawing, due
from desk.rounds.lived import lived_in
from screens.records import record_parts
from tests.conftest import Clock
from tests.helpers import FIVE, choose, clock_of, close, do, heard, planned, running, take, unit, wrong
from tests.test_screens import run, send, sign_in, text_of

MONTH = "2026-11"
OK: dict[str, Any] = {"reached": "yes", "how": "phone", "satisfied": "yes", **FIVE}


def case_of(desk: Desk, number: str) -> PlannedVisit:
    with desk.store.reading() as session:
        found: PlannedVisit = cases.get(session, "rounds", number)
        return found


def plan(desk: Desk, **said: str) -> Any:
    with desk.act(operator="lead") as act:
        return rounds.plan(act, **said)


def all_planned(desk: Desk, kind: str = "") -> list[PlannedVisit]:
    with desk.store.reading() as session:
        found = list(session.exec(select(PlannedVisit).order_by("number")))
    return [one for one in found if kind in ("", one.kind)]


def homes(desk: Desk) -> set[int]:
    with desk.store.reading() as session:
        return set(lived_in(session, desk.calendar().local(desk.now()).date()))


def visited(desk: Desk) -> str:
    number = planned(desk)
    do(desk, "front", rounds.meet, number, **OK)
    return number


def repaired(desk: Desk, evaluation: str = "satisfied", sort: str = "small", area: str = "home") -> str:
    number = take(desk, "repair", what="水龙头漏水").record
    do(desk, "front", repairs.order, number, sort=sort, area=area)
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number, branch="listed")
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, charge="free")
    do(desk, "engineer", repairs.finish, number, result="修好", tested="不漏")
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation=evaluation)
    return number


# The plan


@pytest.mark.clause("RV-2", "RV-15", "RV-16")
def test_a_month_is_planned_once_by_the_head_and_each_month_has_different_homes(desk: Desk, clock: Clock) -> None:
    lived = homes(desk)
    with pytest.raises(NotAllowed), desk.act() as act:
        rounds.plan(act)
    for month, said in (("2026-13", "month"), ("November", "month"), ("2026-10", "month")):
        with pytest.raises(Invalid) as caught:
            plan(desk, month=month)
        assert caught.value.field == said
    for count in ("0", "many", "99999"):
        with pytest.raises(Invalid) as caught:
            plan(desk, count=count)
        assert caught.value.field == "count"
    first = plan(desk, count="1")
    assert (first.record, first.count) == (f"P{MONTH}", 1)
    assert clock_of(desk, f"P{MONTH}", "round.month").role == "customer_officer"
    with pytest.raises(StateChanged):
        plan(desk)
    second = plan(desk, month="2026-12")
    assert second.count == len(lived) - 1, "what is left of the round is dealt to the months that are left"
    dealt = [one.unit_id for one in all_planned(desk, "routine")]
    assert sorted(dealt) == sorted(lived), "every home that is lived in, each of them once"
    assert {one.channel for one in all_planned(desk)} == {"plan"}


@pytest.mark.clause("RV-16", "RPT-4")
def test_the_base_is_homes_that_are_lived_in_and_who_wishes_no_visit_stays_in_it(desk: Desk, clock: Clock) -> None:
    lived = homes(desk)
    with desk.store.writing() as session:
        away = session.get_one(Unit, sorted(lived)[-1])
        away.state = "empty"
        session.add(away)
    assert homes(desk) == lived - {sorted(lived)[-1]}
    number = planned(desk)
    today = desk.calendar().local(clock.now).date()
    for until in (f"{today}", "2040-01-01"):
        assert wrong(desk, "front", rounds.decline, number, words="不必", until=until).field == "until"
    do(desk, "front", rounds.decline, number, words="不希望打扰", until="")
    with desk.look() as view:
        found = counting.progress(view.session, counting.span_of(MONTH, quarterly=False), today)
    assert (found.base, found.visited, found.declined, found.left) == (len(lived) - 1, 0, 1, len(lived) - 2)
    assert len(lived) == 2
    with pytest.raises(StateChanged):
        plan(desk)
    assert all_planned(desk, "routine") == [], "who wishes no visit is not dealt again"


def test_who_wishes_no_visit_for_a_year_is_left_alone_in_the_next_rounds_too(desk: Desk, clock: Clock) -> None:
    number = planned(desk)
    do(desk, "front", rounds.decline, number, words="不希望打扰")
    clock.forward(days=60)
    plan(desk, month="2027-01", count="2000")
    assert unit(desk) not in {one.unit_id for one in all_planned(desk, "routine")}
    with desk.look() as view:
        today = desk.calendar().local(clock.now).date()
        found = counting.progress(view.session, counting.span_of("2027-01", quarterly=True), today)
    assert (found.declined, found.left) == (1, found.base - 1)
    clock.forward(days=330)
    assert plan(desk, month="2027-12", count="2000").count == len(homes(desk)), "a year later they are asked again"


@pytest.mark.clause("RV-37", "RV-15")
def test_a_round_is_a_quarter_or_a_year_and_is_done_when_no_home_is_left(desk: Desk, clock: Clock) -> None:
    assert counting.span_of("2026-11", quarterly=True) == counting.Span("Q2026-4", ("2026-10", "2026-11", "2026-12"))
    assert len(counting.span_of("2026-11", quarterly=False).months) == 12
    reports.open_periods(desk)
    assert "T-35b" in running(desk, "Q2026-4")
    plan(desk, count="2000")
    open_ones = all_planned(desk)
    for one in open_ones[:-1]:
        do(desk, "front", rounds.meet, one.number, **OK)
    assert "T-35b" in running(desk, "Q2026-4")
    do(desk, "front", rounds.meet, open_ones[-1].number, **OK)
    assert running(desk, "Q2026-4") == set()
    assert clock_of(desk, f"P{MONTH}", "round.month").ended_as == "kept"


@pytest.mark.clause("RV-42")
def test_homes_that_complained_often_the_month_before_are_on_the_plan_besides(desk: Desk, clock: Clock) -> None:
    take(desk), take(desk)
    clock.forward(days=10)
    found = plan(desk, month="2026-12", count="1")
    assert (found.count, found.chosen) == (1, 1)
    (chosen,) = all_planned(desk, "chosen")
    assert (chosen.unit_id, chosen.what) == (unit(desk), "×2")
    assert all_planned(desk, "routine")[0].unit_id != chosen.unit_id
    clock.forward(days=30)
    assert plan(desk, month="2027-01", count="1").chosen == 0, "months before the last one do not count"


@pytest.mark.clause("RV-36")
def test_the_director_s_visit_is_made_by_the_director_and_keeps_the_year_s_promise(desk: Desk) -> None:
    reports.open_periods(desk)
    assert "T-35c" in running(desk, "Y2026")
    number = planned(desk, "director")
    with pytest.raises(NotAllowed):
        do(desk, "lead", rounds.meet, number, **OK)
    do(desk, "project", rounds.meet, number, **OK)
    assert running(desk, "Y2026") == {"report.year"}


def test_a_home_is_put_down_by_hand_and_taken_off_with_a_reason(desk: Desk) -> None:
    for said, field in (({"kind": "sample"}, "kind"), ({"why": ""}, "why"), ({"room": "99-9"}, "room")):
        with pytest.raises(Refused) as caught, desk.act() as act:
            rounds.add(act, **{"room": "3-2-1502", "why": "想听听", **said})
        assert field in (caught.value.field or "room")
    number = planned(desk)
    with pytest.raises(NotAllowed):
        do(desk, "front", rounds.drop, number, reason="搬走")
    do(desk, "lead", rounds.drop, number, reason="搬走")
    assert case_of(desk, number).result == "dropped"


# One visit


@pytest.mark.clause("RV-17")
def test_a_home_is_visited_only_after_a_call_and_a_yes(desk: Desk, clock: Clock) -> None:
    number = planned(desk)
    assert wrong(desk, "front", rounds.meet, number, **{**OK, "how": "visit"}).clause == "RV-17"
    at = clock.now + timedelta(hours=5)
    assert wrong(desk, "front", rounds.arrange, number, permitted="", meet_at=at).field == "permitted"
    assert wrong(desk, "front", rounds.arrange, number, permitted="单小云", meet_at=clock.now).field == "meet_at"
    do(desk, "front", rounds.arrange, number, permitted="单小云", meet_at=at)
    assert clock_of(desk, number, "round.meet").due_at == at
    do(desk, "front", rounds.meet, number, **{**OK, "how": "visit"})
    assert clock_of(desk, number, "round.meet").ended_as == "kept"


@pytest.mark.clause("VIS-2")
def test_a_visit_may_be_made_by_phone_or_at_the_desk_without_a_permission(desk: Desk) -> None:
    for how in ("phone", "desk", "outside", "office"):
        number = planned(desk)
        do(desk, "front", rounds.meet, number, **{**OK, "how": how})
    assert wrong(desk, "front", rounds.meet, planned(desk), **{**OK, "how": "telepathy"}).field == "how"


@pytest.mark.clause("RV-16", "RV-33")
def test_three_attempts_on_two_days_are_not_reached_and_never_count_as_visited(desk: Desk, clock: Clock) -> None:
    number = planned(desk)
    for _try in range(3):
        do(desk, "front", rounds.meet, number, reached="no", how="phone", note="无人接听")
    assert case_of(desk, number).state == "open", "three on one day are one day"
    clock.forward(days=1)
    do(desk, "front", rounds.meet, number, reached="no", how="phone")
    case = case_of(desk, number)
    assert (case.state, case.result) == ("closed", "unreached")
    today = desk.calendar().local(clock.now).date()
    with desk.look() as view:
        found = counting.progress(view.session, counting.span_of(MONTH, quarterly=False), today)
    assert (found.visited, found.unreached, found.left) == (0, 1, found.base)
    assert wrong(desk, "front", rounds.meet, number, **OK)


@pytest.mark.clause("RV-9", "RV-33")
def test_every_question_is_asked_and_the_answers_stand_on_the_record(desk: Desk) -> None:
    number = planned(desk)
    assert wrong(desk, "front", rounds.meet, number, **{**OK, "quality": ""}).field == "quality"
    assert wrong(desk, "front", rounds.meet, number, **{**OK, "satisfied": ""}).field == "satisfied"
    do(desk, "front", rounds.meet, number, **{**OK, "suggestions": "多种些桂花"})
    said = "\n".join(str(part) for part in record_parts(desk, "rounds", number))
    assert "多种些桂花" in said
    assert wrong(desk, "front", rounds.meet, number, **OK).msgid.startswith("{number} is over")


@pytest.mark.clause("RV-12", "RV-34", "RV-46", "RV-48")
def test_what_is_raised_becomes_a_record_is_answered_at_once_or_by_a_time(desk: Desk, clock: Clock) -> None:
    kinds = {"complaint": "complaints", "request": "requests", "suggestion": "requests", "repair": "repairs"}
    for becomes, system in kinds.items():
        number = planned(desk)
        do(desk, "front", rounds.meet, number, **OK, raised="门禁坏了", becomes=becomes)
        with desk.store.reading() as session:
            made = next(one.text for one in cases.notes_of(session, number) if one.kind == "found")
            record = cases.get(session, system, made)
            back = [one.text for one in cases.notes_of(session, made)]
        assert (record.what, number in back) == ("门禁坏了", True)
    number = planned(desk)
    assert wrong(desk, "front", rounds.meet, number, **OK, raised="几点开门", becomes="answered").field == "told"
    assert wrong(desk, "front", rounds.meet, number, **OK, raised="几点开门", becomes="later").field == "answer_by"
    assert wrong(desk, "front", rounds.meet, number, **OK, raised="几点开门", becomes="nothing").field == "becomes"
    at = clock.now + timedelta(hours=4)
    do(desk, "front", rounds.meet, number, **OK, raised="物业费怎么算", becomes="later", answer_by=at)
    with desk.store.reading() as session:
        made = next(one.text for one in cases.notes_of(session, number) if one.kind == "found")
    assert clock_of(desk, made, "T-20").due_at == at
    other = planned(desk)
    do(desk, "front", rounds.meet, other, **OK, raised="几点开门", becomes="answered", told="早上八点")
    with desk.store.reading() as session:
        assert [one.text for one in cases.notes_of(session, other)] == ["几点开门\n早上八点"]


@pytest.mark.clause("RV-19", "RV-20")
def test_the_head_reads_the_record_and_says_what_is_adopted(desk: Desk) -> None:
    number = visited(desk)
    assert clock_of(desk, number, "round.read").role == "supervisor"
    with pytest.raises(NotAllowed):
        do(desk, "front", rounds.review, number, adopted="yes")
    assert not systems.may("receptionist", "rounds.review"), "nor is the key offered there"
    assert wrong(desk, "lead", rounds.review, number, adopted="").field == "adopted"
    assert wrong(desk, "lead", rounds.review, number, adopted="no").field == "opinion"
    do(desk, "lead", rounds.review, number, adopted="no", opinion="超出合同范围")
    assert clock_of(desk, number, "round.read").ended_as == "kept"
    assert wrong(desk, "lead", rounds.review, number, adopted="yes").clause == "RV-19"
    assert wrong(desk, "lead", rounds.review, planned(desk), adopted="yes").clause == "RV-19"


@pytest.mark.clause("RV-51", "REC-5")
def test_the_record_is_filed_once_the_head_has_read_and_the_project_manager_signed(desk: Desk) -> None:
    number, other, unread = visited(desk), visited(desk), visited(desk)
    assert wrong(desk, "project", rounds.sign, number).clause == "RV-51"
    for one in (number, other):
        do(desk, "lead", rounds.review, one, adopted="none")
    with pytest.raises(NotAllowed):
        do(desk, "lead", rounds.sign, number)
    assert wrong(desk, "project", rounds.sign, number, others=unread).field == "others"
    assert case_of(desk, number).signed_at is None, "all of them or none"
    do(desk, "project", rounds.sign, number, others=other)
    assert {case_of(desk, one).state for one in (number, other)} == {"archived"}
    paper = forms.document(desk, "rounds", number)
    places = dict(paper.signatures)
    assert (paper.title, places["客服部负责人阅"][:4], places["项目经理签"][:7]) == ("回访记录表", "Lead", "Project")
    assert forms.document(desk, "rounds", number, "owner").title == "业主回访记录表"
    assert any("满意" in text for _label, text in paper.texts)


@pytest.mark.clause("RV-49", "RV-35")
def test_what_cannot_be_solved_goes_up_at_once_and_is_answered_before_the_record_is_signed(desk: Desk) -> None:
    number = visited(desk)
    do(desk, "lead", rounds.review, number, adopted="yes")
    do(desk, "front", rounds.report, number, unsolved="地下车库长期渗水")
    assert clock_of(desk, number, "round.unsolved").role == "project_supervisor"
    assert wrong(desk, "front", rounds.report, number, unsolved="又一次").clause == "RV-49"
    assert wrong(desk, "project", rounds.sign, number).clause == "RV-49"
    with pytest.raises(NotAllowed):
        do(desk, "lead", rounds.solve, number, text="已请工程部", solved="no")
    assert wrong(desk, "project", rounds.solve, number, text="请工程部", solved="").field == "solved"
    do(desk, "project", rounds.solve, number, text="已列入明年大修", solved="no")
    assert running(desk, number) == {"round.sign"}
    do(desk, "project", rounds.sign, number)
    assert case_of(desk, number).unsolved == "地下车库长期渗水", "it stands on the year's list"


@pytest.mark.clause("RV-14")
def test_the_head_checks_a_visit_now_and_then_but_never_their_own(desk: Desk) -> None:
    number = visited(desk)
    with desk.store.writing() as session:
        session.add(Operator(code="other", name="Other", roles="receptionist", secret_hash=""))
    with pytest.raises(NotAllowed):
        do(desk, "other", rounds.check, number, words="属实")
    do(desk, "lead", rounds.check, number, words="电话核实，属实")
    own = planned(desk)
    assert wrong(desk, "lead", rounds.check, own, words="属实").clause == "RV-14"
    do(desk, "lead", rounds.meet, own, **OK)
    assert wrong(desk, "lead", rounds.check, own, words="属实").clause == "RV-14"


@pytest.mark.clause("RV-3", "RV-26")
def test_officers_visit_their_own_homes_where_the_site_has_chosen_so(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.add(Operator(code="own", name="Own", roles="customer_officer", secret_hash="", areas="3"))
    number = planned(desk)
    with pytest.raises(NotAllowed):
        do(desk, "front", rounds.meet, number, **OK)
    do(desk, "own", rounds.meet, number, **OK)
    do(desk, "lead", rounds.meet, planned(desk), **OK)
    with desk.act(operator="admin") as act:
        choose(act, rule="X-10", option="S3")
    do(desk, "front", rounds.meet, planned(desk), **OK)


def test_who_did_the_work_does_not_visit_about_it(desk: Desk) -> None:
    number = repaired(desk, "none")
    with desk.store.writing() as session:
        case = cases.get(session, "repairs", number)
        case.worker = "front"
        session.add(case)
    said = {"number": number, "system": "repairs", "how": "phone", "satisfied": "yes", **FIVE}
    with pytest.raises(NotAllowed), desk.act() as act:
        followups.visit(act, **said)
    with desk.act(operator="lead") as act:
        followups.visit(act, **said)


# Small repairs, works


@pytest.mark.clause("RV-5")
def test_repair_works_are_visited_not_before_a_month_and_not_later_than_two(desk: Desk, clock: Clock) -> None:
    number = repaired(desk, "none", sort="works")
    window = clock_of(desk, number, "T-22")
    said = {"system": "repairs", "how": "phone", "satisfied": "yes", **FIVE}
    assert "T-25" not in running(desk, number), "the daily visit is that of small repairs"
    assert wrong(desk, "front", followups.visit, number, **said).clause == "RV-5"
    assert window.not_before is not None
    clock.now = window.not_before - timedelta(minutes=1)
    assert wrong(desk, "front", followups.visit, number, **said).clause == "RV-5"
    clock.now = window.not_before + timedelta(minutes=1)
    do(desk, "front", followups.visit, number, **said)
    assert clock_of(desk, number, "T-22").ended_as == "kept"
    assert (window.due_at - window.not_before) > timedelta(days=27)


@pytest.mark.clause("RV-10", "RV-13", "RPT-3")
def test_below_thirty_percent_satisfied_owners_are_drawn_by_lot_as_many_as_are_missing(desk: Desk) -> None:
    happy = [repaired(desk) for _one in range(7)]
    angry = repaired(desk, "dissatisfied")
    repaired(desk, "satisfied", area="public")
    given_up = take(desk, "repair").record
    do(desk, "front", repairs.close, given_up, outcome="不修了")
    with desk.look() as view:
        rate = drawing.small_repairs(view, MONTH)
    # Eight small repairs for a home: three visits make 30 %, one must be made anyway.
    assert (rate.base, rate.visited, rate.must, rate.needed) == (8, 0, 1, 2)
    with desk.act() as act:
        assert rounds.draw(act).count == 2
    drawn = all_planned(desk, "sample")
    assert {one.of for one in drawn} <= set(happy)
    with pytest.raises(StateChanged), desk.act() as act:
        rounds.draw(act)
    do(desk, "front", rounds.meet, drawn[0].number, **OK)
    with desk.look() as view:
        rate = drawing.small_repairs(view, MONTH)
    assert (rate.visited, rate.needed) == (1, 1)
    with desk.store.reading() as session:
        assert [one.number for one in followups.visits_of(session, drawn[0].of)] == [drawn[0].of]
    assert "round.read" not in running(desk, drawn[0].number), "it is the visit of its repair"
    assert "T-25" in running(desk, angry)


@pytest.mark.clause("REP-23")
def test_a_site_may_choose_that_every_finished_repair_is_visited_with_no_rate(desk: Desk) -> None:
    """The other side of X-9: with all as its rate the lot draws all that were satisfied, besides those who must be."""
    happy = [repaired(desk) for _one in range(5)]
    repaired(desk, "dissatisfied")
    with desk.act(operator="admin") as act:
        changing.change(act, number="standard:N-3", value=">= 100 %", reason="一律回访")
    with desk.act() as act:
        assert rounds.draw(act).count == 5
    assert {one.of for one in all_planned(desk, "sample")} == set(happy)


@pytest.mark.clause("RV-28")
def test_a_visit_stands_on_the_record_it_is_about(desk: Desk) -> None:
    number = repaired(desk, "none")
    with desk.act() as act:
        followups.visit(act, number=number, system="repairs", how="phone", satisfied="yes", **FIVE)
    paper = forms.document(desk, "repairs", number)
    assert any("满意" in text for label, text in paper.texts if label.startswith("回访"))


# One list


@pytest.mark.clause("RV-2", "RV-10")
def test_one_list_shows_who_is_to_be_visited_what_must_be_first(desk: Desk, clock: Clock) -> None:
    calm = planned(desk)
    soon = take(desk).record
    close(desk, soon)
    clock.forward(hours=23)
    works = repaired(desk, "none", sort="works")
    angry = repaired(desk, "dissatisfied")
    with desk.look() as view:
        found = due.visits(view)
    assert [one.number for one in found] == [angry, soon, works, calm]
    assert [one.must for one in found] == [True, False, False, False]
    assert found[2].why.startswith("○"), "not before a month"
    do(desk, "front", rounds.meet, calm, reached="no", how="phone")
    with desk.look() as view:
        assert due.visits(view)[3].tries == 1


async def test_the_list_at_the_keyboard_visits_whatever_a_line_is_about(desk: Desk, clock: Clock) -> None:
    angry, calm = repaired(desk, "dissatisfied"), planned(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("visits")
        await pilot.pause()
        assert "homes" in text_of(app)
        while app.screen.chosen != angry:
            await pilot.press("down")
        await send(app, "h")
        await pilot.pause()
        await send(app, "tab", "tab", "好", "tab", "好了", "tab", "无", "tab", "无", "tab", "1", "f9")
        await pilot.pause()
        assert "T-25" not in running(desk, angry)
        assert [key for key in app.screen.rows if not key.startswith("@")] == [calm]
        while app.screen.chosen != calm:
            await pilot.press("down")
        await send(app, "t", "单小云", "tab", "+5h", "f9")
        await pilot.pause()
        assert case_of(desk, calm).permitted == "单小云"


async def test_the_plan_is_made_at_the_keyboard_by_the_head(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "lead")
        app.action_room("rounds")
        await pilot.pause()
        await send(app, "n", "f9")
        await pilot.pause()
        assert len(app.screen.rows) == len(homes(desk)) // 2 or app.screen.rows
        assert "routine" in text_of(app)


# Months and their copies


@pytest.mark.clause("RV-21", "RPT-1")
def test_a_month_is_read_by_the_centre_manager_at_its_end_and_its_figures_never_change(
    desk: Desk, clock: Clock
) -> None:
    take(desk)
    reports.open_periods(desk)
    day = desk.calendar().local(clock.now).date()
    assert "T-34" in running(desk, f"M{MONTH}")
    with pytest.raises(StateChanged, match="at its end"), desk.act(operator="project") as act:
        reports.close_month(act, day=day, opinion="看过")
    clock.forward(days=6)
    with pytest.raises(NotAllowed), desk.act(operator="lead") as act:
        reports.close_month(act, day=day, opinion="看过")
    with pytest.raises(Invalid), desk.act(operator="project") as act:
        reports.close_month(act, day=day, opinion=" ")
    with desk.act(operator="project") as act:
        assert reports.close_month(act, day=day, opinion="看过") == f"M{MONTH}"
    assert "T-34" not in running(desk, f"M{MONTH}")
    with pytest.raises(StateChanged), desk.act(operator="project") as act:
        reports.close_month(act, day=day, opinion="再看")
    span = reports.period(desk.calendar(), "month", day)
    signed = [table for table in reports.document(desk, span).tables if table.title != "After closing"]
    with desk.act(operator="front") as act:
        from desk.contacts import intake

        intake.take(act, channel="visit", kind="complaint", what="补录", unit_id=unit(desk))
    after = reports.document(desk, span).tables
    assert [table for table in after if table.title != "After closing"] == signed
    assert any(row[:2] == ("Complaints", "new") for row in after[-1].rows), "what came later stands behind"


@pytest.mark.clause("RV-22", "RPT-2")
def test_the_month_s_copy_goes_to_the_company_at_the_start_of_the_next(desk: Desk, clock: Clock) -> None:
    reports.open_periods(desk)
    day = desk.calendar().local(clock.now).date()
    clock.forward(days=6)
    with pytest.raises(StateChanged), desk.act(operator="project") as act:
        reports.send_copy(act, day=day)
    with desk.act(operator="project") as act:
        reports.close_month(act, day=day, opinion="看过")
    sent = clock_of(desk, f"M{MONTH}", "T-34b")
    assert desk.calendar().local(sent.due_at).date().isoformat() == "2026-12-01"
    with desk.act(operator="project") as act:
        reports.send_copy(act, day=day)
    assert clock_of(desk, f"M{MONTH}", "T-34b").ended_as == "kept"
    with pytest.raises(StateChanged), desk.act(operator="project") as act:
        reports.send_copy(act, day=day)


# Forums, questionnaires


@pytest.mark.clause("RV-38")
def test_a_forum_with_its_minutes_keeps_the_half_year_s_promise(desk: Desk, clock: Clock) -> None:
    reports.open_periods(desk)
    assert "T-35" in running(desk, "H2026-2")
    heard(desk, "survey")
    assert "T-35" in running(desk, "H2026-2")
    number = heard(desk)
    assert running(desk, "H2026-2") == set()
    paper = forms.document(desk, "hearings", number)
    assert dict(paper.fields)["形式"] == "住户座谈会"
    assert dict(paper.texts)["记录"] == "会上谈了绿化"


@pytest.mark.clause("RV-40", "RV-41")
def test_a_questionnaire_or_a_festival_is_written_down_and_each_matter_becomes_a_record(
    desk: Desk, clock: Clock
) -> None:
    good = {"kind": "survey", "topic": "绿化", "minutes": "四十份", "households": "40", "satisfied": "35"}
    for said, field in (
        ({"kind": "party"}, "kind"), ({"topic": ""}, "topic"), ({"minutes": " "}, "minutes"),
        ({"households": "x"}, "households"),
        ({"satisfied": "41"}, "satisfied"), ({"at": clock.now + timedelta(hours=1)}, "at"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as caught, desk.act() as act:
            hearings.hold(act, **{**good, **said})
        assert caught.value.field == field
    with desk.act() as act:
        number = hearings.hold(act, **good).number
    raised = {"raised": "多种桂花", "becomes": "suggestion"}
    assert wrong(desk, "front", hearings.raise_item, number, **raised).field == "who"
    assert wrong(desk, "front", hearings.raise_item, number, raised="x", becomes="answered").field == "becomes"
    do(desk, "front", hearings.raise_item, number, **raised, room="3-2-1502")
    do(desk, "front", hearings.raise_item, number, raised="噪音", becomes="complaint", who="一位住户")
    with desk.store.reading() as session:
        made = [one.text for one in cases.notes_of(session, number)]
        systems = ("requests", "complaints")
        whats = [cases.get(session, system, one).what for system, one in zip(systems, made, strict=True)]
    assert whats == ["多种桂花", "噪音"]
    said = "\n".join(str(part) for part in record_parts(desk, "hearings", number))
    assert all(one in said for one in made)
    assert proof.verify(desk.store) == []


@pytest.mark.clause("RV-15", "RV-37")
def test_a_site_that_visits_every_household_once_a_year_has_a_round_of_a_year(desk: Desk, clock: Clock) -> None:
    with desk.look() as view:
        assert counting.is_quarterly(view)
    with desk.act(operator="admin") as act:
        choose(act, rule="T-35b", option="S0")
    with desk.look() as view:
        assert not counting.is_quarterly(view)
    reports.open_periods(desk)
    assert "T-35b" not in running(desk, "Q2026-4")
    assert desk.calendar().local(clock_of(desk, "Y2026", "T-35b").due_at).date().isoformat() == "2026-12-31"
    plan(desk, count="2000")
    for one in all_planned(desk):
        do(desk, "front", rounds.meet, one.number, **OK)
    assert "T-35b" not in running(desk, "Y2026"), "every home of the year is visited"
    with pytest.raises(StateChanged):
        plan(desk, month="2026-12")
    assert running(desk, "P2026-12") == set()
    clock.forward(days=60)
    assert plan(desk, month="2027-01").count == -(-len(homes(desk)) // 12), "a twelfth of the homes a month"


@pytest.mark.clause("RV-13")
def test_a_drawn_visit_that_was_dropped_or_declined_is_drawn_anew_from_others(desk: Desk) -> None:
    for _one in range(4):
        repaired(desk)
    with desk.act() as act:
        assert rounds.draw(act).count == 2
    first, second = all_planned(desk, "sample")
    do(desk, "lead", rounds.drop, first.number, reason="搬走")
    do(desk, "front", rounds.decline, second.number, words="不必")
    with desk.act() as act:
        assert rounds.draw(act).count == 2
    assert len({one.of for one in all_planned(desk, "sample")}) == 4


@pytest.mark.clause("RV-12")
def test_who_is_not_satisfied_says_with_what_and_it_becomes_a_record(desk: Desk) -> None:
    number = planned(desk)
    assert wrong(desk, "front", rounds.meet, number, **{**OK, "satisfied": "no"}).field == "raised"
    assert wrong(desk, "front", rounds.meet, number, **{**OK, "reached": "maybe"}).field == "reached"
    do(desk, "front", rounds.meet, number, **{**OK, "satisfied": "no"}, raised="保洁不到位")


def test_a_visit_lost_from_a_closed_month_is_told_though_another_began_in_the_same_minute() -> None:
    from desk.paper.document import Table
    from desk.reports.closed import _changes

    def table(*rows: tuple[str, str]) -> Table:
        return Table("Every visit", ("When", "Record"), list(rows))

    signed = table(("10:00", "HF1"), ("10:00", "HF2"))
    assert _changes([signed], [table(("10:00", "HF2"))]) == [("Every visit", "10:00", "HF1", "–")]
    assert _changes([signed], [signed]) == []


# Each round of a repair, each home of the year


@pytest.mark.clause("RV-13")
def test_a_sample_is_over_once_its_repair_was_visited_from_any_list(desk: Desk) -> None:
    for _one in range(4):
        repaired(desk)
    with desk.act() as act:
        rounds.draw(act)
    drawn = all_planned(desk, "sample")
    do(desk, "front", followups.visit, drawn[0].of, system="repairs", how="phone", satisfied="yes", **FIVE)
    assert (case_of(desk, drawn[0].number).state, case_of(desk, drawn[0].number).result) == ("closed", "visited")
    assert {one.state for one in all_planned(desk, "sample")[1:]} <= {"open"}
    assert wrong(desk, "front", rounds.meet, drawn[0].number, **OK)


@pytest.mark.clause("RV-17")
def test_a_return_visit_at_home_is_agreed_by_phone_first(desk: Desk) -> None:
    number = repaired(desk, "none")
    said = {"system": "repairs", "how": "visit", "satisfied": "yes", **FIVE}
    assert wrong(desk, "front", followups.visit, number, **said).field == "permitted"
    do(desk, "front", followups.visit, number, **said, permitted="单小云")
    with desk.store.reading() as session:
        assert [one.text for one in cases.notes_of(session, number) if one.kind == "permitted"] == ["单小云"]


def test_three_attempts_on_two_days_are_not_reached_for_a_repair_and_go_on_for_a_complaint(
    desk: Desk, clock: Clock
) -> None:
    number, complaint = repaired(desk, "none"), take(desk).record
    close(desk, complaint)
    tries = [(number, "repairs"), (complaint, "complaints")]
    for place in range(3):
        assert "T-25" in running(desk, number)
        for record, system in tries:
            do(desk, "front", followups.attempt, record, system=system, how="phone", note="无人接听")
        clock.forward(days=1 if place == 1 else 0)
    clock.forward(days=1)
    assert "T-25" not in running(desk, number)
    assert clock_of(desk, number, "T-25").ended_as == "void"
    assert "T-21" in running(desk, complaint), "every complaint is visited"
    with desk.look() as view:
        assert drawing.small_repairs(view, MONTH).visited == 0
        entries = [one.verb for one in journal.timeline(view.session, number)]
    assert entries.count("followups.unreached") == 1
    do(desk, "front", followups.visit, number, system="repairs", how="phone", satisfied="yes", **FIVE)


@pytest.mark.clause("RV-19", "RV-51")
def test_one_person_never_visits_reads_and_signs(desk: Desk) -> None:
    own = planned(desk)
    do(desk, "lead", rounds.meet, own, **OK)
    assert wrong(desk, "lead", rounds.review, own, adopted="yes").clause == "RV-19"
    number = visited(desk)
    do(desk, "project", rounds.review, own, adopted="yes")
    do(desk, "project", rounds.sign, own)
    do(desk, "lead", rounds.review, number, adopted="yes")
    do(desk, "project", rounds.sign, number)
    other = visited(desk)
    refused = wrong(desk, "project", rounds.review, other, adopted="yes")
    assert refused.clause == "RV-51", "the head reads it: whoever read it would not sign it, too"
    do(desk, "lead", rounds.review, other, adopted="yes")
    do(desk, "project", rounds.sign, other)


def test_a_home_that_wishes_no_visit_is_not_dealt_for_its_complaints_either(desk: Desk, clock: Clock) -> None:
    do(desk, "front", rounds.decline, planned(desk), words="不必", until="")
    take(desk), take(desk)
    clock.forward(days=14)
    home = unit(desk)
    plan(desk)
    assert home not in {one.unit_id for one in all_planned(desk) if one.state == "open"}


def test_no_home_is_put_down_for_a_month_that_is_over(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught, desk.act() as act:
        rounds.add(act, room="3-2-1502", why="x", month="2026-10")
    assert caught.value.field == "month"


@pytest.mark.clause("RV-8", "RPT-4")
def test_an_order_stands_in_the_month_in_which_it_is_filed(desk: Desk, clock: Clock) -> None:
    from tests.test_repair_sheets import rows, sheet

    number = take(desk, "repair").record
    do(desk, "front", repairs.order, number)
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number, branch="listed")
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, charge="free")
    do(desk, "engineer", repairs.finish, number, result="修好", tested="不漏")
    clock.forward(days=7)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    with desk.look() as view:
        assert [drawing.small_repairs(view, month).base for month in (MONTH, "2026-12")] == [0, 1]
    assert rows(sheet(desk, "month"), "Visits by kind")["small repairs filed for a home"][:3] == (0.0, 0, 1)


@pytest.mark.clause("RV-15", "RV-16")
def test_the_year_s_rate_counts_homes_lived_in_then_and_visits_made_in_the_year(desk: Desk, clock: Clock) -> None:
    from tests.test_repair_sheets import rows, sheet

    lived = len(homes(desk))
    name, title = "homes lived in, this year so far", "Visits by kind"
    number = planned(desk)
    clock.forward(days=40)
    do(desk, "front", rounds.meet, number, **OK)
    assert rows(sheet(desk, "month"), title)[name][1:3] == (1, lived), "put down for November, made in January"
    assert rows(sheet(desk, "month", back=40), title)[name][1:3] == (0, lived)
    clock.forward(days=31)
    today = desk.calendar().local(clock.now).date()
    with desk.store.writing() as session:
        gone = session.exec(select(Occupancy).where(Occupancy.unit_id != unit(desk))).all()
        for one in gone:
            one.until = today
            session.add(one)
    assert rows(sheet(desk, "month"), title)[name][2] == 1
    assert rows(sheet(desk, "month", back=40), title)[name][2] == lived, "what was true then stays so"


@pytest.mark.clause("RV-16")
def test_what_the_archive_is_told_later_changes_no_rate_of_a_past_month(desk: Desk, clock: Clock) -> None:
    from tests.test_repair_sheets import rows, sheet

    def base(back: int = 0) -> int:
        return int(rows(sheet(desk, "month", back=back), "Visits by kind")["homes lived in, this year so far"][2])

    planned(desk)
    before = base()
    clock.forward(days=40)
    with desk.act(operator="lead") as act:
        set_unit(act, number="3-2-1502", proof="paper", state="empty")
        move_out(act, number="3-2-1503", person="Bob [/b]", proof="paper", day=f"{MONTH}-01")
        add_home(act, label="7-7-701")
        set_unit(act, number="7-7-701", proof="paper", state="sold")
        taking_back.remove_home(act, number="7-7-701", reason="打错了")
        add(act, number="5-1-101", name="单新来", relation="owner", proof="paper", since=f"{MONTH}-01")
    assert (base(back=40), base()) == (before, 1) == (2, 1)
    clock.forward(days=40)
    with desk.act(operator="lead") as act:
        taking_back.move_back(act, number="3-2-1503", person="Bob [/b]", proof="paper")
    assert (base(back=80), base(back=40), base()) == (2, 1, 2), "until it was taken back, nobody lived there"


def test_who_moved_back_lives_there_by_what_was_told_of_them_and_of_nobody_else(desk: Desk, clock: Clock) -> None:
    start = desk.calendar().local(clock.now).date()

    def owner(name: str) -> None:
        with desk.act(operator="lead") as act:
            add(
                act, number="5-1-101", name=name, relation="owner", proof="paper", since=str(start - timedelta(days=90))
            )

    def lived(known: datetime) -> bool:
        with desk.store.reading() as session:
            return unit(desk, "5-1-101") in lived_in(session, start + timedelta(days=14), known=known)

    owner("甲一")
    owner("乙二")
    for name, days in (("甲一", 10), ("乙二", 10)):
        clock.forward(days=days)
        with desk.act(operator="lead") as act:
            move_out(act, number="5-1-101", person=name, proof="paper")
    clock.forward(days=1)
    known = clock.now
    before = lived(known)
    clock.forward(days=1)
    for name in ("乙二", "甲一"):
        with desk.act(operator="lead") as act:
            taking_back.move_back(act, number="5-1-101", person=name, proof="paper")
    assert lived(known) == before, "a day that is past stays as it was known"


@pytest.mark.clause("RV-52", "RPT-12")
def test_every_matter_that_is_not_solved_stands_on_the_year_s_list(desk: Desk, clock: Clock) -> None:
    from tests.test_repair_sheets import sheet

    number = visited(desk)
    for words, solved in (("地库渗水", "no"), ("路灯不亮", "yes"), ("围墙倾斜", "no")):
        do(desk, "front", rounds.report, number, unsolved=words)
        do(desk, "project", rounds.solve, number, text="已阅", solved=solved)
    listed = next(table for table in sheet(desk, "year").tables if table.title == "Not solved yet")
    assert [row[3] for row in listed.rows] == ["地库渗水", "围墙倾斜"]
    do(desk, "lead", rounds.review, number, adopted="yes")
    do(desk, "project", rounds.sign, number)
    assert wrong(desk, "project", rounds.solve, number, text="x", solved="yes", matter="2").field == "matter"
    do(desk, "project", rounds.solve, number, text="已大修", solved="yes", matter="1")
    listed = next(table for table in sheet(desk, "year").tables if table.title == "Not solved yet")
    assert [row[3] for row in listed.rows] == ["围墙倾斜"]
    do(desk, "project", rounds.solve, number, text="已加固", solved="yes")
    assert isinstance(wrong(desk, "project", rounds.solve, number, text="x", solved="yes"), StateChanged)


def test_a_month_before_the_journal_began_is_not_closed(desk: Desk) -> None:
    take(desk)
    with pytest.raises(StateChanged), desk.act(operator="project") as act:
        reports.close_month(act, day=date(1999, 5, 1), opinion="已阅")


@pytest.mark.clause("RV-10", "RV-13", "RPT-3")
def test_who_was_not_reached_is_not_counted_among_those_who_will_be_visited(desk: Desk, clock: Clock) -> None:
    silent = [repaired(desk, "none") for _one in range(2)]
    for _one in range(4):
        repaired(desk)
    for place in range(3):
        for number in silent:
            do(desk, "front", followups.attempt, number, system="repairs", how="phone")
        clock.forward(days=1 if place == 1 else 0)
    with desk.look() as view:
        rate = drawing.small_repairs(view, MONTH)
    assert (rate.base, rate.must, rate.needed) == (6, 0, 2)
    with desk.act() as act:
        assert rounds.draw(act).count == 2
    drawn = all_planned(desk, "sample")[0]
    for place in range(3):
        do(desk, "front", followups.attempt, drawn.of, system="repairs", how="phone")
        clock.forward(days=1 if place == 1 else 0)
    assert case_of(desk, drawn.number).result == "unreached"


@pytest.mark.clause("RV-5", "RV-8")
def test_works_that_were_not_reached_are_not_visited(desk: Desk, clock: Clock) -> None:
    from tests.test_repair_sheets import rows, sheet

    number = repaired(desk, "none", sort="works")
    window = clock_of(desk, number, "T-22")
    assert window.not_before is not None
    clock.now = window.not_before + timedelta(minutes=1)
    for place in range(3):
        do(desk, "front", followups.attempt, number, system="repairs", how="phone")
        clock.forward(days=1 if place == 1 else 0)
    assert clock_of(desk, number, "T-22").ended_as == "void"
    clock.now = window.due_at + timedelta(minutes=1)
    assert rows(sheet(desk, "month"), "Visits by kind")["repair works whose two months end"][:3] == (0.0, 0, 1)


def test_a_round_that_ends_late_leaves_the_next_one_as_it_is(desk: Desk, clock: Clock) -> None:
    clock.forward(days=100)
    reports.open_periods(desk)
    plan(desk, month="2027-03")
    clock.forward(days=40)
    reports.open_periods(desk)
    plan(desk, month="2027-05")
    for one in [one for one in all_planned(desk) if one.month == "2027-03"]:
        do(desk, "front", rounds.meet, one.number, **OK)
    assert "T-35b" not in running(desk, "Q2027-1")
    assert "T-35b" in running(desk, "Q2027-2")


@pytest.mark.clause("RV-49")
def test_an_older_matter_that_is_solved_answers_nothing_that_waits(desk: Desk) -> None:
    number = visited(desk)
    do(desk, "lead", rounds.review, number, adopted="yes")
    do(desk, "front", rounds.report, number, unsolved="地库渗水")
    do(desk, "project", rounds.solve, number, text="明年", solved="no")
    do(desk, "front", rounds.report, number, unsolved="路灯不亮")
    do(desk, "project", rounds.solve, number, text="已修", solved="yes", matter="1")
    assert "round.unsolved" in running(desk, number)
    assert wrong(desk, "project", rounds.sign, number).clause == "RV-49"
    do(desk, "project", rounds.solve, number, text="已换", solved="yes", matter="2")
    assert "round.unsolved" not in running(desk, number)
    do(desk, "project", rounds.sign, number)


async def test_what_is_raised_is_asked_about_before_it_is_saved_and_who_agreed_is_visited_there(
    desk: Desk, clock: Clock
) -> None:
    number = planned(desk)
    do(desk, "front", rounds.arrange, number, permitted="单小云", meet_at=clock.now + timedelta(hours=1))
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("rounds")
        await pilot.pause()
        await send(app, "h")
        form = app.screen.form
        assert form.value("how") == "visit"
        for name in ("quality", "effect", "shortcomings", "suggestions"):
            form.put_some({name: "好"})
        form.widget("raised").focus()
        await send(app, *"楼道灯不亮", "f9")
        assert app.focused is form.widget("becomes")
        assert case_of(desk, number).state == "open"
        form.put_some({"satisfied": "yes"})
        await send(app, "4", "f9")
    with desk.store.reading() as session:
        notes = cases.notes_of(session, number)
    assert any(note.kind == "found" and note.text.startswith("BX") for note in notes)


@pytest.mark.clause("RV-7", "EVT-2", "RPT-5", "RV-8")
def test_who_came_to_an_event_is_visited_within_a_month_until_it_is_a_tenth(desk: Desk, clock: Clock) -> None:
    from tests.test_repair_sheets import rows, sheet

    with desk.act() as act:
        number = hearings.hold(act, kind="festival", topic="中秋晚会", minutes="热闹", households="20").number
        forum = hearings.hold(act, kind="forum", topic="座谈", minutes="意见", households="20").number
    due = clock_of(desk, number, "T-24")
    assert desk.calendar().local(due.due_at).date().isoformat() == "2026-12-24"
    assert running(desk, forum) == set()
    said = {"satisfied": "yes", "suggestions": "多办"}
    assert wrong(desk, "front", hearings.visit, forum, room="3-2-1502", **said).clause == "RV-7"
    assert wrong(desk, "front", hearings.visit, number, room="9-9-999", **said).field == "room"
    assert wrong(desk, "front", hearings.visit, number, room="3-2-1502", satisfied="").field == "satisfied"
    assert wrong(desk, "front", hearings.visit, number, room="3-2-1502", how="visit", **said).field == "how"
    do(desk, "front", hearings.visit, number, room="3-2-1502", **said)
    assert wrong(desk, "front", hearings.visit, number, room="3-2-1502", **said).field == "room"
    assert "T-24" in running(desk, number), "two of twenty households are a tenth"
    do(desk, "front", hearings.visit, number, room="3-2-1503", **said)
    assert "T-24" not in running(desk, number)
    assert "households at events whose month ends" not in rows(sheet(desk, "month"), "Visits by kind")
    clock.now = due.due_at + timedelta(hours=1)
    found = rows(sheet(desk, "month"), "Visits by kind")["households at events whose month ends"]
    assert (found[0], found[1], found[2], found[3]) == (10.0, 2, 20, ">= 10 %")


@pytest.mark.clause("RV-11")
async def test_whoever_visits_is_told_to_listen_to_write_and_to_say_that_it_is_understood(
    desk: Desk, clock: Clock
) -> None:
    number = take(desk).record
    close(desk, number)
    app = run(desk, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f6")
        await pilot.pause()
        await send(app, "home", "h")
        assert "then listen; say that" in text_of(app)
        assert "it is understood and will be acted on" in text_of(app)
        form = app.screen.form
        form.put_some({"quality": "好", "effect": "好", "shortcomings": "走廊灯暗", "suggestions": "换亮灯"})
        form.put_some({"satisfied": "yes"})
        await send(app, "f9")
    with desk.read() as session:
        assert followups.visits_of(session, number)[0].shortcomings == "走廊灯暗"
