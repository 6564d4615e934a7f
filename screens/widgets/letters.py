"""Letters that are read across the room: drawn from bitmaps in half blocks, eight lines high."""

from functools import cache
from importlib.resources import files

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from screens.guard import Guarded
from screens.text import one_line
from screens.widgets.page import folded

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


def large(text: str, width: int, most: int = 2, gap: int = 4) -> list[str]:
    """The text as lines of large letters; words go below each other where they do not fit beside, else it stays small.

    Args:
        text: letters the bitmaps know, and blanks.
        width: cells there are.
        most: how many rows of large letters there is room for.
        gap: cells between two words.
    """
    known = _bitmaps()
    if any(char not in known and char != " " for char in text):
        return [text]
    lines: list[list[str]] = []
    for word in text.split(" "):
        drawn = [" ".join(known[char][y] for char in word) for y in range(ROWS)]
        if lines and len(lines[-1][0]) + gap + len(drawn[0]) <= width:
            lines[-1] = [before + " " * gap + row for before, row in zip(lines[-1], drawn, strict=True)]
        else:
            lines.append(drawn)
    if len(lines) > most or any(len(line[0]) > width for line in lines):
        return ["   ".join(text) if 4 * len(text) < width else text]
    return [row for line in lines for row in line]


DIGIT_ROWS = 3
# Five points wide and six high.
_DIGITS = {
    "0": "01110 10001 10001 10001 10001 01110", "1": "00100 01100 00100 00100 00100 01110",
    "2": "01110 10001 00010 00100 01000 11111", "3": "11110 00001 01110 00001 10001 01110",
    "4": "00010 00110 01010 11111 00010 00010", "5": "11111 10000 11110 00001 10001 01110",
    "6": "01110 10000 11110 10001 10001 01110", "7": "11111 00001 00010 00100 01000 01000",
    "8": "01110 10001 01110 10001 10001 01110", "9": "01110 10001 10001 01111 00001 01110",
    "+": "00000 00100 00100 11111 00100 00100",
}  # fmt: skip


def number(text: str) -> list[str]:
    """A number in digits of three lines."""
    drawn = [[[int(point) for point in row] for row in _DIGITS[digit].split()] for digit in text]
    return [
        " ".join("".join(BLOCKS[pair] for pair in zip(one[2 * y], one[2 * y + 1], strict=True)) for one in drawn)
        for y in range(DIGIT_ROWS)
    ]


def twice(rows: list[str]) -> list[str]:
    """Large letters at double their size."""
    found = []
    for row in rows:
        upper, lower = (row.translate(_HALVES[half]) for half in (0, 1))
        found += ["".join(2 * cell for cell in half) for half in (upper, lower)]
    return found


# The upper and the lower half of each block, as whole cells.
_HALVES = (str.maketrans("▀▄", "█ "), str.maketrans("▀▄", " █"))


def largest(sign: str, text: str, width: int, height: int) -> list[str]:
    """A sign and a text in the largest letters there is room for; the sign goes first where there is not."""
    for said, gap in ((f"{sign} {text}", 4), (f"{sign} {text}", 1), (text, 4)):
        rows = large(said.strip(), width - 2 if gap > 1 else width, 1, gap)
        if len(rows) == ROWS:
            fits_twice = height >= 2 * ROWS and 2 * len(rows[0]) <= width - 2
            return twice(rows) if fits_twice else rows
    return large(text, width - 2, 1)


class LargeText(Guarded, Widget):
    """A sign and a short text in large letters on a band of their colour; without a text, quiet lines.

    Its place never changes with what it says: whoever waits for it must not wait for the rest to move.
    """

    COMPONENT_CLASSES = {"large--ok", "large--part", "large--ask", "large--no", "large--over"}
    DEFAULT_CSS = """
    LargeText { height: 10; }
    LargeText > .large--ok { background: $success; color: $background; text-style: bold; }
    LargeText > .large--part { background: $warning; color: $background; text-style: bold; }
    LargeText > .large--ask { background: $secondary; color: $background; text-style: bold; }
    LargeText > .large--over { background: $panel; color: $foreground; text-style: bold; }
    LargeText > .large--no { background: $error; color: $background; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text, self.look, self.sign = "", "", ""
        self.quiet: list[Content] = []
        self._drawn: list[Strip] = []
        self._drawn_for: Size | None = None

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._drawn_for = None

    def put(self, text: str, look: str = "", sign: str = "") -> None:
        """Show another text on the band of a look: "ok", "part", "ask", "no", "over", or none."""
        if (one_line(text), look) != (self.text, self.look):
            self.text, self.look, self.sign, self._drawn_for = one_line(text), look, sign, None
            self.refresh()

    def rest(self, lines: list[Content]) -> None:
        """Say what to show while there is no text; what stands behind a tab goes to the right edge."""
        if lines != self.quiet:
            self.quiet, self._drawn_for = lines, None
            if not self.text:
                self.refresh()

    def render_line(self, y: int) -> Strip:
        if self._drawn_for != self.size:
            self._drawn, self._drawn_for = self._draw(), self.size
        return self._drawn[y] if y < len(self._drawn) else Strip.blank(self.size.width, self.rich_style)

    def _draw(self) -> list[Strip]:
        """The whole band, drawn once and kept: its style costs more than its letters."""
        width, height = self.size
        if not self.text:
            return self._draw_quiet(width, height)
        rows = largest(self.sign, self.text, width, height)
        top = (height - len(rows)) // 2
        style = self.get_component_rich_style(f"large--{self.look}") if self.look else self.rich_style
        strips = []
        for y in range(height):
            row = rows[y - top] if top <= y < top + len(rows) else ""
            left = max(0, (width - cell_len(row)) // 2)
            strips.append(Strip([Segment(" " * left + row, style)]).adjust_cell_length(width, style))
        return strips

    def _draw_quiet(self, width: int, height: int) -> list[Strip]:
        lines = [line for part in self.quiet for line in folded([part], width - 4)]
        strips = []
        for line in lines[:height]:
            drawn = Visual.to_strips(self, line, width - 2, 1, self.visual_style, apply_selection=False)
            strips.append(Strip([Segment("  ", self.rich_style), *drawn[0]]).adjust_cell_length(width, self.rich_style))
        return strips
