"""Rescues 救助: somebody is visited after they were rescued."""

from data.words import N_
from desk.ground.roles import NOBODY
from desk.systems.saying import Said, System

SYSTEM = System("rescues", N_("rescues"), acts={"end": Said(N_("rescue ended"), NOBODY)})
