"""The fixed contents of a signed pass: a keyed digest that tells when anybody changed them behind the desk's back."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from typing import Any

FIELDS = (
    "number", "unit_id", "carrier", "nature", "reason", "destination", "mover", "mover_id_masked", "mover_phone",
    "plate", "moving_at", "valid_from",
)  # fmt: skip


def digest(key: bytes, values: Sequence[Any], goods: Iterable[tuple[int, str, int, str]]) -> str:
    """The digest over the values of FIELDS (instants in microseconds) and the goods (line, name, quantity, unit)."""
    line = json.dumps([list(values), [list(item) for item in goods]], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, b"pass" + line.encode(), hashlib.sha256).hexdigest()
