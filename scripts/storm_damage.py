"""Stores that are damaged, in fifty ways: each says in both languages what is wrong, and nothing is made worse."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import storm_day
from storm_row import Row

from data import words
from data.problems import Problem
from data.store.keys import head_path, key_path
from data.store.opening import open_store
from desk import proof
from desk.act import Desk

Damage = Callable[[Path], None]


def _sql(*statements: str) -> Damage:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute("PRAGMA writable_schema=ON")
            guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            kept = raw.execute(guards).fetchall() if statements[0].startswith(("DELETE", "UPDATE")) else []
            for name, _sql in kept:
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)
            for _name, sql in kept:
                raw.execute(sql)

    return damage


def _bytes(change: Callable[[bytes], bytes], which: Callable[[Path], Path] = lambda path: path) -> Damage:
    return lambda path: _write(which(path), change(which(path).read_bytes()))


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _page(part: str, content: bytes) -> Damage:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as known:
            ((page,),) = known.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (part,)).fetchall()
            ((size,),) = known.execute("PRAGMA page_size").fetchall()
        with open(path, "r+b") as file:
            file.seek((page - 1) * size)
            file.write((content * size)[:size])

    return damage


def _in_place(make: Callable[[Path], None]) -> Damage:
    def damage(path: Path) -> None:
        path.unlink()
        make(path)

    return damage


def _mode(mode: int) -> Damage:
    return lambda path: path.chmod(mode)


DAMAGES: dict[str, Damage] = {
    "empty file": _bytes(lambda _old: b""),
    "one byte": _bytes(lambda _old: b"\0"),
    "text": _bytes(lambda _old: b"hello " * 1000),
    "zeros": _bytes(lambda old: b"\0" * len(old)),
    "half": _bytes(lambda old: old[: len(old) // 2]),
    "a page cut off": _bytes(lambda old: old[:-4096]),
    "a page too many": _bytes(lambda old: old + b"\0" * 4096),
    "header changed": _bytes(lambda old: b"X" + old[1:]),
    "page size changed": _bytes(lambda old: old[:16] + b"\x02\x00" + old[18:]),
    "folder in its place": _in_place(lambda path: path.mkdir()),
    "pipe in its place": _in_place(os.mkfifo),
    "link to nowhere": _in_place(lambda path: path.symlink_to("nowhere")),
    "link to itself": _in_place(lambda path: path.symlink_to(path.name)),
    "gone, key there": lambda path: path.unlink(),
    "another database": _in_place(lambda path: sqlite3.connect(path).execute("CREATE TABLE x (y)").connection.close()),
    "key gone": lambda path: key_path(path).unlink(),
    "key empty": _bytes(lambda _old: b"", key_path),
    "key of another": _bytes(lambda old: old[::-1], key_path),
    "key cut": _bytes(lambda old: old[:10], key_path),
    "key no hex": _bytes(lambda _old: b"no key at all", key_path),
    "head gone": lambda path: head_path(path).unlink(),
    "head empty": _bytes(lambda _old: b"", head_path),
    "head nonsense": _bytes(lambda _old: b"\xff" * 320, head_path),
    "head of another": _bytes(lambda old: old.replace(b"a", b"b"), head_path),
    "schema row gone": _sql("DELETE FROM alembic_version"),
    "schema row twice": _sql("INSERT INTO alembic_version VALUES ('0001')"),
    "schema newer": _sql("UPDATE alembic_version SET version_num = '9999'"),
    "schema odd": _sql("UPDATE alembic_version SET version_num = 'abc'"),
    "table dropped": _sql("DROP TABLE pass_call"),
    "column dropped": _sql("DROP INDEX IF EXISTS clock_rule", "ALTER TABLE clock DROP COLUMN answerable"),
    "column renamed": _sql("ALTER TABLE phone RENAME COLUMN number TO digits"),
    "index dropped": _sql("DROP INDEX clock_queue"),
    "trigger dropped": _sql("DROP TRIGGER keep_journal_delete"),
    "journal emptied": _sql("DELETE FROM journal"),
    "journal's tail cut": _sql("DELETE FROM journal WHERE number > 2"),
    "journal's middle cut": _sql("DELETE FROM journal WHERE number = 2"),
    "journal changed": _sql("UPDATE journal SET operator = 'x' WHERE number = 3"),
    "counter back": _sql("UPDATE counter SET value = value - 1"),
    "counter gone": _sql("DELETE FROM counter"),
    "counter odd": _sql("INSERT INTO counter (name, value) VALUES ('passes', 1)"),
    "paper gone": _sql("DELETE FROM complaint"),
    "sum gone": _sql("DELETE FROM whole"),
    "sum changed": _sql("UPDATE whole SET sums = '{}'"),
    "page of a table": _page("contact", b"\xff"),
    "page of an index": _page("clock_queue", b"\xff"),
    "page of a primary key": _page("sqlite_autoindex_contact_1", b"\0"),
    "page of the schema": _bytes(lambda old: old[:100] + b"\xff" * 400 + old[500:]),
    "page of the journal": _page("journal", b"\x01\x02"),
    "not readable": _mode(0o000),
    "not writable": _mode(0o400),
}
# What the superuser, as whom this may run, cannot be kept from.
OF_RIGHTS = ("not readable", "not writable")
# What leaves nothing to be afraid of: the program goes on, and says nothing.
HARMLESS = ("a page too many",)


def damaged(folder: Path, count: int) -> Iterator[str]:
    """So many damages: what is wrong is said in both languages, and nothing is saved."""
    base = storm_day.make(folder / "base")
    played = storm_day.copy_of(base, folder / "played")
    storm_day.live(played)
    names = list(DAMAGES) if count >= len(DAMAGES) else random.Random(1).sample(list(DAMAGES), count)
    for name in names:
        if name in OF_RIGHTS and os.geteuid() == 0:
            continue
        path = storm_day.copy_of(played, folder / "one")
        DAMAGES[name](path)
        for said in _said_of(path, silent=name in HARMLESS):
            yield f"{name}: {said}"
        if path.exists():
            path.chmod(0o600)


def _said_of(path: Path, *, silent: bool) -> Iterator[str]:
    said = []
    for language in ("zh", "en"):
        with words.speaking(language):
            said.append(_opened(path))
    if any(one.startswith("fault") for one in said):
        yield f"a fault of our own: {said}"
    elif silent != (said == ["", ""]):
        yield f"said {said}"
    elif not silent and (not said[0] or said[0] == said[1]):
        yield f"not said in both languages: {said}"


def _opened(path: Path) -> str:
    """What is said on opening, at the first act and by the proof; "" where all went well."""
    try:
        with closing(open_store(path)) as store:
            if store.read_only is not None:
                return str(store.read_only)
            if found := proof.verify(store):
                return "; ".join(map(str, found))
            desk = Desk(store, storm_day.Moving(), "after")
            with desk.act(operator="front") as act:
                act.require("contacts.take")
                act.record("contacts.take")
    except Problem as problem:
        return str(problem)
    except Exception as error:
        return f"fault {type(error).__name__}: {error}"
    return ""


def sound(folder: Path) -> Iterator[str]:
    """A store that nobody damaged has nothing to say: it is taken for a damaged one."""
    base = storm_day.make(folder / "base")
    shutil.copy2(base, folder / "copy.db")
    yield from _said_of(base, silent=False)


ROWS = (Row("damage", "what is wrong is said in both languages, and nothing is saved", 50, 50, damaged, sound),)
