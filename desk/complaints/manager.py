"""No complaint goes round its manager: what the facts ask for comes before the next step (CMP-13, 25, 46, 56)."""

from data.cases import Complaint
from data.words import N_
from desk.complaints import judging, life
from desk.complaints.terms import WEIGHTY
from desk.ground.refusals import Refused, StateChanged
from desk.view import View


def needs_agreement(view: View, case: Complaint) -> bool:
    """Whether no result may go out before the manager agreed: once dispatched, or major or important (CMP-56)."""
    reported = any(slip.state == "answered" for slip in life.slips(view, case))
    return case.agreed_at is None and (case.grade in WEIGHTY or reported)


def why_not(view: View, case: Complaint) -> Refused | None:
    """No step is done while a department, the manager or a superior has not had what the facts ask for.

    Asked before answering, confirming, closing and filing alike, so that a later fact (grade, promotion, reopening, new
    feedback) is never passed over because an earlier step was done before it.
    """
    if life.is_pending(life.slips(view, case)):
        return StateChanged(N_("A department has not reported back yet: give a holding answer."), clause="CMP-51")
    if needs_agreement(view, case):
        return StateChanged(N_("The manager agrees to the result first; a holding answer may go out."), clause="CMP-56")
    if case.grade in WEIGHTY and not judging.reported_enough(case.grade, case.reported_to, view.chosen("X-5")):
        return StateChanged(
            N_("A major or important complaint is reported to the superior first."),
            clause="CMP-25" if case.grade == "major" else "CMP-46",
        )
    return None
