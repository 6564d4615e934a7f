"""The commonest questions, answered before anything heavy is loaded.

Plain words only, such as `desk queue`, of somebody who signed in for them. Whatever else is asked, by whom, and every
store that is not as it should be, is left to the whole command line, which says the same of the same store.
"""

import io
import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from data.store.asking import Asked, Unanswered
from data.store.glance import default_path
from data.store.login import signed_in
from data.words import _
from desk.systems import may

# What a site has that has set no other.
ZONE = "Asia/Shanghai"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_QUEUE = """
SELECT due_at, paused_at, late_paused, name_en, name_zh, record, subject FROM clock
WHERE ended_at IS NULL ORDER BY due_at, id
"""


class _Running(NamedTuple):
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
    from zoneinfo import ZoneInfo

    from desk.ground import left
    from desk.ground.wallclock import wall_clock

    now, zone = wall_clock(), ZoneInfo(_zone(store))
    lines = []
    for due, paused, *rest in store.ask("clocks.read", _QUEUE):
        one = _Running(_instant(due), _instant(paused) if paused is not None else None, *rest)
        lines.append(f"{left.countdown(one, now, zone):>12}  {one.record}  {left.clock_name(one)}  {one.subject}")
    return "\n".join(lines) or _("No promise is running.")


def _zone(store: Asked) -> str:
    """The site's zone."""
    rows = store.ask("clocks.read", "SELECT value FROM setting WHERE key = 'site.zone'")
    return rows[0][0] if rows else ZONE


def help_() -> str:
    """Every word of the command line with what it does, as wide as the terminal."""
    lines = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    first = max(len(word) for word, _text in pairs) + 4
    room = max(20, shutil.get_terminal_size().columns - first - 1)
    said = [_("desk opens the screens; desk WORD does one thing and ends; desk WORD --help says more."), ""]
    for word, text in pairs:
        head, *rest = _wrapped(_(text), room)
        said.append(f"  {word:<{first - 2}}{head}")
        said += [" " * first + line for line in rest]
    said += [
        "",
        _("--store FILE, before the word, or DESK_STORE names the store. --version says which version this is."),
    ]
    return "\n".join(said)


def _wrapped(text: str, room: int) -> list[str]:
    """Text in lines of so many cells, broken at blanks and between wide characters."""
    from screens.early_keys import cells

    lines, line = [], ""
    for piece in re.findall(r"[!-~]+ ?|.", text):
        if line and cells(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _version() -> str:
    """This version, and the make-up of the store beside the one it knows."""
    from screens.cli.version import version_said

    return version_said()


def _instant(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


# Word to how many plain words follow it, and who answers.
ANSWERS: dict[str, tuple[int, Callable[..., str]]] = {"queue": (0, queue)}
# What one has to be allowed for it.
RIGHT = "clocks.read"
# What is said of the program itself, whatever the store.
ABOUT: dict[str, Callable[[], str]] = {"--help": help_, "-h": help_, "--version": _version, "-V": _version}


def answered(arguments: Sequence[str]) -> bool:
    """Answer a plain question; whether it was one.

    Args:
        arguments: the words behind `desk`.
    """
    if len(arguments) == 1 and arguments[0] in ABOUT:
        _print(ABOUT[arguments[0]]())
        return True
    count, answer = ANSWERS.get(arguments[0], (-1, queue))
    words = arguments[1:]
    if len(words) != count or any(not word.strip() or word.startswith("-") for word in words):
        return False
    try:
        with Asked(default_path()) as store:
            if not may(signed_in(default_path())[1], RIGHT):
                return False
            said = answer(store, *words)
    except (Unanswered, ValueError, TypeError, OverflowError):
        # What does not read as it should is the whole command line's to tell.
        return False
    _print(said)
    return True


def _print(said: str) -> None:
    if sys.stdout is None:
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        sys.stdout.write(said + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
