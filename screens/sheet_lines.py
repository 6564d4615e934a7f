"""A sheet in lines for the terminal: each table with its columns in line, and its chart beside them."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from data.words import _
from desk.paper.document import Cell, Document, Table, shown
from desk.reports.counted import opens
from screens.text import fit, one_line
from screens.timeline import heading
from screens.widgets.bars import share_bar

# Cells of the bars of counts, of those of shares, and of a share in words.
BAR, RATE, SHARE = 24, 20, 5


@dataclass(frozen=True)
class SheetLine:
    """A line of a sheet, and the row of the table of which it is."""

    content: Content
    headings: tuple[str, ...] = ()
    row: tuple[Cell, ...] = ()

    @property
    def name(self) -> tuple[str, ...]:
        """What tells a line with numbers from others: its table's headings and its first cell; () for the rest."""
        return (*self.headings, str(self.row[0])) if self.row else ()

    @property
    def opens(self) -> bool:
        """Whether there are records behind its numbers."""
        return opens(self.row)


def sheet_lines(document: Document) -> list[SheetLine]:
    """A sheet in lines: each table with its chart."""
    lines = [heading(document.title), Content.styled(one_line(document.number), "$foreground-muted")]
    lines += [Content(f"{label}  {one_line(said)}") for label, said in (*document.texts, *document.signatures) if said]
    if not document.tables:
        lines.append(Content(_("Nothing happened here.")))
    found = [SheetLine(line) for line in lines]
    for table in document.tables:
        rows = [(), (), *table.rows]
        found.append(SheetLine(Content("")))
        found += [SheetLine(line, table.headings, row) for line, row in zip(table_lines(table), rows, strict=True)]
    return found


def table_lines(table: Table) -> list[Content]:
    """A table with its columns in line, and bars for the column that its chart shows: heading, columns, rows."""
    cells = [table.headings, *[tuple(shown(cell) for cell in row) for row in table.rows]]
    widths = [min(44, max(cell_len(one_line(row[place])) for row in cells)) for place in range(len(table.headings))]
    lines = [heading(f"{table.title}  {shown(table.whole)}" if table.whole else table.title)]
    for place, row in enumerate(cells):
        text = "  ".join(
            fit(cell, width, right=column > 0 and _number(table, column))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        if place == 0:
            lines.append(Content.styled(text, "$foreground-muted"))
            continue
        lines.append(Content.assemble(text, "  ", *_chart(table, table.rows[place - 1])))
    return lines


def _chart(table: Table, row: tuple[Cell, ...]) -> list[Content]:
    """What a row of a chart shows: how it is beside the greatest, its share of the whole, or how near its target."""
    cell = row[table.bar] if table.bar >= 0 else "–"
    if isinstance(cell, str):
        return []
    if table.target >= 0:
        return _beside_target(table, row, float(cell))
    most = max((float(one[table.bar]) for one in table.rows if not isinstance(one[table.bar], str)), default=0.0)
    bar = Content.styled(share_bar(float(cell), most, BAR), "$foreground-muted")
    return [Content(fit(table.percent(row), SHARE, right=True) + "  "), bar] if table.whole else [bar]


def _beside_target(table: Table, row: tuple[Cell, ...], share: float) -> list[Content]:
    """A share in a hundred as a bar with its target in it, and whether it is reached."""
    bar = share_bar(min(share, 100.0), 100, RATE).ljust(RATE, "·")
    aim = table.aim(row)
    if aim is None:
        return [Content.styled(bar, "$foreground-muted")]
    at = min(RATE - 1, int(aim[0] * RATE / 100))
    sign = ("✓", "bold $success") if aim[1] else ("!", "bold $error")
    return [Content.styled(bar[:at] + "│" + bar[at + 1 :] + "  ", "$foreground-muted"), Content.styled(*sign)]


def _number(table: Table, column: int) -> bool:
    return all(not isinstance(row[column], str) or row[column] == "–" for row in table.rows)
