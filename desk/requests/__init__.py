"""Requests, suggestions and commissioned services: within a day, or by the time that was promised (REQ-3, REQ-5)."""

from desk.requests.life import (
    DECISIONS,
    SORTS,
    SYSTEM,
    close,
    decide,
    decision_name,
    promise,
    publish,
    refer,
    register,
    reopen,
    reply,
    resort,
    sort_name,
)

__all__ = [
    "DECISIONS",
    "SORTS",
    "SYSTEM",
    "close",
    "decide",
    "decision_name",
    "promise",
    "publish",
    "refer",
    "register",
    "reopen",
    "reply",
    "resort",
    "sort_name",
]
