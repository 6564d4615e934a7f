"""Return visits 回访 after a record was closed."""

from data.words import N_
from desk.ground.roles import DESK, LEADERS, NOBODY
from desk.systems.saying import Said, System

SYSTEM = System(
    "followups",
    N_("return visits"),
    acts={
        "visit": Said(
            N_("return visit made"),
            DESK,
            by_fact={
                ("satisfied", "yes"): N_("return visit: satisfied"),
                ("satisfied", "no"): N_("return visit: not satisfied"),
            },
        ),
        "attempt": Said(N_("return visit reached nobody"), DESK),
        "check": Said(N_("a visit was checked"), LEADERS),
        "unreached": Said(N_("return visit: not reached"), NOBODY),
    },
)
