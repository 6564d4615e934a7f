"""What the customer is told: a holding answer, the result, a letter, or when the next reply comes."""

from datetime import datetime

from data.cases import Complaint
from data.words import N_
from desk import cases
from desk.act import Act
from desk.complaints import life, manager
from desk.complaints.terms import SYSTEM
from desk.refusals import StateChanged

WRITTEN = ("letter", "fax")


def reply(act: Act, *, number: str, text: str) -> Complaint:
    """A respectful holding answer: ends the first-reply clocks, not what is owed (CMP-4, CMP-5, CMP-45).

    Raises:
        StateChanged: a major complaint that cannot be solved yet has no time for its next reply (CMP-58).
    """
    act.require("complaints.reply")
    case = life.get_open(act, number)
    if case.grade == "major" and case.answered_at is None and not life.next_reply_agreed(act.session, case.number):
        raise StateChanged(
            N_("A major complaint that is not solved yet gets a time for its next reply: agree on it first."),
            clause="CMP-58",
        )  # fmt: skip
    if case.answered_at is None:
        cases.stamp_reply(act, case, text)
        case.state = "replied"
    else:
        cases.write_down(act, case.number, "reply", cases.needed(text, "text"))
    life.enter(act, "complaints.reply", case)
    return case


def answer(act: Act, *, number: str, text: str) -> Complaint:
    """Tell the customer the result and stamp the time; never before the manager has agreed (CMP-51, CMP-56).

    What is answered on the spot, without a slip, needs nobody (CMP-44); an invalid complaint gets its explanation
    here (CMP-27).

    Raises:
        StateChanged: a department has not reported back, or the manager has not agreed.
    """
    act.require("complaints.answer")
    case = life.get_open(act, number)
    manager.check(act, case)
    cases.stamp_reply(act, case, text)
    case.answered_at, case.state = act.now, "answered"
    life.enter(act, "complaints.answer", case)
    return case


def investigate(act: Act, *, number: str, findings: str) -> Complaint:
    """Write down what was found out the same day; stops that clock (INT-20)."""
    act.require("complaints.investigate")
    case = life.get_open(act, number)
    cases.write_down(act, case.number, "investigate", cases.needed(findings, "findings"))
    life.enter(act, "complaints.investigate", case)
    return case


def written_reply(act: Act, *, number: str, text: str) -> Complaint:
    """The formal written answer by the head of customer service to a letter or fax (CMP-6, CMP-7).

    Raises:
        StateChanged: the complaint did not come in writing; Invalid: the text is missing or too long.
    """
    act.require("complaints.written_reply")
    case = life.get_open(act, number)
    if case.channel not in WRITTEN:
        raise StateChanged(N_("Only a letter or fax gets a formal written answer: use reply."), clause="CMP-7")
    cases.write_down(act, case.number, "written_reply", cases.needed(text, "text"))
    case.written_at = act.now
    life.enter(act, "complaints.written_reply", case)
    return case


def promise(act: Act, *, number: str, promised_at: datetime, text: str) -> Complaint:
    """Explain why it is not solved yet and fix the time of the next reply (CMP-21)."""
    case: Complaint = cases.promise(act, SYSTEM, number=number, promised_at=promised_at, text=text)
    return case
