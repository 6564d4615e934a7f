"""Stores as earlier versions made them come up with everything they held, also when the power fails meanwhile."""

import hashlib
import os
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from data.problems import StoreDamaged
from data.store import migrating
from data.store.engine import make_engine
from data.store.keys import read_keys
from data.store.opening import open_store
from data.store.schema import SCHEMA
from data.words import language
from desk import operators, proof, ticking
from desk.act import Desk
from desk.contacts import intake
from tests.helpers import take

STORES = Path(__file__).parent / "stores"
VERSIONS = Path(migrating.__file__).parent.parent / "migrations" / "versions"
KEPT = sorted(path.name.removesuffix(".tar.xz") for path in STORES.glob("*.tar.xz"))
_ROWS = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


def unpacked(name: str, folder: Path) -> Path:
    """A store as it was kept, with its key and head."""
    with tarfile.open(STORES / f"{name}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "q.db"


def held(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(path)) as raw:
        names = [row[0] for row in raw.execute(_ROWS).fetchall()]
        return {name: raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def the_version_is(path: Path, wanted: str) -> bool:
    with closing(sqlite3.connect(path)) as raw:
        return bool(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0] == wanted)


def test_every_release_has_a_store_that_is_kept() -> None:
    assert {"0001", "0002"} <= set(KEPT)


@pytest.mark.parametrize("name", KEPT)
def test_a_store_of_an_earlier_version_comes_up_whole_and_goes_on(tmp_path: Path, name: str) -> None:
    path = unpacked(name, tmp_path)
    assert the_version_is(path, name)
    before = held(path)
    store = open_store(path)
    assert store.read_only is None
    assert proof.verify(store) == []
    now = held(path)
    # Sums, counters and search terms are made anew; nothing that people wrote is fewer.
    fewer = {table for table, count in before.items() if now.get(table, 0) < count}
    assert fewer <= {"search_term", "pass_term"}
    desk = Desk(store)
    operators.sign_in(desk, "lead", "demo88")
    ticking.tick(desk)
    desk.operator = "front"
    with desk.act() as act:
        taken = intake.take(act, channel="visit", kind="complaint", what="楼上漏水", unit_id=1, stranger="路人")
    assert taken.record
    assert proof.verify(store) == []
    assert (tmp_path / "before-upgrade").is_dir()
    store.close()
    assert language() == "en"


@pytest.mark.parametrize("name", ["0001", KEPT[-1]])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_power_cut_during_an_upgrade_leaves_the_old_store_or_the_new_one(
    tmp_path: Path, name: str, part: float
) -> None:
    path = unpacked(name, tmp_path / "whole")
    counted = _statements(path)
    path = unpacked(name, tmp_path / "cut")
    child = os.fork()
    if child == 0:
        _statements(path, until=int(counted * part))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert the_version_is(path, name)
    store = open_store(path)
    assert store.read_only is None
    assert proof.verify(store) == []
    assert the_version_is(path, SCHEMA)
    store.close()


@pytest.mark.parametrize("name", ["0007", KEPT[-1]])
def test_desks_that_are_opened_at_once_bring_a_store_up_once_and_none_is_told_it_is_damaged(
    tmp_path: Path, name: str
) -> None:
    path = unpacked(name, tmp_path)
    children = []
    for _desk in range(4):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                store = open_store(path)
                code = 0 if store.read_only is None and proof.verify(store) == [] else 2
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    assert len(list((tmp_path / "before-upgrade").glob("*.db"))) == 1


def _statements(path: Path, until: int = 0) -> int:
    """How many statements an upgrade takes; the process ends without a word before one of them."""
    count = 0

    def counting(*_told: object) -> None:
        nonlocal count
        count += 1
        if count == until:
            os._exit(9)

    really = migrating.upgrade

    def upgrade(engine: object, *places: object, **names: object) -> None:
        event.listen(engine, "before_cursor_execute", counting)
        really(engine, *places, **names)  # type: ignore[arg-type]

    migrating.upgrade = upgrade
    try:
        open_store(path).close()
    finally:
        migrating.upgrade = really
    return count


def test_what_was_changed_outside_before_an_upgrade_is_not_digested_as_if_it_were_right(desk: Desk) -> None:
    take(desk)
    desk.store.close()
    path, keys = desk.store.path, read_keys(desk.store.path)
    assert keys is not None
    migrating.upgrade(make_engine(path), keys, prove=True)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE complaint SET department = 'security'")
        raw.commit()
    with pytest.raises(StoreDamaged, match="complaint"):
        migrating.upgrade(make_engine(path), keys, prove=True)


@pytest.mark.parametrize("name", ["0002", KEPT[-1]])
def test_a_pass_that_was_changed_before_an_upgrade_is_one_that_was_changed_after_it(tmp_path: Path, name: str) -> None:
    path = unpacked(name, tmp_path)
    with closing(sqlite3.connect(path)) as raw:
        (number,) = raw.execute(
            "SELECT number FROM release_pass WHERE state = 'sealed' ORDER BY number LIMIT 1"
        ).fetchone()
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute("UPDATE pass_item SET quantity = quantity + 3 WHERE number = ?", (number,))
        raw.commit()
    store = open_store(path)
    assert [finding.where for finding in proof.verify(store) if "pass" in finding.what] == [number]
    store.close()


def test_a_migration_that_was_published_never_changes() -> None:
    kept = dict(line.split() for line in (VERSIONS.parent / "checksums.txt").read_text(encoding="ascii").splitlines())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(VERSIONS.glob("[0-9]*.py"))}
    assert found == kept, "A new migration gets a line of its own; an old one is never edited: stores have run it."
    assert max(found) == f"{SCHEMA}{max(found)[4:]}"
