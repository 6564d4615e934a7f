"""The post book 执勤记录: what happened on a post, and how it was handled (DUT-12, GRD-9)."""

from data.words import N_
from desk.ground.roles import LEADERS, ON_POST
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "postbook",
    N_("post book"),
    steps="desk.postbook.steps",
    forms="desk.postbook.forms",
    pane="screens.postbook:pane",
    command="postbook",
    papers=("postbook",),
    reads=ON_POST | LEADERS,
    keeps=("post_entry", "case_note"),
    rooms=(
        Room("postbook", N_("Post book"), N_("What happened on the posts, and how it was handled"),
             "screens.postbook:PostBookRoom", ("postbook.write",)),
    ),
    acts={
        "note": Said(N_("remark written"), ON_POST | LEADERS),
        "write": Said(N_("written into the post book"), ON_POST),
        "handle": Said(N_("event handled"), ON_POST),
    },
)  # fmt: skip
