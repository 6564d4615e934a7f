"""Which home a line of a roster means: its whole path, from whatever columns, sheet and address say of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.words import N_
from desk.ground import rooms
from desk.roster.cells import SPOILT, is_nothing, wide
from desk.roster.people import Resident

LONGEST_LABEL = 60
_OUTER = re.compile(r".*(期|弄|区|组团|苑)|负?\d+层")
_FLOOR = re.compile(r"负?\d+层|地下\d*层?")
_JOINED = re.compile(r"\s*[、,，;；/&＆+和与]\s*|\s+")
# Two rooms in one cell that names the building, too, or whose table has none: 1-201/202, 201、202, 401/2.
_SEVERAL = re.compile(r"(?:.*[-栋幢座号楼元])?(\d{3,4})[室号]?\s*([、,;&+和与/~～至到])\s*(?:[\d-]*-)?(\d{1,4})[室号]?")
_NEXT_DOOR = re.compile(r"(?:.*-)?(\d{3,4})-(\d{3,4})")
_FARTHEST_DOOR = 10
# Excel's own: a room 1-2 kept as a day, 101 as 1.01E+02.
_DAY = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\D.*)?|\d{1,2}月\d{1,2}日|[A-Z][a-z]{2}-\d{2,4}|\d{1,2}-[A-Z][a-z]{2}(?:-\d{2,4})?"
)
# What a sheet's name says beside the place of its homes.
_KIND_OF_SHEET = re.compile(
    r"(?:业主|租户|租客|租赁|住户|房屋|房产|房号|人员|车辆|客户|信息|资料|名单|名册|花名册|清册|台账|明细|登记|汇总|档案|情况|表|册|单|的)+$"
)
_LEVEL_OF_SHEET = re.compile(r"[A-Z]?\d{1,3}[A-Z]?|[A-Z]", re.I)
_ROOM = re.compile(r"-?\d{3,4}[A-Z]?", re.I)
_TOGETHER = re.compile(r"(\d{3,4})\s*[-~～至到]\s*(\d{3,4})")


@dataclass
class Household:
    """A unit as the roster has it, with whoever is in it.

    estate: the name of the estate, where the file has homes of several; outer: phase, district or lane.
    """

    building: str
    entrance: str
    room: str
    floor: int | None = None
    area: int | None = None
    people: list[Resident] = field(default_factory=list)
    plates: list[tuple[str, str]] = field(default_factory=list)
    arrears: int | None = None
    estate: str = ""
    outer: tuple[str, ...] = ()
    floors: int | None = None
    lift: bool | None = None
    note: str = ""

    @property
    def block(self) -> str:
        """Everything of the path that lies outside the entrance: what the archive keeps as the building."""
        return "-".join(part for part in (self.estate, *self.outer, rooms.level(self.building)) if part)

    @property
    def label(self) -> str:
        """The unit's label: its whole path."""
        inner = (self.block, rooms.level(self.entrance), rooms.level(self.room))
        return "-".join(part for part in inner if part)


class NoHome(Exception):
    """A line of which nobody can tell which home it means; `column` and `msgid` say why."""

    def __init__(self, column: str, msgid: str, **values: str) -> None:
        super().__init__(msgid)
        self.column, self.msgid, self.values = column, msgid, values


def homes_of(cells: Mapping[str, str], *, sheet_level: str, asks_building: bool) -> list[Household]:
    """The homes that a line names: mostly one; several where rooms stand joined in a cell.

    Args:
        sheet_level: what the sheet's name says where the sheet itself names no building.
        asks_building: whether the other lines of the table name a building, so that one without is unclear.

    Raises:
        NoHome: no room, or one that cannot be told apart.
    """
    room, where = cells.get("room", ""), cells.get("address", "")
    for column in ("room", "building", "entrance", "address"):
        if _DAY.fullmatch(text := cells.get(column, "").strip()) or SPOILT.fullmatch(text.replace(" ", "")):
            raise NoHome(column, N_("Excel has made {text} of it: write it as text, such as 1-2-301"), text=text[:20])
    if is_nothing(room):
        room = ""
    if not room and is_nothing(where):
        raise NoHome("room" if "room" in cells else "address", N_("the room is missing"))
    found = []
    for one in _rooms_in(room, cells) or [""]:
        found.append(_home(one, where, cells, sheet_level, asks_building))
    return found


def _rooms_in(room: str, cells: Mapping[str, str]) -> list[str]:
    """The rooms of a cell, several where they stand joined behind a building of their own."""
    text = wide(room).strip()
    if not text or not (cells.get("building") or cells.get("entrance")):
        if _is_several(text):
            raise NoHome("room", N_("is {text} one room or two? Write one room a line"), text=text[:20])
        return [text] if text else []
    if match := _TOGETHER.fullmatch(text):
        raise NoHome("room", N_("is {text} one room or two? Write one room a line"), text=match[0])
    parts = [part for part in _JOINED.split(re.sub(r"(?<=\d)(室|号)", "", text)) if part]
    return parts if len(parts) > 1 and all(_ROOM.fullmatch(part) for part in parts) else [text]


def _is_several(text: str) -> bool:
    """Whether a cell names two rooms: parted by a sign that no path has, or next to each other on one floor."""
    if _SEVERAL.fullmatch(text):
        return True
    doors = _NEXT_DOOR.fullmatch(text)
    return bool(doors) and doors is not None and 0 < int(doors[2]) - int(doors[1]) <= _FARTHEST_DOOR


def level_of_sheet(name: str) -> str:
    """The place that a sheet's name says: 3栋 of 3栋业主, 二期 of 二期; "" where it only says what the sheet is of."""
    place = _KIND_OF_SHEET.sub("", name.strip())
    path = list(rooms.address(place).path)
    outer = _leading(path)
    return place if (outer or path) and all(_LEVEL_OF_SHEET.fullmatch(part) for part in path) else ""


def _home(room: str, where: str, cells: Mapping[str, str], sheet_level: str, asks_building: bool) -> Household:
    said = rooms.address(room or where)
    path = _below_ground(room, said.path)
    building, entrance = (
        "" if is_nothing(text) else text for text in (cells.get("building", ""), cells.get("entrance", ""))
    )
    if room and where and len(path) == 1 and not building:
        outside = rooms.address(where)
        same = outside.path[-1:] == path
        said = rooms.Address(outside.estate, (*outside.path, *(() if same else path)))
        path = said.path
    if not path:
        raise NoHome("room" if "room" in cells else "address", N_("the room is missing"))
    outer = [level for name in ("phase", "district", "lane") if (level := _outer(cells.get(name, ""), name))]
    inner = list(path[:-1])
    # A floor that the room's own cell says lies inside building and entrance.
    floors = [part for part in inner if _FLOOR.fullmatch(part)] if building or entrance else []
    inner = [part for part in inner if part not in floors]
    outer += [part for part in _leading(inner) if part not in outer]
    in_building = rooms.address(building)
    building_path = [part for part in in_building.path if part not in outer]
    outer += [part for part in _leading(building_path) if part not in outer]
    if building_path and inner[: len(building_path)] == building_path:
        inner = inner[len(building_path) :]
    if entrance and inner[-1:] == [rooms.level(entrance)]:
        inner = inner[:-1]
    if sheet_level:
        on_sheet = list(rooms.address(sheet_level).path)
        leading = _leading(on_sheet)
        if not building_path and not outer and not inner:
            building_path = on_sheet
        outer = outer or leading
    if asks_building and not building and not inner:
        raise NoHome(
            "building", N_("the building is missing: cells that were merged downwards are empty here, fill them in")
        )
    levels = [*building_path, *inner]
    stair = rooms.level(entrance) or (levels.pop() if len(levels) > 1 else "")
    home = Household(
        building="-".join(levels),
        entrance=stair,
        room="-".join([*floors, path[-1]]),
        outer=tuple(outer),
        estate=_estate(cells) or in_building.estate or said.estate,
    )
    if len(home.label) > LONGEST_LABEL:
        raise NoHome("room", N_("the room's name is too long"))
    return home


def _below_ground(room: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """A room's number with a sign lies below ground: -101 is not 101."""
    found = re.fullmatch(r"(-\d+)(?:-(\d+))?", wide(room).strip())
    return tuple(part for part in found.groups() if part) if found else path


def _leading(parts: list[str]) -> list[str]:
    """Take the levels outside the building off the front of a path: phase, district, lane and its number."""
    taken: list[str] = []
    while parts and (_OUTER.fullmatch(parts[0]) or (taken and taken[-1].endswith("弄") and parts[0].endswith("号"))):
        taken.append(parts.pop(0))
    return taken


def _outer(text: str, name: str) -> str:
    """A level of its own column: 一期 and 1 in a column of phases are both 1期."""
    if is_nothing(text):
        return ""
    level = rooms.level(text)
    word = {"phase": "期", "lane": "弄"}.get(name, "")
    return f"{level}{word}" if word and level.isdecimal() else level


def _estate(cells: Mapping[str, str]) -> str:
    text = cells.get("estate", "")
    return "" if is_nothing(text) else wide(text).replace("-", " ").strip()


def sign(cells: Mapping[str, str]) -> str:
    """The dash behind a word before the room, which may be a sign: 1栋-101 lies below ground, or it does not."""
    found = re.search(r"[\u4e00-\u9fff](-\d+)\D?$", wide(cells.get("room") or cells.get("address", "")).strip())
    return found[1] if found else ""


def told_apart(homes: Sequence[Household]) -> str:
    """Leave the estate's name out of the path where all homes of a file are of one; answers that name."""
    names = {home.estate for home in homes if home.estate}
    if len(names) > 1:
        return ""
    for home in homes:
        home.estate = ""
    return next(iter(names), "")
