"""A room in any spelling: 3-2-1502, 3栋2单元1502室, 1502."""

import re
import unicodedata

_SEPARATORS = re.compile(r"(号楼|栋|幢|座|楼|单元|门|#|/|、|—|－|_)")
_DIGITS = "零一二三四五六七八九"
_COUNTED = re.compile(r"(?<![^-])(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?![^-])")
_ENDINGS = re.compile(r"(室|号|房)$")


def normal(text: str) -> str:
    """A room's spelling reduced to building-entrance-room."""
    text = _ENDINGS.sub("", unicodedata.normalize("NFKC", text).strip().lower().replace(" ", ""))
    text = _SEPARATORS.sub("-", text)
    text = _COUNTED.sub(lambda match: _number(match[0]), text)
    return re.sub(r"-+", "-", text).strip("-")


def _number(text: str) -> str:
    """A Chinese number up to ninety-nine in digits: 二 is 2, 十二 is 12, 二十 is 20."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS.index(char)) for char in text)
    return str((_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0))


def label(building: str, entrance: str, room: str) -> str:
    """The label of a unit, such as 3-2-1502; a unit without entrance is 3-1502."""
    return "-".join(part for part in (normal(building), normal(entrance), normal(room)) if part)


def terms(unit_label: str) -> set[str]:
    """What a unit is found by: every tail of its label, and the label without dashes."""
    parts = unit_label.split("-")
    found = {"-".join(parts[i:]) for i in range(len(parts))} | {"".join(parts)}
    if len(parts) == 3:
        found.add(f"{parts[0]}-{parts[2]}")
    return {term for term in found if term}
