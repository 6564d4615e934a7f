"""Holiday notices 放假通知."""

from data.words import N_
from desk.ground.roles import ADMIN, LEADERS
from desk.systems.saying import Said, System

SYSTEM = System("holidays", N_("holidays"), acts={"import": Said(N_("holiday notice imported"), LEADERS | ADMIN)})
