"""Duty 值班: the roster of posts, who is there, nobody leaves one empty (DUT-1 to DUT-4, DUT-8, DUT-11)."""

from data.words import N_
from desk.ground.roles import HEADS, NOBODY, ON_POST, PEOPLE
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "duty",
    N_("duty roster"),
    steps="desk.duty.steps",
    forms="desk.duty.forms",
    pane="screens.duty:pane",
    command="duty",
    papers=("duty",),
    reads=PEOPLE,
    rooms=(
        Room("roster", N_("Duty roster"), N_("Who is on which post when, what nobody covers, swaps"),
             "screens.duty:RosterRoom", ("duty.read",)),
    ),
    acts={
        "note": Said(N_("remark written"), PEOPLE),
        "plan_shift": Said(N_("put on the roster"), HEADS),
        "drop": Said(N_("taken off the roster"), HEADS),
        "expect": Said(N_("to be there before the shift"), NOBODY),
        "swap": Said(N_("swap asked"), ON_POST),
        "agree": Said(N_("swap agreed"), ON_POST),
        "unswap": Said(N_("swap taken back"), ON_POST),
        "approve": Said(N_("swap allowed"), HEADS, by_fact={("decision", "no"): N_("swap refused")}),
        "arrive": Said(N_("on post"), ON_POST),
        "come": Said(N_("on post, not planned"), ON_POST),
        "leave": Said(N_("left the post"), ON_POST),
        "sent": Said(N_("somebody was sent to a post"), NOBODY),
        "end": Said(N_("not on post any more"), HEADS),
        "stay": Said(N_("no relief: stays on post"), ON_POST),
        "relieve": Said(N_("relief found"), HEADS),
    },
)  # fmt: skip
