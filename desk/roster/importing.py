"""Writing a planned roster: only what is new or changed, in one act."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import col, delete, insert, select

from data.directory import Arrears, Occupancy, Person, Phone, SearchTerm, Unit, Vehicle
from desk import directory, idcards, search
from desk.act import Act, Desk
from desk.roster.planning import Household, Plan, Resident

Progress = Callable[[int, int], None]
STEP = 200


@dataclass
class Outcome:
    """What an import wrote, or would write."""

    units: int = 0
    people: int = 0
    changed: int = 0
    same: int = 0


class _Rehearsed(Exception):
    """Ends a rehearsal without a commit."""


def preview(desk: Desk, plan: Plan, progress: Progress = lambda _done, _all: None) -> Outcome:
    """What the plan would write: the import itself, rehearsed and rolled back."""
    try:
        with desk.act() as act:
            outcome = apply(act, plan=plan, progress=progress)
            raise _Rehearsed
    except _Rehearsed:
        return outcome


def apply(act: Act, *, plan: Plan, progress: Progress = lambda _done, _all: None) -> Outcome:
    """Write the plan in this act; a second time it changes only what changed.

    Args:
        progress: called with households done and households in all.
    """
    act.require("directory.import")
    writer = _Writer(act)
    total = len(plan.households)
    for done, home in enumerate(plan.households.values(), 1):
        writer.household(home)
        if done % STEP == 0 or done == total:
            progress(done, total)
    writer.index()
    outcome = writer.outcome
    act.record(
        "directory.import",
        units=outcome.units,
        people=outcome.people,
        changed=outcome.changed,
        same=outcome.same,
    )
    return outcome


class _Writer:
    """Compares households with the archive, loaded once, and writes the difference."""

    def __init__(self, act: Act) -> None:
        self.act, self.session = act, act.session
        self.outcome = Outcome()
        self.touched: dict[int, Unit] = {}
        self.units = {unit.label: unit for unit in self.session.exec(select(Unit).order_by("id"))}
        self.people: dict[int, list[tuple[Occupancy, Person]]] = {}
        pairs = select(Occupancy, Person).join(Person, col(Person.id) == Occupancy.person_id)
        for occupancy, person in self.session.exec(
            pairs.where(col(Occupancy.until).is_(None)).order_by(col(Occupancy.id))
        ):
            self.people.setdefault(occupancy.unit_id, []).append((occupancy, person))
        self.phones: dict[int, list[str]] = {}
        for phone in self.session.exec(select(Phone).order_by(col(Phone.id))):
            self.phones.setdefault(phone.person_id, []).append(phone.number)
        self.cars = {car.plate: car for car in self.session.exec(select(Vehicle).order_by("id"))}
        debts = select(Arrears).where(Arrears.fee == "property").order_by("id")
        self.debts = {row.unit_id: row for row in self.session.exec(debts)}
        self.by_key = {p.source_key: p for pairs in self.people.values() for _o, p in pairs if p.source_key}

    def household(self, home: Household) -> None:
        unit = self.units.get(home.label)
        is_new = unit is None
        if unit is None:
            unit, _made = directory.ensure_unit(self.session, home.building, home.entrance, home.room)
            self.units[home.label] = unit
            self.outcome.units += 1
        changed = self._set(unit, floor=home.floor, area_hundredths=home.area)
        for resident in home.people:
            changed |= self._resident(unit, resident)
        for plate, owner in home.plates:
            changed |= self._plate(unit, plate, owner)
        if home.arrears is not None:
            changed |= self._arrears(unit, home.arrears)
        if is_new or changed:
            self.touched[unit.id or 0] = unit
        if not is_new:
            self.outcome.changed += changed
            self.outcome.same += not changed

    def _set(self, row: Unit | Person, **values: object) -> bool:
        changes = {name: value for name, value in values.items() if value and getattr(row, name) != value}
        for name, value in changes.items():
            setattr(row, name, value)
        if changes:
            self.session.add(row)
        return bool(changes)

    def _resident(self, unit: Unit, resident: Resident) -> bool:
        inside = self.people.setdefault(unit.id or 0, [])
        person = next((p for _o, p in inside if p.name == resident.name), None)
        changed = person is None
        if person is None:
            person = self.by_key.get(resident.key) if resident.key else None
            if person is None:
                person = Person(name=resident.name, source_key=resident.key or None)
                self.session.add(person)
                self.session.flush()
                self.outcome.people += 1
                if resident.key:
                    self.by_key[resident.key] = person
            occupancy = Occupancy(
                unit_id=unit.id or 0,
                person_id=person.id or 0,
                relation=resident.relation,
                since=resident.since,
            )
            self.session.add(occupancy)
            inside.append((occupancy, person))
        changed |= self._set(
            person, sex=resident.sex, workplace=resident.workplace, emergency_mobile=resident.emergency,
            birthday=resident.birthday, note=resident.note,
        )  # fmt: skip
        if resident.id_card and person.id_card_index != idcards.index(self.act.store.keys, resident.id_card):
            directory.set_id_card(self.act, person, resident.id_card)
            changed = True
        known = self.phones.setdefault(person.id or 0, [])
        for number in resident.phones:
            if number not in known:
                self.session.add(Phone(person_id=person.id or 0, number=number))
                known.append(number)
                changed = True
        return changed

    def _arrears(self, unit: Unit, fen: int) -> bool:
        row = self.debts.get(unit.id or 0)
        if (row.fen if row else 0) == fen:
            return False
        row = row or Arrears(unit_id=unit.id or 0, fee="property", fen=0, as_of=self.act.now)
        row.fen, row.as_of = fen, self.act.now
        self.debts[unit.id or 0] = row
        self.session.add(row)
        return True

    def _plate(self, unit: Unit, plate: str, owner: str) -> bool:
        person = next((p for _o, p in self.people.get(unit.id or 0, []) if p.name == owner), None)
        car = self.cars.get(plate)
        if car is not None and car.unit_id == unit.id:
            return False
        if car is None:
            car = self.cars[plate] = Vehicle(plate=plate)
        car.unit_id, car.person_id = unit.id, person.id if person else None
        self.session.add(car)
        return True

    def index(self) -> None:
        """Write the search terms of every touched unit in bulk."""
        self.session.flush()
        ids = sorted(self.touched)
        plates: dict[int, list[str]] = {}
        for car in self.cars.values():
            if car.person_id:
                plates.setdefault(car.person_id, []).append(car.plate)
        for start in range(0, len(ids), STEP):
            chunk = ids[start : start + STEP]
            self.session.exec(delete(SearchTerm).where(col(SearchTerm.unit_id).in_(chunk)))
            rows: list[dict[str, object]] = []
            for unit_id in chunk:
                people = [
                    (p.id, p.name, self.phones.get(p.id or 0, []), plates.get(p.id or 0, []))
                    for _o, p in self.people.get(unit_id, [])
                ]
                rows += search.term_rows(unit_id, self.touched[unit_id].label, people)
            self.session.connection().execute(insert(SearchTerm), rows)
