"""Emergencies 突发事件: who is told, in order, until somebody has acknowledged (A23)."""

from data.words import N_
from desk.ground.roles import DESK, LEADERS, NOBODY, PEOPLE
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "emergencies",
    N_("emergencies"),
    case=True,
    visited=True,
    signed=("acknowledged_at",),
    steps="desk.emergencies.steps",
    forms="desk.emergencies.forms",
    command="emergency",
    papers=("emergencies",),
    reads=PEOPLE,
    keeps=("emergency", "notice", "case_note", "visit"),
    rooms=(
        Room(
            "emergencies",
            N_("Emergencies"),
            N_("Emergencies"),
            "screens.emergencies:EmergencyRoom",
            ("emergencies.read",),
            "f10",
        ),
    ),
    acts={
        "note": Said(N_("remark written"), PEOPLE),
        "mend": Said(N_("record mended"), DESK),
        "register": Said(N_("emergency taken"), PEOPLE),
        "refer": Said(N_("emergency passed on"), DESK),
        "tell": Said(N_("somebody on the list told"), PEOPLE),
        "told_all": Said(N_("everybody on the list told"), NOBODY),
        "tell_more": Said(N_("more people are to be told"), NOBODY),
        "acknowledge": Said(N_("emergency acknowledged"), LEADERS),
        "acknowledge_by_phone": Said(N_("emergency acknowledged by phone"), PEOPLE),
        "sign": Said(N_("acknowledgement signed"), LEADERS),
        "report": Said(N_("running report"), PEOPLE),
        "reply": Said(N_("caller answered"), DESK),
        "promise": Said(N_("next reply agreed"), DESK),
        "close": Said(N_("emergency over"), DESK),
    },
)
