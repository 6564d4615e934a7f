"""The sign-in card painted by hand before the toolkit is loaded: one sees where one is while the rest arrives.

Nothing here imports Textual. `SignIn` shows the same words in the same cells a moment later; keys typed until then
are seen in the boxes at once (`screens.early_keys`), and typed again into the real ones.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.store.glance import Glance, glance
from data.words import _
from screens import switches
from screens.early_keys import Boxes, EarlyKeys, cells
from screens.fault_log import ended_before

WIDTH, SIDE = 64, 3
# Fewer columns hold no boxes that one could type into before the program is there.
NARROWEST = 30
ENTER, LEAVE = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H", "\x1b[?25h\x1b[?1049l"
COLOURS = "\x1b[48;2;20;24;29m\x1b[38;2;227;231;236m"
painted = ""
# Where the boxes stand in the card, by its lines.
CODE_LINE, SECRET_LINE = 3, 5
CURSOR = "\x1b[7m \x1b[27m"
_early: EarlyKeys | None = None


def typed_early() -> bytes:
    """What was typed until now, for the reader of keys, which reads the terminal from here on."""
    global _early
    early, _early = _early, None
    return early.stop() if early is not None else b""


def title(seen: Glance) -> str:
    """What stands on top of the card."""
    return f"Qiantai 前台   {seen.site}".rstrip()


def words_below(path: Path, seen: Glance) -> str:
    """What stands below the boxes: the keys, a demo store's codes, or what to do where there is no store."""
    if not seen.exists:
        return _("There is no store at {path}: make one with desk init, or desk demo to look around.", path=path)
    keys = _("F12 language   Ctrl+Q quit")
    if ended := ended_before(path):
        keys += "\n" + _("The desk ended by a fault of its own at {time} UTC; what was saved is safe.", time=ended)
    if not seen.demo:
        return keys
    pairs = [pair.partition(":") for pair in seen.demo.split()]
    codes = "  ".join(code for code, _colon, _secret in pairs)
    return _("Demo. Codes: {codes}\nSecret of all: {secret}", codes=codes, secret=pairs[0][2]) + "\n" + keys


def wrapped(text: str, columns: int) -> list[str]:
    """Text in lines that fit into the card on a terminal that many cells wide."""
    room = min(WIDTH, columns * 96 // 100) - 2 * SIDE
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _pieces(paragraph):
            if line and cells(line + word.rstrip()) > room:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        word += char
        if char == " " or cells(char) == 2:
            yield word
            word = ""
    if word:
        yield word


def card(path: Path, columns: int, rows: int) -> str:
    """The card as escape codes for a terminal of that size."""
    seen = glance(path)
    inside = ["", title(seen), "", "  " + _("your code"), "", "  " + _("your secret"), "", ""]
    inside += [*wrapped(words_below(path, seen), columns), ""]
    top, left, width = _corner(len(inside), columns, rows)
    bar = "─" * (width - 2)
    lines = [f"╭{bar}╮"]
    for text in inside:
        shown = "".join(char if char.isprintable() else "\ufffd" for char in text)
        lines.append(f"│  {shown}{' ' * max(0, width - 2 * SIDE + 2 - cells(shown))}│")
    lines.append(f"╰{bar}╯")
    return "".join(f"\x1b[{top + y + 1};{left + 1}H{line}" for y, line in enumerate(lines))


def _corner(lines: int, columns: int, rows: int) -> tuple[int, int, int]:
    """Where the card begins, from 0, for so many lines inside, and how wide it is."""
    width = min(WIDTH, columns * 96 // 100)
    return max(0, (rows - lines - 2) // 2), (columns - width) // 2, width


def in_boxes(boxes: Boxes, lines: int, columns: int, rows: int) -> str:
    """What was typed, as escape codes that put it into the card's boxes.

    Args:
        lines: how many the card has inside its frame.
    """
    top, left, width = _corner(lines, columns, rows)
    room = max(1, width - 2 * SIDE - 3)
    said = ""
    for place, (line, empty) in enumerate(((CODE_LINE, _("your code")), (SECRET_LINE, _("your secret")))):
        text = "".join(char if char.isprintable() else "\ufffd" for char in boxes.shown(place))
        while cells(text) > room:
            text = text[1:]
        cursor = CURSOR if place == boxes.here else ""
        blank = " " * (room + 1 - cells(text) - bool(cursor))
        shown = f"{text}{cursor}{blank}" if text or cursor else f"{empty}{' ' * (room + 1 - cells(empty))}"
        said += f"\x1b[{top + line + 2};{left + SIDE + 3}H{shown}"
    return said


@contextmanager
def first_frame(path: Path) -> Iterator[None]:
    """Show the card while the program loads; whatever happens, the terminal is as it was afterwards."""
    global painted, _early
    try:
        handle = sys.__stdin__.fileno()  # type: ignore[union-attr]
        before, size = switches.kept(handle), os.get_terminal_size(sys.__stderr__.fileno())  # type: ignore[union-attr]
    except (AttributeError, OSError, ValueError):
        before = None
    if before is None:
        yield
        return
    colour = os.environ.get("COLORTERM") in ("truecolor", "24bit") and not os.environ.get("NO_COLOR")
    painted = ENTER.replace("\x1b[2J", COLOURS + "\x1b[2J" if colour else "\x1b[2J") + card(path, *size)
    ended = signal.signal(signal.SIGTERM, _end) if threading.current_thread() is threading.main_thread() else None
    try:
        switches.quiet(handle)
        # Until then the terminal made line feeds of Enter and echoed everything.
        before_quiet = switches.typed(handle)
        _write(_unechoed(before_quiet, size[0]) + painted)
        lines = len(wrapped(words_below(path, glance(path)), size[0])) + 9
        _early = EarlyKeys(handle, lambda boxes: _show(boxes, lines, size), before_quiet.replace(b"\n", b"\r"))
        _early.start()
        yield
    except BaseException:
        with suppress(OSError):
            _write(LEAVE)
        raise
    finally:
        typed_early()
        if ended is not None and signal.getsignal(signal.SIGTERM) is _end:
            signal.signal(signal.SIGTERM, ended)
        switches.restore(handle, before)


def _end(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _show(boxes: Boxes, lines: int, size: os.terminal_size) -> None:
    """Put what was typed into the card, unless the terminal has another size by now or none that holds the boxes."""
    if size[0] >= NARROWEST and os.get_terminal_size(sys.__stderr__.fileno()) == size:  # type: ignore[union-attr]
        _write(in_boxes(boxes, lines, *size))


def _unechoed(early: bytes, columns: int) -> str:
    """The escape codes that take an echo away again: a secret may be part of it."""
    if not early:
        return ""
    lines = early.decode("utf-8", "replace").split("\n")
    rows = len(lines) - 1 + sum(cells(line) // max(1, columns) for line in lines)
    return (f"\x1b[{rows}A" if rows else "") + "\r\x1b[J"


def _write(text: str) -> None:
    print(text, end="", file=sys.__stderr__, flush=True)
