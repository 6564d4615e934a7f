"""Nature and grade: only the project supervisor judges, and some complaints become major by themselves (A3c)."""

import json
from collections.abc import Mapping

from sqlmodel import Session, col, select

from data.cases import CaseNote, Complaint
from data.journal import JournalEntry
from data.words import N_
from desk import cases
from desk.act import Act
from desk.complaints import life
from desk.complaints.terms import GRADES, NATURES, REASONS, SYSTEM, WEIGHTY
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.ground.roles import role_name
from desk.view import View

RULES = ("T-18", "X-4", "X-8")
OUTAGE = "CMP-35"
# Rules that count complaints of a household, or households of an event.
COUNTED = ("CMP-29", "CMP-32", "CMP-36", "CMP-43")
RECOUNT = "recount"
SUPERIORS = ("supervisor", "project_supervisor", "company_manager")
# A grade that weighs more is agreed to anew.
WEIGHT = {"important": 1, "major": 2}


def reasons(chosen: Mapping[str, str], grade: str = "") -> list[str]:
    """The clauses that may give a grade at this site; `chosen` is option by standard (X-2 is T-18)."""
    return [
        clause
        for clause, reason in REASONS.items()
        if (not grade or reason.grade == grade) and (not reason.choice or chosen[reason.choice] == reason.option)
    ]


def chosen_options(act: Act) -> dict[str, str]:
    """The options in force of the rules on which reasons depend."""
    return {rule: act.standards.chosen(rule, act.choices).name for rule in RULES}


def grade(
    act: Act, *, number: str, nature: str, grade: str = "", reason: str = "", staff: str = "no", text: str = ""
) -> Complaint:
    """Fix nature and grade, with the clause that gives it; before this the strictest clocks run (CMP-26 to CMP-28).

    Args:
        nature: "valid" or "invalid"; an invalid one has no grade and still gets its explanation (CMP-27).
        grade: "major", "important" or "minor".
        reason: a clause of `reasons` that gives this grade.
        staff: "yes" when it is about the conduct of staff (X-8).
        text: a remark, or for an invalid one why.

    Raises:
        Invalid: at the field; StateChanged: it became major by a rule and stays so.
    """
    act.require("complaints.grade")
    case = life.ready(act, number, cases.why_not_open)
    if nature not in NATURES:
        raise Invalid(N_("Choose valid or invalid."), field="nature", clause="CMP-27")
    if nature == "invalid":
        texts.needed(text, "text")
        grade, reason = "none", "CMP-27"
    else:
        _check_grade(act, case, grade, reason, staff)
    if WEIGHT.get(grade, 0) > WEIGHT.get(case.grade, 0):
        life.weighs_more(case)
    case.major_at = (case.major_at or act.now) if grade == "major" else None
    case.nature, case.grade, case.grade_reason, case.staff_conduct = nature, grade, reason, staff == "yes"
    case.graded_by, case.graded_at, case.overrun_until = act.operator.code, act.now, None
    case.promoted = "" if grade in ("important", "minor") else case.promoted
    if text := texts.limited(text, "text"):
        cases.write_down(act, case.number, "grade", text)
    _enter_judged(act, "complaints.grade", case, reason)
    return case


def _check_grade(act: Act, case: Complaint, grade: str, reason: str, staff: str) -> None:
    if grade not in GRADES:
        raise Invalid(N_("Choose the grade."), field="grade", clause="CMP-28")
    if case.promoted and grade != "major" and not _counts_no_more(act, case):
        raise StateChanged(N_("It became major ({reason}) and stays so."), reason=case.promoted, clause="CMP-34")
    if staff not in ("yes", "no"):
        raise Invalid(N_("Choose yes or no."), field="staff", clause="CMP-41")
    options = chosen_options(act)
    if reason not in reasons(options, grade):
        raise Invalid(N_("Choose the clause that gives this grade."), field="reason", clause="CMP-28")
    if grade == "minor" and staff == "yes" and options["X-8"] == "S0":
        raise Invalid(N_("What people did is never minor at this site."), field="grade", clause="CMP-40")


def counted_with(session: Session, case: Complaint) -> list[Complaint]:
    """The complaints with which one was counted when that made them major, itself among them."""
    if case.promoted not in COUNTED:
        return []
    query = select(Complaint).where(Complaint.promoted == case.promoted)
    if case.incident:
        query = query.where(Complaint.incident == case.incident)
    else:
        query = query.where(Complaint.unit_id == case.unit_id, Complaint.category == case.category)
    return list(session.exec(query.order_by(col(Complaint.number))))


def judge_anew(act: Act, counted: list[Complaint], mended: str) -> None:
    """Household or class of one of several was mended: whether they still are major is judged anew (CMP-28)."""
    for case in counted:
        cases.write_down(act, case.number, RECOUNT, mended)


def _counts_no_more(act: Act, case: Complaint) -> bool:
    """Whether one that was counted with this complaint was mended after they became major."""
    if case.major_at is None:
        return False
    mended = select(CaseNote.id).where(CaseNote.number == case.number, CaseNote.kind == RECOUNT)
    return act.session.exec(mended.where(col(CaseNote.at) >= case.major_at)).first() is not None


def promote(act: Act, case: Complaint, reason: str, *, by_itself: bool = True) -> bool:
    """Make a complaint major for a clause; an invalid, closed or already major one stays as it is."""
    if case.nature == "invalid" or case.grade == "major" or case.state in cases.OVER:
        return False
    case.grade, case.grade_reason, case.major_at, case.promoted = "major", reason, act.now, reason
    case.overrun_until = None
    life.weighs_more(case)
    _enter_judged(act, "complaints.promote", case, reason, by_itself=by_itself)
    return True


def _enter_judged(act: Act, verb: str, case: Complaint, reason: str, *, by_itself: bool = False) -> None:
    """Leave the entry of a judgement, with whether the superiors know."""
    told = _reported(act, case)
    life.enter(act, verb, case, by_itself=by_itself, reason=reason, reported=told, judged_at=act.now)


def promote_by_age(act: Act, number: str) -> bool:
    """A valid complaint that is not solved within a week (or a month, X-2) becomes major (CMP-31, CMP-34)."""
    case: Complaint = cases.get(act.session, SYSTEM, number)
    clause = act.standards.chosen("T-18", act.choices).clauses[0]
    return case.settled_at is None and promote(act, case, clause)


def take_back_promotion(act: Act, entry: JournalEntry) -> None:
    """A complaint that a rule made major at a time that had not come is judged as it was before."""
    case: Complaint = cases.get(act.session, SYSTEM, entry.record)
    judged = select(JournalEntry.facts).where(
        JournalEntry.record == entry.record,
        JournalEntry.number < entry.number,
        col(JournalEntry.verb).in_(("complaints.grade", "complaints.promote")),
    )
    before = json.loads(act.session.exec(judged.order_by(col(JournalEntry.number).desc())).first() or "{}")
    case.grade, case.grade_reason = str(before.get("grade", "")), str(before.get("reason", ""))
    case.major_at, case.promoted = None, ""
    act.session.add(case)


def promote_outage(act: Act, case: Complaint) -> bool:
    """A complaint about a sudden large outage is major from the start (CMP-35, EMG-4)."""
    return case.category == "outage" and promote(act, case, OUTAGE)


def why_not_declare(view: View, case: Complaint) -> Refused | None:
    """What is judged invalid is judged anew first, and what is major stays so (CMP-28, CMP-37)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.nature == "invalid":
        return StateChanged(N_("It was judged invalid: the project supervisor judges it again first."), clause="CMP-28")
    if case.grade == "major":
        return StateChanged(N_("{number} is major already."), number=case.number)
    return None


def declare(act: Act, *, number: str, text: str) -> Complaint:
    """The company declares a complaint major (CMP-37)."""
    act.require("complaints.declare")
    case = life.ready(act, number, why_not_declare)
    text = texts.needed(text, "text")
    promote(act, case, "CMP-37", by_itself=False)
    cases.write_down(act, case.number, "declare", text)
    return case


def why_not_report(view: View, case: Complaint) -> Refused | None:
    """A major or important complaint is reported upwards, until everybody above knows of it (CMP-25, CMP-46)."""
    if (filed := life.why_not_unfiled(view, case)) is not None:
        return filed
    if case.grade not in WEIGHTY:
        return StateChanged(N_("Only a major or important complaint is reported upwards."), clause="CMP-46")
    if set(SUPERIORS) <= set(case.reported_to.split()):
        return StateChanged(N_("Everybody above knows of {number} already."), number=case.number, clause="CMP-46")
    return None


def report(act: Act, *, number: str, to: str, text: str = "") -> Complaint:
    """Say which superior was told of a major or important complaint (CMP-25, CMP-46).

    Args:
        to: a leader's role; a major one is done once everybody whom the site's choice names was told (X-5).

    Raises:
        StateChanged: it is neither major nor important; Invalid: that post is none to report to.
    """
    act.require("complaints.report")
    case = life.ready(act, number, why_not_report)
    if to not in SUPERIORS:
        raise Invalid(N_("Choose who was told."), field="to", clause="CMP-25")
    told = dict.fromkeys([*case.reported_to.split(), to])
    case.reported_to = " ".join(told)
    if text := texts.limited(text, "text"):
        cases.write_down(act, case.number, "report", f"{role_name(to)}: {text}")
    done = _reported(act, case) == "yes"
    life.enter(act, "complaints.report" if done else "complaints.tell", case, to=to)
    return case


def _reported(act: Act, case: Complaint) -> str:
    return "yes" if reported_enough(case.grade, case.reported_to, act.chosen("X-5")) else "no"


def reported_enough(grade: str, told: str, wanted: str) -> bool:
    """Whether those told are all whom the site's choice wants: "a b" both, "a | b" either (X-5, CMP-46)."""
    heard = set(told.split())
    if grade == "important":
        return bool(heard)
    if "|" in wanted:
        return bool(heard & set(wanted.replace("|", " ").split()))
    return set(wanted.split()) <= heard
