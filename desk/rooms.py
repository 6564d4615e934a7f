"""A room in any spelling: 3-2-1502, 3栋2单元1502室, 1502."""

import re

_SEPARATORS = re.compile(r"(号楼|栋|幢|座|楼|单元|门|#|/|、|—|－|_)")
_ENDINGS = re.compile(r"(室|号|房)$")


def normal(text: str) -> str:
    """A room's spelling reduced to building-entrance-room."""
    text = _ENDINGS.sub("", text.strip().lower().replace(" ", ""))
    text = _SEPARATORS.sub("-", text)
    return re.sub(r"-+", "-", text).strip("-")


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
