"""What every printed paper shares: the bundled font, measuring, cutting and wrapping text."""

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
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, FONT, size))


def cut(text: str, size: float, room: float) -> str:
    """A text that fits into that many points, with … where it was cut."""
    if length(text, size) <= room:
        return text
    while text and length(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def wrapped(text: str, size: float, room: float) -> list[str]:
    """A text in lines of at most that many points."""
    lines, line = [], ""
    for char in text.replace("\n", " "):
        if length(line + char, size) > room:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]
