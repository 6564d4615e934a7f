"""A table of a paper or a sheet: its title, headings and rows, and how a cell reads."""

from dataclasses import dataclass

Cell = str | int | float


@dataclass(frozen=True)
class Table:
    """Rows below headings; `bar` is the column that a chart shows, -1 for none."""

    title: str
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    bar: int = -1


def shown(cell: Cell) -> str:
    """A cell as text; a share or a number of hours with at most one decimal."""
    return f"{cell:.1f}".removesuffix(".0") if isinstance(cell, float) else str(cell)
