"""Return visits 回访: here the visit itself, which stops the clock that a closed complaint started (RV-23, RV-4)."""

from typing import Any

from data.words import N_
from desk import cases
from desk.act import Act
from desk.refusals import Invalid, StateChanged


def visit(act: Act, *, number: str, opinion: str, satisfied: str) -> Any:
    """Record the return visit of a closed complaint: what the customer says, and "yes" or "no" to satisfied.

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
    return case
