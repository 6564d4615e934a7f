"""Several households about one event: noticed by itself, put together, and major once there are enough (CMP-36)."""

import unicodedata
from collections.abc import Mapping, Sequence, Set
from datetime import timedelta

from sqlmodel import Session, col, select

from data.cases import Complaint, Incident
from data.directory import Building, Entrance, Unit
from desk import cases
from desk.act import Act
from desk.complaints import judging
from desk.ground import rooms, texts

# At the same time, as we read it: what lies further apart is not one event.
TOGETHER = timedelta(days=3)
MOST_TOGETHER = 500


def open_incident(act: Act, number: str, what: str) -> Incident:
    """The event of a number, or a new one in words."""
    if number:
        return act.session.get_one(Incident, number)
    incident = Incident(
        number=act.number("incidents"), at=act.now, what=texts.needed(what, "what"), opened_by=act.operator.code
    )
    act.session.add(incident)
    act.session.flush()
    return incident


def of_incident(session: Session, incident: str) -> list[Complaint]:
    """The complaints of an incident, oldest first."""
    query = select(Complaint).where(Complaint.incident == incident).order_by(col(Complaint.number))
    return list(session.exec(query)) if incident else []


def household_count(found: Sequence[Complaint]) -> int:
    """How many different households complain; one that complains twice counts once, an invalid one not at all."""
    return len({household(case) for case in found if case.nature != "invalid"})


def household(case: Complaint) -> object:
    """Whose complaint it is: a home's or a shop's, or that of whoever has no room here, by name."""
    return case.unit_id if case.unit_id is not None else case.subject


def notice_collective(act: Act, case: Complaint) -> None:
    """Enough households with the same kind of complaint of the same place at the same time are one event by
    themselves, whether or not a clerk has put them together (CMP-36, CMP-43)."""
    if not case.category or case.nature == "invalid":
        return
    option = act.standards.chosen("X-4", act.choices)
    since = case.received_at - TOGETHER
    found = act.session.exec(
        select(Complaint)
        .where(Complaint.category == case.category, col(Complaint.received_at) >= since)
        .where(col(Complaint.received_at) <= case.received_at + TOGETHER)
        .order_by(col(Complaint.received_at))
        .limit(MOST_TOGETHER)
    ).all()
    rows = [one for one in found if one.nature != "invalid"]
    buildings = _buildings(act.session, {one.unit_id for one in rows if one.unit_id is not None})
    together = [one for one in rows if _same_place(one, case, buildings)]
    known = sorted({one.incident for one in together if one.incident})
    new = [one for one in together if not one.incident]
    if household_count(together) < int(option.value) or not new:
        return
    incident = open_incident(act, known[0] if known else "", together[0].what)
    for one in new:
        one.incident = incident.number
        act.session.add(one)
        cases.enter(act, "complaints.merge", one, by_itself=True, incident=incident.number)
    act.session.flush()
    promote_collective(act, incident.number)


def _same_place(one: Complaint, case: Complaint, buildings: Mapping[int, str]) -> bool:
    """Whether two complaints are of one place: the place that both name, else the building they come from."""
    if one.number == case.number:
        return True
    if one.place and case.place:
        return _spelt(one.place) == _spelt(case.place)
    mine, theirs = (_spelt(buildings.get(each.unit_id or 0, each.place)) for each in (case, one))
    return bool(mine) and mine == theirs


def _spelt(place: str) -> str:
    """A place however it is written: 3栋, ３栋 and 3号楼 are one, and so is the building 3."""
    plain = unicodedata.normalize("NFKC", place).replace(" ", "")
    return (rooms.normal(plain) if any(ch.isdigit() for ch in plain) else "") or plain


def _buildings(session: Session, unit_ids: Set[int]) -> dict[int, str]:
    """The building of each of some homes."""
    query = select(Unit.id, Building.name).join(Entrance, col(Entrance.id) == Unit.entrance_id)
    query = query.join(Building, col(Building.id) == Entrance.building_id).where(col(Unit.id).in_(unit_ids))
    return {unit_id or 0: name for unit_id, name in session.exec(query)}


def promote_collective(act: Act, incident: str) -> None:
    """Make an incident's complaints major once enough households share it (CMP-36, CMP-43, N-9)."""
    found = of_incident(act.session, incident)
    option = act.standards.chosen("X-4", act.choices)
    if household_count(found) >= int(option.value):
        for case in found:
            judging.promote(act, case, option.clauses[0])
