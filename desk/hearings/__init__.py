"""Forums, questionnaires, festivals: occasions on which residents are heard; each matter a record (RV-38 to 41)."""

from desk.hearings.life import hold, raise_item
from desk.hearings.terms import SYSTEM
from desk.hearings.visiting import visit

__all__ = ["SYSTEM", "hold", "raise_item", "visit"]
