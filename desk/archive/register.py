"""The register of the archive: every home, who lives there, and what is missing of them (ARC-3, ARC-12, ARC-13)."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, col, select

from data.directory import Occupancy, Person, Phone, Unit
from data.tables import Where
from data.words import N_
from desk.archive.residents import WEIGHTY, unit_of

# What nobody has moved into yet has nobody who is missing.
UNSETTLED = ("unsold", "sold")


def missing(person: Person, phones: int, relation: str) -> list[str]:
    """What the archive lacks of an owner or tenant: phone, paper, workplace, emergency no., birthday (ARC-12, 13)."""
    if relation not in WEIGHTY:
        return []
    held = {
        N_("phone"): phones,
        N_("paper"): person.id_card_sealed,
        N_("workplace"): person.workplace,
        N_("emergency no."): person.emergency_mobile,
        N_("birthday"): person.birthday,
    }
    if person.nature:
        del held[N_("birthday")]
    return [name for name, value in held.items() if not value]


def page(
    session: Session, *, after: str = "", labels: list[str] | None = None, where: Where = None, limit: int = 200
) -> list[Any]:
    """A page of the homes in the order of the archive, behind a label: (unit, who lives there, what is missing).

    Args:
        labels: only these homes, as a search found them; where: a condition on homes.
    """
    query = select(Unit).order_by(col(Unit.id)).limit(limit)
    if after:
        query = query.where(col(Unit.id) > (unit_of(session, after).id or 0))
    if where is not None:
        query = query.where(where)
    if labels is not None:
        query = query.where(col(Unit.label).in_(labels))
    units = session.exec(query).all()
    ids = [unit.id for unit in units]
    found: dict[int, list[tuple[Occupancy, Person]]] = {}
    pairs = select(Occupancy, Person).join(Person, col(Person.id) == Occupancy.person_id)
    pairs = pairs.where(col(Occupancy.unit_id).in_(ids), col(Occupancy.until).is_(None)).order_by(col(Occupancy.id))
    for tie, person in session.exec(pairs):
        found.setdefault(tie.unit_id, []).append((tie, person))
    reached = set(
        session.exec(
            select(Phone.person_id).where(
                col(Phone.person_id).in_([person.id for rows in found.values() for _tie, person in rows])
            )
        )
    )
    return [(unit, found.get(unit.id or 0, []), _lacking(unit, found.get(unit.id or 0, []), reached)) for unit in units]


def _lacking(unit: Unit, people: list[tuple[Occupancy, Person]], reached: set[int]) -> list[str]:
    lacking = []
    if unit.state not in UNSETTLED:
        if not any(tie.relation in WEIGHTY for tie, _person in people):
            lacking.append(N_("owner or tenant"))
        if not (unit.area_hundredths and unit.state):
            lacking.append(N_("unit data"))
    lacking += [name for tie, person in people for name in missing(person, person.id in reached, tie.relation)]
    return list(dict.fromkeys(lacking))


def labels_among(session: Session, texts: Collection[str]) -> set[str]:
    """Which of some texts are the label of a home."""
    return set(session.exec(select(Unit.label).where(col(Unit.label).in_(texts))))
