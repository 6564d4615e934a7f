"""The goods of a pass: what they are, which need none, and how their count stands on paper (REL-7, REL-19)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from data.words import language
from desk.ground.reference import Tables

# A bare number beyond this is as often a model or a size: 打印机 1020, 电视 55.
MOST_BARE = 99
_MOST_SIZED = 9
_SIZED = re.compile("电视|显示|屏|tv$|monitor|television", re.I)


def most_bare(name: str) -> int:
    """How many of a thing a number without a unit may mean; beyond it the number needs its sign: 电视 ×55."""
    return _MOST_SIZED if _SIZED.search(name) else MOST_BARE


@dataclass(frozen=True)
class Item:
    """One line of goods."""

    name: str
    quantity: int
    unit: str = ""

    def __str__(self) -> str:
        if not self.unit and self.quantity > most_bare(self.name):
            return f"{self.name} ×{self.quantity}"
        return f"{self.name} {self.quantity} {self.unit}".rstrip()


@cache
def _book() -> Tables:
    return tomllib.loads((files("data.reference") / "goods.toml").read_text(encoding="utf-8"))


def needs_no_pass(name: str, own: str = "") -> bool:
    """Whether goods of this name are carried by hand and need no pass (REL-19).

    Args:
        own: further names of the site's own, with blanks between.
    """
    return name.lower() in _book()["small"] or name.lower() in own.lower().split()


def models() -> tuple[str, ...]:
    """Brands and models after which a number is part of the name, such as iPhone 15."""
    return tuple(_book()["models"])


def large() -> tuple[str, ...]:
    """Large goods by their usual names."""
    return tuple(_book()["large"])


def compounds() -> tuple[str, ...]:
    """Words that begin with a unit: `2台灯` are two lamps, not the light of two."""
    return tuple(_book()["compounds"])


def loads() -> list[tuple[str, str]]:
    """Common loads to fill a form with: (name in the reader's language, lines of goods)."""
    return [(load[language()], "\n".join(load["items"])) for load in _book()["load"]]


CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def in_capitals(count: int) -> str:
    """A quantity from 0 to 9999 in Chinese capital numerals, as it stands on paper (OUT-16)."""
    if count == 0:
        return CAPITALS[0]
    said, gap = "", False
    for place, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = count // place % 10
        if digit:
            said += (CAPITALS[0] if gap and said else "") + CAPITALS[digit] + unit
        gap = not digit
    return said
