"""Claims for compensation 索赔: the centre manager hears of them promptly, then perhaps the company (QRP-10)."""

from sqlmodel import select

from data.quality import Quality, QualityParty
from data.words import N_
from desk import cases
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.quality.terms import PARTIES
from desk.view import View

LONGEST = 300


def why_not_claim(_view: View, case: Quality) -> Refused | None:
    """One claim is before the manager at a time; another may come, also once the case is closed."""
    return why_not_over_claim(case)


def claim(act: Act, *, number: str, text: str) -> Quality:
    """The owner asks for compensation: what for and how much; the centre manager is to hear of it (QRP-10)."""
    act.require("quality.claim")
    case = cases.get_ready(act, Quality, number, why_not_claim)
    case.claim, case.claimed_at = texts.needed(text, "text", LONGEST), act.now
    case.heard_by = case.claim_upwards = case.decided_by = ""
    case.heard_at = case.decided_at = None
    act.session.add(case)
    cases.write_down(act, case.number, "claim", case.claim)
    cases.enter(act, "quality.claim", case)
    return case


def why_not_hear(_view: View, case: Quality) -> Refused | None:
    """The centre manager hears of a claim once."""
    if case.claimed_at is None:
        return StateChanged(N_("No compensation is claimed."), clause="QRP-10")
    if case.heard_at is not None:
        return StateChanged(N_("The centre manager has heard of it."), clause="QRP-10")
    return None


def hear(act: Act, *, number: str, upwards: str, opinion: str) -> Quality:
    """The centre manager signs that they heard of the claim, and whether the company must (QRP-10).

    Args:
        upwards: "yes" or "no"; opinion: what they say of it.
    """
    act.require("quality.hear")
    case = cases.get_ready(act, Quality, number, why_not_hear)
    if upwards not in ("yes", "no"):
        raise Invalid(N_("Choose whether the company hears of it."), field="upwards", clause="QRP-10")
    cases.write_down(act, case.number, "hear", texts.needed(opinion, "opinion", LONGEST))
    case.heard_by, case.heard_at, case.claim_upwards = act.operator.code, act.now, upwards
    act.session.add(case)
    signed = "yes" if upwards == "no" and _is_signed(act, case) else "no"
    cases.enter(act, "quality.hear", case, upwards=upwards, signed=signed)
    return case


def why_not_decide(_view: View, case: Quality) -> Refused | None:
    """The company decides what the centre manager sent up."""
    if case.claim_upwards != "yes":
        return StateChanged(N_("The centre manager has sent nothing up."), clause="QRP-10")
    if case.decided_at is not None:
        return StateChanged(N_("The company has decided."), clause="QRP-10")
    return None


def decide(act: Act, *, number: str, opinion: str) -> Quality:
    """The company's manager signs what is done about the claim (QRP-10)."""
    act.require("quality.decide")
    case = cases.get_ready(act, Quality, number, why_not_decide)
    cases.write_down(act, case.number, "decide", texts.needed(opinion, "opinion", LONGEST))
    case.decided_by, case.decided_at = act.operator.code, act.now
    act.session.add(case)
    cases.enter(act, "quality.decide", case, signed="yes" if _is_signed(act, case) else "no")
    return case


def _is_signed(act: Act, case: Quality) -> bool:
    """Whether all parties have signed, so that nothing but the claim kept it open."""
    signed = select(QualityParty.party).where(QualityParty.number == case.number, QualityParty.round == case.round)
    return case.state == "finished" and set(act.session.exec(signed)) >= set(PARTIES)


def why_not_over_claim(case: Quality) -> Refused | None:
    """A claim goes to the centre manager, and where he says so to the company, before anything ends (QRP-10)."""
    if case.claimed_at is not None and case.heard_at is None:
        return StateChanged(N_("Compensation is claimed: the centre manager hears of it first."), clause="QRP-10")
    if case.claim_upwards == "yes" and case.decided_at is None:
        return StateChanged(N_("The claim lies with the company: its manager decides first."), clause="QRP-10")
    return None
