"""Grids as tables: where the headers stand, which columns belong together, and what was not read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.words import N_
from desk.ground.refusals import Invalid
from desk.roster.cells import DITTO, is_error, is_total, text_of
from desk.roster.files import Grid, read_grids
from desk.roster.headers import OF_PERSON, PLACES, REPEATED, column_of, place_of, plain, tells_apart, whose

HEADER_ROWS = 15
SHOWN_HEADERS = 12
# Between a column and the number of the person it is about: phone#2.
SECOND = "#"
_SECTION = re.compile(
    r"[【\[(]?((?:第?[\dA-Za-z一二三四五六七八九十]{1,4}期)?第?[\dA-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|#楼|#|号))楼?"
    r"(?:第?([\dA-Za-z一二三四五六七八九十]{1,4})单元)?(业主.*|住户.*|房.*|明细.*)?[】\])]?"
)
_DEFAULT_SHEET = re.compile(r"(sheet|工作表|表)\s*\d*", re.I)


@dataclass(frozen=True)
class Line:
    """One line of data: where it stands and its known columns as clean text.

    errors, merged, dittos: the columns whose cell is an error, was merged downwards, or says "as above".
    apart: what the columns say that are not read and may tell homes apart; headers: of its table.
    person: "" for the first person of a line, "#2" for the one of a second column of names.
    """

    sheet: str
    row: int
    cells: dict[str, str]
    errors: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    dittos: tuple[str, ...] = ()
    person: str = ""
    apart: dict[str, str] = field(default_factory=dict)
    headers: tuple[str, ...] = ()

    def of_person(self, place: int) -> "Line":
        """The line as it speaks of one of several people: their columns under the names of the first one's."""
        end = f"{SECOND}{place}"
        return replace(
            self,
            cells=_ends(self.cells, end),
            person=end,
            errors=tuple(_ends(dict.fromkeys(self.errors, ""), end)),
            dittos=tuple(_ends(dict.fromkeys(self.dittos, ""), end)),
        )

    def people(self) -> "list[Line]":
        """The line once for each of its columns of names."""
        more = sum(column.startswith("name" + SECOND) for column in self.cells)
        return [self, *(self.of_person(place) for place in range(2, more + 2))]


def _ends(cells: dict[str, str], end: str) -> dict[str, str]:
    return {column.removesuffix(end): text for column, text in cells.items() if column.endswith(end)}


@dataclass(frozen=True)
class Note:
    """Something of a file that was not read: a column, a line, a sheet."""

    sheet: str
    row: int
    what: str


@dataclass(frozen=True)
class Table:
    """One block of columns whose header was recognised.

    context: what sheet name or a title above says of every line, such as the building.
    unread: what stands in the block and was not read.
    """

    sheet: str
    headers: dict[str, str]
    row: int
    lines: list[Line]
    unread: list[Note] = field(default_factory=list)
    sheet_level: str = ""


@dataclass(frozen=True)
class Reading:
    """A file as it was read: its tables, and the sheets and cells that say nothing to us."""

    tables: list[Table]
    unread: list[Note]
    unreckoned: tuple[str, ...]


@dataclass(frozen=True)
class _Block:
    """The places of a block's columns in the row of its header."""

    row: int
    places: dict[str, list[int]]
    headers: dict[str, str]
    unknown: list[tuple[int, str]]
    first: int
    last: int


def read_file(path: Path) -> Reading:
    """The tables of a file.

    Raises:
        Invalid: the file cannot be read, or no sheet has columns that are known; the headers seen are named.
    """
    tables: list[Table] = []
    unread: list[Note] = []
    grids = read_grids(path)
    for grid in grids:
        found = _tables(grid)
        tables += found
        if not found and any(text_of(cell) for row in grid.rows for cell in row):
            unread.append(Note(grid.name, 1, _seen(grid)))
    if not any(table.lines for table in tables):
        seen = "; ".join(dict.fromkeys(note.what for note in unread)) or "–"
        raise Invalid(
            N_(
                "No sheet with rooms or owners was found: a header row names columns such as 楼栋, 房号, 姓名. Seen: {seen}"
            ),
            field="file",
            seen=seen,
        )
    return Reading(tables, unread, tuple(cell for grid in grids for cell in grid.unreckoned))


def _seen(grid: Grid) -> str:
    """The first row of a sheet that could be headers, as it is named in a message."""
    rows = [[text for cell in row if (text := text_of(cell))] for row in grid.rows[:HEADER_ROWS]]
    widest = max(rows, key=len, default=[])
    return " ".join(widest[:SHOWN_HEADERS]) + (" …" if len(widest) > SHOWN_HEADERS else "")


def _tables(grid: Grid) -> list[Table]:
    first = _header_row(grid.rows, 0, HEADER_ROWS)
    tables: list[Table] = []
    while first is not None:
        following = _header_row(grid.rows, first + 1, len(grid.rows), like=_blocks(grid.rows, first))
        end = following if following is not None else len(grid.rows)
        tables += [_table(grid, block, end) for block in _inherited(_blocks(grid.rows, first))]
        first = following
    return tables


def _header_row(rows: Sequence[list[object]], start: int, end: int, like: "Sequence[_Block]" = ()) -> int | None:
    """The row in which most columns are named, with the group row above it; later ones name a place again."""
    best, most = None, 1
    for place in range(start, min(end, len(rows))):
        texts = [text_of(cell) for cell in rows[place]]
        known = {column_of(text) for text in texts} - {""}
        if like:
            words = [text for text in texts if text]
            if (
                len(known) >= 2
                and known & {*PLACES, "name"}
                and sum(bool(column_of(t)) for t in words) * 2 > len(words)
            ):
                return place
        elif len(known) > most:
            best, most = place, len(known)
    return best


def _blocks(rows: Sequence[list[object]], at: int) -> list[_Block]:
    """The blocks of a header row: one, or several side by side when a room's column stands again."""
    texts = [text_of(cell) for cell in rows[at]]
    above = _groups(rows[at - 1], len(texts)) if at else [""] * len(texts)
    columns = [column_of(text, group) or column_of(text) for text, group in zip(texts, above, strict=True)]
    for place, (text, group) in enumerate(zip(texts, above, strict=True)):
        if not text and (column := column_of(group)):
            texts[place], columns[place] = group, column
    starts = _starts(texts, columns)
    return [
        _block(at, texts, columns, first, last)
        for first, last in zip(starts, [*starts[1:], len(texts)], strict=True)
        if len({column for column in columns[first:last] if column}) > 1 or len(starts) == 1
    ]


def _inherited(blocks: list[_Block]) -> list[_Block]:
    """Blocks side by side, each with the building that only the first one names."""
    shared = {name: blocks[0].places[name] for name in ("building", "entrance") if blocks and name in blocks[0].places}
    return [block if "building" in block.places else replace(block, places=shared | block.places) for block in blocks]


def _groups(row: Sequence[object], width: int) -> list[str]:
    """The header of a group above each column: it goes on to the right until the next one."""
    texts = [text_of(cell) for cell in row[:width]] + [""] * (width - len(row))
    if len({text for text in texts if text}) < 2:
        return [""] * width
    said, groups = "", []
    for text in texts:
        said = text or said
        groups.append(said)
    return groups


def _starts(texts: Sequence[str], columns: Sequence[str]) -> list[int]:
    """Where each block begins: at the first header that stands again, if a place stands again behind it."""
    starts, seen = [0], set[str]()
    for place, (text, column) in enumerate(zip(texts, columns, strict=True)):
        name = column or plain(text)
        again = bool(name) and name in seen
        if again and name not in REPEATED and any(one in PLACES and one in seen for one in columns[place:]):
            starts.append(place)
            seen = set()
        seen.add(name)
    return starts


def _block(at: int, texts: Sequence[str], columns: Sequence[str], first: int, last: int) -> _Block:
    places: dict[str, list[int]] = {}
    headers: dict[str, str] = {}
    unknown: list[tuple[int, str]] = []
    columns = [*columns[:first], *_by_person(texts[first:last], columns[first:last])]
    columns += [""] * (last - len(columns))
    for place in range(first, last):
        column, text = columns[place], texts[place]
        if not column:
            unknown += [(place, text)] if text else []
        elif column not in places or column.partition(SECOND)[0] in REPEATED:
            places.setdefault(column, []).append(place)
            headers.setdefault(column, text)
        else:
            unknown.append((place, text))
    return _Block(at, places, headers, unknown, first, last)


def _by_person(texts: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The columns of a block whose people stand in several columns: name and phone of the second are name#2, phone#2.

    Family that has columns of its own beside it becomes a person like any other; without them it stays family.
    """
    people = [place for place, column in enumerate(columns) if column in ("name", "family")]
    if len(people) < 2:
        return list(columns)
    of = {
        place: _owner_of(place, people, texts, columns) for place, column in enumerate(columns) if column in OF_PERSON
    }
    own = [place for place in people if columns[place] == "name" or place in of.values()]
    found = []
    for place, column in enumerate(columns):
        about = of.get(place, place)
        number = own.index(about) + 1 if about in own else 1
        name = "name" if place in own else column
        found.append(f"{name}{SECOND}{number}" if number > 1 and (place in own or place in of) else name)
    return found


def _owner_of(place: int, people: Sequence[int], texts: Sequence[str], columns: Sequence[str]) -> int:
    """The place of the person whom a column is about.

    Its own words say so first (妻子电话, 电话2); else the second of as many columns as there are names is the second
    person's; else it is about the name before it, and about family only what the owner has already or a relation.
    """
    column, said, number = columns[place], whose(texts[place]), place_of(texts[place])
    names = [one for one in people if columns[one] == "name"]
    before = next((one for one in reversed(people) if one < place), people[0])
    if said:
        kin = [one for one in people if whose(texts[one]) == said]
        numbered = [one for one in kin if number is not None and place_of(texts[one]) == number]
        near = [one for one in kin if one < place][-1:] or kin
        return (numbered or near or [before])[0]
    if number is not None and place_of(texts[before]) == number:
        return before
    alike = [one for one in range(len(columns)) if columns[one] == column and not whose(texts[one])]
    if number is not None and number <= len(names):
        return names[number - 1]
    if len(alike) == len(names) > 1:
        return names[alike.index(place)]
    if columns[before] == "name":
        return before
    return before if place != alike[0] or "关系" in texts[place] else names[0] if names else before


def _table(grid: Grid, block: _Block, end: int) -> Table:
    lines: list[Line] = []
    unread = [
        Note(grid.name, block.row + 1, header) for place, header in block.unknown if _is_used(grid, block, end, place)
    ]
    unread += _nameless(grid, block, end)
    own = [column for column, places in block.places.items() if block.first <= places[0] < block.last]
    above: dict[str, str] = {}
    section: dict[str, str] = {}
    for number in range(block.row + 1, end):
        row = grid.rows[number]
        texts = [text_of(cell) for cell in row[block.first : block.last]]
        alone = {text for text in texts if text}
        if is_total(texts):
            continue
        if len(alone) == 1 and "building" not in block.places and (title := _SECTION.fullmatch(next(iter(alone)))):
            section = {"building": title[1], "entrance": title[2] or ""}
            continue
        cells = {column: _joined(row, places, above.get(column, "")) for column, places in block.places.items()}
        if not any(cells[column] for column in own):
            if alone:
                unread.append(Note(grid.name, number + 1, next(iter(alone))))
            continue
        above |= {column: text for column, text in cells.items() if text}
        if section and "building" not in block.places:
            cells = section | {column: text for column, text in cells.items() if text}
        lines.append(_line(grid, block, number, cells))
    level = "" if _DEFAULT_SHEET.fullmatch(grid.name) else grid.name
    return Table(grid.name, block.headers, block.row + 1, lines, unread, level)


def _line(grid: Grid, block: _Block, number: int, cells: dict[str, str]) -> Line:
    row = grid.rows[number]
    stand = [(place, column) for column, places in block.places.items() for place in places if place < len(row)]
    return Line(
        grid.name,
        number + 1,
        cells,
        errors=tuple(column for place, column in stand if is_error(row[place])),
        merged=tuple(column for place, column in stand if (number, place) in grid.filled),
        dittos=tuple(column for place, column in stand if text_of(row[place]) in DITTO),
        apart={
            header: text_of(row[place]) for place, header in block.unknown if place < len(row) and tells_apart(header)
        },
        headers=tuple(block.headers.values()),
    )


def _joined(row: Sequence[object], places: Sequence[int], above: str) -> str:
    """What the cells of a column say; a ditto mark says what stands above."""
    texts = [text_of(row[place]) for place in places if place < len(row)]
    texts = [above if text in DITTO else text for text in texts]
    return "、".join(dict.fromkeys(text for text in texts if text))


def _is_used(grid: Grid, block: _Block, end: int, place: int) -> bool:
    return any(place < len(row) and text_of(row[place]) for row in grid.rows[block.row + 1 : end])


def _nameless(grid: Grid, block: _Block, end: int) -> list[Note]:
    """Columns with data and no header."""
    named = {place for places in block.places.values() for place in places} | {place for place, _text in block.unknown}
    header = grid.rows[block.row]
    found = []
    width = max((len(row) for row in grid.rows[block.row : end]), default=0)
    for place in range(block.first, width if block.last >= len(header) else block.last):
        if place not in named and _is_used(grid, block, end, place):
            found.append(Note(grid.name, block.row + 1, _letters(place)))
    return found


def _letters(place: int) -> str:
    """The letters of a column as a spreadsheet names it: 0 is A, 27 is AB."""
    said = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        said = chr(ord("A") + rest) + said
    return said
