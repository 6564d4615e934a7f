"""Return visits 回访: here the visit itself, which stops the clock that a closed complaint started (RV-23, RV-4)."""

from typing import Any

from data.words import N_
from desk import cases
from desk.act import Act
from desk.refusals import Invalid, StateChanged


def visit(act: Act, *, number: str, opinion: str, satisfied: str) -> Any:
    """Record the return visit of a closed complaint: what the customer says, and "yes" or "no" to satisfied.

    Whoever is not satisfied opens the complaint again (RV-12).

    Raises:
        StateChanged: the complaint is not closed yet; Invalid: at the field that is missing.
    """
    act.require("followups.visit")
    case = cases.get(act.session, "complaints", number)
    if case.state != "closed":
        raise StateChanged(N_("A return visit follows once the complaint is closed."), clause="RV-4")
    if satisfied not in ("yes", "no"):
        raise Invalid(N_("Choose whether they are satisfied."), field="satisfied", clause="RV-9")
    cases.needed(opinion, "opinion")
    case.outcome = f"{case.outcome}\n{opinion.strip()}"
    act.session.add(case)
    act.record("followups.visit", case.number, satisfied=satisfied)
    if satisfied == "no":
        _reopen(act, case)
    return case


def _reopen(act: Act, case: Any) -> None:
    """Nobody has to remember it: what does not satisfy goes on, with a new answer and a new visit to come (RV-12)."""
    case.state, case.closed_at, case.replied_at = "open", None, None
    act.record("complaints.reopen", case.number, subject=f"{case.subject} {case.what}")
