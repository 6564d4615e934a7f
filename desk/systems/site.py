"""The site 项目 itself."""

from data.words import N_
from desk.roles import ADMIN
from desk.systems.saying import Said, System

SYSTEM = System(
    "site",
    N_("site"),
    acts={
        "set_up": Said(N_("site set up"), ADMIN),
    },
)
