"""A store of an earlier version is brought up to this one after a backup, with everything it held."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import event

from data.store import migrating
from data.store.engine import WRITES, make_engine
from data.store.keys import make_keys, read_keys
from data.store.migrating import config, upgrade
from data.store.opening import open_store
from data.store.schema import SCHEMA
from desk import passes
from desk.act import Desk
from desk.passes import gate
from tests.conftest import TUESDAY

ROWS = (
    ("FX26-000001-5", "sealed", "finance", 1, None),
    ("FX26-000002-3", "issued", "finance", 1, None),
    ("FX26-000003-1", "issued", "", None, None),
    ("FX26-000004-X", "out", "finance", 1, 1),
)


def make_at(path: Path, revision: str) -> None:
    """An empty store with the tables of an earlier schema."""
    make_keys(path)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    engine = make_engine(path)
    settings = config()
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
    engine.dispose()


def old_store(path: Path) -> None:
    """A store as the first version made it, with passes in several states."""
    make_at(path, "0001")
    raw = sqlite3.connect(path)
    raw.execute("INSERT INTO building (id, name) VALUES (1, '3')")
    raw.execute("INSERT INTO entrance (id, building_id, name) VALUES (1, 1, '2')")
    raw.execute(
        "INSERT INTO unit (id, entrance_id, room, label, kind, note) VALUES (1, 1, '1502', '3-2-1502', 'home', '')"
    )
    at = int(TUESDAY.timestamp() * 1e6)
    for number, state, fees, fees_at, out_at in ROWS:
        raw.execute(
            "INSERT INTO release_pass (number, unit_id, state, carrier, nature, reason, destination, mover,"
            " mover_id_sealed, mover_id_masked, mover_phone, plate, owner_opinion, owner_called_at, moving_at,"
            " valid_until, issued_at, issued_by, fees_by, fees_at, sealed_by, void_reason, void_by, out_by, out_at)"
            " VALUES (?, 1, ?, 'nanny', 'temporary', '', '维修店', '单小云', x'00', '1101', '', '', '同意', ?, ?, ?, ?,"
            " 'front', ?, ?, '', '', '', '', ?)",
            (number, state, at, at, at + 3_600_000_000, at, fees, fees_at and at, out_at and at),
        )
        raw.execute(
            "INSERT INTO pass_item (number, line, name, quantity, unit) VALUES (?, 1, '沙发', 2, '')", (number,)
        )
    raw.commit()
    raw.close()


@pytest.mark.clause("REC-2")
def test_passes_of_the_first_version_keep_what_they_said_and_stay_usable(tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    old_store(path)
    store = open_store(path)
    assert (tmp_path / "before-upgrade").is_dir()
    assert read_keys(path) is not None
    desk = Desk(store, lambda: TUESDAY)
    desk.open_to_file = True
    kinds = {number: gate.verdict(desk, number).kind for number, *_rest in ROWS}
    assert list(kinds.values()) == ["ok", "unsealed", "unsealed", "out"]
    with store.reading() as session:
        signed = passes.get(session, ROWS[1][0])
        assert (signed.state, signed.pieces) == ("signed", 2)
        assert [(call.opinion, call.outcome) for call in passes.calls_of(session, ROWS[0][0])] == [("同意", "agrees")]
        assert passes.items_of(session, ROWS[3][0])[0].out == 2
    store.close()


def store_of(path: Path, revision: str) -> None:
    """A store as an earlier schema left it, with a complaint, a promise, a holiday and an operator in it."""
    make_at(path, revision)
    raw = sqlite3.connect(path)
    columns = [row[1] for row in raw.execute("PRAGMA table_info(holiday)")]
    notice = ", notice" if "notice" in columns else ""
    raw.execute(
        f"INSERT INTO holiday (day, off, name{notice}) VALUES ('2026-12-24', 1, '年会'{', 2026' if notice else ''})"
    )
    raw.execute(
        "INSERT INTO operator (code, name, roles, department, secret_hash, disabled, language)"
        " VALUES ('anke', '安可', 'receptionist', '', '', 0, '')"
    )
    raw.execute(
        "INSERT INTO person (id, name, sex, id_card_masked, workplace, emergency_mobile, vip, note)"
        " VALUES (7, '白简', '', '', '', '', 0, '')"
    )
    raw.commit()
    raw.close()


def held(path: Path) -> list[tuple[object, ...]]:
    raw = sqlite3.connect(path)
    try:
        return [
            *raw.execute("SELECT day, off, name FROM holiday"),
            *raw.execute("SELECT code, name, roles FROM operator"),
            *raw.execute("SELECT id, name FROM person"),
            *raw.execute("SELECT version_num FROM alembic_version"),
        ]
    finally:
        raw.close()


REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0013", "0014")
EARLIER = [f"{number:04d}" for number in range(1, int(SCHEMA))]


def test_what_passes_are_found_by_is_kept_through_the_upgrade_once_each(tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    old_store(path)
    rows = [("1502", -2, "FX26-000002-3"), ("1502", -1, "FX26-000001-5"), ("wxy", -1, "FX26-000001-5")]
    with closing(sqlite3.connect(path)) as raw:
        raw.executemany("INSERT INTO pass_term (term, issued, number) VALUES (?, ?, ?)", [*reversed(rows), rows[0]])
        raw.commit()
    open_store(path).close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT term, issued, number FROM pass_term").fetchall() == rows
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    assert not tables & {"pass_term_before", "pass_term_range", "ix_pass_term_number"}


@pytest.mark.parametrize("revision", EARLIER)
def test_a_store_of_every_earlier_schema_is_brought_up_with_what_it_held(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "q.db"
    store_of(path, revision)
    before = held(path)
    open_store(path).close()
    assert held(path) == [*before[:-1], (SCHEMA,)]


@pytest.mark.parametrize("revision", REVISIONS[:-1])
@pytest.mark.parametrize("statements", [1, 4, 15, 40])
def test_a_store_whose_upgrade_was_killed_is_as_before_and_the_next_opening_brings_it_up(
    tmp_path: Path, revision: str, statements: int
) -> None:
    path = tmp_path / "q.db"
    store_of(path, revision)
    before = held(path)
    child = os.fork()
    if child == 0:
        count = 0

        def kill(*_arguments: object) -> None:
            nonlocal count
            count += 1
            if count == statements:
                os._exit(9)

        engine = make_engine(path)
        event.listen(engine, "before_cursor_execute", kill)
        keys = read_keys(path)
        assert keys is not None
        upgrade(engine, keys)
        os._exit(0)
    os.waitpid(child, 0)
    assert held(path)[:-1] == before[:-1]
    open_store(path).close()
    assert held(path) == [*before[:-1], (SCHEMA,)]


def test_an_upgrade_whose_last_part_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "q.db"
    store_of(path, "0013")
    before = held(path)

    def broken(*_said: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(migrating, "digest_all", broken)
        with pytest.raises(ZeroDivisionError):
            open_store(path)
    assert held(path) == before
    open_store(path).close()
    assert held(path) == [*before[:-1], (SCHEMA,)]
