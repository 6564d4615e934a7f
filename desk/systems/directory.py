"""The archive 客户档案: units, people, vehicles."""

from data.words import N_
from desk.roles import ADMIN, LEADERS, STAFF
from desk.systems.saying import Said, System

SYSTEM = System(
    "directory",
    N_("archive"),
    reads=STAFF,
    acts={
        "import": Said(N_("roster imported"), LEADERS | ADMIN),
        "phones": Said("", STAFF),
        "reindex": Said(N_("search terms made anew"), LEADERS | ADMIN),
        "show_id": Said(N_("ID number shown"), LEADERS | {"receptionist", "customer_officer"}),
    },
)
