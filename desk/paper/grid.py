"""Where the columns of a printed table stand, and in how many lines each of its cells is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.paper.table import Cell, Table, shown
from desk.paper.typesetting import length, wrapped

SIZE, PAD, BAR = 8.5, 8.0, 90.0
# What stands behind a bar: a share of the whole, or whether a target is reached.
SHARE = 32.0
FIRST, NEXT = 15.0, 12.0


@dataclass(frozen=True)
class Column:
    """A column: how far from the margin and how wide, in points; numbers end where they end, texts begin together."""

    left: float
    width: float
    is_number: bool


class Grid:
    """A table on paper."""

    def __init__(self, table: Table, room: float) -> None:
        self.table = table
        columns = list(zip(table.headings, *table.rows, strict=True))
        beside = SHARE if table.parts or table.target >= 0 else 0
        room -= BAR + PAD + beside if self._is_chart else 0
        left = 0.0
        self.columns: list[Column] = []
        needs = [max(length(shown(cell), SIZE) for cell in column) + PAD for column in columns]
        for width, column in zip(fitted(needs, room), columns, strict=True):
            is_number = any(not isinstance(cell, str) for cell in column[1:])
            self.columns.append(Column(left, width, is_number))
            left += width
        self.bar_left = left + PAD
        greatest = max(_amount(row[table.bar]) for row in table.rows) if self._is_chart else 0.0
        # Shares stand beside the whole hundred, counts beside the greatest of them.
        self.most = 100.0 if table.target >= 0 else greatest

    @property
    def _is_chart(self) -> bool:
        return self.table.bar >= 0 and len(self.table.rows) > 1

    def lines(self, row: Sequence[Cell]) -> list[list[str]]:
        """The lines of each cell of a row."""
        return [
            wrapped(shown(cell), SIZE, column.width - PAD + 0.01)
            for cell, column in zip(row, self.columns, strict=True)
        ]

    def height(self, row: Sequence[Cell]) -> float:
        """How much a row takes, in points."""
        return FIRST + NEXT * (max(map(len, self.lines(row))) - 1)

    def share(self, row: Sequence[Cell]) -> float | None:
        """How long the bar of a row is beside the longest one; None where the table has no chart."""
        if not self.most or row is self.table.headings:
            return None
        return min(1.0, _amount(row[self.table.bar]) / self.most)


def _amount(cell: Cell) -> float:
    return 0.0 if isinstance(cell, str) else float(cell)


def fitted(needs: Sequence[float], room: float) -> list[float]:
    """How wide each column is: what it needs where that is little, and the long ones share what is left.

    Args:
        needs: of each column, in points; room: in all, which is always filled.
    """
    widths, left, open_ones = [0.0] * len(needs), room, len(needs)
    for place in sorted(range(len(needs)), key=lambda one: needs[one]):
        widths[place] = min(needs[place], left / open_ones)
        left, open_ones = left - widths[place], open_ones - 1
    if not needs:
        return []
    # What nobody needs goes to the widest one, so that numbers stand under their headings.
    widths[max(range(len(needs)), key=lambda one: needs[one])] += left
    return widths
