"""What a store of this version is made of."""

from pathlib import Path

from sqlmodel import SQLModel

from data import cases, clocks, directory, journal, operators, passes  # noqa: F401
from data.store.guards import pass_trigger_statements, trigger_statements
from data.store.soundness import ask_file


def missing_parts(path: Path) -> list[str]:
    """Names of tables, indexes and triggers that a store of this version has and this file lacks."""
    found = ask_file(path, "SELECT name FROM sqlite_master")
    names = {row[0] for row in found} if isinstance(found, list) else set()
    wanted = set(SQLModel.metadata.tables)
    wanted |= {str(index.name) for table in SQLModel.metadata.tables.values() for index in table.indexes}
    wanted |= {statement.split()[2] for statement in trigger_statements() + pass_trigger_statements()}
    return sorted(wanted - names)
