"""What it costs that keys are handled in order: a key to its echo, beside a bare Textual Input, all in one run.

Three programs in pseudo terminals, in turn: a bare Input; the same Input behind the order of keys; a field of the desk's
own intake form on a demo store. Printed are the medians from the written key to the last byte of its echo.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench_gate import ECHO, Terminal

from desk import demo

ORDERED = """
import asyncio
from textual import events
from textual.app import App
from textual.widgets import Input
from screens.keys import HANDS, KeysInOrder
class Echo(App):
    ENABLE_COMMAND_PALETTE = False
    def __init__(self):
        super().__init__()
        self.keys = KeysInOrder(self)
    def compose(self):
        box = Input()
        box.cursor_blink = False
        yield box
    async def on_event(self, event):
        if isinstance(event, HANDS) and not event.is_forwarded and not self.keys.admit(event):
            return
        await super().on_event(event)
Echo().run()
"""
TYPED = "zhangsanlisiwangwuzhaoliu"


def echoes(terminal: Terminal) -> list[float]:
    """Milliseconds from a key until its echo is painted, for each letter of a text."""
    times = []
    for letter in TYPED:
        begin = time.perf_counter()
        painted = terminal.send(letter, 0.15)
        # The status line ticks by itself; the first burst is the echo.
        times += [(painted[0][0] - begin) * 1e3] if painted else []
    return times


def program(source: str) -> list[float]:
    """The echoes of a small program."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(source)
        file.flush()
        os.environ["PYTHONPATH"] = str(Path(__file__).parent.parent)
        terminal = Terminal(sys.executable, file.name)
        terminal.read(1.5)
        try:
            return echoes(terminal)
        finally:
            terminal.close()


def intake(store: Path) -> list[float]:
    """The echoes of the matter in the intake form."""
    terminal = Terminal(str(Path(sys.executable).with_name("desk")), "--store", str(store))
    try:
        for text in ("front\r", f"{demo.SECRET}\r", "\t", "\t", "\t", "\t"):
            terminal.send(text, 1.0)
        return echoes(terminal)
    finally:
        terminal.close()


def measure(store: Path, rounds: int = 3) -> None:
    """Measure in turn and print medians and ratios.

    Args:
        store: a demo store.
        rounds: how often each program is started.
    """
    bare: list[float] = []
    ordered: list[float] = []
    ours: list[float] = []
    for _ in range(rounds):
        bare += program(ECHO)
        ordered += program(ORDERED)
        ours += intake(store)
    floor = statistics.median(bare)
    for name, times in (("bare Input behind the order of keys", ordered), ("matter of the intake form", ours)):
        print(
            f"echo: {name} {statistics.median(times):.2f} ms   bare Input {floor:.2f} ms   ratio "
            f"{statistics.median(times) / floor:.2f}   {len(times)} keys"
        )


def main(named: list[str]) -> None:
    """Measure on a demo store of its own, or on the one that is named."""
    if named:
        measure(Path(named[0]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        demo.make(path).close()
        measure(path)


if __name__ == "__main__":
    main(sys.argv[1:])
