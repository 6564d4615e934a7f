"""Papers that leave the desk, printed or saved."""

from data.words import N_
from desk.ground.roles import STAFF
from desk.systems.saying import Said, System

SYSTEM = System(
    "papers",
    N_("papers"),
    acts={"print": Said(N_("paper printed"), STAFF, by_fact={("way", "file"): N_("paper saved as a file")})},
)
