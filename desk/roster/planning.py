"""From tables to a plan: who lives where, what is wrong, and what only looks odd."""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from data.words import N_
from desk import idcards, rooms
from desk.refusals import Invalid
from desk.roster.reading import Line, Table, read_tables

NOTHING = {"", "无", "暂无", "没有", "不详", "未知", "-", "--", "/", "n/a", "none", "null", "0", "空"}
RELATIONS = {
    "1001": "owner", "业主": "owner", "产权人": "owner", "业主本人": "owner", "本人": "owner", "owner": "owner", "": "owner",
    "1002": "family", "家庭成员": "family", "家属": "family", "亲属": "family", "family": "family",
    "配偶": "family", "子女": "family", "父母": "family",
    "1003": "tenant", "租户": "tenant", "租客": "tenant", "房屋租客": "tenant", "承租人": "tenant", "tenant": "tenant",
    "1004": "employee", "临时人员": "employee", "员工": "employee", "employee": "employee",
}  # fmt: skip
SHARED_ID = 3
SHORTEST_PLATE = 6


@dataclass(frozen=True)
class Trouble:
    """Something wrong (the row is not taken) or odd (it is), with its place in the file."""

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


@dataclass(frozen=True)
class Resident:
    """A person as the roster has them."""

    name: str
    relation: str
    sex: str = ""
    phones: tuple[str, ...] = ()
    id_card: str = ""
    workplace: str = ""
    emergency: str = ""
    birthday: date | None = None
    since: date | None = None
    note: str = ""
    key: str = ""


@dataclass
class Household:
    """A unit as the roster has it, with whoever is in it."""

    building: str
    entrance: str
    room: str
    floor: int | None = None
    area: int | None = None
    people: list[Resident] = field(default_factory=list)
    plates: list[tuple[str, str]] = field(default_factory=list)
    arrears: int | None = None

    @property
    def label(self) -> str:
        """The unit's label."""
        return rooms.label(self.building, self.entrance, self.room)


@dataclass
class Plan:
    """What an import would write, and every trouble found on the way."""

    households: dict[str, Household] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def bad(self) -> list[Trouble]:
        """The rows that cannot be taken."""
        return [trouble for trouble in self.troubles if not trouble.odd]


def plan(path: Path) -> Plan:
    """Read a roster and plan its import; nothing is written."""
    return _Planner(read_tables(path)).run()


class _Planner:
    """Walks flat sheets, and owners, rooms and parking that are linked by the owner's number."""

    def __init__(self, tables: list[Table]) -> None:
        self.tables = tables
        self.plan = Plan()
        self.headers: dict[str, dict[str, str]] = {table.sheet: table.headers for table in tables}
        self.owners: dict[str, list[Resident]] = defaultdict(list)
        self.units_of: dict[str, list[Household]] = defaultdict(list)
        self.id_cards: Counter[str] = Counter()
        self.first_rows: dict[str, tuple[Line, str]] = {}

    def run(self) -> Plan:
        for table in self.tables:
            if self._kind(table):
                for header in table.unknown:
                    self.plan.troubles.append(
                        Trouble(table.sheet, table.row, header, N_("this column is not known and was not read"), True)
                    )
        kinds: dict[str, list[Table]] = {"people": [], "homes": [], "cars": []}
        for table in self.tables:
            kinds[self._kind(table)].append(table) if self._kind(table) else None
        for table in kinds["people"]:
            for line in table.lines:
                self._owner(line)
        for table in kinds["homes"]:
            for line in table.lines:
                self._home(line)
        for table in kinds["cars"]:
            for line in table.lines:
                self._car(line)
        self._shared_id_cards()
        if not self.plan.households and not self.plan.bad:
            raise Invalid(N_("The file names people but no rooms: add a column such as 房号."), field="file")
        self.plan.troubles.sort(key=lambda trouble: (trouble.sheet, trouble.row, trouble.column))
        return self.plan

    def _kind(self, table: Table) -> str:
        columns = table.headers.keys()
        if columns & {"room", "address"}:
            return "homes"
        if {"name", "owner_key"} <= columns:
            return "people"
        return "cars" if "plate" in columns else ""

    def _fail(self, line: Line, column: str, msgid: str, *, odd: bool = False, **values: str) -> None:
        header = self.headers[line.sheet].get(column, column)
        self.plan.troubles.append(Trouble(line.sheet, line.row, header, msgid, odd, values))

    def _owner(self, line: Line) -> None:
        key = line.cells.get("owner_key", "")
        if key.lower() in NOTHING:
            self._fail(line, "owner_key", N_("the owner's number is missing"))
            return
        resident = self._resident(line)
        if resident is None:
            return
        if resident.relation == "owner" and any(known.relation == "owner" for known in self.owners[key]):
            self._fail(line, "owner_key", N_("the owner's number {key} is used twice"), key=key)
            return
        self.owners[key].append(replace(resident, key=f"{key}/{resident.name}"))

    def _home(self, line: Line) -> None:
        home = self._household(line)
        if home is None:
            return
        key = line.cells.get("owner_key", "")
        people: list[Resident] = []
        if "name" in line.cells:
            if line.cells["name"].lower() not in NOTHING:
                resident = self._resident(line)
                if resident is None:
                    return
                people = [resident]
        elif key.lower() not in NOTHING:
            people = self.owners.get(key, [])
            if not people:
                self._fail(line, "owner_key", N_("owner {key} is not in the owners' sheet"), key=key)
                return
        known = self.plan.households.setdefault(home.label, home)
        people = people + self._others(line)
        known.people += [person for person in people if person.name not in {p.name for p in known.people}]
        for plate in self._plates(line):
            known.plates.append((plate, people[0].name if people else ""))
        owed = self._arrears(line)
        known.arrears = known.arrears if owed is None else owed
        if key:
            self.units_of[key].append(known)

    def _others(self, line: Line) -> list[Resident]:
        """Family and tenants that stand in columns of their own beside the owner."""
        found = []
        for column, relation in (("family", "family"), ("tenant", "tenant")):
            for name in re.split(r"[,，;；、/]+", line.cells.get(column, "")):
                if name.strip().lower() not in NOTHING and len(name) <= 60:
                    phones = self._phones(line, "tenant_phone") if relation == "tenant" else ()
                    found.append(Resident(name.strip(), relation, phones=phones or ()))
        return found

    def _arrears(self, line: Line) -> int | None:
        """What the unit owes of the property fee, in fen."""
        text = line.cells.get("arrears", "").lstrip("¥￥").removesuffix("元").replace(",", "").strip()
        if not text or text.lower() in NOTHING - {"0"}:
            return None
        match = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,2})\d*)?", text)
        if match is None:
            self._fail(line, "arrears", N_("{text} is no amount, left empty"), odd=True, text=text[:20])
            return None
        return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))

    def _household(self, line: Line) -> Household | None:
        cells = line.cells
        building, entrance, room = (cells.get(name, "") for name in ("building", "entrance", "room"))
        if not room and (address := rooms.normal(cells.get("address", ""))):
            parts = address.split("-")
            room, building = parts[-1], building or (parts[0] if len(parts) > 1 else "")
            entrance = entrance or (parts[1] if len(parts) > 2 else "")
        if not room or not rooms.normal(room):
            self._fail(line, "room" if "room" in cells else "address", N_("the room is missing"))
            return None
        if not building and not entrance and "-" in rooms.normal(room):
            parts = rooms.normal(room).split("-")
            building, entrance, room = parts[0], parts[1] if len(parts) > 2 else "", parts[-1]
        if len(rooms.label(building, entrance, room)) > 30:
            self._fail(line, "room", N_("the room's name is too long"))
            return None
        floor = cells.get("floor", "")
        return Household(
            building,
            entrance,
            room,
            int(floor) if re.fullmatch(r"-?\d{1,3}", floor) else None,
            self._area(line),
        )

    def _area(self, line: Line) -> int | None:
        text = line.cells.get("area", "").removesuffix("㎡").removesuffix("m2").strip()
        if text.lower() in NOTHING or text == "1":
            return None
        try:
            area = round(float(text) * 100)
        except (ValueError, OverflowError):
            area = -1
        if not 0 < area < 10_000_000:
            self._fail(line, "area", N_("{text} is no area, left empty"), odd=True, text=text[:20])
            return None
        return area

    def _resident(self, line: Line) -> Resident | None:
        cells = line.cells
        name = cells.get("name", "")
        if name.lower() in NOTHING or len(name) > 60:
            self._fail(line, "name", N_("the name is missing or too long"))
            return None
        relation = RELATIONS.get(cells.get("relation", "").lower())
        if relation is None:
            self._fail(line, "relation", N_("{text} is no kind of resident"), text=cells["relation"][:20])
            return None
        phones = self._phones(line)
        id_card = self._id_card(line, name)
        if phones is None or id_card is None:
            return None
        birthday = self._day(line, "birthday") or (idcards.birthday(id_card) if id_card else None)
        return Resident(
            name, relation, cells.get("sex", ""), phones, id_card, _or_nothing(cells.get("workplace", "")),
            _or_nothing(cells.get("emergency", "")), birthday, self._day(line, "since"), cells.get("note", "")[:500],
        )  # fmt: skip

    def _phones(self, line: Line, column: str = "phone") -> tuple[str, ...] | None:
        numbers = []
        for part in re.split(r"[,，;；、/\s]+", unicodedata.normalize("NFKC", line.cells.get(column, ""))):
            digits = re.sub(r"[\-()（）+]", "", part)
            if part.lower() in NOTHING or _is_placeholder(digits):
                continue
            if not re.fullmatch(r"\d{5,15}", digits):
                self._fail(line, column, N_("{text} is no phone number"), text=part[:20])
                return None
            if len(digits) == 11 and not digits.startswith(("1", "0")):
                self._fail(line, column, N_("{text} is an odd phone number"), odd=True, text=part)
            numbers.append(digits)
        return tuple(dict.fromkeys(numbers))

    def _id_card(self, line: Line, name: str) -> str | None:
        number = idcards.normal(unicodedata.normalize("NFKC", line.cells.get("id_card", "")))
        if number.lower() in NOTHING or _is_placeholder(number):
            return ""
        if not idcards.kind(number):
            self._fail(line, "id_card", N_("the ID number has not 18 characters, or Excel spoilt it as a number"))
            return None
        if len(number) == 18 and idcards.birthday(number) is None:
            self._fail(line, "id_card", N_("the ID number holds no birthday"), odd=True)
        elif not idcards.checksum_right(number):
            self._fail(line, "id_card", N_("the last character of the ID number does not fit"), odd=True)
        self.id_cards[number] += 1
        self.first_rows.setdefault(number, (line, name))
        return number

    def _day(self, line: Line, column: str) -> date | None:
        text = line.cells.get(column, "")
        if text.lower() in NOTHING:
            return None
        match = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", text)
        try:
            if match:
                return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
        self._fail(line, column, N_("{text} is no date, left empty"), odd=True, text=text[:20])
        return None

    def _plates(self, line: Line) -> list[str]:
        plates = []
        text = line.cells.get("plate", "")
        if all(len(part) >= SHORTEST_PLATE for part in text.split()):
            text = ",".join(text.split())
        for part in re.split(r"[,，;；、/]+", text):
            plate = part.replace(" ", "").replace("·", "").upper()
            if len(plate) > 12:
                self._fail(line, "plate", N_("{text} is no plate, left empty"), odd=True, text=plate[:20])
            elif plate.lower() not in NOTHING:
                plates.append(plate)
        return plates

    def _car(self, line: Line) -> None:
        plates, key = self._plates(line), line.cells.get("owner_key", "")
        if not plates:
            return
        if key not in self.units_of:
            self._fail(line, "owner_key", N_("owner {key} is not in the owners' sheet"), key=key)
            return
        people = self.owners.get(key, [])
        self.units_of[key][0].plates += [(plate, people[0].name if people else "") for plate in plates]

    def _shared_id_cards(self) -> None:
        for number, count in self.id_cards.items():
            if count >= SHARED_ID:
                line, _name = self.first_rows[number]
                self._fail(
                    line,
                    "id_card",
                    N_("the same ID number stands at {count} people"),
                    odd=True,
                    count=str(count),
                )


def _is_placeholder(digits: str) -> bool:
    return bool(digits) and (len(set(digits)) == 1 or bool(re.fullmatch(r"1[3-9]9{9}|1[3-9]0{9}", digits)))


def _or_nothing(text: str) -> str:
    return "" if text.lower() in NOTHING else text
