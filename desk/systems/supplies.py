"""Consumables and office goods 耗材 (DUT-13, F-63)."""

from data.words import N_
from desk.ground.roles import DESK, NOBODY, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "supplies",
    N_("consumables"),
    steps="desk.supplies.steps",
    forms="desk.supplies.forms",
    pane="screens.supplies:pane",
    command="supply",
    papers=("supplies",),
    reads=STAFF,
    rooms=(
        Room("supplies", N_("Consumables"), N_("What the desk keeps: asked for, bought, given out, what runs low"),
             "screens.supplies:SupplyRoom", ("supplies.give",)),
    ),
    acts={
        "note": Said(N_("remark written"), STAFF),
        "add": Said(N_("kept from now on"), DESK),
        "change": Said(N_("consumable changed"), DESK),
        "ask": Said(N_("asked for"), DESK),
        "withdraw": Said(N_("request taken back"), DESK),
        "buy": Said(N_("bought"), DESK),
        "give": Said(N_("given out"), DESK),
        "count": Said(N_("counted"), DESK),
        "low": Said(N_("runs low"), NOBODY),
        "enough": Said(N_("enough again"), NOBODY),
    },
)  # fmt: skip
