"""Reported repairs 报修."""

from data.words import N_
from desk.ground.roles import DESK, PEOPLE, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "repairs",
    N_("repairs"),
    case=True,
    signed=(),
    steps="desk.repairs.steps",
    command="repair",
    papers=("repairs",),
    reads=STAFF,
    keeps=("repair", "case_note", "visit"),
    rooms=(
        Room("repairs", N_("Repairs"), N_("Reported repairs"), "screens.cases:RepairRoom", ("repairs.read",), "f8"),
    ),
    acts={
        "note": Said(N_("remark written"), PEOPLE),
        "mend": Said(N_("record mended"), DESK),
        "register": Said(N_("repair registered"), DESK),
        "notify": Said(N_("engineering told"), DESK),
        "order": Said(N_("repair order written"), DESK),
        "close": Said(N_("repair closed"), DESK),
    },
)
