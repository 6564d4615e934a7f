"""The journal says what happened: a sentence follows from the verb and its facts."""

from pathlib import Path

import pytest

from data.journal import JournalEntry
from desk import journal, passes
from desk.act import Desk
from desk.paper import printing
from desk.systems import ACTS, VERBS, sentence, verb_name
from tests.conftest import Clock
from tests.helpers import issue, sealed, take


def lines(desk: Desk, record: str) -> list[str]:
    with desk.read() as session:
        return [journal.said(entry) for entry in journal.timeline(session, record)]


def test_a_fact_that_turns_a_verb_has_words_of_its_own() -> None:
    turned = [(verb, name, value) for verb in VERBS for name, value in ACTS[verb].by_fact]
    assert turned
    for verb, name, value in turned:
        assert sentence(verb, {name: value}) != verb_name(verb), "it would say nothing of the fact"
        assert sentence(verb, {name: "something else"}) == verb_name(verb)


def test_a_lost_lower_part_did_not_come_back(desk: Desk) -> None:
    number = sealed(desk)
    with desk.act() as act:
        passes.void(act, number=number, reason="填错", slip="due")
        passes.return_slip(act, number=number, lost=True, statement="搬家时丢失")
    assert "lower part lost" in lines(desk, number)
    assert "lower part came back" not in lines(desk, number)


def test_a_print_stands_in_the_journal_once_it_succeeded_and_says_which_way(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = sealed(desk)
    monkeypatch.setattr(printing, "send", lambda _pdf, _title: (_ for _ in ()).throw(printing.NoPrinter("no printer")))
    with pytest.raises(printing.NoPrinter):
        passes.put_on_paper(desk, number, None)
    assert "pass printed" not in lines(desk, number)
    assert "printing failed" in lines(desk, number)
    with desk.read() as session:
        assert passes.get(session, number).prints == 0
    passes.put_on_paper(desk, number, tmp_path / "a.pdf")
    assert lines(desk, number)[-1] == "pass saved as a file"
    monkeypatch.setattr(printing, "send", lambda _pdf, _title: None)
    passes.put_on_paper(desk, number, None)
    assert lines(desk, number)[-1] == "pass printed"


def test_every_paper_that_leaves_stands_in_the_journal_and_none_that_did_not(desk: Desk, tmp_path: Path) -> None:
    from desk import forms
    from screens.printing import put_document

    record = take(desk).record
    paper = forms.document(desk, "complaints", record, "register")
    put_document(desk, paper, tmp_path / "a.pdf")
    assert lines(desk, record)[-1] == "paper saved as a file"
    before = lines(desk, record)
    with pytest.raises(Exception, match="already"):
        put_document(desk, paper, tmp_path / "a.pdf")
    assert lines(desk, record) == before


def test_a_pass_against_the_archive_says_so(desk: Desk, clock: Clock) -> None:
    from tests.helpers import draft

    with desk.act(operator="lead") as act:
        number = passes.issue(act, draft=draft(desk, mover="白客", archive_wrong="过户")).number
    assert lines(desk, number)[0] == "pass issued against the archive"
    assert lines(desk, issue(desk))[0] == "pass issued"


def test_what_an_unknown_entry_says_is_its_verb() -> None:
    entry = JournalEntry(
        number=1, at=Clock().now, operator="x", workstation="", system="x", record="", verb="x.y", facts="{}", digest=""
    )
    assert journal.said(entry) == "x.y"
