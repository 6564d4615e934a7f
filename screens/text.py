"""The one way text from people reaches the screen: cleaned, never markup, measured in cells."""

import re
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from data.cleaning import clean, masked_phone

# A mobile number, one with its area, or a local one where a word says what it is.
PHONE = re.compile(
    r"(?<![\d-])(?:(?:\+|00)?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}"
    r"|(?<=电话)\d{7,8}|(?<=[电话座机][:： ])\d{7,8})(?![\d-])"
)
_hidden = False


def hide_phones(hide: bool) -> None:
    """Whether every phone number in text from people is masked from now on: for whoever may not see them."""
    global _hidden
    if hide != _hidden:
        _hidden = hide
        fit.cache_clear()


def plain(text: str) -> Content:
    """Text as content that is never read as markup; line breaks stay."""
    return Content("\n".join(one_line(line) for line in text.split("\n")))


def one_line(text: str) -> str:
    """Text without control codes or line breaks, and without phone numbers for whoever may not see them."""
    text = clean(text.replace("\n", " "))
    return PHONE.sub(lambda match: masked_phone(match[1]), text) if _hidden else text


@lru_cache(maxsize=8192)
def fit(text: str, width: int, *, right: bool = False) -> str:
    """Text cut or filled to exactly that many cells, with … where it was cut."""
    text = one_line(text)
    length = cell_len(text)
    if length > width:
        return set_cell_size(set_cell_size(text, max(0, width - 1)).rstrip() + "…", width)
    return " " * (width - length) + text if right else text + " " * (width - length)


def short_number(number: str) -> str:
    """A record's number where there is little room: TS40-2 for TS26-000040-2."""
    head, _dash, rest = number.partition("-")
    count, _dash, check = rest.partition("-")
    return f"{head[:2]}{int(count)}-{check}" if count.isdigit() and check else number
