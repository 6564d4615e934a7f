"""Triggers that keep numbered papers and the journal whole, whoever opens the file."""

from data.store.soundness import PAPERS

NUMBERED = tuple(table for table, _letters in PAPERS.values())


def trigger_statements() -> list[str]:
    """The SQL that creates every trigger."""
    statements = [
        _forbid("journal", "DELETE", "the journal is append-only"),
        _forbid("journal", "UPDATE", "the journal is append-only"),
    ]
    for table in NUMBERED:
        statements.append(_forbid(table, "DELETE", "a numbered paper is never deleted"))
        statements.append(_forbid(table, "UPDATE OF number", "a number never changes"))
    return statements


def _forbid(table: str, action: str, why: str) -> str:
    name = f"keep_{table}_{action.split()[0].lower()}"
    return f"CREATE TRIGGER {name} BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, '{why}'); END"
