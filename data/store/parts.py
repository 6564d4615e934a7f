"""What a store of this version is made of."""

from pathlib import Path

from sqlmodel import SQLModel

from data import cases, clocks, directory, journal, operators, passes  # noqa: F401
from data.store.guards import every_trigger
from data.store.soundness import ask_file

_NAMES = """
SELECT name FROM sqlite_master UNION ALL
SELECT m.name || '.' || p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'
"""


def missing_parts(path: Path) -> list[str]:
    """Names of tables, columns, indexes and triggers that a store of this version has and this file lacks."""
    found = ask_file(path, _NAMES)
    names = {row[0] for row in found} if isinstance(found, list) else set()
    wanted = set(SQLModel.metadata.tables)
    for table in SQLModel.metadata.tables.values():
        wanted |= {f"{table.name}.{column.name}" for column in table.columns}
    wanted |= {str(index.name) for table in SQLModel.metadata.tables.values() for index in table.indexes}
    wanted |= {statement.split()[2] for statement in every_trigger()}
    return sorted(wanted - names)
