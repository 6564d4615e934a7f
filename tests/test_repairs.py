"""Repairs: the order in three copies, who has it, what is agreed before the work, done, paid and filed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from data.cases import Contact, Repair
from data.operators import Operator
from desk import cases, followups, forms, journal, proof, repairs
from desk.act import Desk
from desk.clocks import clocks
from desk.directory import yuan
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from desk.paper.document import to_pdf
from desk.repairs import board, callers, missing, prices, repeats
from desk.repairs.onsite import charges_of, total, trips_of
from desk.repairs.terms import COPIES
from desk.rounds import drawing
from desk.step_table import STEPS
from screens.records import record_parts
from tests.conftest import Clock
from tests.helpers import FIVE, clock_of, do, own_file, running, take, unit, wrong
from tests.test_repair_sheets import rows, sheet
from tests.test_screens import run, send, sign_in, text_of

AGREED = {"charge": "paid", "agreed": "单小云"}


def case_of(desk: Desk, number: str) -> Repair:
    with desk.store.reading() as session:
        found: Repair = cases.get(session, "repairs", number)
        return found


def told(desk: Desk, **changes: Any) -> str:
    number = take(desk, "repair", what="水龙头漏水").record
    do(desk, "front", repairs.order, number, **changes)
    do(desk, "front", repairs.notify, number)
    return number


def collected(desk: Desk, branch: str = "", **changes: Any) -> str:
    number = told(desk, **changes)
    do(desk, "engineer", repairs.collect, number, branch=branch)
    return number


def on_site(desk: Desk, branch: str = "listed", **changes: Any) -> str:
    number = collected(desk, branch, **changes)
    do(desk, "front", repairs.arrive, number)
    return number


def finished(desk: Desk, charges: str = "换水龙头", **changes: Any) -> str:
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    said = {"result": "换了水龙头", "tested": "不漏", "charges": charges, **changes}
    do(desk, "engineer", repairs.finish, number, **said)
    return number


# The order


@pytest.mark.clause("REP-1", "REP-4")
def test_an_order_says_who_where_and_when_and_a_home_has_a_number_to_ring_back(desk: Desk, clock: Clock) -> None:
    number = take(desk, "repair").record
    soon = clock.now + timedelta(hours=3)
    assert wrong(desk, "front", repairs.order, number, area="moon").field == "area"
    assert wrong(desk, "front", repairs.order, number, appointment=clock.now).field == "appointment"
    do(desk, "front", repairs.order, number, spot="厨房", phone="13900001111", appointment=soon)
    case = case_of(desk, number)
    assert (case.area, case.spot, case.phone, case.appointment_at) == ("home", "厨房", "13900001111", soon)
    hidden = take(desk, "repair", caller_number="000").record
    assert wrong(desk, "front", repairs.order, hidden).field == "phone"
    lamp = take(desk, "repair", unit_id=None, person_id=None, stranger="保洁", caller_number="000").record
    do(desk, "front", repairs.order, lamp, spot="3栋2层楼梯")
    assert case_of(desk, lamp).area == "public"


@pytest.mark.clause("REP-4", "REP-5")
def test_engineering_is_told_of_a_written_order_only_and_once(desk: Desk) -> None:
    number = take(desk, "repair").record
    assert wrong(desk, "front", repairs.notify, number).clause == "REP-4"
    do(desk, "front", repairs.order, number)
    do(desk, "front", repairs.notify, number)
    assert wrong(desk, "front", repairs.notify, number).clause == "REP-5"
    assert wrong(desk, "front", repairs.order, number).clause == "REP-4"


@pytest.mark.clause("REP-4", "REP-16")
def test_the_order_is_printed_in_three_copies_that_say_where_each_belongs(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "finance", repairs.pay, number, receipt="R-17")
    paper = forms.document(desk, "repairs", number)
    assert [copy.partition("　")[2] for copy in paper.copies] == ["客服部", "工程经理档案", "财务"]
    fields = dict(paper.fields)
    assert (fields["回拨电话"], fields["业主检验"], fields["收据号"]) == ("13900001111", "不漏", "R-17")
    assert ("3", "换水龙头", "1个", "¥20.00") in paper.tables[0].rows
    assert to_pdf(paper).count(b"/Type /Page\n") == len(COPIES)
    assert forms.document(desk, "repairs", number, "work_order").title == "维修工作单"


@pytest.mark.clause("REP-6")
def test_the_collector_signs_the_register_of_contacts_for_one_order_or_for_several(desk: Desk) -> None:
    first, second, third = told(desk), told(desk), take(desk, "repair").record
    with pytest.raises(NotAllowed):
        do(desk, "front", repairs.collect, first)
    found = wrong(desk, "engineer", repairs.collect, first, others=f"{second}，{third}")
    assert (found.field, third in str(found)) == ("others", True)
    assert case_of(desk, first).collected_at is None, "all of them or none"
    do(desk, "engineer", repairs.collect, first, others=second)
    for number in (first, second):
        paper = dict(forms.document(desk, "contacts", case_of(desk, number).contact, "owner").fields)
        assert paper["工程签收"].startswith("Engineer")
        assert "repair.collect" not in running(desk, number)
    assert wrong(desk, "engineer", repairs.collect, first).clause == "REP-6"
    assert wrong(desk, "engineer", repairs.collect, told(desk), worker="guard").field == "worker"


# How soon somebody comes


@pytest.mark.clause("REP-7", "REP-8", "REP-9")
def test_each_branch_has_its_own_time_and_its_own_end(desk: Desk, clock: Clock) -> None:
    public = collected(desk, area="public")
    assert clock_of(desk, public, "T-4").due_at == clock.now + timedelta(minutes=15)
    agreed = clock.now + timedelta(hours=4)
    by_time = collected(desk, appointment=agreed)
    assert clock_of(desk, by_time, "T-5").due_at == agreed - timedelta(minutes=5)
    unlisted = collected(desk, "unlisted")
    answer = clock_of(desk, unlisted, "T-6")
    assert (answer.due_at, answer.role) == (clock.now + timedelta(minutes=15), "engineering_manager")
    now = collected(desk)
    assert clock_of(desk, now, "repair.now").due_at == clock.now + timedelta(minutes=15)
    for number, rule in ((public, "T-4"), (by_time, "T-5"), (now, "repair.now")):
        do(desk, "front", repairs.arrive, number)
        assert rule not in running(desk, number)
        assert clock_of(desk, number, rule).ended_as == "kept"
    do(desk, "engineer", repairs.arrive, unlisted)
    assert "T-6" in running(desk, unlisted), "only the manager's answer ends it"


@pytest.mark.clause("REP-9")
def test_what_stands_on_no_list_is_answered_by_the_manager_in_person_before_the_work(desk: Desk) -> None:
    number = on_site(desk, "unlisted")
    assert wrong(desk, "engineer", repairs.begin, number, **AGREED).clause == "REP-9"
    for somebody in ("engineer", "lead", "front"):
        assert isinstance(wrong(desk, somebody, repairs.advise, number, text="可换"), NotAllowed)
    do(desk, "chief", repairs.advise, number, text="建议更换角阀")
    assert "T-6" not in running(desk, number)
    assert wrong(desk, "engineer", repairs.begin, number, **AGREED).field == "amount", "no list says what it costs"
    do(desk, "engineer", repairs.begin, number, **AGREED, amount="80")
    charged = {"result": "换好", "tested": "不漏", "charges": "其他项目 = 90"}
    assert wrong(desk, "engineer", repairs.finish, number, **charged).field == "agreed"
    do(desk, "engineer", repairs.finish, number, **charged, agreed="单小云")
    assert "≤ ¥90.00" in text_of_record(desk, number)
    assert wrong(desk, "chief", repairs.advise, on_site(desk), text="x").clause == "REP-9"


def test_what_turns_out_otherwise_on_site_ends_the_old_time_as_neither_kept_nor_missed(desk: Desk) -> None:
    number = collected(desk)
    do(desk, "engineer", repairs.rebranch, number, branch="unlisted", reason="管道井内")
    assert clock_of(desk, number, "repair.now").ended_as == "void"
    assert "T-6" in running(desk, number)
    assert wrong(desk, "engineer", repairs.rebranch, number, branch="unlisted", reason="x").field == "branch"
    assert wrong(desk, "engineer", repairs.rebranch, number, branch="appointment", reason="x").clause == "REP-8"


def test_a_promised_time_is_moved_by_a_person_with_a_reason_only(desk: Desk, clock: Clock) -> None:
    first, later = clock.now + timedelta(hours=2), clock.now + timedelta(hours=5)
    number = collected(desk, appointment=first)
    assert wrong(desk, "front", repairs.appoint, number, appointment=later, reason=" ").field == "reason"
    do(desk, "front", repairs.appoint, number, appointment=later, reason="业主要求")
    assert clock_of(desk, number, "T-5").due_at in (first - timedelta(minutes=5), later - timedelta(minutes=5))
    due = [one for one in running(desk, number) if one == "T-5"]
    assert due == ["T-5"]
    assert case_of(desk, number).appointment_at == later


def test_an_arrival_says_who_says_so_and_when_it_was_typed(desk: Desk, clock: Clock) -> None:
    number = collected(desk)
    clock.forward(minutes=20)
    came = clock.now - timedelta(minutes=12)
    assert wrong(desk, "front", repairs.arrive, number, at=clock.now + timedelta(minutes=1)).field == "at"
    assert wrong(desk, "front", repairs.arrive, number, at=clock.now - timedelta(hours=1)).field == "at"
    do(desk, "front", repairs.arrive, number, at=came, said_by="owner")
    with desk.store.reading() as session:
        (trip,) = trips_of(session, number)
    assert (trip.arrived_at, trip.typed_at, trip.said_by, trip.worker) == (came, clock.now, "owner", "engineer")


# Before and after the work


@pytest.mark.clause("REP-11")
def test_consent_stands_before_the_work_and_cannot_be_entered_afterwards(desk: Desk) -> None:
    number = on_site(desk)
    assert wrong(desk, "engineer", repairs.finish, number, result="好", tested="好").clause == "REP-11"
    assert wrong(desk, "engineer", repairs.begin, number, charge="paid").field == "agreed"
    do(desk, "engineer", repairs.begin, number, **AGREED)
    assert case_of(desk, number).edition == "2026-01-01"
    assert wrong(desk, "engineer", repairs.begin, number, **AGREED).clause == "REP-11"
    assert wrong(desk, "chief", repairs.decline, number, reason="太贵").clause == "REP-12"


@pytest.mark.clause("REP-10")
def test_what_is_found_stands_beside_what_was_reported(desk: Desk) -> None:
    assert wrong(desk, "engineer", repairs.begin, collected(desk), **AGREED).clause == "REP-10"
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, found="角阀坏，不是龙头", **AGREED)
    said = {"result": "换角阀", "tested": "不漏", "charges": "其他项目 = 35", "materials": "角阀 1"}
    do(desk, "engineer", repairs.finish, number, **said)
    fields = dict(forms.document(desk, "repairs", number).fields)
    assert (fields["实际项目"], fields["材料"]) == ("角阀坏，不是龙头", "角阀 1")
    assert dict(forms.document(desk, "repairs", number).texts)["报修内容"] == "水龙头漏水"


@pytest.mark.clause("REP-12")
def test_a_declined_price_is_signed_by_the_manager_filed_and_charges_nothing(desk: Desk) -> None:
    number = on_site(desk)
    assert isinstance(wrong(desk, "engineer", repairs.decline, number, reason="太贵"), NotAllowed)
    assert wrong(desk, "chief", repairs.decline, number, reason=" ").field == "reason"
    do(desk, "chief", repairs.decline, number, reason="业主嫌贵，告知另行报修")
    case = case_of(desk, number)
    assert (case.end, case.state) == ("declined", "closed")
    assert running(desk, number) == {"repair.paper"}, "only its paper is owed, nobody visits"
    with desk.store.reading() as session:
        assert [one.number for one in board.papers_out(session)] == [number]
    assert wrong(desk, "front", repairs.return_copy, number, copy="2").field == "copy"
    do(desk, "front", repairs.return_copy, number, copy="1")
    assert running(desk, number) == set()
    with desk.store.reading() as session:
        assert charges_of(session, number) == []
    assert isinstance(wrong(desk, "finance", repairs.pay, number, receipt="1"), StateChanged)


@pytest.mark.clause("REP-13")
def test_charges_follow_the_list_that_was_shown_line_by_line(desk: Desk) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    for charges, line in (
        ("", ""),
        ("换龙虾", "1"),
        ("换灯泡\n疏通马桶", "2"),
        ("疏通马桶 = 160", "1"),
        ("换门锁 = 60", "1"),
    ):
        found = wrong(desk, "engineer", repairs.finish, number, result="好", tested="好", charges=charges)
        assert (found.field, line in str(found)) == ("charges", True), charges
    lines = "1 x3\n疏通马桶 = 80\n查线路故障 1.5\n调试门窗\n其他项目 = 12.50"
    do(desk, "engineer", repairs.finish, number, result="好", tested="好", charges=lines)
    with desk.store.reading() as session:
        assert [(one.name, one.fen) for one in charges_of(session, number)] == [
            ("换灯泡", 1500),
            ("疏通马桶", 8000),
            ("查线路故障", 5000),
            ("调试门窗", 0),
            ("其他项目", 1250),
        ]


def test_a_free_repair_charges_nothing_and_an_edition_that_is_not_there_is_refused(desk: Desk) -> None:
    number = on_site(desk)
    assert wrong(desk, "engineer", repairs.begin, number, edition="2020-01-01", **AGREED).field == "edition"
    do(desk, "engineer", repairs.begin, number, charge="free")
    found = wrong(desk, "engineer", repairs.finish, number, result="好", tested="好", charges="换灯泡")
    assert found.clause == "REP-11"
    do(desk, "engineer", repairs.finish, number, result="好", tested="好")
    assert isinstance(wrong(desk, "finance", repairs.pay, number, receipt="1"), StateChanged)


def test_a_site_s_own_price_list_takes_the_place_of_the_shipped_one_edition_by_edition(desk: Desk) -> None:
    edition = '[[edition]]\ndate = "{day}"\n[[edition.item]]\nname = "换锁"\nprice = "{price}"\n'
    both = edition.format(day="2026-01-01", price=50) + edition.format(day="2026-11-01", price=60)
    own_file(desk, prices.FILE, both)
    assert prices.editions(desk.store.path) == ["2026-11-01", "2026-01-01"]
    today = date(2026, 11, 1)
    assert prices.charged(prices.book(desk.store.path, today=today), "换锁")[0].fen == 6000
    assert prices.charged(prices.book(desk.store.path, "2026-01-01", today=today), "换锁")[0].fen == 5000
    assert prices.book(desk.store.path, today=date(2026, 10, 31)).edition == "2026-01-01", "it counts from its day on"
    with pytest.raises(Invalid, match="2026-11-01"):
        prices.book(desk.store.path, "2026-11-01", today=date(2026, 10, 31))
    with pytest.raises(Invalid) as caught:
        own_file(desk, prices.FILE, edition.format(day="2026-01-01", price=-1))
    assert caught.value.field == "file"


@pytest.mark.clause("REP-14", "REP-17")
def test_the_owner_tests_and_judges_and_nobody_enters_what_is_said_of_their_own_work(desk: Desk) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    assert wrong(desk, "engineer", repairs.finish, number, result="好", charges="换灯泡").field == "tested"
    do(desk, "engineer", repairs.finish, number, result="好", tested="亮了", charges="换灯泡")
    assert wrong(desk, "front", repairs.return_copy, number, copy="1").field == "evaluation"
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    case = case_of(desk, number)
    assert (case.evaluation, case.end, case.state) == ("satisfied", "done", "closed")
    own = told(desk)
    do(desk, "chief", repairs.collect, own)
    do(desk, "chief", repairs.arrive, own)
    do(desk, "chief", repairs.begin, own, charge="free")
    do(desk, "chief", repairs.finish, own, result="好", tested="好")
    refused = wrong(desk, "chief", repairs.return_copy, own, copy="1", evaluation="satisfied")
    assert (type(refused), refused.clause) == (NotAllowed, "REP-17")


@pytest.mark.clause("REP-3", "REP-15")
def test_finance_reviews_what_was_charged_and_takes_the_money_once(desk: Desk) -> None:
    number = finished(desk)
    for somebody in ("front", "engineer", "lead"):
        assert isinstance(wrong(desk, somebody, repairs.pay, number, receipt="R-1"), NotAllowed)
    assert wrong(desk, "finance", repairs.pay, number, receipt=" ").field == "receipt"
    do(desk, "finance", repairs.pay, number, receipt="R-1")
    assert wrong(desk, "finance", repairs.pay, number, receipt="R-2").clause == "REP-15"
    assert case_of(desk, number).paid_by == "finance"


@pytest.mark.clause("REP-16")
def test_each_copy_has_its_place_and_the_first_files_the_order(desk: Desk) -> None:
    number = finished(desk)
    assert "repair.paper" in running(desk, number)
    do(desk, "finance", repairs.return_copy, number, copy="3")
    assert case_of(desk, number).state == "finished"
    assert wrong(desk, "finance", repairs.return_copy, number, copy="3").field == "copy"
    assert wrong(desk, "front", repairs.close, number, outcome="x").clause == "REP-16"
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    assert "repair.paper" not in running(desk, number)
    do(desk, "chief", repairs.return_copy, number, copy="2")
    assert isinstance(wrong(desk, "chief", repairs.return_copy, number, copy="2"), StateChanged)


@pytest.mark.clause("RV-10")
@pytest.mark.parametrize(
    ("said", "visited"), [("satisfied", False), ("dissatisfied", True), ("none", True), ("unsigned", True)]
)
def test_who_is_dissatisfied_or_says_nothing_is_visited_the_same_day(desk: Desk, said: str, visited: bool) -> None:
    number = finished(desk)
    assert "T-25" not in running(desk, number), "a paper that is out is not unsigned"
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation=said)
    assert ("T-25" in running(desk, number)) is visited


def test_one_visit_never_ends_a_repair_that_somebody_is_not_satisfied_with(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    do(desk, "front", followups.visit, number, system="repairs", how="phone", satisfied="no", **FIVE)
    case = case_of(desk, number)
    assert (case.state, case.end) == ("ordered", "")
    assert running(desk, number) == {"T-3", "repair.pay"}, "what the first round cost is still owed"
    with desk.store.reading() as session:
        assert len(trips_of(session, number)) == 1, "the first round stays"
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number)


@pytest.mark.parametrize("end", ["withdrawn", "not_ours", "no_access"])
def test_what_is_given_up_says_how_and_is_neither_done_nor_visited(desk: Desk, end: str) -> None:
    number = on_site(desk)
    assert wrong(desk, "front", repairs.close, number, outcome="x", end="done").field == "end"
    do(desk, "front", repairs.close, number, outcome="业主取消", end=end)
    assert case_of(desk, number).end == end
    assert running(desk, number) == set()
    assert isinstance(
        wrong(desk, "front", followups.visit, number, system="repairs", how="phone", satisfied="yes", **FIVE),
        StateChanged,
    )


def test_what_waits_says_for_what_and_until_when_and_an_arrival_goes_on_counting(desk: Desk, clock: Clock) -> None:
    number = collected(desk)
    until = clock.now + timedelta(hours=2)
    assert wrong(desk, "engineer", repairs.wait, number, cause="parts", until=clock.now, who="库房").field == "until"
    do(desk, "engineer", repairs.wait, number, cause="parts", until=until, who="库房")
    assert {"repair.now", "repair.wait"} <= running(desk, number)
    assert clock_of(desk, number, "repair.wait").due_at == until
    assert clock_of(desk, number, "repair.now").paused_at is None
    do(desk, "front", repairs.arrive, number)
    assert case_of(desk, number).waits_for == ""


@pytest.mark.clause("REP-2")
def test_a_second_call_about_the_same_thing_urges_the_open_order(desk: Desk) -> None:
    number = collected(desk)
    do(desk, "front", repairs.urge, number, text="又来电催")
    do(desk, "front", repairs.urge, number, text="再催")
    assert case_of(desk, number).urges == 2
    text = "\n".join(part.plain for part in record_parts(desk, "repairs", number))
    assert "Urged 2 times" in text
    assert "又来电催" in text


def test_nothing_personal_of_a_repair_stands_in_the_journal(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    with desk.store.reading() as session:
        facts = " ".join(entry.facts for entry in journal.timeline(session, number))
    for word in ("13900001111", "单小云", "水龙头", "不漏"):
        assert word not in facts
    assert proof.verify(desk.store) == []


# On the screen


async def test_an_order_goes_from_call_to_filed_copies_at_the_keyboard(desk: Desk, clock: Clock) -> None:
    number = take(desk, "repair").record
    app, count = run(desk, clock), 0
    async with app.run_test(size=(120, 40)) as pilot:
        await sign_in(pilot, "front")

        async def keys(*pressed: str) -> None:
            nonlocal count
            count += len(pressed)
            await pilot.press(*pressed)
            await pilot.pause()

        await keys("f8")
        await keys("o", "f9")
        assert case_of(desk, number).state == "ordered"
        await keys("n")
        with desk.act(operator="engineer") as act:
            repairs.collect(act, number=number)
        app.screen.reload()
        await pilot.pause()
        await keys("a", "f9")
        assert case_of(desk, number).state == "on_site"
        await keys("b", "tab", "1", "f9")
        assert case_of(desk, number).charge == "free"
        await keys("d", *"ok", "tab", *"ok", "f9")
        assert case_of(desk, number).state == "finished"
        await keys("r", "1", "tab", "1", "f9")
        assert (case_of(desk, number).end, case_of(desk, number).evaluation) == ("done", "satisfied")
    assert count <= 40


# The board and the evening's copies


@pytest.fixture
def two_workers(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.add(Operator(code="wang", name="王小青", roles="engineer", secret_hash="", department="engineering"))


@pytest.mark.usefixtures("two_workers")
def test_an_order_is_handed_over_by_initials_and_a_clash_is_told_not_refused(desk: Desk, clock: Clock) -> None:
    soon = clock.now + timedelta(hours=2)
    theirs = collected(desk, appointment=soon)
    do(desk, "engineer", repairs.assign, theirs, worker="wxq")
    assert case_of(desk, theirs).worker == "wang"
    assert wrong(desk, "front", repairs.assign, theirs, worker="王小青").field == "worker"
    assert wrong(desk, "front", repairs.assign, theirs, worker="zz").field == "worker"
    other = collected(desk, appointment=soon + timedelta(minutes=20))
    step = next(one for one in STEPS["repairs"] if one.name == "assign")
    with desk.look() as view:
        case = cases.get(view.session, "repairs", other)
        assert step.previews is not None
        told = step.previews(view, case, {"worker": "wxq"})
        assert any("12:00" in line for line in told)
        assert len(step.previews(view, case, {"worker": "engineer"})) == 1
    do(desk, "front", repairs.assign, other, worker="wxq")
    assert isinstance(wrong(desk, "finance", repairs.assign, other, worker="engineer"), NotAllowed)


@pytest.mark.usefixtures("two_workers")
def test_the_board_shows_what_each_has_and_the_next_to_do_on_top(desk: Desk, clock: Clock) -> None:
    later = collected(desk, appointment=clock.now + timedelta(hours=5))
    sooner = collected(desk)
    there = on_site(desk)
    waiting = told(desk)
    with desk.read() as session:
        found = [case.number for case, _due in board.orders(session)]
        loads = {one.code: one for one in board.loads(session, clock.now, clock.now - timedelta(hours=10))}
    assert found.index(waiting) == 0
    assert found.index(sooner) < found.index(later)
    assert (loads["engineer"].in_hand, loads["wang"].in_hand) == (3, 0)
    assert loads["engineer"].since == clock.now
    assert there in found


async def test_the_board_at_the_keyboard(desk: Desk, clock: Clock) -> None:
    number = collected(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "engineer")
        app.action_room("board")
        await pilot.pause()
        text = text_of(app)
        assert "◆ Engineer" in text
        assert "1 in hand" in text
        assert number in text
        await pilot.press("home")
        while app.screen.chosen != number:
            await pilot.press("down")
        await pilot.press("a", "f9")
        await pilot.pause()
        assert case_of(desk, number).state == "on_site"


@pytest.mark.clause("REP-16")
def test_what_is_not_back_is_a_page_with_a_table_for_each_worker(desk: Desk) -> None:
    number, other = finished(desk), finished(desk)
    with desk.store.writing() as session:
        case = cases.get(session, "repairs", other)
        case.worker = "chief"
        session.add(case)
    desk.operator = "front"
    page = missing.document(desk)
    assert {table.title: [row[0] for row in table.rows] for table in page.tables} == {
        "Chief (engineering manager)": [other],
        "Engineer (engineer)": [number],
    }
    assert to_pdf(page).startswith(b"%PDF")
    desk.operator = "engineer"
    with pytest.raises(NotAllowed):
        missing.document(desk)


async def test_copies_come_back_one_after_another_and_what_is_left_is_what_is_missing(desk: Desk, clock: Clock) -> None:
    first, second, third = finished(desk), finished(desk), finished(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("copies")
        await pilot.pause()
        await send(app, f"{first[-4:-2]} 1")
        await pilot.press("enter")
        await pilot.pause()
        assert case_of(desk, first).evaluation == "satisfied"
        await send(app, f"{second} 4")
        await pilot.press("enter")
        await pilot.pause()
        assert case_of(desk, second).evaluation == "unsigned"
        assert list(app.screen.rows) == [third]
        await send(app, "99 1")
        await pilot.press("enter")
        await pilot.pause()
        assert "No paper of this number is out" in text_of(app)
        assert app.screen.box.value == "99 1", "nothing typed is lost"
        app.screen.lines.focus()
        await pilot.press("f", *"1", "f9")
        await pilot.pause()
        assert third in text_of(app)
        await pilot.press("escape", "escape")
        app.screen.box.focus()
        await pilot.press(*["backspace"] * 4)
        await send(app, third[-4:-2])
        await pilot.press("enter")
        await pilot.pause()
        assert case_of(desk, third).state == "finished", "what the owner says was not typed"


# A second round


def visited_in_anger(desk: Desk, number: str) -> None:
    said = {"system": "repairs", "how": "phone", "satisfied": "no", **FIVE}
    do(desk, "front", followups.visit, number, **said)


def second_round(desk: Desk, number: str, charges: str) -> None:
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number)
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    do(desk, "engineer", repairs.finish, number, result="又换了一次", tested="不漏", charges=charges)


@pytest.mark.clause("RV-12")
def test_an_order_opened_again_keeps_what_its_first_round_said_and_charges_nothing_twice(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    with desk.store.reading() as session:
        first = total(session, number)
    do(desk, "finance", repairs.pay, number, receipt="R-17")
    visited_in_anger(desk, number)
    text = text_of_record(desk, number)
    for said in ("Round before", "换了水龙头", "not satisfied", "Engineer", yuan(first), "R-17"):
        assert said in text, said
    second_round(desk, number, "换灯泡")
    with desk.store.reading() as session:
        assert [one.name for one in charges_of(session, number)] == ["换灯泡"]
    do(desk, "finance", repairs.pay, number, receipt="R-18")
    assert case_of(desk, number).receipt == "R-18"


def test_what_was_not_paid_in_the_first_round_is_still_owed_in_the_second(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    visited_in_anger(desk, number)
    second_round(desk, number, "换灯泡")
    with desk.store.reading() as session:
        assert {one.name for one in charges_of(session, number)} == {"换水龙头", "换灯泡"}


# Many callers, one cause


def another(desk: Desk, number: str, **changes: Any) -> str:
    """A stranger who calls about an open order."""
    said = {"unit_id": None, "person_id": None, "stranger": "单先生", "same": number, "what": "三栋也没水"}
    return take(desk, "repair", **{**said, **changes}).contact


@pytest.mark.clause("REP-2")
def test_many_callers_with_one_cause_are_one_order_and_everybody_is_told_when_it_is_over(desk: Desk) -> None:
    number = collected(desk)
    first, second = another(desk, number), another(desk, number, stranger="李女士")
    with desk.store.reading() as session:
        assert len(list(session.exec(select(Repair)))) == 1
        assert [one.became for one in (session.get_one(Contact, first), session.get_one(Contact, second))] == [
            number,
            number,
        ]
    assert case_of(desk, number).urges == 0
    assert "To be told: 2" in text_of_record(desk, number)
    assert isinstance(wrong(desk, "front", repairs.tell, number), StateChanged)
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    do(desk, "engineer", repairs.finish, number, result="修好了", tested="好", charges="换水龙头")
    assert "repair.callers" in running(desk, number)
    assert wrong(desk, "front", repairs.tell, number, contact="LD0").field == "contact"
    do(desk, "front", repairs.tell, number, contact=first)
    assert "repair.callers" in running(desk, number)
    do(desk, "front", repairs.tell, number)
    assert "repair.callers" not in running(desk, number)
    assert clock_of(desk, number, "repair.callers").ended_as == "kept"
    assert "To be told" not in text_of_record(desk, number)
    assert isinstance(wrong(desk, "front", repairs.tell, number), StateChanged)
    assert proof.verify(desk.store) == []


def text_of_record(desk: Desk, number: str) -> str:
    return "\n".join(part.plain for part in record_parts(desk, "repairs", number))


def test_who_called_about_an_order_that_is_given_up_is_told_too(desk: Desk) -> None:
    number = collected(desk)
    another(desk, number)
    do(desk, "front", repairs.close, number, outcome="开发商接手", end="not_ours")
    assert "repair.callers" in running(desk, number)
    do(desk, "front", repairs.tell, number)
    assert "repair.callers" not in running(desk, number)


@pytest.mark.clause("REP-2")
def test_a_call_of_the_same_home_about_its_own_order_urges_it_and_waits_for_nothing(desk: Desk) -> None:
    number = collected(desk)
    contact = take(desk, "repair", what="怎么还没来", same=number.lower()).contact
    assert case_of(desk, number).urges == 1
    text = text_of_record(desk, number)
    assert contact in text
    assert "To be told" not in text


@pytest.mark.parametrize("same", ["BX26-999999-0", "楼上"])
def test_an_order_that_is_not_open_is_no_cause_and_nothing_is_taken(desk: Desk, same: str) -> None:
    with pytest.raises(Invalid) as caught:
        another(desk, same)
    assert caught.value.field == "same"
    over = collected(desk)
    do(desk, "front", repairs.close, over, outcome="不修了")
    with pytest.raises(Invalid) as caught:
        another(desk, over)
    assert caught.value.field == "same"
    with pytest.raises(Invalid) as caught:
        take(desk, "complaint", same=collected(desk))
    assert caught.value.field == "same"


def test_orders_of_the_building_and_of_public_areas_are_offered_and_others_are_not(desk: Desk) -> None:
    home = collected(desk)
    public = take(desk, "repair", what="大门坏了", unit_id=unit(desk, "5-1-101"), person_id=None).record
    do(desk, "front", repairs.order, public, area="public", spot="南门")
    far = take(desk, "repair", what="灯坏", unit_id=unit(desk, "5-1-101"), person_id=None).record
    with desk.store.reading() as session:
        assert [one.number for one in callers.alike(session, unit(desk, "3-2-1503"))] == [public, home]
        assert far in [one.number for one in callers.alike(session, unit(desk, "5-1-101"))]


async def test_a_caller_joins_an_open_order_at_the_keyboard(desk: Desk, clock: Clock) -> None:
    number = collected(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("intake")
        await pilot.pause()
        await pilot.press(*"1503", "enter", "2", "tab", *"13900003333", "tab")
        app.screen.form.put_some({"kind": "repair"})
        await pilot.pause()
        app.screen.form.widget("what").focus()
        await pilot.press(*"leak", "enter", *number[-3:], "enter", "f9")
        await pilot.pause()
    with desk.store.reading() as session:
        last = session.exec(select(Contact).order_by(col(Contact.number).desc())).first()
        assert last is not None
        assert (last.what, last.became) == ("leak", number)
        assert [one.number for one in callers.to_tell(session, number)] == [last.number]


@pytest.mark.clause("REP-15")
def test_what_the_first_round_left_unpaid_is_paid_however_the_second_ends(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    visited_in_anger(desk, number)
    do(desk, "front", repairs.close, number, outcome="不修了", end="withdrawn")
    do(desk, "finance", repairs.pay, number, receipt="R-1")
    assert case_of(desk, number).receipt == "R-1"


def test_a_caller_who_rings_again_urges_and_is_told_once(desk: Desk) -> None:
    number = collected(desk)
    neighbour = {"unit_id": unit(desk, "3-2-1503"), "person_id": None, "stranger": "邻居"}
    another(desk, number, **neighbour)
    another(desk, number, **neighbour)
    another(desk, number)
    another(desk, number)
    with desk.store.reading() as session:
        assert len(callers.to_tell(session, number)) == 2
    assert case_of(desk, number).urges == 2


def test_nobody_joins_the_order_of_another_building(desk: Desk) -> None:
    number = collected(desk)
    far = {"unit_id": unit(desk, "5-1-101"), "person_id": None, "stranger": "五栋"}
    with pytest.raises(Invalid) as caught:
        another(desk, number, **far)
    assert caught.value.field == "same"


def test_whoever_heard_of_the_first_round_hears_of_the_second_too(desk: Desk) -> None:
    number = collected(desk)
    another(desk, number)
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    do(desk, "engineer", repairs.finish, number, result="好", tested="好", charges="换水龙头")
    do(desk, "front", repairs.tell, number)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    visited_in_anger(desk, number)
    do(desk, "front", repairs.close, number, outcome="不修了", end="withdrawn")
    assert "repair.callers" in running(desk, number)


@pytest.mark.clause("REP-7")
@pytest.mark.parametrize("worker", ["nobody\x1b[31m" + "x" * 5000, "moon"])
def test_whoever_came_is_somebody_of_engineering(desk: Desk, worker: str) -> None:
    number = collected(desk)
    assert wrong(desk, "front", repairs.arrive, number, worker=worker).field == "worker"


@pytest.mark.parametrize(
    "line", ["换水龙头 20元", "换水龙头 ¥20", "换水龙头 x1e3", "换水龙头 x0.0000001", "换水龙头 20 块"]
)
@pytest.mark.clause("REP-13")
def test_money_and_odd_numbers_behind_an_item_are_no_count(desk: Desk, line: str) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    refused = wrong(desk, "engineer", repairs.finish, number, result="好", tested="好", charges=line)
    assert refused.field == "charges"


def test_the_paper_of_a_second_round_says_nothing_of_what_the_first_one_did(desk: Desk) -> None:
    number = finished(desk, materials="角阀")
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    visited_in_anger(desk, number)
    do(desk, "front", repairs.close, number, outcome="不修了", end="withdrawn")
    case = case_of(desk, number)
    assert (case.materials, case.tested, case.outcome) == ("", "", "不修了")
    assert "角阀" in text_of_record(desk, number)


@pytest.mark.clause("REP-4", "RV-12")
def test_the_printed_order_of_a_second_round_has_its_own_signature_way_and_bill(desk: Desk, clock: Clock) -> None:
    number = finished(desk)
    came = desk.now()
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    clock.forward(days=1)
    visited_in_anger(desk, number)

    def page() -> tuple[dict[str, str], list[str]]:
        found = forms.document(desk, "repairs", number, "order")
        return {name: str(said) for name, said in found.fields}, [table.title for table in found.tables]

    said, bills = page()
    assert (said["领单"], said["到场时间"], bills) == ("", "", ["此前未付"])
    second_round(desk, number, "换灯泡")
    said, bills = page()
    assert said["到场时间"]
    assert f"{desk.calendar().local(came):%Y-%m-%d}" not in said["到场时间"]
    assert "Engineer" in said["领单"]
    assert bills == ["收费"]


def test_half_a_letter_is_no_number_of_an_order(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        another(desk, "\ud800")
    assert caught.value.field == "same"
    assert isinstance(wrong(desk, "front", repairs.tell, "\ud800"), NotFound)


@pytest.mark.clause("REP-7")
def test_each_order_that_one_signature_collects_has_its_own_how_soon(desk: Desk, clock: Clock) -> None:
    first, second = told(desk), told(desk, area="public", spot="三号楼大堂")
    do(desk, "engineer", repairs.collect, first, branch="unlisted", others=second)
    assert [case_of(desk, one).branch for one in (first, second)] == ["unlisted", "public"]


def test_the_last_digits_of_a_copy_never_mean_another_order_by_its_check_digit(desk: Desk) -> None:
    number = finished(desk)
    tail, check = number.rpartition("-")[0][-1], number[-1]
    with desk.store.reading() as session:
        assert board.paper(session, f"{tail}-{check}").number == number
        with pytest.raises(NotFound):
            board.paper(session, f"{tail}{check}")


def test_what_waited_is_over_once_the_work_begins(desk: Desk, clock: Clock) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.wait, number, cause="parts", until=clock.now + timedelta(hours=2), who="库房")
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    assert case_of(desk, number).waits_for == ""


# Nobody in, somebody else, later than it was


def test_nobody_in_leaves_the_door_so_that_a_new_time_is_agreed_and_coming_again_is_another_way(
    desk: Desk, clock: Clock
) -> None:
    number = on_site(desk)
    tomorrow = clock.now + timedelta(days=1)
    do(desk, "engineer", repairs.wait, number, cause="owner_out", until=tomorrow, who="业主回电")
    assert wrong(desk, "engineer", repairs.begin, number, charge="free").clause == "REP-10"
    do(desk, "front", repairs.appoint, number, appointment=tomorrow, reason="业主明早在家")
    assert "T-5" in running(desk, number)
    clock.forward(days=1, minutes=-10)
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, charge="free")
    do(desk, "engineer", repairs.wait, number, cause="parts", until=clock.now + timedelta(hours=2), who="库房")
    assert wrong(desk, "engineer", repairs.finish, number, result="修好", tested="不漏").clause == "REP-10"
    assert wrong(desk, "front", repairs.close, number, outcome="x", end="no_access").field == "end"
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.finish, number, result="修好", tested="不漏")
    with desk.store.reading() as session:
        assert len(trips_of(session, number)) == 3


@pytest.mark.clause("RV-3")
def test_one_worker_arrives_once_and_somebody_else_who_comes_has_the_order_from_then_on(desk: Desk) -> None:
    number = on_site(desk)
    assert wrong(desk, "front", repairs.arrive, number).field == "worker"
    with desk.store.writing() as session:
        session.add(Operator(code="mate", name="Mate", roles="engineer receptionist", secret_hash="",
                             department="engineering"))  # fmt: skip
    do(desk, "front", repairs.arrive, number, worker="mate")
    do(desk, "front", repairs.arrive, number, worker="chief")
    assert case_of(desk, number).worker == "chief"
    do(desk, "chief", repairs.begin, number, charge="free")
    do(desk, "chief", repairs.finish, number, result="修好", tested="不漏")
    refused = wrong(desk, "chief", repairs.return_copy, number, copy="1", evaluation="satisfied")
    assert isinstance(refused, NotAllowed)
    refused = wrong(desk, "mate", repairs.return_copy, number, copy="1", evaluation="satisfied")
    assert refused.clause == "REP-17", "who came first did some of the work, too"
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    visit = {"system": "repairs", "how": "phone", "satisfied": "yes", **FIVE}
    assert wrong(desk, "mate", followups.visit, number, **visit).clause == "RV-3"


def test_an_arrival_typed_later_keeps_the_promise_it_kept_and_is_counted_as_typed_late(
    desk: Desk, clock: Clock
) -> None:
    number = collected(desk, "listed")
    came = clock.now + timedelta(minutes=12)
    clock.forward(minutes=40)
    do(desk, "front", repairs.arrive, number, at=came)
    kept = clock_of(desk, number, "repair.now")
    assert (kept.ended_at, clocks.was_kept(kept)) == (came, True)
    do(desk, "engineer", repairs.begin, number, charge="free")
    do(desk, "engineer", repairs.finish, number, result="修好", tested="不漏")
    figures = rows(sheet(desk), "Repairs in figures")
    assert figures["arrivals typed more than five minutes later"] == (100.0, 1)


def test_what_happened_yesterday_and_is_typed_today_never_changes_the_sheet_of_yesterday(
    desk: Desk, clock: Clock
) -> None:
    clock.forward(hours=13, minutes=45)
    number = collected(desk, "listed")
    came, midnight = clock.now + timedelta(minutes=5), clock.now + timedelta(minutes=15)
    clock.forward(minutes=30)
    do(desk, "front", repairs.arrive, number, at=came)
    assert clock_of(desk, number, "repair.now").ended_at == midnight


@pytest.mark.clause("REP-9")
def test_what_stands_on_no_list_is_not_finished_without_the_manager_s_answer_whenever_that_turned_out(
    desk: Desk,
) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, charge="free")
    do(desk, "engineer", repairs.rebranch, number, branch="unlisted", reason="不在价目表上")
    assert wrong(desk, "engineer", repairs.finish, number, result="修好", tested="不漏").clause == "REP-9"
    do(desk, "chief", repairs.advise, number, text="换整段管")
    do(desk, "engineer", repairs.finish, number, result="修好", tested="不漏")


@pytest.mark.clause("REP-3")
def test_finance_mends_what_was_charged_until_it_is_paid_and_what_stood_there_stays_known(desk: Desk) -> None:
    number = finished(desk)
    assert "repair.pay" in running(desk, number)
    assert isinstance(wrong(desk, "front", repairs.recharge, number, charges="换水龙头", reason="x"), NotAllowed)
    assert wrong(desk, "finance", repairs.recharge, number, charges="没有的", reason="x").field == "charges"
    assert wrong(desk, "finance", repairs.recharge, number, charges="换水龙头", reason=" ").field == "reason"
    do(desk, "chief", repairs.recharge, number, charges="换水龙头", reason="核对无误")
    with desk.store.reading() as session:
        assert [one.text for one in cases.notes_of(session, number) if one.kind == "review"] == ["核对无误"]
    more = {"charges": "换水龙头 x2", "reason": "换了两个"}
    assert wrong(desk, "finance", repairs.recharge, number, **more).field == "agreed"
    first = clock_of(desk, number, "repair.pay").due_at
    do(desk, "chief", repairs.recharge, number, **more, agreed="单小云")
    with desk.store.reading() as session:
        owed = [one.due_at for one in clocks.of_record(session, number) if one.rule == "repair.pay"]
    assert owed == [first], "one bill is one promise"
    with desk.store.reading() as session:
        assert total(session, number) == 4000
        note = next(one for one in cases.notes_of(session, number) if one.kind == "recharge")
    assert note.text == "换了两个 单小云\n换水龙头 ×1 ¥20.00"
    do(desk, "finance", repairs.pay, number, receipt="R-1")
    assert "repair.pay" not in running(desk, number)
    assert wrong(desk, "finance", repairs.recharge, number, charges="换水龙头", reason="x").clause == "REP-15"
    assert rows(sheet(desk), "Repairs in figures")["charged, yuan"][0] == "¥40.00"


@pytest.mark.clause("REP-16")
def test_the_second_and_third_copy_are_a_promise_until_they_are_in_their_places(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    assert clock_of(desk, number, "repair.copies").role == "engineering_manager"
    do(desk, "finance", repairs.return_copy, number, copy="3")
    assert "repair.copies" in running(desk, number)
    do(desk, "chief", repairs.return_copy, number, copy="2")
    assert "repair.copies" not in running(desk, number)


def test_an_order_at_home_has_a_home(desk: Desk) -> None:
    number = take(desk, "repair", unit_id=None, person_id=None, stranger="张先生", caller_number="13900002222").record
    assert wrong(desk, "front", repairs.order, number, area="home").field == "area"


@pytest.mark.clause("RV-10")
def test_a_second_round_is_visited_whatever_the_paper_says_and_counts_only_once_it_is(desk: Desk, clock: Clock) -> None:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    said = {"system": "repairs", "how": "phone", **FIVE}
    do(desk, "front", followups.visit, number, satisfied="no", **said)
    clock.forward(minutes=1)
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number, branch="listed")
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, charge="free")
    do(desk, "engineer", repairs.finish, number, result="再修", tested="不漏")
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="satisfied")
    assert "T-25" in running(desk, number)
    with desk.look() as view:
        assert drawing.small_repairs(view, "2026-11").visited == 0
    assert rows(sheet(desk), "Visits by kind")["small repairs filed for a home"][:3] == (0.0, 0, 1)
    clock.forward(minutes=1)
    do(desk, "front", followups.visit, number, satisfied="yes", **said)
    with desk.look() as view:
        assert drawing.small_repairs(view, "2026-11").visited == 1


@pytest.mark.parametrize(
    ("words", "trade"),
    [
        ("厨房水龙头漏水", "water"),
        ("客厅灯不亮", "power"),
        ("卧室窗户关不上", "doors"),
        ("楼上漏水到天花板", "walls"),
        ("暖气不热", "air"),
        ("对讲机没声音", "entry"),
        ("电梯异响", "lift"),
        ("说不清", "other"),
        ("The tap drips", "water"),
    ],
)
def test_the_trade_is_offered_by_the_words_of_the_report_and_may_be_chosen_otherwise(
    desk: Desk, words: str, trade: str
) -> None:
    number = take(desk, "repair", what=words).record
    assert case_of(desk, number).trade == trade
    assert wrong(desk, "front", repairs.order, number, trade="magic").field == "trade"
    do(desk, "front", repairs.order, number, trade="lift")
    assert case_of(desk, number).trade == "lift"


async def test_a_record_says_which_repairs_of_its_place_and_trade_were_there_before(desk: Desk, clock: Clock) -> None:
    old = take(desk, "repair", what="水龙头漏水").record
    clock.forward(days=31)
    first, lamp = take(desk, "repair", what="马桶漏水").record, take(desk, "repair", what="灯不亮").record
    second = take(desk, "repair", what="水管漏水").record
    third = take(desk, "repair", what="水管又漏").record
    hall = take(desk, "repair", what="楼道灯不亮").record
    do(desk, "front", repairs.order, hall, area="public", spot="3栋 二层")
    stranger = {"unit_id": None, "person_id": None, "stranger": "保洁", "caller_number": "000"}
    again = take(desk, "repair", what="楼道灯又灭了", **stranger).record
    do(desk, "front", repairs.order, again, area="public", spot="3栋二层")
    with desk.read() as session:
        found = {one: repeats.before(session, session.get_one(Repair, one)) for one in (first, lamp, third, again)}
    assert found == {first: [], lamp: [], third: [first, second], again: [hall]}, old
    text = "\n".join(part.plain for part in record_parts(desk, "repairs", third))
    assert f"‼ Again within 30 days, after {first} {second}" in text


# What a second look found


@pytest.mark.clause("REP-7", "REP-9")
def test_who_is_there_is_not_awaited_again_when_it_turns_out_otherwise(desk: Desk, clock: Clock) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.rebranch, number, branch="public", reason="公共管道")
    assert "T-4" not in running(desk, number)
    do(desk, "engineer", repairs.wait, number, cause="parts", until=clock.now + timedelta(days=1), who="库房")
    do(desk, "engineer", repairs.rebranch, number, branch="listed", reason="业主自用")
    assert "repair.now" not in running(desk, number)
    fresh = collected(desk, "listed")
    do(desk, "engineer", repairs.rebranch, fresh, branch="public", reason="公共管道")
    assert "T-4" in running(desk, fresh)


@pytest.mark.clause("REP-7", "REP-9")
def test_an_appointment_takes_neither_the_manager_s_answer_nor_the_fifteen_minutes_away(
    desk: Desk, clock: Clock
) -> None:
    number, lamp = collected(desk, "unlisted"), collected(desk, "public")
    for one in (number, lamp):
        do(desk, "front", repairs.appoint, one, appointment=clock.now + timedelta(days=1), reason="业主要求")
    assert (case_of(desk, number).branch, running(desk, number)) == ("unlisted", {"T-5", "T-6"})
    assert running(desk, lamp) == {"T-4", "T-5"}
    early = take(desk, "repair").record
    soon = clock.now + timedelta(hours=2)
    do(desk, "front", repairs.appoint, early, appointment=soon, reason="来电约定")
    do(desk, "front", repairs.order, early)
    assert case_of(desk, early).appointment_at == soon
    do(desk, "front", repairs.notify, early)
    clock.forward(hours=3)
    do(desk, "engineer", repairs.collect, early, branch="listed")
    assert wrong(desk, "engineer", repairs.rebranch, early, branch="appointment", reason="x").clause == "REP-8"


def test_nobody_came_again_before_it_was_written_that_it_waits(desk: Desk, clock: Clock) -> None:
    number = on_site(desk)
    clock.forward(minutes=60)
    do(desk, "engineer", repairs.wait, number, cause="parts", until=clock.now + timedelta(hours=1), who="库房")
    clock.forward(hours=5)
    assert wrong(desk, "engineer", repairs.arrive, number, at=clock.now - timedelta(hours=5, minutes=30)).field == "at"
    do(desk, "engineer", repairs.arrive, number, at=clock.now - timedelta(minutes=1))
    assert not clocks.was_kept(clock_of(desk, number, "repair.wait"))


def test_who_takes_an_order_over_at_the_door_still_has_to_come(desk: Desk) -> None:
    number = on_site(desk)
    do(desk, "front", repairs.assign, number, worker="chief")
    assert wrong(desk, "chief", repairs.begin, number, charge="free").clause == "REP-10"
    do(desk, "front", repairs.arrive, number)
    with desk.store.reading() as session:
        assert [(one.worker, one.joined) for one in trips_of(session, number)] == [
            ("engineer", False),
            ("chief", False),
        ]


@pytest.mark.clause("REP-3", "REP-15")
def test_what_an_earlier_round_cost_can_be_taken_off_and_who_changed_a_bill_does_not_take_the_money(desk: Desk) -> None:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    do(desk, "front", followups.visit, number, system="repairs", how="phone", satisfied="no", **FIVE)
    do(desk, "finance", repairs.recharge, number, charges="换水龙头 x2", reason="少算一个", agreed="单小云")
    assert wrong(desk, "finance", repairs.pay, number, receipt="R-1").clause == "REP-3"
    do(desk, "chief", repairs.recharge, number, charges="", reason="返工，免收")
    assert "repair.pay" not in running(desk, number)
    with desk.store.reading() as session:
        assert total(session, number) == 0


def test_who_joins_a_colleague_at_the_door_is_no_second_way_to_it(desk: Desk) -> None:
    number = on_site(desk)
    do(desk, "front", repairs.arrive, number, worker="chief")
    do(desk, "chief", repairs.begin, number, charge="free")
    do(desk, "chief", repairs.finish, number, result="修好", tested="不漏")
    name = "right first time: one way to the door, not opened again, %"
    assert rows(sheet(desk), "Repairs in figures")[name] == (100.0, 1)


@pytest.mark.clause("RV-12")
def test_who_was_not_satisfied_is_visited_however_the_next_round_ends(desk: Desk) -> None:
    said = {"system": "repairs", "how": "phone", **FIVE}
    for area in ("home", "public"):
        number = finished(desk)
        with desk.store.writing() as session:
            case = session.get_one(Repair, number)
            case.area = area
            session.add(case)
        do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
        do(desk, "front", followups.visit, number, satisfied="no", **said)
        do(desk, "front", repairs.close, number, outcome="说不修了")
        assert "T-25" in running(desk, number)
        do(desk, "front", followups.visit, number, satisfied="yes", **said)
        assert "T-25" not in running(desk, number)


@pytest.mark.clause("REP-12")
def test_a_price_may_be_declined_by_whoever_was_left_to_decide(desk: Desk, clock: Clock) -> None:
    number = collected(desk, "listed")
    assert wrong(desk, "chief", repairs.decline, number, reason="太贵").clause == "REP-12"
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.wait, number, cause="owner_decides", until=clock.now + timedelta(days=1), who="业主")
    do(desk, "chief", repairs.decline, number, reason="业主来电：太贵")
    assert case_of(desk, number).end == "declined"


async def test_a_declined_order_typed_in_is_filed_as_declined(desk: Desk, clock: Clock) -> None:
    number = on_site(desk)
    do(desk, "chief", repairs.decline, number, reason="太贵")

    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("copies")
        await pilot.pause()
        await pilot.press(*number, "enter")
        await pilot.pause()
        assert f"{number} is filed: price declined" in text_of(app)


# Rounds, bills and appointments, once more


def reopened(desk: Desk) -> str:
    number = finished(desk)
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    do(desk, "front", followups.visit, number, system="repairs", how="phone", satisfied="no", **FIVE)
    return number


@pytest.mark.clause("REP-15")
def test_what_a_later_round_costs_is_a_bill_of_its_own(desk: Desk) -> None:
    number = reopened(desk)
    do(desk, "finance", repairs.pay, number, receipt="R-1")
    assert "repair.pay" not in running(desk, number)
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number, branch="listed")
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    do(desk, "engineer", repairs.finish, number, result="换灯", tested="亮", charges="换水龙头 x2")
    with desk.store.reading() as session:
        assert total(session, number) == 4000
    assert "repair.pay" in running(desk, number)
    assert wrong(desk, "finance", repairs.pay, number, receipt="R-2", amount="20").field == "amount"
    do(desk, "finance", repairs.pay, number, receipt="R-2", amount="40.00")
    assert "repair.pay" not in running(desk, number)


def test_a_line_of_blanks_costs_nothing_and_a_long_one_is_refused(desk: Desk) -> None:
    book = prices.book(desk.store.path, today=date(2026, 11, 28))
    assert prices.charged(book, "换水龙头" + " " * 3000 + "x2")[0].fen == 4000
    with pytest.raises(Invalid) as caught:
        prices.charged(book, "a b " * 400)
    assert (caught.value.field, "at most 80" in str(caught.value)) == ("charges", True)


@pytest.mark.clause("REP-8")
def test_an_appointment_that_lies_ahead_is_awaited_whatever_happens_before(desk: Desk, clock: Clock) -> None:
    tomorrow = clock.now + timedelta(days=1)
    number = collected(desk, appointment=tomorrow)
    do(desk, "engineer", repairs.rebranch, number, branch="unlisted", reason="价目表外")
    assert running(desk, number) == {"T-5", "T-6"}
    do(desk, "chief", repairs.advise, number, text="换整段管")
    assert running(desk, number) == {"T-5"}
    do(desk, "front", repairs.arrive, number)
    do(desk, "engineer", repairs.wait, number, cause="owner_out", until=tomorrow, who="业主")
    assert "T-5" in running(desk, number), "who came by a day early is awaited at the agreed time all the same"


def test_no_order_in_hand_is_awaited_by_nobody(desk: Desk) -> None:
    number = on_site(desk)
    do(desk, "front", repairs.assign, number, worker="chief")
    assert "repair.now" in running(desk, number)
    other = collected(desk, "unlisted")
    do(desk, "chief", repairs.advise, other, text="换整段管")
    assert "repair.now" in running(desk, other)


@pytest.mark.clause("REP-11")
def test_what_was_begun_free_becomes_paid_by_a_new_agreement_only(desk: Desk) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, charge="free")
    assert wrong(desk, "engineer", repairs.begin, number, charge="free").field == "charge"
    assert wrong(desk, "engineer", repairs.begin, number, charge="paid", agreed=" ").field == "agreed"
    do(desk, "engineer", repairs.begin, number, **AGREED)
    do(desk, "engineer", repairs.finish, number, result="换", tested="好", charges="换水龙头")
    do(desk, "finance", repairs.recharge, number, charges="", reason="打错")
    do(desk, "finance", repairs.recharge, number, charges="换水龙头", reason="恢复", agreed="单小云")
    with desk.store.reading() as session:
        assert total(session, number) == 2000


@pytest.mark.clause("RV-12")
def test_dissatisfied_owners_of_works_are_visited_when_the_next_round_is_given_up(desk: Desk, clock: Clock) -> None:
    number = on_site(desk, sort="works")
    do(desk, "engineer", repairs.begin, number, charge="free")
    do(desk, "engineer", repairs.finish, number, result="修", tested="好")
    do(desk, "front", repairs.return_copy, number, copy="1", evaluation="dissatisfied")
    assert "T-25" not in running(desk, number)
    clock.forward(days=35)
    do(desk, "front", followups.visit, number, system="repairs", how="phone", satisfied="no", **FIVE)
    do(desk, "front", repairs.close, number, outcome="不修了")
    assert "T-25" in running(desk, number)


def test_one_order_is_collected_once_however_its_number_is_typed(desk: Desk, clock: Clock) -> None:
    number, late = told(desk), told(desk, appointment=clock.now + timedelta(hours=1))
    clock.forward(hours=2)
    refused = wrong(desk, "engineer", repairs.collect, number, others=late)
    assert (refused.field, late in str(refused)) == ("others", True)
    do(desk, "engineer", repairs.collect, number, branch="listed", others=number.lower())
    with desk.store.reading() as session:
        assert [one.rule for one in clocks.of_record(session, number)].count("repair.now") == 1


@pytest.mark.clause("REP-12")
def test_the_way_of_an_earlier_round_is_no_way_to_this_door(desk: Desk, clock: Clock) -> None:
    number = reopened(desk)
    clock.forward(minutes=1)
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number, branch="listed")
    assert wrong(desk, "chief", repairs.decline, number, reason="太贵").clause == "REP-12"


@pytest.mark.clause("REP-4")
@pytest.mark.parametrize("phone", ["请看备注", "０００", "[bold]"])
def test_a_number_to_ring_back_on_has_digits(desk: Desk, phone: str) -> None:
    number = take(desk, "repair").record
    assert wrong(desk, "front", repairs.order, number, phone=phone).field == "phone"


async def test_charges_are_read_back_before_they_are_saved(desk: Desk, clock: Clock) -> None:
    number = on_site(desk)
    do(desk, "engineer", repairs.begin, number, **AGREED)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "engineer")
        app.action_room("repairs")
        await pilot.pause()
        await send(app, "d", *"修好", "enter", *"好", "enter", "enter", *"3 20", "tab")
        assert "换水龙头 ×20  ¥400.00" in text_of(app)
        assert "in all ¥400.00" in text_of(app)


def test_a_hidden_number_is_no_number_to_ring_back_on(desk: Desk) -> None:
    hidden = take(desk, "repair", caller_number="000").record
    with desk.look() as view:
        step = next(one for one in STEPS["repairs"] if one.command == "order")
        fields = {one.name: one.default for one in step.fields(view, view.session.get_one(Repair, hidden))}
    assert fields["phone"] != "000"
