"""The keyed digests: of a journal's line, chained to the line before, of a row, of all rows, of a pass as it stands."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from typing import Any


def entry_digest(
    key: bytes,
    previous: str,
    number: int,
    at: int,
    operator: str,
    workstation: str,
    system: str,
    record: str,
    verb: str,
    facts: str,
) -> str:
    """The keyed digest of an entry.

    Args:
        previous: digest of the entry before, "" for the first.
        at: microseconds since 1970 UTC.
        facts: the JSON text as it is kept.
    """
    line = [previous, number, at, operator, workstation, system, record, verb, facts]
    return hmac.new(key, json.dumps(line, ensure_ascii=False, default=repr).encode(), hashlib.sha256).hexdigest()


# What of a pass its own digest covers: the contents, and how far it has come.
PASS_FIELDS = (
    "number", "unit_id", "carrier", "nature", "reason", "destination", "mover", "mover_id_masked", "mover_id_index",
    "mover_phone", "plate", "proof", "ticks", "moving_at", "valid_from", "valid_until", "state", "trips", "fees_by",
    "sealed_by", "sealed_at",
)  # fmt: skip


# What it covered in 0.2.0, where nothing of how far a pass had come was in it.
FIRST_PASS_FIELDS = (
    "number", "unit_id", "carrier", "nature", "reason", "destination", "mover", "mover_id_masked", "mover_phone",
    "plate", "moving_at", "valid_from",
)  # fmt: skip


def pass_digest(key: bytes, values: Sequence[Any], goods: Iterable[Sequence[Any]]) -> str:
    """The keyed digest of a pass as it stands.

    Args:
        values: those of PASS_FIELDS, instants in microseconds or None.
        goods: (line, name, quantity, unit, out) by line; of a first one without what is out.
    """
    line = json.dumps(
        [list(values), [list(item) for item in goods]], ensure_ascii=False, separators=(",", ":"), default=repr
    )
    return hmac.new(key, b"pass" + line.encode(), hashlib.sha256).hexdigest()


def same(one: object, other: object) -> bool:
    """Whether two digests are one, whatever stands there in the place of one."""
    return hmac.compare_digest(*(str(text).encode("utf-8", "surrogatepass") for text in (one, other)))


def _tagged(value: bytes) -> list[str]:
    """Bytes as something that no text is taken for."""
    return ["bytes", value.hex()]


# Names how the digest of a row is made: another way gets another letter, and is never taken for forgery.
SCHEME = "a"
_SHOWN = 15
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_tagged).encode


def row_digest(key: bytes, table: str, values: Sequence[Any]) -> tuple[str, int]:
    """The digest that stands in a row, and the weight with which the row counts in its table's sum.

    Both come from one keyed hash; the weight is nowhere in the store, so that no set of rows can be found that
    weighs what another one does.

    Args:
        values: of all columns but the digest, in the order of their names, as SQLite keeps them.
    """
    said = hmac.digest(key, _encode([table, *values]).encode("utf-8", "surrogatepass"), "sha256")
    return SCHEME + base64.b64encode(said[:_SHOWN]).decode(), int.from_bytes(said[_SHOWN:])


def head_digest(key: bytes, number: int, digest: str) -> str:
    """The keyed digest of the copied head: entry and digest as they stand in the journal."""
    return hmac.new(key, f"head {number} {digest}".encode(), hashlib.sha256).hexdigest()


def whole_digest(key: bytes, entry: int, sums: str) -> str:
    """The keyed digest of what all rows come to.

    Args:
        entry: the journal's newest entry at that time.
        sums: the JSON text as it is kept.
    """
    return hmac.new(key, f"whole {entry} {sums}".encode(), hashlib.sha256).hexdigest()
