"""The steps of an emergency, until it is over."""

from data.cases import Emergency
from data.words import N_
from desk import cases
from desk.cases import steps
from desk.emergencies import life
from desk.ground.fields import Field, among
from desk.ground.roles import role_names
from desk.steps import Step
from desk.view import View


def _to_tell(view: View, case: Emergency) -> dict[str, object]:
    """Who on the list is still to be told, the next one first."""
    left = {str(one.place): one for one in life.notices_of(view.session, case.number) if one.outcome != "told"}
    due = life.next_to_tell(view.session, case.number)
    return {
        "options": among(left, lambda place: f"{left[place].whom} {left[place].phone}".strip()),
        "default": str(due.place) if due else "",
    }


def _leaders(view: View, _case: Emergency) -> dict[str, object]:
    """Who may have taken it on."""
    known = {one.code: f"{one.name} {role_names(one.roles)}" for one in life.leaders(view.session)}
    return {"options": among(known, lambda code: known[code])}


STEPS = (
    Step(
        life.tell, "emergencies.tell", life.why_not_tell, "t", N_("Tell"),
        N_("Who on the list was told, or not reached"), title=N_("Tell of {number}"), asks=(
            Field("whom", N_("Whom"), "choice", finds=_to_tell),
            Field("outcome", N_("They were"), "choice", among(life.OUTCOMES, life.outcome_name), default="told"),
            Field("note", N_("Note"), longest=200),
        ), command="tell",
    ),
    Step(
        life.acknowledge, "emergencies.acknowledge", life.why_not_acknowledge, "a", N_("Acknowledge"),
        N_("A leader takes it on, with their own code"), title=N_("Take on {number}"), signer=N_("of a leader"),
        command="acknowledge",
    ),
    Step(
        life.acknowledge_by_phone, "emergencies.acknowledge_by_phone", life.why_not_acknowledge, "b", N_("By phone"),
        N_("A leader took it on over the phone; they sign later"), title=N_("Taken on by phone: {number}"),
        asks=(
            Field("leader", N_("Leader"), "choice", finds=_leaders),
            Field("phone", N_("Number"), longest=20, hint=N_("on which they were reached")),
            Field("at", N_("When"), longest=30, hint=N_("empty: now; 15:30")),
        ), times=("at",), command="by-phone",
    ),
    Step(
        life.sign, "emergencies.sign", life.why_not_sign, "s", N_("Sign"),
        N_("The leader who took it on by phone signs that they did"), title=N_("Sign for {number}"),
        signer=N_("of whoever took it on by phone"), own=life.took_on, command="sign",
    ),
    Step(
        life.report, "emergencies.report", cases.why_not_open, "r", N_("Report"),
        N_("The next line of the running report"), title=N_("Report on {number}"),
        asks=(Field("text", N_("Report"), "long"),), command="report",
        words=("text",),
    ),
    steps.reply(life.reply, "emergencies.reply", N_("Answer the caller; stamps the time")),
    steps.promise(life.promise, "emergencies.promise", N_("Not over yet: explain, and fix the next reply")),
    steps.refer(life.refer, "emergencies.refer", "o"),
    steps.close(life.close, "emergencies.close", life.why_not_close),
)  # fmt: skip
