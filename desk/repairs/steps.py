"""The steps of a reported repair."""

from data.words import N_
from desk import cases
from desk.cases import steps
from desk.repairs import life
from desk.steps import Step

STEPS = (
    Step(
        life.order, "repairs.order", life.why_not_order, "o", N_("Order"), N_("The work order is written in full"),
        said=N_("{number}: order written. Tell engineering within two minutes."), command="order",
    ),
    Step(
        life.notify, "repairs.notify", cases.why_not_open, "n", N_("Told"),
        N_("Engineering was told to collect the order"), said=N_("{number}: engineering was told."), command="notify",
    ),
    steps.close(life.close, "repairs.close", cases.why_not_open),
)  # fmt: skip
