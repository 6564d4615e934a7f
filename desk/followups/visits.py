"""Return visits 回访: by people, with every question asked; who is not satisfied opens the complaint again."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import select

from data.cases import CaseBase, Emergency, Repair, Visit
from data.quality import Quality
from data.tables import Record, Value, model
from data.words import N_
from desk import cases, complaints, directory, operators, quality, repairs, requests
from desk.act import SYSTEM, Act
from desk.calendar import moments
from desk.cases.visited import QUESTIONS, WAYS, is_unreached, visits_of
from desk.clocks import clocks
from desk.emergencies import RESCUES
from desk.followups.raised import raise_matter
from desk.ground import texts
from desk.ground.refusals import Invalid, NotAllowed, Refused, StateChanged
from desk.ground.roles import LEADERS
from desk.quality.standing import is_visited
from desk.repairs.life import is_again
from desk.repairs.onsite import workers_of
from desk.systems import CASES, SYSTEMS
from desk.view import View

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
    act: Act,
    *,
    number: str,
    how: str,
    satisfied: str,
    system: str = "complaints",
    permitted: str = "",
    raised: str = "",
    becomes: str = "complaint",
    told: str = "",
    answer_by: datetime | None = None,
    **answers: Value,
) -> Record:
    """Record a return visit with all its answers; the promise to visit is kept (RV-4, RV-9, RV-23).

    Args:
        how: a key of WAYS.
        permitted: who agreed to it on the phone, where it is made at their home (RV-17).
        satisfied: "yes" or "no"; "no" opens a complaint again by itself (RV-12, RV-50).
        raised: what else they raise: a record of its own, answered at once or by a time (`followups.raised`).
        answers: quality, effect, shortcomings and suggestions, in the customer's words; on_time: "yes" or "no", of a
        repair, where they say it.

    Raises:
        NotAllowed: a major complaint is visited by the manager (RV-1), and every one by a person.
        StateChanged: the record is not closed yet; Invalid: at the question that was not asked.
    """
    act.require("followups.visit")
    case = _visitable(act, system, number)
    check_how(how)
    check_visitor(act, case)
    if how == "visit":
        agreed = texts.needed(permitted, "permitted", 60)
        cases.write_down(act, case.number, "permitted", agreed)
    if satisfied not in ("yes", "no"):
        raise Invalid(N_("Choose whether they are satisfied."), field="satisfied", clause="RV-9")
    said = check_answers(act, answers)
    made = {"number": case.number, "at": act.now, "visitor": act.operator.code, "how": how}
    act.session.add(Visit(**made, reached=True, satisfied=satisfied, **said))
    act.session.flush()
    if system == "complaints":
        case.visited_at = act.now if satisfied == "yes" else None
        act.session.add(case)
    cases.enter(act, "followups.visit", case, satisfied=satisfied, of=system)
    if raised.strip():
        raise_matter(act, case, how=how, raised=raised, becomes=becomes, told=told, answer_by=answer_by)
    if satisfied == "no" and system in REOPENED:
        REOPENED[system](act, case)
    return case


def check_answers(act: Act, answers: Mapping[str, Value]) -> dict[str, Value]:
    """What they said to each question that the site asks; refuses at the question that was not asked (RV-9, X-25)."""
    said: dict[str, Value] = {name: texts.limited(answers.get(name, ""), name) for name in QUESTIONS}
    for question in asked(act.chosen("X-25")):
        if not said[question]:
            raise Invalid(N_("Ask this too; write none when they have nothing to say."), field=question, clause="RV-9")
    return {**said, "on_time": answers.get("on_time", "") if answers.get("on_time", "") in ("yes", "no") else ""}


def check_visitor(act: Act, case: CaseBase) -> None:
    """Nobody visits about their own work, and officers visit in their own homes (RV-3, X-10)."""
    did = {getattr(case, "worker", ""), getattr(case, "collected_by", "")}
    if isinstance(case, Repair):
        did |= workers_of(act.session, case)
    if act.operator.code in did:
        raise NotAllowed(N_("Who did the work does not visit about it: somebody else asks."), clause="RV-3")
    if case.unit_id is None or act.chosen("X-10") != "officers":
        return
    officers = operators.officers_of(act.session, directory.unit_by_id(act.session, case.unit_id).label)
    if officers and act.operator.code not in officers and not LEADERS & set(act.operator.roles.split()):
        raise NotAllowed(N_("These homes have an officer of their own, who visits them."), clause="RV-3")


def attempt(act: Act, *, number: str, how: str, system: str = "complaints", note: str = "") -> Record:
    """Record an attempt that reached nobody; the promise goes on, but of repairs and rescues, where the third one on a
    second day says that they are not reached: a result of its own, which no rate counts as visited.
    """
    act.require("followups.attempt")
    case = _visitable(act, system, number)
    check_how(how)
    note = texts.limited(note, "note")
    made = {"number": case.number, "at": act.now, "visitor": act.operator.code, "how": how}
    act.session.add(Visit(**made, reached=False, shortcomings=note))
    cases.enter(act, "followups.attempt", case, of=system)
    act.session.flush()
    tried = [one for one in visits_of(act.session, case.number) if not one.reached and one.at >= case.closed_at]
    if is_unreached(act.calendar, tried) and not is_unreached(act.calendar, tried[:-1]):
        cases.enter(act, "followups.unreached", case, by_itself=True, of=system)
    return case


def why_not_visit(view: View, case: CaseBase) -> Refused | None:
    """A visit follows once a complaint, a request, a repair or a rescue is closed, until they are satisfied (RV-4,
    RV-25)."""
    system = next((name for name in CASES if isinstance(case, model(name))), "")
    rescued = not isinstance(case, Emergency) or case.kind in RESCUES
    done = not isinstance(case, Repair) or case.end in ("", "done") or is_again(view.session, case)
    done = done and (not isinstance(case, Quality) or is_visited(view.session, case))
    if not system or not SYSTEMS[system].visited or not rescued or not done:
        return StateChanged(
            N_("Complaints, requests, repairs and people who were rescued are visited."), clause="RV-25"
        )
    if isinstance(case, Repair) and (opens := _opens(view, case)) is not None:
        day = moments.shown(opens, view.calendar, view.now)
        return StateChanged(N_("Repair works are visited a month after: not before {day}."), day=day, clause="RV-5")
    if case.state != "closed":
        return StateChanged(N_("A return visit follows once {number} is closed."), number=case.number, clause="RV-4")
    happy = select(Visit.id).where(Visit.number == case.number, Visit.satisfied == "yes").limit(1)
    if view.session.exec(happy).first() is not None:
        return StateChanged(N_("{number} was visited already."), number=case.number)
    return None


def _opens(view: View, case: Repair) -> datetime | None:
    """When the visit to repair works may be made, while that lies ahead (RV-5)."""
    waits = [one.not_before for one in clocks.of_record(view.session, case.number) if one.ended_at is None]
    return max((one for one in waits if one is not None and one > view.now), default=None)


def may_visit(view: View, case: CaseBase) -> bool:
    """Whether the operator at the desk may visit: a major complaint is visited by the manager (RV-1)."""
    manager = view.operator is not None and "project_supervisor" in view.operator.roles.split()
    return manager or getattr(case, "grade", "") != "major"


def _visitable(act: Act, system: str, number: str) -> Record:
    if act.operator.code == SYSTEM:
        raise NotAllowed(N_("A return visit is made by a person."), clause="RV-3")
    if system not in CASES or not SYSTEMS[system].visited:
        raise Invalid(
            N_("Complaints, requests, repairs and people who were rescued are visited."), field="number", clause="RV-25"
        )
    case = cases.get_ready(act, model(system), number, why_not_visit)
    if not may_visit(act, case):
        raise NotAllowed(N_("A major complaint is visited by the manager."), clause="RV-1")
    return case


def check_how(how: str) -> None:
    if how not in WAYS:
        raise Invalid(N_("Choose how they were visited."), field="how")


def why_not_check(view: View, case: CaseBase) -> Refused | None:
    """Only a visit that was made is checked (RV-14)."""
    if not any(one.reached for one in visits_of(view.session, case.number)):
        return StateChanged(N_("Only a visit that was made is checked."), clause="RV-14")
    return None


def check(act: Act, *, number: str, system: str, words: str) -> Record:
    """The head of customer service looks now and then whether a visit was as it is written (RV-14).

    Raises:
        NotAllowed: nobody checks their own visit.
    """
    act.require("followups.check")
    case = cases.get_ready(act, model(system), number, why_not_check)
    if act.operator.code in {one.visitor for one in visits_of(act.session, case.number)}:
        raise NotAllowed(N_("Nobody checks their own visit."), clause="RV-14")
    cases.write_down(act, case.number, "check", texts.needed(words, "words", 300))
    cases.enter(act, "followups.check", case, of=system)
    return case


def meet(act: Act, *, number: str, system: str, reached: str, how: str, note: str = "", **answers: Value) -> Record:
    """A return visit with its answers, or an attempt that reached nobody.

    Args:
        reached: "yes" or "no"; only a visit has answers, only an attempt a note.
    """
    if reached not in ("yes", "no"):
        raise Invalid(N_("Choose whether they were reached."), field="reached")
    if reached == "no":
        return attempt(act, number=number, system=system, how=how, note=note)
    return visit(act, number=number, system=system, how=how, **answers)
