"""Return visits 回访: by people, with every question asked; who is not satisfied opens the complaint again."""

from collections.abc import Callable

from sqlmodel import select

from data.cases import CaseBase, Emergency, Repair, Request, Visit
from data.quality import Quality
from data.tables import Record, Value, model
from data.words import N_
from desk import cases, complaints, quality, repairs, requests
from desk.act import SYSTEM, Act
from desk.cases.visited import QUESTIONS, WAYS
from desk.contacts import intake
from desk.emergencies import RESCUES
from desk.ground import texts
from desk.ground.refusals import Invalid, NotAllowed, Refused, StateChanged
from desk.systems import CASES, SYSTEMS
from desk.view import View

# We rang them, so no display shows a number.
HIDDEN = "000"
# With three questions it is: was it put right, are they satisfied, anything further (RV-27).
SHORT = ("effect", "suggestions")
# How a record is opened again when they are not satisfied (RV-12, RV-50); a rescue is over all the same.
REOPENED: dict[str, Callable[[Act, Record], object]] = {
    "complaints": complaints.reopen,
    "requests": requests.reopen,
    "repairs": repairs.reopen,
    "quality": quality.reopen,
}


def asked(chosen: str) -> tuple[str, ...]:
    """The questions besides satisfaction that a site asks: five items or three (X-25, RV-9, RV-27)."""
    return SHORT if chosen == "3" else tuple(QUESTIONS)


def visit(
    act: Act, *, number: str, how: str, satisfied: str, system: str = "complaints", complaint: str = "", **answers: str
) -> Record:
    """Record a return visit with all its answers; the promise to visit is kept (RV-4, RV-9, RV-23).

    Args:
        how: a key of WAYS.
        satisfied: "yes" or "no"; "no" opens a complaint again by itself (RV-12, RV-50).
        complaint: what else they complain of, which becomes a complaint of its own (CMP-63, CMP-64).
        answers: quality, effect, shortcomings and suggestions, in the customer's words.

    Raises:
        NotAllowed: a major complaint is visited by the manager (RV-1), and every one by a person.
        StateChanged: the record is not closed yet; Invalid: at the question that was not asked.
    """
    act.require("followups.visit")
    case = _visitable(act, system, number)
    _check_how(how)
    if satisfied not in ("yes", "no"):
        raise Invalid(N_("Choose whether they are satisfied."), field="satisfied", clause="RV-9")
    for question in asked(act.chosen("X-25")):
        if not answers.get(question, "").strip():
            raise Invalid(N_("Ask this too; write none when they have nothing to say."), field=question, clause="RV-9")
    said: dict[str, Value] = {name: texts.limited(answers.get(name, ""), name) for name in QUESTIONS}
    made = {"number": case.number, "at": act.now, "visitor": act.operator.code, "how": how}
    act.session.add(Visit(**made, reached=True, satisfied=satisfied, **said))
    act.session.flush()
    if system == "complaints":
        case.visited_at = act.now if satisfied == "yes" else None
        act.session.add(case)
    cases.enter(act, "followups.visit", case, satisfied=satisfied, of=system)
    if complaint.strip():
        _register(act, case, how, complaint)
    if satisfied == "no" and system in REOPENED:
        REOPENED[system](act, case)
    return case


def _register(act: Act, case: CaseBase, how: str, what: str) -> None:
    """A complaint that a visit found runs through the complaint procedure, and either record names the other."""
    channel = {"phone": "phone", "desk": "visit"}.get(how, "other")
    taken = intake.take(
        act,
        channel=channel,
        kind="complaint",
        what=texts.limited(what, "complaint"),
        unit_id=case.unit_id,
        person_id=case.person_id,
        stranger="" if case.unit_id else case.subject,
        caller_number=HIDDEN if channel == "phone" else "",
    )
    cases.write_down(act, taken.record, "found", case.number)
    cases.write_down(act, case.number, "found", taken.record)


def attempt(act: Act, *, number: str, how: str, system: str = "complaints", note: str = "") -> Record:
    """Record an attempt that reached nobody: it is counted, and the promise goes on."""
    act.require("followups.attempt")
    case = _visitable(act, system, number)
    _check_how(how)
    note = texts.limited(note, "note")
    made = {"number": case.number, "at": act.now, "visitor": act.operator.code, "how": how}
    act.session.add(Visit(**made, reached=False, shortcomings=note))
    cases.enter(act, "followups.attempt", case, of=system)
    return case


def why_not_visit(view: View, case: CaseBase) -> Refused | None:
    """A visit follows once a complaint, a suggestion or a rescue is closed, until they are satisfied (RV-4, RV-25)."""
    system = next((name for name in CASES if isinstance(case, model(name))), "")
    rescued = not isinstance(case, Emergency) or case.kind in RESCUES
    asked_for = not isinstance(case, Request) or case.sort == "suggestion"
    done = not isinstance(case, Repair) or case.end in ("", "done")
    done = done and (not isinstance(case, Quality) or case.finished_at is not None)
    if not system or not SYSTEMS[system].visited or not rescued or not asked_for or not done:
        return StateChanged(N_("Complaints, suggestions and people who were rescued are visited."), clause="RV-25")
    if case.state != "closed":
        return StateChanged(N_("A return visit follows once the complaint is closed."), clause="RV-4")
    happy = select(Visit.id).where(Visit.number == case.number, Visit.satisfied == "yes").limit(1)
    if view.session.exec(happy).first() is not None:
        return StateChanged(N_("{number} was visited already."), number=case.number)
    return None


def may_visit(view: View, case: CaseBase) -> bool:
    """Whether the operator at the desk may visit: a major complaint is visited by the manager (RV-1)."""
    manager = view.operator is not None and "project_supervisor" in view.operator.roles.split()
    return manager or getattr(case, "grade", "") != "major"


def _visitable(act: Act, system: str, number: str) -> Record:
    if act.operator.code == SYSTEM:
        raise NotAllowed(N_("A return visit is made by a person."), clause="RV-3")
    if system not in CASES or not SYSTEMS[system].visited:
        raise Invalid(
            N_("Complaints, suggestions and people who were rescued are visited."), field="number", clause="RV-25"
        )
    case = cases.get_ready(act, model(system), number, why_not_visit)
    if not may_visit(act, case):
        raise NotAllowed(N_("A major complaint is visited by the manager."), clause="RV-1")
    return case


def _check_how(how: str) -> None:
    if how not in WAYS:
        raise Invalid(N_("Choose how they were visited."), field="how")


def meet(act: Act, *, number: str, system: str, reached: str, how: str, note: str = "", **answers: str) -> Record:
    """A return visit with its answers, or an attempt that reached nobody.

    Args:
        reached: "yes" or "no"; only a visit has answers, only an attempt a note.
    """
    if reached == "no":
        return attempt(act, number=number, system=system, how=how, note=note)
    return visit(act, number=number, system=system, how=how, **answers)
