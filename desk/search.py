"""Finding people by any fragment: a prefix range over a table of suffixes, read in one question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.cleaning import clean
from data.store.store import Store
from desk import pinyin, rooms

LIMIT = 16
SCAN = 96
TOP = "\U0010ffff"
_FIND = """
SELECT hit.unit_id, hit.person_id, u.label, p.name, p.vip, o.relation,
       (SELECT number FROM phone WHERE person_id = hit.person_id ORDER BY id LIMIT 1)
FROM (SELECT unit_id, person_id, min(place) AS place FROM
       (SELECT unit_id, person_id, length(term) AS place FROM search_term
        WHERE term >= :low AND term < :high ORDER BY term LIMIT :scan) AS near
      GROUP BY unit_id, person_id) AS hit
JOIN unit u ON u.id = hit.unit_id
LEFT JOIN person p ON p.id = hit.person_id
LEFT JOIN occupancy o ON o.unit_id = hit.unit_id AND o.person_id = hit.person_id AND o.until IS NULL
ORDER BY hit.place, u.label, hit.person_id LIMIT :limit
"""


@dataclass(frozen=True)
class Found:
    """One line of a search: somebody in a unit, or an empty unit."""

    unit_id: int
    person_id: int | None
    unit: str
    name: str
    vip: bool
    relation: str
    phone: str


def normal(text: str) -> str:
    """A fragment as it is looked up."""
    text = clean(text).lower().replace(" ", "").replace("'", "")
    if re.search(r"\d", text) and not re.search(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]", text
    ):
        return rooms.normal(text)
    return text.replace("·", "")


def find(store: Store, fragment: str, limit: int = LIMIT) -> list[Found]:
    """Who or what a fragment means, the closest first; nothing for an empty fragment."""
    low = normal(fragment)[:40]
    if not low:
        return []
    rows = store.ask(_FIND, low=low, high=low + TOP, scan=SCAN, limit=limit)
    return [Found(row[0], row[1], row[2], row[3] or "", bool(row[4]), row[5] or "", row[6] or "") for row in rows]


def person_terms(name: str, phones: Sequence[str], plates: Sequence[str]) -> set[str]:
    """What a person is found by: name, pinyin, phone tails, plates."""
    found = pinyin.terms(name)
    for phone in phones:
        digits = re.sub(r"\D", "", phone)
        found |= {digits[i:] for i in range(max(1, len(digits) - 3))} if digits else set()
    for plate in plates:
        found |= plate_terms(plate)
    return {term[:40] for term in found if term}


def plate_terms(plate: str) -> set[str]:
    """What a plate is found by: any tail of at least three characters."""
    plain = plate.lower().replace("·", "").replace(" ", "")
    return {plain[i:] for i in range(max(1, len(plain) - 2))} if plain else set()


def term_rows(
    unit_id: int, label: str, people: Sequence[tuple[int | None, str, Sequence[str], Sequence[str]]]
) -> list[dict[str, object]]:
    """The rows by which a unit and its people (id, name, phones, plates) are found."""
    by_room = rooms.terms(label)
    rows: list[dict[str, object]] = []
    for person_id, name, phones, plates in people:
        found = by_room | person_terms(name, phones, plates)
        rows += [{"term": term, "unit_id": unit_id, "person_id": person_id} for term in sorted(found)]
    if not people:
        rows += [{"term": term, "unit_id": unit_id, "person_id": None} for term in sorted(by_room)]
    return rows
