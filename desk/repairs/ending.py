"""After the work: the three copies and where they are, the owner's evaluation, the payment (REP-14 to REP-17)."""

from sqlmodel import col, delete

from data.cases import Repair, RepairCharge
from data.words import N_
from desk import cases
from desk.act import Act
from desk.directory import fen, yuan
from desk.ground import texts
from desk.ground.refusals import Invalid, NotAllowed, Refused, StateChanged
from desk.ground.roles import DESK, LEADERS
from desk.repairs.life import finish_as, is_again
from desk.repairs.onsite import recharged_by, total, workers_of
from desk.repairs.terms import COPIES, EVALUATIONS
from desk.view import View

# Who takes in which copy: customer service, the engineering manager's file, finance.
TAKES_IN = {"1": DESK, "2": LEADERS | {"engineering_manager"}, "3": LEADERS | {"finance"}}


def why_not_copy(_view: View, case: Repair) -> Refused | None:
    """Copies come back once the work is finished, or its price was declined; each of them once (REP-12, REP-16)."""
    if case.end not in ("", "done", "declined") or (case.state != "finished" and not case.end):
        return StateChanged(N_("No copy of {number} is out."), number=case.number, clause="REP-16")
    if not copies_out(case):
        return StateChanged(N_("All three copies are in their places."), clause="REP-16")
    return None


def copies_out(case: Repair) -> list[str]:
    """Those of the three copies that are not in their places; a declined order comes back whole, as its first."""
    expected = ("1",) if case.end == "declined" else tuple(COPIES)
    return [copy for copy in expected if getattr(case, f"copy_{copy}_at") is None]


def return_copy(act: Act, *, number: str, copy: str, evaluation: str = "") -> Repair:
    """A copy came to its place: the first to customer service, with what the owner says of it, the second to the
    engineering manager's file, the third to finance (REP-14, REP-16, REP-17). The first one files the order.

    Args:
        evaluation: a key of EVALUATIONS, as it stands on the first copy; in a public area there is none.

    Raises:
        Invalid: at "copy" or "evaluation"; NotAllowed: nobody judges their own work.
    """
    act.require("repairs.return_copy")
    case = cases.get_ready(act, Repair, number, why_not_copy)
    if copy not in COPIES:
        raise Invalid(N_("Choose which copy."), field="copy", clause="REP-16")
    if copy not in copies_out(case):
        raise StateChanged(N_("Copy {copy} is in its place already."), field="copy", copy=copy, clause="REP-16")
    _check_taker(act, case, copy)
    setattr(case, f"copy_{copy}_at", act.now)
    act.session.add(case)
    if copy == "1" and not case.end:
        _file(act, case, evaluation)
    else:
        cases.enter(act, "repairs.return_copy", case, copy=copy)
    if not copies_out(case):
        cases.enter(act, "repairs.papers_in", case, by_itself=True)
    return case


def _check_taker(act: Act, case: Repair, copy: str) -> None:
    if copy == "1" and act.operator.code in workers_of(act.session, case):
        raise NotAllowed(N_("Nobody enters what is said of their own work."), clause="REP-17")
    if not TAKES_IN[copy] & set(act.operator.roles.split()):
        raise NotAllowed(N_("This copy is taken in where it is kept, or by a leader."), clause="REP-16")


def _file(act: Act, case: Repair, evaluation: str) -> Repair:
    if case.area == "home" and evaluation not in EVALUATIONS:
        raise Invalid(N_("What does the owner say on it?"), field="evaluation", clause="REP-17")
    case.evaluation = evaluation if case.area == "home" else ""
    cases.enter(act, "repairs.return_copy", case, copy="1")
    return finish_as(act, case, "done", case.outcome, "repairs.file", evaluation=case.evaluation or "public")


def why_not_pay(view: View, case: Repair) -> Refused | None:
    """What was charged is paid once the owner has signed for it (REP-15)."""
    # What an earlier round left unpaid stays owed, however this one goes.
    if not is_again(view.session, case) and (case.finished_at is None or case.end not in ("", "done")):
        return StateChanged(N_("{number} is not finished."), number=case.number, clause="REP-15")
    if case.paid_at is not None:
        return StateChanged(N_("{number} is paid already."), number=case.number, clause="REP-15")
    if not total(view.session, case.number):
        return StateChanged(N_("Nothing was charged."), clause="REP-15")
    return None


def pay(act: Act, *, number: str, receipt: str, amount: str = "") -> Repair:
    """Finance has the money, having reviewed what was charged (REP-3, REP-15).

    What an earlier round cost is paid apart from what this one will cost.

    Args:
        amount: what was taken, in yuan; what is charged when empty.

    Raises:
        Invalid: at "receipt"; at "amount", where the bill says something else by now; NotAllowed: who changed the bill.
    """
    act.require("repairs.pay")
    case = cases.get_ready(act, Repair, number, why_not_pay)
    if act.operator.code == recharged_by(act.session, case.number):
        raise NotAllowed(N_("Whoever changed what it costs does not take the money."), clause="REP-3")
    due, receipt = total(act.session, case.number), texts.needed(receipt, "receipt", 40, number=True)
    if amount.strip() and fen(amount, field="amount") != due:
        raise Invalid(N_("The bill says {yuan} now."), field="amount", yuan=yuan(due), clause="REP-15")
    if case.finished_at is None and case.state not in cases.OVER:
        # A later round is under way: what it will cost is a bill of its own.
        cases.write_down(act, case.number, "paid", f"{yuan(due)} {receipt}")
        act.session.exec(delete(RepairCharge).where(col(RepairCharge.number) == case.number))
    else:
        case.receipt, case.paid_at, case.paid_by = receipt, act.now, act.operator.code
    act.session.add(case)
    cases.enter(act, "repairs.pay", case, fen=due)
    return case
