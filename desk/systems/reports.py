"""Day, week and month sheets 报表."""

from data.words import N_
from desk.ground.roles import DESK, LEADERS, NOBODY
from desk.systems.saying import Room, Said, System

SYSTEM = System(
    "reports",
    N_("sheets"),
    reads=LEADERS | {"receptionist", "customer_officer", "archivist", "engineering_manager"},
    rooms=(
        Room(
            "reports",
            N_("Sheets"),
            N_("Day, week and month sheets"),
            "screens.reports:ReportRoom",
            ("reports.read",),
            "ctrl+y",
        ),
    ),
    acts={
        "open_week": Said(N_("week opened"), NOBODY),
        "open_month": Said(N_("month opened"), NOBODY),
        "open_quarter": Said(N_("quarter opened"), NOBODY),
        "open_half_year": Said(N_("half-year opened"), NOBODY),
        "open_year": Said(N_("year opened"), NOBODY),
        "close_month": Said(N_("month read and closed"), {"project_supervisor"}),
        "close_year": Said(N_("year read and closed"), {"project_supervisor"}),
        "send_copy": Said(N_("month's copy sent to the company"), {"project_supervisor"}),
        "close_requests_week": Said(N_("week summed up and filed"), DESK),
    },
)
