"""Requests, suggestions and commissions 需求、建议、委托."""

from data.words import N_
from desk.ground.roles import DESK, LEADERS, NOBODY, PEOPLE, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "requests",
    N_("requests"),
    case=True,
    visited=True,
    signed=("decided_at",),
    steps="desk.requests.steps",
    forms="desk.requests.forms",
    command="request",
    papers=("requests",),
    reads=STAFF,
    keeps=("request", "case_note", "visit"),
    rooms=(
        Room(
            "requests",
            N_("Requests"),
            N_("Requests and suggestions"),
            "screens.cases:RequestRoom",
            ("requests.read",),
            "f7",
        ),
    ),
    acts={
        "note": Said(N_("remark written"), PEOPLE),
        "mend": Said(N_("record mended"), DESK),
        "register": Said(N_("request registered"), DESK),
        "resort": Said(N_("found to be another sort of request"), NOBODY),
        "refer": Said(N_("request passed on"), DESK),
        "reply": Said(N_("request answered"), DESK),
        "close": Said(N_("request closed"), DESK),
        "promise": Said(N_("next reply agreed"), DESK),
        "reopen": Said(N_("request opened again"), NOBODY),
        "decide": Said(
            N_("suggestion decided"),
            {"project_supervisor"},
            by_fact={
                ("decision", "adopted"): N_("suggestion adopted"),
                ("decision", "declined"): N_("suggestion declined"),
            },
        ),
        "publish": Said(N_("measures posted"), LEADERS),
    },
)
