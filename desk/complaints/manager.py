"""No complaint goes round its manager: what the facts ask for comes before the next step (CMP-13, 25, 46, 56)."""

from sqlmodel import Session

from data.cases import Complaint
from data.words import N_
from desk.act import Act
from desk.complaints import dispatch, judging
from desk.refusals import StateChanged


def needs_agreement(session: Session, case: Complaint) -> bool:
    """Whether no result may go out before the manager agreed: once dispatched, or major or important (CMP-56)."""
    weighty = case.grade in ("major", "important")
    reported = any(slip.state == "answered" for slip in dispatch.slips_of(session, case.number))
    return case.agreed_at is None and (weighty or reported)


def check(act: Act, case: Complaint) -> None:
    """Refuse a step while a department, the manager or a superior has not had what the facts ask for.

    Asked before answering, confirming, closing and filing alike, so that a later fact (grade, promotion, reopening, new
    feedback) is never passed over because an earlier step was done before it.

    Raises:
        StateChanged: what is missing, with its clause.
    """
    if dispatch.is_pending(dispatch.slips_of(act.session, case.number)):
        raise StateChanged(N_("A department has not reported back yet: give a holding answer."), clause="CMP-51")
    if needs_agreement(act.session, case):
        raise StateChanged(N_("The manager agrees to the result first; a holding answer may go out."), clause="CMP-56")
    weighty = case.grade in ("major", "important")
    if weighty and not judging.reported_enough(case.grade, case.reported_to, act.chosen("X-5")):
        raise StateChanged(
            N_("A major or important complaint is reported to the superior first."),
            clause="CMP-25" if case.grade == "major" else "CMP-46",
        )  # fmt: skip
