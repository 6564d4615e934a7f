"""A backup in the place of the store, and a store made anew: what is lost is said, and never given out again."""

import contextlib
import fcntl
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from data.problems import StoreDamaged, StoreIndexBroken, StoreProblem
from data.store import backup
from data.store.engine import SETTINGS
from data.store.keys import key_path
from data.store.opening import open_store
from data.store.store import Store
from desk import checkup, proof, restoring
from desk.act import Desk
from desk.ground.refusals import Invalid, NotAllowed, NotFound, SigninRefused
from desk.passes import gate
from tests.conftest import SECRET, Clock
from tests.helpers import issue, sealed, take
from tests.test_cli import run


@pytest.fixture
def copy(desk: Desk, tmp_path: Path) -> Path:
    """A backup with one pass; since then two more, one of them out, and a complaint."""
    issue(desk)
    made = backup.copy_store(desk.store.path, tmp_path / "backups")
    number = sealed(desk)
    with desk.act(operator="guard") as act:
        gate.let_out(act, number=number)
    issue(desk)
    take(desk)
    desk.store.close()
    return made


def restored(desk: Desk, clock: Clock) -> Desk:
    again = Desk(open_store(desk.store.path), clock, "desk-1")
    again.operator = "front"
    return again


def restore(desk: Desk, copy: Path, clock: Clock, *, code: str = "admin", secret: str = SECRET) -> restoring.Losses:
    lost = restoring.losses(desk.store.path, copy)
    restoring.restore(desk.store.path, copy, code=code, secret=secret, lost=lost, now=clock)
    return lost


def test_what_a_backup_does_not_know_is_said_first(desk: Desk, copy: Path) -> None:
    lost = restoring.losses(desk.store.path, copy)
    assert lost.entries == lost.heads[0][0] - lost.heads[1][0] > 5
    assert lost.numbers["passes:2026"] == (2, 3)
    assert lost.numbers["complaints:2026"] == (1, 1)
    assert lost.out == ["FX26-000002-3"]


def test_a_restore_is_an_act_that_names_both_heads_and_what_is_lost(desk: Desk, copy: Path, clock: Clock) -> None:
    lost = restore(desk, copy, clock)
    again = restored(desk, clock)
    assert again.store.read_only is None
    assert proof.verify(again.store) == []
    verb, operator, facts = again.store.ask("SELECT verb, operator, facts FROM journal ORDER BY number DESC LIMIT 1")[0]
    assert (verb, operator) == ("site.restore", "admin")
    assert all(digest in facts for _number, digest in lost.heads)
    assert '"passes:2026":"2-3"' in facts
    assert "FX26-000002-3" in facts


def test_a_number_that_a_restore_took_back_is_never_given_out_again(desk: Desk, copy: Path, clock: Clock) -> None:
    restore(desk, copy, clock)
    again = restored(desk, clock)
    assert issue(again).startswith("FX26-000004-")
    assert proof.verify(again.store) == []
    again.store.close()
    assert open_store(desk.store.path).read_only is None


def test_the_gate_knows_a_pass_that_a_restore_took_back(desk: Desk, copy: Path, clock: Clock) -> None:
    restore(desk, copy, clock)
    again = restored(desk, clock)
    again.operator = "guard"
    for said in ("FX26-000003-1", "fx26 000003 1"):
        gone = gate.lost(again, said)
        assert gone is not None
        assert "issued before a backup was restored" in str(gone)
    with pytest.raises(NotFound, match="before a backup was restored"):
        gate.verdict(again, "FX26-000003-1")
    assert gate.lost(again, "FX26-000001-5") is None
    assert gate.lost(again, "FX26-000009-0") is None


def test_a_second_restore_keeps_what_the_first_has_lost(desk: Desk, copy: Path, clock: Clock) -> None:
    restore(desk, copy, clock)
    again = restored(desk, clock)
    issue(again)
    again.store.close()
    assert restore(desk, copy, clock).numbers["passes:2026"] == (2, 4)
    again = restored(desk, clock)
    assert issue(again).startswith("FX26-000005-")
    assert proof.verify(again.store) == []


@pytest.mark.parametrize(
    ("code", "secret", "error"),
    [("admin", "wrong one", SigninRefused), ("nobody", SECRET, SigninRefused), ("front", SECRET, NotAllowed)],
)
def test_only_an_administrator_restores_and_until_then_nothing_is_put_aside(
    desk: Desk, copy: Path, clock: Clock, code: str, secret: str, error: type[Exception]
) -> None:
    before = desk.store.path.read_bytes()
    with pytest.raises(error):
        restore(desk, copy, clock, code=code, secret=secret)
    assert desk.store.path.read_bytes() == before


def test_of_a_store_that_cannot_be_read_the_papers_that_were_seen_count(desk: Desk, copy: Path, clock: Clock) -> None:
    desk.store.path.write_bytes(b"nothing that is a store" * 500)
    with pytest.raises(Invalid):
        restoring.losses(desk.store.path, copy, ["FX26-000007-9"])
    # As a Chinese keyboard writes it, too.
    assert restoring.losses(desk.store.path, copy, ["ＦＸ２６－０００００３－１"]).numbers == {"passes:2026": (2, 3)}
    lost = restoring.losses(desk.store.path, copy, ["FX26-000003-1"])
    assert (lost.entries, lost.numbers) == (None, {"passes:2026": (2, 3)})
    clock.now += timedelta(minutes=1)
    restoring.restore(desk.store.path, copy, code="admin", secret=SECRET, lost=lost, now=clock)
    assert issue(restored(desk, clock)).startswith("FX26-000004-")


def test_the_command_says_what_is_lost_before_it_asks(desk: Desk, copy: Path) -> None:
    assert run("restore", str(copy), "--yes", store=desk.store.path).code == 1
    answer = run("restore", str(copy), "--as", "admin", "--yes", store=desk.store.path, DESK_SECRET=SECRET)
    assert answer.code == 0
    assert "passes:2026: the numbers 2-3 would never be given out again" in answer.err
    assert "Passes that went out since: FX26-000002-3" in answer.err


def spoil(path: Path, part: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as known:
        ((page,),) = known.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (part,))
        ((size,),) = known.execute("PRAGMA page_size")
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


@pytest.mark.parametrize("part", ["clock_queue", "sqlite_autoindex_contact_1"])
def test_an_index_that_is_damaged_is_called_so_and_made_anew_without_loss(desk: Desk, part: str) -> None:
    take(desk)
    desk.store.close()
    spoil(desk.store.path, part)
    opened = open_store(desk.store.path)
    assert isinstance(opened.read_only, StoreIndexBroken)
    assert "desk doctor --mend" in str(opened.read_only)
    opened.close()
    kept = checkup.mend(desk.store.path)
    assert kept is not None
    assert kept.is_file()
    again = open_store(desk.store.path)
    assert again.read_only is None
    assert proof.verify(again) == []
    again.close()
    assert checkup.mend(desk.store.path) is None


def test_records_that_cannot_be_read_are_not_made_up(desk: Desk) -> None:
    take(desk)
    desk.store.close()
    spoil(desk.store.path, "contact")
    before = desk.store.path.read_bytes()
    with pytest.raises(StoreDamaged, match="desk restore"):
        checkup.mend(desk.store.path)
    assert desk.store.path.read_bytes() == before


def test_a_changed_store_is_not_made_right_by_making_it_anew(desk: Desk) -> None:
    with contextlib.closing(sqlite3.connect(desk.store.path)) as raw:
        raw.execute("UPDATE person SET note = 'x'")
        raw.commit()
    desk.store.close()
    spoil(desk.store.path, "clock_queue")
    with pytest.raises(StoreProblem, match="not all as the desk wrote them"):
        checkup.mend(desk.store.path)
    assert not desk.store.path.with_suffix(".remade").exists()


SPOILT = {
    "changed": lambda raw: raw.execute("UPDATE operator SET secret_hash = ''"),
    "changed where nobody looks": lambda raw: raw.execute("UPDATE person SET note = 'x'"),
    "without a table": lambda raw: raw.execute("DROP TABLE operator"),
    "newer": lambda raw: raw.execute("UPDATE alembic_version SET version_num = '9999'"),
    "odd count": lambda raw: raw.execute("UPDATE counter SET value = 'x'"),
    "without guards": lambda raw: raw.execute("DROP TRIGGER keep_journal_delete"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_backup_that_cannot_be_used_replaces_nothing(desk: Desk, copy: Path, clock: Clock, how: str) -> None:
    with contextlib.closing(sqlite3.connect(copy)) as raw:
        SPOILT[how](raw)
        raw.commit()
    before = {file.name: file.read_bytes() for file in desk.store.path.parent.iterdir() if file.is_file()}
    with pytest.raises(StoreProblem):
        restoring.restore(desk.store.path, copy, code="admin", secret=SECRET, lost=restoring.Losses(), now=clock)
    assert {file.name: file.read_bytes() for file in desk.store.path.parent.iterdir() if file.is_file()} == before


def test_a_backup_of_long_ago_is_restored_with_its_lost_numbers_whatever_the_clock_says(
    desk: Desk, copy: Path, clock: Clock
) -> None:
    clock.forward(days=-30)
    lost = restoring.losses(desk.store.path, copy)
    restoring.restore(desk.store.path, copy, code="admin", secret=SECRET, lost=lost, now=clock)
    clock.forward(days=60)
    assert issue(restored(desk, clock)).startswith("FX26-000004-")


def test_what_is_written_while_a_store_is_made_anew_is_not_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    take(desk)
    with contextlib.closing(sqlite3.connect(desk.store.path)) as raw:
        raw.execute("DROP INDEX journal_record")
        raw.commit()
    monkeypatch.setitem(SETTINGS, "busy_timeout", ("20", 20))
    really, refused = proof.verify, []

    def meanwhile(store: Store) -> list[proof.Finding]:
        with open(key_path(store.path), "rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        refused.append(1)
        return really(store)

    monkeypatch.setattr(proof, "verify", meanwhile)
    assert checkup.mend(desk.store.path) is not None
    assert refused
    with pytest.raises(StoreProblem, match="was replaced"):
        take(desk)
