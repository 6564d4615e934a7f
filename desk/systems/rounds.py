"""Planned visits to homes: routine, by complaints, by lot, the director's (A6, A8)."""

from data.words import N_
from desk.ground.roles import DESK, HEADS, NOBODY, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "rounds",
    N_("planned visits"),
    case=True,
    steps="desk.rounds.steps",
    forms="desk.rounds.forms",
    command="round",
    heeds={
        "followups.visit": "desk.rounds.life:heed_visit", "followups.unreached": "desk.rounds.life:heed_unreached",
    },
    papers=("rounds",),
    reads=STAFF,
    keeps=("planned_visit", "case_note", "visit"),
    rooms=(
        Room(
            "visits",
            N_("Visits"),
            N_("Who is to be visited, and why: what must be, what is planned, what was drawn"),
            "screens.rounds:VisitRoom",
            ("followups.visit",),
        ),
        Room("rounds", N_("Visit plan"), N_("Planned visits, their records, signatures"), "screens.rounds:RoundRoom",
             ("rounds.read_plan",)),
    ),
    acts={
        "note": Said(N_("remark written"), STAFF),
        "read_plan": Said("", STAFF),
        "plan": Said(N_("month's visits planned"), HEADS),
        "add": Said(N_("visit put down"), DESK),
        "draw": Said(N_("visits drawn by lot"), DESK),
        "arrange": Said(N_("visit agreed by phone"), DESK),
        "visit": Said(
            N_("planned visit over"),
            DESK,
            by_fact={
                ("result", "visited"): N_("planned visit made"),
                ("result", "unreached"): N_("planned visit: not reached"),
            },
        ),
        "attempt": Said(N_("planned visit reached nobody"), NOBODY),
        "decline": Said(N_("wishes no visit"), DESK),
        "drop": Said(N_("taken off the plan"), HEADS),
        "review": Said(
            N_("visit's record read"),
            HEADS,
            by_fact={
                ("adopted", "yes"): N_("visit's record read: adopted"),
                ("adopted", "no"): N_("visit's record read: not adopted"),
            },
        ),
        "check": Said(N_("spot check of a visit"), HEADS),
        "report": Said(N_("reported up: not solved"), DESK),
        "solve": Said(N_("answered: what the departments did"), {"project_supervisor"}),
        "settle": Said(N_("an older matter answered"), NOBODY),
        "sign": Said(N_("visit's record signed and filed"), {"project_supervisor"}),
        "month_done": Said(N_("month's visits are done"), NOBODY),
        "round_done": Said(N_("round of visits is done"), NOBODY),
        "director_done": Said(N_("the director's visit is made"), NOBODY),
    },
)  # fmt: skip
