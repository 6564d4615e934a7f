"""Complaints 投诉: registered, judged, dispatched, agreed, answered, confirmed, visited, filed (A3)."""

from data.words import N_
from desk.ground.roles import DESK, NOBODY, PEOPLE, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "complaints",
    N_("complaints"),
    case=True,
    visited=True,
    signed=("graded_at", "agreed_at", "confirmed_at", "written_at"),
    steps="desk.complaints.steps",
    forms="desk.complaints.forms",
    command="complaint",
    papers=("complaints", "slips", "incidents"),
    reads=STAFF,
    keeps=("complaint", "incident", "slip", "case_note", "visit"),
    rooms=(
        Room(
            "complaints",
            N_("Complaints"),
            N_("Complaints"),
            "screens.complaints:ComplaintRoom",
            ("complaints.read",),
            "f6",
        ),
    ),
    acts={
        "note": Said(N_("remark written"), PEOPLE),
        "mend": Said(N_("record mended"), DESK),
        "register": Said(N_("complaint registered"), DESK),
        "refer": Said(N_("complaint passed on"), DESK),
        "reply": Said(N_("complaint answered"), DESK),
        "close": Said(N_("complaint closed"), DESK),
        "investigate": Said(N_("complaint investigated"), DESK),
        "promise": Said(N_("next reply agreed"), DESK),
        "answer": Said(N_("result told to the customer"), DESK),
        "describe": Said(N_("details written down"), DESK),
        "settle": Said(N_("complaint settled"), DESK),
        "confirm": Said(
            N_("confirmed by the customer"), DESK, by_fact={("how", "declined"): N_("customer will not confirm")}
        ),
        "archive": Said(N_("complaint filed"), DESK),
        "merge": Said(N_("put together with others"), DESK),
        "prevent": Said(N_("prevention agreed"), DESK),
        "report": Said(N_("superiors told"), DESK),
        "tell": Said(N_("superior told"), DESK),
        "feedback": Said(N_("department reported back"), PEOPLE),
        "receive": Said(N_("slip collected"), PEOPLE),
        "recall": Said(N_("slip taken back"), {"supervisor", "project_supervisor"}),
        "sign": Said(N_("handling opinion signed"), {"supervisor", "project_supervisor"}),
        "grade": Said(N_("nature and grade fixed"), {"project_supervisor"}),
        "agree": Said(N_("result agreed to"), {"project_supervisor", "company_manager"}),
        "send_back": Said(N_("sent back to the department"), {"project_supervisor", "company_manager"}),
        "ask_overrun": Said(N_("overrun asked for"), DESK),
        "decide_overrun": Said(
            N_("overrun decided"),
            {"company_manager"},
            by_fact={("approved", "yes"): N_("overrun approved"), ("approved", "no"): N_("overrun refused")},
        ),
        "declare": Said(N_("declared major"), {"company_manager"}),
        "promote": Said(N_("became major"), NOBODY),
        "reopen": Said(N_("complaint opened again"), NOBODY),
        "written_reply": Said(N_("formal written answer"), {"supervisor"}),
    },
)
