"""Promises 时限: paused, extended, chased, reported upwards."""

from data.words import N_
from desk.ground.roles import DESK, LEADERS, NOBODY, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "clocks",
    N_("promises"),
    command="promise",
    reads=STAFF,
    rooms=(
        Room(
            "queue",
            N_("Queue"),
            N_("Every running promise, counting down"),
            "screens.queue:QueueRoom",
            ("clocks.read",),
            "f3",
        ),
    ),
    acts={
        "pause": Said(N_("clock paused"), LEADERS),
        "resume": Said(N_("clock resumed"), LEADERS),
        "extend": Said(N_("deadline extended"), LEADERS),
        "chase": Said(N_("chased"), DESK | LEADERS),
        "warn": Said(N_("deadline near"), NOBODY),
        "breach": Said(N_("deadline missed"), NOBODY),
        "escalate": Said(N_("reported upwards"), NOBODY),
        "recompute": Said(N_("deadline recomputed"), NOBODY),
    },
)
