"""Contacts 来访来电: every visit, call, letter and fax."""

from data.words import N_
from desk.ground.roles import DESK, NOBODY, PEOPLE, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "contacts",
    N_("contacts"),
    signed=(),
    steps="desk.contacts.steps",
    forms="desk.contacts.forms",
    pane="screens.case_records:contact_parts",
    command="contact",
    papers=("contacts",),
    reads=STAFF,
    keeps=("contact",),
    rooms=(
        Room(
            "intake",
            N_("Intake"),
            N_("Take a visit, call, letter or fax"),
            "screens.intake:IntakeRoom",
            ("contacts.take", "contacts.take_off_duty"),
            "f2",
        ),
        Room(
            "contacts",
            N_("Contacts"),
            N_("Every visit, call and letter"),
            "screens.contacts:ContactRoom",
            ("contacts.read",),
            "ctrl+r",
        ),
    ),
    acts={
        "note": Said(N_("remark written"), PEOPLE),
        "mend": Said(N_("record mended"), DESK),
        "take": Said(N_("contact taken"), DESK),
        "take_off_duty": Said("", DESK | {"guard"}),
        "carry_over": Said(N_("waits for the next duty day"), NOBODY),
        "convert": Said(N_("order or record made of it"), DESK),
        "drop_carried": Said(N_("nothing made of it"), {"supervisor", "project_supervisor"}),
        "answer": Said(N_("answered"), DESK),
        "promise": Said(N_("reply agreed"), DESK),
    },
)
