"""A row that an act relies on is one that an act has written: whoever loads it for writing compares its digest."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import QueryContext
from sqlmodel import Session

from data.chain import row_digest, same
from data.kept import Digested, micros
from data.store.digests import OWN_PROOF, Digests, changed_outside
from data.store.engine import DIGESTS

# Where a session keeps the key of rows, if what it loads is compared.
RELIED = "relied"


def check(row: Digested, key: bytes) -> None:
    """Refuse a row that no act has written.

    Raises:
        StoreDamaged: its digest is not the one of what stands in it.
    """
    table, names = _columns(type(row))
    values = [_plain(row.__dict__[name]) for name in names]
    if not same(row_digest(key, table, values)[0], row.digest):
        raise changed_outside(f"{table} {values[0]}")


def rely(session: Session, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """In an act, refuse rows that were read without their model and that no act has written.

    Args:
        rows: each with its digest, then its key, then its other columns by name.

    Raises:
        StoreDamaged: the digest of one is not that of what stands in it.
    """
    key = session.info.get(RELIED)
    if key is None:
        return
    for digest, *values in rows:
        if not same(row_digest(key, table, [_plain(one) for one in values])[0], digest):
            raise changed_outside(f"{table} {values[0]}")


def rely_on_all(session: Session, *models: type[Digested]) -> None:
    """In an act, refuse tables that do not come to what acts have written: a row that is gone is relied on, too.

    Asked anew only when somebody else has written since.

    Raises:
        StoreDamaged: rows of one were taken away or put back.
    """
    if session.info.get(RELIED) is None:
        return
    connection = session.connection()
    raw: Any = connection.connection.driver_connection
    digests: Digests | None = connection.info.get(DIGESTS)
    if digests is None:
        return
    version = raw.execute("PRAGMA data_version").fetchone()[0]
    for model in models:
        table, columns = _columns(model)
        if digests.proven.get(table) == version:
            continue
        session.flush()
        if where := digests.changed(raw, table, columns):
            raise changed_outside(where)
        digests.proven[table] = version


@cache
def _columns(model: type[Digested]) -> tuple[str, list[str]]:
    table: Any = inspect(model, raiseerr=True).local_table
    key = [column.name for column in table.primary_key.columns]
    return table.name, key + sorted(set(table.columns.keys()) - {*key, "digest"})


def _plain(value: Any) -> Any:
    """A value as SQLite keeps it."""
    if isinstance(value, datetime):
        return micros(value)
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


@event.listens_for(Digested, "load", propagate=True)
def _relied(row: Digested, context: QueryContext) -> None:
    key = context.session.info.get(RELIED)
    if key is not None and row.__tablename__ not in OWN_PROOF:
        check(row, key)
