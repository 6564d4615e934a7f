"""Importing the owners' roster 业主清册 from spreadsheets as offices really keep them (F-32).

files: bytes to grids · cells, headers: what cells and headers mean · reading: grids to tables · homes, people, plates:
what a line says · planning: who lives where, and what is asked · importing: the difference written, in one act or in steps.
"""

from desk.roster.homes import Household
from desk.roster.importing import Outcome, apply, preview, reindex, take_in
from desk.roster.people import Resident
from desk.roster.planning import Plan, Trouble, plan

__all__ = ["Household", "Outcome", "Plan", "Resident", "Trouble", "apply", "plan", "preview", "reindex", "take_in"]
