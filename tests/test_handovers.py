"""A post changes hands: the page fills itself, both sign, the incoming last; what waits becomes a record next day."""

import json
from contextlib import closing
from datetime import timedelta
from itertools import pairwise

import pytest

from data import words
from data.cases import Repair
from data.duty import Handover
from data.store.opening import open_store
from desk import cases, forms, journal, passes, proof, repairs
from desk.act import Desk
from desk.administration import changing
from desk.clocks import clocks
from desk.contacts import carrying, converting, intake
from desk.duty import cover
from desk.duty import life as duty
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from desk.handovers import life, page, things
from desk.postbook import life as book
from screens.records import record_parts
from tests.conftest import SECRET, Clock
from tests.helpers import clock_of, close, do, issue, running, sealed, take, unit, wrong
from tests.test_duty import at, come, put, refusal, shift, somebody
from tests.test_screens import run, sign_in, text_of, until


def offer(desk: Desk, code: str = "front", **said: str) -> str:
    with desk.act(operator=code) as act:
        return life.offer(act, **said).number


def get(desk: Desk, number: str) -> Handover:
    with desk.store.reading() as session:
        return session.get_one(Handover, number)


def lines(desk: Desk, post: str = "desk") -> dict[str, page.Line]:
    with desk.look() as view:
        return {line.record: line for line in page.lines(view, post)}


def mark(desk: Desk, record: str, words: str = "如果没来电就打过去", *, how: str = "3", post: str = "desk") -> None:
    with desk.act(operator="front") as act:
        life.mark(act, post=post, record=record, mark=how, words=words)


def hand(desk: Desk, goes: str, comes: str, **said: str) -> str:
    """One handover, offered and taken."""
    number = offer(desk, goes, **said)
    do(desk, comes, life.take, number)
    return number


def holder(desk: Desk, post: str = "desk") -> str:
    with desk.look() as view:
        return cover.holder(view, post)


@pytest.mark.clause("DUT-3")
def test_the_page_fills_itself_and_forgets_what_is_over(desk: Desk, clock: Clock) -> None:
    complaint = take(desk).record
    emergency = take(
        desk, "emergency", emergency="lift", place="3栋", promised_at=clock.now + timedelta(minutes=30)
    ).record
    found = lines(desk)
    assert found[emergency].kind == "emergency"
    assert found[complaint].kind == "due"
    clock.forward(hours=3)
    assert lines(desk)[complaint].kind == "late"
    close(desk, complaint)
    assert complaint not in lines(desk) or lines(desk)[complaint].kind != "late"


def test_a_page_reads_in_the_language_of_whoever_opens_it_later(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    clock.forward(hours=1)
    number = offer(desk)
    offered = get(desk, number)
    said = {line.record: line.matter for line in page.of(offered)}[record]
    words.use("zh")
    later = {line.record: line.matter for line in page.of(offered)}[record]
    assert "department" in said or "reply" in said.lower()
    assert later.startswith("3-2-1502 单小云")
    assert not any(letter.isalpha() and letter.isascii() for letter in later)


@pytest.mark.clause("DUT-10")
def test_both_sign_the_incoming_last_and_from_then_on_the_post_is_theirs(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    number = offer(desk, remark="一切正常")
    assert holder(desk) == "front"
    assert running(desk, number) == {"handover.taken"}
    assert isinstance(wrong(desk, "front", life.take, number), NotAllowed)
    assert isinstance(wrong(desk, "guard", life.take, number), NotAllowed)
    clock.forward(minutes=5)
    do(desk, "lead", life.take, number)
    assert holder(desk) == "lead"
    found = get(desk, number)
    assert (found.outgoing, found.incoming, found.state) == ("front", "lead", "taken")
    assert found.ended_at is not None
    assert found.ended_at > found.offered_at
    assert isinstance(wrong(desk, "project", life.take, number), StateChanged)
    with desk.store.reading() as session:
        last = journal.last_entry(session)
        assert last is not None
        assert (last.verb, last.operator, json.loads(last.facts)["outgoing"]) == ("handovers.take", "lead", "front")


@pytest.mark.clause("DUT-11")
def test_only_who_answers_for_a_post_hands_it_over_and_may_go_once_it_is_taken(desk: Desk, clock: Clock) -> None:
    own = come(desk, "front")
    clock.forward(minutes=1)
    come(desk, "lead")
    assert isinstance(refusal(desk, "lead", life.offer), NotAllowed)
    number = offer(desk)
    assert wrong(desk, "front", duty.leave, own).clause == "DUT-11"
    do(desk, "lead", life.take, number)
    do(desk, "front", duty.leave, own)
    assert shift(desk, own).state == "left"


@pytest.mark.clause("DUT-11")
def test_the_incoming_may_not_take_it_and_whoever_goes_stays_answerable_until_a_leader_settles_it(desk: Desk) -> None:
    come(desk, "front")
    number = offer(desk)
    assert wrong(desk, "lead", life.refuse, number, question=" ").field == "question"
    assert isinstance(wrong(desk, "front", life.refuse, number, question="？"), NotAllowed)
    assert isinstance(wrong(desk, "guard", life.refuse, number, question="？"), NotAllowed)
    do(desk, "project", life.refuse, number, question="少一把钥匙")
    assert holder(desk) == "front"
    assert running(desk, number) == {"handover.settle"}
    assert clock_of(desk, number, "handover.settle").role == "supervisor"
    do(desk, "lead", life.settle, number, words="钥匙在工程部，先交班")
    assert running(desk, number) == set()
    hand(desk, "front", "project")
    assert holder(desk) == "project"


def test_one_handover_of_a_post_waits_at_a_time_and_whoever_goes_takes_it_back(desk: Desk) -> None:
    come(desk, "front")
    number = offer(desk)
    assert isinstance(refusal(desk, "front", life.offer), StateChanged)
    somebody(desk, "ivy", "receptionist")
    assert isinstance(wrong(desk, "ivy", life.withdraw, number), NotAllowed)
    do(desk, "front", life.withdraw, number)
    assert running(desk, number) == set()
    assert offer(desk) != number


@pytest.mark.clause("DUT-8", "DUT-11")
def test_a_recipient_always_exists_the_guards_or_tomorrow_when_the_desk_closes(desk: Desk, clock: Clock) -> None:
    own = come(desk, "front")
    clock.forward(minutes=1)
    second = come(desk, "project")
    assert refusal(desk, "front", life.offer, goes_to="tomorrow").field == "goes_to"
    at(desk, clock, 17, 5)
    assert wrong(desk, "front", duty.leave, own).clause == "DUT-11"
    number = offer(desk, goes_to="tomorrow")
    due = desk.calendar().local(clock_of(desk, number, "handover.tomorrow").due_at)
    assert (due.day, due.hour, due.minute) == (25, 8, 30)
    do(desk, "front", duty.leave, own)
    do(desk, "project", duty.leave, second)
    at(desk, clock, 7, 40, day=25)
    do(desk, "lead", life.take, number)
    assert holder(desk) == "lead"


@pytest.mark.clause("DUT-11")
def test_whoever_left_the_desk_to_tomorrow_takes_it_themselves_when_tomorrow_comes(desk: Desk, clock: Clock) -> None:
    own = come(desk, "front")
    at(desk, clock, 17, 5)
    number = offer(desk, goes_to="tomorrow")
    do(desk, "front", duty.leave, own)
    assert isinstance(wrong(desk, "front", life.take, number), NotAllowed)
    at(desk, clock, 7, 40, day=25)
    come(desk, "front")
    do(desk, "front", life.take, number)
    assert (get(desk, number).incoming, holder(desk)) == ("front", "front")
    assert offer(desk)


def test_a_guard_reads_the_desk_s_page_only_where_the_desk_was_handed_to_the_guards(desk: Desk, clock: Clock) -> None:
    take(desk)
    come(desk, "front")
    number = hand(desk, "front", "lead")
    desk.operator = "guard"
    assert all("漏水" not in part.plain for part in record_parts(desk, "handovers", number))
    assert forms.document(desk, "handovers", number).tables == []
    at(desk, clock, 17, 1)
    number = offer(desk, "lead", goes_to="guards")
    assert any("漏水" in part.plain for part in record_parts(desk, "handovers", number))


@pytest.mark.clause("DUT-11")
def test_the_desk_goes_to_the_guards_at_night_and_a_guard_signs(desk: Desk, clock: Clock) -> None:
    own = come(desk, "front")
    come(desk, "guard", "gate")
    at(desk, clock, 17, 1)
    number = offer(desk, goes_to="guards")
    assert wrong(desk, "front", duty.leave, own).clause == "DUT-11"
    do(desk, "guard", life.take, number)
    do(desk, "front", duty.leave, own)
    assert shift(desk, own).state == "left"


@pytest.mark.clause("DUT-10")
def test_nobody_covers_round_a_handover_that_is_offered_or_at_another_time(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    assert refusal(desk, "lead", life.cover_noon).clause == "DUT-8"
    at(desk, clock, 12, 1)
    offer(desk)
    assert refusal(desk, "lead", life.cover_noon).clause == "DUT-8"


@pytest.mark.clause("DUT-11")
def test_a_desk_that_nobody_took_over_is_not_tomorrow_s_for_ever(desk: Desk, clock: Clock) -> None:
    own = come(desk, "front")
    at(desk, clock, 17, 5)
    number = offer(desk, goes_to="tomorrow")
    do(desk, "front", duty.leave, own)
    at(desk, clock, 8, 0, day=25)
    own = come(desk, "front")
    come(desk, "lead")
    at(desk, clock, 11, 0, day=25)
    assert wrong(desk, "front", duty.leave, own).clause == "DUT-11"
    assert offer(desk) != number
    assert get(desk, number).state == "withdrawn"


@pytest.mark.clause("DUT-11")
def test_the_guard_who_took_the_desk_answers_for_it_and_hands_it_on(desk: Desk, clock: Clock) -> None:
    own = come(desk, "front")
    at(desk, clock, 16, 45)
    come(desk, "guard", "gate")
    number = offer(desk, goes_to="guards")
    do(desk, "guard", life.take, number)
    assert holder(desk) == "guard"
    at(desk, clock, 17, 1)
    do(desk, "front", duty.leave, own)
    at(desk, clock, 23, 0)
    with desk.act(operator="guard") as act:
        back = life.offer(act, post="desk").number
    do(desk, "lead", life.take, back)
    assert holder(desk) == "lead"


def test_nobody_takes_a_post_while_they_stand_on_another(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "receptionist guard")
    come(desk, "ivy", "gate")
    come(desk, "front")
    number = offer(desk)
    assert wrong(desk, "ivy", life.take, number).clause == "DUT-11"


@pytest.mark.clause("DUT-10")
def test_what_is_first_is_opened_by_whoever_signs_and_what_is_settled_need_not_be(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    with desk.act(operator="front") as act:
        entry = book.write(act, what="水管爆了", post="desk").number
    mark(desk, entry)
    number = offer(desk)
    assert isinstance(refusal(desk, "front", life.mark, post="desk", record=entry, mark="1"), StateChanged)
    assert isinstance(wrong(desk, "guard", life.see, number, record=entry), NotAllowed)
    do(desk, "project", life.see, number, record=entry)
    assert entry in str(wrong(desk, "lead", life.take, number))
    do(desk, "front", book.handle, entry, handled="已关阀")
    do(desk, "lead", life.take, number)
    assert holder(desk) == "lead"


@pytest.mark.clause("DUT-12")
def test_what_happens_after_the_page_was_offered_is_handled_or_offered_anew(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "guard")
    come(desk, "guard", "gate")
    number = offer(desk, "guard")
    with desk.act(operator="guard") as act:
        entry = book.write(act, what="撞杆").number
    assert wrong(desk, "ivy", life.take, number).clause == "DUT-12"
    do(desk, "guard", book.handle, entry, handled="已登记车牌")
    do(desk, "ivy", life.take, number)


def test_a_count_that_differs_waits_for_a_leader_who_was_neither_of_the_two(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        changing.change(act, number="things:desk", value="钥匙 12", reason="清点")
    come(desk, "front")
    number = offer(desk)
    do(desk, "lead", life.take, number, counts="11")
    assert running(desk, number) == {"handover.differs"}
    assert isinstance(wrong(desk, "lead", life.settle, number, words="算了"), NotAllowed)
    do(desk, "project", life.settle, number, words="钥匙在工程部")
    assert running(desk, number) == set()


@pytest.mark.clause("DUT-8")
def test_the_desk_is_left_after_midnight_and_lunch_is_no_night_for_guards(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 20)
    own = come(desk, "front")
    at(desk, clock, 0, 30, day=25)
    offer(desk, goes_to="tomorrow")
    do(desk, "front", duty.leave, own)
    at(desk, clock, 12, 30, day=25)
    desk.operator = "guard"
    with pytest.raises(NotAllowed):
        take(desk, "question", answer="在")


@pytest.mark.clause("DUT-8")
def test_over_lunch_somebody_covers_with_their_code_and_nothing_else(desk: Desk, clock: Clock) -> None:
    own = come(desk, "front")
    at(desk, clock, 12, 1)
    assert isinstance(refusal(desk, "front", life.cover_noon), NotAllowed)
    with desk.act(operator="lead") as act:
        number = life.cover_noon(act).number
    assert holder(desk) == "lead"
    assert get(desk, number).kind == "noon"
    do(desk, "front", duty.leave, own)
    assert isinstance(refusal(desk, "guard", life.cover_noon), NotAllowed)


@pytest.mark.clause("DUT-10")
def test_a_marked_line_says_what_is_to_be_done_and_what_is_first_is_opened_before_signing(desk: Desk) -> None:
    record = take(desk).record
    come(desk, "front")
    problem = refusal(desk, "front", life.mark, post="desk", record=record, mark="3", words=" ")
    assert problem.field == "words"
    assert isinstance(refusal(desk, "front", life.mark, post="desk", record="TS", mark="2", words="看"), NotFound)
    mark(desk, record)
    assert next(iter(lines(desk).values())).record == record
    number = offer(desk)
    assert record in str(wrong(desk, "lead", life.take, number))
    assert isinstance(wrong(desk, "front", life.see, number, record=record), NotAllowed)
    assert isinstance(wrong(desk, "lead", life.see, number, record="TS"), NotFound)
    do(desk, "lead", life.see, number, record=record)
    do(desk, "lead", life.take, number)
    assert lines(desk)[record].mark == "1", "what was said does not copy itself forward"
    kept = {line.record: line for line in page.of(get(desk, number))}
    assert kept[record].words == "如果没来电就打过去"


def test_a_mark_is_taken_away_again_and_only_who_answers_for_the_post_marks(desk: Desk) -> None:
    record = take(desk).record
    come(desk, "front")
    assert isinstance(refusal(desk, "lead", life.mark, post="desk", record=record, mark="2", words="看"), NotAllowed)
    mark(desk, record, how="2")
    with desk.act(operator="front") as act:
        life.mark(act, post="desk", record=record, mark="1")
    assert lines(desk)[record].words == ""


@pytest.mark.clause("DUT-10")
def test_things_are_counted_before_what_they_should_be_is_known_and_a_difference_stops_nobody(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        changing.change(act, number="things:desk", value="钥匙 12，对讲机 2", reason="清点")
    come(desk, "front")
    number = offer(desk)
    assert wrong(desk, "lead", life.take, number).field == "counts"
    assert wrong(desk, "lead", life.take, number, counts="11").field == "counts"
    assert wrong(desk, "lead", life.take, number, counts="11 x").field == "counts"
    do(desk, "lead", life.take, number, counts="11 2")
    with desk.look() as view:
        assert [note.text for note in cases.notes_of(view.session, number)] == ["钥匙 12 → 11"]
        assert things.expected(view, "desk") == {"钥匙": 11, "对讲机": 2}
    again = offer(desk, "lead")
    do(desk, "front", life.take, again, counts="11, 2")
    with desk.look() as view:
        assert cases.notes_of(view.session, again) == []


@pytest.mark.parametrize("value", ["keys", "keys 12, keys 3", "12", ",".join(f"k{n}x {n}" for n in range(30))])
def test_things_that_cannot_be_counted_are_refused_where_they_are_written(desk: Desk, value: str) -> None:
    with pytest.raises(Invalid) as caught, desk.act(operator="admin") as act:
        changing.change(act, number="things:desk", value=value, reason="清点")
    assert caught.value.field == "value"


@pytest.mark.clause("DUT-10")
def test_what_nobody_moved_for_three_shifts_is_the_supervisor_s_until_it_moves(desk: Desk, clock: Clock) -> None:
    number = on_hold(desk)
    come(desk, "front")
    for goes, comes in pairwise(("front", "lead", "front")):
        hand(desk, goes, comes)
        clock.forward(minutes=2)
    assert "handover.stale" not in running(desk, number)
    assert lines(desk)[number].same == 3
    hand(desk, "front", "lead")
    assert running(desk, number) >= {"handover.stale"}
    assert clock_of(desk, number, "handover.stale").role == "supervisor"
    do(desk, "lead", passes.void, number, reason="业主取消")
    hand(desk, "lead", "front")
    assert "handover.stale" not in running(desk, number)


def on_hold(desk: Desk) -> str:
    return issue(desk, carrier="nanny", call=passes.Call("13900001111", "unreached"))


@pytest.mark.clause("DUT-12", "GRD-9")
def test_what_happened_on_a_post_is_written_and_handled_before_it_is_handed_over(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "guard")
    come(desk, "guard", "gate")
    with desk.act(operator="guard") as act:
        entry = book.write(act, what="地下车库有陌生人徘徊").number
    assert clock_of(desk, entry, "post.event").role == "guard"
    assert lines(desk, "gate")[entry].kind == "event"
    assert refusal(desk, "guard", life.offer).clause == "DUT-12"
    assert wrong(desk, "guard", book.handle, entry, handled=" ").field == "handled"
    do(desk, "guard", book.handle, entry, handled="已劝离，通知监控室")
    assert running(desk, entry) == set()
    assert wrong(desk, "guard", book.handle, entry, handled="再写").clause == "DUT-12"
    hand(desk, "guard", "ivy")
    assert holder(desk, "gate") == "ivy"


@pytest.mark.clause("DUT-12")
def test_an_event_that_is_not_handled_goes_on_only_with_what_is_to_be_done(desk: Desk) -> None:
    come(desk, "guard", "gate")
    with desk.act(operator="guard") as act:
        entry = book.write(act, what="道闸坏了").number
    assert refusal(desk, "guard", life.offer).clause == "DUT-12"
    with desk.act(operator="guard") as act:
        life.mark(act, post="gate", record=entry, mark="2", words="如果九点没修好，叫值班工程")
    assert offer(desk, "guard")


def test_an_event_is_of_now_or_lately_on_a_post_that_is_manned(desk: Desk, clock: Clock) -> None:
    for changes, field in (
        ({"at": clock.now + timedelta(minutes=5)}, "at"), ({"at": clock.now - timedelta(days=3)}, "at"),
        ({"post": "moon"}, "post"), ({"what": " "}, "what"),
    ):  # fmt: skip
        assert refusal(desk, "guard", book.write, **{"what": "事", **changes}).field == field


def night(desk: Desk, clock: Clock, code: str = "guard", **changes: object) -> intake.Taken:
    """A call that a guard takes at nine in the evening."""
    at(desk, clock, 21)
    desk.operator = code
    said = {"kind": "repair", "what": "厨房水管滴水", "carry": "夜间，非紧急", "unit_id": unit(desk), "person_id": None,
            "stranger": "单先生", **changes}  # fmt: skip
    return take(desk, **said)


@pytest.mark.clause("REP-18", "DUT-6", "DUT-7", "REQ-12")
@pytest.mark.parametrize(("kind", "letters"), [("repair", "BX"), ("complaint", "TS"), ("commission", "XQ")])
def test_what_a_guard_takes_at_night_becomes_an_order_or_a_record_on_the_next_duty_day(
    desk: Desk, clock: Clock, kind: str, letters: str
) -> None:
    taken = night(desk, clock, kind=kind)
    assert taken.record == ""
    due = desk.calendar().local(clock_of(desk, taken.contact, "T-31").due_at)
    assert (due.day, due.hour) == (25, 17)
    desk.operator = "front"
    assert lines(desk)[taken.contact].kind == "carried"
    assert isinstance(wrong(desk, "guard", converting.convert, taken.contact), NotAllowed)
    at(desk, clock, 8, 10, day=25)
    made = do(desk, "front", converting.convert, taken.contact).became
    assert made.startswith(letters)
    assert clock_of(desk, taken.contact, "T-31").ended_as == "kept"
    assert taken.contact not in lines(desk)
    assert wrong(desk, "front", converting.convert, taken.contact).clause == "DUT-7"


@pytest.mark.clause("EMG-11")
def test_an_emergency_never_waits_for_the_next_day(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 21)
    for kind in ("emergency", "question", "official", "other"):
        with desk.look() as view, pytest.raises(Invalid) as caught:
            carrying.check(view, kind, "明天再说")
        assert caught.value.field == "carry"
        assert caught.value.clause == ("EMG-11" if kind == "emergency" else "REP-18")
    with pytest.raises(Invalid) as refused:
        take(
            desk, "emergency", emergency="lift", place="3栋", carry="明天", promised_at=clock.now + timedelta(minutes=5)
        )
    assert refused.value.clause == "EMG-11"


@pytest.mark.clause("DUT-9")
def test_what_can_be_done_today_is_not_left_and_lunch_is_no_night(desk: Desk, clock: Clock) -> None:
    for hour, minute, waits in ((10, 0, False), (12, 30, False), (16, 29, False), (16, 31, True), (7, 30, True)):
        at(desk, clock, hour, minute)
        with desk.look() as view:
            assert carrying.is_possible(view) is waits, hour
    at(desk, clock, 10)
    with pytest.raises(Invalid) as caught:
        take(desk, "repair", carry="忙")
    assert (caught.value.field, caught.value.clause) == ("carry", "DUT-9")


@pytest.mark.clause("DUT-7")
def test_what_is_taken_before_the_day_begins_or_on_a_friday_evening_waits_for_the_next_duty_day(
    desk: Desk, clock: Clock
) -> None:
    at(desk, clock, 2, day=25)
    early = take(desk, "repair", carry="夜间").contact
    at(desk, clock, 19, day=27)
    friday = take(desk, "repair", carry="夜间").contact
    days = [desk.calendar().local(clock_of(desk, one, "T-31").due_at).day for one in (early, friday)]
    assert days == [25, 30]


def test_a_guard_takes_calls_off_duty_only_and_nothing_that_would_open_a_record(desk: Desk, clock: Clock) -> None:
    night(desk, clock)
    assert night(desk, clock, kind="question", carry="", answer="前台八点上班").contact
    for nothing in ("", " ", "\u200b", "\x00"):
        with pytest.raises(Invalid) as caught:
            night(desk, clock, carry=nothing)
        assert caught.value.field == "carry"
    with pytest.raises(Invalid) as caught:
        night(desk, clock, kind="request", promised_at=clock.now + timedelta(hours=20))
    assert caught.value.field == "carry"
    assert night(desk, clock, kind="quality").contact
    at(desk, clock, 10, day=25)
    with pytest.raises(NotAllowed):
        take(desk, "question", answer="在")


def test_a_leader_says_why_nothing_is_made_of_what_waits(desk: Desk, clock: Clock) -> None:
    taken = night(desk, clock).contact
    desk.operator = "front"
    assert isinstance(wrong(desk, "front", converting.drop_carried, taken, reason="误报"), NotAllowed)
    assert wrong(desk, "lead", converting.drop_carried, taken, reason=" ").field == "reason"
    do(desk, "lead", converting.drop_carried, taken, reason="业主已自行修好")
    assert clock_of(desk, taken, "T-31").ended_as == "void"
    assert taken not in lines(desk)


def test_a_handover_and_a_day_of_the_post_book_are_pages(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    record = take(desk).record
    mark(desk, record, how="2")
    number = hand(desk, "front", "lead", remark="雨天，注意地库")
    found = forms.document(desk, "handovers", number)
    row = next(row for row in found.tables[0].rows if row[1] == record)
    assert "如果没来电就打过去" in str(row[4])
    assert ("交班说明", "雨天，注意地库") in found.texts
    assert all(signed for _label, signed in found.signatures)
    with desk.act(operator="guard") as act:
        entry = book.write(act, what="收到快递", handled="已登记", post="gate").number
    rows = forms.document(desk, "postbook", entry).tables[0].rows
    assert [row[1] for row in rows] == ["收到快递"]


def test_the_gate_s_page_holds_the_passes_that_move_before_the_next_shift_is_over(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    put(desk, "gate", "guard", first="2026-11-24", stretches="B")
    desk.operator = "guard"
    assert lines(desk, "gate")[number].kind == "pass"
    assert all(line.system in ("passes", "emergencies", "postbook") for line in lines(desk, "gate").values())


async def test_a_quiet_shift_is_handed_over_in_three_keys_and_a_signature(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("shift")
        await pilot.press("c", "f9")
        await pilot.pause()
        assert holder(desk) == "front"
        await pilot.press("h", "f9")
        await pilot.pause()
        await pilot.press("t")
        await pilot.press(*"lead", "tab", *SECRET, "f9")
        await pilot.pause()
        assert holder(desk) == "lead"
    assert proof.verify(desk.store) == []


async def test_whoever_is_planned_begins_on_the_page_of_their_post_and_says_that_they_are_there(
    desk: Desk, clock: Clock
) -> None:
    number = put(desk, first="2026-11-25")
    at(desk, clock, 7, 40, day=25)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        assert type(app.screen).__name__ == "ShiftRoom"
        await pilot.press("down", "a")
        await pilot.pause()
        assert shift(desk, number).state == "there"


async def test_a_line_is_marked_first_opened_by_whoever_comes_and_only_then_taken(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    come(desk, "front")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("shift")
        await pilot.pause()
        app.screen.show(record)
        await pilot.press("3", *"if", "f9")
        await pilot.pause()
        assert lines(desk)[record].words == "if"
        await pilot.press("h", "f9")
        await pilot.pause()
        number = str(app.screen.chosen)
        assert get(desk, number).state == "offered"
        app.screen.show(record)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert not {line.record: line for line in page.of(get(desk, number))}[record].seen, "whoever goes looked"
        app.sign_out()
        await sign_in(pilot, "lead")
        app.action_room("shift")
        await pilot.pause()
        app.screen.show(record)
        await pilot.press("enter", "escape")
        await pilot.pause()
        app.screen.show(number)
        await pilot.press("t", "f9")
        await pilot.pause()
        assert get(desk, number).state == "taken"


def test_a_handover_is_taken_once_whichever_of_two_desks_signs_first(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    number = offer(desk)
    with closing(open_store(desk.store.path)) as store:
        other = Desk(store, clock, "desk-2")
        do(other, "lead", life.take, number)
        assert isinstance(wrong(desk, "project", life.take, number), StateChanged)
        assert isinstance(refusal(other, "front", life.offer), NotAllowed)


async def test_ugly_words_stand_on_the_page_as_they_were_typed_and_break_nothing(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    with desk.act(operator="guard") as act:
        entry = book.write(act, what="[/b] \x1b[31m红\u202e灯" + "很" * 400, post="gate").number
    assert refusal(desk, "front", life.offer, remark="长" * 501).field == "remark"
    assert refusal(desk, "front", life.mark, post="desk", record=entry, mark="9", words="x").field == "mark"
    assert refusal(desk, "front", life.mark, post="desk", record=entry, mark="2", words="长" * 201).field == "words"
    mark(desk, entry, "[red]先看[/]")
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "front")
        for room in ("shift", "postbook", "handovers", "roster"):
            app.action_room(room)
            await pilot.pause()
            await pilot.press("down", "down", "enter", "escape")
        app.action_room("shift")
        await pilot.pause()
        assert "[/b]" in text_of(app)
        assert "\x1b" not in text_of(app)


async def test_a_guard_who_takes_the_desk_opens_what_is_first_and_reads_nothing_else(desk: Desk, clock: Clock) -> None:
    record, other = take(desk).record, take(desk, "request", what="办月卡").record
    come(desk, "front")
    at(desk, clock, 17, 1)
    mark(desk, record)
    number = offer(desk, goes_to="guards")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "guard")
        app.action_room("shift")
        await pilot.pause()
        await pilot.press("p")
        await pilot.pause()
        app.screen.show(other)
        await pilot.press("enter")
        await pilot.pause()
        assert "13900001111" not in text_of(app)
        await pilot.press("escape")
        app.screen.show(record)
        await pilot.press("enter", "escape")
        await pilot.pause()
        app.screen.show(number)
        await pilot.press("t", "f9")
        await pilot.pause()
        assert get(desk, number).incoming == "guard"


async def test_the_queue_says_who_answers_for_the_desk_from_the_second_signature_on(desk: Desk, clock: Clock) -> None:
    take(desk)
    come(desk, "front")
    app = run(desk, clock)
    async with app.run_test(size=(140, 36)) as pilot:
        await sign_in(pilot, "lead")
        assert "Front (receptionist) answers for the desk" in text_of(app)
        hand(desk, "front", "lead")
        await until(pilot, lambda: "Lead (supervisor) answers for the desk" in text_of(app))


async def test_the_last_one_at_the_desk_is_asked_before_they_sign_out(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_sign_out()
        await pilot.pause()
        assert app.who is not None
        await pilot.press("escape")
        assert app.who is not None
        app.action_sign_out()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.who is None


@pytest.mark.parametrize("room", ["shift", "queue", "roster", "complaints", "passes"])
async def test_signing_out_from_any_room_after_a_question_leaves_no_fault(desk: Desk, clock: Clock, room: str) -> None:
    come(desk, "front")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_room(room)
        await pilot.pause()
        await pilot.press("ctrl+o")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.who is None


async def test_a_guard_takes_a_call_at_night_in_the_same_intake(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 21)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "guard")
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press(*"3-2-1502", "enter")
        app.screen.form.put_some({"caller_number": "000", "kind": "repair", "what": "水管漏", "carry": "夜间"})
        await pilot.press("f9")
        await pilot.pause()
    with desk.look() as view:
        assert [one.carried for one in carrying.waiting(view)] == ["夜间"]


@pytest.mark.clause("DUT-6")
def test_what_was_carried_over_stands_on_the_page_with_the_end_of_its_promise(desk: Desk, clock: Clock) -> None:
    taken = night(desk, clock).contact
    desk.operator = "front"
    assert lines(desk)[taken].until == "11-25 17:00"


def test_a_page_that_is_offered_anew_tells_the_leader_once_of_what_stands_still(desk: Desk, clock: Clock) -> None:
    number = on_hold(desk)
    come(desk, "front")
    for goes, comes in pairwise(("front", "lead", "front")):
        hand(desk, goes, comes)
        clock.forward(minutes=2)
    do(desk, "front", life.withdraw, offer(desk))
    offer(desk)
    with desk.store.reading() as session:
        told = [
            one for one in clocks.of_record(session, number) if one.rule == "handover.stale" and one.ended_at is None
        ]
    assert len(told) == 1


def test_a_guard_reads_no_remark_of_a_desk_that_was_not_handed_to_the_guards(desk: Desk) -> None:
    come(desk, "front")
    ours, theirs = offer(desk, remark="王女士的电话打不通"), ""
    desk.operator = "guard"
    assert "王女士" not in str(record_parts(desk, "handovers", ours))
    do(desk, "front", life.withdraw, ours)
    theirs = offer(desk, goes_to="guards", remark="夜里留意3栋")
    desk.operator = "guard"
    assert "留意3栋" in str(record_parts(desk, "handovers", theirs))


async def test_the_post_whose_page_is_shown_is_the_one_that_is_handed_over(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 16, 45)
    come(desk, "guard", "gate")
    come(desk, "front")
    hand(desk, "front", "guard", goes_to="guards")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "guard")
        app.action_room("shift")
        await pilot.pause()
        while app.screen.post != "desk":
            await pilot.press("p")
            await pilot.pause()
        await pilot.press("h", "f9")
        await pilot.pause()
        assert get(desk, app.screen.offered).post == "desk"


@pytest.mark.clause("DUT-8")
async def test_the_last_one_at_the_desk_is_asked_before_the_program_ends(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.is_running
        assert "You stay answerable" in text_of(app)
        await pilot.press("escape", "ctrl+q", "enter")
        await pilot.pause()
    assert app.return_code == 0


@pytest.mark.clause("DUT-11")
def test_a_page_is_not_taken_back_by_whoever_has_gone(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 16, 40)
    there = come(desk, "front")
    at(desk, clock, 17, 5)
    number = offer(desk, post="desk", goes_to="tomorrow")
    do(desk, "front", duty.leave, there)
    assert isinstance(wrong(desk, "front", life.withdraw, number), StateChanged)
    assert "handover.tomorrow" in running(desk, number)


@pytest.mark.clause("DUT-11")
def test_the_guard_who_takes_the_desk_stands_on_a_post_and_does_not_leave_it_with_the_desk(
    desk: Desk, clock: Clock
) -> None:
    somebody(desk, "gus", "guard")
    at(desk, clock, 17, 10)
    there = come(desk, "front")
    hand(desk, "front", "guard", post="desk", goes_to="guards")
    assert holder(desk) == "guard"
    do(desk, "front", duty.leave, there)
    assert holder(desk) == "guard"
    come(desk, "gus", "gate")
    with desk.look() as view:
        own = next(one.number for one in cover.present(view) if one.operator == "guard")
    hand(desk, "guard", "gus", post="gate")
    assert "front desk" in str(wrong(desk, "guard", duty.leave, own))
    hand(desk, "guard", "gus", post="desk", goes_to="guards")
    do(desk, "guard", duty.leave, own)
    assert holder(desk) == "gus"


def test_a_page_is_of_a_post_that_the_site_mans(desk: Desk) -> None:
    come(desk, "guard", "gate")
    with desk.act(operator="guard") as act, pytest.raises(Invalid) as caught:
        life.offer(act, post="moon")
    assert caught.value.field == "post"


@pytest.mark.clause("DUT-8")
def test_whoever_was_covered_at_lunch_is_not_back_on_another_day(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 11, 0)
    come(desk, "front")
    at(desk, clock, 12, 30)
    with desk.act(operator="lead") as act:
        life.cover_noon(act)
    at(desk, clock, 15, 0, day=25)
    come(desk, "lead")
    with desk.act(operator="front") as act, pytest.raises(NotAllowed):
        life.cover_noon(act)


def test_a_number_of_things_has_few_digits(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        things.read_counts("9" * 5000, ["keys"])
    assert caught.value.field == "counts"


@pytest.mark.clause("DUT-8")
def test_in_the_morning_the_desk_is_not_left_to_tomorrow(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 7, 40, day=25)
    come(desk, "front")
    with desk.act(operator="front") as act, pytest.raises(Invalid) as caught:
        life.offer(act, post="desk", goes_to="tomorrow")
    assert caught.value.field == "goes_to"


@pytest.mark.clause("DUT-10")
def test_tomorrow_begins_with_its_duty_and_not_at_midnight(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 23, 58)
    there = come(desk, "front")
    number = offer(desk, post="desk", goes_to="tomorrow")
    at(desk, clock, 0, 1, day=25)
    assert isinstance(wrong(desk, "front", life.take, number), NotAllowed)
    do(desk, "front", duty.leave, there)
    at(desk, clock, 8, 0, day=25)
    do(desk, "front", life.take, number)
    assert get(desk, number).state == "taken"


def test_what_came_back_is_handed_over_again_before_one_leaves(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "receptionist")
    there = come(desk, "front")
    took = come(desk, "lead")
    come(desk, "ivy")
    hand(desk, "front", "lead", post="desk")
    do(desk, "project", duty.end, took, reason="生病")
    assert holder(desk) == "front"
    assert isinstance(wrong(desk, "front", duty.leave, there), StateChanged)


@pytest.mark.clause("DUT-11")
def test_a_page_that_was_left_to_tomorrow_is_over_once_somebody_answers_for_the_desk(desk: Desk, clock: Clock) -> None:
    somebody(desk, "ivy", "receptionist")
    at(desk, clock, 16, 40)
    there = come(desk, "front")
    number = offer(desk, post="desk", goes_to="tomorrow")
    at(desk, clock, 17, 10)
    do(desk, "front", duty.leave, there)
    at(desk, clock, 10, 0, day=26)
    come(desk, "lead")
    assert isinstance(wrong(desk, "ivy", life.take, number), StateChanged)
    assert holder(desk) == "lead"


def test_what_was_carried_over_may_be_of_the_same_cause_as_an_open_order(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 10)
    order = take(desk, "repair", what="楼道水管爆了").record
    taken = night(desk, clock)
    at(desk, clock, 8, 10, day=25)
    assert wrong(desk, "front", converting.convert, taken.contact, kind="complaint", same=order).field == "same"
    assert do(desk, "front", converting.convert, taken.contact, same=order).became == order
    with desk.store.reading() as session:
        assert session.get_one(Repair, order).urges == 1


@pytest.mark.clause("DUT-3")
def test_the_page_tells_of_a_worker_who_is_late(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 10)
    number = take(desk, "repair").record
    do(desk, "front", repairs.order, number)
    do(desk, "front", repairs.notify, number)
    do(desk, "engineer", repairs.collect, number, branch="listed")
    assert number not in lines(desk)
    clock.forward(minutes=20)
    assert lines(desk)[number].kind == "late"


@pytest.mark.clause("DUT-10")
def test_what_came_between_the_two_signatures_stands_on_the_page_as_such(desk: Desk, clock: Clock) -> None:
    at(desk, clock, 10)
    come(desk, "front")
    early = take(desk, "complaint").record
    number = offer(desk, "front")
    clock.forward(minutes=2)
    late = take(desk, "emergency", emergency="lift", place="3栋", promised_at=clock.now + timedelta(minutes=5)).record
    come(desk, "lead")
    do(desk, "lead", life.take, number)
    signed = {line.record: line for line in page.of(get(desk, number))}
    assert (signed[early].later if early in signed else False, signed[late].later) == (False, True)
    assert signed[late].matter.startswith("＋")
