"""Calls with several matters, questions for a specialist, business handed over, suggestions, what to say."""

from datetime import timedelta

import pytest

from data import words
from desk import cases, complaints, directory, followups, prompts, requests
from desk.act import Desk
from desk.clocks import clocks
from desk.contacts import intake
from desk.contacts.intake import Matter
from desk.ground.refusals import Invalid, NotAllowed, StateChanged
from tests.conftest import Clock
from tests.helpers import FIVE, choose, clock_of, own_file, running, take, unit, visit


@pytest.mark.clause("INT-7", "INT-15", "INT-23", "CMP-11")
def test_a_call_with_several_matters_gives_each_its_own_linked_record(desk: Desk, clock: Clock) -> None:
    with desk.act() as act:
        whole = intake.take_call(
            act,
            channel="phone",
            unit_id=unit(desk),
            caller_number="13900001111",
            matters=[
                Matter("complaint", "噪音", category="noise"),
                Matter("repair", "漏水"),
                Matter("question", "怎么交费", answer="扫码"),
            ],
        )
    assert [taken.system for taken in whole] == ["complaints", "repairs", ""]
    with desk.read() as session:
        last = intake.get(session, whole[2].contact)
        together = intake.of_call(session, last)
        assert [one.number for one in together] == [taken.contact for taken in whole]
        assert [one.call for one in together] == ["", whole[0].contact, whole[0].contact]
        assert cases.get(session, "complaints", whole[0].record).contact == whole[0].contact
        assert {one.caller_number for one in together} == {"13900001111"}


def test_a_call_is_all_or_nothing(desk: Desk) -> None:
    for matters in ([], [Matter("repair", "x")] * 10, [Matter("repair", "漏水"), Matter("question", "怎么交费")]):
        with pytest.raises(Invalid), desk.act() as act:
            intake.take_call(act, channel="visit", unit_id=unit(desk), matters=matters)
    assert take(desk).contact.startswith("LD26-000001-")


@pytest.mark.clause("INT-11", "INT-14")
def test_a_specialist_question_is_answered_at_the_agreed_time(desk: Desk, clock: Clock) -> None:
    with pytest.raises(Invalid) as caught:
        take(desk, "question", promised_at=clock.now)
    assert caught.value.field == "promised_at"
    number = take(desk, "question", promised_at=clock.now + timedelta(hours=3)).contact
    found = clock_of(desk, number, "T-20")
    assert (found.due_at, found.answerable) == (clock.now + timedelta(hours=3), "front")
    with pytest.raises(Invalid), desk.act() as act:
        intake.answer(act, number=number, text=" ")
    with desk.act() as act:
        intake.answer(act, number=number, text="产权随房")
    assert running(desk, number) == set()
    with pytest.raises(StateChanged), desk.act() as act:
        intake.answer(act, number=number, text="再答")


@pytest.mark.clause("INT-12", "INT-22")
@pytest.mark.parametrize("kind", ["official", "peer"])
def test_official_business_and_peer_companies_are_handed_to_somebody(desk: Desk, kind: str) -> None:
    with pytest.raises(Invalid) as caught:
        take(desk, kind, unit_id=None, person_id=None, stranger="街道办")
    assert caught.value.field == "handed_to"
    number = take(desk, kind, unit_id=None, person_id=None, stranger="街道办", handed_to="项经理").contact
    with desk.read() as session:
        contact = intake.get(session, number)
        assert (contact.handed_to, cases.who_came(session, contact)) == ("项经理", "街道办")


@pytest.mark.clause("REQ-3", "REQ-12")
def test_requests_suggestions_and_commissions_are_told_apart(desk: Desk) -> None:
    for kind in ("request", "suggestion", "commission"):
        record = take(desk, kind).record
        with desk.read() as session:
            assert cases.get(session, "requests", record).sort == kind
        assert ("suggestion.decide" in running(desk, record)) == (kind == "suggestion")


@pytest.mark.clause("REQ-7", "REQ-8", "REQ-9", "REQ-10", "REQ-11", "RV-25")
def test_a_suggestion_is_decided_by_the_director_posted_commended_and_visited(desk: Desk) -> None:
    record = take(desk, "suggestion").record
    with pytest.raises(NotAllowed), desk.act(operator="lead") as act:
        requests.decide(act, number=record, decision="adopted", text="下月办")
    for values, field in (({"decision": "", "text": "x"}, "decision"), ({"decision": "adopted", "text": ""}, "text")):
        with pytest.raises(Invalid) as caught, desk.act(operator="project") as act:
            requests.decide(act, number=record, **values)
        assert caught.value.field == field
    with desk.act() as act:
        requests.reply(act, number=record, text="谢谢")
        with pytest.raises(StateChanged, match="not decided"):
            requests.close(act, number=record, outcome="完")
    with desk.act(operator="project") as act:
        requests.decide(act, number=record, decision="adopted", text="下月办")
    assert running(desk, record) & {"suggestion.decide", "suggestion.publish"} == {"suggestion.publish"}
    with desk.act(operator="lead") as act:
        requests.publish(act, number=record, notice="公告栏", commended="单小云")
    with pytest.raises(StateChanged), desk.act(operator="lead") as act:
        requests.publish(act, number=record, notice="公告栏", commended="单小云")
    with desk.act() as act:
        requests.close(act, number=record, outcome="已采纳")
    assert running(desk, record) == {"suggestion.visit"}
    visit(desk, record, system="requests")
    assert running(desk, record) == set()
    home = unit(desk)
    with desk.read() as session:
        assert directory.card(session, home, desk.now()).commended
        assert cases.get(session, "requests", record).commended == "单小云"


@pytest.mark.clause("REQ-9")
def test_a_declined_suggestion_is_not_posted(desk: Desk) -> None:
    record = take(desk, "suggestion").record
    with desk.act(operator="project") as act:
        requests.decide(act, number=record, decision="declined", text="消防不许")
    assert "suggestion.publish" not in running(desk, record)
    with pytest.raises(StateChanged), desk.act(operator="lead") as act:
        requests.publish(act, number=record, notice="x", commended="y")


def test_only_suggestions_are_decided_and_visited(desk: Desk) -> None:
    record = take(desk, "request").record
    with pytest.raises(StateChanged), desk.act(operator="project") as act:
        requests.decide(act, number=record, decision="adopted", text="x")
    with pytest.raises(Invalid), desk.act() as act:
        followups.visit(act, number=record, system="passes", how="phone", satisfied="yes", **FIVE)


@pytest.mark.clause("INT-3", "INT-8", "CMP-9", "CMP-19", "RV-45", "RV-47")
def test_what_to_say_is_there_in_both_languages_with_the_sites_name(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        from desk import site

        site.put(act.session, "site.name", "云栖里")
        choose(act, rule="X-4", option="S2")
    said: dict[tuple[str, str], list[str]] = {}
    for language, name in (("zh", "云栖里"), ("en", "云栖里")):
        words.use(language)
        assert name in prompts.lines(desk, "greeting")[0]
        for moment in ("complaint", "visit"):
            said[language, moment] = prompts.lines(desk, moment)
        for moment in ("complaint", "closing", "holding", "question", "emergency", "visit"):
            assert prompts.lines(desk, moment, time="17:00")
        assert "17:00" in prompts.lines(desk, "holding", time="17:00")[0]
    for moment in ("complaint", "visit"):
        assert not set(said["zh", moment]) & set(said["en", moment])


def test_a_site_writes_its_own_words_and_leaves_out_what_it_does_not_want(desk: Desk) -> None:
    shipped = prompts.lines(desk, "greeting")
    own = own_file(desk, prompts.FILE, '[greeting]\nen = ["Hello {you} from {site}"]\nzh = 3\n')
    assert prompts.lines(desk, "greeting") == ["Hello {you} from "]
    assert prompts.lines(desk, "complaint") == []
    own.write_bytes(b"\xff\xfe")
    import os

    os.utime(own, (2_000_000_500, 2_000_000_500))
    assert prompts.lines(desk, "greeting") == shipped, "a file that cannot be read is passed over; doctor says so"


@pytest.mark.clause("INT-9", "CMP-5")
def test_the_read_back_names_what_the_caller_will_hear_and_by_when(desk: Desk) -> None:
    assert "17:00" in clocks.read_back(desk, take(desk).record)
    question = take(desk, "question", answer="是").contact
    assert clocks.read_back(desk, question) == f"Saved: {question}."


def test_the_card_shows_what_was_promised_and_what_the_gate_refused(desk: Desk, clock: Clock) -> None:
    from desk.passes import gate
    from tests.helpers import sealed

    record = take(desk).record
    with desk.act() as act:
        complaints.promise(act, number=record, promised_at=clock.now + timedelta(hours=2), text="等料")
    paper = sealed(desk)
    with desk.act(operator="guard") as act:
        gate.refuse(act, number=paper, reason="more", note="多一台")
    home = unit(desk)
    with desk.read() as session:
        card = directory.card(session, home, clock.now)
    assert [(one.rule, one.record) for one in card.promised] == [("T-20", record)]
    assert [(why, number) for _at, why, number in card.refusals] == [("more", paper)]


def test_a_question_is_answered_at_once_or_by_an_agreed_time_and_never_both(desk: Desk, clock: Clock) -> None:
    number = take(desk, "question", answer="扫码").contact
    assert running(desk, number) == set()
    with pytest.raises(Invalid) as both:
        take(desk, "question", answer="扫码", promised_at=clock.now + timedelta(hours=2))
    assert both.value.field == "promised_at"
    with pytest.raises(Invalid) as neither:
        take(desk, "question")
    assert neither.value.field == "answer"


@pytest.mark.clause("REQ-11", "RV-12")
def test_who_is_not_satisfied_with_what_came_of_a_suggestion_opens_it_again(desk: Desk) -> None:
    record = take(desk, "suggestion").record
    with desk.act(operator="project") as act:
        requests.decide(act, number=record, decision="declined", text="消防不许")
        requests.reply(act, number=record, text="不便采纳")
        requests.close(act, number=record, outcome="已说明")
    visit(desk, record, "no", system="requests")
    assert running(desk, record) == {"T-19"}


def test_an_unknown_person_is_refused_at_the_field(desk: Desk) -> None:
    from desk.ground.refusals import NotFound

    with pytest.raises(NotFound) as caught:
        take(desk, person_id=99999)
    assert caught.value.field == "who"
