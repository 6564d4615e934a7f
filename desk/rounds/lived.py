"""Which homes are lived in, today or as the archive stood at the end of a past day (RV-16)."""

import json
from datetime import date, datetime

from sqlmodel import Session, col, select, text

from data.directory import Occupancy, Unit
from data.journal import REWOUND, JournalEntry
from desk.archive.register import UNSETTLED

# Not lived in, though somebody may be written down for it.
EMPTY = (*UNSETTLED, "empty")


def lived_in(session: Session, day: date, *, known: datetime | None = None) -> dict[int, str]:
    """The homes that are actually lived in on a day, by id, with their paths (RV-16).

    Args:
        known: what the archive was told from this instant on is not counted, so that a past day stays as it was; a
        roster taken in counts for every day that it names.
    """
    query = select(col(Unit.id), Unit.label).join(Occupancy, col(Occupancy.unit_id) == col(Unit.id)).distinct()
    query = query.where(col(Occupancy.until).is_(None) | (col(Occupancy.until) > day))
    query = query.where(col(Occupancy.since).is_(None) | (col(Occupancy.since) <= day))
    query = query.where(col(Unit.state).not_in(EMPTY))
    found = {unit_id or 0: label for unit_id, label in session.exec(query)}
    for label, told in _told(session, known).items():
        unit = session.exec(select(Unit).where(Unit.label == label)).first()
        if unit is None:
            # Added by mistake and taken out again: nobody ever lived there.
            continue
        found.pop(unit.id or 0, None)
        if _was_lived_in(session, unit, day, told):
            found[unit.id or 0] = label
    return dict(sorted(found.items()))


def _told(session: Session, known: datetime | None) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """What the archive was told of homes from an instant on, (verb, facts) in order, by the home's label."""
    told: dict[str, list[tuple[str, dict[str, str]]]] = {}
    if known is not None:
        query = select(JournalEntry.record, JournalEntry.verb, JournalEntry.facts).where(
            text(REWOUND), JournalEntry.at >= known, JournalEntry.system == "directory"
        )
        for label, verb, facts in session.exec(query.order_by(col(JournalEntry.at), col(JournalEntry.number))):
            told.setdefault(label, []).append((verb, json.loads(facts)))
    return told


def _was_lived_in(session: Session, unit: Unit, day: date, told: list[tuple[str, dict[str, str]]]) -> bool:
    """Whether somebody lived in a home on a day, as the archive stood before all this was told."""
    # By what they are and since when: two entries that are joined become one person.
    set_anew = [facts for verb, facts in told if verb == "directory.set_unit" and "state" in facts]
    states = [facts["state"].partition(" → ")[0] for facts in set_anew]
    came = {f"{facts['relation']} {facts['since']}" for verb, facts in told if verb == "directory.add"}
    back = {
        f"{facts['person']} {facts['relation']}": facts["was"] for verb, facts in told if verb == "directory.move_back"
    }
    left = {f"{facts['relation']} {facts['until']}" for verb, facts in told if verb == "directory.move_out"}
    if (states[0] if states else unit.state) in EMPTY:
        return False
    for tie in session.exec(select(Occupancy).where(Occupancy.unit_id == unit.id)):
        begun = tie.since is None or tie.since <= day
        over = tie.until is not None and tie.until <= day and f"{tie.relation} {tie.until}" not in left
        was = back.get(f"{tie.person_id} {tie.relation}") if tie.until is None else None
        if was is not None and f"{tie.relation} {was}" not in left:
            # They had been told to have moved out, which was taken back only since.
            over = date.fromisoformat(was) <= day
        if begun and not over and f"{tie.relation} {tie.since}" not in came:
            return True
    return False
