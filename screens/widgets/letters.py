"""Letters that are read across the room: drawn from bitmaps in half blocks, eight lines high."""

from functools import cache
from importlib.resources import files

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from screens.guard import Guarded
from screens.text import one_line

ROWS = 8
BLOCKS = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


@cache
def _bitmaps() -> dict[str, list[str]]:
    """Every known letter as the eight lines of its half blocks."""
    letters = {}
    for line in (files("data.reference") / "letters.txt").read_text(encoding="utf-8").splitlines():
        letter, width, *rows = line.split(" ")
        bits = [[int(row, 16) >> (int(width) - 1 - x) & 1 for x in range(int(width))] for row in rows]
        letters[letter] = [
            "".join(BLOCKS[upper, lower] for upper, lower in zip(bits[2 * y], bits[2 * y + 1], strict=True))
            for y in range(ROWS)
        ]
    return letters


def large(text: str, width: int, most: int = 2) -> list[str]:
    """The text as lines of large letters; words go below each other where they do not fit beside, else it stays small.

    Args:
        text: letters the bitmaps know, and blanks.
        width: cells there are.
        most: how many rows of large letters there is room for.
    """
    known = _bitmaps()
    if any(char not in known and char != " " for char in text):
        return [text]
    lines: list[list[str]] = []
    for word in text.split(" "):
        drawn = [" ".join(known[char][y] for char in word) for y in range(ROWS)]
        if lines and len(lines[-1][0]) + 4 + len(drawn[0]) <= width:
            lines[-1] = [before + "    " + row for before, row in zip(lines[-1], drawn, strict=True)]
        else:
            lines.append(drawn)
    if len(lines) > most or any(len(line[0]) > width for line in lines):
        return ["   ".join(text) if 4 * len(text) < width else text]
    return [row for line in lines for row in line]


class LargeText(Guarded, Widget):
    """A short text in large letters, centred on a band of its colour; of a size that never changes."""

    COMPONENT_CLASSES = {"large--ok", "large--wait", "large--no"}
    DEFAULT_CSS = """
    LargeText { height: 10; }
    LargeText > .large--ok { background: $success; color: $background; text-style: bold; }
    LargeText > .large--wait { background: $warning; color: $background; text-style: bold; }
    LargeText > .large--no { background: $error; color: $background; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text, self.look = "", ""
        self._drawn: list[Strip] = []
        self._drawn_for: Size | None = None

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._drawn_for = None

    def put(self, text: str, look: str = "") -> None:
        """Show another text on the band of a look: "ok", "wait", "no", or none."""
        if (one_line(text), look) != (self.text, self.look):
            self.text, self.look, self._drawn_for = one_line(text), look, None
            self.refresh()

    def render_line(self, y: int) -> Strip:
        if self._drawn_for != self.size:
            self._drawn, self._drawn_for = self._draw(), self.size
        return self._drawn[y] if y < len(self._drawn) else Strip.blank(self.size.width, self.rich_style)

    def _draw(self) -> list[Strip]:
        """The whole band, drawn once and kept: its style costs more than its letters."""
        width, height = self.size
        rows = large(self.text, width - 2, 1)
        top = (height - len(rows)) // 2
        style = self.get_component_rich_style(f"large--{self.look}") if self.look else self.rich_style
        strips = []
        for y in range(height):
            row = rows[y - top] if top <= y < top + len(rows) else ""
            left = max(0, (width - cell_len(row)) // 2)
            strips.append(Strip([Segment(" " * left + row, style)]).adjust_cell_length(width, style))
        return strips
