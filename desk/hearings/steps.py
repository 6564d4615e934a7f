"""The steps of an occasion: written down, and what was raised there."""

from data.rounds import Hearing
from data.words import N_, _
from desk.cases.visited import way_name
from desk.followups import raised
from desk.followups.raised import BECOMES
from desk.ground.fields import Field, among, yes_no
from desk.hearings import life, visiting
from desk.hearings.terms import KINDS, VISITS, kind_name
from desk.steps import Step, always
from desk.view import View

RAISED = tuple(one for one in BECOMES if one != "answered")
# What somebody who is not satisfied with an event says becomes one of these at once.
WRONG = tuple(one for one in RAISED if one != "later")


def _visits(view: View, held: Hearing) -> list[str]:
    """How many households were visited, of how many that are to be."""
    done, wanted = visiting.made(view.session, held.number), visiting.needed(view, held)
    return [N_("Return visits"), _("{done} of {wanted} households", done=done, wanted=wanted)]


STEPS = (
    Step(
        life.hold, "hearings.hold", always, "n", N_("Write down"),
        N_("A forum, a questionnaire, a festival, with its minutes"),
        title=N_("Residents were heard"), new=True, times=("at",), command="hold", tells=lambda made: str(made.number),
        asks=(Field("kind", N_("What it was"), "choice", among(KINDS, kind_name)),
              Field("topic", N_("Topic"), longest=120),
              Field("at", N_("When"), hint=N_("empty: now; 09:40, or a date"), longest=30),
              Field("households", N_("Households"), hint=N_("that came, or whose form came back"), longest=6,
                    default="0"),
              Field("satisfied", N_("Satisfied forms"), hint=N_("of a questionnaire; empty: not asked"), longest=6),
              Field("minutes", N_("Minutes"), "long")),
    ),
    Step(
        visiting.visit, "hearings.visit", visiting.why_not_visit, "h", N_("Visit"),
        N_("A return visit about the event, within a month"), title=N_("Return visit about {number}"),
        asks=(Field("room", N_("Home"), longest=40),
              Field("how", N_("How"), "choice", among(VISITS, way_name), default="phone"),
              Field("satisfied", N_("Satisfied"), "choice", yes_no),
              Field("suggestions", N_("Suggestions"), longest=500),
              Field("becomes", N_("It becomes"), "choice", among(WRONG, raised.name), default="complaint",
                    asked=lambda values: values["satisfied"] == "no")),
        beside=_visits, command="visit", words=("room",),
    ),
    Step(
        life.raise_item, "hearings.raise_item", always, "a", N_("Raised"), N_("What was raised becomes a record"),
        title=N_("What was raised at {number}"), times=("answer_by",), command="raised", words=("raised",),
        asks=(Field("raised", N_("In words"), longest=500),
              Field("becomes", N_("It becomes"), "choice", among(RAISED, raised.name)),
              Field("room", N_("Home"), longest=40),
              Field("who", N_("Who"), hint=N_("where it is no home"), longest=60),
              Field("answer_by", N_("Answer by"), hint=N_("15:30, +2h, or a date"), longest=30,
                    asked=lambda values: values["becomes"] == "later")),
    ),
)  # fmt: skip
