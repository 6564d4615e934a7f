"""Who lives in a home: how one is found, who may change what is written of them, how they are found again (ROL-13)."""

from sqlmodel import Session, col, delete, insert, select

from data.directory import Occupancy, Person, SearchTerm, Unit, Vehicle
from data.words import N_, named
from desk import directory, search
from desk.act import SYSTEM, Act
from desk.archive.facts import phones_of
from desk.ground.refusals import Invalid, NotAllowed, NotFound, Refused, StateChanged
from desk.ground.roles import KEEPERS
from desk.view import View

# How whoever asks for a change proved that they may.
PROOFS = {
    "paper": N_("original paper seen"),
    "asked": N_("answered what the archive holds"),
    "letter": N_("in writing, kept in the file"),
    "roster": N_("from the developer's or company's list"),
}
# What proves somebody at the gate and the counter: only an archivist or a leader lets it into the archive.
WEIGHTY = ("owner", "tenant")


def unit_of(session: Session, label: str) -> Unit:
    """The home of a label as it stands in the register; refuses one that is not there."""
    unit = session.exec(select(Unit).where(Unit.label == label)).first()
    return unit if unit is not None else directory.unit_by_label(session, label)


def ties(session: Session, unit_id: int) -> list[tuple[Occupancy, Person]]:
    """Who lives in a home today, and as what."""
    query = select(Occupancy, Person).join(Person, col(Person.id) == Occupancy.person_id)
    query = query.where(Occupancy.unit_id == unit_id, col(Occupancy.until).is_(None))
    return list(session.exec(query.order_by(col(Occupancy.id))).all())


def why_not_home(_view: View, _unit: Unit) -> Refused | None:
    """A home always takes somebody in."""
    return None


def why_not_people(view: View, unit: Unit) -> Refused | None:
    """There is somebody in the home of whom something may be written down."""
    found = view.once(("ties", unit.id), lambda: ties(view.session, unit.id or 0))
    return None if found else StateChanged(N_("Nobody lives in {number}."), number=unit.label)


def earlier(session: Session, unit_id: int) -> list[tuple[Person, Occupancy]]:
    """Who lived in a home before, the last one first."""
    query = select(Person, Occupancy).join(Occupancy, col(Occupancy.person_id) == Person.id)
    query = query.where(Occupancy.unit_id == unit_id, col(Occupancy.until).is_not(None))
    return list(session.exec(query.order_by(col(Occupancy.until).desc(), col(Occupancy.id).desc()).limit(20)).all())


def homes_of(session: Session, person: Person) -> list[int]:
    """The ids of the homes in which somebody lives today."""
    query = select(Occupancy.unit_id).where(Occupancy.person_id == person.id, col(Occupancy.until).is_(None))
    return list(session.exec(query))


def resident(act: Act, number: str, person: str, field: str = "person") -> tuple[Unit, Occupancy, Person]:
    """Somebody who lives in a home today, by their number in the archive or their name there; refused at `field`."""
    unit = unit_of(act.session, number)
    for tie, one in ties(act.session, unit.id or 0):
        if person.strip() in (str(one.id), one.name):
            return unit, tie, one
    raise NotFound(N_("Nobody of that name lives in {number}."), field=field, number=unit.label)


def keeper(act: Act, relation: str) -> None:
    """Owners and tenants are an archivist's or a leader's to write down; refuses anybody else (ROL-13)."""
    if relation in WEIGHTY and not KEEPERS & set(act.operator.roles.split()) and act.operator.code != SYSTEM:
        raise NotAllowed(N_("An archivist or a leader lets owners and tenants in and out."), clause="ROL-13")


def check_proof(proof: str) -> None:
    """Refuse a change that nobody proved."""
    if proof not in PROOFS:
        raise Invalid(N_("Choose how they proved that they may."), field="proof", clause="ROL-13")


def index_homes(session: Session, person: Person) -> None:
    """Make the search terms of somebody's homes anew."""
    homes = select(Unit).join(Occupancy, col(Occupancy.unit_id) == Unit.id)
    homes = homes.where(Occupancy.person_id == person.id, col(Occupancy.until).is_(None))
    for unit in session.exec(homes).all():
        reindex(session, unit)


def reindex(session: Session, unit: Unit) -> None:
    """Make the search terms of one home anew."""
    people = []
    for _tie, person in ties(session, unit.id or 0):
        plates = session.exec(select(Vehicle.plate).where(Vehicle.person_id == person.id)).all()
        people.append((person.id, person.name, phones_of(session, person.id or 0), list(plates)))
    session.exec(delete(SearchTerm).where(col(SearchTerm.unit_id) == unit.id))
    rows = search.term_rows(unit.id or 0, unit.label, people)
    session.connection().execute(insert(SearchTerm), rows)


def proof_name(proof: str) -> str:
    """How a change was proven, in the reader's language."""
    return named(PROOFS, proof)
