"""A store of an earlier version is brought up to this one after a backup, with everything it held."""

import os
import sqlite3
from pathlib import Path

import pytest
from alembic import command

from data.store.engine import WRITES, make_engine
from data.store.keys import make_keys, read_keys
from data.store.migrating import config
from data.store.opening import open_store
from desk import gate, passes
from tests.conftest import TUESDAY

ROWS = (
    ("FX26-000001-5", "sealed", "finance", 1, None),
    ("FX26-000002-3", "issued", "finance", 1, None),
    ("FX26-000003-1", "issued", "", None, None),
    ("FX26-000004-X", "out", "finance", 1, 1),
)


def old_store(path: Path) -> None:
    """A store as the first version made it, with passes in several states."""
    make_keys(path)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    engine = make_engine(path)
    settings = config()
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0001")
    engine.dispose()
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
    kinds = {number: gate.verdict(store, number, TUESDAY).kind for number, *_rest in ROWS}
    assert list(kinds.values()) == ["ok", "unsealed", "unsealed", "out"]
    with store.reading() as session:
        signed = passes.get(session, ROWS[1][0])
        assert (signed.state, signed.pieces) == ("signed", 2)
        assert [(call.opinion, call.outcome) for call in passes.calls_of(session, ROWS[0][0])] == [("同意", "agrees")]
        assert passes.items_of(session, ROWS[3][0])[0].out == 2
    store.close()
