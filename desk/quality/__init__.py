"""Building-quality complaints 质量投诉: warranty by part, the coordination order, who signs, claims (QRP-1 to QRP-10).

terms: the words · warranty: what is still answered for · judging: in, out or not known · coordination: the order, the
developer, the plan, the work · ending: signatures, closing · claims: compensation · forms: the two papers.
"""

from desk.quality.claims import claim, decide, hear
from desk.quality.coordination import (
    appoint,
    appraise,
    collect,
    consent,
    finish,
    follow,
    notify,
    order,
    plan,
    tell_developer,
)
from desk.quality.ending import close, reject, reopen, sign, withdraw
from desk.quality.judging import explain, judge, make_paid, reckon_anew, register
from desk.quality.terms import SYSTEM

__all__ = [
    "SYSTEM",
    "appoint",
    "appraise",
    "claim",
    "close",
    "collect",
    "consent",
    "decide",
    "explain",
    "finish",
    "follow",
    "hear",
    "judge",
    "make_paid",
    "notify",
    "order",
    "plan",
    "reckon_anew",
    "register",
    "reject",
    "reopen",
    "sign",
    "tell_developer",
    "withdraw",
]  # fmt: skip
