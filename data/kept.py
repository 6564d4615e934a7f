"""Column types that every table shares."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def micros(instant: datetime) -> int:
    """An aware instant as whole microseconds since 1970 UTC; refuses a naive one."""
    if instant.tzinfo is None:
        raise ValueError("naive datetime")
    return (instant - EPOCH) // timedelta(microseconds=1)


def from_micros(value: int) -> datetime:
    """The UTC instant of a count of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=value)


def clean(text: str) -> str:
    """Text from people without control codes, escape sequences or invisible direction marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


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
