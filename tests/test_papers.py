"""Forms and sheets: the right words under every title, and numbers that add up."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desk import complaints, forms, reports, site
from desk.act import Desk
from desk.calendar import moments
from desk.ground.refusals import Invalid, NotAllowed, StateChanged
from desk.paper import sheets
from desk.paper.document import Document, Table, shown, to_pdf
from tests.conftest import Clock
from tests.helpers import choose, clock_of, close, grade, running, take, unit, visit

TUESDAY = date(2026, 11, 24)


@pytest.mark.clause("CMP-11", "CMP-48", "CMP-3")
def test_five_titles_of_a_complaint_are_five_forms_with_the_fields_of_their_sources(desk: Desk) -> None:
    record = take(desk, what="楼上漏水[/b]").record
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
    for who, work, values in (
        ("lead", complaints.sign, {"opinion": "今日处理"}),
        ("engineer", complaints.receive, {}),
        ("engineer", complaints.feedback, {"text": "已换管"}),
        ("project", complaints.agree, {"agreed": "yes"}),
    ):
        with desk.act(operator=who) as act:
            work(act, number=record, **values)
    close(desk, record)
    papers = {
        form: forms.document(desk, "complaints", record, form)
        for form in forms.titles("complaints")
        if form not in ("slip", "reply", "letter")
    }
    fields = {form: {name for name, _value in paper.fields} for form, paper in papers.items()}
    assert {"性质等级", "涉及部门", "经理同意"} <= fields["opinion"]
    assert fields["register"] == {"登记号", "客户姓名", "投诉时间", "涉及部门", "答复时间"}
    assert {"答复时间", "客户确认"} <= fields["record"]
    assert {"主管意见", "部门签收", "部门反馈", "答复时间"} <= fields["matters"]
    assert {"诉求", "客户确认"} <= fields["acceptance"]
    signatures = {form: [name for name, _value in paper.signatures] for form, paper in papers.items()}
    assert signatures["acceptance"] == ["受理人", "业主意见（盖章）"]
    assert len({(tuple(sorted(fields[form])), tuple(signatures[form])) for form in papers}) == 5
    for form, paper in papers.items():
        assert len(paper.texts) == len(set(paper.texts)), "nothing stands twice"
        said = " ".join(text for pair in (*paper.fields, *paper.texts, *paper.signatures) for text in pair)
        assert paper.title == forms.titles("complaints")[form]
        for part in ("3-2-1502 单小云", "楼上漏水[/b]", "已处理", "认可", "完"):
            assert part in said, (form, part)
        assert to_pdf(paper).startswith(b"%PDF")
    assert dict(papers["matters"].fields)["部门签收"].startswith("工程部")
    with pytest.raises(Invalid) as caught:
        forms.document(desk, "complaints", record, "moon")
    assert caught.value.field == "form"


@pytest.mark.clause("CMP-12", "CMP-56", "CMP-7", "CMP-59")
def test_slip_reply_and_letter_are_printed_once_there_is_something_to_say(desk: Desk) -> None:
    record = take(desk, channel="letter", caller_number="").record
    for form, clause in (("slip", "CMP-12"), ("reply", "CMP-56"), ("letter", "CMP-7")):
        with pytest.raises(StateChanged) as caught:
            forms.document(desk, "complaints", record, form)
        assert caught.value.clause == clause
    with desk.act(operator="lead") as act:
        complaints.answer(act, number=record, text="已换阀门")
        complaints.written_reply(act, number=record, text="尊敬的业主：\n已处理。")
    said = {form: forms.document(desk, "complaints", record, form) for form in ("reply", "letter")}
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering", note="请复查")
    said["slip"] = forms.document(desk, "complaints", record, "slip")
    assert ("要求", "请复查") in said["slip"].texts
    assert ("处理结果", "已换阀门") in said["reply"].texts
    assert ("客服部负责人", "Lead（客服主管）") in said["letter"].signatures


@pytest.mark.clause("CMP-51", "CMP-56")
def test_agreement_reply_time_and_confirmation_of_each_round_stand_on_the_forms_after_reopening(
    desk: Desk, clock: Clock
) -> None:
    record = take(desk).record
    close(desk, record)
    clock.forward(hours=1)
    visit(desk, record, "no", effect="没好")
    paper = dict(forms.document(desk, "complaints", record, "record").fields)
    assert (paper["答复时间（第1次）"], paper["答复时间（第2次）"]) == ("2026-11-24 10:00", "")
    assert paper["客户确认（第1次）"] == "电话 2026-11-24 10:00"
    clock.forward(hours=1)
    with desk.act(operator="project") as act:
        complaints.agree(act, number=record, agreed="yes", text="同意")
    with desk.act() as act:
        complaints.answer(act, number=record, text="重新处理好了")
    matters = dict(forms.document(desk, "complaints", record, "matters").fields)
    assert matters["经理同意（第2次）"] == "Project（项目主管） 2026-11-24 12:00"
    reply = forms.document(desk, "complaints", record, "reply")
    assert dict(reply.fields)["答复时间"] == "2026-11-24 12:00"
    assert dict(reply.texts)["处理结果"] == "重新处理好了"


def test_requests_contacts_and_emergencies_have_their_forms(desk: Desk, clock: Clock) -> None:
    request = take(desk, "request")
    assert forms.document(desk, "requests", request.record).title == "客户需求、建议受理表"
    contact = forms.document(desk, "contacts", request.contact, "owner")
    assert ("来电显示", "13900001111") in contact.fields
    urgent = take(desk, "emergency", emergency="fire", place="3栋", promised_at=clock.now + timedelta(minutes=9)).record
    fields = dict(forms.document(desk, "emergencies", urgent).fields)
    assert "火灾" in fields["事件"]
    assert "消防 119" in fields["通知 1"]


def test_a_long_document_goes_over_pages_and_is_the_same_twice(desk: Desk) -> None:
    rows: list[tuple[str | int | float, ...]] = [(f"第{n}行 [b]", n, n / 3) for n in range(200)]
    paper = Document("表", fields=[("内容", "长" * 3000)], tables=[Table("明细", ("名", "数", "率"), rows, bar=1)])
    assert to_pdf(paper) == to_pdf(paper)
    assert to_pdf(paper).count(b"/Type /Page") > 5
    assert (shown(2.0), shown(2.25), shown(3), shown("x")) == ("2", "2.2", "3", "x")


def rows_of(document: Document, title: str) -> dict[str, tuple[object, ...]]:
    table = next(table for table in document.tables if table.title == title)
    return {str(row[0]): tuple(row[1:]) for row in table.rows}


def day(desk: Desk, when: date = TUESDAY) -> Document:
    return reports.document(desk, reports.period(desk.calendar(), "day", when))


@pytest.mark.clause("RPT-6", "RPT-8", "CMP-18", "CMP-60", "RPT-13")
def test_the_day_sheet_counts_what_happened_and_nothing_else(desk: Desk, clock: Clock) -> None:
    old = take(desk, category="noise").record
    clock.forward(days=1)
    one, two = take(desk, category="facility").record, take(desk, unit_id=unit(desk, "3-2-1503"), person_id=None).record
    grade(desk, two, "major", reason="CMP-33")
    take(desk, "question", answer="是")
    clock.forward(minutes=30)
    close(desk, old)
    with desk.act() as act:
        complaints.reply(act, number=one, text="就来")
    sheet = day(desk, TUESDAY + timedelta(days=1))
    moved = rows_of(sheet, "Complaints")
    names = ("carried over", "new", "closed", "still open", "major", "this year so far")
    assert [moved[name][0] for name in names] == [1, 2, 1, 2, 1, 3]
    assert rows_of(sheet, "By class") == {"public facilities": (1,), "no class": (1,)}
    assert rows_of(sheet, "By building") == {"3": (2,)}
    assert rows_of(sheet, "Contacts by kind")["question"] == (1,)
    assert rows_of(sheet, "Times")["to the first reply"] == (1, 0.5, 0.5)
    assert rows_of(sheet, "Emergencies and major complaints").keys() == {two}
    yesterday = rows_of(day(desk), "Complaints")
    assert [yesterday[name][0] for name in ("carried over", "new", "closed", "still open")] == [0, 1, 0, 1]


@pytest.mark.clause("RV-8", "RV-24")
def test_the_visit_rate_is_reckoned_from_visits_that_reached_somebody(desk: Desk, clock: Clock) -> None:
    from desk import followups

    first, second, third = (take(desk, unit_id=None, person_id=None, stranger=name).record for name in "甲乙丙")
    for record in (first, second, third):
        close(desk, record)
    visit(desk, first)
    with desk.act() as act:
        followups.attempt(act, number=second, how="phone")

    def rate(when: datetime) -> tuple[object, ...]:
        return rows_of(day(desk, when), "Rates")["return visits made, of those that fell due"]

    clock.forward(days=1, seconds=1)
    assert rate(TUESDAY + timedelta(days=1)) == (33.3, 3, "100 %")
    assert rate(TUESDAY) == ("–", 0, "100 %"), "none of them was due that day"
    assert rows_of(day(desk), "Return visits")["reached nobody"] == (1,)


@pytest.mark.clause("RV-8", "RV-24")
def test_a_dissatisfied_visit_counts_and_a_day_that_is_over_stays_as_it_was(desk: Desk, clock: Clock) -> None:
    first, second = (take(desk, unit_id=None, person_id=None, stranger=name).record for name in "甲乙")
    for record in (first, second):
        close(desk, record)
    clock.forward(days=1)
    visit(desk, first)
    visit(desk, second, "no", effect="没好")
    today = rows_of(day(desk, TUESDAY + timedelta(days=1)), "Rates")
    assert today["satisfied, of visits made"] == (50.0, 2, "")
    assert rows_of(day(desk), "Complaints")["closed"] == (2,), "though one is open again"
    clock.forward(hours=1)
    close(desk, second)
    clock.forward(days=2)
    week = reports.document(desk, reports.period(desk.calendar(), "week", TUESDAY))
    rate = rows_of(week, "Rates")["return visits made, of those that fell due"]
    assert rate == (66.7, 3, "100 %"), "the second round was not visited"


@pytest.mark.clause("RV-39")
def test_the_valid_complaint_rate_says_what_it_is_divided_by(desk: Desk) -> None:
    for name in "甲乙":
        grade(desk, take(desk, unit_id=None, person_id=None, stranger=name).record)
    assert rows_of(day(desk), "Rates")["valid complaints, of occupied households"] == (100.0, 2, "< 1 %")
    with desk.act(operator="admin") as act:
        choose(act, rule="N-8-base", option="contacts")
    take(desk, "question", answer="是")
    take(desk, "question", answer="是")
    assert rows_of(day(desk), "Rates")["valid complaints, of contacts taken"] == (50.0, 4, "< 1 %")


def test_a_missed_promise_stands_with_how_late_and_why(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    grade(desk, record, "important")
    clock.forward(minutes=25)
    with desk.act() as act:
        complaints.refer(act, number=record, department="engineering")
        complaints.promise(act, number=record, promised_at=clock.now + timedelta(hours=1), text="等配件")
    missed = next(table for table in day(desk).tables if table.title == "Missed").rows
    assert (record, "Passed on to the department", "2026-11-24 10:10", "15 min", "等配件") in missed
    kept = rows_of(day(desk), "Promises that fell due")
    assert kept["Passed on to the department"] == (1, 1, 0.0)
    assert "Major complaint, clear answer" not in kept, "it no longer applied"


@pytest.mark.clause("CMP-16", "RPT-14")
def test_what_keeps_coming_back_stands_with_its_prevention(desk: Desk) -> None:
    first = take(desk, category="facility").record
    take(desk, category="facility", unit_id=unit(desk, "3-2-1503"), person_id=None)
    take(desk, category="noise")
    assert rows_of(day(desk), "Coming back") == {"public facilities": ("3", 2, "none agreed")}
    with desk.act() as act:
        complaints.prevent(act, number=first, text="月检")
    assert rows_of(day(desk), "Coming back") == {"public facilities": ("3", 2, "月检")}


def test_a_sheet_of_an_empty_day_has_no_empty_tables(desk: Desk) -> None:
    sheet = day(desk, TUESDAY - timedelta(days=400))
    assert all(table.rows for table in sheet.tables)
    assert rows_of(sheet, "Complaints")["new"] == (0,)
    with pytest.raises(Invalid):
        reports.period(desk.calendar(), "decade", TUESDAY)


@pytest.mark.parametrize(
    ("kind", "first", "last"), [("day", 24, 24), ("week", 23, 29), ("month", 1, 30)]
)  # fmt: skip
def test_periods_begin_and_end_at_local_midnight(desk: Desk, kind: str, first: int, last: int) -> None:
    calendar = desk.calendar()
    span = reports.period(calendar, kind, TUESDAY)
    assert (span.first.day, span.last.day) == (first, last)
    assert calendar.local(span.begin).isoformat() == f"2026-11-{first:02d}T00:00:00+08:00"
    assert reports.moved(reports.moved(span, calendar, 1), calendar, -1) == span


def test_a_sheet_is_written_to_a_spreadsheet_with_numbers_as_numbers(desk: Desk, tmp_path: Path) -> None:
    take(desk, category="noise", what="=1+1")
    sheet = day(desk)
    file = tmp_path / "day.xlsx"
    assert sheets.write_tables(file, sheet.tables) == len(sheet.tables)
    book = CalamineWorkbook.from_path(str(file))
    rates, complaints = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names[:2])
    assert rates[0] == ["Rate", "%", "Of", "Target"]
    assert complaints[0] == ["Measure", "Count"]
    assert ["new", 1.0] in complaints
    with pytest.raises(Invalid):
        sheets.write_tables(file, sheet.tables)


@pytest.mark.clause("REQ-6", "RPT-10", "REC-7")
def test_a_week_is_opened_once_and_filed_before_friday_ends(desk: Desk, clock: Clock) -> None:
    assert reports.open_periods(desk)
    assert not reports.open_periods(desk)
    assert moments.shown(clock_of(desk, "W2026-48", "T-33").due_at, desk.calendar()) == "2026-11-27 17:00"
    with pytest.raises(Invalid), desk.act() as act:
        reports.file_week(act, day=TUESDAY, summary=" ")
    with pytest.raises(StateChanged), desk.act() as act:
        reports.file_week(act, day=TUESDAY - timedelta(days=7), summary="x")
    with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
        reports.file_week(act, day=TUESDAY, summary="x")
    with pytest.raises(StateChanged, match="last day"), desk.act() as act:
        reports.file_week(act, day=TUESDAY, summary="太早")
    clock.forward(days=3)
    with desk.act() as act:
        assert reports.file_week(act, day=TUESDAY, summary="本周平稳") == "W2026-48"
    assert running(desk, "W2026-48") == set()
    with pytest.raises(StateChanged), desk.act() as act:
        reports.file_week(act, day=TUESDAY, summary="再来")
    clock.forward(days=7)
    assert reports.open_periods(desk)


def test_the_foot_of_a_sheet_carries_the_journals_head(desk: Desk) -> None:
    take(desk)
    with desk.act(operator="lead") as act:
        site.put(act.session, "site.name", "云栖里")
        act.record("standards.choose", "X-4", option="S2")
    sheet = day(desk)
    assert sheet.site == "云栖里"
    from desk import journal

    with desk.read() as session:
        head = journal.last_entry(session)
    assert head is not None
    assert sheet.foot == f"{head.number} {head.digest}"
    assert json.dumps(sheet.title)


@pytest.mark.clause("RPT-7", "RPT-11")
def test_the_month_sheet_counts_complaints_by_class_and_shows_both_rates_beside_their_targets(
    desk: Desk, clock: Clock
) -> None:
    one = take(desk, category="noise").record
    take(desk, category="facility", unit_id=unit(desk, "3-2-1503"), person_id=None)
    grade(desk, one)
    with desk.act() as act:
        complaints.answer(act, number=one, text="已处理")
    clock.forward(days=5)
    take(desk, category="noise")
    month = reports.document(desk, reports.period(desk.calendar(), "month", TUESDAY))
    assert rows_of(month, "By class") == {"decoration noise": (2,), "public facilities": (1,)}
    rates = rows_of(month, "Rates")
    assert rates["answered, of complaints received"][:2] == (33.3, 3)
    valid = next(values for name, values in rates.items() if str(name).startswith("valid complaints"))
    assert valid[2] == "< 1 %"
    assert valid[0] == 50.0
