"""Handovers 交接班: a post changes hands with two signatures (DUT-3, DUT-8, DUT-10, DUT-11)."""

from data.words import N_
from desk.ground.roles import HEADS, LEADERS, NOBODY, ON_POST
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "handovers",
    N_("handovers"),
    steps="desk.handovers.steps",
    forms="desk.handovers.forms",
    pane="screens.handovers:pane",
    command="handover",
    papers=("handovers",),
    reads=ON_POST | LEADERS,
    keeps=("handover", "handover_mark", "case_note"),
    rooms=(
        Room("shift", N_("Shift"), N_("Your post: what is due, what waits, what to hand over"),
             "screens.shift:ShiftRoom", ("handovers.offer",)),
        Room("handovers", N_("Handovers"), N_("Every handover of a post, with what was said and counted"),
             "screens.handovers:HandoverRoom", ("handovers.read",)),
    ),
    acts={
        "note": Said(N_("remark written"), ON_POST | LEADERS),
        "mark": Said(
            N_("line marked for the next shift"), ON_POST,
            by_fact={("mark", "2"): N_("marked: watch"), ("mark", "3"): N_("marked: do first")},
        ),
        "offer": Said(N_("post offered for handover"), ON_POST),
        "see": Said(N_("opened before taking over"), ON_POST),
        "take": Said(N_("post taken over"), ON_POST, by_fact={("noon", "yes"): N_("post covered")}),
        "refuse": Said(N_("handover not taken"), ON_POST),
        "withdraw": Said(N_("handover taken back"), ON_POST),
        "settle": Said(N_("handover settled"), HEADS),
        "cover_noon": Said("", ON_POST),
        "differs": Said(N_("counted otherwise"), NOBODY),
        "stale": Said(N_("nobody moved it for three shifts"), NOBODY),
        "moved": Said(N_("moved again"), NOBODY),
    },
)  # fmt: skip
