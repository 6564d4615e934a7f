"""Contacts 来访来电: every visit, call, letter and fax."""

from data.words import N_
from desk.ground.roles import DESK, PEOPLE, STAFF
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
            ("contacts.take",),
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
        "answer": Said(N_("answered"), DESK),
        "promise": Said(N_("reply agreed"), DESK),
    },
)
