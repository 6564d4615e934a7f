"""The rounds of a complaint: each time it is opened again, agreement, answer and confirmation begin anew (RV-12)."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from data.journal import JournalEntry


@dataclass
class Round:
    """What was reached in one round: who agreed and when, when it was answered, how and when it was confirmed."""

    begun_at: datetime
    agreed_by: str = ""
    agreed_at: datetime | None = None
    answered_at: datetime | None = None
    confirmed_how: str = ""
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def said_something(self) -> bool:
        """Whether anything was agreed, answered or confirmed in it."""
        return any((self.agreed_at, self.answered_at, self.confirmed_at))


def rounds_of(session: Session, number: str) -> list[Round]:
    """Every round of a complaint, the first one first, from the journal: the record itself knows only the last."""
    entries = session.exec(select(JournalEntry).where(JournalEntry.record == number).order_by(col(JournalEntry.number)))
    found: list[Round] = []
    for entry in entries:
        if entry.verb in ("complaints.register", "complaints.reopen"):
            found.append(Round(entry.at))
        elif found:
            _take_in(found[-1], entry)
    return found


def _take_in(one: Round, entry: JournalEntry) -> None:
    if entry.verb == "complaints.agree":
        one.agreed_by, one.agreed_at = entry.operator, entry.at
    elif entry.verb == "complaints.answer":
        one.answered_at = entry.at
    elif entry.verb == "complaints.confirm":
        one.confirmed_how, one.confirmed_at = json.loads(entry.facts).get("how", ""), entry.at
    elif entry.verb == "complaints.close":
        one.closed_at = entry.at
    elif entry.verb in ("complaints.refer", "complaints.send_back"):
        one.answered_at = one.confirmed_at = None
        one.confirmed_how = ""
        if entry.verb == "complaints.send_back":
            one.agreed_by, one.agreed_at = "", None
    elif entry.verb == "complaints.feedback":
        one.agreed_by, one.agreed_at = "", None
