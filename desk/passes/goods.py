"""The goods of a pass: read from lines as people type them, and told apart from what needs no pass (REL-7, REL-19)."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from data.cleaning import clean
from data.words import N_, language
from desk.refusals import Invalid

MOST_ITEMS = 60
LONGEST_NAME = 60
UNITS = "个件张台套把只箱袋包架部辆条块双盆幅组对副捆桶瓶盒扇根卷床座尊盏"
_NUMBER = r"[0-9]+|[一二两三四五六七八九十]{1,3}|[壹贰叁肆伍陆柒捌玖拾]{1,3}"
_UNIT = f"[{UNITS}]|pcs?|sets?|boxes|box|pieces?"
_AFTER = re.compile(rf"(.+?)(?: +[x×*]? *|[×*] *|(?<=[\u4e00-\u9fff]))({_NUMBER}) *({_UNIT})?", re.I)
_BEFORE = re.compile(rf"([0-9]+|[一二两三四五六七八九十]{{1,3}}) *([{UNITS}]|[x×*]|(?= )) *([^\d\s].*)", re.I)
# A number that stands apart, or with a sign or a point, and was not understood: better asked than guessed.
_UNCLEAR = re.compile(r".*\s[-+]?\d+(?:[.,]\d+)?")
_TWO_COUNTS = re.compile(rf"[0-9]+ *(?:[{UNITS}]|\s|$)|[×*]|[一二两三四五六七八九十]+[{UNITS}](?!套)")
_ONES = {char: place % 9 + 1 for place, char in enumerate("一二三四五六七八九壹贰叁肆伍陆柒捌玖")} | {"两": 2}
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
    for number, raw in enumerate(re.split(r"[\n;；，,、]", unicodedata.normalize("NFKC", text).replace("，", ",")), 1):
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
    if (match := _AFTER.fullmatch(line)) and not (match[2][0] in _ONES | {"十": 10} and not match[3]):
        name, count, unit = match[1], _count(match[2]), match[3] or ""
    elif (match := _BEFORE.fullmatch(line)) and match[3] not in UNITS:
        name, count, unit = match[3], _count(match[1]), match[2].strip("xX×* ")
    else:
        name, count, unit = line, 1, ""
        if _UNCLEAR.fullmatch(line):
            count = 0
    name = clean(name)
    if not 1 <= count <= MOST_OF_ONE or not name or len(name) > LONGEST_NAME or not _is_name(name, line):
        raise Invalid(
            N_("Line {line} of the goods: a name and a quantity from 1 up, such as 沙发 2."), field="items", line=number
        )
    return Item(name, count, unit)


def _is_name(name: str, line: str) -> bool:
    """Whether what is left beside the count is a name: not a number, and with no second count inside."""
    return bool(re.search(r"[^\W\d_]", name)) and (name == line or not _TWO_COUNTS.search(name))


def _count(text: str) -> int:
    """A count in figures, or in Chinese numerals up to ninety-nine; 0 for what is none."""
    if text.isascii():
        return int(text) if len(text) < 7 else 0
    tens, ten, ones = text.replace("拾", "十").partition("十")
    if any(char not in _ONES for char in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return 0
    return (_ONES.get(tens, 1) * 10 if ten else 0) + _ONES.get(ones or (tens if not ten else ""), 0)


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
