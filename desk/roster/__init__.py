"""Importing the owners' roster 业主清册 from spreadsheets as offices really keep them (F-32)."""

from desk.roster.importing import Outcome, apply, preview
from desk.roster.planning import Plan, Trouble, plan

__all__ = ["Outcome", "Plan", "Trouble", "apply", "plan", "preview"]
