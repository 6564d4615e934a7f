"""What a desk that died, a wrong key, a lost head or a full folder must not do to the store."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from data.problems import StoreDamaged, StoreMissing, StoreProblem
from data.store import backup
from data.store.keys import head_path, key_path
from data.store.opening import create_store, open_store
from desk import cases, checkup, complaints, journal, operators, proof, repairs
from desk.act import Desk
from desk.ground.refusals import Invalid, NotAllowed, SigninRefused, StateChanged
from tests.conftest import SECRET, Clock
from tests.helpers import running, take

DIE = """
import os, sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("PRAGMA journal_mode=TRUNCATE")
raw.execute("PRAGMA cache_size=1")
raw.execute("BEGIN IMMEDIATE")
raw.execute("CREATE TABLE half_done (x)")
raw.executemany("INSERT INTO half_done VALUES (?)", [("x" * 3000,)] * 400)
os._exit(9)
"""


def die_in_mid_write(path: Path) -> None:
    """A desk writes pages into the file and dies before it commits, as in a power cut."""
    assert subprocess.run([sys.executable, "-c", DIE, str(path)], check=False).returncode == 9
    assert Path(f"{path}-journal").stat().st_size > 0


def test_a_store_whose_desk_died_in_mid_write_opens_with_everything_that_was_saved(desk: Desk) -> None:
    number = take(desk).record
    desk.store.close()
    die_in_mid_write(desk.store.path)
    reopened = open_store(desk.store.path)
    assert reopened.read_only is None
    with reopened.reading() as session:
        assert cases.get(session, "complaints", number).what == "楼上漏水"
    assert proof.verify(reopened) == []
    reopened.close()


def test_an_unfinished_write_of_the_replaced_store_does_not_spoil_the_restored_one(desk: Desk, tmp_path: Path) -> None:
    take(desk)
    copy = backup.copy_store(desk.store.path, tmp_path / "copies")
    take(desk)
    desk.store.close()
    die_in_mid_write(desk.store.path)
    kept = backup.restore_store(copy, desk.store.path)
    assert kept is not None
    restored = open_store(desk.store.path)
    assert restored.read_only is None
    assert proof.verify(restored) == []
    restored.close()
    raw = sqlite3.connect(desk.store.path)
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()


def test_a_copy_that_lost_its_head_is_restored_and_goes_on(desk: Desk, tmp_path: Path) -> None:
    copy = backup.copy_store(desk.store.path, tmp_path / "copies")
    head_path(copy).unlink()
    take(desk)
    desk.store.close()
    backup.restore_store(copy, desk.store.path)
    restored = open_store(desk.store.path)
    assert restored.read_only is None
    restored.close()


def test_a_key_file_of_another_store_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    other = create_store(tmp_path / "other" / "q.db")
    other.close()
    right = key_path(desk.store.path).read_text()
    shutil.copyfile(key_path(other.path), key_path(desk.store.path))
    wrong = open_store(desk.store.path)
    assert isinstance(wrong.read_only, StoreDamaged)
    wrong.close()
    key_path(desk.store.path).write_text(right)
    assert open_store(desk.store.path).read_only is None


def test_a_missing_head_is_noticed_and_only_an_administrator_accepts_the_journal(desk: Desk) -> None:
    take(desk)
    head_path(desk.store.path).unlink()
    assert isinstance(open_store(desk.store.path).read_only, StoreDamaged)
    accepted = Desk(open_store(desk.store.path, accept=True), desk.now)
    accepted.operator = "lead"
    with pytest.raises(NotAllowed):
        proof.accept(accepted)
    accepted.operator = "admin"
    proof.accept(accepted)
    assert open_store(desk.store.path).read_only is None


def test_the_checkup_names_what_is_missing(desk: Desk) -> None:
    assert set(checkup.examine(desk.store).values()) == {""}
    raw = sqlite3.connect(desk.store.path)
    raw.execute("DROP TRIGGER keep_journal_delete")
    raw.commit()
    raw.close()
    desk.store.path.chmod(0o644)
    said = " ".join(checkup.examine(desk.store).values())
    assert "keep_journal_delete" in said
    assert "others may use" in said


def test_an_unfinished_store_leaves_nothing_that_blocks_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "q.db"

    def full(*_args: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.close", full)
        with pytest.raises(Exception, match="No space"):
            create_store(path)
    assert list(tmp_path.iterdir()) == []


def test_a_disabled_operator_may_not_stay(desk: Desk) -> None:
    who = operators.prove(desk, "front", SECRET)
    assert operators.may_stay(desk, who)
    with desk.act(operator="admin") as act:
        operators.disable(act, code="front")
    assert not operators.may_stay(desk, who)
    with desk.act(operator="admin") as act:
        operators.enable(act, code="front")
    assert operators.may_stay(desk, who)


def test_a_new_secret_opens_the_desk_and_the_old_one_does_not(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        operators.set_secret(act, code="front", secret="another-one")
    with pytest.raises(SigninRefused):
        operators.prove(desk, "front", SECRET)
    assert operators.prove(desk, "front", "another-one").code == "front"
    with pytest.raises(NotAllowed), desk.act(operator="lead") as act:
        operators.set_secret(act, code="front", secret="another-one")
    with pytest.raises(Invalid), desk.act(operator="front") as act:
        operators.set_secret(act, code="front", secret="x")


def test_signing_in_leaves_an_entry(desk: Desk) -> None:
    operators.sign_in(desk, "front", SECRET)
    with desk.read() as session:
        assert [entry.verb for entry in journal.timeline(session, "front")] == ["operators.sign_in"]


@pytest.mark.clause("CMP-51")
def test_a_later_answer_never_takes_the_place_of_an_earlier_one(desk: Desk, clock: Clock) -> None:
    number = take(desk).record
    for text in ("first", "second"):
        with desk.act() as act:
            complaints.reply(act, number=number, text=text)
        clock.forward(minutes=5)
    with desk.read() as session:
        notes = cases.notes_of(session, number)
    assert [(note.text, note.operator) for note in notes] == [("first", "front"), ("second", "front")]
    assert notes[0].at < notes[1].at


@pytest.mark.clause("REP-4")
def test_an_order_is_written_once(desk: Desk) -> None:
    number = take(desk, "repair").record
    with desk.act() as act:
        repairs.order(act, number=number)
    with pytest.raises(StateChanged), desk.act() as act:
        repairs.order(act, number=number)
    assert sum(rule == "T-3" for rule in running(desk, number)) == 1


def test_a_copy_made_with_another_key_is_not_restored(desk: Desk, tmp_path: Path) -> None:
    take(desk)
    copy = backup.copy_store(desk.store.path, tmp_path / "copies")
    other = create_store(tmp_path / "other" / "q.db")
    other.close()
    with pytest.raises(StoreDamaged):
        backup.restore_store(copy, other.path)
    assert open_store(other.path).read_only is None


@pytest.mark.parametrize("statement", ["DROP TRIGGER keep_journal_delete", "DROP TABLE pass_call"])
def test_a_store_that_lacks_a_part_of_itself_saves_nothing(desk: Desk, statement: str) -> None:
    desk.store.close()
    raw = sqlite3.connect(desk.store.path)
    raw.execute(statement)
    raw.commit()
    raw.close()
    assert isinstance(open_store(desk.store.path).read_only, StoreDamaged)


def test_a_store_file_that_was_taken_away_answers_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.store.path.rename(tmp_path / "away.db")
    for ask in (lambda: desk.store.ask("SELECT 1"), desk.store.data_version):
        with pytest.raises(StoreMissing):
            ask()
    with pytest.raises(StoreMissing), desk.act():
        pass
    shutil.copyfile(tmp_path / "away.db", desk.store.path)
    with pytest.raises(StoreProblem):
        desk.store.ask("SELECT 1")
