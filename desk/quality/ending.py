"""How it ends: all parties sign, closed, taken back, opened again (QRP-8, QRP-9)."""

from sqlmodel import Session, col, select

from data.cases import CaseBase
from data.quality import Quality, QualityParty
from data.words import N_, named
from desk import cases
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.quality.claims import why_not_over_claim
from desk.quality.standing import BEFORE_PLAN, begin_anew, end, why_not_in
from desk.quality.terms import PARTIES
from desk.quality.warranty import IN
from desk.view import View


def parties(session: Session, case: Quality) -> list[QualityParty]:
    """Who has signed in this round, or is absent with a reason; in the order of signing."""
    query = select(QualityParty).where(QualityParty.number == case.number, QualityParty.round == case.round)
    return list(session.exec(query.order_by(col(QualityParty.id))))


def left(session: Session, case: Quality) -> list[str]:
    """Who has not signed yet."""
    signed = {one.party for one in parties(session, case)}
    return [party for party in PARTIES if party not in signed]


def why_not_sign(view: View, case: Quality) -> Refused | None:
    """All parties sign once the work is done, each of them once (QRP-8)."""
    if (refused := why_not_in(view, case, "finished")) is not None:
        return refused
    if not left(view.session, case):
        return StateChanged(N_("All parties have signed."), clause="QRP-8")
    return None


def sign(act: Act, *, number: str, party: str, name: str = "", absent: str = "") -> Quality:
    """A party has signed the coordination order on paper, or is absent and it is said why (QRP-8).

    Args:
        party: a key of PARTIES; name: who signed; absent: why nobody did. One of the two.
    """
    act.require("quality.sign")
    case = cases.get_ready(act, Quality, number, why_not_sign)
    if party not in left(act.session, case):
        raise Invalid(N_("Choose who of those that have not signed yet."), field="party", clause="QRP-8")
    name, absent = texts.limited(name, "name", 60), texts.limited(absent, "absent", 200)
    if bool(name) == bool(absent):
        raise Invalid(N_("Who signed, or why nobody did: one of the two."), field="name", clause="QRP-8")
    signed = any(one.name for one in parties(act.session, case))
    if absent and not signed and len(left(act.session, case)) == 1:
        raise Invalid(N_("Nobody has signed: one of them at least does."), field="absent", clause="QRP-8")
    act.session.add(
        QualityParty(
            number=case.number,
            round=case.round,
            party=party,
            name=name,
            absent=absent,
            at=act.now,
            entered_by=act.operator.code,
        )
    )
    act.session.flush()
    cases.enter(act, "quality.sign", case, party=party, absent="yes" if absent.strip() else "no")
    if not left(act.session, case):
        case.replied_at = case.replied_at or act.now
        act.session.add(case)
        cases.enter(act, "quality.signed", case, signed="yes")
    return case


def why_not_reject(view: View, case: Quality) -> Refused | None:
    """What was done is refused while it is being signed for (QRP-8)."""
    return why_not_in(view, case, "finished")


def reject(act: Act, *, number: str, reason: str) -> Quality:
    """A party does not accept the work: the contractor goes on by the plan, and all sign anew (QRP-7, QRP-8)."""
    act.require("quality.reject")
    case = cases.get_ready(act, Quality, number, why_not_reject)
    cases.write_down(act, case.number, "reject", texts.needed(reason, "reason", 300))
    case.round += 1
    case.state, case.finished_at, case.result = "agreed", None, ""
    act.session.add(case)
    cases.enter(act, "quality.reject", case, agreed="yes")
    return case


def why_not_close(view: View, case: Quality) -> Refused | None:
    """Nothing is closed before all have signed, or it was explained; and never over a claim (QRP-4, QRP-8, QRP-10)."""
    if (refused := why_not_in(view, case, "finished", "explained")) is not None:
        return refused
    if case.state == "finished" and (waiting := left(view.session, case)):
        return StateChanged(
            N_("Not signed yet: {who}."), who=", ".join(named(PARTIES, one) for one in waiting), clause="QRP-8"
        )
    if case.disputed:
        return StateChanged(N_("The owner disputes it: a supervisor judges first."), clause="QRP-4")
    return why_not_over_claim(case)


def close(act: Act, *, number: str, outcome: str) -> Quality:
    """Close it with the outcome; a return visit follows where something was mended (QRP-9)."""
    act.require("quality.close")
    case = cases.get_ready(act, Quality, number, why_not_close)
    return end(act, case, texts.needed(outcome, "outcome"), "quality.close")


def why_not_withdraw(view: View, case: Quality) -> Refused | None:
    """What the owner takes back ends before the work is done, and never over a claim."""
    if (refused := why_not_in(view, case, *BEFORE_PLAN, "planned", "agreed")) is not None:
        return refused
    return why_not_over_claim(case)


def withdraw(act: Act, *, number: str, outcome: str) -> Quality:
    """The owner takes it back."""
    act.require("quality.withdraw")
    case = cases.get_ready(act, Quality, number, why_not_withdraw)
    return end(act, case, texts.needed(outcome, "outcome"), "quality.withdraw")


def reopen(act: Act, case: CaseBase) -> None:
    """Who is not satisfied at the visit opens it again: engineering is told and collects it, and it is appraised,
    planned, agreed and signed anew (QRP-3, QRP-9, RV-12)."""
    quality = act.session.get_one(Quality, case.number)
    quality.round += 1
    cases.write_down(act, case.number, "round", quality.outcome)
    # What is out of warranty is explained again, or disputed; it has no order.
    quality.state = "ordered" if quality.warranty == IN else "open"
    quality.closed_at, quality.outcome = None, ""
    quality.referred_at = quality.collected_at = None
    quality.became = ""
    begin_anew(quality)
    act.session.add(quality)
    cases.enter(act, "quality.reopen", quality, warranty=quality.warranty)
