"""How one line of the journal is chained to the line before it, where it is written and where it is checked."""

import hashlib
import hmac
import json


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
