"""What a site has chosen, for a reader outside an act."""

import json
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from data.journal import JournalEntry
from desk import site, standards


def value(session: Session, store: Path, rule: str) -> str:
    """The value in force of a standard."""
    return standards.of_site(store).chosen(rule, site.choices(session)).value


def value_at(session: Session, store: Path, rule: str, moment: datetime) -> str:
    """The value that was in force before a moment: what was chosen later never changes a past day."""
    known = site.choices(session)
    for verb, fact, name in (("standards.choose", "option", rule), ("standards.set", "value", standards.OWN + rule)):
        said = select(JournalEntry).where(JournalEntry.verb == verb, JournalEntry.record == rule)
        entries = session.exec(said.order_by(col(JournalEntry.number))).all()
        before = [json.loads(entry.facts)[fact] for entry in entries if entry.at < moment]
        if entries:
            known = {**known, name: before[-1] if before else ""}
    return standards.of_site(store).chosen(rule, known).value


def options(session: Session, store: Path, *rules: str) -> dict[str, str]:
    """The names of the options in force."""
    book, chosen = standards.of_site(store), site.choices(session)
    return {rule: book.chosen(rule, chosen).name for rule in rules}
