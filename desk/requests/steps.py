"""The steps of a request, a suggestion or a commission."""

from data.words import N_
from desk.cases import steps
from desk.ground.fields import Field, among
from desk.requests import life
from desk.steps import Step

STEPS = (
    steps.reply(life.reply, "requests.reply", N_("Answer the customer; stamps the time")),
    steps.refer(life.refer, "requests.refer"),
    steps.promise(life.promise, "requests.promise"),
    Step(
        life.decide, "requests.decide", life.why_not_decide, "n", N_("Decide"),
        N_("The director adopts or declines the suggestion"), title=N_("Decide the suggestion {number}"),
        asks=(
            Field("decision", N_("Decision"), "choice", among(life.DECISIONS, life.decision_name)),
            Field("text", N_("Plan or reason"), "long"),
        ),
        signer=N_("of the project supervisor"), command="decide",
    ),
    Step(
        life.publish, "requests.publish", life.why_not_publish, "l", N_("Post"),
        N_("The measures were posted, with who is commended"), title=N_("Post the measures of {number}"),
        asks=(
            Field("notice", N_("Posted"), hint=N_("what, and where"), longest=500),
            Field("commended", N_("Commended"), hint=N_("the residents named"), longest=200),
        ),
        command="publish",
    ),
    steps.close(life.close, "requests.close", life.why_not_close),
)  # fmt: skip
