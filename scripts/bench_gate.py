"""Enter at the gate to the painted verdict, beside the echo of a bare Textual Input, both in a pseudo terminal."""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

import pyte

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
    """Milliseconds from Enter until number and goods of each pass are on the screen."""
    terminal = Terminal(str(Path(sys.executable).with_name("desk")), "--store", str(store))
    for chunk in (*terminal.read(2), *terminal.send("guard\r"), *terminal.send(f"{demo.SECRET}\r", 2)):
        terminal.feed(chunk[1])
    times = []
    for number in numbers:
        for _at, chunk in terminal.send(number):
            terminal.feed(chunk)
        begin = time.perf_counter()
        for at, chunk in terminal.send("\r"):
            below = terminal.feed(chunk)[BOX * (COLUMNS + 1) :]
            if number in below and "沙" in below:
                times.append((at - begin) * 1e3)
                break
    terminal.close()
    return times


def echoes() -> list[float]:
    """Milliseconds from a key until a bare Input has painted it."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(ECHO)
        file.flush()
        terminal = Terminal(sys.executable, file.name)
        terminal.read(1.5)
        times = []
        for letter in "zhangsanlisi":
            begin = time.perf_counter()
            painted = terminal.send(letter)
            times += [(painted[-1][0] - begin) * 1e3] if painted else []
        terminal.close()
    return times


def measure(path: Path, rounds: int = 2) -> None:
    """Measure in turn, print medians and their ratio.

    Args:
        path: the store.
        rounds: how often each is started.
    """
    desk = Desk(open_store(path))
    desk.open_to_file = True
    with desk.read() as session:
        numbers = [paper.number for paper, _label in passes.page(session, desk.now(), before="G", limit=150)][::5]
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(rounds):
        ours += verdicts(path, numbers)
        floor += echoes()
    said, bare = statistics.median(ours), statistics.median(floor)
    print(
        f"gate: Enter to verdict {said:.2f} ms, {len(ours)} times   bare Input {bare:.2f} ms   ratio {said / bare:.2f}"
    )
