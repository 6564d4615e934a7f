"""Counts that know what they count: every number of a sheet opens the records behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from data.cases import Contact
from data.tables import Record, model
from desk import cases
from desk.ground import numbers
from desk.paper.document import Cell

Find = Callable[[Session], Sequence[str]]


class Count(int):
    """A number of records, and which they are; on paper and in a spreadsheet a number like any other.

    find: from a session to the numbers of the records, for a count that the store made by itself.
    """

    find: Find

    @classmethod
    def of(cls, records: Iterable[str]) -> "Count":
        """The count of some records."""
        known = list(records)
        return cls.asked(len(known), lambda _session: known)

    @classmethod
    def asked(cls, count: int, find: Find) -> "Count":
        """A count whose records are asked for when somebody wants to see them."""
        made = cls(count)
        made.find = find
        return made

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Count":
        return self


def grouped(named: Iterable[tuple[str, str]]) -> list[tuple[Cell, ...]]:
    """Rows of (name, count), the most first.

    Args:
        named: (name, record) of every record.
    """
    groups: dict[str, list[str]] = {}
    for name, record in named:
        groups.setdefault(name, []).append(record)
    return [(name, Count.of(records)) for name, records in most_first(groups)]


def most_first(groups: Mapping[str, list[str]]) -> list[tuple[str, list[str]]]:
    """Groups of records by how many they are; what is alike stays in order."""
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def behind(session: Session, headings: Sequence[str], row: Sequence[Cell]) -> list[tuple[str, list[str]]]:
    """The records behind a row of a sheet, by the heading under which they are counted or named."""
    found: list[tuple[str, list[str]]] = []
    for heading, cell in zip(headings, row, strict=False):
        if isinstance(cell, Count):
            records = list(dict.fromkeys(cell.find(session)))
        else:
            records = [word for word in str(cell).split() if numbers.is_number(word)]
        if records:
            found.append((heading, records))
    return found


def opens(row: Sequence[Cell]) -> bool:
    """Whether there is anything behind a row."""
    return any(
        int(cell) > 0 if isinstance(cell, Count) else any(map(numbers.is_number, str(cell).split())) for cell in row
    )


def about(session: Session, record: str) -> str:
    """A record in a few words: whose it is, and what it is about."""
    system = numbers.system_of(record)
    row: Record = session.get(model(system), record) if system else None
    if isinstance(row, Contact):
        return f"{cases.who_came(session, row)} {row.what}"
    return " ".join(filter(None, (str(getattr(row, name, "") or "") for name in ("subject", "owner", "what", "topic"))))
