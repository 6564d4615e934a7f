"""In warranty: the coordination order, the developer, the appraisal, plan and consent, the work (QRP-2 to QRP-9)."""

from datetime import datetime

from data.quality import Quality
from data.words import N_
from desk import cases, operators
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.quality.standing import LONGEST, why_not_in
from desk.quality.terms import AGREED
from desk.quality.warranty import IN
from desk.view import View


def why_not_order(view: View, case: Quality) -> Refused | None:
    """A coordination order is written once, and in warranty only (QRP-2, QRP-4)."""
    if (refused := why_not_in(view, case, "open")) is not None:
        return refused
    if case.warranty != IN:
        return StateChanged(
            N_("A coordination order is written in warranty only: judge the warranty first."), clause="QRP-4"
        )
    return None


def order(act: Act, *, number: str, content: str, spot: str = "") -> Quality:
    """Write the coordination order with what is to be mended in full; stops the five-minute clock (QRP-2)."""
    act.require("quality.order")
    case = cases.get_ready(act, Quality, number, why_not_order)
    cases.write_down(act, case.number, "order", texts.needed(content, "content", LONGEST))
    case.spot, case.ordered_at, case.state = texts.limited(spot, "spot", 120), act.now, "ordered"
    act.session.add(case)
    cases.enter(act, "quality.order", case, warranty=case.warranty)
    return case


def why_not_notify(view: View, case: Quality) -> Refused | None:
    """Engineering is called once the order is written (QRP-3)."""
    return why_not_in(view, case, "ordered")


def notify(act: Act, *, number: str) -> Quality:
    """Engineering was told to collect the order; stops the two-minute clock (QRP-3)."""
    act.require("quality.notify")
    case = cases.get_ready(act, Quality, number, why_not_notify)
    case.department, case.referred_at, case.state = "engineering", act.now, "referred"
    act.session.add(case)
    cases.enter(act, "quality.notify", case)
    return case


def why_not_collect(view: View, case: Quality) -> Refused | None:
    """An order is collected once, after engineering was told (QRP-5)."""
    return why_not_in(view, case, "referred")


def collect(act: Act, *, number: str, worker: str = "") -> Quality:
    """Engineering takes the order and signs the situation form; five minutes to tell the developer (QRP-5, QRP-6).

    Args:
        worker: code, name or initials of whoever goes; the one who signs when empty.
    """
    act.require("quality.collect")
    case = cases.get_ready(act, Quality, number, why_not_collect)
    case.worker = operators.engineer(act.session, worker).code if worker.strip() else act.operator.code
    case.collected_by, case.collected_at, case.state = act.operator.code, act.now, "collected"
    act.session.add(case)
    cases.enter(act, "quality.collect", case)
    return case


def why_not_tell(view: View, case: Quality) -> Refused | None:
    """The developer's supervision department is told once the order was collected (QRP-6)."""
    if (refused := why_not_in(view, case, "collected")) is not None:
        return refused
    if case.developer_told_at is not None:
        return StateChanged(N_("They were told already; another time is agreed with its own key."), clause="QRP-6")
    return None


def tell_developer(act: Act, *, number: str, developer: str, appraisal: datetime) -> Quality:
    """The developer's supervision department was told, and a time agreed to look at it together (QRP-6).

    Args:
        developer: who was told; appraisal: aware instant of the appraisal on site.
    """
    act.require("quality.tell_developer")
    case = cases.get_ready(act, Quality, number, why_not_tell)
    case.developer, case.developer_told_at = texts.needed(developer, "developer", 120), act.now
    case.appraisal_at = _ahead(act, appraisal, "appraisal")
    act.session.add(case)
    cases.write_down(act, case.number, "developer", case.developer)
    cases.enter(act, "quality.tell_developer", case)
    cases.enter(act, "quality.appoint", case, appraisal_at=case.appraisal_at)
    return case


def _ahead(act: Act, at: datetime, field: str) -> datetime:
    if not act.now < at <= act.now + cases.LATEST_PROMISE:
        raise Invalid(N_("That time lies ahead, and within a year."), field=field, clause="QRP-6")
    return at


def why_not_appoint(view: View, case: Quality) -> Refused | None:
    """Another time is agreed until they were there."""
    if (refused := why_not_in(view, case, "collected")) is not None:
        return refused
    if case.developer_told_at is None:
        return StateChanged(N_("Tell the developer's supervision first."), clause="QRP-6")
    return None


def appoint(act: Act, *, number: str, appraisal: datetime, reason: str) -> Quality:
    """Agree on another time for the appraisal; a person moves it, with a reason."""
    act.require("quality.appoint")
    case = cases.get_ready(act, Quality, number, why_not_appoint)
    case.appraisal_at = _ahead(act, appraisal, "appraisal")
    cases.write_down(act, case.number, "appoint", texts.needed(reason, "reason", 200))
    act.session.add(case)
    cases.enter(act, "quality.appoint", case, appraisal_at=case.appraisal_at)
    return case


def appraise(act: Act, *, number: str, text: str) -> Quality:
    """What was found on site together with the developer's supervision (QRP-6)."""
    act.require("quality.appraise")
    case = cases.get_ready(act, Quality, number, why_not_appoint)
    case.appraised, case.appraised_at, case.state = texts.needed(text, "text", LONGEST), act.now, "appraised"
    act.session.add(case)
    cases.write_down(act, case.number, "appraise", case.appraised)
    cases.enter(act, "quality.appraise", case)
    return case


def why_not_plan(view: View, case: Quality) -> Refused | None:
    """A plan follows what was found (QRP-7); one that the owner refused is made anew."""
    return why_not_in(view, case, "appraised")


def plan(act: Act, *, number: str, text: str, contractor: str) -> Quality:
    """The repair plan, made with the owner and the supervision department, and who carries it out (QRP-7)."""
    act.require("quality.plan")
    case = cases.get_ready(act, Quality, number, why_not_plan)
    case.plan, case.contractor = texts.needed(text, "text", LONGEST), texts.needed(contractor, "contractor", 120)
    case.planned_at, case.state = act.now, "planned"
    act.session.add(case)
    cases.write_down(act, case.number, "plan", f"{case.plan}\n{case.contractor}")
    cases.enter(act, "quality.plan", case)
    return case


def why_not_consent(view: View, case: Quality) -> Refused | None:
    """The owner agrees to a plan, or does not (QRP-7)."""
    return why_not_in(view, case, "planned")


def consent(act: Act, *, number: str, agreed: str, words: str) -> Quality:
    """The owner agrees before any work begins; who does not agree gets another plan (QRP-7).

    Args:
        agreed: "yes" or "no"; words: who agreed and how, or what is wrong with the plan.
    """
    act.require("quality.consent")
    case = cases.get_ready(act, Quality, number, why_not_consent)
    if agreed not in AGREED:
        raise Invalid(N_("Choose whether the owner agrees."), field="agreed", clause="QRP-7")
    words = texts.needed(words, "words", 200)
    case.state = "agreed" if agreed == "yes" else "appraised"
    if agreed == "yes":
        case.consented, case.consented_at = words, act.now
    else:
        # No paper says what was refused; the notes do.
        case.plan, case.contractor, case.planned_at = "", "", None
    act.session.add(case)
    cases.write_down(act, case.number, "agree" if agreed == "yes" else "plan_refused", words)
    cases.enter(act, "quality.consent", case, agreed=agreed)
    return case


def why_not_follow(view: View, case: Quality) -> Refused | None:
    """The contractor's work is followed from the consent until it is done (QRP-7, QRP-9)."""
    if (refused := why_not_in(view, case, "agreed")) is not None and case.state == "planned":
        return StateChanged(N_("The owner agrees first; before that nothing begins."), clause="QRP-7")
    return refused


def follow(act: Act, *, number: str, text: str) -> Quality:
    """How far the contractor is, as somebody saw or asked; the next look has its own clock (QRP-7, QRP-9)."""
    act.require("quality.follow")
    case = cases.get_ready(act, Quality, number, why_not_follow)
    cases.write_down(act, case.number, "follow", texts.needed(text, "text", LONGEST))
    cases.enter(act, "quality.follow", case, agreed="yes")
    return case


def finish(act: Act, *, number: str, result: str) -> Quality:
    """The contractor's work is done and was looked at; now all parties sign (QRP-8)."""
    act.require("quality.finish")
    case = cases.get_ready(act, Quality, number, why_not_follow)
    case.result, case.finished_at, case.state = texts.needed(result, "result", LONGEST), act.now, "finished"
    act.session.add(case)
    cases.write_down(act, case.number, "finish", case.result)
    cases.enter(act, "quality.finish", case)
    return case
