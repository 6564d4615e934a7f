"""The sign-in card painted by hand before the toolkit is loaded: one sees where one is while the rest arrives.

Nothing here imports Textual. `SignIn` shows the same words in the same cells a moment later; keys typed until then
wait in the terminal and arrive in the code's box.
"""

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.store.glance import Glance, glance
from data.words import _
from screens.fault_log import ended_before

WIDTH, SIDE = 64, 3
ENTER, LEAVE = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H", "\x1b[?25h\x1b[?1049l"
COLOURS = "\x1b[48;2;21;25;31m\x1b[38;2;213;217;222m"
painted = ""
# What was typed before the terminal was told to be quiet; the reader of keys takes it first.
typed = b""


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
            if line and _cells(line + word.rstrip()) > room:
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
        if char == " " or _cells(char) == 2:
            yield word
            word = ""
    if word:
        yield word


def _cells(text: str) -> int:
    wide = {"W": 2, "F": 2}
    return sum(0 if unicodedata.combining(c) else wide.get(unicodedata.east_asian_width(c), 1) for c in text)


def card(path: Path, columns: int, rows: int) -> str:
    """The card as escape codes for a terminal of that size."""
    seen = glance(path)
    inside = ["", title(seen), "", "  " + _("your code"), "", "  " + _("your secret"), "", ""]
    inside += [*wrapped(words_below(path, seen), columns), ""]
    width = min(WIDTH, columns * 96 // 100)
    top, left = (rows - len(inside) - 2) // 2, (columns - width) // 2
    bar = "─" * (width - 2)
    lines = [f"╭{bar}╮"]
    for text in inside:
        shown = "".join(char if char.isprintable() else "\ufffd" for char in text)
        lines.append(f"│  {shown}{' ' * max(0, width - 2 * SIDE + 2 - _cells(shown))}│")
    lines.append(f"╰{bar}╯")
    return "".join(f"\x1b[{max(0, top) + y + 1};{left + 1}H{line}" for y, line in enumerate(lines))


@contextmanager
def first_frame(path: Path) -> Iterator[None]:
    """Show the card while the program loads; whatever happens, the terminal is as it was afterwards."""
    global painted, typed
    try:
        import termios

        before = termios.tcgetattr(sys.__stdin__.fileno())  # type: ignore[union-attr]
        size = os.get_terminal_size(sys.__stderr__.fileno())  # type: ignore[union-attr]
    except (ImportError, AttributeError, OSError, ValueError, termios.error):
        yield
        return
    colour = os.environ.get("COLORTERM") in ("truecolor", "24bit") and not os.environ.get("NO_COLOR")
    painted = ENTER.replace("\x1b[2J", COLOURS + "\x1b[2J" if colour else "\x1b[2J") + card(path, *size)
    quiet = termios.tcgetattr(sys.__stdin__.fileno())  # type: ignore[union-attr]
    quiet[0] &= ~(termios.ICRNL | termios.IXON)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    try:
        termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, quiet)  # type: ignore[union-attr]
        early = _typed_early(sys.__stdin__.fileno())  # type: ignore[union-attr]
        typed = early.replace(b"\n", b"\r")
        _write(_unechoed(early, size[0]) + painted)
        yield
    except BaseException:
        with suppress(OSError):
            _write(LEAVE)
        raise
    finally:
        # A terminal that was closed meanwhile takes nothing back.
        with suppress(OSError, termios.error):
            termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, before)  # type: ignore[union-attr]


def _typed_early(handle: int) -> bytes:
    """What was typed before the terminal was quiet; until then it made line feeds of Enter and echoed everything."""
    import fcntl
    import struct
    import termios

    waiting = struct.unpack("i", fcntl.ioctl(handle, termios.FIONREAD, b"\0" * 4))[0]
    return os.read(handle, waiting) if waiting else b""


def _unechoed(early: bytes, columns: int) -> str:
    """The escape codes that take an echo away again: a secret may be part of it."""
    if not early:
        return ""
    lines = early.decode("utf-8", "replace").split("\n")
    rows = len(lines) - 1 + sum(_cells(line) // max(1, columns) for line in lines)
    return (f"\x1b[{rows}A" if rows else "") + "\r\x1b[J"


def _write(text: str) -> None:
    print(text, end="", file=sys.__stderr__, flush=True)
