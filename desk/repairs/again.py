"""Who is not satisfied at the visit opens the order again: a second round; what the first one said stays (RV-12)."""

from sqlmodel import col, delete

from data.cases import Repair, RepairCharge
from data.words import _, named
from desk import cases, operators
from desk.act import Act
from desk.calendar import moments
from desk.directory import yuan
from desk.repairs.onsite import total
from desk.repairs.terms import EVALUATIONS


def reopen(act: Act, case: Repair) -> None:
    """It is told and collected anew; what was paid stays paid and is not charged again, what was not is still owed."""
    cases.write_down(act, case.number, "round", _said(act, case))
    if case.paid_at is not None:
        act.session.exec(delete(RepairCharge).where(col(RepairCharge.number) == case.number))
        case.paid_at, case.paid_by, case.receipt = None, "", ""
    case.state, case.end, case.closed_at, case.replied_at = "ordered", "", None, None
    case.collected_at = case.begun_at = case.finished_at = None
    case.copy_1_at = case.copy_2_at = case.copy_3_at = None
    case.branch, case.worker, case.charge, case.evaluation = "", "", "", ""
    case.appointment_at, case.advised_at, case.agreed_fen = None, None, None
    # Written down above; the paper of this round says what this round does. Who signed for it once stays known.
    case.outcome = case.tested = case.materials = case.found = case.advice = case.edition = ""
    act.session.add(case)
    cases.enter(act, "repairs.reopen", case)


def _said(act: Act, case: Repair) -> str:
    """The figures of the round that is over: who did it, until when, what was done, said, charged and paid."""
    due = total(act.session, case.number)
    said = (
        operators.Posts(act.session)[case.worker] if case.worker else "",
        moments.shown(case.finished_at, act.calendar, act.now) if case.finished_at else "",
        case.outcome,
        case.tested,
        case.materials,
        named(EVALUATIONS, case.evaluation) if case.evaluation else "",
        yuan(due) if due else "",
        _("paid, receipt {number}", number=case.receipt) if case.paid_at else "",
    )
    return "  ".join(filter(None, said))
