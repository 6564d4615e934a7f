"""Building-quality complaints: the warranty, the coordination order with the developer, who signs, claims (A4b)."""

from data.words import N_
from desk.ground.roles import DESK, ENGINEERS, LEADERS, NOBODY, PEOPLE, STAFF
from desk.systems.saying import Room, Said, System

HANDS = DESK | ENGINEERS

SYSTEM = System(
    "quality",
    N_("quality complaints"),
    case=True,
    visited=True,
    signed=("collected_by",),
    steps="desk.quality.steps",
    forms="desk.quality.forms",
    command="quality",
    papers=("quality",),
    reads=STAFF,
    keeps=("quality", "quality_party", "case_note", "visit"),
    rooms=(
        Room(
            "quality",
            N_("Quality"),
            N_("Complaints about the building, in warranty or not"),
            "screens.quality:QualityRoom",
            ("quality.read",),
        ),
        Room(
            "warranty",
            N_("Warranty"),
            N_("Homes whose warranty ends soon, and every part of any home"),
            "screens.quality:WarrantyRoom",
            ("quality.read",),
        ),
    ),
    acts={
        "note": Said(N_("remark written"), PEOPLE),
        "mend": Said(N_("record mended"), DESK),
        "register": Said(N_("quality complaint registered"), DESK),
        "judge": Said(
            N_("warranty judged"),
            DESK,
            by_fact={("warranty", "in"): N_("judged: in warranty"), ("warranty", "out"): N_("judged: out of warranty")},
        ),
        "name_part": Said(N_("part named otherwise"), NOBODY),
        "decide_dispute": Said("", LEADERS),
        "explain": Said(N_("explained: out of warranty"), DESK),
        "make_paid": Said(N_("became a paid repair"), DESK),
        "order": Said(N_("coordination order written"), DESK),
        "notify": Said(N_("engineering told"), DESK),
        "collect": Said(N_("order collected"), ENGINEERS),
        "tell_developer": Said(N_("developer's supervision told"), HANDS),
        "appoint": Said(N_("appraisal agreed"), HANDS),
        "appraise": Said(N_("appraised on site"), HANDS),
        "plan": Said(N_("repair plan made"), HANDS),
        "consent": Said(
            N_("owner asked about the plan"),
            HANDS,
            by_fact={("agreed", "yes"): N_("owner agrees to the plan"), ("agreed", "no"): N_("owner refuses the plan")},
        ),
        "follow": Said(N_("work looked at"), HANDS),
        "finish": Said(N_("contractor's work done"), HANDS),
        "reject": Said(N_("the work is not accepted"), HANDS),
        "sign": Said(N_("a party signed"), HANDS, by_fact={("absent", "yes"): N_("a party is absent")}),
        "signed": Said(N_("all parties signed"), NOBODY),
        "claim": Said(N_("compensation claimed"), DESK),
        "hear": Said(N_("centre manager heard of the claim"), {"project_supervisor"}),
        "decide": Said(N_("company decided on the claim"), {"company_manager"}),
        "close": Said(N_("quality complaint closed"), DESK),
        "withdraw": Said(N_("quality complaint taken back"), DESK),
        "reopen": Said(N_("quality complaint opened again"), NOBODY),
    },
)
