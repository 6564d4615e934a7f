"""Programs on a pseudo terminal, measured from outside: ours in any version, a bare Textual Input, and others."""

import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench_gate import ECHO, Terminal

from desk import demo

HERE = Path(__file__).parent.parent
KEYS = {
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pgdn": "\x1b[6~",
    "pgup": "\x1b[5~",
    "esc": "\x1b",
    "enter": "\r",
    "tab": "\t",
}
FUNCTION = {f"f{number}": code for number, code in enumerate(
    ("\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~", "\x1b[21~"), 1
)}  # fmt: skip
SECRET = demo.SECRET


class Program(Terminal):
    """A program whose CPU and output are counted."""

    def cpu(self) -> float:
        """Milliseconds of CPU that all its threads have used."""
        tasks = Path(f"/proc/{self.pid}/task")
        return sum(int((one / "schedstat").read_text().split()[0]) for one in tasks.iterdir()) / 1e6

    def press(self, *keys: str, wait: float = 0.4) -> None:
        """Type keys by name or as text, one by one."""
        for key in keys:
            self.send(code(key), wait)

    def watch(self, seconds: float) -> tuple[int, float]:
        """Bytes and milliseconds until the first of them, of so many seconds, whatever comes."""
        written, first, begin = 0, 0.0, time.perf_counter()
        while (left := begin + seconds - time.perf_counter()) > 0:
            for at, chunk in self.read_once(left):
                first = first or (at - begin) * 1e3
                written += len(chunk)
        return written, first

    def read_once(self, wait: float) -> list[tuple[float, bytes]]:
        """What comes next, waited for so long."""
        if not select.select([self.handle], [], [], wait)[0]:
            return []
        return [(time.perf_counter(), os.read(self.handle, 1 << 16))]

    def sign_in(self, who: str) -> None:
        """Sign in, and wait for the home to be there."""
        self.watch(0.5)
        self.press(f"{who}\r", f"{SECRET}\r", wait=0.6)

    def until_seen(self, text: str, begin: float, most: float = 30.0) -> float:
        """Milliseconds from an instant until a text was written to the terminal."""
        seen = b""
        while time.perf_counter() - begin < most:
            for _at, chunk in self.read_once(0.5):
                seen += chunk
            if text.encode() in seen:
                return (time.perf_counter() - begin) * 1e3
        raise SystemExit(f"{text} never came")


def code(key: str) -> str:
    """What a terminal sends for a key."""
    return KEYS.get(key, FUNCTION.get(key, key))


@dataclass(frozen=True)
class Version:
    """A version of the program with a demo store of its own.

    Args:
        tree: its folder; store: a store that it made itself.
    """

    tree: Path
    store: Path

    def argv(self, *words: str) -> list[str]:
        """The command that starts it."""
        if self.tree == HERE:
            return [str(Path(sys.executable).with_name("desk")), *words]
        return ["/usr/bin/env", f"PYTHONPATH={self.tree}", sys.executable, "-m", "screens", *words]

    def start(self) -> Program:
        """It, on its store."""
        return Program(*self.argv("--store", str(self.store)))

    def signed_in(self, who: str, *way: str) -> Program:
        """It, signed in and led to where something is measured."""
        program = self.start()
        program.sign_in(who)
        program.press(*way)
        program.watch(0.5)
        return program


def ours(store: Path) -> Version:
    """The version that stands here."""
    return Version(HERE, store)


def checked_out(revision: str, folder: Path) -> Version:
    """Another version of this program, with a demo store of its own, in a folder that is taken away later."""
    tree, store = folder / "tree", folder / "before.db"
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), revision], cwd=HERE, check=True)
    for words in HERE.glob("data/locale/*/LC_MESSAGES/*.mo"):
        target = tree / words.relative_to(HERE)
        target.write_bytes(words.read_bytes())
    subprocess.run([sys.executable, "-m", "compileall", "-q", "data", "desk", "screens"], cwd=tree, check=False)
    version = Version(tree, store)
    subprocess.run(version.argv("demo", "--store", str(store)), check=True, capture_output=True)
    return version


def taken_away(version: Version) -> None:
    """Take another version's folder away."""
    subprocess.run(["git", "worktree", "remove", "--force", str(version.tree)], cwd=HERE, check=False)


def bare(folder: Path) -> list[str]:
    """The command of a bare Textual Input."""
    file = folder / "bare.py"
    file.write_text(ECHO)
    return [sys.executable, str(file)]
