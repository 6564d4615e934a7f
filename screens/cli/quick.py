"""The commonest questions, answered before anything heavy is loaded.

Plain words only, such as `desk find 单` and `desk queue`. Whatever else is asked, and every store that is not as it
should be, is left to the whole command line, which says the same of the same store.
"""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data.store.asking import Asked, Unanswered
from data.store.glance import default_path
from data.words import _

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_QUEUE = """
SELECT due_at, paused_at, late_paused, name_en, name_zh, record, subject FROM clock
WHERE ended_at IS NULL ORDER BY due_at, id
"""


def find(store: Asked, fragment: str) -> str:
    """Who or what a fragment means, a line each."""
    from desk import search
    from desk.ground.relations import relation_name

    rows = search.find(store, fragment)
    lines = [f"{row.unit}\t{row.name}\t{relation_name(row.relation)}\t{row.phone}" for row in rows]
    return "\n".join(lines) or _("Nobody was found.")


@dataclass(frozen=True)
class _Running:
    """A running promise, as much of it as the queue says."""

    due_at: datetime
    paused_at: datetime | None
    late_paused: int
    name_en: str
    name_zh: str
    record: str
    subject: str
    ended_at: datetime | None = None


def queue(store: Asked) -> str:
    """Every running promise, by due time, a line each."""
    from desk.ground import left

    now = datetime.now(UTC)
    lines = []
    for due, paused, *rest in store.ask("clocks.read", _QUEUE):
        one = _Running(_instant(due), _instant(paused) if paused is not None else None, *rest)
        lines.append(f"{left.countdown(one, now):>12}  {one.record}  {left.clock_name(one)}  {one.subject}")
    return "\n".join(lines) or _("No promise is running.")


def _instant(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


# Word to how many plain words follow it, and who answers.
ANSWERS: dict[str, tuple[int, Callable[..., str]]] = {"find": (1, find), "queue": (0, queue)}


def answered(arguments: Sequence[str]) -> bool:
    """Answer a plain question; whether it was one.

    Args:
        arguments: the words behind `desk`.
    """
    count, answer = ANSWERS.get(arguments[0], (-1, find))
    words = arguments[1:]
    if len(words) != count or any(not word.strip() or word.startswith("-") for word in words):
        return False
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        with Asked(default_path()) as store:
            said = answer(store, *words)
    except Unanswered:
        return False
    try:
        sys.stdout.write(said + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True
