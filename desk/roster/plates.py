"""Plates in a cell of a roster."""

import re
from dataclasses import dataclass, field

from desk.roster.cells import is_nothing, wide
from desk.search import PROVINCES

_PLATE = re.compile(rf"([{PROVINCES}军空海使WJ][A-Z])[·•.\s-]?([A-Z0-9]{{4,6}}[学警港澳挂使领]?)(?![A-Z0-9])")
_OTHER = re.compile(r"[A-Z0-9]{6,10}")
_NO_PLATE = re.compile("电动车|电瓶车|摩托车|自行车|三轮车|无牌|未上牌|临牌|没车|无车")


@dataclass
class Plates:
    """The plates of a cell, and what of it is none."""

    plates: list[str] = field(default_factory=list)
    rest: str = ""


def plates_in(cell: str) -> Plates:
    """The plates in a cell: with a dot, a blank or brackets behind them, several in one; a parking space is none."""
    text = wide(cell).upper().strip()
    found = Plates()
    if is_nothing(text) or _NO_PLATE.fullmatch(text):
        return found
    found.plates = [match[1] + match[2] for match in _PLATE.finditer(text)]
    if not found.plates and _OTHER.fullmatch(text.replace(" ", "")):
        found.plates = [text.replace(" ", "")]
    rest = re.sub(r"[\s、,;/]+", " ", _PLATE.sub(" ", text)).strip() if found.plates else text
    found.rest = "" if found.plates and _OTHER.fullmatch(text.replace(" ", "")) else rest
    return found
