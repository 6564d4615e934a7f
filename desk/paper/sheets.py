"""Spreadsheets going out: every cell is written as the text it is, never as a formula."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desk.paper import files
from desk.paper.document import Table, shown

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

LONGEST_CELL = 32767
NARROWEST, WIDEST = 6, 60
OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True,
}  # fmt: skip
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def cells_of(text: str) -> int:
    """How many narrow letters wide a text is: a Chinese one counts as two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text[:WIDEST])


def _width(cells: int) -> float:
    return min(WIDEST, max(NARROWEST, cells + 2))


def write_tables(path: Path, tables: Sequence[Table]) -> int:
    """Write each table on a sheet of its own, numbers as numbers; refuses to replace a file. Returns how many."""

    def fill(book: "Workbook", bold: "Format") -> int:
        for place, table in enumerate(tables, start=1):
            sheet = book.add_worksheet(f"{place} {_SHEET_NAME.sub(' ', table.title)}"[:31])
            for row, cells in enumerate([table.headings, *table.rows]):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, column, cell[:LONGEST_CELL], bold if row == 0 else None)
                    else:
                        sheet.write_number(row, column, cell)
            for column, cells in enumerate(zip(table.headings, *table.rows, strict=True)):
                sheet.set_column(column, column, _width(max(map(cells_of, map(shown, cells)))))
        return len(tables)

    return _book(path, fill)


def _book(path: Path, fill: "Callable[[Workbook, Format], int]") -> int:
    """A new workbook, filled; refuses to replace a file."""
    import xlsxwriter

    files.make(path)
    try:
        with xlsxwriter.Workbook(str(path), OPTIONS) as book:
            return fill(book, book.add_format({"bold": True}))
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        path.unlink(missing_ok=True)
        why = error if isinstance(error, OSError) else OSError(str(error))
        raise files.cannot_write(path, why) from error


def write_xlsx(path: Path, rows: Iterable[Sequence[str]], title: str) -> int:
    """Write rows of text, the first one as headings, and return how many came after it; refuses to replace a file."""

    def fill(book: "Workbook", bold: "Format") -> int:
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        count = -1
        widest: dict[int, int] = {}
        for count, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(count, column, text[:LONGEST_CELL], bold if count == 0 else None)
                widest[column] = max(widest.get(column, 0), cells_of(text))
        for column, cells in widest.items():
            sheet.set_column(column, column, _width(cells))
        return max(0, count)

    return _book(path, fill)
