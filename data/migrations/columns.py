"""What migrations need again and again: columns that a table did not have, and those of a new one."""

import sqlalchemy as sa
from alembic import op

import data.kept
from data.store.guards import paper_trigger_statements


def add_texts(table: str, *names: str, default: str = "") -> None:
    """Add columns of text, with what stands in the rows that are there."""
    for name in names:
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=default))


def add_instants(table: str, *names: str) -> None:
    """Add columns of instants, empty in the rows that are there."""
    for name in names:
        op.add_column(table, sa.Column(name, data.kept.Instant(), nullable=True))


def add_flags(table: str, *names: str) -> None:
    """Add columns of yes or no; the rows that are there say no."""
    for name in names:
        op.add_column(table, sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))


def add_dates(table: str, *names: str) -> None:
    """Add columns of days, unknown in the rows that are there."""
    for name in names:
        op.add_column(table, sa.Column(name, sa.Date(), nullable=True))


def add_count(table: str, name: str) -> None:
    """Add a column that counts, from nothing on."""
    op.add_column(table, sa.Column(name, sa.Integer(), nullable=False, server_default="0"))


def keep_papers(*tables: str) -> None:
    """Keep the rows and numbers of new tables of numbered papers, whoever opens the file."""
    for statement in paper_trigger_statements(*tables):
        op.execute(statement)


def strings(*names: str) -> list[sa.Column[str]]:
    """Columns of plain text for a new table."""
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def texts(*names: str) -> list[sa.Column[str]]:
    """Columns of text that people write, for a new table."""
    return [sa.Column(name, data.kept.Text(), nullable=False) for name in names]


def instants(*names: str, nullable: bool = True) -> list[sa.Column[object]]:
    """Columns of instants for a new table."""
    return [sa.Column(name, data.kept.Instant(), nullable=nullable) for name in names]


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """A column of whole numbers for a new table."""
    return sa.Column(name, sa.Integer(), nullable=nullable)
