"""Occasions on which residents are heard: forums, questionnaires, festivals, talks (RV-38 to RV-41)."""

from data.words import N_
from desk.ground.roles import DESK, NOBODY, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "hearings",
    N_("hearings"),
    steps="desk.hearings.steps",
    forms="desk.hearings.forms",
    pane="screens.hearings:pane",
    command="hearing",
    papers=("hearings",),
    reads=STAFF,
    keeps=("hearing", "case_note", "visit"),
    rooms=(
        Room("hearings", N_("Hearings"), N_("Forums, questionnaires, festivals, with what was raised"),
             "screens.hearings:HearingRoom", ("hearings.hold",)),
    ),
    acts={
        "note": Said(N_("remark written"), STAFF),
        "hold": Said(N_("residents heard"), DESK),
        "raise_item": Said(N_("raised there, became a record"), DESK),
        "visit": Said(N_("return visit about an event"), DESK),
        "visited": Said(N_("enough households visited"), NOBODY),
        "forum": Said(N_("half-year's forum held"), NOBODY),
    },
)  # fmt: skip
