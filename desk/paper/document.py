"""A paper of fields, texts, tables and signature lines, as A4 PDF or as lines for the terminal."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desk.paper.typesetting import FONT, HEIGHT, WIDTH, cut, load_font, wrapped

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MARGIN, SIZE, STEP, LABEL = 42.0, 9.5, 15.0, 84.0
Cell = str | int | float


@dataclass(frozen=True)
class Table:
    """Rows below headings; `bar` is the column that a chart shows, -1 for none."""

    title: str
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    bar: int = -1


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


def shown(cell: Cell) -> str:
    """A cell as text; a share or a number of hours with at most one decimal."""
    return f"{cell:.1f}".removesuffix(".0") if isinstance(cell, float) else str(cell)


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
        self._heading(table.title, 2 * STEP)
        widths = _widths(table, WIDTH - 2 * MARGIN)
        self._row(table.headings, widths, 0.6)
        for row in table.rows:
            if self.y - STEP < MARGIN:
                self._new_page()
                self._row(table.headings, widths, 0.6)
            self._row(row, widths, 0.2)

    def _row(self, row: Sequence[Cell], widths: Sequence[float], line: float) -> None:
        self.canvas.setFont(FONT, SIZE - 1)
        left = MARGIN
        for cell, width in zip(row, widths, strict=True):
            self.canvas.drawString(left + 2, self.y, cut(shown(cell), SIZE - 1, width - 4))
            left += width
        self.canvas.setLineWidth(line)
        self.canvas.line(MARGIN, self.y - 4, WIDTH - MARGIN, self.y - 4)
        self.y -= STEP

    def _signatures(self) -> None:
        for label, signed in self.document.signatures:
            self._room(2 * STEP)
            self.canvas.setFont(FONT, SIZE)
            self.canvas.drawString(MARGIN, self.y - STEP, f"{label}：{signed}")
            self.canvas.line(MARGIN, self.y - STEP - 3, MARGIN + LABEL + 220, self.y - STEP - 3)
            self.y -= 2 * STEP


def _widths(table: Table, room: float) -> list[float]:
    """Room for each column by its longest text, so that long ones give way to short ones."""
    from desk.paper.typesetting import length

    columns = zip(table.headings, *table.rows, strict=True)
    needs = [min(260.0, max(length(shown(cell), SIZE - 1) for cell in column) + 8) for column in columns]
    scale = room / sum(needs)
    return [need * scale for need in needs]
