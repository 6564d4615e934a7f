"""Release passes 放行条, from the form to the gate."""

from data.words import N_
from desk.ground.roles import DESK, LEADERS, STAFF
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "passes",
    N_("passes"),
    steps="desk.passes.steps",
    pane="screens.records:pass_parts",
    command="pass",
    papers=("passes",),
    reads=STAFF | {"guard"},
    keeps=("release_pass", "pass_item", "pass_call", "pass_trip", "pass_term", "case_note"),
    rooms=(
        Room("passes", N_("Passes"), N_("Release passes"), "screens.passes:PassRoom", ("passes.list",), "f4"),
        Room(
            "gate",
            N_("Gate"),
            N_("Look a pass up and let goods out"),
            "screens.gate:GateRoom",
            ("passes.let_out", "passes.seal"),
            "f5",
        ),
    ),
    acts={
        "note": Said(N_("remark written"), STAFF | {"guard"}),
        "issue": Said(
            N_("pass issued"), DESK, by_fact={("archive_wrong", "yes"): N_("pass issued against the archive")}
        ),
        "sign_fees": Said(N_("fees signed as settled"), {"finance"}),
        "seal": Said(N_("pass sealed"), DESK),
        "void": Said(N_("pass voided"), DESK),
        "hold": Said(N_("pass put on hold"), DESK),
        "call": Said(
            N_("called again"),
            DESK,
            by_fact={
                ("outcome", "unreached"): N_("called again: not reached"),
                ("outcome", "refuses"): N_("called again: refused"),
                ("outcome", "agrees"): N_("called again: agreed"),
            },
        ),
        "alert": Said(N_("carried out piece by piece"), DESK),
        "look": Said(N_("alert looked at"), LEADERS),
        "extend": Said(N_("validity extended"), LEADERS),
        "print": Said(N_("pass printed"), DESK, by_fact={("way", "file"): N_("pass saved as a file")}),
        "begin_print": Said(N_("printing begun"), DESK),
        "fail_print": Said(N_("printing failed"), DESK),
        "return_slip": Said(N_("lower part came back"), DESK, by_fact={("slip", "lost"): N_("lower part lost")}),
        "export": Said(N_("register exported"), LEADERS | {"receptionist"}),
        "let_out": Said(
            N_("let out at the gate"), {"guard"}, by_fact={("rest", "some"): N_("part let out at the gate")}
        ),
        "refuse": Said(N_("refused at the gate"), {"guard"}),
        "list": Said("", STAFF),
    },
)
