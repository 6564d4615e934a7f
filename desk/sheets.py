"""Spreadsheets going out: every cell is written as the text it is, never as a formula."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from data.words import N_
from desk.refusals import Invalid


def write_xlsx(path: Path, rows: Iterable[Sequence[str]], title: str) -> int:
    """Write rows of text, the first one as headings, and return how many came after it; refuses to replace a file."""
    import xlsxwriter

    if path.exists():
        raise Invalid(N_("There is a file {path} already: name another one."), field="file", path=path)
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    count = -1
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            sheet = book.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            bold = book.add_format({"bold": True})
            for count, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(count, column, text[:32767], bold if count == 0 else None)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise Invalid(N_("The file {path} cannot be written: {why}."), field="file", path=path, why=error) from error
    return max(0, count)
