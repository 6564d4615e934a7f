"""The one way text from people reaches the screen: cleaned, never markup, measured in cells."""

from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from data.cleaning import clean


def plain(text: str) -> Content:
    """Text as content that is never read as markup; line breaks stay."""
    return Content("\n".join(one_line(line) for line in text.split("\n")))


def one_line(text: str) -> str:
    """Text without control codes or line breaks."""
    return clean(text.replace("\n", " "))


@lru_cache(maxsize=8192)
def fit(text: str, width: int, *, right: bool = False) -> str:
    """Text cut or filled to exactly that many cells, with … where it was cut."""
    text = one_line(text)
    length = cell_len(text)
    if length > width:
        return set_cell_size(set_cell_size(text, max(0, width - 1)).rstrip() + "…", width)
    return " " * (width - length) + text if right else text + " " * (width - length)
