"""Enter at the gate to the painted verdict, beside the echo of a bare Textual Input, both in a pseudo terminal."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
from bench_row import Row

from data.store.opening import open_store
from desk import demo, passes
from desk.act import Desk

ECHO = """
from textual.app import App
from textual.widgets import Input
class Echo(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        box = Input()
        box.cursor_blink = False
        yield box
Echo().run()
"""
ROWS, COLUMNS = 36, 120
BOX = 3


class Terminal:
    """A program on a pseudo terminal of 36 by 120, and what it has painted."""

    def __init__(self, *command: str) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TEXTUAL_ANIMATIONS="none")
            os.execv(command[0], command)
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, quiet: float) -> list[tuple[float, bytes]]:
        """Everything painted until nothing came for `quiet` seconds, with its instants."""
        chunks: list[tuple[float, bytes]] = []
        # The status line ticks every second, so a burst is over after two at the latest.
        end = time.perf_counter() + max(2.0, quiet)
        while time.perf_counter() < end and select.select([self.handle], [], [], quiet)[0]:
            chunk = os.read(self.handle, 1 << 16)
            chunks.append((time.perf_counter(), chunk))
        return chunks

    def send(self, text: str, quiet: float = 0.3) -> list[tuple[float, bytes]]:
        """Type, and read what it causes."""
        os.write(self.handle, text.encode())
        return self.read(quiet)

    def feed(self, chunk: bytes) -> str:
        """The whole screen as text once a chunk is painted."""
        self.stream.feed(chunk)
        return "\n".join(self.screen.display)

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)


def verdicts(store: Path, numbers: list[str]) -> list[float]:
    """Milliseconds from Enter until the number of each pass stands in its verdict."""
    terminal = Terminal(str(Path(sys.executable).with_name("desk")), "--store", str(store))
    for chunk in (*terminal.read(2), *terminal.send("guard\r"), *terminal.send(f"{demo.SECRET}\r", 2)):
        terminal.feed(chunk[1])
    times = []
    for number in numbers:
        for _at, chunk in terminal.send(number, 0.15):
            terminal.feed(chunk)
        begin = time.perf_counter()
        for at, chunk in terminal.send("\r"):
            if number in terminal.feed(chunk)[BOX * (COLUMNS + 1) :]:
                times.append((at - begin) * 1e3)
                break
        terminal.send("\x1b", 0.15)
    terminal.close()
    return times


def echoes(floor: list[str]) -> list[float]:
    """Milliseconds from a key until a bare Input has painted it."""
    terminal = Terminal(*floor)
    terminal.read(1.5)
    times = []
    for letter in "zhangsanlisi":
        begin = time.perf_counter()
        painted = terminal.send(letter, 0.15)
        times += [(painted[-1][0] - begin) * 1e3] if painted else []
    terminal.close()
    return times


def rows(path: Path, floor: list[str], rounds: int) -> Iterator[Row]:
    """Enter to verdict beside an echo, in turn.

    Args:
        path: the store; floor: the command of a bare Input; rounds: how often each is started.
    """
    desk = Desk(open_store(path))
    desk.open_to_file = True
    with desk.read() as session:
        found = passes.page(session, desk.now(), before="G", limit=150)
        numbers = [paper.number for paper, _label in found][:: max(1, len(found) // 8)]
    desk.store.close()
    row = Row("Enter at the gate → the verdict is painted", 1.2)
    for _round in range(rounds):
        row.floor += echoes(floor)
        row.ours += verdicts(path, numbers)
    row.note = f"{len(row.ours)} passes"
    yield row
