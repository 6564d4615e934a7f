"""Return visits 回访: by people, with every question asked; who is not satisfied opens the complaint again."""

from desk.cases.visited import QUESTIONS, WAYS, visits_of, way_name
from desk.followups.visits import SHORT, asked, attempt, check, may_visit, meet, visit, why_not_visit

__all__ = [
    "QUESTIONS",
    "SHORT",
    "WAYS",
    "asked",
    "attempt",
    "check",
    "may_visit",
    "meet",
    "visit",
    "visits_of",
    "way_name",
    "why_not_visit",
]
