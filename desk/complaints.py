"""Complaints: every one is accepted, registered, answered and only then closed (CMP-2, CMP-3, CMP-11)."""

from typing import Any

from desk import cases
from desk.act import Act

SYSTEM = "complaints"


def refer(act: Act, *, number: str, department: str, note: str = "") -> Any:
    """Pass the complaint on to a department; stops the ten-minute clock (CMP-47, REQ-1)."""
    return cases.refer(act, SYSTEM, number=number, department=department, note=note)


def reply(act: Act, *, number: str, text: str) -> Any:
    """Answer the customer. The first reply stops the same-day and one-working-day clocks (CMP-4, CMP-5)."""
    return cases.reply(act, SYSTEM, number=number, text=text)


def close(act: Act, *, number: str, outcome: str) -> Any:
    """Close the complaint once it was answered (CMP-21)."""
    return cases.close(act, SYSTEM, number=number, outcome=outcome)
