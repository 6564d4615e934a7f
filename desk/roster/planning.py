"""From tables to a plan: who lives where, what has to be asked, and what only looks odd."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.words import N_
from desk.ground import rooms
from desk.ground.refusals import Invalid
from desk.roster.cells import SPOILT, is_nobody, is_nothing, wide
from desk.roster.headers import is_header
from desk.roster.homes import Household, NoHome, homes_of, level_of_sheet, sign, told_apart
from desk.roster.people import CO_OWNER, Resident, joined
from desk.roster.plates import plates_in
from desk.roster.reading import SECOND, Line, Reading, Table, read_file
from desk.roster.residents import ResidentReader

_VALUES = ("name", "room", "address", "building", "entrance")
# Money and areas of a cell merged over several homes are of all of them together.
NOT_SHARED = ("arrears", "area")
# The columns that each kind of sheet is read for; others that are known are named as not read.
READ = {
    "people": "place owner_key name relation sex phone id_card workplace emergency birthday since note",
    "homes": "place estate phase district lane building entrance room address floors lift floor area name sex phone id_card owner_key "
    "relation workplace emergency birthday plate since tenant tenant_phone family arrears note",
    "cars": "place plate owner_key",
}
MOST_CELLS = 6


@dataclass(frozen=True)
class Trouble:
    """Something that has to be asked (the row is not taken) or is odd (it is), with its place in the file."""

    sheet: str
    row: int
    column: str
    msgid: str
    odd: bool = False
    values: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The reason in the reader's language."""
        from data.words import _

        return _(self.msgid, **self.values)


@dataclass
class Plan:
    """What an import would write, and every trouble found on the way.

    estate: the one estate that the file names, left out of the paths of its homes.
    """

    households: dict[str, Household] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    estate: str = ""

    @property
    def bad(self) -> list[Trouble]:
        """The rows that cannot be taken."""
        return [trouble for trouble in self.troubles if not trouble.odd]


def plan(path: Path) -> Plan:
    """Read a roster and plan its import; nothing is written.

    Raises:
        Invalid: at "file", when there is nothing in it that could be a roster.
    """
    return _Planner(read_file(path)).run()


class _Planner:
    """Walks flat sheets, and owners, rooms and parking that are linked by the owner's number."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.plan = Plan()
        self.headers: dict[tuple[str, int], dict[str, str]] = {}
        self.owners: dict[str, list[Resident]] = defaultdict(list)
        self.units_of: dict[str, list[Household]] = defaultdict(list)
        self.found: list[tuple[Line, Household, list[Resident], bool]] = []
        self.residents = ResidentReader(self._fail, self._header)
        self.lines_of: dict[str, Line] = {}

    def run(self) -> Plan:
        kinds: dict[str, list[Table]] = {"people": [], "homes": [], "cars": [], "": []}
        for table in self.reading.tables:
            kind = _kind(table)
            kinds[kind].append(table)
            self._name_unread(table, kind)
        self._name_unread_sheets()
        for table in kinds["people"]:
            for line in table.lines:
                self._owner(line)
        for table in kinds["homes"]:
            self._homes(table, several=len({one.sheet for one in kinds["homes"]}) > 1)
        self._settle()
        for table in kinds["cars"]:
            for line in table.lines:
                self._car(line)
        self.residents.shared_papers()
        if not self.plan.households and not self.plan.bad:
            tables = self.reading.tables
            known = [header for table in tables for header in table.headers.values()]
            seen = " ".join(dict.fromkeys([*known, *(note.what for table in tables for note in table.unread)]))
            raise Invalid(
                N_("The file names people but no rooms: add a column such as 房号. Seen: {seen}"),
                field="file",
                seen=seen,
            )
        self.plan.troubles.sort(key=lambda trouble: (trouble.sheet, trouble.row, trouble.column))
        return self.plan

    def _name_unread(self, table: Table, kind: str) -> None:
        for line in table.lines:
            self.headers[line.sheet, line.row] = table.headers
        for note in table.unread:
            self._remark(
                note.sheet, note.row, note.what, N_("this was not read: it is none of the columns that are known")
            )
        known = READ.get(kind, "").split()
        for column, header in table.headers.items():
            if column.partition(SECOND)[0] not in known and any(line.cells.get(column) for line in table.lines):
                self._remark(table.sheet, table.row, header, N_("this column was not read in this sheet"))

    def _name_unread_sheets(self) -> None:
        for note in self.reading.unread:
            self._remark(
                note.sheet, note.row, "", N_("this sheet was not read; it begins with: {seen}"), seen=note.what
            )
        if cells := self.reading.unreckoned:
            shown = ", ".join(cells[:MOST_CELLS]) + (" …" if len(cells) > MOST_CELLS else "")
            self._remark(
                self.reading.tables[0].sheet,
                0,
                "",
                N_("{count} cells hold a formula without a result ({cells}): open the file in Excel and save it again"),
                count=str(len(cells)),
                cells=shown,
            )

    def _remark(self, sheet: str, row: int, column: str, msgid: str, **values: str) -> None:
        self.plan.troubles.append(Trouble(sheet, row, column, msgid, True, values))

    def _fail(self, line: Line, column: str, msgid: str, *, odd: bool = False, **values: str) -> None:
        header = self._header(line, column)
        self.plan.troubles.append(Trouble(line.sheet, line.row, header, msgid, odd, values))

    def _owner(self, line: Line) -> None:
        key = line.cells.get("owner_key", "")
        if is_nothing(key):
            self._fail(line, "owner_key", N_("the owner's number is missing"))
            return
        residents = self.residents.of_line(line)
        if any(r.relation == "owner" for r in residents) and any(k.relation == "owner" for k in self.owners[key]):
            self._fail(line, "owner_key", N_("the owner's number {key} is used twice"), key=key)
            return
        self.owners[key] += [replace(resident, key=f"{key}/{resident.name}") for resident in residents]

    def _homes(self, table: Table, *, several: bool) -> None:
        asks = any(line.cells.get("building") for line in table.lines)
        level = level_of_sheet(table.sheet_level) if several else ""
        for line in table.lines:
            if heading := next((text for name in _VALUES if is_header(text := line.cells.get(name, ""))), ""):
                self._fail(line, "", N_("{text} is a heading, not a value: write one line for each home"), text=heading)
                continue
            try:
                homes = homes_of(line.cells, sheet_level=level, asks_building=asks)
            except NoHome as problem:
                self._fail(line, problem.column, problem.msgid, odd=False, **problem.values)
                continue
            people, linked = self._people(line)
            if people is None:
                continue
            for home in homes:
                self._furnish(line, home)
                self.found.append((line, home, people, linked))

    def _people(self, line: Line) -> tuple[list[Resident] | None, bool]:
        """Who is in the homes of a line, and whether they stand in a sheet of their own; None leaves the line out."""
        key = line.cells.get("owner_key", "")
        if "name" in line.cells or is_nothing(key):
            return [*self.residents.of_line(line), *self.residents.beside(line)], False
        people = self.owners.get(key, [])
        if not people:
            self._fail(
                line,
                "owner_key",
                N_("owner {key} is not in the owners' sheet: the home has nobody yet"),
                odd=True,
                key=key,
            )
        return [*people, *self.residents.beside(line)], True

    def _furnish(self, line: Line, home: Household) -> None:
        """What a line says of the home itself."""
        cells = line.cells
        floor, floors = cells.get("floor", ""), cells.get("floors", "")
        home.floor = int(floor) if re.fullmatch(r"-?\d{1,3}", floor) else None
        home.floors = int(floors) if re.fullmatch(r"\d{1,3}", floors) else None
        home.lift = {"有": True, "是": True, "无": False, "没有": False, "否": False}.get(cells.get("lift", ""))
        name = cells.get("name", "").strip()
        home.note = name if is_nobody(name) and "name" not in line.dittos else ""
        for column in NOT_SHARED:
            if column in line.merged and cells.get(column):
                self._fail(line, column, N_("this cell is merged over several homes: it was left empty"), odd=True)
                cells[column] = ""
        home.area, home.arrears = self._area(line), self._arrears(line)

    def _settle(self) -> None:
        """Put the lines together by home; a second owner of one home is asked about, never added."""
        self.plan.estate = told_apart([home for _line, home, _people, _linked in self.found])
        for line, home, people, _linked in self.found:
            known = self.plan.households.setdefault(rooms.key(home.label), home)
            first = self.lines_of.setdefault(rooms.key(home.label), line)
            if apart := _told_apart_by(first, line):
                self._fail(
                    line,
                    "room",
                    N_(
                        "{room} stands in row {row} of {sheet} already, and {what} differs: write what tells the homes apart"
                    ),
                    room=known.label,
                    row=str(first.row),
                    sheet=first.sheet,
                    what=apart,
                )
                continue
            for name in ("floor", "area", "arrears", "floors", "lift"):
                if getattr(known, name) is None:
                    setattr(known, name, getattr(home, name))
            known.note = known.note or home.note
            if other := self._second_owner(line, known, people):
                self._fail(
                    line,
                    "name",
                    N_(
                        "{room} has the owner {owner} already: write 共有人 if both own it, or what tells the homes apart"
                    ),
                    room=known.label,
                    owner=other,
                )
                continue
            for person in people:
                self._move_in(line, known, person)
            owner = people[0].name if people else ""
            known.plates += [(plate, owner) for plate in self._plates(line)]
            if key := line.cells.get("owner_key", ""):
                self.units_of[key].append(known)
        self.plan.households = {home.label: home for home in self.plan.households.values()}

    def _move_in(self, line: Line, home: Household, person: Resident) -> None:
        """Put somebody in a home; said a second time, what the line adds is added, and two papers are asked about."""
        for place, known in enumerate(home.people):
            if known.name == person.name:
                if (both := joined(known, person)) is None:
                    self._fail(line, "id_card", N_("{name} stands here with another paper already"), name=person.name)
                else:
                    home.people[place] = both
                return
        home.people.append(person)

    def _second_owner(self, line: Line, known: Household, people: Sequence[Resident]) -> str:
        """The owner whom a home has already, when a line names another and does not say that both own it."""
        new = [person.name for person in people if person.relation == "owner"]
        owners = [person.name for person in known.people if person.relation == "owner"]
        if not new or not owners or set(new) <= set(owners) or CO_OWNER.search(line.cells.get("relation", "")):
            return ""
        return owners[0]

    def _header(self, line: Line, column: str) -> str:
        return self.headers.get((line.sheet, line.row), {}).get(column + line.person, column)

    def _arrears(self, line: Line) -> int | None:
        """What the unit owes of the property fee, in fen; a credit is no debt."""
        text = re.sub(r"[¥￥,\s]|元$", "", wide(line.cells.get("arrears", "")))
        if is_nothing(text) and text != "0":
            return None
        match = re.fullmatch(r"(-?)(\d{1,9})(?:\.(\d{1,2})\d*)?", text)
        if match is None:
            self._fail(line, "arrears", N_("{text} is no amount, left empty"), odd=True, text=text[:20])
            return None
        return 0 if match[1] else int(match[2]) * 100 + int((match[3] or "0").ljust(2, "0"))

    def _area(self, line: Line) -> int | None:
        text = re.sub(r"㎡|m2|m²|平方米|平米|平|,|\s", "", line.cells.get("area", ""))
        if is_nothing(text) or text == "1":
            return None
        try:
            area = -1 if SPOILT.fullmatch(text) else round(float(text) * 100)
        except (ValueError, OverflowError):
            area = -1
        if not 0 < area < 10_000_000:
            self._fail(line, "area", N_("{text} is no area, left empty"), odd=True, text=text[:20])
            return None
        return area

    def _plates(self, line: Line) -> list[str]:
        found = plates_in(line.cells.get("plate", ""))
        if found.rest:
            self._fail(line, "plate", N_("{text} is no plate, left out"), odd=True, text=found.rest[:20])
        return found.plates

    def _car(self, line: Line) -> None:
        plates, key = self._plates(line), line.cells.get("owner_key", "")
        if not plates:
            return
        if key not in self.units_of:
            self._fail(line, "owner_key", N_("owner {key} has no home here: the car was not taken"), odd=True, key=key)
            return
        people = self.owners.get(key, [])
        self.units_of[key][0].plates += [(plate, people[0].name if people else "") for plate in plates]


def _told_apart_by(first: Line, again: Line) -> str:
    """What two lines of one home say differently that may tell two homes apart; "" where nothing does.

    The sheet does, when two sheets have the same columns: each then has the homes of its own estate or phase.
    """
    for column, text in again.apart.items():
        if text and first.apart.get(column, text) not in ("", text):
            return column
    floors = [re.sub(r"[^\d-]", "", wide(line.cells.get("floor", "")).partition("/")[0]) for line in (first, again)]
    if all(floors) and floors[0] != floors[1]:
        return "/".join(line.cells["floor"] for line in (first, again))
    signs = [sign(line.cells) for line in (first, again)]
    if signs[0] != signs[1]:
        return signs[0] or signs[1]
    return again.sheet if first.sheet != again.sheet and first.headers == again.headers else ""


def _kind(table: Table) -> str:
    columns = table.headers.keys()
    if columns & {"room", "address"}:
        return "homes"
    if {"name", "owner_key"} <= columns:
        return "people"
    return "cars" if "plate" in columns else ""
