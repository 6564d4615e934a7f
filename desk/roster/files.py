"""A roster's file as grids of cells, whatever it is called: xlsx, xls, ods, or text in the encodings of offices."""

import csv
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.words import N_
from desk.ground.refusals import Invalid
from desk.roster.headers import column_of

LARGEST = 64 << 20
LOOKED_AT = 15
DELIMITERS = "\t,;|"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_MARKUP = re.compile(rb"\s*(<\?xml|<!doctype|<!--|<html|<table|<head|<meta|<style|<body|<div|MIME-Version)", re.I)


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows, the places that a merged cell filled, and the cells whose formula has no result."""

    name: str
    rows: list[list[object]]
    filled: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    unreckoned: tuple[str, ...] = ()


def read_grids(path: Path) -> list[Grid]:
    """The sheets of a file, told by what is in it and not by its name.

    Raises:
        Invalid: at "file", when it cannot be read, is too large, or is a web page named as a workbook.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Invalid(N_("The file {path} is larger than 64 MB: split it."), field="file", path=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise Invalid(
            N_("The file {path} cannot be read: {why}."), field="file", path=path, why=error.strerror or error
        ) from error
    if _MARKUP.match(re.sub(rb"^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)|\0", b"", content[:4096])):
        raise Invalid(
            N_("{path} is a web page or XML under the name of a workbook: open it in Excel and save it as xlsx."),
            field="file",
            path=path.name,
        )
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        return _workbook(path, content)
    text = _decoded(content)
    # Many systems export text under the name of a workbook.
    if path.suffix.lower() in (".xlsx", ".xls", ".ods", ".xlsm") and not _columns_named(text):
        raise Invalid(N_("The file {path} is no spreadsheet that can be read."), field="file", path=path.name)
    return [Grid(path.stem, _lines(text, path.name))]


def _workbook(path: Path, content: bytes) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        rows: list[list[list[object]]] = [
            [list(row) for row in sheet.to_python(skip_empty_area=False)] for sheet in sheets
        ]
    except (CalamineError, ValueError) as error:
        raise Invalid(
            N_("The file {path} is no spreadsheet that can be read."), field="file", path=path.name
        ) from error
    unreckoned = _unreckoned(content) if content[:2] == b"PK" else ()
    grids = []
    for place, (sheet, cells) in enumerate(zip(sheets, rows, strict=True)):
        filled = _fill_down(cells, sheet.merged_cell_ranges or [])
        grids.append(Grid(sheet.name, cells, filled, unreckoned if place == 0 else ()))
    return grids


def _fill_down(rows: list[list[object]], merged: list[Any]) -> frozenset[tuple[int, int]]:
    """Write the value of a cell merged downwards into every row that it covers; answers where."""
    filled = set()
    for (top, left), (bottom, _right) in merged:
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[row]) and left < len(rows[top]):
                rows[row][left] = rows[top][left]
                filled.add((row, left))
    return frozenset(filled)


def _unreckoned(content: bytes) -> tuple[str, ...]:
    """The cells of a workbook that hold a formula and no result, as programs write them."""
    found: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/"):
                    found += [match.decode() for match in _FORMULA.findall(archive.read(name))]
    except (zipfile.BadZipFile, OSError):
        return ()
    return tuple(found)


def _decoded(content: bytes) -> str:
    """Text in the encoding in which most of its first lines name columns: UTF-8, UTF-16, GB18030 or Big5."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    encodings = ["utf-8", "gb18030", "big5"]
    if content.count(b"\0") > len(content) // 8:
        encodings = ["utf-16-le", "utf-16-be"]
    readable = {}
    for encoding in encodings:
        try:
            readable[encoding] = content.decode(encoding)
        except UnicodeDecodeError:
            continue
    if "utf-8" in readable:
        return readable["utf-8"]
    if not readable:
        raise Invalid(N_("The text is neither UTF-8, UTF-16, GB18030 nor Big5."), field="file")
    return max(readable.values(), key=_columns_named)


def _columns_named(text: str) -> int:
    first = re.split(rf"[{DELIMITERS}\n\r]", "\n".join(text.splitlines()[:LOOKED_AT]))
    return sum(bool(column_of(cell)) for cell in first)


def _lines(text: str, name: str) -> list[list[object]]:
    """The cells of a text, parted by whatever parts most of its first lines."""
    first = text.splitlines()[:LOOKED_AT]
    counts = Counter({mark: sum(line.count(mark) for line in first) for mark in DELIMITERS})
    delimiter = counts.most_common(1)[0][0] if counts.total() else ","
    try:
        return [list(row) for row in csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise Invalid(N_("The file {path} is no spreadsheet that can be read."), field="file", path=name) from error
