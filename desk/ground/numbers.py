"""Numbers on paper: gap-free per series and year, with a check digit (REL-13, REC-2)."""

import re

from sqlalchemy import text as statement
from sqlmodel import Session

from data.tables import NUMBERED

SERIES = {system: letters for system, (_table, letters) in NUMBERED.items()}
SYSTEM_OF = {letters: system for system, letters in SERIES.items()}
NUMBER = re.compile(r"([A-Z]{2})([0-9]{2})-([0-9]{6,})-([0-9])")


def check_digit(digits: str) -> int:
    """The ISO 7064 MOD 11,10 check digit: it finds every wrong digit and nearly every swap."""
    value = 10
    for digit in digits:
        value = (value + int(digit)) % 10 or 10
        value = value * 2 % 11
    return (11 - value) % 10


def make_number(system: str, year: int, count: int) -> str:
    """The number as it stands on paper, such as FX26-000123-4."""
    digits = f"{year % 100:02d}{count:06d}"
    return f"{SERIES[system]}{digits[:2]}-{digits[2:]}-{check_digit(digits)}"


def is_number(text: str) -> bool:
    """Whether a text is a number with the right check digit."""
    match = NUMBER.fullmatch(text)
    return bool(match) and check_digit(match[2] + match[3]) == int(match[4])  # type: ignore[index]


# So many digits at least are the end of a number.
SHORTEST_TAIL = 2


def ends_so(number: str, typed: str) -> bool:
    """Whether a number ends with the digits that were typed; its check digit counts only behind its dash: 31 is record
    31, never the third with check digit 1."""
    digits = re.sub(r"\D", "", typed)
    return len(digits) >= SHORTEST_TAIL and re.sub(r"\D", "", number if "-" in typed else number[:-2]).endswith(digits)


_TAKE = statement(
    "INSERT INTO counter (name, value) VALUES (:series, 1)"
    " ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
)


def next_number(session: Session, system: str, year: int) -> str:
    """Take the next number of a series, inside the act that writes the paper."""
    value = session.connection().execute(_TAKE, {"series": f"{system}:{year}"}).scalar_one()
    return make_number(system, year, value)


def system_of(number: str) -> str:
    """The system of a number on paper, "" for what is none."""
    return SYSTEM_OF.get(number[:2], "") if is_number(number) else ""
