"""Sheets as readers found them wanting: what balances, what stands as it stood, who read it, what a long page says."""

from datetime import timedelta

import pytest
from sqlmodel import select

from data.clocks import Clock as Promise
from data.rounds import PlannedVisit
from desk import cases, followups, forms, hearings, mending, quality, repairs, reports, requests, rounds
from desk.act import Desk
from desk.archive.joining import join
from desk.archive.life import add
from desk.clocks import clocks
from desk.duty import life as duty
from desk.ground.refusals import NotAllowed, StateChanged
from desk.paper.document import Document, Table, to_pdf
from desk.paper.grid import fitted
from desk.paper.typesetting import load_font, wrapped
from desk.rounds import counting, drawing
from screens.sheet_lines import table_lines
from tests.conftest import Clock
from tests.helpers import FIVE, clock_of, close, do, running, take, wrong
from tests.test_quality import reported, signed
from tests.test_repair_sheets import rows, sheet, visit
from tests.test_rounds import OK, repaired, visited


@pytest.mark.clause("QRP-10", "RPT-8", "RPT-13")
def test_quality_complaints_balance_on_every_sheet_with_what_is_claimed(desk: Desk, clock: Clock) -> None:
    number = signed(desk, clock)
    claimed = reported(desk)
    do(desk, "front", quality.claim, claimed, text="索赔十万元")
    found = rows(sheet(desk), "Quality complaints")
    assert (found["new"], found["still open"], found["balance"]) == ((2,), (2,), ("✓",))
    assert found["compensation claimed"] == (1,)
    urgent = rows(sheet(desk), "Emergencies and major complaints")
    assert urgent[claimed][1:] == ("compensation claimed", "索赔十万元")
    clock.forward(days=1)
    do(desk, "front", quality.close, number, outcome="好了")
    do(desk, "front", followups.visit, number, system="quality", how="phone", satisfied="no", **FIVE)
    found = rows(sheet(desk), "Quality complaints")
    assert [found[name][0] for name in ("carried over", "opened again", "closed", "still open")] == [2, 1, 1, 2]


def test_requests_balance_too(desk: Desk) -> None:
    number = take(desk, "request").record
    do(desk, "front", requests.reply, number, text="已办")
    do(desk, "front", requests.close, number, outcome="已办")
    take(desk, "request")
    found = rows(sheet(desk), "Requests")
    assert [found[name][0] for name in ("new", "closed", "still open", "balance")] == [2, 1, 1, "✓"]


def test_what_was_opened_again_on_another_day_is_not_right_the_first_time(desk: Desk, clock: Clock) -> None:
    number = repaired(desk)
    clock.forward(days=1)
    visit(desk, number, "no")
    clock.forward(days=1)
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number)
    clock.forward(minutes=30)
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, charge="free")
    do(desk, "engineer", repairs.finish, number, result="好", tested="好")
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    found = rows(sheet(desk), "Repairs in figures")
    assert found["right first time: the owner satisfied, not opened again, %"] == (0.0, 1)
    door = found["to the door, hours on duty, middle"][0]
    assert 0.5 <= door < 10, "reckoned from when the second round began"


@pytest.mark.clause("RV-5")
def test_a_later_end_that_is_approved_afterwards_takes_no_works_out_of_a_past_month(desk: Desk, clock: Clock) -> None:
    number = repaired(desk, sort="works")
    clock.forward(days=62)
    name = "repair works whose two months end"
    before = rows(sheet(desk, "month"), "Visits by kind")[name]
    assert before[:3] == (0.0, 0, 1)
    clock.forward(days=20)
    clock_id = clock_of(desk, number, "T-22").id
    with desk.act(operator="project") as act:
        clocks.extend(act, clock_id=clock_id, until=clock.now + timedelta(days=5), reason="业主出国")
    assert rows(sheet(desk, "month", back=20), "Visits by kind")[name] == before


@pytest.mark.clause("RV-21", "RPT-1")
def test_what_a_visit_became_stands_beside_that_visit_only(desk: Desk, clock: Clock) -> None:
    number = repaired(desk)
    visit(desk, number, "yes", raised="门禁坏了", becomes="complaint")
    table = next(one for one in sheet(desk, "month").tables if one.title == "Every visit")
    became = str(table.rows[0][7])
    assert became.startswith("TS")
    clock.forward(minutes=5)
    close(desk, became)
    do(desk, "front", followups.visit, became, system="complaints", how="phone", satisfied="yes", **FIVE)
    table = next(one for one in sheet(desk, "month").tables if one.title == "Every visit")
    assert {str(row[1]): row[7] for row in table.rows} == {number: became, became: ""}


@pytest.mark.clause("RPT-11")
def test_the_base_of_the_rate_of_valid_complaints_is_the_homes_lived_in(desk: Desk) -> None:
    take(desk)
    name = "valid complaints, of occupied households"
    assert rows(sheet(desk, "month"), "Rates")[name][1] == 2
    with desk.act(operator="lead") as act:
        add(act, number="5-1-101", name="新业主", relation="owner", proof="paper")
    assert rows(sheet(desk, "month"), "Rates")[name][1] == 3


def test_yesterday_s_buildings_stay_when_a_home_is_mended_today(desk: Desk, clock: Clock) -> None:
    number = take(desk).record
    before = rows(sheet(desk), "By building")
    assert before == {"3": (1,)}
    clock.forward(days=1)
    with desk.act() as act:
        mending.mend(act, "complaints", number=number, room="5-1-101", reason="报错了")
    assert rows(sheet(desk, back=1), "By building") == before


@pytest.mark.clause("RV-10", "RV-13", "RPT-3")
def test_an_order_that_is_opened_again_stays_in_the_base_of_the_lot(desk: Desk) -> None:
    first, _second, _third = repaired(desk), repaired(desk), repaired(desk)
    visit(desk, first, "no")
    with desk.look() as view:
        rate = drawing.small_repairs(view, "2026-11")
    assert (rate.base, rate.visited) == (3, 1)
    assert rows(sheet(desk, "month"), "Visits by kind")["small repairs filed for a home"][1:3] == (1, 3)


@pytest.mark.clause("RV-8", "RV-13")
def test_special_services_are_drawn_by_lot_as_well(desk: Desk) -> None:
    for _one in range(4):
        repaired(desk, sort="special")
    with desk.act(operator="lead") as act:
        assert rounds.draw(act).count == 2


@pytest.mark.clause("RV-15", "RV-36")
def test_who_is_visited_earlier_than_planned_counts_in_the_year_of_the_visit(desk: Desk) -> None:
    with desk.act(operator="lead") as act:
        number = rounds.add(act, room="3-2-1502", why="回访", month="2027-03").number
    do(desk, "front", rounds.meet, number, **OK)
    with desk.look() as view:
        done = [
            counting.progress(view.session, counting.span_of(month, quarterly=False), view.today).visited
            for month in ("2026-11", "2027-03")
        ]
    assert done == [1, 0]


@pytest.mark.clause("RV-7")
def test_a_home_is_visited_once_about_an_event_however_its_number_is_typed(desk: Desk) -> None:
    with desk.act() as act:
        number = hearings.hold(act, kind="event", topic="游园会", minutes="热闹", households="20").number
    do(desk, "front", hearings.visit, number, room="3-2-1502", satisfied="yes")
    assert wrong(desk, "front", hearings.visit, number.lower(), room="3-2-1502", satisfied="yes").field == "room"


@pytest.mark.clause("RV-12", "RV-46")
def test_who_is_not_satisfied_with_an_event_gets_a_record(desk: Desk) -> None:
    with desk.act() as act:
        number = hearings.hold(act, kind="event", topic="游园会", minutes="热闹", households="20").number
    said = {"room": "3-2-1502", "satisfied": "no"}
    assert wrong(desk, "front", hearings.visit, number, **said).field == "suggestions"
    do(desk, "front", hearings.visit, number, **said, suggestions="音响伤人")
    with desk.read() as session:
        found = [one.text for one in cases.notes_of(session, number) if one.kind == "found"]
    assert found
    assert found[0].startswith("TS")


@pytest.mark.clause("RV-14")
def test_the_visit_to_a_repair_is_checked_by_the_head_but_not_by_whoever_made_it(desk: Desk) -> None:
    number = repaired(desk)
    check = {"system": "repairs", "words": "电话核实无误"}
    assert wrong(desk, "lead", followups.check, number, **check).clause == "RV-14"
    visit(desk, number)
    do(desk, "lead", followups.check, number, **check)
    with pytest.raises(NotAllowed):
        do(desk, "front", followups.check, number, **check)
    other = repaired(desk)
    with desk.act(operator="lead") as act:
        followups.visit(act, number=other, system="repairs", how="phone", satisfied="yes", **FIVE)
    assert wrong(desk, "lead", followups.check, other, **check).clause == "RV-14"


@pytest.mark.clause("RV-52", "RPT-12", "RPT-19")
def test_the_year_is_read_at_its_end_signed_and_never_changes(desk: Desk, clock: Clock) -> None:
    reports.open_periods(desk)
    visited(desk)
    day = desk.calendar().local(clock.now).date()

    def close_year(operator: str = "project") -> None:
        with desk.act(operator=operator) as act:
            reports.close_year(act, day=day, opinion="已审阅未解决事项")

    with pytest.raises(NotAllowed):
        close_year("lead")
    with pytest.raises(StateChanged):
        close_year()
    clock.forward(days=40)
    close_year()
    assert clock_of(desk, "Y2026", "report.year").ended_as == "kept"
    page = sheet(desk, "year", back=40)
    assert ("Opinion  Project", "已审阅未解决事项") in [(title[:16], text) for title, text in page.texts]
    signed_by = dict(page.signatures)["Read and signed by"]
    assert signed_by.startswith("Project")


@pytest.mark.clause("RV-21", "RV-22", "REQ-6")
def test_a_sheet_says_who_summed_it_up_read_it_and_when_its_copy_went(desk: Desk, clock: Clock) -> None:
    reports.open_periods(desk)
    day = desk.calendar().local(clock.now).date()
    assert dict(sheet(desk).signatures) == {"Made by": "", "Read by": ""}
    clock.forward(days=6)
    with desk.act(operator="front") as act:
        reports.file_week(act, day=day, summary="本周平稳")
    assert "本周平稳" in dict(sheet(desk, "week", back=6).texts).values()
    clock.forward(days=2)
    with desk.act(operator="project") as act:
        reports.close_month(act, day=day, opinion="阅")
        reports.send_copy(act, day=day)
    said = dict(sheet(desk, "month", back=8).signatures)
    assert said["Copy sent to the company"].startswith("Project")


@pytest.mark.clause("REQ-6")
def test_a_week_that_a_desk_opened_behind_its_last_day_of_duty_is_filed_in_it_all_the_same(
    desk: Desk, clock: Clock
) -> None:
    clock.forward(days=5)
    reports.open_periods(desk)
    day = desk.calendar().local(clock.now).date()
    with pytest.raises(StateChanged), desk.act() as act:
        reports.file_week(act, day=day + timedelta(days=7), summary="还没到")
    clock.forward(days=1)
    with desk.act() as act:
        reports.file_week(act, day=day, summary="补")


def test_missed_promises_that_have_no_room_on_a_sheet_are_counted_below(desk: Desk, clock: Clock) -> None:
    for _one in range(70):
        take(desk)
    clock.forward(minutes=30)
    table = next(one for one in sheet(desk).tables if one.title == "Missed")
    assert len(table.rows) == 61
    assert "10 more" in str(table.rows[-1][1])


@pytest.mark.clause("REC-1")
def test_after_its_years_a_quality_complaint_names_nobody_on_either_form(desk: Desk, clock: Clock) -> None:
    from tests.test_kept_years import reduced

    number = signed(desk, clock)
    do(desk, "front", quality.close, number, outcome="好了")
    visit_at_home = {"system": "quality", "how": "visit", "permitted": "单小云", "satisfied": "yes"}
    do(desk, "front", followups.visit, number, **visit_at_home, **FIVE)
    clock.forward(days=3 * 366 + 40)
    assert reduced(desk)
    for form in forms.titles("quality"):
        page = forms.document(desk, "quality", number, form)
        said = " ".join(text for pair in (*page.fields, *page.texts, *page.signatures) for text in pair)
        for name in ("单小云", "某某", "赵工"):
            assert name not in said, (form, name)


@pytest.mark.clause("REP-4", "REP-6")
def test_an_order_is_put_right_until_somebody_has_signed_for_it(desk: Desk) -> None:
    number = take(desk, "repair", what="水龙头漏水").record
    do(desk, "front", repairs.order, number, area="public", spot="大堂", sort="works", phone="13900009999")
    assert wrong(desk, "front", repairs.reorder, number, reason="听错").field == "area", "nothing would change"
    do(desk, "front", repairs.reorder, number, area="home", sort="small", phone="13900001111", reason="听错")
    assert "T-3" in running(desk, number), "the clock of the order goes on"
    page = dict(forms.document(desk, "repairs", number, "order").fields)
    assert (page["地点"][:2], page["类别"], page["回拨电话"]) == ("户内", "零修", "13900001111")
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number)
    assert wrong(desk, "front", repairs.reorder, number, area="public", reason="x").clause == "REP-6"


def test_the_third_repair_of_one_place_goes_to_the_engineering_manager(desk: Desk) -> None:
    for _one in range(2):
        number = take(desk, "repair", what="水龙头漏水").record
        do(desk, "front", repairs.order, number)
        assert "repair.often" not in running(desk, number)
    number = take(desk, "repair", what="水龙头又漏水").record
    do(desk, "front", repairs.order, number)
    assert clock_of(desk, number, "repair.often").role == "engineering_manager"
    with pytest.raises(NotAllowed):
        do(desk, "engineer", repairs.study, number, text="换管")
    do(desk, "chief", repairs.study, number, text="整段换管")
    assert "repair.often" not in running(desk, number)
    with desk.act(operator="chief"):
        assert sheet(desk).tables


def test_short_columns_of_a_printed_table_keep_their_room_and_long_cells_wrap() -> None:
    load_font()
    assert fitted([30.0, 60.0, 900.0], 500.0) == [30.0, 60.0, 410.0]
    assert sum(fitted([300.0, 400.0, 900.0], 500.0)) == pytest.approx(500.0)
    lines = wrapped("三楼电梯厅灯不亮，来电人说昨晚也不亮。" * 4, 8.5, 120)
    assert len(lines) > 4
    assert "".join(lines) == "三楼电梯厅灯不亮，来电人说昨晚也不亮。" * 4
    assert not any(line[0] in "，。" for line in lines), "no line begins with a sign that ends something"
    assert wrapped("a long word stays whole", 8.5, 60)[0] == "a long word"
    page = Document("单", tables=[Table("表", ("甲", "乙"), [("大" * 6000, 3)])])
    assert to_pdf(page).count(b"/Type /Page\n") > 1, "a row that has no room on a page goes on on the next"


@pytest.mark.clause("RV-2", "RV-15")
def test_a_month_whose_visits_were_made_early_is_done_and_an_attempt_moves_nothing(desk: Desk) -> None:
    with desk.act(operator="lead") as act:
        rounds.plan(act, month="2026-12", count="1")
    with desk.read() as session:
        (number,) = session.exec(select(PlannedVisit.number))
    do(desk, "front", rounds.meet, number, reached="no", how="phone")
    with desk.read() as session:
        assert cases.get(session, "rounds", number).month == "2026-12"
    do(desk, "front", rounds.meet, number, **OK)
    assert running(desk, "P2026-12") == set()


@pytest.mark.clause("QRP-4")
def test_what_is_out_of_warranty_is_explained_again_when_it_is_opened_again(desk: Desk, clock: Clock) -> None:
    number = signed(desk, clock)
    angry = {"system": "quality", "how": "phone", "satisfied": "no", **FIVE}
    do(desk, "front", quality.close, number, outcome="好了")
    do(desk, "front", followups.visit, number, **angry)
    do(desk, "front", quality.judge, number, part="roof", warranty="out", why="查明已过保")
    do(desk, "front", quality.explain, number, text="已过保")
    do(desk, "front", quality.close, number, outcome="说明了")
    do(desk, "front", followups.visit, number, **angry)
    assert running(desk, number) == {"quality.explain"}
    do(desk, "front", quality.explain, number, text="再说明")


@pytest.mark.clause("QRP-5")
def test_nobody_has_signed_for_a_second_round_before_it_is_collected(desk: Desk, clock: Clock) -> None:
    number = signed(desk, clock)
    do(desk, "front", quality.close, number, outcome="好了")
    do(desk, "front", followups.visit, number, system="quality", how="phone", satisfied="no", **FIVE)
    assert dict(forms.document(desk, "quality", number, "situation").signatures)["工程部签收"] == ""


@pytest.mark.clause("QRP-10")
def test_a_claim_keeps_the_close_from_being_owed_until_it_is_decided(desk: Desk, clock: Clock) -> None:
    number = signed(desk, clock)
    assert "quality.close" in running(desk, number)
    do(desk, "front", quality.claim, number, text="索赔")
    assert "quality.close" not in running(desk, number)
    before = rows(sheet(desk), "Emergencies and major complaints")
    clock.forward(days=1)
    do(desk, "project", quality.hear, number, upwards="no", opinion="协商")
    assert "quality.close" in running(desk, number)
    do(desk, "front", quality.claim, number, text="再索赔")
    assert rows(sheet(desk, back=1), "Emergencies and major complaints") == before


@pytest.mark.clause("RV-16")
def test_two_entries_that_are_joined_change_no_past_month(desk: Desk, clock: Clock) -> None:
    name, title = "homes lived in, this year so far", "Visits by kind"
    clock.forward(days=20)
    with desk.act(operator="lead") as act:
        one = add(act, number="5-1-101", name="新业主", relation="owner", proof="paper", since="2026-11-01")
        two = add(act, number="3-2-1502", name="新业主", relation="family", proof="paper")
    before = rows(sheet(desk, "month", back=20), title)[name]
    with desk.act(operator="lead") as act:
        join(act, number="3-2-1502", person=str(two.id), other=str(one.id), proof="paper")
    assert rows(sheet(desk, "month", back=20), title)[name] == before
    assert before[2] == 2


@pytest.mark.clause("DUT-8")
def test_whoever_is_sent_to_a_post_is_awaited_there(desk: Desk, clock: Clock) -> None:
    from tests.test_duty import put, somebody

    somebody(desk, "ivy", "guard")
    number = put(desk, "gate", "guard", stretches="A")
    do(desk, "guard", duty.arrive, number)
    do(desk, "lead", duty.end, number, reason="病倒", who="ivy")
    with desk.read() as session:
        sent = session.exec(select(Promise.record).where(Promise.rule == "duty.sent")).one()
    do(desk, "ivy", duty.arrive, sent)
    assert running(desk, sent) == set()


def test_a_chart_says_shares_of_its_whole_and_whether_a_target_is_reached() -> None:
    kinds = Table("By class", ("Class", "Count"), [("water", 199), ("noise", 1)], bar=1, parts=True)
    lines = [line.plain for line in table_lines(kinds)]
    assert lines[0] == "By class  200"
    assert lines[2].split() == ["water", "199", "100", "%", "━" * 24]
    assert lines[3].split() == ["noise", "1", "<1", "%"]
    rates = Table(
        "Rates", ("Rate", "%", "Of", "Target"),
        [("kept", 50.0, 4, "100 %"), ("valid", 0.5, 200, "< 1 %"), ("visits", "–", 0, "100 %"), ("happy", 75.0, 4, "")],
        bar=1, target=3,
    )  # fmt: skip
    kept, valid, visits, happy = (line.plain for line in table_lines(rates)[2:])
    assert kept.endswith("━━━━━━━━━━·········│  !")
    assert valid.endswith("│···················  ✓")
    assert "│" not in visits + happy
    assert "━━━━━━━━━━━━━━━·····" in happy
    assert rates.aim(rates.rows[0]) == (100.0, False)
    assert rates.aim(rates.rows[1]) == (1.0, True)
