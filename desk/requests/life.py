"""Requests, suggestions and commissioned services: within a day, or by the time that was promised (REQ-3, REQ-5)."""

from datetime import datetime

from data.cases import Contact, Request
from data.words import N_, named
from desk import cases
from desk.act import Act
from desk.cases.visited import visits_of
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.view import View

SYSTEM = "requests"
SORTS = {"request": N_("request"), "suggestion": N_("suggestion"), "commission": N_("commission")}
DECISIONS = {"adopted": N_("adopted"), "declined": N_("declined")}


def register(
    act: Act, *, contact: Contact, what: str, subject: str, sort: str = "request", promised_at: datetime | None = None
) -> Request:
    """Always recorded; a suggestion goes to the director, a commission is a request of its own kind (REQ-3, REQ-12)."""
    return cases.register(
        act,
        Request,
        contact=contact,
        what=what,
        subject=subject,
        promised_at=promised_at,
        sort=sort,
        facts={"sort": sort},
    )


def resort(act: Act, case: Request) -> None:
    """It was found to be another sort: a suggestion waits for the director from now on, what is none no longer does
    (REQ-7).
    """
    cases.enter(act, "requests.resort", case, by_itself=True)


def refer(act: Act, *, number: str, department: str, note: str = "") -> Request:
    """Pass the request on to a department; stops the ten-minute clock (CMP-47, REQ-1)."""
    return cases.refer(act, Request, number=number, department=department, note=note)


def reply(act: Act, *, number: str, text: str) -> Request:
    """Answer the customer. Stops the one-day or promised-time clock (REQ-5)."""
    return cases.reply(act, Request, number=number, text=text)


def promise(act: Act, *, number: str, promised_at: datetime, text: str) -> Request:
    """Explain why it is not done yet and fix the time of the next reply (REQ-5)."""
    return cases.promise(act, Request, number=number, promised_at=promised_at, text=text)


def why_not_decide(view: View, case: Request) -> Refused | None:
    """A suggestion is decided once (REQ-8)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.sort != "suggestion":
        return StateChanged(N_("Only a suggestion is decided."), clause="REQ-8")
    if case.decision:
        return StateChanged(N_("{number} is decided already."), number=case.number)
    return None


def decide(act: Act, *, number: str, decision: str, text: str) -> Request:
    """The director adopts a suggestion with a plan, or declines it with a reason (REQ-7, REQ-8).

    Raises:
        StateChanged: it is no suggestion, or decided already; Invalid: at the field.
    """
    act.require("requests.decide")
    case = cases.get_ready(act, Request, number, why_not_decide)
    if decision not in DECISIONS:
        raise Invalid(N_("Choose adopted or declined."), field="decision", clause="REQ-8")
    cases.write_down(act, case.number, "plan" if decision == "adopted" else "decline", texts.needed(text, "text"))
    case.decision, case.decided_by, case.decided_at = decision, act.operator.code, act.now
    act.session.add(case)
    cases.enter(act, "requests.decide", case, decision=decision)
    return case


def reopen(act: Act, case: Request) -> None:
    """Who is not satisfied at the visit opens it again: a day runs anew (RV-12, REQ-11)."""
    case.state, case.closed_at, case.replied_at = "open", None, None
    act.session.add(case)
    cases.enter(act, "requests.reopen", case, promised="no")


def why_not_publish(_view: View, case: Request) -> Refused | None:
    """The measures of an adopted suggestion are posted once (REQ-9)."""
    if case.decision != "adopted":
        return StateChanged(N_("Only an adopted suggestion is posted."), clause="REQ-9")
    if case.published_at is not None:
        return StateChanged(N_("{number} was posted already."), number=case.number)
    return None


def publish(act: Act, *, number: str, notice: str, commended: str) -> Request:
    """The measures were posted and who is commended for them 爱我小区 (REQ-9, REQ-10).

    Args:
        notice: what was posted and where.
        commended: the residents named; the household then goes first for the civilised-household award.
    """
    act.require("requests.publish")
    case = cases.get_ready(act, Request, number, why_not_publish)
    cases.write_down(act, case.number, "notice", texts.needed(notice, "notice"))
    case.commended, case.published_at = texts.needed(commended, "commended", 200), act.now
    act.session.add(case)
    cases.enter(act, "requests.publish", case)
    return case


def why_not_close(view: View, case: Request) -> Refused | None:
    """A request is closed once it was answered, and a suggestion once it was decided (CMP-21, REQ-8)."""
    if case.sort == "suggestion" and not case.decision:
        return StateChanged(N_("The director has not decided this suggestion yet."), clause="REQ-8")
    return cases.why_not_close(view, case)


def close(act: Act, *, number: str, outcome: str) -> Request:
    """Close the request with its outcome (CMP-21, REQ-8)."""
    case = cases.get_ready(act, Request, number, why_not_close)
    # Who was not satisfied at a visit is visited again, however the next round ends; a suggestion is in any case.
    angry = any(one.satisfied == "no" for one in visits_of(act.session, case.number))
    again = "yes" if angry and case.sort != "suggestion" else "no"
    return cases.close(act, Request, number=number, outcome=outcome, again=again)


def sort_name(sort: str) -> str:
    """The sort in the reader's language."""
    return named(SORTS, sort)


def decision_name(decision: str) -> str:
    """The decision in the reader's language."""
    return named(DECISIONS, decision)
