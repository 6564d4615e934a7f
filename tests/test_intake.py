from datetime import timedelta

import pytest

from desk import cases, complaints, drafts, journal, repairs
from desk.act import Desk
from desk.clocks import clocks
from desk.contacts import intake
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from tests.conftest import Clock
from tests.helpers import close, running, take, visit


@pytest.mark.clause("INT-7", "INT-15", "INT-17", "CMP-10", "CMP-3")
@pytest.mark.parametrize("channel", ["visit", "phone", "letter", "fax", "other"])
def test_every_channel_is_registered_and_opens_its_record(desk: Desk, channel: str) -> None:
    taken = take(desk, channel=channel)
    with desk.read() as session:
        case = cases.get(session, "complaints", taken.record)
        contact = intake.page(session)[0]
    assert (contact.channel, contact.caller_number, contact.became) == (channel, "13900001111", taken.record)
    assert (case.first_asked, case.what, case.state) == ("front", "楼上漏水", "open")


@pytest.mark.clause("INT-7")
def test_a_call_without_the_number_from_the_display_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        take(desk, caller_number="")
    assert caught.value.field == "caller_number"
    assert take(desk, channel="visit", caller_number="").record


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("channel", {"channel": "pigeon"}),
        ("kind", {"kind": ""}),
        ("what", {"what": " \x1b[2J "}),
        ("what", {"what": "长" * 2001}),
        ("who", {"unit_id": None, "person_id": None}),
        ("stranger", {"unit_id": None, "stranger": "名" * 61}),
        ("caller_number", {"caller_number": "call me"}),
        ("answer", {"kind": "question"}),
        ("room", {"unit_id": 99999}),
    ],
)
def test_bad_input_is_refused_at_its_field_and_takes_no_number(desk: Desk, field: str, values: dict[str, str]) -> None:
    with pytest.raises((Invalid, NotFound)) as caught:
        take(desk, **values)
    assert caught.value.field == field
    assert take(desk).contact.startswith("LD26-000001-")


def test_a_promise_in_the_past_is_refused(desk: Desk, clock: Clock) -> None:
    with pytest.raises(Invalid) as caught:
        take(desk, "request", promised_at=clock.now - timedelta(minutes=1))
    assert caught.value.field == "promised_at"


def test_a_stranger_can_be_taken_by_name(desk: Desk) -> None:
    taken = take(desk, unit_id=None, person_id=None, stranger="路人甲")
    with desk.read() as session:
        assert cases.get(session, "complaints", taken.record).subject == "路人甲"


@pytest.mark.clause("CMP-44")
def test_a_question_is_answered_at_once_and_promises_nothing(desk: Desk) -> None:
    taken = take(desk, "question", answer="每月一日")
    assert taken.record == ""
    assert running(desk, taken.contact) == set()


@pytest.mark.clause("CMP-21", "INT-21")
def test_a_complaint_is_never_closed_without_an_answer(desk: Desk) -> None:
    record = take(desk).record
    with pytest.raises(StateChanged), desk.act() as act:
        complaints.close(act, number=record, outcome="完")
    with desk.act() as act:
        complaints.reply(act, number=record, text="正在查")
    with pytest.raises(StateChanged, match="no answer yet"), desk.act() as act:
        complaints.close(act, number=record, outcome="完")
    close(desk, record)
    with pytest.raises(StateChanged), desk.act() as act:
        complaints.reply(act, number=record, text="再答")
    with desk.read() as session:
        verbs = [entry.verb.partition(".")[2] for entry in journal.timeline(session, record)]
    assert verbs == ["register", "reply", "grade", "answer", "confirm", "close"]


@pytest.mark.clause("RV-23")
def test_a_return_visit_follows_the_closing_and_ends_its_promise(desk: Desk) -> None:
    record = take(desk).record
    with pytest.raises(StateChanged):
        visit(desk, record)
    close(desk, record)
    assert running(desk, record) == {"T-21"}
    visit(desk, record)
    assert running(desk, record) == {"complaint.archive"}


@pytest.mark.clause("REP-4", "REP-5")
def test_a_repair_has_five_minutes_for_the_order_and_two_to_tell_engineering(desk: Desk, clock: Clock) -> None:
    record = take(desk, "repair").record
    assert running(desk, record) == {"T-2"}
    with desk.act() as act:
        repairs.order(act, number=record)
    assert running(desk, record) == {"T-3"}
    with desk.act() as act:
        repairs.notify(act, number=record)
    assert running(desk, record) == {"repair.collect"}


def test_passing_on_needs_a_department_that_exists(desk: Desk) -> None:
    record = take(desk).record
    with pytest.raises(Invalid), desk.act() as act:
        complaints.refer(act, number=record, department="moon")


def test_a_draft_comes_back_without_a_full_id_number(desk: Desk, clock: Clock) -> None:
    drafts.save(desk.store, "front", "intake", {"what": "证件 110101199001010015"}, clock.now)
    assert drafts.load(desk.store, "front", "intake") == {"what": "证件 1101**********0015"}
    drafts.forget(desk.store, "front", "intake")
    assert drafts.load(desk.store, "front", "intake") == {}


@pytest.mark.clause("RV-12")
def test_who_is_not_satisfied_at_the_visit_opens_the_complaint_again(desk: Desk) -> None:
    record = take(desk).record
    close(desk, record)
    visit(desk, record, "no", effect="还在漏")
    assert running(desk, record) == {"T-11", "T-11b", "T-13", "T-18", "complaint.result"}
    with pytest.raises(StateChanged, match="no answer yet"), desk.act() as act:
        complaints.close(act, number=record, outcome="完")
    close(desk, record)
    assert running(desk, record) == {"T-21"}


@pytest.mark.clause("CMP-21")
def test_what_cannot_be_solved_yet_gets_a_next_reply_whose_clock_runs(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    with pytest.raises(Invalid) as missing, desk.act() as act:
        complaints.promise(act, number=record, promised_at=clock.now + timedelta(hours=2), text=" ")
    assert missing.value.field == "text"
    for wrong in (timedelta(0), timedelta(days=367)):
        with pytest.raises(Invalid) as late, desk.act() as act:
            complaints.promise(act, number=record, promised_at=clock.now + wrong, text="等配件")
        assert late.value.field == "promised_at"
    for hours in (2, 5):
        with desk.act() as act:
            complaints.promise(act, number=record, promised_at=clock.now + timedelta(hours=hours), text="等配件")
    with desk.read() as session:
        agreed = [c for c in clocks.of_record(session, record) if c.rule == "T-20" and c.ended_at is None]
        assert [note.text for note in cases.notes_of(session, record)] == ["等配件", "等配件"]
    assert [c.due_at for c in agreed] == [clock.now + timedelta(hours=5)]
    with desk.act() as act:
        complaints.reply(act, number=record, text="还在等")
    assert "T-20" in running(desk, record), "a holding answer keeps no promise"
    with desk.act() as act:
        complaints.answer(act, number=record, text="配件到了")
    assert "T-20" not in running(desk, record)


@pytest.mark.clause("INT-20")
def test_findings_end_the_same_day_investigation(desk: Desk) -> None:
    record = take(desk).record
    with desk.act() as act:
        complaints.investigate(act, number=record, findings="阀门坏")
    assert "T-13" not in running(desk, record)


@pytest.mark.clause("CMP-7")
def test_a_letter_gets_its_formal_answer_from_a_leader_only(desk: Desk) -> None:
    record = take(desk, channel="letter", caller_number="").record
    with pytest.raises(NotAllowed), desk.act() as act:
        complaints.written_reply(act, number=record, text="尊敬的业主")
    with desk.act(operator="lead") as act:
        complaints.written_reply(act, number=record, text="尊敬的业主")
    assert "T-12" not in running(desk, record)
    spoken = take(desk).record
    with pytest.raises(StateChanged), desk.act(operator="lead") as act:
        complaints.written_reply(act, number=spoken, text="尊敬的业主")
