"""Writing a planned roster: only what is new or changed, in one act or in steps that let other desks work."""

import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, SQLModel, col, delete, insert, select

from data.directory import Arrears, Entrance, Occupancy, Person, Phone, SearchTerm, Unit, Vehicle
from data.store import backup as copies
from data.store.opening import open_store
from desk import directory, search, site
from desk.act import Act, Desk
from desk.ground import idcards, rooms
from desk.roster.homes import Household
from desk.roster.people import Resident
from desk.roster.planning import Plan

Progress = Callable[[int, int], None]
STEP = 200
ESTATE, EVERY = "roster.estate", "*"


@dataclass
class Outcome:
    """What an import wrote, or would write."""

    units: int = 0
    people: int = 0
    changed: int = 0
    same: int = 0

    def add(self, other: "Outcome") -> None:
        """What another step wrote."""
        self.units, self.people = self.units + other.units, self.people + other.people
        self.changed, self.same = self.changed + other.changed, self.same + other.same


def preview(desk: Desk, plan: Plan, progress: Progress = lambda _done, _all: None) -> Outcome:
    """What the plan would write: the import itself, done to a copy of the store that is thrown away."""
    desk.require("directory.import")
    # Refuses a store without its keys in the store's own words.
    _ = desk.store.keys
    with tempfile.TemporaryDirectory() as folder:
        copy = copies.copy_store(desk.store.path, Path(folder))
        shutil.copy(desk.store.path.with_suffix(".key"), copy.with_suffix(".key"))
        rehearsed = Desk(open_store(copy), desk.now)
        rehearsed.operator = desk.operator
        try:
            return take_in(rehearsed, deepcopy(plan), progress)
        finally:
            rehearsed.store.close()


def take_in(desk: Desk, plan: Plan, progress: Progress = lambda _done, _all: None) -> Outcome:
    """Write the plan in steps, each an act of its own, so that other desks work on meanwhile.

    Whoever stops it loses nothing: what is in stays in, and the same plan again brings in the rest.

    Args:
        progress: called with households done and households in all.
    """
    homes, outcome, known = list(plan.households.values()), Outcome(), _Known()
    for start in range(0, len(homes), STEP):
        with desk.act() as act:
            act.require("directory.import")
            if not start:
                _name_estate(act, plan, homes)
            outcome.add(_write(act, homes[start : start + STEP], known))
        progress(min(start + STEP, len(homes)), len(homes))
    return outcome


def apply(act: Act, *, plan: Plan, progress: Progress = lambda _done, _all: None) -> Outcome:
    """Write the whole plan in this act; a second time it changes only what changed.

    Args:
        progress: called with households done and households in all.
    """
    act.require("directory.import")
    homes, outcome, known = list(plan.households.values()), Outcome(), _Known()
    _name_estate(act, plan, homes)
    for start in range(0, len(homes), STEP):
        outcome.add(_write(act, homes[start : start + STEP], known))
        progress(min(start + STEP, len(homes)), len(homes))
    return outcome


def _write(act: Act, homes: list[Household], known: "_Known") -> Outcome:
    """Write some households, and say so in the journal."""
    writer = _Writer(act, known.ids(act.session, homes))
    writer.load(homes, known.people)
    writer.write(homes)
    writer.index()
    act.record("directory.import", **vars(writer.outcome))
    return writer.outcome


class _Known:
    """What the archive knew when an import began: its homes by what makes a label one home, read further with every step,
    and who lived in one by what rosters call them; who moves out with a step is not forgotten before the last.
    """

    def __init__(self) -> None:
        self.last, self.by_key = 0, dict[str, int]()
        self._people: dict[str, int] | None = None

    def people(self, session: Session) -> dict[str, int]:
        """The numbers of those who lived in a home when the import began."""
        if self._people is None:
            lives = select(Occupancy.person_id).where(col(Occupancy.until).is_(None))
            named = select(Person.source_key, Person.id).where(
                col(Person.source_key).is_not(None), col(Person.id).in_(lives)
            )
            self._people = {str(key): int(number or 0) for key, number in session.exec(named)}
        return self._people

    def ids(self, session: Session, homes: list[Household]) -> list[int]:
        """The numbers of those of some homes that the archive has."""
        for number, label in session.exec(select(Unit.id, Unit.label).where(col(Unit.id) > self.last)):
            self.by_key[rooms.key(label)] = int(number or 0)
            self.last = max(self.last, int(number or 0))
        keys = (rooms.key(home.label) for home in homes)
        return [self.by_key[key] for key in keys if key in self.by_key]


def _name_estate(act: Act, plan: Plan, homes: list[Household]) -> None:
    """Homes of another estate than the archive's carry its name in their path: two homes never become one.

    The estate of the first roster is left out of the paths; it is remembered, and so is that paths carry one.
    """
    known = site.setting(act.session, ESTATE)
    if not known:
        several = any(home.estate for home in homes)
        if plan.estate or several:
            site.put(act.session, ESTATE, EVERY if several else plan.estate)
        return
    for home in homes:
        estate = home.estate or plan.estate
        home.estate = estate if estate != known else ""


def reindex(act: Act) -> int:
    """Make the search terms of the whole archive anew, as today's search wants them; returns for how many homes."""
    act.require("directory.reindex")
    ids = [number for number in act.session.exec(select(Unit.id).order_by(col(Unit.id))) if number is not None]
    for start in range(0, len(ids), STEP):
        writer = _Writer(act, ids[start : start + STEP])
        writer.touched = {unit.id or 0: unit for unit in writer.units.values()}
        writer.index()
    act.record("directory.reindex", units=len(ids))
    return len(ids)


class _Writer:
    """Compares households with what the archive says of their homes, and writes the difference.

    Args:
        ids: of the homes that the archive has.
    """

    def __init__(self, act: Act, ids: Sequence[int]) -> None:
        self.act, self.session = act, act.session
        self.outcome = Outcome()
        self.touched: dict[int, Unit] = {}
        self.entrances: dict[tuple[str, str], int] = {}
        self.new_ties: list[dict[str, Any]] = []
        self.new_phones: list[dict[str, Any]] = []
        self.units: dict[str, Unit] = {}
        self.people: dict[int, list[tuple[Occupancy, Person]]] = {}
        self.by_key: dict[str, Person] = {}
        self.phones: dict[int, list[str]] = {}
        self.cars: dict[str, Vehicle] = {}
        self.debts: dict[int, Arrears] = {}
        self._read_homes(ids)

    def _read_homes(self, ids: Collection[int]) -> None:
        """Read some homes with who lives there, their phones, cars and debts."""
        found = self.session.exec(select(Unit).where(col(Unit.id).in_(ids)))
        self.units.update({rooms.key(unit.label): unit for unit in found})
        pairs = select(Occupancy, Person).join(Person, col(Person.id) == Occupancy.person_id)
        for occupancy, person in self.session.exec(
            pairs.where(col(Occupancy.until).is_(None), col(Occupancy.unit_id).in_(ids)).order_by(col(Occupancy.id))
        ):
            self.people.setdefault(occupancy.unit_id, []).append((occupancy, person))
        here = [person for number in ids for _occupancy, person in self.people.get(number, [])]
        self.by_key.update({person.source_key: person for person in here if person.source_key})
        inside = {person.id or 0 for person in here}
        self._read_about(inside, col(Vehicle.person_id).in_(inside))
        debts = select(Arrears).where(Arrears.fee == "property", col(Arrears.unit_id).in_(ids)).order_by("id")
        self.debts.update({row.unit_id: row for row in self.session.exec(debts)})

    def _read_about(self, people: Collection[int], cars: ColumnElement[bool]) -> None:
        """Read the phones of some people, and some cars."""
        people = set(people) - set(self.phones)
        for phone in self.session.exec(select(Phone).where(col(Phone.person_id).in_(people)).order_by(col(Phone.id))):
            self.phones.setdefault(phone.person_id, []).append(phone.number)
        self.cars.update({car.plate: car for car in self.session.exec(select(Vehicle).where(cars))})

    def load(self, homes: list[Household], lived: Callable[[Session], Mapping[str, int]]) -> None:
        """Read what else some households name: people who live elsewhere too, or did when the import began, and cars
        with the homes that had them.
        """
        keys = {resident.key for home in homes for resident in home.people if resident.key} - set(self.by_key)
        lives = select(Occupancy.person_id).where(col(Occupancy.until).is_(None))
        before = [number for key, number in lived(self.session).items() if key in keys]
        elsewhere = select(Person).where(
            col(Person.source_key).in_(keys), col(Person.id).in_(lives) | col(Person.id).in_(before)
        )
        found = {str(person.source_key): person for person in self.session.exec(elsewhere)} if keys else {}
        self.by_key.update(found)
        plates = {plate for home in homes for plate, _owner in home.plates}
        more = {person.id or 0 for person in found.values()}
        self._read_about(more, col(Vehicle.plate).in_(plates) | col(Vehicle.person_id).in_(more))
        had = {car.unit_id for plate, car in self.cars.items() if plate in plates and car.unit_id}
        self._read_homes(had - {unit.id or 0 for unit in self.units.values()})

    def write(self, homes: list[Household]) -> None:
        """Write a step's worth of households: rows that are new go in together, and the rest row by row."""
        fresh = self._new_units([home for home in homes if rooms.key(home.label) not in self.units])
        people = self._new_people(homes)
        self._stairs(homes)
        for home in homes:
            unit = self.units[rooms.key(home.label)]
            changed = self._set(unit, floor=home.floor, area_hundredths=home.area, note=home.note)
            for resident in home.people:
                changed |= self._resident(unit, resident, people)
            changed |= self._former_owners(unit, home)
            for plate, owner in home.plates:
                changed |= self._plate(unit, plate, owner)
            if home.arrears is not None:
                changed |= self._arrears(unit, home.arrears)
            is_new = home.label in fresh
            if is_new or changed:
                self.touched[unit.id or 0] = unit
            if not is_new:
                self.outcome.changed += changed
                self.outcome.same += not changed
        self._insert(Occupancy, self.new_ties)
        self._insert(Phone, self.new_phones)

    def _insert(self, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
        if rows:
            self.session.connection().execute(insert(model), rows)
            rows.clear()

    def _new_units(self, homes: list[Household]) -> set[str]:
        """Insert the units that are new, and answer their labels."""
        rows: list[dict[str, Any]] = [
            {
                "entrance_id": self._entrance(home),
                "room": rooms.level(home.room),
                "label": home.label,
                "floor": home.floor,
                "area_hundredths": home.area,
                "kind": "home",
                "note": home.note,
            }
            for home in homes
        ]
        for row, unit_id in zip(rows, self._ids(Unit, rows), strict=True):
            self.units[rooms.key(str(row["label"]))] = Unit(id=unit_id, **row)
        self.outcome.units += len(rows)
        return {home.label for home in homes}

    def _ids(self, model: type[Unit] | type[Person], rows: list[dict[str, Any]]) -> list[int]:
        if not rows:
            return []
        query = insert(model).returning(col(model.id), sort_by_parameter_order=True)
        return [int(row[0] or 0) for row in self.session.connection().execute(query, rows)]

    def _entrance(self, home: Household) -> int:
        pair = (home.block, rooms.level(home.entrance))
        if pair not in self.entrances:
            self.entrances[pair] = directory.ensure_entrance(self.session, *pair)
        return self.entrances[pair]

    def _stairs(self, homes: list[Household]) -> None:
        """What a roster says of the entrances: how many floors, and whether there is a lift."""
        for home in homes:
            if home.floors is None and home.lift is None:
                continue
            stair = self.session.get_one(Entrance, self._entrance(home))
            stair.floors = home.floors if home.floors is not None else stair.floors
            stair.has_lift = home.lift if home.lift is not None else stair.has_lift
            self.session.add(stair)

    def _known(self, unit: Unit, resident: Resident) -> Person | None:
        inside = next((p for _o, p in self.people.get(unit.id or 0, []) if p.name == resident.name), None)
        return inside or (self.by_key.get(resident.key) if resident.key else None)

    def _new_people(self, homes: list[Household]) -> dict[tuple[str, str], Person]:
        """Insert the people who are new, each once, by the label of their unit and their name."""
        rows: list[dict[str, Any]] = []
        places: list[tuple[str, str]] = []
        keys: set[str] = set()
        for home in homes:
            for resident in home.people:
                if self._known(self.units[rooms.key(home.label)], resident) is None and resident.key not in keys:
                    rows.append(
                        {
                            "name": resident.name,
                            "source_key": resident.key or None,
                            "sex": resident.sex,
                            "workplace": resident.workplace,
                            "emergency_mobile": resident.emergency,
                            "birthday": resident.birthday,
                            "note": resident.note,
                            "vip": False,
                            "id_card_masked": "",
                        }
                    )
                    places.append((home.label, resident.name))
                    keys |= {resident.key} if resident.key else set()
        made: dict[tuple[str, str], Person] = {}
        sealed: list[dict[str, Any]] = []
        cards = {(home.label, r.name): r.id_card for home in homes for r in home.people}
        for row, place, person_id in zip(rows, places, self._ids(Person, rows), strict=True):
            person = made[place] = Person(id=person_id, **row)
            if row["source_key"]:
                self.by_key[str(row["source_key"])] = person
            if cards[place]:
                directory.fill_id_card(self.act, person, cards[place])
                sealed.append(person.model_dump(include={"id", "id_card_sealed", "id_card_index", "id_card_masked"}))
        if sealed:
            self.session.execute(update(Person), sealed)
        self.outcome.people += len(rows)
        return made

    def _set(self, row: Unit | Person, **values: object) -> bool:
        changes = {name: value for name, value in values.items() if value and getattr(row, name) != value}
        if changes:
            kept = self.session.get_one(type(row), row.id)
            for name, value in changes.items():
                setattr(row, name, value)
                setattr(kept, name, value)
            self.session.add(kept)
        return bool(changes)

    def _resident(self, unit: Unit, resident: Resident, made: dict[tuple[str, str], Person]) -> bool:
        inside = self.people.setdefault(unit.id or 0, [])
        person = next((p for _o, p in inside if p.name == resident.name), None)
        changed = person is None or self._tie(inside, person, resident)
        if person is None:
            person = made.get((unit.label, resident.name)) or self.by_key[resident.key]
            tie: dict[str, Any] = {
                "unit_id": unit.id,
                "person_id": person.id,
                "relation": resident.relation,
                "since": resident.since,
            }
            self.new_ties.append(tie)
            inside.append((Occupancy(**tie), person))
        changed |= self._set(
            person,
            sex=resident.sex,
            workplace=resident.workplace,
            emergency_mobile=resident.emergency,
            birthday=resident.birthday,
            note=resident.note,
        )
        if resident.id_card and person.id_card_index != idcards.index(self.act.store.keys, resident.id_card):
            directory.set_id_card(self.act, self.session.get_one(Person, person.id), resident.id_card)
            changed = True
        known = self.phones.setdefault(person.id or 0, [])
        for number in resident.phones:
            if number not in known:
                self.new_phones.append({"person_id": person.id, "number": number})
                known.append(number)
                changed = True
        return changed

    def _tie(self, inside: list[tuple[Occupancy, Person]], person: Person, resident: Resident) -> bool:
        """Bring a known resident's relation up to date."""
        tie = next(tie for tie, known in inside if known is person)
        if tie.id is None or (tie.relation == resident.relation and (resident.since in (None, tie.since))):
            return False
        tie.relation, tie.since = resident.relation, resident.since or tie.since
        self.session.add(tie)
        return True

    def _former_owners(self, unit: Unit, home: Household) -> bool:
        """Where the roster names another owner, the one before is the owner no longer."""
        names = {resident.name for resident in home.people}
        if not any(resident.relation == "owner" for resident in home.people):
            return False
        today = self.act.calendar.local(self.act.now).date()
        gone = [
            (tie, person)
            for tie, person in self.people.get(unit.id or 0, [])
            if tie.relation == "owner" and tie.id is not None and person.name not in names
        ]
        for tie, person in gone:
            tie.until = today
            self.session.add(tie)
            self.people[unit.id or 0].remove((tie, person))
        return bool(gone)

    def _arrears(self, unit: Unit, fen: int) -> bool:
        row = self.debts.get(unit.id or 0)
        if (row.fen if row else 0) == fen:
            return False
        row = row or Arrears(unit_id=unit.id or 0, fee="property", fen=0, as_of=self.act.now)
        row.fen, row.as_of = fen, self.act.now
        self.debts[unit.id or 0] = row
        self.session.add(row)
        return True

    def _home(self, number: int | None) -> Unit | None:
        return next((unit for unit in self.units.values() if number and unit.id == number), None)

    def _plate(self, unit: Unit, plate: str, owner: str) -> bool:
        person = next((p for _o, p in self.people.get(unit.id or 0, []) if p.name == owner), None)
        car = self.cars.get(plate)
        if car is not None and car.unit_id == unit.id:
            return False
        if car is None:
            car = self.cars[plate] = Vehicle(plate=plate)
        if (had := self._home(car.unit_id)) is not None:
            # It is found at that home no longer.
            self.touched[had.id or 0] = had
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
