"""The work-contact slip 工作联系单: opinion signed, receipt signed, feedback, agreement, and a later end (A3d)."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from data.cases import Complaint, Slip
from data.clocks import Clock
from data.words import N_
from desk import cases, clocks
from desk.act import Act
from desk.complaints import life
from desk.refusals import Invalid, NotAllowed, StateChanged
from desk.roles import DEPARTMENTS, DESK


def slips_of(session: Session, number: str) -> list[Slip]:
    """The slips of a complaint, oldest first."""
    return list(session.exec(select(Slip).where(Slip.complaint == number).order_by(col(Slip.number))))


WAITING = ("written", "signed", "received")


def is_pending(slips: list[Slip]) -> bool:
    """Whether a department has still to sign for a slip, or to report back."""
    return any(slip.state in WAITING for slip in slips)


def slip_in(session: Session, number: str, *states: str) -> Slip | None:
    """The oldest slip of a complaint in one of these states."""
    return next((slip for slip in slips_of(session, number) if slip.state in states), None)


def refer(act: Act, *, number: str, department: str, note: str = "") -> Complaint:
    """Write the slip that makes a department act; ends the ten-minute clock (CMP-12, CMP-47, CMP-57).

    Raises:
        StateChanged: that department has an open slip already; Invalid: the department is not known.
    """
    act.require("complaints.refer")
    case = life.get_open(act, number)
    if department not in DEPARTMENTS:
        raise Invalid(N_("Choose the department."), field="department")
    waiting = [slip for slip in slips_of(act.session, case.number) if slip.state in WAITING]
    if any(slip.department == department for slip in waiting):
        raise StateChanged(N_("That department has a slip already: chase it."), field="department", clause="CMP-14")
    note = cases.limited(note, "note")
    slip = Slip(
        number=act.number("slips"), complaint=case.number, department=department, matter=note or case.what,
        at=act.now, written_by=act.operator.code,
    )  # fmt: skip
    unanswer(case)
    cases.pass_on(act, case, department, note)
    case.state = "referred"
    _enter(act, "complaints.refer", case, slip)
    return case


def forget_result(case: Complaint) -> None:
    """What comes anew from a department has to be agreed to anew."""
    case.agreed_at, case.agreed_by = None, ""


def unanswer(case: Complaint) -> None:
    """What was told, confirmed and called solved no longer stands: a department has it again."""
    case.answered_at = case.confirmed_at = case.settled_at = None
    case.confirmed_how = ""


def recall(act: Act, *, number: str, department: str, reason: str) -> Slip:
    """Take back a slip that went to the wrong department, or to one where nobody signs (CMP-14).

    Raises:
        StateChanged: that department has no slip that waits; Invalid: no reason is given.
    """
    act.require("complaints.recall")
    case = life.get_open(act, number)
    waiting = [slip for slip in slips_of(act.session, case.number) if slip.state in WAITING]
    slip = next((slip for slip in waiting if slip.department == department), None)
    if slip is None:
        raise StateChanged(N_("That department has no slip that waits."), field="department", clause="CMP-14")
    cases.write_down(act, case.number, "recall", cases.needed(reason, "reason"))
    slip.state = "recalled"
    _enter(act, "complaints.recall", case, slip)
    return slip


def sign(act: Act, *, number: str, opinion: str) -> Slip:
    """The supervisor signs the handling opinion before the department gets the slip (CMP-49)."""
    act.require("complaints.sign")
    case = life.get_open(act, number)
    slip = _needed_slip(act, case, N_("No slip waits for an opinion."), "CMP-49", "written")
    slip.opinion = cases.needed(opinion, "opinion")
    slip.signed_by, slip.signed_at, slip.state = act.operator.code, act.now, "signed"
    _enter(act, "complaints.sign", case, slip)
    return slip


def receive(act: Act, *, number: str) -> Slip:
    """The department complained of signs that it has the slip (CMP-50).

    Raises:
        StateChanged: no signed slip waits; NotAllowed: the signer belongs to another department.
    """
    act.require("complaints.receive")
    case = life.get_open(act, number)
    if slip_in(act.session, case.number, "signed") is None and slip_in(act.session, case.number, "written"):
        raise StateChanged(N_("The supervisor signs the opinion first."), clause="CMP-49")
    waiting = [slip for slip in slips_of(act.session, case.number) if slip.state == "signed"]
    if not waiting:
        raise StateChanged(N_("No slip waits to be collected."), clause="CMP-50")
    slip = next((slip for slip in waiting if slip.department == act.operator.department), None)
    if slip is None:
        raise NotAllowed(
            N_("The slip is for {department}: somebody of that department signs."),
            department=cases.department_name(waiting[0].department), clause="CMP-50",
        )  # fmt: skip
    slip.received_by, slip.received_at, slip.state = act.operator.code, act.now, "received"
    _enter(act, "complaints.receive", case, slip)
    return slip


def feedback(act: Act, *, number: str, text: str) -> Slip:
    """What the department reports back; the customer is answered the same day (CMP-51, INT-21).

    Raises:
        StateChanged: no slip was collected; NotAllowed: neither the department's nor the desk's.
    """
    act.require("complaints.feedback")
    case = life.get_open(act, number)
    collected = [slip for slip in slips_of(act.session, case.number) if slip.state == "received"]
    if not collected:
        raise StateChanged(N_("No department has collected a slip yet."), clause="CMP-50")
    own = next((slip for slip in collected if slip.department == act.operator.department), None)
    if own is None and not DESK & set(act.operator.roles.split()):
        raise NotAllowed(N_("Only that department or the desk writes its feedback."), clause="CMP-51")
    slip = own or collected[0]
    slip.feedback = cases.needed(text, "text")
    slip.feedback_by, slip.feedback_at, slip.state = act.operator.code, act.now, "answered"
    forget_result(case)
    _enter(act, "complaints.feedback", case, slip, agrees=act.chosen("X-31"))
    return slip


def agree(act: Act, *, number: str, agreed: str, text: str = "") -> Complaint:
    """The manager agrees to the result, or sends it back to the department with what is missing (CMP-56).

    Args:
        agreed: "yes" or "no".
        text: what is missing, when not; what is agreed to, where no department reported.

    Raises:
        NotAllowed: the site's choice names another post (X-31); StateChanged: there is no result to agree to.
    """
    act.require("complaints.agree")
    case = life.get_unfiled(act, number)
    post = act.chosen("X-31")
    if not {post, "company_manager"} & set(act.operator.roles.split()):
        raise NotAllowed(N_("Your role may not do this; ask somebody whose post it is to sign."), clause="CMP-56")
    if agreed not in ("yes", "no"):
        raise Invalid(N_("Choose yes or no."), field="agreed", clause="CMP-56")
    slips = slips_of(act.session, case.number)
    if is_pending(slips):
        raise StateChanged(N_("A department has not reported back yet."), clause="CMP-51")
    answered = [slip for slip in slips if slip.state == "answered"]
    if agreed == "no":
        life.get_open(act, number)
        _send_back(act, case, answered, cases.needed(text, "text"))
        return case
    if not answered:
        cases.needed(text, "text")
    if text := cases.limited(text, "text"):
        cases.write_down(act, case.number, "agree", text)
    case.agreed_by, case.agreed_at = act.operator.code, act.now
    life.enter(act, "complaints.agree", case)
    return case


def _send_back(act: Act, case: Complaint, slips: list[Slip], text: str) -> None:
    if not slips:
        raise StateChanged(N_("There is no slip to send back."), clause="CMP-14")
    slip = slips[-1]
    forget_result(case)
    unanswer(case)
    slip.state = "received"
    slip.received_at = act.now
    cases.write_down(act, case.number, "send_back", text)
    _enter(act, "complaints.send_back", case, slip)


def _enter(act: Act, verb: str, case: Complaint, slip: Slip, **facts: Any) -> None:
    """Leave a slip's entry with since when slips wait for opinion, receipt and feedback, and whether any does."""
    act.session.add(slip)
    act.session.flush()
    slips = slips_of(act.session, case.number)
    waits: dict[str, list[Any]] = {
        "opinion": [one.at for one in slips if one.state == "written"],
        "receipt": [one.signed_at for one in slips if one.state == "signed"],
        "feedback": [one.received_at for one in slips if one.state == "received"],
    }
    for name, since in waits.items():
        facts[name] = "yes" if since else "no"
        facts[f"{name}_at"] = min(since, default=None)
    reported = any(one.state == "answered" for one in slips)
    owed = reported and not any(waits.values()) and case.agreed_at is None
    facts["owed"] = "yes" if owed else "no"
    life.enter(act, verb, case, slip=slip.number, department=slip.department, **facts)
    cases.show_department(act, case.number, slip.department)


def _needed_slip(act: Act, case: Complaint, why: str, clause: str, state: str) -> Slip:
    slip = slip_in(act.session, case.number, state)
    if slip is None:
        raise StateChanged(why, clause=clause)
    return slip


def _one_day(act: Act, number: str) -> Clock:
    running = [c for c in clocks.of_record(act.session, number) if c.rule == "T-14" and c.ended_at is None]
    if not running:
        raise StateChanged(N_("No one-day promise is running here."), clause="CMP-52")
    return running[0]


def ask_overrun(act: Act, *, number: str, until: datetime, reason: str) -> Complaint:
    """Ask for more than the one day an important complaint has (CMP-52)."""
    act.require("complaints.ask_overrun")
    case = life.get_open(act, number)
    clock = _one_day(act, case.number)
    if until <= clock.due_at or until <= act.now:
        raise Invalid(N_("The new end must be later than the old one and than now."), field="until")
    if until > act.now + clocks.LATEST_EXTENSION:
        raise Invalid(N_("A later end lies within a year: check the date."), field="until")
    cases.write_down(act, case.number, "overrun", cases.needed(reason, "reason"))
    case.overrun_until = until
    life.enter(act, "complaints.ask_overrun", case, until=until)
    return case


def decide_overrun(act: Act, *, number: str, approved: str, text: str) -> Complaint:
    """The management department's manager approves the overrun, which moves the deadline, or does not (CMP-52)."""
    act.require("complaints.decide_overrun")
    case = life.get_open(act, number)
    if case.overrun_until is None:
        raise StateChanged(N_("Nobody has asked for a later end."), clause="CMP-52")
    if approved not in ("yes", "no"):
        raise Invalid(N_("Choose yes or no."), field="approved", clause="CMP-52")
    text = cases.needed(text, "text")
    if approved == "yes":
        clocks.extend(act, clock_id=_one_day(act, case.number).id or 0, until=case.overrun_until, reason=text)
    cases.write_down(act, case.number, "overrun", text)
    case.overrun_until = None
    life.enter(act, "complaints.decide_overrun", case, approved=approved)
    return case
