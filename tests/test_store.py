import contextlib
import fcntl
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from data import problems
from data.journal import Setting
from data.store import backup, opening, soundness, turns
from data.store.engine import SETTINGS
from data.store.keys import head_path, key_path
from data.store.migrating import MIGRATIONS, config
from data.store.opening import create_store, open_store
from data.store.schema import SCHEMA
from data.store.store import Store, problem_from
from desk import journal, proof
from desk.act import Desk
from desk.ground.refusals import Invalid
from tests.helpers import issue, take


def raw(store: Store) -> sqlite3.Connection:
    return sqlite3.connect(store.path)


def test_every_connection_has_the_settings_that_survive_a_power_cut(store: Store) -> None:
    with store.engine.connect() as connection:
        for name, (_value, expected) in SETTINGS.items():
            row = connection.exec_driver_sql(f"PRAGMA {name}").fetchone()
            assert row is None or row[0] == expected


def test_the_files_are_readable_by_their_owner_only(store: Store) -> None:
    for path in (store.path, key_path(store.path)):
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_migrations_make_exactly_the_tables_of_the_models(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlmodel import SQLModel

    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    assert ScriptDirectory.from_config(config()).get_current_head() == SCHEMA
    assert MIGRATIONS.is_dir()


def test_opening_never_makes_a_store_by_accident(tmp_path: Path) -> None:
    with pytest.raises(problems.StoreMissing):
        open_store(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_not_made_over_another(store: Store) -> None:
    with pytest.raises(problems.StoreProblem):
        create_store(store.path)


def test_a_newer_store_is_refused(store: Store) -> None:
    with raw(store) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(problems.StoreTooNew):
        open_store(store.path)


def test_another_database_and_a_text_file_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE x (y)").connection.close()
    text = tmp_path / "text.db"
    text.write_text("hello, no database" * 100)
    for path in (other, text):
        with pytest.raises(problems.StoreDamaged):
            open_store(path)


def test_a_damaged_store_opens_for_reading_only_and_says_what_to_do(store: Store) -> None:
    store.close()
    with contextlib.closing(sqlite3.connect(store.path)) as known:
        ((page,),) = known.execute("SELECT rootpage FROM sqlite_master WHERE name = 'vehicle'")
        ((size,),) = known.execute("PRAGMA page_size")
    with open(store.path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    opened = open_store(store.path)
    assert isinstance(opened.read_only, problems.StoreDamaged)
    with pytest.raises(problems.StoreDamaged), opened.writing():
        pass


def test_without_its_key_file_a_store_opens_for_reading_only(store: Store) -> None:
    store.close()
    key_path(store.path).unlink()
    opened = open_store(store.path)
    assert isinstance(opened.read_only, problems.StoreReadOnly)
    assert "q.key" in str(opened.read_only)


def test_a_store_locked_by_another_desk_says_so_and_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "busy_timeout", ("50", 50))
    other = open_store(desk.store.path)
    other_desk = Desk(other, desk.now, "desk-2")
    other_desk.operator = "front"
    with desk.act() as act:
        act.require("contacts.take")
        with pytest.raises(problems.StoreBusy), other_desk.act():
            pass
    assert take(other_desk).record


def test_a_full_disk_is_told_as_such(store: Store) -> None:
    found = problem_from(sqlite3.OperationalError("database or disk is full"), store.path)
    assert isinstance(found, problems.StoreFull)


def test_an_act_that_fails_leaves_nothing_not_even_a_number(desk: Desk) -> None:
    first = issue(desk)
    with pytest.raises(ZeroDivisionError), desk.act() as act:
        act.record("passes.void", act.number("passes"), facts=1 / 0)
    second = issue(desk)
    assert int(second.split("-")[1]) == int(first.split("-")[1]) + 1
    assert proof.verify(desk.store) == []


@pytest.mark.clause("REL-13", "REC-2")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM release_pass",
        "UPDATE release_pass SET number = 'FX26-000099-1'",
        "DELETE FROM contact",
        "DELETE FROM journal",
        "UPDATE journal SET operator = 'nobody' WHERE number = 1",
    ],
)
def test_the_database_itself_forbids_deleting_papers_and_journal(desk: Desk, statement: str) -> None:
    issue(desk)
    take(desk)
    with pytest.raises(sqlite3.IntegrityError), raw(desk.store) as connection:
        connection.execute(statement)


def tamper(store: Store, *statements: str) -> None:
    with raw(store) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE journal SET operator = 'nobody' WHERE number = 2", "2"),
        ("UPDATE journal SET facts = '{}' WHERE number = 3", "3"),
        ("DELETE FROM journal WHERE number = 2", "2"),
        ("DELETE FROM release_pass WHERE number LIKE '%-000001-%'", "FX26-000001-5"),
        ("UPDATE counter SET value = 7 WHERE name = 'passes:2026'", "FX26-000003-1"),
    ],
)
def test_verify_names_the_first_thing_that_was_changed(desk: Desk, statement: str, where: str) -> None:
    issue(desk)
    issue(desk)
    assert proof.verify(desk.store) == []
    tamper(desk.store, "PRAGMA foreign_keys=OFF", statement)
    assert [finding.where for finding in proof.verify(desk.store)][:1] == [where]


def test_verify_notices_a_tail_that_was_cut_off(desk: Desk) -> None:
    take(desk)
    tamper(desk.store, "DELETE FROM journal WHERE number > 2")
    assert any("cut off" in finding.what for finding in proof.verify(desk.store))
    head_path(desk.store.path).unlink()
    assert proof.verify(desk.store) != []


@pytest.mark.parametrize(
    "statement", ["DELETE FROM journal WHERE number > 1", "UPDATE counter SET value = 7 WHERE name = 'passes:2026'"]
)
def test_a_store_that_lost_its_tail_or_a_number_opens_for_reading_only(desk: Desk, statement: str) -> None:
    issue(desk)
    assert open_store(desk.store.path).read_only is None
    tamper(desk.store, statement)
    assert isinstance(open_store(desk.store.path).read_only, problems.StoreDamaged)


def test_a_backup_restores_to_the_same_desk(desk: Desk, tmp_path: Path) -> None:
    record = take(desk).record
    copy = backup.copy_store(desk.store.path, tmp_path / "copies")
    take(desk)
    desk.store.close()
    kept = backup.restore_store(copy, desk.store.path)
    restored = open_store(desk.store.path)
    assert kept is not None
    assert kept.exists()
    assert proof.verify(restored) == []
    with restored.reading() as session:
        assert journal.timeline(session, record)


def test_a_broken_backup_is_not_restored(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"x" * 5000)
    with pytest.raises(problems.StoreDamaged):
        backup.restore_store(broken, desk.store.path)
    assert take(desk).record


def test_another_desk_sees_that_something_changed(desk: Desk) -> None:
    other = open_store(desk.store.path)
    before = other.data_version()
    take(desk)
    assert other.data_version() != before


def test_a_proof_lets_other_desks_write_and_takes_what_they_write_for_no_damage(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _one in range(3):
        take(desk)
    other = Desk(open_store(desk.store.path), desk.now)
    other.operator = "front"
    ask, asked = desk.store.ask, []

    def busy(sql: str, *places: object, **values: object) -> Any:
        """Another desk takes a complaint and issues a pass between two pages."""
        if len(asked) < 6:
            asked.append(sql)
            take(other)
            issue(other)
        return ask(sql, *places, **values)

    monkeypatch.setattr(proof, "PAGE", 2)
    monkeypatch.setattr(desk.store, "ask", busy)
    assert proof.verify(desk.store) == []
    assert len(asked) == 6
    other.store.close()


def test_a_number_beside_the_counted_ones_is_found(desk: Desk) -> None:
    record = take(desk).record
    tamper(
        desk.store,
        f"CREATE TEMP TABLE one AS SELECT * FROM complaint WHERE number = '{record}'",
        "UPDATE one SET number = 'TS26-000009-9'",
        "INSERT INTO complaint SELECT * FROM one",
    )
    found = [one.what for one in proof.verify(desk.store)]
    assert found == ["number missing or doubled", "changed outside the program"]


def test_counters_and_papers_are_looked_at_in_one_moment(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    take(desk)
    really, held = soundness._newest, []

    def looked(*said: Any) -> int:
        with contextlib.closing(sqlite3.connect(desk.store.path, timeout=0)) as other:
            try:
                other.execute("UPDATE counter SET value = value")
                other.commit()
                held.append(False)
            except sqlite3.OperationalError:
                held.append(True)
        return really(*said)

    monkeypatch.setattr(soundness, "_newest", looked)
    assert soundness.tampered(desk.store.path, desk.store.keys) is None
    assert held
    assert all(held)


def held(path: Path) -> sqlite3.Connection:
    """Somebody who reads and does not end."""
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM journal").fetchone()
    return reader


def test_an_act_that_cannot_be_kept_leaves_nothing_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    take(desk)
    monkeypatch.setitem(SETTINGS, "busy_timeout", ("20", 20))
    first, second = (Desk(open_store(desk.store.path), desk.now) for _one in range(2))
    first.operator = second.operator = "front"
    reader = held(desk.store.path)
    with pytest.raises(problems.StoreBusy):
        take(first)
    reader.close()
    assert take(second).record, "the lock is nobody's any more"
    assert take(first).record
    assert proof.verify(desk.store) == []
    first.store.close(), second.store.close()


def test_what_is_asked_of_a_store_that_somebody_writes_to_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "busy_timeout", ("20", 20))
    other = open_store(desk.store.path)
    writer = sqlite3.connect(desk.store.path, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(problems.StoreBusy):
        other.data_version()
    writer.close()
    assert other.data_version() >= 0
    other.close()


def test_a_store_that_cannot_be_looked_at_is_not_called_sound(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    take(desk)

    def broken(*_said: Any) -> int:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(soundness, "_newest", broken)
    assert isinstance(soundness.tampered(desk.store.path, desk.store.keys), problems.StoreDamaged)


def test_a_counter_without_a_year_is_found_and_stops_the_desk(desk: Desk) -> None:
    tamper(desk.store, "INSERT INTO counter (name, value) VALUES ('passes', 0)")
    assert [one.where for one in proof.verify(desk.store)] == ["passes", "counter passes"]
    assert isinstance(soundness.tampered(desk.store.path, desk.store.keys), problems.StoreDamaged)


def test_an_act_that_was_kept_undoes_nothing_that_another_began(desk: Desk) -> None:
    store, begun = desk.store, []
    with store.writing() as session:
        session.add(Setting(key="first", value="1"))
        raw = session.connection().connection.driver_connection
        session.commit()
        # Another thread has the same connection by now, and is in the midst of its own act.
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO setting (key, value) VALUES ('second', '1')")
        begun.append(raw)
    assert begun[0].in_transaction
    begun[0].commit()
    with store.reading() as session:
        assert {session.get_one(Setting, key).value for key in ("first", "second")} == {"1"}


def test_a_store_that_was_opened_for_reading_only_is_written_again_once_it_is_well(desk: Desk) -> None:
    head = head_path(desk.store.path)
    kept = head.read_bytes()
    head.unlink()
    opened = open_store(desk.store.path)
    again = Desk(opened, desk.now)
    again.operator = "front"
    assert opened.read_only is not None
    assert not opening.look_again(opened)
    head.write_bytes(kept)
    assert opening.look_again(opened)
    assert opened.read_only is None
    assert take(again).record
    assert not opening.look_again(opened)
    opened.close()


def test_whoever_wrote_just_now_lets_those_who_wait_go_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    take(desk)
    slept: list[float] = []
    monkeypatch.setattr(turns.time, "sleep", slept.append)
    one, other = turns.Turns(desk.store.path), turns.Turns(desk.store.path)
    with one.turn(0):
        pass
    with one.turn(0):
        assert slept == [], "nobody waits"
        with other.turn(0):
            assert slept == [], "who has waited long enough asks the database itself"
    with open(head_path(desk.store.path), "rb") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_SH)
        with one.turn(0):
            assert slept == [turns.COURTESY]


def test_an_older_copy_of_the_head_is_mended_by_the_next_act_and_a_torn_one_is_no_loss(desk: Desk) -> None:
    take(desk)
    head = head_path(desk.store.path)
    older = head.read_bytes()
    take(desk)
    head.write_bytes(older)
    opened = open_store(desk.store.path)
    assert opened.read_only is None, "what it names is in the chain"
    opened.close()
    take(desk)
    newest = desk.store.ask("SELECT max(number) FROM journal")[0][0]
    assert desk.store.head_copy() == (
        newest,
        desk.store.ask("SELECT digest FROM journal WHERE number = ?", newest)[0][0],
    )
    whole = head.read_bytes()
    for place in (0, 160):
        head.write_bytes(whole[:place] + b"\0" * 40 + whole[place + 40 :])
        opened = open_store(desk.store.path)
        assert opened.read_only is None, "the other line is a true head of a moment before"
        opened.close()


def test_a_head_that_was_printed_is_compared_with_the_journal(desk: Desk) -> None:
    take(desk)
    number, digest = desk.store.ask("SELECT number, digest FROM journal ORDER BY number DESC LIMIT 1")[0]
    for said in (f"{number} {digest}", f" {number}  {digest[:8]} "):
        assert proof.compare(desk.store, said) == []
    assert [one.where for one in proof.compare(desk.store, f"{number} {'0' * 8}")] == [str(number)]
    assert [one.what for one in proof.compare(desk.store, f"{number + 1} {digest[:8]}")] == [
        "the journal ends before an entry that was printed"
    ]
    for text in ("", "1", "1 abc", f"x {digest}", f"{number} {digest}0"):
        with pytest.raises(Invalid) as caught:
            proof.compare(desk.store, text)
        assert caught.value.field == "head"


def test_every_head_is_kept_in_another_place_where_one_is_named(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "elsewhere.log"
    monkeypatch.setenv("DESK_WITNESS", str(place))
    take(desk)
    take(desk)
    lines = place.read_text().splitlines()
    assert len(lines) == 2
    for line in lines:
        assert proof.compare(desk.store, line.partition(" ")[2]) == []
    assert place.stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("DESK_WITNESS", str(tmp_path / "no folder" / "x"))
    assert take(desk).record, "the act is kept already"
