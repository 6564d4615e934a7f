"""Random keys over every room, sent as one burst and one by one: both must leave the same store and the same screen.

`python -m tests.key_storm [COUNT] [SEED] [BUSY]` plays COUNT sequences (2,000 unless told otherwise) while BUSY other
processes keep the machine busy (none unless told otherwise).
"""

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from tests.terminal import Terminal

ROOMS = {
    "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~",
    "f8": "\x1b[19~", "f10": "\x1b[21~", "contacts": "\x12", "sheets": "\x19", "journal": "\n",
}  # fmt: skip
MOVES = ["\r", "\r", "\r", "\t", "\x1b[Z", "\x1b", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[20~", "\x7f"]
ACTS = list("nwbvcetlopsryzhiudmagfx?/ 123456789")
TEXTS = [
    "沙发两件，急", "楼上漏水。", "3-2-1502", "sxy", "bob", "13900001111", "sofa 2", "+2h", "，", "维修店",
    "\x1b[200~沙发 2\n电视 1\x1b[201~", "\x1b[200~one\r\ntwo\x1b[201~", "110101199001010015",
]  # fmt: skip
CONTROLS = ["\x05", "\x0e", "\x02", "\x1a", "\x14", "\x1b[24~", "\x0c", "\x1b[23~", "\x1bOP", "\x10"]
PEOPLE = ["front", "lead", "guard", "finance", "project", "engineer"]
# Numbers that chance gives: the same in no two runs.
BY_CHANCE = {"request_done", "sqlite_sequence"}


class Storm:
    """Two runs of the program on copies of one store: one gets whole sequences, the other their keys one by one.

    Args:
        master: the store that both begin with.
        folder: where the copies go.
        secret: of every operator.
        seed: of the random sequences.
    """

    def __init__(self, master: Path, folder: Path, secret: str, seed: int) -> None:
        self.master, self.secret, self.random = master, secret, random.Random(seed)
        self.stores = [copied(master, folder / f"{name}.db") for name in ("burst", "single")]
        self.terms: list[Terminal] = []
        self.played: list[list[str]] = []

    def end(self) -> None:
        """End both."""
        for term in self.terms:
            term.end()
        self.terms = []

    def run(self, count: int, each: int = 25) -> None:
        """Play so many sequences; both programs begin anew after some.

        Args:
            each: sequences of one start.
        """
        for number in range(count):
            if number % each == 0:
                self.end()
                self.stores = [copied(self.master, store) for store in self.stores]
                language = self.random.choice(["zh", "en"])
                self.terms = [Terminal(store, language=language) for store in self.stores]
                self.played = []
                self.compare_once(self.sign_in())
                print(f"{number} of {count}", file=sys.stderr, flush=True)  # noqa: T201
            self.compare_once(self.sequence())
        self.end()

    def sign_in(self) -> list[str]:
        """Somebody signs in."""
        who = self.random.choice(PEOPLE)
        return [*who, self.random.choice(["\t", "\r"]), *self.secret, "\r"]

    def sequence(self) -> list[str]:
        """A walk: leave what is open, go to a room, and type."""
        pick = self.random.choice
        keys = ["\x1b", "\x1b"] if self.random.random() < 0.7 else []
        if self.random.random() < 0.1:
            keys += ["\x0f", *self.sign_in()]
        if self.random.random() < 0.8:
            keys.append(pick(list(ROOMS.values())))
        text = False
        for _step in range(self.random.randint(4, 16)):
            kind = self.random.random()
            # What a person commits through an input method and single keys are told apart by a key between them.
            if kind < 0.45 or text:
                keys.append(pick(MOVES))
                text = False
            elif kind < 0.75:
                keys.append(pick(ACTS))
            elif kind < 0.95:
                chosen = pick(TEXTS)
                text = not chosen.isascii()
                keys += [chosen] if text or chosen.startswith("\x1b") else list(chosen)
            else:
                keys.append(pick(CONTROLS))
        return keys

    def compare_once(self, keys: Sequence[str]) -> None:
        """Play the same keys both ways and compare."""
        self.compare(keys, keys)

    def compare(self, burst: Sequence[str], single: Sequence[str]) -> None:
        """Play keys as one write here and one by one there, and compare screens and stores."""
        if not self.terms:
            self.terms = [Terminal(store, language="en") for store in self.stores]
            for term in self.terms:
                term.settle()
        self.played.append(list(burst))
        at_once, one_by_one = self.terms
        at_once.type("".join(burst))
        for key in single:
            one_by_one.type(key)
            one_by_one.settle(quiet=0.015)
        for term in self.terms:
            term.settle(quiet=0.25)
            if "🔎" in term.text():
                # The list of actions says half a second later that nothing matches.
                term.read(0.8)
        assert at_once.text() == one_by_one.text(), self._said("screens")
        assert contents(self.stores[0]) == contents(self.stores[1]), self._said("stores")

    def _said(self, what: str) -> str:
        lines = [term.text().split("\n") for term in self.terms]
        other = [f"{left}\n{right}" for left, right in zip(*lines, strict=True) if left != right]
        shown = "\n---\n".join(term.text() for term in self.terms)
        return f"{what} differ after {self.played!r}:\n{shown}\n=== lines that differ\n" + "\n".join(other)


def copied(master: Path, target: Path) -> Path:
    """A copy of a store with its key and head."""
    for ending in (".db", ".key", ".head"):
        if (source := master.with_suffix(ending)).exists():
            shutil.copy(source, target.with_suffix(ending))
    return target


def contents(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but those that chance fills."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as found:
        tables = [row[0] for row in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: sorted(map(_plain, found.execute(f'SELECT * FROM "{table}"')), key=repr)
            for table in tables
            if table not in BY_CHANCE
        }


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """A row without what is sealed under a number used once."""
    return tuple(None if isinstance(cell, bytes) else cell for cell in row)


def make(folder: Path) -> Path:
    """A small site with something in every register."""
    from data.store.opening import create_store
    from desk.act import Desk
    from tests import conftest, helpers

    clock = conftest.Clock()
    store = create_store(folder / "master.db")
    conftest.fill(store, clock)
    desk = Desk(store, clock, "desk-1")
    desk.operator = "front"
    for kind in ("complaint", "complaint", "request", "repair", "suggestion"):
        helpers.take(desk, kind)
    helpers.take(desk, "question", answer="扫码")
    helpers.take(desk, "emergency", emergency="fire", place="3栋", promised_at=clock.now + timedelta(minutes=30))
    for _count in range(2):
        helpers.issue(desk)
        helpers.sealed(desk)
    store.close()
    return store.path


@contextmanager
def kept_busy(count: int) -> Iterator[None]:
    """So many processes that do nothing but take time."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def main() -> None:
    """Play many sequences on a small site."""
    from tests.conftest import SECRET

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    busy = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    with tempfile.TemporaryDirectory() as folder, kept_busy(busy):
        Storm(make(Path(folder)), Path(folder), SECRET, seed).run(count)
    print(f"{count} sequences of seed {seed}: the same store and the same screen both ways")  # noqa: T201


if __name__ == "__main__":
    main()
