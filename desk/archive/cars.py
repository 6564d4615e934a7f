"""The vehicles of those who live in a home: written down, and freed when somebody leaves."""

from sqlmodel import col, select

from data.directory import Person, Unit, Vehicle
from data.words import N_
from desk.act import Act
from desk.archive.residents import check_proof, homes_of, index_homes, resident
from desk.ground.refusals import Invalid
from desk.roster.plates import plates_in


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
