"""A complaint's life: judged, dispatched, agreed, answered, confirmed, closed, visited, filed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from data.cases import Complaint
from data.clocks import ClockExtension
from desk import cases, complaints, followups, journal, standards, ticking
from desk.act import SYSTEM, Act, Desk
from desk.archive import homes
from desk.clocks import clocks
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from tests.conftest import Clock
from tests.helpers import FIVE, choose, clock_of, close, closed_major, grade, running, take, unit, visit


def case_of(desk: Desk, number: str) -> Complaint:
    with desk.read() as session:
        case: Complaint = cases.get(session, "complaints", number)
        return case


def done(desk: Desk, operator: str, procedure: Callable[..., Any], number: str, **values: Any) -> Any:
    with desk.act(operator=operator) as act:
        return procedure(act, number=number, **values)


def refused(kind: type[Exception], desk: Desk, operator: str, procedure: Any, number: str, **values: Any) -> Any:
    with pytest.raises(kind) as caught:
        done(desk, operator, procedure, number, **values)
    return caught.value


def dispatched(desk: Desk) -> str:
    """A complaint whose department has reported back."""
    record = take(desk).record
    done(desk, "front", complaints.refer, record, department="engineering", note="请检修")
    done(desk, "lead", complaints.sign, record, opinion="今日处理")
    done(desk, "engineer", complaints.receive, record)
    done(desk, "engineer", complaints.feedback, record, text="已换阀门")
    return record


def entries(desk: Desk, record: str) -> list[tuple[str, str]]:
    with desk.read() as session:
        return [(entry.verb.partition(".")[2], entry.operator) for entry in journal.timeline(session, record)]


# Nature and grade


@pytest.mark.clause("CMP-26", "CMP-28")
def test_only_the_project_supervisor_fixes_nature_and_grade(desk: Desk) -> None:
    record = take(desk).record
    for operator in ("front", "lead", "company", "engineer", "finance", "admin"):
        refused(NotAllowed, desk, operator, complaints.grade, record, nature="valid", grade="minor", reason="CMP-40")
    grade(desk, record, "important")
    case = case_of(desk, record)
    assert (case.nature, case.grade, case.grade_reason, case.graded_by) == ("valid", "important", "CMP-38", "project")


@pytest.mark.clause("CMP-28", "CMP-38", "CMP-39")
def test_a_grade_needs_one_of_the_clauses_that_give_it(desk: Desk) -> None:
    record = take(desk).record
    for values, field in (
        ({"nature": "", "grade": "minor", "reason": "CMP-40"}, "nature"),
        ({"nature": "valid", "grade": "", "reason": "CMP-40"}, "grade"),
        ({"nature": "valid", "grade": "minor", "reason": "CMP-38"}, "reason"),
        ({"nature": "valid", "grade": "major", "reason": ""}, "reason"),
        ({"nature": "valid", "grade": "minor", "reason": "CMP-40", "staff": ""}, "staff"),
    ):
        assert refused(Invalid, desk, "project", complaints.grade, record, **values).field == field
    grade(desk, record, "important", reason="CMP-39")
    assert case_of(desk, record).grade_reason == "CMP-39"


@pytest.mark.clause("CMP-30", "CMP-33", "CMP-29", "CMP-32")
def test_the_reasons_offered_are_those_of_the_value_the_site_chose(desk: Desk) -> None:
    strict = {"T-18": "S3", "X-4": "S2", "X-8": "S0"}
    assert complaints.reasons(strict, "major") == ["CMP-32", "CMP-33", "CMP-34", "CMP-35", "CMP-37", "CMP-43"]
    loose = {"T-18": "S0", "X-4": "S3", "X-8": "S3"}
    assert complaints.reasons(loose, "major") == ["CMP-29", "CMP-30", "CMP-31", "CMP-35", "CMP-36", "CMP-37"]
    with desk.act(operator="admin") as act:
        choose(act, rule="T-18", option="S0")
    record = take(desk).record
    assert (
        refused(
            Invalid, desk, "project", complaints.grade, record, nature="valid", grade="major", reason="CMP-33"
        ).field
        == "reason"
    )
    grade(desk, record, "major", reason="CMP-30")


@pytest.mark.clause("CMP-40", "CMP-41")
def test_staff_conduct_is_never_minor_unless_the_site_chose_so(desk: Desk) -> None:
    record = take(desk).record
    found = refused(
        Invalid, desk, "project", complaints.grade, record, nature="valid", grade="minor", reason="CMP-40", staff="yes"
    )
    assert (found.field, found.clause) == ("grade", "CMP-40")
    with desk.act(operator="admin") as act:
        choose(act, rule="X-8", option="S3")
    grade(desk, record, "minor", reason="CMP-41", staff="yes")
    assert case_of(desk, record).staff_conduct


@pytest.mark.clause("CMP-27", "CMP-1")
def test_an_invalid_complaint_gets_its_explanation_and_no_grade(desk: Desk) -> None:
    record = take(desk).record
    assert refused(Invalid, desk, "project", complaints.grade, record, nature="invalid").field == "text"
    done(desk, "project", complaints.grade, record, nature="invalid", text="属市政管理")
    assert case_of(desk, record).grade == "none"
    assert not running(desk, record) & {"T-14", "T-15", "T-16", "T-18"}
    refused(StateChanged, desk, "front", complaints.close, record, outcome="已解释")
    done(desk, "front", complaints.answer, record, text="已解释属市政，并告知电话")
    done(desk, "front", complaints.confirm, record, how="phone", text="理解")
    done(desk, "front", complaints.close, record, outcome="已解释")


@pytest.mark.clause("CMP-52", "CMP-53", "CMP-54")
def test_the_strictest_clocks_run_until_the_grade_is_fixed_and_then_only_its_own(desk: Desk, clock: Clock) -> None:
    start = clock.now
    minor, important, major = (take(desk, unit_id=None, person_id=None, stranger=name).record for name in "甲乙丙")
    for record in (minor, important, major):
        assert {"T-14", "T-15", "complaint.grade"} <= running(desk, record)
    clock.forward(hours=2)
    grade(desk, minor)
    grade(desk, important, "important")
    grade(desk, major, "major")
    graded = {"T-14", "T-15", "T-16", "complaint.report"}
    assert running(desk, minor) & graded == set()
    assert running(desk, important) & graded == {"T-14", "complaint.report"}
    assert running(desk, major) & graded == {"T-15", "T-16", "complaint.report"}
    assert clock_of(desk, important, "T-14").due_at == start + timedelta(days=1)
    assert clock_of(desk, major, "T-15").due_at == start + timedelta(days=2)
    assert clock_of(desk, major, "T-16").due_at == start + timedelta(days=15)
    assert clock_of(desk, minor, "T-14").ended_as == "void"
    assert clock_of(desk, minor, "complaint.grade").ended_as == "kept"


@pytest.mark.clause("CMP-54")
def test_the_fifteen_days_begin_with_the_complaint_or_when_it_became_major_as_the_site_chose(
    desk: Desk, clock: Clock
) -> None:
    with desk.act(operator="admin") as act:
        for rule in ("T-15", "T-16"):
            choose(act, rule=rule, option="major")
    record = take(desk).record
    clock.forward(days=3)
    done(desk, "company", complaints.declare, record, text="公司认定")
    assert clock_of(desk, record, "T-16").due_at == clock.now + timedelta(days=15)
    assert clock_of(desk, record, "T-15").due_at == clock.now + timedelta(days=2)


def test_regrading_keeps_the_pause_of_a_promise_that_still_applies(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    found = clock_of(desk, record, "T-14")
    with pytest.raises(NotAllowed) as caught, desk.act(operator="lead") as act:
        clocks.pause(act, clock_id=found.id or 0, reason="等配件")
    assert caught.value.clause == "CMP-52", "a pause moves the end, too"
    with desk.act(operator="company") as act:
        clocks.pause(act, clock_id=found.id or 0, reason="等配件")
    grade(desk, record, "important")
    again = clock_of(desk, record, "T-14")
    assert (again.id, again.paused_at) == (found.id, clock.now)


# Promotion by itself


@pytest.mark.clause("CMP-34")
def test_a_complaint_a_week_old_becomes_major_by_itself(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    grade(desk, record)
    clock.forward(days=7, seconds=-1)
    ticking.tick(desk)
    assert case_of(desk, record).grade == "minor"
    clock.forward(seconds=1)
    while ticking.tick(desk):
        continue
    case = case_of(desk, record)
    assert (case.grade, case.grade_reason, case.major_at) == ("major", "CMP-34", clock.now)
    assert ("promote", SYSTEM) in entries(desk, record)
    assert "T-16" in running(desk, record)
    assert "T-18" not in running(desk, record)
    found = refused(
        StateChanged, desk, "project", complaints.grade, record, nature="valid", grade="minor", reason="CMP-40"
    )
    assert found.clause == "CMP-34"


@pytest.mark.clause("CMP-31")
def test_where_the_site_chose_a_month_a_complaint_becomes_major_after_a_month(desk: Desk, clock: Clock) -> None:
    with desk.act(operator="admin") as act:
        choose(act, rule="T-18", option="S0")
    record = take(desk).record
    clock.forward(days=29)
    while ticking.tick(desk):
        continue
    assert case_of(desk, record).grade == ""
    clock.forward(days=1)
    while ticking.tick(desk):
        continue
    assert case_of(desk, record).grade_reason == "CMP-31"


@pytest.mark.clause("CMP-34", "CMP-27")
def test_neither_a_settled_nor_an_invalid_complaint_grows_old(desk: Desk, clock: Clock) -> None:
    settled, invalid = take(desk).record, take(desk, unit_id=None, person_id=None, stranger="甲").record
    done(desk, "front", complaints.settle, settled, text="修好")
    done(desk, "project", complaints.grade, invalid, nature="invalid", text="市政")
    clock.forward(days=40)
    while ticking.tick(desk):
        continue
    assert (case_of(desk, settled).grade, case_of(desk, invalid).grade) == ("", "none")


@pytest.mark.clause("CMP-29", "CMP-32")
def test_what_a_household_raises_three_times_without_solution_becomes_major(desk: Desk, clock: Clock) -> None:
    first = take(desk, category="facility").record
    clock.forward(days=1)
    second = take(desk, category="facility").record
    take(desk, category="noise")
    assert case_of(desk, second).repeats == first
    assert case_of(desk, second).grade == ""
    third = take(desk, category="facility").record
    assert {case_of(desk, one).grade_reason for one in (first, second, third)} == {"CMP-32"}


@pytest.mark.clause("CMP-32")
def test_a_settled_matter_or_another_household_does_not_count_as_raised_again(desk: Desk) -> None:
    first = take(desk, category="facility").record
    done(desk, "front", complaints.settle, first, text="修好")
    take(desk, category="facility")
    take(desk, category="facility", unit_id=unit(desk, "3-2-1503"), person_id=None)
    third = take(desk, category="facility").record
    assert case_of(desk, third).grade == ""


@pytest.mark.clause("CMP-35", "EMG-4")
def test_a_complaint_about_an_outage_is_major_from_the_start(desk: Desk) -> None:
    record = take(desk, category="outage").record
    case = case_of(desk, record)
    assert (case.grade, case.grade_reason) == ("major", "CMP-35")
    later = take(desk, unit_id=unit(desk, "3-2-1503"), person_id=None).record
    done(desk, "front", complaints.describe, later, category="outage")
    assert case_of(desk, later).grade == "major"


@pytest.mark.clause("CMP-43", "CMP-36", "EMG-2")
@pytest.mark.parametrize(("option", "needed", "clause"), [("S2", 3, "CMP-43"), ("S3", 5, "CMP-36")])
def test_one_event_of_enough_households_is_major_for_each_of_them(
    desk: Desk, option: str, needed: int, clause: str
) -> None:
    with desk.act(operator="admin") as act:
        choose(act, rule="X-4", option=option)
    homes = _homes(desk, needed)
    records = [take(desk, unit_id=home, person_id=None, what="停水").record for home in homes]
    again = take(desk, unit_id=homes[0], person_id=None, what="又停水").record
    first = done(desk, "front", complaints.merge, records[0], others=[again, *records[1:-1]])
    assert {case_of(desk, one).grade for one in records[:-1]} == {""}
    done(desk, "front", complaints.merge, records[0], others=records[-1:])
    found = [case_of(desk, one) for one in [*records, again]]
    assert {(one.grade, one.grade_reason, one.incident) for one in found} == {("major", clause, first.number)}
    assert {"T-11", "T-15"} <= running(desk, records[1]), "every caller is still answered"


def _homes(desk: Desk, count: int) -> list[int]:
    from desk import directory

    with desk.act(operator=SYSTEM) as act:
        from data.directory import Unit

        stair = directory.ensure_entrance(act.session, "7", "1")
        units = [Unit(entrance_id=stair, room=f"{n}01", label=f"7-1-{n}01") for n in range(1, count + 1)]
        act.session.add_all(units)
        act.session.flush()
        act.record("directory.import")
        return [one.id or 0 for one in units]


def test_complaints_of_two_incidents_are_not_mixed_and_one_needs_another(desk: Desk) -> None:
    homes = _homes(desk, 4)
    one, two, three, four = (take(desk, unit_id=home, person_id=None).record for home in homes)
    assert refused(Invalid, desk, "front", complaints.merge, one, others=[]).field == "others"
    assert refused(NotFound, desk, "front", complaints.merge, one, others=["TS26-000099-9"]).field == "others"
    done(desk, "front", complaints.merge, one, others=[two])
    done(desk, "front", complaints.merge, three, others=[four])
    refused(StateChanged, desk, "front", complaints.merge, one, others=[three])


@pytest.mark.clause("CMP-37")
def test_only_the_company_declares_a_complaint_major(desk: Desk) -> None:
    record = take(desk).record
    for operator in ("front", "lead", "project"):
        refused(NotAllowed, desk, operator, complaints.declare, record, text="媒体关注")
    done(desk, "company", complaints.declare, record, text="媒体关注")
    assert case_of(desk, record).grade_reason == "CMP-37"
    refused(StateChanged, desk, "company", complaints.declare, record, text="媒体关注")


@pytest.mark.clause("CMP-25", "CMP-46", "CMP-13")
def test_a_major_complaint_is_reported_to_both_or_either_as_the_site_chose(desk: Desk) -> None:
    record = take(desk, category="outage").record
    done(desk, "front", complaints.report, record, to="supervisor")
    assert "complaint.report" in running(desk, record)
    done(desk, "front", complaints.report, record, to="project_supervisor", text="已知悉")
    assert "complaint.report" not in running(desk, record)
    for option, told in (("S3", "company_manager"), ("S1", "company_manager")):
        with desk.act(operator="admin") as act:
            choose(act, rule="X-5", option=option)
        other = take(desk, unit_id=None, person_id=None, stranger=option, category="outage").record
        done(desk, "front", complaints.report, other, to=told)
        assert "complaint.report" not in running(desk, other)
    plain = take(desk, category="noise", unit_id=None, person_id=None, stranger="丁").record
    refused(StateChanged, desk, "front", complaints.report, plain, to="supervisor")


# The slip, the agreement, the answer


@pytest.mark.clause("CMP-12", "CMP-47", "CMP-49", "CMP-50", "CMP-51", "CMP-57")
def test_a_slip_is_signed_before_the_department_collects_it_and_each_step_has_its_clock(desk: Desk) -> None:
    record = take(desk).record
    done(desk, "front", complaints.refer, record, department="engineering", note="请检修")
    assert "T-10" not in running(desk, record)
    assert refused(StateChanged, desk, "engineer", complaints.receive, record).clause == "CMP-49"
    refused(NotAllowed, desk, "front", complaints.sign, record, opinion="自己签")
    assert refused(Invalid, desk, "lead", complaints.sign, record, opinion=" ").field == "opinion"
    steps = {"complaint.opinion", "complaint.receipt", "complaint.feedback", "complaint.agree", "T-17"}
    assert running(desk, record) & steps == {"complaint.opinion"}
    done(desk, "lead", complaints.sign, record, opinion="今日处理")
    assert running(desk, record) & steps == {"complaint.receipt"}
    assert refused(NotAllowed, desk, "guard", complaints.receive, record).clause == "CMP-50"
    refused(StateChanged, desk, "engineer", complaints.feedback, record, text="早了")
    done(desk, "engineer", complaints.receive, record)
    assert running(desk, record) & steps == {"complaint.feedback"}
    refused(NotAllowed, desk, "guard", complaints.feedback, record, text="不是我的")
    done(desk, "engineer", complaints.feedback, record, text="已换阀门")
    assert running(desk, record) & steps == {"complaint.agree", "T-17"}
    with desk.read() as session:
        slip = complaints.slips_of(session, record)[0]
    assert slip.number.startswith("GL26-")
    assert (slip.signed_by, slip.received_by, slip.feedback) == ("lead", "engineer", "已换阀门")


@pytest.mark.clause("CMP-14")
def test_two_departments_each_have_their_slip_and_none_is_forgotten(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    done(desk, "front", complaints.refer, record, department="engineering")
    refused(StateChanged, desk, "front", complaints.refer, record, department="engineering")
    clock.forward(minutes=5)
    done(desk, "front", complaints.refer, record, department="security")
    done(desk, "lead", complaints.sign, record, opinion="处理")
    assert "complaint.opinion" in running(desk, record), "the second slip still waits"
    done(desk, "lead", complaints.sign, record, opinion="处理")
    done(desk, "engineer", complaints.receive, record)
    assert {"complaint.receipt", "complaint.feedback"} <= running(desk, record)
    done(desk, "guard", complaints.receive, record)
    done(desk, "engineer", complaints.feedback, record, text="好了")
    assert "complaint.feedback" in running(desk, record)
    assert "complaint.agree" not in running(desk, record)
    refused(StateChanged, desk, "project", complaints.agree, record, agreed="yes")
    refused(StateChanged, desk, "front", complaints.answer, record, text="好了")
    done(desk, "guard", complaints.feedback, record, text="好了")
    assert "complaint.agree" in running(desk, record)


@pytest.mark.clause("CMP-56", "CMP-51", "CMP-22")
def test_no_result_goes_out_before_the_manager_agreed_and_its_time_is_stamped(desk: Desk, clock: Clock) -> None:
    record = dispatched(desk)
    assert refused(StateChanged, desk, "front", complaints.answer, record, text="好了").clause == "CMP-56"
    done(desk, "front", complaints.reply, record, text="正在办")
    for operator in ("front", "lead", "engineer"):
        refused(NotAllowed, desk, operator, complaints.agree, record, agreed="yes")
    done(desk, "project", complaints.agree, record, agreed="yes")
    clock.forward(minutes=20)
    done(desk, "front", complaints.refer, record, department="cleaning")
    assert refused(StateChanged, desk, "front", complaints.answer, record, text="好了").clause == "CMP-51"
    done(desk, "lead", complaints.recall, record, department="cleaning", reason="转错")
    done(desk, "front", complaints.answer, record, text="已换阀门")
    case = case_of(desk, record)
    assert (case.answered_at, case.agreed_by, case.state) == (clock.now, "project", "answered")
    assert "T-17" not in running(desk, record)


@pytest.mark.clause("CMP-14", "CMP-56")
def test_a_result_that_the_manager_refuses_goes_back_to_the_department(desk: Desk) -> None:
    record = dispatched(desk)
    assert refused(Invalid, desk, "project", complaints.agree, record, agreed="no").field == "text"
    done(desk, "project", complaints.agree, record, agreed="no", text="还要查墙体")
    assert {"complaint.feedback"} <= running(desk, record)
    assert not running(desk, record) & {"T-17", "complaint.agree"}
    refused(StateChanged, desk, "front", complaints.answer, record, text="好了")
    done(desk, "engineer", complaints.feedback, record, text="墙体完好")
    done(desk, "project", complaints.agree, record, agreed="yes")
    done(desk, "front", complaints.answer, record, text="都好")


@pytest.mark.clause("CMP-13", "CMP-56")
def test_where_the_site_chose_the_company_manager_agrees(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        choose(act, rule="X-31", option="S1")
    record = dispatched(desk)
    assert clock_of(desk, record, "complaint.agree").role == "company_manager"
    assert clock_of(desk, record, "T-17").role == "receptionist"
    refused(NotAllowed, desk, "project", complaints.agree, record, agreed="yes")
    done(desk, "company", complaints.agree, record, agreed="yes")


@pytest.mark.clause("CMP-44", "CMP-45")
def test_what_is_answered_on_the_spot_needs_nobody_but_a_weighty_one_does(desk: Desk) -> None:
    light, weighty = take(desk).record, take(desk, unit_id=None, person_id=None, stranger="甲").record
    done(desk, "front", complaints.answer, light, text="当场解决")
    grade(desk, weighty, "important")
    assert refused(StateChanged, desk, "front", complaints.answer, weighty, text="好了").clause == "CMP-56"
    done(desk, "front", complaints.reply, weighty, text="我们马上查")
    assert not running(desk, weighty) & {"T-11", "T-11b"}
    assert case_of(desk, weighty).answered_at is None


@pytest.mark.clause("CMP-52")
def test_an_overrun_moves_the_deadline_only_when_the_managing_manager_approves(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    grade(desk, record, "important")
    found = clock_of(desk, record, "T-14")
    with pytest.raises(NotAllowed) as caught, desk.act(operator="lead") as act:
        clocks.extend(act, clock_id=found.id or 0, until=clock.now + timedelta(days=3), reason="等料")
    assert caught.value.clause == "CMP-52"
    until = clock.now + timedelta(days=3)
    early = refused(Invalid, desk, "front", complaints.ask_overrun, record, until=clock.now, reason="等料")
    assert early.field == "until"
    refused(StateChanged, desk, "company", complaints.decide_overrun, record, approved="yes", text="准")
    done(desk, "front", complaints.ask_overrun, record, until=until, reason="等料")
    assert clock_of(desk, record, "complaint.overrun").role == "company_manager"
    for operator in ("front", "lead", "project"):
        refused(NotAllowed, desk, operator, complaints.decide_overrun, record, approved="yes", text="准")
    done(desk, "company", complaints.decide_overrun, record, approved="yes", text="准")
    moved = clock_of(desk, record, "T-14")
    assert (moved.id, moved.due_at) == (found.id, until)
    with desk.read() as session:
        extensions = clocks.explain(session, moved.id or 0, standards.shipped()).extensions
    assert [(one.old_due_at, one.new_due_at, one.operator) for one in extensions] == [(found.due_at, until, "company")]
    assert isinstance(extensions[0], ClockExtension)
    done(desk, "front", complaints.ask_overrun, record, until=until + timedelta(days=1), reason="还等")
    done(desk, "company", complaints.decide_overrun, record, approved="no", text="不准")
    assert clock_of(desk, record, "T-14").due_at == until


# Confirmation, closing, visit, filing


@pytest.mark.clause("CMP-23", "CMP-24", "CMP-7", "CMP-26")
def test_a_complaint_closes_only_when_everything_before_was_done(desk: Desk) -> None:
    record = take(desk, channel="letter", caller_number="").record

    def missing() -> str:
        return str(refused(StateChanged, desk, "front", complaints.close, record, outcome="完").clause)

    assert missing() == "CMP-21"
    refused(StateChanged, desk, "front", complaints.confirm, record, how="paper", text="同意")
    done(desk, "front", complaints.answer, record, text="已处理")
    assert missing() == "CMP-26"
    grade(desk, record)
    assert missing() == "CMP-7"
    done(desk, "lead", complaints.written_reply, record, text="尊敬的业主")
    assert missing() == "CMP-23"
    assert refused(Invalid, desk, "front", complaints.confirm, record, how="", text="同意").field == "how"
    assert refused(Invalid, desk, "front", complaints.confirm, record, how="paper", text=" ").field == "text"
    done(desk, "front", complaints.confirm, record, how="paper", text="同意")
    done(desk, "front", complaints.close, record, outcome="完")
    case = case_of(desk, record)
    assert (case.state, case.confirmed_how, case.settled_at) == ("closed", "paper", case.closed_at)


@pytest.mark.clause("RV-1", "RV-3")
def test_a_major_complaint_is_visited_by_the_manager_and_none_by_a_machine(desk: Desk) -> None:
    record = closed_major(desk)
    assert running(desk, record) == {"T-21b"}
    for operator in ("front", "lead"):
        with pytest.raises(NotAllowed) as caught:
            visit(desk, record, operator=operator)
        assert caught.value.clause == "RV-1"
    with pytest.raises(NotAllowed) as caught, desk.act(operator=SYSTEM) as act:
        followups.visit(act, number=record, how="phone", satisfied="yes", **FIVE)
    assert caught.value.clause == "RV-3"
    visit(desk, record, operator="project")


@pytest.mark.clause("RV-9", "RV-27")
def test_every_question_is_asked_five_or_three_as_the_site_chose(desk: Desk) -> None:
    record = take(desk).record
    close(desk, record)
    for question in FIVE:
        with pytest.raises(Invalid) as caught:
            visit(desk, record, **{question: " "})
        assert caught.value.field == question
    with pytest.raises(Invalid) as caught:
        visit(desk, record, satisfied="")
    assert caught.value.field == "satisfied"
    with desk.act(operator="admin") as act:
        choose(act, rule="X-25", option="S3")
    visit(desk, record, quality="", shortcomings="")


@pytest.mark.clause("RV-4", "RV-23", "RV-24")
def test_an_attempt_that_reaches_nobody_is_counted_and_the_visit_still_waits(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    close(desk, record)
    for _ in range(2):
        done(desk, "front", followups.attempt, record, how="phone", note="无人接听")
    assert running(desk, record) == {"T-21"}
    assert clock_of(desk, record, "T-21").due_at == clock.now + timedelta(days=1)
    visit(desk, record)
    with desk.read() as session:
        assert [one.reached for one in followups.visits_of(session, record)] == [False, False, True]
    with pytest.raises(StateChanged):
        visit(desk, record)


@pytest.mark.clause("RV-12", "RV-43", "RV-50")
def test_a_dissatisfied_customer_goes_round_until_satisfied(desk: Desk, clock: Clock) -> None:
    record = take(desk, category="facility").record
    for _ in range(2):
        close(desk, record)
        visit(desk, record, "no", effect="还漏")
        clock.forward(hours=1)
    assert case_of(desk, record).grade == "major", "raised three times by now"
    assert case_of(desk, record).grade_reason == "CMP-32"


@pytest.mark.clause("REC-4", "REC-9", "CMP-15")
def test_the_file_is_put_away_only_after_the_visit(desk: Desk) -> None:
    record = take(desk).record
    refused(StateChanged, desk, "front", complaints.archive, record)
    close(desk, record)
    assert refused(StateChanged, desk, "front", complaints.archive, record).clause == "REC-9"
    visit(desk, record)
    done(desk, "front", complaints.archive, record)
    assert case_of(desk, record).state == "archived"
    assert running(desk, record) == set()
    refused(StateChanged, desk, "front", complaints.reply, record, text="再答")


# What keeps coming back


@pytest.mark.clause("CMP-16")
def test_the_same_cause_in_a_building_shows_again_with_the_prevention_agreed(desk: Desk, clock: Clock) -> None:
    first = take(desk, category="facility", what="水泵坏").record
    done(desk, "front", complaints.prevent, first, text="每月检修水泵")
    take(desk, category="noise")
    take(desk, category="facility", unit_id=unit(desk, "5-1-101"), person_id=None)
    clock.forward(days=10)
    second = take(desk, category="facility", unit_id=unit(desk, "3-2-1503"), person_id=None).record
    home = unit(desk)
    with desk.read() as session:
        found = complaints.earlier(session, unit_id=home, category="facility", now=clock.now, days=90, but=second)
        assert [(one.number, one.prevention) for one in found] == [(first, "每月检修水泵")]
        assert complaints.earlier(session, unit_id=home, category="facility", now=clock.now, days=9, but=second) == []


def test_complaints_alike_in_class_and_building_are_offered_for_one_incident(desk: Desk) -> None:
    one = take(desk, category="facility").record
    take(desk, category="facility")
    take(desk, category="facility", unit_id=unit(desk, "5-1-101"), person_id=None)
    other = take(desk, category="facility", unit_id=unit(desk, "3-2-1503"), person_id=None).record
    with desk.read() as session:
        found = complaints.similar(session, cases.get(session, "complaints", one), desk.now())
    assert [case.number for case in found] == [other]


@pytest.mark.clause("CMP-42")
def test_facts_are_added_as_they_become_known_and_odd_ones_refused(desk: Desk) -> None:
    record = take(desk).record
    assert refused(Invalid, desk, "front", complaints.describe, record, category="moon").field == "category"
    assert refused(Invalid, desk, "front", complaints.describe, record, place="长" * 201).field == "place"
    done(desk, "front", complaints.describe, record, category="noise", place="顶楼", demand="停工")
    done(desk, "front", complaints.describe, record, happened="昨晚")
    case = case_of(desk, record)
    assert (case.category, case.place, case.demand, case.happened) == ("noise", "顶楼", "停工", "昨晚")


def test_who_may_do_what_with_a_complaint(desk: Desk) -> None:
    record = take(desk).record
    outsiders: tuple[tuple[str, Callable[[Act], Any]], ...] = (
        ("finance", lambda act: complaints.refer(act, number=record, department="engineering")),
        ("guard", lambda act: complaints.answer(act, number=record, text="x")),
        ("engineer", lambda act: complaints.confirm(act, number=record, how="phone", text="x")),
        ("admin", lambda act: complaints.settle(act, number=record, text="x")),
        ("guard", lambda act: complaints.merge(act, number=record, others=["x"])),
    )
    for operator, work in outsiders:
        with pytest.raises(NotAllowed), desk.act(operator=operator) as act:
            work(act)


# What is owed is never without a clock, and no agreement outlives what it was given to


@pytest.mark.clause("CMP-21", "CMP-27", "RV-24")
def test_whatever_is_owed_next_has_a_promise_that_runs(desk: Desk, clock: Clock) -> None:
    record = take(desk, unit_id=None, person_id=None, stranger="甲").record
    done(desk, "front", complaints.reply, record, text="在查")
    done(desk, "front", complaints.investigate, record, findings="市政管网")
    done(desk, "project", complaints.grade, record, nature="invalid", text="市政")
    assert {"complaint.result", "T-10"} <= running(desk, record), "the explanation is still owed, and nobody has it"
    done(desk, "front", complaints.answer, record, text="属市政")
    assert running(desk, record) == {"complaint.confirm"}
    done(desk, "front", complaints.confirm, record, how="phone", text="理解")
    assert running(desk, record) == {"complaint.close"}
    done(desk, "front", complaints.close, record, outcome="已解释")
    visit(desk, record, "no", effect="不认可")
    case = case_of(desk, record)
    assert (case.nature, case.grade) == ("", ""), "it is judged again"
    assert {"complaint.grade", "complaint.result", "T-11b"} <= running(desk, record)


@pytest.mark.clause("CMP-56")
def test_no_agreement_outlives_the_result_it_was_given_to(desk: Desk) -> None:
    record = dispatched(desk)
    done(desk, "project", complaints.agree, record, agreed="yes")
    done(desk, "project", complaints.agree, record, agreed="no", text="不够")
    done(desk, "engineer", complaints.feedback, record, text="又换一次")
    refused(StateChanged, desk, "front", complaints.answer, record, text="好了")
    done(desk, "project", complaints.agree, record, agreed="yes")
    done(desk, "front", complaints.refer, record, department="security")
    done(desk, "lead", complaints.sign, record, opinion="协助")
    done(desk, "guard", complaints.receive, record)
    done(desk, "guard", complaints.feedback, record, text="楼上配合")
    refused(StateChanged, desk, "front", complaints.answer, record, text="好了")
    done(desk, "project", complaints.agree, record, agreed="yes")
    done(desk, "front", complaints.answer, record, text="好了")
    done(desk, "front", complaints.confirm, record, how="phone", text="还有点漏")
    done(desk, "front", complaints.refer, record, department="engineering")
    assert {"complaint.result", "complaint.opinion"} <= running(desk, record)
    assert case_of(desk, record).state == "referred"
    assert refused(StateChanged, desk, "front", complaints.close, record, outcome="完").clause == "CMP-21"
    weighty = take(desk, unit_id=None, person_id=None, stranger="乙").record
    grade(desk, weighty, "major")
    assert refused(Invalid, desk, "project", complaints.agree, weighty, agreed="yes").field == "text"


@pytest.mark.clause("CMP-14")
def test_a_slip_to_the_wrong_department_is_taken_back(desk: Desk) -> None:
    record = take(desk).record
    done(desk, "front", complaints.refer, record, department="cleaning")
    done(desk, "lead", complaints.sign, record, opinion="办")
    refused(NotAllowed, desk, "front", complaints.recall, record, department="cleaning", reason="转错")
    assert (
        refused(Invalid, desk, "lead", complaints.recall, record, department="cleaning", reason=" ").field == "reason"
    )
    refused(StateChanged, desk, "lead", complaints.recall, record, department="engineering", reason="转错")
    done(desk, "lead", complaints.recall, record, department="cleaning", reason="转错")
    assert not running(desk, record) & {"complaint.opinion", "complaint.receipt", "complaint.feedback"}
    other = dispatched(desk)
    done(desk, "front", complaints.refer, other, department="cleaning")
    assert not running(desk, other) & {"complaint.agree", "T-17"}
    done(desk, "lead", complaints.recall, other, department="cleaning", reason="转错")
    assert {"complaint.agree", "T-17"} <= running(desk, other), "what was reported back still waits"
    done(desk, "front", complaints.answer, record, text="当场解决")


def test_a_wrong_judgement_is_corrected_but_no_rule_is_overruled(desk: Desk) -> None:
    record = take(desk).record
    grade(desk, record, "major")
    grade(desk, record, "minor")
    assert case_of(desk, record).major_at is None
    grade(desk, record, "important")
    grade(desk, record, "major")
    with desk.read() as session:
        reports = [c for c in clocks.of_record(session, record) if c.rule == "complaint.report" and c.ended_at is None]
    assert len(reports) == 1
    outage = take(desk, category="outage", unit_id=None, person_id=None, stranger="甲").record
    done(desk, "project", complaints.grade, outage, nature="invalid", text="误报")
    found = refused(
        StateChanged, desk, "project", complaints.grade, outage, nature="valid", grade="minor", reason="CMP-40"
    )
    assert "CMP-35" in str(found)


@pytest.mark.clause("CMP-36", "CMP-43", "CMP-27")
def test_invalid_and_closed_complaints_of_an_event_are_left_as_they_are(desk: Desk) -> None:
    homes = _homes(desk, 5)
    invalid, over, *others = (take(desk, unit_id=home, person_id=None).record for home in homes)
    done(desk, "front", complaints.merge, invalid, others=[over])
    done(desk, "project", complaints.grade, invalid, nature="invalid", text="无关")
    close(desk, over)
    done(desk, "front", complaints.merge, over, others=others[:1])
    assert case_of(desk, others[0]).grade == ""
    done(desk, "front", complaints.merge, over, others=others[1:])
    assert [case_of(desk, one).grade for one in (invalid, over, *others)] == ["none", "minor", *["major"] * 3]


@pytest.mark.clause("CMP-55")
def test_a_minor_complaint_is_answered_within_two_days_though_no_source_says_so(desk: Desk, clock: Clock) -> None:
    start = clock.now
    record = take(desk).record
    grade(desk, record)
    found = clock_of(desk, record, "complaint.result")
    assert (found.due_at, found.rule_version.endswith("/site")) == (start + timedelta(days=2), True)


@pytest.mark.clause("CMP-36")
@pytest.mark.parametrize(
    ("days", "categories", "places", "noticed"),
    [
        (0, "noise", "", True), (2, "noise", "", True), (60, "noise", "", False), (0, "facility", "", False),
        (0, "noise", "南门", False),
    ],
)  # fmt: skip
def test_a_collective_complaint_is_noticed_by_itself_from_same_kind_place_and_time(
    desk: Desk, clock: Clock, days: int, categories: str, places: str, noticed: bool
) -> None:
    with desk.act(operator="lead") as act:
        for number in range(101, 104):
            homes.add_home(act, label=f"9-1-{number}")
        homes.add_home(act, label="9-1-商铺1")
    raised = [
        take(desk, category="noise", unit_id=unit(desk, label), person_id=None, stranger=f"住户{label}").record
        for label in ("9-1-101", "9-1-102", "9-1-103", "9-1-商铺1")
    ]
    clock.forward(days=days)
    last = take(desk, category=categories, unit_id=None, person_id=None, stranger="路过的人").record
    with desk.act() as act:
        complaints.describe(act, number=last, place=places or "9")
    with desk.read() as session:
        found = [cases.get(session, "complaints", number) for number in (*raised, last)]
    option = {"S2": 3, "S3": 5}
    assert {case.promoted for case in found[:4]} == {"CMP-43"}, option
    assert bool(found[4].incident) is noticed
    assert (found[4].promoted == "CMP-43") is noticed


@pytest.mark.clause("CMP-6", "CMP-7")
@pytest.mark.parametrize(
    ("channel", "written"),
    [("letter", True), ("fax", True), ("email", True), ("online", True), ("visit", False), ("other", False)],
)
def test_letters_faxes_mails_and_online_messages_are_written_complaints(
    desk: Desk, channel: str, written: bool
) -> None:
    record = take(desk, channel=channel, caller_number="0592123456" if channel == "fax" else "").record
    assert ("T-12" in running(desk, record)) is written
    assert "T-11b" in running(desk, record)
    with desk.act(operator="lead") as act:
        if not written:
            with pytest.raises(StateChanged):
                complaints.written_reply(act, number=record, text="正式答复")
            return
        promise = clock_of(desk, record, "T-12")
        assert act.calendar.local(promise.due_at).strftime("%m-%d %H:%M") == "11-25 17:00"
        complaints.written_reply(act, number=record, text="正式答复")


@pytest.mark.clause("CMP-36")
@pytest.mark.parametrize(
    ("places", "noticed"),
    [
        (("电梯", "电梯", "电 梯"), True),
        (("3栋", "３栋", "3号楼"), True),
        (("电梯", "车库", "南门"), False),
        (("3栋", "4栋", "5栋"), False),
    ],
)
def test_who_has_no_room_counts_as_a_household_and_two_places_are_two_events(
    desk: Desk, places: tuple[str, str, str], noticed: bool
) -> None:
    homes: list[int | None] = [unit(desk), None, None]
    records = [
        take(desk, category="facility", unit_id=home, person_id=None, stranger=f"来人{number}").record
        for number, home in enumerate(homes)
    ]
    for record, place in zip(records, places, strict=True):
        with desk.act() as act:
            complaints.describe(act, number=record, place=place)
    with desk.read() as session:
        found = {cases.get(session, "complaints", record).promoted for record in records}
    assert found == ({"CMP-43"} if noticed else {""})
