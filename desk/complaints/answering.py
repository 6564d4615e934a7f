"""What the customer is told: a holding answer, the result, a letter, or when the next reply comes."""

from datetime import datetime

from data.cases import Complaint
from data.words import N_, named
from desk import cases
from desk.act import Act
from desk.complaints import life, manager
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.view import View

WRITTEN = ("letter", "fax", "email", "online")
ANSWERS = {"holding": N_("holding answer"), "result": N_("the result")}


def why_not_reply(view: View, case: Complaint) -> Refused | None:
    """A major complaint that cannot be solved yet has a time for its next reply before a holding answer (CMP-58)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    agreed = life.next_reply_agreed(view.session, case.number, view.now)
    if case.grade == "major" and case.answered_at is None and not agreed:
        return StateChanged(
            N_("A major complaint that is not solved yet gets a time for its next reply: agree on it first."),
            clause="CMP-58",
        )
    return None


def reply(act: Act, *, number: str, text: str) -> Complaint:
    """A respectful holding answer: ends the first-reply clocks, not what is owed (CMP-4, CMP-5, CMP-45).

    Raises:
        StateChanged: a major complaint that cannot be solved yet has no time for its next reply (CMP-58).
    """
    act.require("complaints.reply")
    case = life.ready(act, number, why_not_reply)
    if case.answered_at is None:
        cases.stamp_reply(act, case, text)
        case.state = "replied"
    else:
        cases.write_down(act, case.number, "reply", texts.needed(text, "text"))
    life.enter(act, "complaints.reply", case)
    return case


def why_not_answer(view: View, case: Complaint) -> Refused | None:
    """The result is told once nobody has to be heard before (CMP-51, CMP-56)."""
    return cases.why_not_open(view, case) or manager.why_not(view, case)


def answer(act: Act, *, number: str, text: str) -> Complaint:
    """Tell the customer the result and stamp the time; never before the manager has agreed (CMP-51, CMP-56).

    What is answered on the spot, without a slip, needs nobody (CMP-44); an invalid complaint gets its explanation
    here (CMP-27).

    Raises:
        StateChanged: a department has not reported back, or the manager has not agreed.
    """
    act.require("complaints.answer")
    case = life.ready(act, number, why_not_answer)
    cases.stamp_reply(act, case, text)
    case.answered_at, case.state = act.now, "answered"
    life.enter(act, "complaints.answer", case)
    return case


def investigate(act: Act, *, number: str, findings: str) -> Complaint:
    """Write down what was found out the same day; stops that clock (INT-20)."""
    act.require("complaints.investigate")
    case = life.ready(act, number, cases.why_not_open)
    cases.write_down(act, case.number, "investigate", texts.needed(findings, "findings"))
    life.enter(act, "complaints.investigate", case)
    return case


def why_not_written_reply(view: View, case: Complaint) -> Refused | None:
    """Only what came in writing gets a formal written answer (CMP-6, CMP-7)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.channel not in WRITTEN:
        return StateChanged(N_("Only a letter or fax gets a formal written answer: use reply."), clause="CMP-7")
    return None


def written_reply(act: Act, *, number: str, text: str) -> Complaint:
    """The formal written answer by the head of customer service to a letter or fax (CMP-6, CMP-7).

    Raises:
        StateChanged: the complaint did not come in writing; Invalid: the text is missing or too long.
    """
    act.require("complaints.written_reply")
    case = life.ready(act, number, why_not_written_reply)
    cases.write_down(act, case.number, "written_reply", texts.needed(text, "text"))
    case.written_at = act.now
    life.enter(act, "complaints.written_reply", case)
    return case


def promise(act: Act, *, number: str, promised_at: datetime, text: str) -> Complaint:
    """Explain why it is not solved yet and fix the time of the next reply (CMP-21)."""
    case = cases.promise(act, Complaint, number=number, promised_at=promised_at, text=text)
    return case


def answer_name(kind: str) -> str:
    """A holding answer or the result, in the reader's language."""
    return named(ANSWERS, kind)


def why_not_respond(view: View, case: Complaint) -> Refused | None:
    """Either a holding answer or the result may go out."""
    holding = why_not_reply(view, case)
    return holding if holding is None or why_not_answer(view, case) is not None else None


def respond(act: Act, *, number: str, kind: str, text: str) -> Complaint:
    """A holding answer, or the result once it may go out.

    Args:
        kind: "holding" or "result".
    """
    if kind not in ANSWERS:
        raise Invalid(N_("Choose a holding answer or the result."), field="kind")
    return answer(act, number=number, text=text) if kind == "result" else reply(act, number=number, text=text)
