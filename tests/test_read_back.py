"""Papers read back line by line, clocks asked when they are due, roles asked for each act of the archive."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from data.directory import Person
from desk import complaints, forms
from desk.act import Desk
from desk.archive import homes, joining, life, residents
from desk.archive.register import missing
from desk.calendar import moments
from desk.calendar.plan import DEFAULT, DutyPlan
from desk.ground.refusals import NotAllowed
from desk.paper.document import Document
from desk.paper.document import to_pdf as made
from tests.conftest import Clock
from tests.helpers import clock_of, grade, person, running, take
from tests.test_steps import everybody

HOME = "3-2-1502"


def done(desk: Desk, operator: str, step: Any, number: str, **said: Any) -> Any:
    with desk.act(operator=operator) as act:
        return step(act, number=number, **said)


def paper(desk: Desk, number: str, form: str) -> Document:
    found = forms.document(desk, "complaints", number, form)
    assert made(found).startswith(b"%PDF")
    return found


def answered_through_a_department(desk: Desk) -> str:
    number = take(desk, what="电梯异响").record
    done(desk, "front", complaints.refer, number, department="engineering", note="请检修曳引机")
    done(desk, "lead", complaints.sign, number, opinion="今日处理")
    done(desk, "engineer", complaints.receive, number)
    done(desk, "engineer", complaints.feedback, number, text="已换轴承")
    grade(desk, number)
    done(desk, "project", complaints.agree, number, agreed="yes", text="同意")
    done(desk, "front", complaints.answer, number, text="轴承已换，不再异响")
    done(desk, "front", complaints.confirm, number, how="paper", text="认可")
    return number


@pytest.mark.clause("INT-20")
def test_investigation_is_due_the_same_day_and_not_the_next(desk: Desk, clock: Clock) -> None:
    number = take(desk).record
    assert moments.shown(clock_of(desk, number, "T-13").due_at, desk.calendar()) == "2026-11-24 17:00"


@pytest.mark.clause("CMP-6")
def test_a_letter_is_answered_in_writing_on_the_next_day_of_duty(desk: Desk, clock: Clock) -> None:
    number = take(desk, channel="letter", caller_number="").record
    due = clock_of(desk, number, "T-12")
    assert (moments.shown(due.due_at, desk.calendar()), due.role) == ("2026-11-25 17:00", "supervisor")


@pytest.mark.clause("RPT-10")
def test_the_week_s_summary_is_the_supervisor_s_and_only_filing_it_ends_it(desk: Desk, clock: Clock) -> None:
    from desk import reports

    reports.open_periods(desk)
    due = clock_of(desk, "W2026-48", "T-33")
    assert (due.role, moments.shown(due.due_at, desk.calendar())) == ("supervisor", "2026-11-27 17:00")
    clock.forward(days=3)
    with desk.act() as act:
        reports.file_week(act, day=date(2026, 11, 24), summary="平稳")
    assert clock_of(desk, "W2026-48", "T-33").ended_as == "kept"


@pytest.mark.clause("CMP-36")
def test_what_lies_more_than_three_days_apart_is_not_together(desk: Desk, clock: Clock) -> None:
    from desk.complaints.collective import TOGETHER

    assert timedelta(days=3) == TOGETHER


@pytest.mark.clause("CMP-12")
def test_the_slip_says_to_whom_what_was_complained_of_and_what_is_asked(desk: Desk) -> None:
    number = answered_through_a_department(desk)
    slip = paper(desk, number, "slip")
    fields, texts, signed = dict(slip.fields), dict(slip.texts), dict(slip.signatures)
    assert (fields["致"], fields["投诉编号"]) == ("工程部", number)
    assert texts == {"投诉内容": "电梯异响", "要求": "请检修曳引机", "主管意见": "今日处理", "部门处理结果": "已换轴承"}
    assert all(signed[who] for who in ("主管签字", "部门签收", "部门负责人"))


@pytest.mark.clause("CMP-56")
def test_the_reply_form_says_who_agreed_before_the_customer_heard(desk: Desk) -> None:
    reply = paper(desk, answered_through_a_department(desk), "reply")
    assert dict(reply.fields)["经理同意"].startswith("Project")
    assert dict(reply.texts)["处理结果"] == "轴承已换，不再异响"
    assert dict(reply.signatures)["经理"].startswith("Project")


@pytest.mark.clause("CMP-50")
def test_the_record_of_matters_says_when_the_department_took_the_slip(desk: Desk) -> None:
    found = dict(paper(desk, answered_through_a_department(desk), "matters").fields)
    assert found["部门签收"].startswith("工程部　Engineer")
    assert found["部门反馈"].startswith("已换轴承")


@pytest.mark.clause("CMP-24")
def test_the_owner_s_form_says_matter_process_result_and_leaves_room_for_their_stamp(desk: Desk) -> None:
    found = paper(desk, answered_through_a_department(desk), "acceptance")
    said = {label.partition("　")[0]: text for label, text in found.texts}
    assert (said["事项"], said["转交说明"], said["答复"]) == ("电梯异响", "请检修曳引机", "轴承已换，不再异响")
    assert "业主意见（盖章）" in dict(found.signatures)
    assert "客户确认" in dict(found.fields)


@pytest.mark.clause("CMP-7")
def test_the_letter_is_addressed_and_signed_in_person(desk: Desk) -> None:
    number = take(desk, channel="letter", caller_number="").record
    done(desk, "front", complaints.answer, number, text="已处理")
    done(desk, "lead", complaints.written_reply, number, text="尊敬的业主：已处理。")
    letter = paper(desk, number, "letter")
    assert dict(letter.fields)["致"] == f"{HOME} 单小云"
    assert dict(letter.signatures)["客服部负责人"].startswith("Lead")


@pytest.mark.clause("DUT-2")
def test_summer_is_from_june_to_september_with_a_later_afternoon() -> None:
    assert DEFAULT.splitlines()[1].startswith("06-01..09-30 ")
    plan = DutyPlan.of(DEFAULT)
    from desk.calendar import Calendar

    calendar = Calendar()
    for day, begins in (
        ("2026-05-29", "13:00"),
        ("2026-06-01", "13:30"),
        ("2026-09-30", "13:30"),
        ("2026-10-12", "13:00"),
    ):
        hours = calendar.hours(date.fromisoformat(day))
        assert f"{hours[1][0]:%H:%M}" == begins, day
    assert plan.versions


# The archive


@pytest.mark.clause("ARC-4")
def test_a_company_is_kept_with_its_nature_and_who_answers_for_it(desk: Desk) -> None:
    said = {"name": "云上科技", "relation": "tenant", "proof": "paper", "phone": "13900004444", "nature": "软件公司"}
    done(desk, "lead", life.add, HOME, **said, in_charge="田总", emergency="13900004444")
    with desk.store.reading() as session:
        one = session.exec(select(Person).where(Person.name == "云上科技")).one()
    assert (one.nature, one.in_charge) == ("软件公司", "田总")


@pytest.mark.clause("ARC-13")
def test_emergency_number_and_birthday_are_kept_when_added_and_when_mended(desk: Desk) -> None:
    said = {"name": "单小英", "relation": "owner", "proof": "paper", "phone": "13900005555"}
    done(desk, "lead", life.add, HOME, **said, emergency="13900006666", birthday="1980-05-05")
    with desk.store.reading() as session:
        one = session.exec(select(Person).where(Person.name == "单小英")).one()
    assert (one.emergency_mobile, one.birthday) == ("13900006666", date(1980, 5, 5))
    done(desk, "lead", life.mend, HOME, person=str(one.id), proof="paper", emergency="13900007777")
    with desk.store.reading() as session:
        assert session.get_one(Person, one.id).emergency_mobile == "13900007777"


@pytest.mark.clause("ARC-12")
def test_a_paper_and_a_workplace_that_are_not_there_are_missing() -> None:
    bare = Person(name="某", emergency_mobile="1", birthday=date(1980, 1, 1))
    assert missing(bare, 1, "owner") == ["paper", "workplace"]
    assert missing(bare, 1, "family") == []


@pytest.mark.clause("ROL-13")
def test_joining_and_renaming_an_owner_are_a_keeper_s(desk: Desk) -> None:
    owner = str(person(desk))
    with pytest.raises(NotAllowed):
        done(desk, "front", joining.join, HOME, person=owner, other="1", proof="paper")
    with pytest.raises(NotAllowed):
        done(desk, "front", life.mend, HOME, person=owner, proof="paper", name="单大云")
    done(desk, "lead", life.mend, HOME, person=owner, proof="paper", name="单大云")


@pytest.mark.clause("ARC-8")
def test_the_twelve_parts_of_a_file_stand_in_their_order(desk: Desk) -> None:
    everybody(desk)
    with desk.look() as view:
        names = [one.name for one in homes.parts(view, residents.unit_of(view.session, HOME))]
    assert names == [
        "unit data", "payments and deposits", "decoration files", "move-in forms", "supplements", "contact numbers",
        "emergency contacts", "correspondence", "violations and arrears", "repairs", "complaints", "engineering files",
    ]  # fmt: skip


def test_nothing_waits_after_the_department_s_answer_went_out(desk: Desk) -> None:
    assert "T-17" not in running(desk, answered_through_a_department(desk))
