"""The program on a real pseudo terminal, with a clock that stands still, so that two runs may be compared.

`python -m tests.terminal STORE` is the program as it is, told apart only by its clock and by saying on a pipe, whenever
everything typed so far is handled, how many bytes it has read. `Terminal` drives it.
"""

import asyncio
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
STATUS, FAULT = "DESK_TEST_STATUS", "DESK_TEST_FAULT"
QUERIES = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
STRIP = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?u|\x1bP.*?\x1b\\|\x1b\].*?(?:\x07|\x1b\\)|\x1b\[[0-9;]*:[0-9:;]*m",
    re.S,
)


class Terminal:
    """One run of the program; what it paints goes to a terminal emulator."""

    def __init__(self, store: Path, rows: int = 30, columns: int = 100, language: str = "en", encoding: str = "utf-8"):
        import pyte

        self.encoding, self.sent, self.handled, self.open = encoding, 0, -1, True
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.seen: list[bytes] = []
        self.code: int | None = None
        self.status, said = os.pipe()
        os.set_inheritable(said, True)
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.environ.update(
                TERM="xterm-256color",
                COLORTERM="truecolor",
                TEXTUAL_ANIMATIONS="none",
                DESK_LANG=language,
                LC_ALL="C.UTF-8",
                **{STATUS: str(said)},
            )
            # What is saved lands in a folder of its own, and is called the same in every run.
            own = store.parent / f"{store.stem}-files"
            own.mkdir(exist_ok=True)
            os.environ.update(HOME=".", PYTHONPATH=str(Path(__file__).parent.parent))
            os.chdir(own)
            os.execv(sys.executable, [sys.executable, "-m", "tests.terminal", str(store)])
        os.close(said)
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str | bytes) -> None:
        """Send keys, without waiting."""
        data = text if isinstance(text, bytes) else text.encode(self.encoding)
        self.sent += len(data)
        while data:
            data = data[os.write(self.handle, data) :]

    def read(self, seconds: float) -> None:
        """Feed what is painted within so many seconds to the emulator."""
        end = time.monotonic() + seconds
        while self.open and (left := end - time.monotonic()) > 0:
            ready = select.select([self.handle, self.status], [], [], left)[0]
            if self.handle in ready:
                self._paint()
            if self.status in ready and (said := os.read(self.status, 4096)):
                self.handled = int(said.split()[-1])

    def _paint(self) -> None:
        try:
            data = os.read(self.handle, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.open = False
            return
        self.seen.append(data)
        self.stream.feed(STRIP.sub(b"", data))
        for query, answer in QUERIES.items():
            if query in data:
                os.write(self.handle, answer)
                self.sent += len(answer)

    def settle(self, most: float = 30.0, quiet: float = 0.06) -> None:
        """Read until everything typed is handled and nothing was painted for a moment."""
        end = time.monotonic() + most
        while self.open and time.monotonic() < end:
            before = len(self.seen)
            self.read(quiet)
            if self.handled >= self.sent and len(self.seen) == before:
                return
        if self.open:
            raise AssertionError(f"it never settled:\n{self.text()}")

    def until(self, words: str, most: float = 30.0) -> None:
        """Read until these words stand on the screen, however busy the machine is."""
        end = time.monotonic() + most
        while self.open and words not in self.text():
            if time.monotonic() > end:
                raise AssertionError(f"{words} never came:\n{self.text()}")
            self.read(0.06)

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self.handle)
        self.open = False

    def end(self, wait: float = 0.0) -> int:
        """The exit status; the program is killed when it does not end by itself in time."""
        if self.code is not None:
            return self.code
        until = time.monotonic() + wait
        while time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                return self.code
            if self.open:
                self.read(0.02)
            else:
                time.sleep(0.02)
        os.kill(self.pid, signal.SIGKILL)
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code


def main(store: Path) -> None:
    """The program, with a clock that stands still and the pipe it reports on."""
    if os.environ.get("PLANTED"):
        import tests.planted  # noqa: F401
    from screens import first_frame, keys

    with first_frame.first_frame(store):
        if os.environ.get(FAULT) == "loading":
            # The toolkit never comes: what one sees is what the card does by itself.
            signal.pause()
        from screens import terminal
        from screens.app import DeskApp

        count, early = 0, first_frame.typed_early
        reader: list[Any] = []

        def counted() -> bytes:
            nonlocal count
            found = early()
            count += len(found)
            return found

        first_frame.typed_early = counted

        class Counting(terminal.Terminal):
            def _read(self) -> bytes:
                nonlocal count
                data = super()._read()
                count += len(data)
                return data

        class Reader(terminal.KeyReader):
            def __init__(self, *args: Any) -> None:
                super().__init__(*args)
                reader.append(self)

        terminal.KeyReader = Reader  # type: ignore[misc]

        class Frozen(DeskApp):
            def _hide_notice(self, notice: Any) -> None:
                """A message stays until the next one: two runs take different times."""

            def on_ready(self) -> None:
                self.run_worker(self._report(), exit_on_error=False)

            async def _report(self) -> None:
                while True:
                    await asyncio.sleep(0.005)
                    held = bool(reader) and reader[0].waits
                    if not held and not self.keys.waiting and keys.is_settled(self):
                        os.write(int(os.environ[STATUS]), f"{count}\n".encode())

        if os.environ.get(FAULT) == "paint":
            from screens.widgets.bars import StatusLine

            def render(self: Any) -> Any:
                raise RuntimeError("110101199001010015")

            StatusLine.render = render  # type: ignore[method-assign]
        app = Frozen(store, now=lambda: TUESDAY)
        app.driver_class = Counting
        app.run()
    sys.exit(app.return_code or 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
