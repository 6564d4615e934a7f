"""What a household owes 费用."""

from data.words import N_
from desk.ground.roles import STAFF
from desk.systems.saying import Said, System

SYSTEM = System(
    "fees", N_("fees"), reads=STAFF, keeps=("arrears",), acts={"record": Said(N_("arrears written"), {"finance"})}
)
