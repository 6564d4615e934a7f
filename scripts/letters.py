"""Draws the large letters of the gate's verdicts from a font into data/reference/letters.txt.

    .venv/bin/python scripts/letters.py FONT.ttf      (needs pillow; run only when a verdict gains a letter)

Each line: the letter, its width in cells, and sixteen rows of bits in hexadecimal, top to bottom.
"""

import sys
from collections.abc import Callable
from math import hypot
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROWS = 16
CHINESE = "可放行已部分出门过期作废查无此条未盖章签字暂不缓退回勿得被改动今日非拒绝欠费清"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGN = 12
TARGET = Path(__file__).parent.parent / "data/reference/letters.txt"


def drawn(letter: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """One letter as a line of the file."""
    image = Image.new("L", (width, ROWS), 0)
    left, top, right, bottom = font.getbbox(letter)
    at = ((width - (right - left)) / 2 - left, (ROWS - (bottom - top)) / 2 - top)
    ImageDraw.Draw(image).text(at, letter, fill=255, font=font)
    rows = [sum((image.getpixel((x, y)) > 110) << (width - 1 - x) for x in range(width)) for y in range(ROWS)]
    return f"{letter} {width} " + " ".join(f"{row:x}" for row in rows)


def _stroke(x: int, y: int, ends: tuple[float, float, float, float], half: float = 1.3) -> bool:
    """Whether a point lies on a line of so many points to either side."""
    left, top, right, bottom = ends
    wide, high = right - left, bottom - top
    along = max(0.0, min(1.0, ((x - left) * wide + (y - top) * high) / (wide * wide + high * high)))
    return hypot(x - left - along * wide, y - top - along * high) <= half


def _ring(x: int, y: int) -> float:
    """How far a point lies from the middle of a sign."""
    return hypot(x - 5.5, y - 7.5)


SIGNS: dict[str, Callable[[int, int], bool]] = {
    "✓": lambda x, y: _stroke(x, y, (1, 8, 4, 12)) or _stroke(x, y, (4, 12, 10, 3)),
    "✗": lambda x, y: _stroke(x, y, (1.5, 3.5, 9.5, 12)) or _stroke(x, y, (9.5, 3.5, 1.5, 12)),
    "◐": lambda x, y: _ring(x, y) <= 5.6 and (_ring(x, y) >= 4.2 or x < 5.6),
    "○": lambda x, y: 3.9 <= _ring(x, y) <= 5.6,
    "?": lambda x, y: (
        (3.0 <= hypot(x - 5.5, y - 5) <= 4.6 and not (x < 5 and y > 5))
        or _stroke(x, y, (5.5, 9.2, 5.5, 9.8), 0.9)
        or _stroke(x, y, (5.5, 12.6, 5.5, 13), 0.9)
    ),
}


def sign(name: str) -> str:
    """One sign as a line of the file."""
    points = SIGNS[name]
    rows = [sum(points(x, y) << (SIGN - 1 - x) for x in range(SIGN)) for y in range(ROWS)]
    return f"{name} {SIGN} " + " ".join(f"{row:x}" for row in rows)


def main() -> None:
    wide, narrow = ImageFont.truetype(sys.argv[1], 16), ImageFont.truetype(sys.argv[1], 14)
    lines = [drawn(letter, wide, 16) for letter in dict.fromkeys(CHINESE)]
    lines += [drawn(letter, narrow, 12 if letter in "MW" else 5 if letter == "I" else 9) for letter in LATIN]
    lines += map(sign, SIGNS)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
