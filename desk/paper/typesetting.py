"""What every printed paper shares: the bundled font, measuring, cutting and wrapping text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import as_file, files

FONT = "NotoSansSC"
WIDTH, HEIGHT = 595.28, 841.89


def load_font() -> None:
    """Make the bundled font known to the PDF library; loading it waits until something is printed."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if FONT not in pdfmetrics.getRegisteredFontNames():
        with as_file(files("data.reference") / "fonts" / "NotoSansSC-Regular.ttf") as file:
            pdfmetrics.registerFont(TTFont(FONT, str(file)))


def length(text: str, size: float) -> float:
    """How wide a text is, in points."""
    return size * sum(map(_wide, text))


@lru_cache(maxsize=8192)
def _wide(char: str) -> float:
    """How wide a letter is at one point: the font has no pairs of letters that stand closer."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(char, FONT, 1))


def cut(text: str, size: float, room: float) -> str:
    """A text that fits into that many points, with … where it was cut."""
    if length(text, size) <= room:
        return text
    while text and length(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def wrapped(text: str, size: float, room: float) -> list[str]:
    """A text in lines of at most that many points, between words where a line has several.

    No line begins with a blank or with a sign that ends something.
    """
    lines, line, used = [], "", 0.0
    for word in _words(text.replace("\n", " "), size, room):
        if line and used + length(word.rstrip(), size) > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + word, used + length(word, size)
    return [*lines, line.rstrip()]


# A word with the signs that end it and the blanks behind it, or one Chinese letter with them.
_WORD = re.compile(r"[（《「『【‘“]*(?:[!-~]+|.)[，。；：！？、）》」』】’”…·]*\s*", re.DOTALL)


def _words(text: str, size: float, room: float) -> Iterator[str]:
    """What is not parted at a line's end; a word that has no room in a line is parted anywhere."""
    for word in _WORD.findall(text):
        if length(word.rstrip(), size) <= room:
            yield word
        else:
            yield from word
