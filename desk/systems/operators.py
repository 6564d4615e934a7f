"""Operators 操作员: who may sign in, with which posts."""

from data.words import N_
from desk.ground.roles import ADMIN, ROLES
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "operators",
    N_("operators"),
    steps="desk.administration.staff_steps",
    pane="screens.site_records:operator_parts",
    command="operator",
    reads=ADMIN,
    rooms=(
        Room(
            "operators",
            N_("Operators"),
            N_("Who may sign in, with which posts and departments"),
            "screens.administration:OperatorRoom",
            ("operators.read",),
        ),
    ),
    acts={
        "change": Said(N_("operator changed"), ADMIN),
        "plan": Said(N_("operator changes from a day on"), ADMIN),
        "withdraw": Said(N_("planned change of an operator withdrawn"), ADMIN),
        "add": Said(N_("operator added"), ADMIN),
        "disable": Said(N_("operator disabled"), ADMIN),
        "enable": Said(N_("operator let in again"), ADMIN),
        "set_secret": Said(N_("secret changed"), ADMIN),
        "prefer": Said(N_("preference set"), ROLES.keys()),
        "sign_in": Said(N_("signed in"), ROLES.keys()),
        "guess": Said(N_("a wrong secret was typed"), ROLES.keys()),
    },
)
