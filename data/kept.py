"""Column types that every table shares."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from data.cleaning import clean

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(instant: datetime) -> int:
    """An aware instant as whole microseconds since 1970 UTC; refuses a naive one."""
    if instant.tzinfo is None:
        raise ValueError("naive datetime")
    return (instant - EPOCH) // timedelta(microseconds=1)


def from_micros(value: int) -> datetime:
    """The UTC instant of a count of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=value)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as microseconds since 1970 UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else micros(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else from_micros(int(value))


class Text(TypeDecorator[str]):
    """Text from people, cleaned on its way into the store."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class Digested(SQLModel):
    """A row that the store keeps with a keyed digest of all its columns; nobody but the store writes it."""

    digest: str = ""


def text(default: str | None = "", **options: Any) -> Any:
    """A cleaned text column; default None makes it required."""
    if default is None:
        return Field(sa_type=Text, **options)
    return Field(default=default, sa_type=Text, **options)


def instant(**options: Any) -> Any:
    """A required instant column."""
    return Field(sa_type=Instant, **options)


def maybe_instant(**options: Any) -> Any:
    """An instant column that may be empty."""
    return Field(default=None, sa_type=Instant, nullable=True, **options)
