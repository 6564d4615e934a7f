"""The tables of numbered papers: which there are, with which letters their numbers begin, and their models.

The opening of a store, the triggers, the counters and `desk verify` all follow this one list.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

# A row of one of the tables; whoever names the table, or the system, knows what it holds.
Record: TypeAlias = Any
# What one of its columns holds, or a fact of an entry: handed over by name.
Value: TypeAlias = Any
# A condition on rows, as a search asks for it.
Where: TypeAlias = "ColumnElement[bool] | None"
# Series of numbers to (table, letters with which its numbers begin).
NUMBERED = {
    "passes": ("release_pass", "FX"),
    "contacts": ("contact", "LD"),
    "complaints": ("complaint", "TS"),
    "requests": ("request", "XQ"),
    "repairs": ("repair", "BX"),
    "quality": ("quality", "ZL"),
    "emergencies": ("emergency", "YJ"),
    "rounds": ("planned_visit", "HF"),
    "hearings": ("hearing", "ZT"),
    "duty": ("shift", "BC"),
    "handovers": ("handover", "JB"),
    "postbook": ("post_entry", "ZQ"),
    "supplies": ("supply", "HC"),
    "slips": ("slip", "GL"),
    "incidents": ("incident", "SJ"),
}
MODULES = ("cases", "clocks", "directory", "duty", "journal", "operators", "passes", "quality", "reports", "rounds")


@cache
def models() -> dict[str, type[Record]]:
    """Every table of the store by its name, all of them loaded."""
    from sqlmodel import SQLModel

    for name in MODULES:
        import_module(f"data.{name}")
    return {mapper.class_.__tablename__: mapper.class_ for mapper in SQLModel._sa_registry.mappers}


def series(table: type[object]) -> str:
    """The series of a table of numbered papers."""
    return next(name for name, (known, _letters) in NUMBERED.items() if models()[known] is table)


def model(series: str) -> type[Record]:
    """The table of a series of numbered papers."""
    return models()[NUMBERED[series][0]]
