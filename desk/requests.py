"""Requests and suggestions: within a day, or by the time that was promised (REQ-3, REQ-5)."""

from datetime import datetime
from typing import Any

from desk import cases
from desk.act import Act

SYSTEM = "requests"


def refer(act: Act, *, number: str, department: str, note: str = "") -> Any:
    """Pass the request on to a department; stops the ten-minute clock (CMP-47, REQ-1)."""
    return cases.refer(act, SYSTEM, number=number, department=department, note=note)


def reply(act: Act, *, number: str, text: str) -> Any:
    """Answer the customer. Stops the one-day or promised-time clock (REQ-5)."""
    return cases.reply(act, SYSTEM, number=number, text=text)


def promise(act: Act, *, number: str, promised_at: datetime, text: str) -> Any:
    """Explain why it is not done yet and fix the time of the next reply (REQ-5)."""
    return cases.promise(act, SYSTEM, number=number, promised_at=promised_at, text=text)


def close(act: Act, *, number: str, outcome: str) -> Any:
    """Close the request once it was answered (CMP-21)."""
    return cases.close(act, SYSTEM, number=number, outcome=outcome)
