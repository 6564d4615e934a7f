"""The standards 标准 that the site chooses among."""

from data.words import N_
from desk.ground.roles import ADMIN, LEADERS
from desk.systems.saying import Said, System

SYSTEM = System(
    "standards",
    N_("standards"),
    command="standards",
    acts={"set": Said(N_("standard set"), ADMIN), "choose": Said(N_("standard chosen"), LEADERS | ADMIN)},
)
