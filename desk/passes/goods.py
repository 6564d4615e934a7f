"""The goods of a pass: read from lines as people type them, and told apart from what needs no pass (REL-7, REL-19)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from data.cleaning import clean
from data.words import N_, language
from desk.refusals import Invalid

MOST_ITEMS = 60
LONGEST_NAME = 60
_AFTER = re.compile(r"(.+?)(?: +[x×*]? *|[×*] *|(?<=[\u4e00-\u9fff]))(\d+) *([^\d\s.,:+-]{0,4})", re.I)
_BEFORE = re.compile(r"(\d+) *([个件张台套把只箱袋包架部辆]|[x×*]|(?= )) *([^\d\s].*)", re.I)
_SPOKEN = re.compile(r"(.+?) *([一二两三四五六七八九十])([个件张台套把只箱袋包架部辆])")
_UNCLEAR = re.compile(r".*(?:\s[-+]\s*\d+|\d[.,]\d+)\s*\S{0,4}")
MOST_OF_ONE = 9999


@dataclass(frozen=True)
class Item:
    """One line of goods."""

    name: str
    quantity: int
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.quantity} {self.unit}".rstrip()


def parse_items(text: str) -> list[Item]:
    """Goods from lines such as `沙发 2`, `沙发2张`, `sofa x2`, `2台电脑`; a line without a number is one piece (REL-7).

    Raises:
        Invalid: at "items", naming the line; nothing listed; too many lines; only goods that need no pass (REL-19).
    """
    items = []
    for number, raw in enumerate(re.split(r"[\n;；]", text), 1):
        line = clean(raw)
        if line:
            items.append(_item(line, number))
    if not items:
        raise Invalid(N_("List the goods, one line each."), field="items", clause="REL-7")
    if len(items) > MOST_ITEMS:
        raise Invalid(N_("A pass holds at most {count} lines of goods."), field="items", count=MOST_ITEMS)
    if all(needs_no_pass(item.name) for item in items):
        raise Invalid(
            N_("These are small goods carried by hand: they need no pass, let them go."), field="items", clause="REL-19"
        )
    return items


def _item(line: str, number: int) -> Item:
    if match := _SPOKEN.fullmatch(line):
        name, count, unit = match[1], "一二三四五六七八九十".index(match[2].replace("两", "二")) + 1, match[3]
    elif match := _AFTER.fullmatch(line):
        name, count, unit = match[1], int(match[2]), match[3]
    elif match := _BEFORE.fullmatch(line):
        name, count, unit = match[3], int(match[1]), match[2].strip("xX×* ")
    else:
        name, count, unit = line, 1, ""
    name = clean(name)
    if _UNCLEAR.fullmatch(line) or not 1 <= count <= MOST_OF_ONE or not name or len(name) > LONGEST_NAME:
        raise Invalid(N_("Line {line} of the goods: a name and a quantity from 1 up."), field="items", line=number)
    return Item(name, count, unit)


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads((files("data.reference") / "goods.toml").read_text(encoding="utf-8"))


def needs_no_pass(name: str) -> bool:
    """Whether goods of this name are carried by hand and need no pass (REL-19)."""
    return name.lower() in _book()["small"]


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
