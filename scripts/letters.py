"""Draws the large letters of the gate's verdicts from a font into data/reference/letters.txt.

    .venv/bin/python scripts/letters.py FONT.ttf      (needs pillow; run only when a verdict gains a letter)

Each line: the letter, its width in cells, and sixteen rows of bits in hexadecimal, top to bottom.
"""

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROWS = 16
CHINESE = "可放行已部分出门过期作废查无此条未盖章签字暂不缓退回勿得被改动今日非拒绝欠费清"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TARGET = Path(__file__).parent.parent / "data/reference/letters.txt"


def drawn(letter: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """One letter as a line of the file."""
    image = Image.new("L", (width, ROWS), 0)
    left, top, right, bottom = font.getbbox(letter)
    at = ((width - (right - left)) / 2 - left, (ROWS - (bottom - top)) / 2 - top)
    ImageDraw.Draw(image).text(at, letter, fill=255, font=font)
    rows = [sum((image.getpixel((x, y)) > 110) << (width - 1 - x) for x in range(width)) for y in range(ROWS)]
    return f"{letter} {width} " + " ".join(f"{row:x}" for row in rows)


def main() -> None:
    wide, narrow = ImageFont.truetype(sys.argv[1], 16), ImageFont.truetype(sys.argv[1], 14)
    lines = [drawn(letter, wide, 16) for letter in dict.fromkeys(CHINESE)]
    lines += [drawn(letter, narrow, 12 if letter in "MW" else 5 if letter == "I" else 9) for letter in LATIN]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
