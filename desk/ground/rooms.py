"""A home is its whole path: 3-2-1502, 3栋2单元1502室, 1期-3-2-101, 88弄12号301室, 1-1--101 below ground.

A path has as many levels as the site uses: estate, phase, district, lane, building, entrance, floor, room. The words
栋, 单元 and 室 are left out of it, since every site has them; the words of the other levels stay (1期, 88弄, 12号).
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_SIMPLE = str.maketrans("棟號樓單層門區組團", "栋号楼单层门区组团")
_NUMERAL = "[零〇一二两三四五六七八九十]+"
_DIGITS = {char: str(place) for place, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_COUNTED = re.compile(rf"{_NUMERAL}(?=期|弄|号|栋|幢|座|单元|门|层|楼|室|区|组团|-|$)")
_BUILDING = r"号楼|#楼|栋|幢|座|#"
# A name before phase or building is the estate's: 云杉花园5栋. A place that is no estate keeps its word.
_ESTATE = re.compile(
    rf"(?!负|地下|商铺|车库|车位|[东南西北中上下前后]{{1,2}}区)([\u4e00-\u9fff]{{2,}}?)-?(?=[A-Z]?\d+期|[A-Z0-9]+(?:{_BUILDING}))"
)
_KEPT = re.compile(
    r"(负\d+[层楼]|地下(?:\d*[层楼室])?(?=-|\d|[A-Z])|\d+期|\d+弄|\d+层|[A-Z\d东南西北中上下前后]{1,2}(?:区|组团))(?=.)"
)
# A floor that the room's number says again is left out: 15层1502.
_FLOOR = re.compile(r"(?<!\d)(?<!负)(?<!地下)(\d+)层-?(?=\1\d{2})")
_SEPARATORS = re.compile(rf"({_BUILDING}|单元|门|梯|楼|(?<=\d)号(?=.)|/|、|—|－|–|_|\\|,)")
_ENDINGS = re.compile(r"(室|房|户|(?<!弄\d)(?<!弄\d\d)(?<!弄\d\d\d)号)$")
# A dash before the last number is a sign where another dash stands before it: 1-1--101 lies below ground.
_BETWEEN = re.compile(r"(?<!^)(?<!-)-(?!$)")


class Address(NamedTuple):
    """What an address says: the estate's name where it stands before the building, and the path of the home."""

    estate: str
    path: tuple[str, ...]


def address(text: str) -> Address:
    """The estate and the path that a spelling of a room says, from the outermost level in."""
    text = unicodedata.normalize("NFKC", text).translate(_SIMPLE).strip().upper().replace(" ", "")
    text = _COUNTED.sub(lambda match: _number(match[0]), text)
    estate = ""
    if match := _ESTATE.match(text):
        estate, text = match[1], text[match.end() :]
    text = _KEPT.sub(r"\1|", _FLOOR.sub("", _ENDINGS.sub("", text)))
    in_lane = "弄" in text
    text = _SEPARATORS.sub(lambda match: "号|" if in_lane and match[0] == "号" else "|", text)
    text = re.sub(r"-?\|[-|]*", "-", text)
    if not re.fullmatch(r"-\d+", text):
        text = text.strip("-")
    text = re.sub(r"-{2,}(?!(?:\d-)?\d+$)", "-", re.sub(r"-{3,}", "--", text))
    return Address(estate, tuple(re.sub(r"^负(?=\d{3,}$)", "-", part) for part in _BETWEEN.split(text) if part))


def _number(text: str) -> str:
    """A Chinese number in digits: 二 is 2, 十二 is 12, 二十 is 20, 一五零二 is 1502."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return "".join(_DIGITS[char] for char in text)
    return str((int(_DIGITS[tens]) if tens in _DIGITS else 1) * 10 + (int(_DIGITS[ones]) if ones in _DIGITS else 0))


def normal(text: str) -> str:
    """A room's spelling reduced to its path, without the estate's name: 3-2-1502."""
    return "-".join(address(text).path)


@lru_cache(maxsize=4096)
def level(text: str) -> str:
    """One level of a path as it is kept: 3 for 3栋, 1期 for 一期, -101 for the room below ground."""
    return normal(text)


def label(*levels: str) -> str:
    """The label of a unit, such as 3-2-1502; a level that is not there is left out: 3-1502."""
    return "-".join(part for part in map(level, levels) if part)


def split(unit_label: str) -> list[str]:
    """The levels of a label."""
    return [part for part in _BETWEEN.split(unit_label) if part]


def key(unit_label: str) -> str:
    """What makes two labels one home: 4-1-0401 is 4-1-401, b-12a is B-12A, 88弄-12-301 is 88弄-12号-301."""
    return "-".join(re.sub(r"(?<=\d)号$", "", _plain(part)) for part in split(unit_label.upper()))


def _plain(part: str) -> str:
    return re.sub(r"^(-?)0+(?=\d)", r"\1", part)


def terms(unit_label: str) -> set[str]:
    """What a unit is found by: every tail of its path, also without dashes, words of levels and leading zeros."""
    parts = split(unit_label.lower())
    found: set[str] = set()
    for spelt in (
        parts,
        [_plain(part) for part in parts],
        [re.sub(r"(?<=\d)(期|弄|号|区)$", "", part) for part in parts],
    ):
        found |= {"-".join(spelt[start:]) for start in range(len(spelt))} | {"".join(spelt)}
        if len(spelt) >= 3:
            found.add(f"{spelt[-3]}-{spelt[-1]}")
    return {term for term in found if term}
