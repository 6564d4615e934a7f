"""Complaints: every one is accepted, registered, answered and only then closed (CMP-2, CMP-3, CMP-11)."""

from datetime import datetime
from typing import Any

from data.words import N_
from desk import cases
from desk.act import Act
from desk.refusals import StateChanged

SYSTEM = "complaints"
WRITTEN = ("letter", "fax")


def refer(act: Act, *, number: str, department: str, note: str = "") -> Any:
    """Pass the complaint on to a department; stops the ten-minute clock (CMP-47, REQ-1)."""
    return cases.refer(act, SYSTEM, number=number, department=department, note=note)


def reply(act: Act, *, number: str, text: str) -> Any:
    """Answer the customer. The first reply stops the same-day and one-working-day clocks (CMP-4, CMP-5)."""
    return cases.reply(act, SYSTEM, number=number, text=text)


def investigate(act: Act, *, number: str, findings: str) -> Any:
    """Write down what was found out the same day; stops that clock (INT-20)."""
    act.require("complaints.investigate")
    case = cases.get_open(act, SYSTEM, number)
    cases.write_down(act, case.number, "investigate", cases.needed(findings, "findings"))
    act.record("complaints.investigate", case.number)
    return case


def written_reply(act: Act, *, number: str, text: str) -> Any:
    """The formal written answer by the head of customer service to a letter or fax (CMP-6, CMP-7).

    Raises:
        StateChanged: the complaint did not come in writing; Invalid: the text is missing or too long.
    """
    act.require("complaints.written_reply")
    case = cases.get_open(act, SYSTEM, number)
    if case.channel not in WRITTEN:
        raise StateChanged(N_("Only a letter or fax gets a formal written answer: use reply."), clause="CMP-7")
    cases.write_down(act, case.number, "written_reply", cases.needed(text, "text"))
    act.record("complaints.written_reply", case.number)
    return case


def promise(act: Act, *, number: str, promised_at: datetime, text: str) -> Any:
    """Explain why it is not solved yet and fix the time of the next reply (CMP-21)."""
    return cases.promise(act, SYSTEM, number=number, promised_at=promised_at, text=text)


def close(act: Act, *, number: str, outcome: str) -> Any:
    """Close the complaint once it was answered (CMP-21)."""
    return cases.close(act, SYSTEM, number=number, outcome=outcome)
