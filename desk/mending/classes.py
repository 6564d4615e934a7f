"""What can be mended of what sort of matter a record is: a complaint's class, an emergency's kind, a request's sort."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data.tables import Record
from data.words import N_, named
from desk import emergencies, requests
from desk.act import Act
from desk.complaints.terms import CATEGORIES
from desk.ground.refusals import Invalid


@dataclass(frozen=True)
class Class:
    """Of a system: the column that says it, what it is called, the names it may have by key, and what follows when it
    is another one.
    """

    column: str
    label: str
    names: Mapping[str, str]
    follows: Callable[[Act, Any], None] = lambda _act, _record: None

    def put(self, record: Record, key: str) -> None:
        """Set what a record is; refuses, at "category", what it cannot be."""
        if key not in self.names:
            raise Invalid(N_("Choose one of {names}."), field="category", names=", ".join(self.names))
        setattr(record, self.column, key)


CLASSES = {
    "complaints": Class("category", N_("Class"), CATEGORIES),
    emergencies.SYSTEM: Class("kind", N_("What it is"), emergencies.KINDS, emergencies.tell_more),
    requests.SYSTEM: Class("sort", N_("Sort"), requests.SORTS, requests.resort),
}


def class_name(column: str, key: str) -> str:
    """What a record of the class that a column says was, in the reader's language."""
    return next((named(one.names, key) for one in CLASSES.values() if one.column == column), key)
