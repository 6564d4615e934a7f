"""Adding, mending and moving people of a home; every change says from what to what, and who proved it how (ROL-13)."""

from sqlmodel import Session, col, delete, insert, select

from data.directory import Occupancy, Person, SearchTerm, Unit, Vehicle
from data.tables import Value
from data.words import N_, _
from desk import directory, search
from desk.act import SYSTEM, Act
from desk.archive.facts import (
    birthday_of,
    day_behind,
    holder,
    one_phone,
    phones_of,
    read_paper,
    said,
    seal,
    set_phones,
    standing,
)
from desk.calendar import moments
from desk.ground import rooms
from desk.ground.refusals import Invalid, NotAllowed, NotFound, Refused, StateChanged
from desk.ground.roles import KEEPERS
from desk.ground.texts import limited, needed
from desk.roster.plates import plates_in
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
LONGEST_NAME = 60
HOME_KINDS = ("home", "shop", "office", "garage", "storage")


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


def add(
    act: Act,
    *,
    number: str,
    name: str,
    relation: str,
    proof: str,
    phone: str = "",
    paper: str = "",
    workplace: str = "",
    emergency: str = "",
    birthday: str = "",
    note: str = "",
    nature: str = "",
    in_charge: str = "",
    since: str = "",
) -> Person:
    """Somebody moves into a home, or was never written down.

    Args:
        number: the home's label.
        relation: owner, tenant, family or employee; the first two only by an archivist or a leader.
        proof: a key of PROOFS; since: the day from which they have lived there, today when empty.

    Raises:
        Invalid: at the field; NotAllowed: the post may not let an owner or a tenant in; StateChanged: they live here.
    """
    act.require("directory.add")
    unit = unit_of(act.session, number)
    check_proof(proof)
    if relation not in directory.RELATIONS:
        raise Invalid(N_("Choose what they are of this home."), field="relation", clause="ARC-3")
    _keeper(act, relation)
    name = needed(name, "name", LONGEST_NAME)
    if any(person.name == name for _tie, person in ties(act.session, unit.id or 0)):
        raise StateChanged(N_("{name} lives here already."), name=name, field="name")
    person = _known_by_paper(act, name, paper, company=bool(nature.strip())) or Person(name=name)
    said_of = {"workplace": limited(workplace, "workplace", 60), "note": limited(note, "note", 500)}
    said_of["nature"] = limited(nature, "nature", 60)
    said_of["in_charge"] = limited(in_charge, "in_charge", 60)
    said_of["emergency_mobile"] = one_phone(emergency, "emergency")
    for column, text in said_of.items():
        setattr(person, column, text or getattr(person, column))
    person.birthday = birthday_of(birthday, act) or person.birthday
    act.session.add(person)
    act.session.flush()
    if paper.strip():
        seal(act, person, paper)
    held = phones_of(act.session, person.id or 0)
    if phone.strip() or not held:
        set_phones(act, person, "、".join([*held, phone]) if held else phone)
    today = act.calendar.local(act.now).date()
    begun = day_behind(since, act, "since") if since.strip() else today
    act.session.add(Occupancy(unit_id=unit.id or 0, person_id=person.id or 0, relation=relation, since=begun))
    act.session.flush()
    reindex(act.session, unit)
    act.record("directory.add", unit.label, person=person.id, relation=relation, proof=proof, since=str(begun))
    return person


def relate(act: Act, *, number: str, person: str, relation: str, proof: str) -> Person:
    """Somebody is something else of this home from today on: a tenant has bought it; papers and phones stay theirs.

    What they were until today stays in the archive's history.
    """
    act.require("directory.relate")
    unit, tie, one = resident(act, number, person)
    check_proof(proof)
    if relation not in directory.RELATIONS or relation == tie.relation:
        raise Invalid(N_("Choose what they are from now on."), field="relation", clause="ARC-3")
    _keeper(act, relation)
    _keeper(act, tie.relation)
    today, was = act.calendar.local(act.now).date(), tie.relation
    tie.until = today
    act.session.add(tie)
    act.session.add(Occupancy(unit_id=unit.id or 0, person_id=one.id or 0, relation=relation, since=today))
    act.session.flush()
    reindex(act.session, unit)
    act.record("directory.relate", unit.label, person=one.id, relation=f"{was} → {relation}", proof=proof)
    return one


def _known_by_paper(act: Act, name: str, paper: str, *, company: bool) -> Person | None:
    """The entry of somebody who lives in another home already: one paper is one entry, whatever is said of it."""
    known = holder(act, read_paper(paper, company=company)) if paper.strip() else None
    return known if known is not None and known.name == name else None


def mend(
    act: Act,
    *,
    number: str,
    person: str,
    proof: str,
    name: str = "",
    phone: str = "",
    workplace: str = "",
    emergency: str = "",
    birthday: str = "",
    vip: str = "",
    note: str = "",
    nature: str = "",
    in_charge: str = "",
) -> Person:
    """Write down what changed of somebody who lives here; what is left empty stays as it was (ARC-12, ARC-13).

    Args:
        name: as it is spelt; an owner's or a tenant's only by an archivist or a leader.
        phone: all their numbers, the first one first; as everything else, "-" takes away what was there.
        vip: "yes", "no", or "" as it is.
        nature, in_charge: of a company, what it is and who answers for it (ARC-4).
    """
    act.require("directory.mend")
    unit, tie, one = resident(act, number, person)
    check_proof(proof)
    before = standing(act, one)
    named = name.strip() and name.strip() != one.name
    if named:
        _keeper(act, tie.relation)
        one.name = needed(name, "name", LONGEST_NAME)
    for column, text in (("workplace", workplace), ("nature", nature), ("in_charge", in_charge)):
        if text.strip():
            setattr(one, column, limited(said(text), column, 60))
    if note.strip():
        one.note = limited(said(note), "note", 500)
    if emergency.strip():
        one.emergency_mobile = one_phone(said(emergency), "emergency")
    if birthday.strip():
        one.birthday = birthday_of(said(birthday), act)
    if vip:
        one.vip = vip == "yes"
    act.session.add(one)
    if phone.strip():
        set_phones(act, one, said(phone))
    act.session.flush()
    index_homes(act.session, one)
    after = standing(act, one)
    changes: dict[str, Value] = {
        part: f"{before[part]} → {after[part]}" for part in after if after[part] != before[part]
    }
    if not changes and not named:
        raise Invalid(N_("Nothing would change: write what is wrong as it is right."), field="person")
    act.record("directory.mend", unit.label, person=one.id, proof=proof, name="changed" if named else None, **changes)
    return one


def set_paper(act: Act, *, number: str, person: str, paper: str, proof: str) -> Person:
    """The number of somebody's paper, which proves them from now on (REL-1): an archivist's or a leader's act."""
    act.require("directory.set_paper")
    unit, _tie, one = resident(act, number, person)
    check_proof(proof)
    before = one.id_card_masked
    seal(act, one, needed(paper, "paper", 40))
    act.record("directory.set_paper", unit.label, person=one.id, proof=proof, was=before, now=one.id_card_masked)
    return one


def move_out(act: Act, *, number: str, person: str, proof: str, day: str = "") -> Person:
    """Somebody lives here no longer; they stay in the archive's history.

    Args:
        day: the last day, today when empty; never ahead.
    """
    act.require("directory.move_out")
    unit, tie, one = resident(act, number, person)
    check_proof(proof)
    _keeper(act, tie.relation)
    today = act.calendar.local(act.now).date()
    last = moments.day(day, today, field="day") if day.strip() else today
    if last > today or (tie.since is not None and last < tie.since):
        raise Invalid(N_("The last day lies between their moving in and today."), field="day")
    tie.until = last
    act.session.add(tie)
    act.session.flush()
    free_cars(act, one, unit)
    reindex(act.session, unit)
    act.record("directory.move_out", unit.label, person=one.id, relation=tie.relation, proof=proof, until=str(last))
    return one


def set_cars(act: Act, *, number: str, person: str, plates: str, proof: str) -> list[str]:
    """The vehicles of somebody who lives here; those that are left out are nobody's from now on."""
    act.require("directory.set_cars")
    unit, _tie, one = resident(act, number, person)
    check_proof(proof)
    found = plates_in(plates.replace("、", " "))
    if found.rest:
        raise Invalid(N_("{text} is no plate."), field="plates", text=found.rest[:20])
    mine = list(act.session.exec(select(Vehicle).where(Vehicle.person_id == one.id).order_by(col(Vehicle.plate))))
    held = [car.plate for car in mine]
    for car in mine:
        if car.plate not in found.plates:
            car.person_id = car.unit_id = None
            act.session.add(car)
    for plate in found.plates:
        known = act.session.exec(select(Vehicle).where(Vehicle.plate == plate)).first()
        if known is not None and not _may_take(act, known, one, unit):
            raise Invalid(
                N_("{plate} stands with somebody else: take it off there first."), field="plates", plate=plate
            )
        known = known or Vehicle(plate=plate)
        known.person_id, known.unit_id = one.id, unit.id
        act.session.add(known)
    act.session.flush()
    index_homes(act.session, one)
    was, now = (" ".join(f"{plate[:2]}****{plate[-1]}" for plate in plates) for plates in (held, found.plates))
    act.record("directory.set_cars", unit.label, person=one.id, proof=proof, was=was, now=now)
    return found.plates


def earlier(session: Session, unit_id: int) -> list[tuple[Person, Occupancy]]:
    """Who lived in a home before, the last one first."""
    query = select(Person, Occupancy).join(Occupancy, col(Occupancy.person_id) == Person.id)
    query = query.where(Occupancy.unit_id == unit_id, col(Occupancy.until).is_not(None))
    return list(session.exec(query.order_by(col(Occupancy.until).desc(), col(Occupancy.id).desc()).limit(20)).all())


def homes_of(session: Session, person: Person) -> list[int]:
    """The ids of the homes in which somebody lives today."""
    query = select(Occupancy.unit_id).where(Occupancy.person_id == person.id, col(Occupancy.until).is_(None))
    return list(session.exec(query))


def free_cars(act: Act, one: Person, unit: Unit) -> None:
    """The cars of somebody who leaves a home no longer stand with it; with no home left they are nobody's."""
    elsewhere = homes_of(act.session, one)
    for car in act.session.exec(select(Vehicle).where(Vehicle.person_id == one.id)).all():
        if not elsewhere:
            car.person_id = car.unit_id = None
        elif car.unit_id == unit.id:
            car.unit_id = elsewhere[0]
        act.session.add(car)


def _may_take(act: Act, car: Vehicle, one: Person, unit: Unit) -> bool:
    """Whether a known car may stand with somebody: their own, or nobody's who lives here today."""
    if car.person_id not in (None, one.id):
        holder = act.session.get(Person, car.person_id)
        return holder is None or not homes_of(act.session, holder)
    return car.person_id == one.id or car.unit_id in (None, unit.id)


def add_home(act: Act, *, label: str, kind: str = "home") -> Unit:
    """A home, shop or garage that no roster has named, by its whole path.

    Raises:
        Invalid: no path, or one without a room; StateChanged: it is there already.
    """
    act.require("directory.add_home")
    if kind not in HOME_KINDS:
        raise Invalid(N_("Choose one of {names}."), field="kind", names=", ".join(HOME_KINDS))
    path = rooms.address(needed(label, "label", 60)).path
    if len(path) < 2:
        raise Invalid(N_("Write the whole path, such as 3-2-1502."), field="label", clause="ARC-8")
    spelt = rooms.label(*path)
    if any(rooms.key(one) == rooms.key(spelt) for one in act.session.exec(select(Unit.label))):
        raise StateChanged(N_("{number} is in the archive already."), field="label", number=spelt)
    entrance = path[-2] if len(path) > 2 else ""
    block = "-".join(path[:-2]) if len(path) > 2 else path[0]
    stair = directory.ensure_entrance(act.session, block, entrance)
    unit = Unit(entrance_id=stair, room=path[-1], label=spelt, kind=kind)
    act.session.add(unit)
    act.session.flush()
    reindex(act.session, unit)
    act.record("directory.add_home", unit.label, kind=kind)
    return unit


def resident(act: Act, number: str, person: str, field: str = "person") -> tuple[Unit, Occupancy, Person]:
    """Somebody who lives in a home today, by their number in the archive or their name there; refused at `field`."""
    unit = unit_of(act.session, number)
    for tie, one in ties(act.session, unit.id or 0):
        if person.strip() in (str(one.id), one.name):
            return unit, tie, one
    raise NotFound(N_("Nobody of that name lives in {number}."), field=field, number=unit.label)


def _keeper(act: Act, relation: str) -> None:
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
    return _(PROOFS[proof]) if proof in PROOFS else proof
