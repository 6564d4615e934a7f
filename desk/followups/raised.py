"""What somebody raises at a visit: answered at once, a record of its own, or answered by a time that is agreed.

Either record names the other, so that nobody loses what a resident said on the way (RV-12, RV-34, RV-46, CMP-63).
"""

from datetime import datetime

from data.cases import CaseBase
from data.words import N_, named
from desk import cases
from desk.act import Act
from desk.contacts import intake
from desk.ground import texts
from desk.ground.refusals import Invalid

# We rang them, so no display shows a number.
HIDDEN = "000"
ANSWERED, LATER = "answered", "later"
BECOMES = {
    "complaint": N_("a complaint"),
    "request": N_("a request"),
    "suggestion": N_("a suggestion"),
    "repair": N_("a repair"),
    "quality": N_("a quality complaint"),
    ANSWERED: N_("answered at once"),
    LATER: N_("answered by a time"),
}


def name(becomes: str) -> str:
    """What it becomes, in the reader's language."""
    return named(BECOMES, becomes)


def raise_matter(
    act: Act,
    case: CaseBase,
    *,
    how: str,
    raised: str,
    becomes: str = "complaint",
    told: str = "",
    answer_by: datetime | None = None,
) -> str:
    """Write down what was raised; gives back the number of what it became, or "".

    Args:
        how: how the visit was made; raised: in their words; becomes: a key of BECOMES.
        told: what they were told, where it was answered at once; answer_by: aware instant, where it is answered later.

    Raises:
        Invalid: at "becomes", "told" or "answer_by".
    """
    raised = texts.needed(raised, "raised", 500)
    if becomes not in BECOMES:
        raise Invalid(N_("Choose what becomes of it."), field="becomes", clause="RV-46")
    if becomes == ANSWERED:
        cases.write_down(act, case.number, "raised", f"{raised}\n{texts.needed(told, 'told', 500)}")
        return ""
    if becomes == LATER and answer_by is None:
        raise Invalid(N_("Agree a time by which they hear."), field="answer_by", clause="RV-34")
    channel = {"phone": "phone", "desk": "visit"}.get(how, "other")
    taken = intake.take(
        act,
        channel=channel,
        kind="question" if becomes == LATER else becomes,
        what=raised,
        unit_id=case.unit_id,
        person_id=case.person_id,
        stranger="" if case.unit_id else case.subject,
        caller_number=HIDDEN if channel == "phone" else "",
        promised_at=answer_by if becomes == LATER else None,
    )
    made = taken.record or taken.contact
    cases.write_down(act, made, "found", case.number)
    cases.write_down(act, case.number, "found", made)
    return made
