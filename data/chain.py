"""The keyed digests: of a line of the journal, chained to the line before it, and of a pass as its acts left it."""

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
    return hmac.new(key, json.dumps(line, ensure_ascii=False).encode(), hashlib.sha256).hexdigest()


# What of a pass its own digest covers: the contents, and how far it has come.
PASS_FIELDS = (
    "number", "unit_id", "carrier", "nature", "reason", "destination", "mover", "mover_id_masked", "mover_id_index",
    "mover_phone", "plate", "proof", "ticks", "moving_at", "valid_from", "valid_until", "state", "trips", "fees_by",
    "sealed_by", "sealed_at",
)  # fmt: skip


def pass_digest(key: bytes, values: Sequence[Any], goods: Iterable[Sequence[Any]]) -> str:
    """The keyed digest of a pass as it stands.

    Args:
        values: those of PASS_FIELDS, instants in microseconds or None.
        goods: (line, name, quantity, unit, out) by line.
    """
    line = json.dumps([list(values), [list(item) for item in goods]], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, b"pass" + line.encode(), hashlib.sha256).hexdigest()
