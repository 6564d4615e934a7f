"""The site 项目 itself."""

from data.words import N_
from desk.ground.roles import ADMIN, LEADERS
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "site",
    N_("site"),
    steps="desk.administration.steps",
    pane="screens.site_records:site_parts",
    command="site",
    reads=ADMIN | LEADERS,
    rooms=(
        Room(
            "site",
            N_("Administration"),
            N_("Hours, days, choices, standards, words: what the site has set, and how it is changed"),
            "screens.administration:SiteRoom",
            ("site.read",),
        ),
    ),
    acts={
        "change": Said(N_("site changed"), ADMIN),
        "plan": Said(N_("change planned"), ADMIN),
        "withdraw": Said(N_("planned change withdrawn"), ADMIN),
        "set_up": Said(N_("site set up"), ADMIN),
        "take_in": Said(N_("a file of the site taken in"), ADMIN),
        "put_aside": Said(N_("a file of the site put aside"), ADMIN),
        "restore": Said(N_("a backup was put in the place of the store"), ADMIN),
    },
)
