"""Reported repairs: order, trip and hand; what is agreed before the work, done, paid and filed (A4, REP-1 to REP-17).

terms: the words · ordering: the order written and put right · life: until somebody has it, and what is given up ·
onsite: at the door · prices: the list · trades: whose work it is · repeats, often: what comes again · ending: copies,
evaluation, payment · forms: the order on paper.
"""

from desk.repairs.again import reopen
from desk.repairs.callers import tell
from desk.repairs.ending import pay, return_copy
from desk.repairs.life import appoint, assign, close, collect, notify, rebranch, urge, wait
from desk.repairs.often import report as report_often
from desk.repairs.often import study
from desk.repairs.onsite import advise, arrive, begin, decline, finish, recharge
from desk.repairs.ordering import mended, order, register, reorder, stood
from desk.repairs.terms import SYSTEM

__all__ = [
    "SYSTEM",
    "advise",
    "appoint",
    "arrive",
    "assign",
    "begin",
    "close",
    "collect",
    "decline",
    "finish",
    "mended",
    "notify",
    "order",
    "pay",
    "rebranch",
    "recharge",
    "register",
    "reopen",
    "reorder",
    "report_often",
    "return_copy",
    "stood",
    "study",
    "tell",
    "urge",
    "wait",
]  # fmt: skip
