"""Planned visits 走访: the plan of the month, by lot, by complaints, the director's; asked first, made, read, signed.

terms: the words · counting: which homes count, how far a round is · planning: who is visited when · life: one visit ·
due: one list of all visits · forms: the record on paper.
"""

from desk.rounds.drawing import draw
from desk.rounds.life import arrange, check, decline, drop, meet, report, review, sign, solve
from desk.rounds.planning import add, plan
from desk.rounds.terms import SYSTEM

__all__ = [
    "SYSTEM",
    "add",
    "arrange",
    "check",
    "decline",
    "draw",
    "drop",
    "meet",
    "plan",
    "report",
    "review",
    "sign",
    "solve",
]
