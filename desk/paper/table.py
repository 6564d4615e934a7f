"""A table of a paper or a sheet: its title, headings and rows, and how a cell reads."""

import re
from dataclasses import dataclass

Cell = str | int | float
# A target in a hundred: at least so many, or with a sign before it, at most.
AIM = re.compile(r"([<≤]?)\s*(\d+(?:\.\d+)?)\s*%")


@dataclass(frozen=True)
class Table:
    """Rows below headings.

    bar: the column that a chart shows, -1 for none; target: the column that says what it should reach, where the chart
    is of shares in a hundred; parts: whether the rows are the parts of a whole, so that a sum and shares say something.
    """

    title: str
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    bar: int = -1
    target: int = -1
    parts: bool = False

    @property
    def whole(self) -> float:
        """The sum of what the chart shows; 0 where its rows are no parts of a whole."""
        cells = [row[self.bar] for row in self.rows] if self.parts else []
        return sum(float(cell) for cell in cells if not isinstance(cell, str))

    def percent(self, row: "tuple[Cell, ...]") -> str:
        """The share of a row in the whole of which it is a part; "" where there is none."""
        cell = row[self.bar]
        if not self.whole or isinstance(cell, str):
            return ""
        share = 100 * cell / self.whole
        return "<1 %" if 0 < share < 1 else f"{share:.0f} %"

    def aim(self, row: "tuple[Cell, ...]") -> tuple[float, bool] | None:
        """What a row's share should reach, and whether it does; None where it has no target or no share."""
        cell = row[self.bar] if self.target >= 0 else ""
        said = AIM.search(str(row[self.target])) if self.target >= 0 else None
        if said is None or isinstance(cell, str):
            return None
        aim = float(said[2])
        return aim, cell < aim if said[1] == "<" else cell <= aim if said[1] == "≤" else cell >= aim


def shown(cell: Cell) -> str:
    """A cell as text; a share or a number of hours with at most one decimal."""
    return f"{cell:.1f}".removesuffix(".0") if isinstance(cell, float) else str(cell)
