"""Complaints 投诉: registered, judged, dispatched, agreed, answered, confirmed, visited, filed (CMP-2, CMP-3).

terms: the words; life: facts and details; judging: nature, grade, promotion; dispatch: slips and agreement;
answering: what the customer is told; ending: settled, confirmed, closed, filed; incidents: what belongs together.
"""

from desk.complaints.answering import WRITTEN, answer, investigate, promise, reply, respond, written_reply
from desk.complaints.collective import household_count, of_incident
from desk.complaints.dispatch import agree, ask_overrun, decide_overrun, feedback, recall, receive, refer, sign
from desk.complaints.ending import archive, close, confirm, reopen, settle
from desk.complaints.incidents import describe, earlier, merge, prevent, promote_by_rule, register, similar
from desk.complaints.judging import RULES, SUPERIORS, declare, grade, promote_by_age, reasons, report, reported_enough
from desk.complaints.life import slips_of
from desk.complaints.terms import (
    CATEGORIES,
    CONFIRMATIONS,
    GRADES,
    NATURES,
    SYSTEM,
    category_name,
    confirmation_name,
    grade_name,
    nature_name,
    reason_name,
)

__all__ = [
    "CATEGORIES",
    "CONFIRMATIONS",
    "GRADES",
    "NATURES",
    "RULES",
    "SUPERIORS",
    "SYSTEM",
    "WRITTEN",
    "agree",
    "answer",
    "archive",
    "ask_overrun",
    "category_name",
    "close",
    "confirm",
    "confirmation_name",
    "decide_overrun",
    "declare",
    "describe",
    "earlier",
    "feedback",
    "grade",
    "grade_name",
    "household_count",
    "investigate",
    "merge",
    "nature_name",
    "of_incident",
    "prevent",
    "promise",
    "promote_by_age",
    "promote_by_rule",
    "reason_name",
    "reasons",
    "recall",
    "receive",
    "refer",
    "register",
    "reopen",
    "reply",
    "report",
    "reported_enough",
    "respond",
    "settle",
    "sign",
    "similar",
    "slips_of",
    "written_reply",
]  # fmt: skip
