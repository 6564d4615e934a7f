"""Reported repairs 报修: the order, the ways to the door, what is agreed, done, paid and filed (A4)."""

from data.words import N_
from desk.ground.roles import DESK, ENGINEERS, NOBODY, PEOPLE, STAFF
from desk.systems.saying import Room, Said, System

MANAGER = frozenset({"engineering_manager"})
HANDS = DESK | ENGINEERS

SYSTEM = System(
    "repairs",
    N_("repairs"),
    case=True,
    visited=True,
    signed=("collected_by",),
    steps="desk.repairs.steps",
    forms="desk.repairs.forms",
    command="repair",
    papers=("repairs",),
    reads=STAFF,
    keeps=("repair", "repair_trip", "repair_charge", "case_note", "visit"),
    rooms=(
        Room("repairs", N_("Repairs"), N_("Reported repairs"), "screens.repairs:RepairRoom", ("repairs.read",), "f8"),
        Room(
            "board",
            N_("Board"),
            N_("Who of engineering has what, and what is next"),
            "screens.repair_board:BoardRoom",
            ("repairs.assign",),
        ),
        Room(
            "copies",
            N_("Copies"),
            N_("Orders that come back from engineering, and which are missing"),
            "screens.repair_copies:CopiesRoom",
            ("repairs.return_copy",),
        ),
    ),
    acts={
        "note": Said(N_("remark written"), PEOPLE),
        "mend": Said(N_("record mended"), DESK),
        "register": Said(N_("repair registered"), DESK),
        "notify": Said(N_("engineering told"), DESK),
        "order": Said(N_("repair order written"), DESK),
        "collect": Said(N_("order collected"), ENGINEERS),
        "reorder": Said(N_("order put right"), DESK),
        "often": Said(N_("came for the third time"), NOBODY),
        "study": Said(N_("looked into why it comes again"), MANAGER),
        "accept": Said(N_("order accepted"), NOBODY),
        "assign": Said(N_("handed over"), HANDS),
        "rebranch": Said(N_("it turned out otherwise"), HANDS),
        "appoint": Said(N_("appointment made"), HANDS),
        "advise": Said(N_("the engineering manager answered"), MANAGER),
        "arrive": Said(N_("arrived"), HANDS),
        "begin": Said(N_("agreed, work begun"), HANDS),
        "decline": Said(N_("price declined"), MANAGER),
        "complete": Said(N_("work finished"), HANDS),
        "return_copy": Said(N_("copy in its place"), DESK | MANAGER | {"finance"}),
        "file": Said(
            N_("order filed"),
            NOBODY,
            by_fact={
                ("evaluation", "satisfied"): N_("order filed: satisfied"),
                ("evaluation", "dissatisfied"): N_("order filed: not satisfied"),
            },
        ),
        "papers_in": Said(N_("all copies in their places"), NOBODY),
        "recharge": Said(N_("charges reviewed"), MANAGER | {"finance"}),
        "waive": Said(N_("nothing is owed any more"), NOBODY),
        "pay": Said(N_("repair paid"), {"finance"}),
        "wait": Said(N_("it waits"), HANDS),
        "join": Said(N_("another caller, the same cause"), NOBODY),
        "callers": Said(N_("other callers are to be told"), NOBODY),
        "tell": Said(N_("other callers told"), DESK),
        "all_told": Said(N_("all callers told"), NOBODY),
        "urge": Said(N_("urged by the reporter"), HANDS),
        "reopen": Said(N_("repair opened again"), NOBODY),
        "close": Said(N_("repair given up"), DESK),
    },
)
