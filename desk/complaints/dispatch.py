"""The work-contact slip 工作联系单: opinion signed, receipt signed, feedback, agreement, and a later end (A3d)."""

from datetime import datetime

from data.cases import Complaint, Slip
from data.clocks import Clock
from data.tables import Value
from data.words import N_
from desk import cases
from desk.act import Act
from desk.clocks import clocks
from desk.complaints import life
from desk.complaints.life import WAITING, is_pending, slips
from desk.ground import texts
from desk.ground.refusals import Invalid, NotAllowed, Refused, StateChanged
from desk.ground.roles import DEPARTMENTS, DESK
from desk.operators import signs_for
from desk.view import View


def _in(view: View, case: Complaint, state: str) -> list[Slip]:
    """The slips of a complaint in a state, oldest first."""
    return [slip for slip in slips(view, case) if slip.state == state]


def refer(act: Act, *, number: str, department: str, note: str = "") -> Complaint:
    """Write the slip that makes a department act; ends the ten-minute clock (CMP-12, CMP-47, CMP-57).

    Raises:
        StateChanged: that department has an open slip already; Invalid: the department is not known.
    """
    act.require("complaints.refer")
    case = life.ready(act, number, cases.why_not_open)
    if department not in DEPARTMENTS:
        raise Invalid(N_("Choose the department."), field="department")
    waiting = [slip for slip in slips(act, case) if slip.state in WAITING]
    if any(slip.department == department for slip in waiting):
        raise StateChanged(N_("That department has a slip already: chase it."), field="department", clause="CMP-14")
    note = texts.limited(note, "note")
    slip = Slip(
        number=act.number("slips"),
        complaint=case.number,
        department=department,
        matter=note or case.what,
        at=act.now,
        written_by=act.operator.code,
    )
    life.unanswer(case)
    cases.pass_on(act, case, department, note)
    case.state = "referred"
    _enter(act, "complaints.refer", case, slip)
    return case


def why_not_recall(view: View, case: Complaint) -> Refused | None:
    """Only a slip that waits with a department can be taken back (CMP-14)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if not is_pending(slips(view, case)):
        return StateChanged(N_("No slip waits with a department."), clause="CMP-14")
    return None


def recall(act: Act, *, number: str, department: str, reason: str) -> Slip:
    """Take back a slip that went to the wrong department, or to one where nobody signs (CMP-14).

    Raises:
        StateChanged: that department has no slip that waits; Invalid: no reason is given.
    """
    act.require("complaints.recall")
    case = life.ready(act, number, why_not_recall)
    waiting = [slip for slip in slips(act, case) if slip.state in WAITING]
    slip = next((slip for slip in waiting if slip.department == department), None)
    if slip is None:
        raise StateChanged(N_("That department has no slip that waits."), field="department", clause="CMP-14")
    cases.write_down(act, case.number, "recall", texts.needed(reason, "reason"))
    slip.state = "recalled"
    _enter(act, "complaints.recall", case, slip)
    return slip


def why_not_sign(view: View, case: Complaint) -> Refused | None:
    """An opinion is signed on a slip that was just written (CMP-49)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    return None if _in(view, case, "written") else StateChanged(N_("No slip waits for an opinion."), clause="CMP-49")


def sign(act: Act, *, number: str, opinion: str) -> Slip:
    """The supervisor signs the handling opinion before the department gets the slip (CMP-49)."""
    act.require("complaints.sign")
    case = life.ready(act, number, why_not_sign)
    slip = _in(act, case, "written")[0]
    slip.opinion = texts.needed(opinion, "opinion")
    slip.signed_by, slip.signed_at, slip.state = act.operator.code, act.now, "signed"
    _enter(act, "complaints.sign", case, slip)
    return slip


def why_not_receive(view: View, case: Complaint) -> Refused | None:
    """A department signs for a slip once the supervisor's opinion stands on it (CMP-49, CMP-50)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if _in(view, case, "signed"):
        return None
    if _in(view, case, "written"):
        return StateChanged(N_("The supervisor signs the opinion first."), clause="CMP-49")
    return StateChanged(N_("No slip waits to be collected."), clause="CMP-50")


def receives(view: View, case: Complaint) -> bool:
    """Whether a slip waits for the department of the operator at the desk."""
    return any(slip.department in signs_for(view.operator) for slip in _in(view, case, "signed"))


def receive(act: Act, *, number: str) -> Slip:
    """The department complained of signs that it has the slip (CMP-50).

    Raises:
        StateChanged: no signed slip waits; NotAllowed: the signer belongs to another department.
    """
    act.require("complaints.receive")
    case = life.ready(act, number, why_not_receive)
    waiting = _in(act, case, "signed")
    slip = next((slip for slip in waiting if slip.department in signs_for(act.operator)), None)
    if slip is None:
        raise NotAllowed(
            N_("The slip is for {department}: somebody of that department signs."),
            department=cases.department_name(waiting[0].department),
            clause="CMP-50",
        )
    slip.received_by, slip.received_at, slip.state = act.operator.code, act.now, "received"
    _enter(act, "complaints.receive", case, slip)
    return slip


def why_not_feedback(view: View, case: Complaint) -> Refused | None:
    """A department reports back once it has collected its slip (CMP-50, CMP-51)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if not _in(view, case, "received"):
        return StateChanged(N_("No department has collected a slip yet."), clause="CMP-50")
    return None


def feedback(act: Act, *, number: str, text: str) -> Slip:
    """What the department reports back; the customer is answered the same day (CMP-51, INT-21).

    Raises:
        StateChanged: no slip was collected; NotAllowed: neither the department's nor the desk's.
    """
    act.require("complaints.feedback")
    case = life.ready(act, number, why_not_feedback)
    collected = _in(act, case, "received")
    own = next((slip for slip in collected if slip.department in signs_for(act.operator)), None)
    if own is None and not DESK & set(act.operator.roles.split()):
        raise NotAllowed(N_("Only that department or the desk writes its feedback."), clause="CMP-51")
    slip = own or collected[0]
    slip.feedback = texts.needed(text, "text")
    slip.feedback_by, slip.feedback_at, slip.state = act.operator.code, act.now, "answered"
    life.forget_result(case)
    _enter(act, "complaints.feedback", case, slip, agrees=act.chosen("X-31"))
    return slip


def why_not_agree(view: View, case: Complaint) -> Refused | None:
    """The manager agrees or sends back once every department has reported, until it is filed (CMP-51, CMP-56)."""
    if (filed := life.why_not_unfiled(view, case)) is not None:
        return filed
    if is_pending(slips(view, case)):
        return StateChanged(N_("A department has not reported back yet."), clause="CMP-51")
    return None


def agree(act: Act, *, number: str, agreed: str, text: str = "") -> Complaint:
    """The manager agrees to the result, or sends it back to the department with what is missing (CMP-56).

    Args:
        agreed: "yes" or "no".
        text: what is missing, when not; what is agreed to, where no department reported.

    Raises:
        NotAllowed: the site's choice names another post (X-31); StateChanged: there is no result to agree to.
    """
    act.require("complaints.agree")
    case = life.ready(act, number, why_not_agree)
    post = act.chosen("X-31")
    if not {post, "company_manager"} & set(act.operator.roles.split()):
        raise NotAllowed(N_("Your role may not do this; ask somebody whose post it is to sign."), clause="CMP-56")
    if agreed not in ("yes", "no"):
        raise Invalid(N_("Choose yes or no."), field="agreed", clause="CMP-56")
    answered = _in(act, case, "answered")
    if agreed == "no":
        life.ready(act, number, cases.why_not_open)
        _send_back(act, case, answered, texts.needed(text, "text"))
        return case
    if not answered:
        texts.needed(text, "text")
    if text := texts.limited(text, "text"):
        cases.write_down(act, case.number, "agree", text)
    case.agreed_by, case.agreed_at = act.operator.code, act.now
    life.enter(act, "complaints.agree", case)
    return case


def _send_back(act: Act, case: Complaint, answered: list[Slip], text: str) -> None:
    if not answered:
        raise StateChanged(N_("There is no slip to send back."), clause="CMP-14")
    slip = answered[-1]
    life.forget_result(case)
    life.unanswer(case)
    slip.state = "received"
    slip.received_at = act.now
    cases.write_down(act, case.number, "send_back", text)
    _enter(act, "complaints.send_back", case, slip)


def _enter(act: Act, verb: str, case: Complaint, slip: Slip, **facts: Value) -> None:
    """Leave a slip's entry with since when slips wait for opinion, receipt and feedback, and whether any does."""
    act.session.add(slip)
    act.session.flush()
    found = slips(act, case)
    waits: dict[str, list[Value]] = {
        "opinion": [one.at for one in found if one.state == "written"],
        "receipt": [one.signed_at for one in found if one.state == "signed"],
        "feedback": [one.received_at for one in found if one.state == "received"],
    }
    for name, since in waits.items():
        facts[name] = "yes" if since else "no"
        facts[f"{name}_at"] = min(since, default=None)
    reported = any(one.state == "answered" for one in found)
    owed = reported and not any(waits.values()) and case.agreed_at is None
    facts["owed"] = "yes" if owed else "no"
    life.enter(act, verb, case, slip=slip.number, department=slip.department, **facts)
    cases.show_department(act, case.number, slip.department)


def _one_day(view: View, case: Complaint) -> Clock | None:
    """The running one-day promise of a complaint."""
    running = view.once(("clocks", case.number), lambda: clocks.of_record(view.session, case.number))
    return next((clock for clock in running if clock.rule == "T-14" and clock.ended_at is None), None)


def why_not_ask_overrun(view: View, case: Complaint) -> Refused | None:
    """More time is asked for while the one day of an important complaint runs, once at a time (CMP-52)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.overrun_until is not None:
        return StateChanged(N_("A later end of {number} was asked for already."), number=case.number, clause="CMP-52")
    if _one_day(view, case) is None:
        return StateChanged(N_("No one-day promise is running here."), clause="CMP-52")
    return None


def ask_overrun(act: Act, *, number: str, until: datetime, reason: str) -> Complaint:
    """Ask for more than the one day an important complaint has (CMP-52)."""
    act.require("complaints.ask_overrun")
    case = life.ready(act, number, why_not_ask_overrun)
    clock = _one_day(act, case)
    assert clock is not None
    if until <= clock.due_at or until <= act.now:
        raise Invalid(N_("The new end must be later than the old one and than now."), field="until")
    if until > act.now + clocks.LATEST_EXTENSION:
        raise Invalid(N_("A later end lies within a year: check the date."), field="until")
    cases.write_down(act, case.number, "overrun", texts.needed(reason, "reason"))
    case.overrun_until = until
    life.enter(act, "complaints.ask_overrun", case, until=until)
    return case


def why_not_decide_overrun(view: View, case: Complaint) -> Refused | None:
    """Somebody has asked for more time, and the one day still runs (CMP-52)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.overrun_until is None:
        return StateChanged(N_("Nobody has asked for a later end."), clause="CMP-52")
    return None


def decide_overrun(act: Act, *, number: str, approved: str, text: str) -> Complaint:
    """The management department's manager approves the overrun, which moves the deadline, or does not (CMP-52)."""
    act.require("complaints.decide_overrun")
    case = life.ready(act, number, why_not_decide_overrun)
    until = case.overrun_until
    assert until is not None
    if approved not in ("yes", "no"):
        raise Invalid(N_("Choose yes or no."), field="approved", clause="CMP-52")
    text = texts.needed(text, "text")
    if approved == "yes":
        clock = _one_day(act, case)
        if clock is None:
            raise StateChanged(N_("No one-day promise is running here."), clause="CMP-52")
        clocks.extend(act, clock_id=clock.id or 0, until=until, reason=text)
    cases.write_down(act, case.number, "overrun", text)
    case.overrun_until = None
    life.enter(act, "complaints.decide_overrun", case, approved=approved)
    return case
