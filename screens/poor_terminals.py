"""Terminals that can less: plain signs where others would be two cells wide, few colours or none where there are few.

Both work on what is painted, so nothing else has to know of them: a sign gives way to one of ASCII, and a tone to the
look that says the same without its colour.
"""

import os
from collections.abc import Mapping

from rich.color import Color as Ink
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

# Signs of ambiguous width: some terminals set for Chinese draw them two cells wide, and all behind them shifts.
PLAIN = str.maketrans(
    {
        "◆": "*", "●": "o", "▲": "^", "○": ".", "◐": "(", "▌": ">", "▏": "|", "★": "*", "▼": "v", "•": "*", "→": ">",
        "←": "<", "↑": "^", "↓": "v", "↶": "<", "≈": "~", "×": "x", "·": "-", "…": "~", "—": "-", "–": "-", "―": "-",
        "“": '"', "”": '"', "‘": "'", "’": "'", "°": "o", "±": "+", "§": "S", "¥": "Y", "⚑": "!",
        "─": "-", "━": "#", "╸": "#", "│": "|", "┃": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "┌": "+", "┐": "+",
        "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+", "╴": "-", "╶": "-", "═": "=",
        "█": "#", "▀": '"', "▄": "_", "▔": "-", "▁": "_", "▂": ".", "▃": "-", "▅": "=", "▆": "+", "▇": "%",
        "▊": "|", "▎": "|", "▍": "|", "▋": "|", "▉": "#", "▐": "|", "░": ".", "▒": ":", "▓": "#",
    }
)  # fmt: skip
# A sign of which the terminal says how wide it draws it.
MEASURED = "◆"
# As near a colour has to be to one of the tones to be it: what is laid over another is a little off.
NEAR = 40


class PlainSigns(LineFilter):
    """Signs of ambiguous width give way to plain ones."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            one if one.control or one.text.isascii() else Segment(one.text.translate(PLAIN), one.style)
            for one in segments
        ]


class FewColours(LineFilter):
    """Tones give way to what sixteen colours can say, or none: bold, reverse and underline carry them.

    Red, blue and bright black are unreadable on some grounds, so only green and yellow are used, and only where the
    terminal's own ground is known to be dark.

    Args:
        theme: whose tones are painted.
        count: 16, or 0 for none at all.
    """

    def __init__(self, theme: Theme, count: int) -> None:
        super().__init__()
        reverse, bold = Style(reverse=True), Style(bold=True)
        green, yellow = (Style(color="green"), Style(color="yellow")) if count and theme.dark else (Style(), Style())
        self._tones: Mapping[str | None, Style] = {
            theme.accent: bold,
            theme.success: green,
            theme.warning: yellow + bold,
            theme.error: reverse + bold,
            theme.secondary: Style(underline=True) + bold,
        }
        self._filled = {*self._tones, theme.variables["selected"]}
        self._looks: dict[Style | None, Style] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [one if one.control else Segment(one.text, self._look(one.style)) for one in segments]

    def _look(self, style: Style | None) -> Style:
        if style not in self._looks:
            self._looks[style] = self._reckon(style) if style is not None else Style()
        return self._looks[style]

    def _reckon(self, style: Style) -> Style:
        kept = Style(bold=style.bold, underline=style.underline, strike=style.strike, reverse=style.reverse)
        if self._nearest(style.bgcolor, self._filled) is not None:
            return kept + Style(reverse=True)
        tone = self._nearest(style.color, self._tones)
        return kept + self._tones[tone] if tone is not None else kept

    def _nearest(self, ink: Ink | None, tones: "Mapping[str | None, Style] | set[str | None]") -> str | None:
        """The tone that a colour is, None where it is none."""
        if ink is None or ink.triplet is None:
            return None
        red, green, blue = ink.triplet
        away = {tone: _distance((red, green, blue), Color.parse(tone).rgb) for tone in tones if tone}
        near = min(away, key=lambda tone: away[tone], default=None)
        return near if near is not None and away[near] <= NEAR else None


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def colours_of(wanted: str, system: str | None, *, no_colour: bool) -> int | None:
    """How many colours are used: None for as many as are painted, 16, or 0 for none.

    Args:
        wanted: as the settings say: "auto", "full", "16" or "none".
        system: what the terminal can, as the toolkit found out.
        no_colour: whether NO_COLOR is set.
    """
    if wanted == "auto":
        # Of a terminal that nobody knows (a recording, a test) it is taken that it can all.
        wanted = "none" if no_colour else "16" if system in ("standard", "windows") else "full"
    return {"none": 0, "16": 16}.get(wanted)


def asks_for_plain(wanted: str) -> bool:
    """Whether plain signs are wanted whatever the terminal draws."""
    return wanted == "plain" or (wanted == "auto" and os.environ.get("TERM") in ("linux", "vt100", "vt220"))
