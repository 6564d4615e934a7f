"""The archive 客户档案: units, people, vehicles."""

from data.words import N_
from desk.ground.roles import ADMIN, DESK, KEEPERS, LEADERS, PEOPLE, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "directory",
    N_("archive"),
    steps="desk.archive.steps",
    pane="screens.records:home_parts",
    command="archive",
    reads=STAFF,
    keeps=("person", "phone", "occupancy", "vehicle", "search_term"),
    rooms=(
        Room(
            "archive",
            N_("Archive"),
            N_("Who lives where, how they are reached, what proves them"),
            "screens.archive:ArchiveRoom",
            ("directory.read",),
        ),
    ),
    acts={
        "add": Said(N_("moved in"), KEEPERS | DESK),
        "mend": Said(N_("archive mended"), KEEPERS | DESK),
        "set_paper": Said(N_("paper written down"), KEEPERS),
        "set_cars": Said(N_("vehicles written down"), KEEPERS | DESK),
        "relate": Said(N_("is something else of the home"), KEEPERS | DESK),
        "move_out": Said(N_("moved out"), KEEPERS | DESK),
        "move_back": Said(N_("moving out taken back"), KEEPERS | DESK),
        "remove_home": Said(N_("home taken out"), KEEPERS | ADMIN),
        "set_unit": Said(N_("home written down"), KEEPERS | DESK),
        "join": Said(N_("two entries joined"), KEEPERS),
        "part": Said(N_("one entry parted"), KEEPERS),
        "add_home": Said(N_("home added"), KEEPERS | ADMIN),
        "reduce": Said(N_("people taken out of old forms"), KEEPERS),
        "import": Said(N_("roster imported"), LEADERS | ADMIN),
        "find": Said("", PEOPLE),
        "phones": Said("", STAFF),
        "reindex": Said(N_("search terms made anew"), LEADERS | ADMIN),
        "show_id": Said(N_("ID number shown"), LEADERS | {"receptionist", "customer_officer"}),
    },
)
