"""A paper of fields, texts, tables and signature lines, as A4 PDF or as lines for the terminal."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desk.paper.grid import BAR, SHARE, Column, Grid
from desk.paper.table import Cell, Table, shown
from desk.paper.typesetting import FONT, HEIGHT, WIDTH, cut, length, load_font, wrapped

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MARGIN, SIZE, STEP, LABEL = 42.0, 9.5, 15.0, 84.0
# How thick a bar is.
THIN = 4.0
# Lines of one cell stand closer than rows; a row that is taller than this may be parted between two pages.
LINE, _TALLEST = 12.0, 240.0

__all__ = ["Cell", "Document", "Table", "shown", "to_pdf"]


@dataclass(frozen=True)
class Document:
    """One paper: fields as (label, text), texts as (title, body), tables, and who signs.

    copies: what stands at the foot of each copy, where it is made more than once.
    """

    title: str
    site: str = ""
    number: str = ""
    fields: Sequence[tuple[str, str]] = ()
    texts: Sequence[tuple[str, str]] = ()
    tables: Sequence[Table] = ()
    signatures: Sequence[tuple[str, str]] = ()
    foot: str = ""
    copies: Sequence[str] = ()


def to_pdf(document: Document) -> bytes:
    """The document as PDF, the same bytes for the same document."""
    from reportlab.pdfgen.canvas import Canvas

    load_font()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(f"{document.title} {document.number}".strip())
    for foot in document.copies or [document.foot]:
        _Pages(canvas, replace(document, foot=foot)).draw()
    canvas.save()
    return target.getvalue()


@dataclass
class _Pages:
    """Draws from the top down, and begins a new page when there is no room."""

    canvas: "Canvas"
    document: Document
    y: float = field(default=0.0)
    page: int = field(default=0)

    def draw(self) -> None:
        self._new_page()
        for label, text in self.document.fields:
            self._pair(label, text)
        for title, body in self.document.texts:
            self._text(title, body)
        for table in self.document.tables:
            self._table(table)
        self._signatures()
        self._end_page()

    def _new_page(self) -> None:
        if self.page:
            self._end_page()
        self.page += 1
        canvas, one = self.canvas, self.document
        self.y = HEIGHT - MARGIN
        canvas.setFont(FONT, SIZE)
        canvas.drawString(MARGIN, self.y, cut(one.site, SIZE, 300))
        canvas.drawRightString(WIDTH - MARGIN, self.y, one.number)
        canvas.setFont(FONT, 16)
        canvas.drawCentredString(WIDTH / 2, self.y - 26, one.title)
        self.y -= 50

    def _end_page(self) -> None:
        self.canvas.setFont(FONT, 7)
        self.canvas.drawString(MARGIN, MARGIN - 18, cut(self.document.foot, 7, WIDTH - 2 * MARGIN - 50))
        self.canvas.drawRightString(WIDTH - MARGIN, MARGIN - 18, str(self.page))
        self.canvas.showPage()

    def _room(self, height: float) -> None:
        if self.y - height < MARGIN:
            self._new_page()

    def _pair(self, label: str, text: str) -> None:
        for index, line in enumerate(wrapped(text, SIZE, WIDTH - 2 * MARGIN - LABEL)):
            self._room(STEP)
            self.canvas.setFont(FONT, SIZE)
            self.canvas.drawString(MARGIN, self.y, label if index == 0 else "")
            self.canvas.drawString(MARGIN + LABEL, self.y, line)
            self.canvas.setLineWidth(0.3)
            self.canvas.line(MARGIN + LABEL, self.y - 3, WIDTH - MARGIN, self.y - 3)
            self.y -= STEP

    def _heading(self, title: str, below: float = STEP) -> None:
        """A heading with room for what it heads: none stands alone at the foot of a page."""
        self._room(2 * STEP + below)
        self.y -= 6
        self.canvas.setFont(FONT, 11)
        self.canvas.drawString(MARGIN, self.y, title)
        self.y -= STEP + 2

    def _text(self, title: str, body: str) -> None:
        self._heading(title)
        for paragraph in body.split("\n"):
            for line in wrapped(paragraph, SIZE, WIDTH - 2 * MARGIN - 12):
                self._room(STEP)
                self.canvas.setFont(FONT, SIZE)
                self.canvas.drawString(MARGIN + 12, self.y, line)
                self.y -= STEP

    def _table(self, table: Table) -> None:
        grid = Grid(table, WIDTH - 2 * MARGIN)
        self._heading(
            f"{table.title}  {shown(table.whole)}" if table.whole else table.title,
            STEP + min(grid.height(row) for row in (table.headings, *table.rows[:1])),
        )
        self._row(grid, table.headings)
        for row in table.rows:
            if self.y - min(grid.height(row), _TALLEST) < MARGIN:
                self._new_page()
                self._heading(_continued(table.title))
                self._row(grid, table.headings)
            self._row(grid, row)

    def _row(self, grid: Grid, row: Sequence[Cell]) -> None:
        """A row, each cell in as many lines as it takes; one that has no room on a page goes on on the next."""
        cells = grid.lines(row)
        for place in range(max(map(len, cells))):
            self._room(LINE)
            self.canvas.setFont(FONT, SIZE - 1)
            for lines, column in zip(cells, grid.columns, strict=True):
                if place < len(lines):
                    self._cell(lines[place], column)
            if place == 0 and (full := grid.share(row)) is not None:
                self._bar(grid, row, full)
            self.y -= LINE
        self.canvas.setLineWidth(0.6 if row is grid.table.headings else 0.2)
        self.canvas.line(MARGIN, self.y + LINE - 4, WIDTH - MARGIN, self.y + LINE - 4)
        self.y -= STEP - LINE

    def _bar(self, grid: Grid, row: Sequence[Cell], full: float) -> None:
        """The bar of a row, thin so that rows stay apart; a target as a line in it, a share of the whole behind it."""
        left, canvas = MARGIN + grid.bar_left, self.canvas
        canvas.setFillGray(0.55)
        canvas.rect(left, self.y + 0.5, max(full * BAR, 0.5), THIN, stroke=0, fill=1)
        canvas.setFillGray(0)
        aim = grid.table.aim(tuple(row))
        if aim is not None:
            canvas.setLineWidth(0.8)
            at = left + min(1.0, aim[0] / 100) * BAR
            canvas.line(at, self.y - 1.5, at, self.y + THIN + 2.5)
            canvas.drawString(left + BAR + 6, self.y, "✓" if aim[1] else "!")
        if share := grid.table.percent(tuple(row)):
            canvas.drawRightString(left + BAR + SHARE, self.y, share)

    def _cell(self, text: str, column: Column) -> None:
        if column.is_number:
            self.canvas.drawRightString(MARGIN + column.left + column.width - 6, self.y, text)
        else:
            self.canvas.drawString(MARGIN + column.left + 2, self.y, text)

    def _signatures(self) -> None:
        for label, signed in self.document.signatures:
            lines = wrapped(f"{label}：{signed}", SIZE, WIDTH - 2 * MARGIN)
            self._room((len(lines) + 1) * STEP)
            self.canvas.setFont(FONT, SIZE)
            for line in lines:
                self.y -= STEP
                self.canvas.drawString(MARGIN, self.y, line)
            end = max(MARGIN + LABEL + 220, MARGIN + length(lines[-1], SIZE))
            self.canvas.line(MARGIN, self.y - 3, end, self.y - 3)
            self.y -= STEP


def _continued(title: str) -> str:
    return f"{title} …"
