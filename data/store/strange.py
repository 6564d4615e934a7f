"""Code in a store that is none of this program's: whatever it does by itself would count as what an act did."""

from collections.abc import Callable, Sequence
from typing import Any

from data.store.guards import every_trigger

_CODE = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"


def strange_parts(ask: Callable[[str], Sequence[Any]]) -> list[str]:
    """Names of triggers and views that are none of this program's, or are not as it makes them.

    Args:
        ask: puts a question to the store and gives back its rows.
    """
    ours = {statement.split()[2]: _plain(statement) for statement in every_trigger()}
    return sorted(str(name) for name, sql in ask(_CODE) if ours.get(name) != _plain(str(sql)))


def _plain(sql: str) -> str:
    return " ".join(sql.split())
