"""Finding people by any fragment: a prefix range over a table of suffixes, read in one question."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from data.cleaning import clean, masked_phone
from desk.ground import pinyin, rooms

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# Digits with blanks or dashes that no room has: a country's code, a mobile in groups, an area code.
PHONE = re.compile(
    r"(?:\+|00)\d[\d ()-]*|(?:86)?[ -]?1[3-9]\d[ -]?\d{4}[ -]?\d{0,4}|"
    r"\(?0\d{2,3}[)-][ -]?\d[\d -]*|0\d{2,3} \d{5,8}|[48]00[ -]?\d{3}[ -]?\d{4}"
)
PLATE = re.compile(
    rf"[{PROVINCES}][a-z][a-z0-9]{{0,6}}[学警港澳挂使领]?|[a-z]{{1,2}}\d[a-z0-9]{{3,5}}|[a-z]{{2}}\d{{3,5}}[a-z]?"
)
# What looks like a plate without its dashes and is a room: b-1-502.
ROOM = re.compile(r"[a-z]{1,2}\d*(?:-[a-z]?\d+[a-z]?)+")
# Dashes, apostrophes and the ü of input methods as they are typed and pasted.
_TYPED = str.maketrans({"—": "-", "–": "-", "－": "-", "‐": "-", "−": "-", "'": "", "’": "", "‘": "", "ü": "v"})
_COUNTRY = re.compile(r"^\(?\+?86\)?[\s-]*(?=\d{3}[\d-]{7,})")
# The last digits of a number, as a display shows them in two groups: no home lies behind three levels of zeros.
_PARTED_PHONE = re.compile(r"[2-9]\d{2,3}-0\d{3}|[2-9]\d{1,2}-\d{7,8}")
# The road before a lane, which no path has.
_ROAD = re.compile(r"^[\u4e00-\u9fff]{2,}?(?:路|街|道)(?=\d+弄)")
LIMIT = 16
# Terms that are looked at for each line that is wanted: somebody is found by several.
SCAN = 6
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


_PHONES = "SELECT number FROM phone WHERE person_id = :person ORDER BY id"
_TERMS = """
SELECT term FROM search_term WHERE unit_id = :unit AND (person_id = :person OR person_id IS NULL)
AND term >= :low AND term < :high ORDER BY term
"""


class Found(NamedTuple):
    """One line of a search: somebody in a unit, or an empty unit."""

    unit_id: int
    person_id: int | None
    unit: str
    name: str
    vip: bool
    relation: str
    phone: str


def normal(text: str) -> str:
    """A fragment as it is looked up: a phone, a plate, a room, or a name in characters or pinyin."""
    text = unicodedata.normalize("NFKC", clean(text)).lower().translate(_TYPED)
    text = _ROAD.sub("", _COUNTRY.sub("", text))
    phone = re.sub(r"(?<=\d)\.(?=\d)", "-", text)
    if PHONE.fullmatch(phone):
        return plain_phone(phone)
    if _PARTED_PHONE.fullmatch(text):
        return text.replace("-", "")
    close = re.sub(r"[\s·•・。./-]", "", text)
    if PLATE.fullmatch(close) and not ROOM.fullmatch(text):
        return close
    if re.search(r"\d", text):
        return rooms.normal(text).lower()
    return pinyin.plain(text)


def plain_phone(text: str) -> str:
    """The digits of a phone number, without the country's code."""
    return re.sub(r"^(?:\+|00)86|^86(?=1\d{10}$)", "", re.sub(r"[^\d+]", "", text))


class Asks(Protocol):
    """Somebody at the desk who asks the store one prepared question: the desk itself, or a first look at it."""

    def ask(self, verb: str, sql: str, **values: object) -> Sequence[Any]: ...

    def may(self, verb: str) -> bool: ...


def find(desk: Asks, fragment: str, limit: int = LIMIT) -> list[Found]:
    """Who or what a fragment means, the closest first; nothing for an empty fragment.

    Raises:
        NotAllowed: nobody is looked up by whoever is at the desk; phones are masked for whom they are not.
    """
    low = normal(fragment)[:40]
    if not low:
        return []
    rows = desk.ask("directory.find", _FIND, low=low, high=low + TOP, scan=SCAN * limit, limit=limit)
    known = [Found(row[0], row[1], row[2], row[3] or "", bool(row[4]), row[5] or "", row[6] or "") for row in rows]
    if desk.may("directory.phones"):
        return known
    if low.isdecimal():
        known = [one for one in known if _may_be_told(desk, one, low)]
    return [one._replace(phone=masked_phone(one.phone) if one.phone else "") for one in known]


def _may_be_told(desk: Asks, found: Found, digits: str) -> bool:
    """Whether somebody is found by what may be seen of them: who sees phones masked finds nobody by what is hidden."""
    asked = desk.ask("directory.find", _PHONES, person=found.person_id)
    phones = [re.sub(r"\D", "", row[0]) for row in asked]
    if all(digits not in phone or _shown(phone, digits) for phone in phones):
        return True
    terms = desk.ask(
        "directory.find", _TERMS, unit=found.unit_id, person=found.person_id or 0, low=digits, high=digits + TOP
    )
    # A plate or a room that begins so is as good a reason.
    return any(not any(phone.endswith(row[0]) for phone in phones) for row in terms)


def _shown(phone: str, digits: str) -> bool:
    """Whether digits are a whole number, or no more than its end or beginning that a masked one shows."""
    head, _stars, tail = masked_phone(phone).partition("****")
    ends = phone.endswith(digits) and len(digits) <= len(tail)
    return digits == phone or (bool(_stars) and (ends or (phone.startswith(digits) and len(digits) <= len(head))))


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
    plain = re.sub(r"[\s·•.-]", "", plate.lower())
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
