"""The journal 日志 of everything that happened."""

from data.words import N_
from desk.ground.roles import ADMIN, LEADERS, ROLES
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "journal",
    N_("journal"),
    reads=LEADERS | ADMIN | {"receptionist", "customer_officer"},
    rooms=(
        Room(
            "journal",
            N_("Journal"),
            N_("What happened, newest first"),
            "screens.journal:JournalRoom",
            ("journal.read",),
            "ctrl+j",
        ),
    ),
    acts={
        "confirm_time": Said(N_("machine time confirmed"), LEADERS | ADMIN),
        "ask": Said(N_("asked on the command line"), ROLES.keys()),
        "accept": Said(N_("journal accepted as it stands"), ADMIN),
    },
)
