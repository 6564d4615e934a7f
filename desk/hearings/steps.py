"""The steps of an occasion: written down, and what was raised there."""

from data.words import N_
from desk.followups import raised
from desk.followups.raised import BECOMES
from desk.ground.fields import Field, among
from desk.hearings import life
from desk.hearings.terms import KINDS, kind_name
from desk.steps import Step, always

RAISED = tuple(one for one in BECOMES if one != "answered")

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
