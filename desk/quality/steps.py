"""The steps of a quality complaint: the warranty, the order, the developer, the plan, the signatures, a claim."""

from data.quality import Quality
from data.words import N_, _, named
from desk.ground.fields import Field, among, yes_no
from desk.quality import claims, coordination, ending, judging, warranty
from desk.quality.terms import AGREED, PARTIES, WARRANTIES
from desk.steps import Step
from desk.systems import may
from desk.view import View

APPRAISAL = Field("appraisal", N_("Appraisal"), hint=N_("when all look at it: 15:30, +2h, or a date"), longest=30)
REASON = Field("reason", N_("Reason"), longest=200)
OUTCOME = Field("outcome", N_("Outcome"), "long")


def _parts(view: View, case: Quality) -> dict[str, object]:
    """The parts of the site's list; the one that was chosen before stands there."""
    known = {part.id: warranty.part_name(part) for part in warranty.rules(view.store.path).parts}
    return {"options": among(known, lambda key: known[key]), "default": case.part}


def _judged() -> list[tuple[str, str]]:
    return [("", _("as it is reckoned")), *((key, named(WARRANTIES, key)) for key in ("in", "out"))]


def _left(view: View, case: Quality) -> dict[str, object]:
    """Who has not signed yet."""
    return {"options": among(ending.left(view.session, case), lambda key: named(PARTIES, key))}


def _may_judge(view: View, case: Quality) -> bool:
    """What the owner disputes is a leader's to judge."""
    return not case.disputed or (view.operator is not None and may(view.operator.roles, "quality.decide_dispute"))


def _warranties(view: View, case: Quality) -> list[str]:
    """Every part of the home, with both rules."""
    today = view.calendar.local(view.now).date()
    terms = warranty.of_home(view.session, view.store.path, case.unit_id, today)
    terms.sort(key=lambda one: one.part.id != case.part)
    disputed = [_("The owner says: {words}", words=case.disputed)] if case.disputed else []
    return [N_("Warranty of the home"), *disputed, *warranty.lines(terms, today)]


def _to_say(view: View, case: Quality) -> list[str]:
    """What is explained to the owner."""
    lines = _warranties(view, case)
    said = [_("The developer's warranty for this is over; we can mend it as a paid repair, by the price list.")]
    if case.warranty_until is not None:
        said.append(_("It ended on {day}.", day=case.warranty_until))
    return [N_("To say"), *said, *lines[1:]]


def _plan(_view: View, case: Quality) -> list[str]:
    return [N_("Plan"), *case.plan.splitlines(), case.contractor]


def _claim(_view: View, case: Quality) -> list[str]:
    return [N_("Claim"), *case.claim.splitlines()]


STEPS = (
    Step(
        judging.judge, "quality.judge", judging.why_not_judge, "y", N_("Warranty"),
        N_("Whether the developer still answers for it: the part, the days, both rules"),
        title=N_("Is {number} in warranty"), beside=_warranties,
        asks=(Field("part", N_("Which part"), "choice", finds=_parts),
              Field("warranty", N_("Warranty"), "choice", _judged),
              Field("why", N_("Judged by"), longest=500, hint=N_("where it is not as it is reckoned"))),
        own=_may_judge, signer=N_("of a supervisor"), command="judge", words=("part",),
    ),
    Step(
        coordination.order, "quality.order", coordination.why_not_order, "o", N_("Order"),
        N_("The coordination order is written in full"), title=N_("The coordination order of {number}"),
        asks=(Field("content", N_("To be mended"), longest=500, finds=lambda _view, case: {"default": case.what}),
              Field("spot", N_("Exact place"), longest=120)),
        said=N_("{number}: order written. Tell engineering within two minutes."), command="order", words=("content",),
    ),
    Step(
        coordination.notify, "quality.notify", coordination.why_not_notify, "n", N_("Told"),
        N_("Engineering was told to collect the order"), said=N_("{number}: engineering was told."), command="notify",
    ),
    Step(
        coordination.collect, "quality.collect", coordination.why_not_collect, "s", N_("Collected"),
        N_("Engineering takes the order and signs the situation form"), title=N_("Who takes {number}"),
        asks=(Field("worker", N_("Who goes"), hint=N_("code; empty: whoever signs"), longest=20),),
        signer=N_("of engineering"), said=N_("{number} is collected: tell the developer within five minutes."),
        command="collect",
    ),
    Step(
        coordination.tell_developer, "quality.tell_developer", coordination.why_not_tell, "d", N_("Developer"),
        N_("The developer's supervision was told, and when all look at it"),
        title=N_("Whom of the developer {number} was told"),
        asks=(Field("developer", N_("Who was told"), longest=120), APPRAISAL), times=("appraisal",),
        command="tell-developer", words=("developer",),
    ),
    Step(
        coordination.appraise, "quality.appraise", coordination.why_not_appoint, "a", N_("Appraised"),
        N_("What was found on site together"), title=N_("What was found at {number}"),
        asks=(Field("text", N_("Found"), "long"),), command="appraise", words=("text",),
    ),
    Step(
        coordination.plan, "quality.plan", coordination.why_not_plan, "p", N_("Plan"),
        N_("The plan, and who carries it out"), title=N_("The repair plan of {number}"), command="plan",
        words=("text",),
        asks=(Field("text", N_("Plan"), "long"), Field("contractor", N_("Contractor"), longest=120)),
    ),
    Step(
        coordination.consent, "quality.consent", coordination.why_not_consent, "b", N_("Owner agrees"),
        N_("The owner agrees to the plan before anything begins, or does not"),
        title=N_("Does the owner of {number} agree"),
        asks=(Field("agreed", N_("The owner"), "choice", lambda: [(key, named(AGREED, key)) for key in AGREED]),
              Field("words", N_("In words"), longest=200, hint=N_("who said so and how; or what is wrong with it"))),
        beside=_plan, command="consent", words=("agreed",),
    ),
    Step(
        coordination.follow, "quality.follow", coordination.why_not_follow, "l", N_("Progress"),
        N_("How far the contractor is"), title=N_("How far {number} is"),
        asks=(Field("text", N_("Seen"), longest=500),), command="follow", words=("text",), beside=_plan,
    ),
    Step(
        coordination.finish, "quality.finish", coordination.why_not_follow, "D", N_("Done"),
        N_("The contractor's work is done and was looked at"), title=N_("{number} is done"),
        asks=(Field("result", N_("Result"), longest=500),), command="finish", words=("result",), beside=_plan,
    ),
    Step(
        ending.sign, "quality.sign", ending.why_not_sign, "i", N_("Signed"),
        N_("A party signs the order, or is absent with a reason"), title=N_("Who signs {number}"), command="sign",
        asks=(Field("party", N_("Who"), "choice", finds=_left), Field("name", N_("Name"), longest=60),
              Field("absent", N_("Absent because"), longest=200, hint=N_("only where nobody signs")),),
        words=("party",),
    ),
    Step(
        ending.reject, "quality.reject", ending.why_not_reject, "B", N_("Not accepted"),
        N_("A party does not accept the work: it goes on, and all sign anew"), title=N_("{number} is not accepted"),
        asks=(REASON,), command="reject", words=("reason",), foot=False,
    ),
    Step(
        judging.explain, "quality.explain", judging.why_not_explain, "x", N_("Explain"),
        N_("Explain that the warranty is over"), title=N_("{number} is out of warranty"), beside=_to_say,
        asks=(Field("text", N_("Explained"), "long"),
              Field("disputed", N_("Owner disputes"), longest=500, hint=N_("what they say; a supervisor judges"))),
        command="explain", words=("text",),
    ),
    Step(
        judging.make_paid, "quality.make_paid", judging.why_not_paid, "r", N_("Paid repair"),
        N_("The owner wants it mended all the same: a paid repair of it"),
        title=N_("A paid repair is made of {number}"),
        command="paid",
    ),
    Step(
        ending.close, "quality.close", ending.why_not_close, "c", N_("Close"), N_("Close with the outcome"),
        title=N_("Close {number}"), asks=(OUTCOME,), command="close", words=("outcome",),
    ),
    Step(
        claims.claim, "quality.claim", claims.why_not_claim, "m", N_("Claim"),
        N_("The owner asks for compensation"), title=N_("What is claimed for {number}"), foot=False,
        asks=(Field("text", N_("Claim"), longest=300, hint=N_("what for, and how much")),),
        command="claim", words=("text",),
    ),
    Step(
        claims.hear, "quality.hear", claims.why_not_hear, "H", N_("Manager told"),
        N_("The centre manager hears of the claim, and whether the company must"), title=N_("The claim of {number}"),
        asks=(Field("upwards", N_("To the company"), "choice", yes_no), Field("opinion", N_("Opinion"), longest=300)),
        beside=_claim, signer=N_("of the project supervisor"), command="hear", words=("opinion",),
    ),
    Step(
        claims.decide, "quality.decide", claims.why_not_decide, "u", N_("Company"),
        N_("The company's manager decides on the claim"), title=N_("The claim of {number}, at the company"),
        asks=(Field("opinion", N_("Decision"), longest=300),), beside=_claim,
        signer=N_("of the company manager"), command="decide", words=("opinion",),
    ),
    Step(
        coordination.appoint, "quality.appoint", coordination.why_not_appoint, "t", N_("Another time"),
        N_("Agree on another time for the appraisal"), title=N_("When all look at {number}"),
        asks=(APPRAISAL, REASON), times=("appraisal",), command="appoint", foot=False,
    ),
    Step(
        ending.withdraw, "quality.withdraw", ending.why_not_withdraw, "W", N_("Taken back"),
        N_("The owner takes it back"), title=N_("{number} is taken back"), asks=(OUTCOME,), command="withdraw",
        words=("outcome",), foot=False,
    ),
)  # fmt: skip
