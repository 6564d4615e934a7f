"""What somebody changes who has the file and no key: it is found, and nobody works on with it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import storm_tampering
from sqlalchemy import Boolean, Date, Integer, LargeBinary
from sqlmodel import SQLModel, col, select, update

from data.directory import Arrears
from data.journal import Counter, Setting
from data.kept import Digested, Instant
from data.problems import StoreDamaged, StoreProblem
from data.store.opening import open_store
from data.store.store import Store
from data.tables import models
from desk import drafts, operators, passes, proof, site
from desk.act import Desk
from desk.proof_rows import changed_rows
from tests.conftest import SECRET, TUESDAY
from tests.helpers import issue, take, unit


def dummy(store: Store, column: Any) -> Any:
    """Something that a column may hold; of another table's key, one that is there."""
    for key in column.foreign_keys:
        return store.ask(f"SELECT {key.column.name} FROM {key.column.table.name}")[0][0]
    if isinstance(column.type, Instant):
        return TUESDAY
    if isinstance(column.type, Date):
        return date(2026, 11, 24)
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, LargeBinary):
        return b"sealed"
    if (column.table.name, column.name) == ("release_pass", "state"):
        return "issued"
    return 7 if isinstance(column.type, Integer) else f"{column.name} 甲"


@pytest.fixture
def full(store: Store) -> Store:
    """A store with at least one row in every table."""
    known = models()
    for table in SQLModel.metadata.sorted_tables:
        model = known[table.name]
        if issubclass(model, Digested):
            values = {one.name: dummy(store, one) for one in table.columns if one.name != "digest"}
            with store.writing() as session:
                session.add(model(**values))
    assert proof_of(store) == []
    return store


def proof_of(store: Store) -> list[tuple[str, str]]:
    return list(changed_rows(store))


def rows(raw: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    tables = storm_tampering.columns(raw)
    assert set(tables) == {name for name, model in models().items() if issubclass(model, Digested)}
    yield from tables.items()


def test_whatever_is_changed_in_any_column_of_any_table_is_found(full: Store) -> None:
    with closing(storm_tampering.without_guards(full.path)) as raw:
        for table, columns in rows(raw):
            place = raw.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
            for column in columns:
                before = raw.execute(f'SELECT "{column}" FROM {table} WHERE rowid = ?', (place,)).fetchone()[0]
                assert storm_tampering.change_one(raw, table, column, place)
                found = [(what, where.split()[0]) for what, where in proof_of(full)]
                assert found == [("changed outside the program", table)], column
                place = raw.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
                raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (before, place))
                place = raw.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
        assert proof_of(full) == []


def test_a_row_of_any_table_that_was_taken_away_or_put_back_is_found(full: Store) -> None:
    with closing(storm_tampering.without_guards(full.path)) as raw:
        for table, columns in rows(raw):
            names = ", ".join(f'"{name}"' for name in [*columns, "digest"])
            row = raw.execute(f"SELECT rowid, {names} FROM {table} ORDER BY rowid DESC").fetchone()
            storm_tampering.take_away(raw, table, row[0])
            assert [where for _what, where in proof_of(full)] == [table]
            marks = ", ".join("?" for _ in row)
            raw.execute(f"INSERT INTO {table} (rowid, {names}) VALUES ({marks})", row)
        assert proof_of(full) == []


def test_a_row_put_back_as_an_act_once_left_it_is_found(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.store.path)) as raw:
        old = raw.execute("SELECT secret_hash, digest FROM operator WHERE code = 'finance'").fetchone()
        with desk.act(operator="admin") as act:
            operators.set_secret(act, code="finance", secret="another secret")
        raw.execute("UPDATE operator SET secret_hash = ?, digest = ? WHERE code = 'finance'", old)
        raw.commit()
    assert [one.where for one in proof.verify(desk.store)] == ["operator"]


def test_the_sum_of_an_earlier_day_put_back_with_its_rows_is_found_and_stops_the_desk(desk: Desk) -> None:
    with closing(storm_tampering.without_guards(desk.store.path)) as raw:
        before = raw.execute("SELECT entry, sums, digest FROM whole").fetchone()
        with desk.act(operator="lead") as act:
            site.put(act.session, "site.name", "甲")
            act.record("site.set", "site.name")
        raw.execute("DELETE FROM setting WHERE key = 'site.name'")
        raw.execute("UPDATE whole SET entry = ?, sums = ?, digest = ?", before)
    assert [one.what for one in proof.verify(desk.store)] == ["the sum of all rows was changed"]
    with closing(open_store(desk.store.path)) as opened:
        assert isinstance(opened.read_only, StoreDamaged)
    with pytest.raises(StoreDamaged):
        take(desk)


def test_a_paper_that_is_gone_with_its_number_is_missed_because_the_journal_names_it(desk: Desk) -> None:
    record = take(desk).record
    with closing(storm_tampering.without_guards(desk.store.path)) as raw:
        raw.execute("DELETE FROM complaint")
        raw.execute("DELETE FROM clock")
        raw.execute("DELETE FROM counter WHERE name LIKE 'complaints%'")
    found = [(one.what, one.where) for one in proof.verify(desk.store)]
    assert ("the journal names a paper that is not there", record[:11]) in found


def test_a_secret_that_was_swapped_signs_nothing(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.store.path)) as raw:
        raw.execute(
            "UPDATE operator SET secret_hash = (SELECT secret_hash FROM operator WHERE code = 'front') "
            "WHERE code = 'finance'"
        )
        raw.commit()
    with pytest.raises(StoreDamaged, match="operator finance was changed outside the program"):
        operators.prove(desk, "finance", SECRET)
    with pytest.raises(StoreDamaged), operators.signed_by(desk, "finance", SECRET):
        pass


def test_what_a_home_owes_is_not_taken_from_a_row_that_no_act_wrote(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.add(Arrears(unit_id=unit(desk), fee="property", fen=5000, as_of=TUESDAY))
    with closing(sqlite3.connect(desk.store.path)) as raw:
        raw.execute("UPDATE arrears SET fen = 0")
        raw.commit()
    with pytest.raises(StoreDamaged, match="arrears 1"):
        issue(desk)


def test_a_rule_that_was_changed_by_hand_is_followed_by_no_act(desk: Desk) -> None:
    with desk.act(operator="lead") as act:
        site.put(act.session, "site.name", "甲")
        act.record("site.set", "site.name")
    with closing(sqlite3.connect(desk.store.path)) as raw:
        raw.execute("UPDATE setting SET value = '乙'")
        raw.commit()
    with pytest.raises(StoreDamaged, match=r"setting site\.name"):
        issue(desk)


def test_every_way_of_writing_leaves_its_digests(store: Store) -> None:
    with store.writing() as session:
        session.add(Setting(key="one", value="1"))
        session.flush()
        session.exec(update(Setting).where(col(Setting.key) == "one").values(value="2"))
        session.connection().exec_driver_sql("INSERT INTO setting (key, value) VALUES ('two', '2')")
        session.connection().exec_driver_sql("UPDATE counter SET value = value")
        session.delete(session.exec(select(Setting).where(Setting.key == "one")).one())
    assert proof_of(store) == []
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        session.add(Counter(name="passes:2031", value=1 // 0))
    assert proof_of(store) == []


def test_a_changed_pass_can_be_voided_and_stays_one_that_was_changed(desk: Desk) -> None:
    number = issue(desk)
    with closing(storm_tampering.without_guards(desk.store.path)) as raw:
        raw.execute("UPDATE release_pass SET plate = '沪A00000'")
    with desk.act() as act:
        passes.void(act, number=number, reason="被改动")
    assert f"release_pass {number}" in [one.where for one in proof.verify(desk.store)]


def test_what_an_administrator_accepts_is_named_in_the_journal_and_counts_from_then_on(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.store.path)) as raw:
        raw.execute("UPDATE person SET note = '甲' WHERE name = '单小云'")
        raw.commit()
    with closing(open_store(desk.store.path, accept=True)) as opened:
        admin = Desk(opened, desk.now)
        admin.operator = "admin"
        assert [one.where for one in proof.accept(admin)] == ["person 1"]
    assert proof.verify(desk.store) == []
    assert "person 1" in desk.store.ask("SELECT facts FROM journal ORDER BY number DESC LIMIT 1")[0][0]
    assert take(desk).record


def test_no_change_at_random_goes_unseen(desk: Desk, tmp_path: Path) -> None:
    take(desk)
    issue(desk)
    assert list(storm_tampering.storm(desk.store.path, tmp_path / "spoilt", 60, open_store)) == []


def test_a_journal_that_was_cut_off_and_accepted_goes_on_with_a_head_of_its_own(desk: Desk) -> None:
    take(desk)
    with closing(sqlite3.connect(desk.store.path)) as raw:
        guard = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'keep_journal_delete'").fetchone()[0]
        for statement in ("DROP TRIGGER keep_journal_delete", "DELETE FROM journal WHERE number > 2", guard):
            raw.execute(statement)
        raw.commit()
    with closing(open_store(desk.store.path, accept=True)) as opened:
        admin = Desk(opened, desk.now)
        admin.operator = "admin"
        assert any("cut off" in one.what for one in proof.accept(admin))
    with closing(open_store(desk.store.path)) as opened:
        assert opened.read_only is None
    assert [one.what for one in proof.verify(desk.store) if "cut off" in one.what] == []


PLANTED = (
    "CREATE TRIGGER zz AFTER INSERT ON journal BEGIN "
    "UPDATE operator SET roles = 'administrator' WHERE code = 'guard'; END"
)


def by_hand(desk: Desk, *statements: str) -> None:
    with closing(sqlite3.connect(desk.store.path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def test_code_that_somebody_planted_in_the_store_makes_no_act_forge_for_them(desk: Desk) -> None:
    take(desk)
    by_hand(desk, PLANTED)
    with pytest.raises(StoreDamaged, match="zz was changed outside"):
        take(desk)
    with closing(open_store(desk.store.path)) as opened:
        assert "zz" in str(opened.read_only)
    assert "zz" in [one.where for one in proof.verify(desk.store)]
    by_hand(desk, "DROP TRIGGER zz")
    assert take(desk).record
    assert proof.verify(desk.store) == []


def test_a_guard_that_was_hollowed_out_is_missed(desk: Desk) -> None:
    hollow = "CREATE TRIGGER keep_journal_delete BEFORE DELETE ON journal BEGIN SELECT 1; END"
    by_hand(desk, "DROP TRIGGER keep_journal_delete", hollow)
    assert "keep_journal_delete" in [one.where for one in proof.verify(desk.store)]
    with closing(open_store(desk.store.path)) as opened:
        assert opened.read_only is not None


def test_an_old_row_put_back_for_one_act_signs_nothing(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.store.path)) as raw:
        old = raw.execute("SELECT * FROM operator WHERE code = 'finance'").fetchone()
        with desk.act(operator="admin") as act:
            operators.disable(act, code="finance")
        raw.execute("DELETE FROM operator WHERE code = 'finance'")
        raw.execute(f"INSERT INTO operator VALUES ({', '.join('?' for _one in old)})", old)
        raw.commit()
    with pytest.raises(StoreDamaged, match="operator"), desk.act(operator="finance"):
        pass


def test_debts_that_were_taken_away_for_one_act_are_missed(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.add(Arrears(unit_id=unit(desk), fee="property", fen=5000, as_of=TUESDAY))
    by_hand(desk, "DELETE FROM arrears")
    with pytest.raises(StoreDamaged, match="arrears"):
        issue(desk)


def test_bytes_are_never_taken_for_the_text_that_spells_them(desk: Desk) -> None:
    by_hand(desk, "UPDATE unit SET room = x'1502' WHERE room = '1502'")
    assert [one.what for one in proof.verify(desk.store)] == ["changed outside the program"]


@pytest.mark.parametrize("place", [-(1 << 63), -(1 << 62) - 5, (1 << 63) - 1])
def test_a_row_is_found_wherever_it_is_put(desk: Desk, place: int) -> None:
    insert = (
        "INSERT INTO operator (rowid, code, name, roles, department, secret_hash, disabled, language, signs_for, areas)"
    )
    by_hand(desk, f"{insert} VALUES ({place}, 'x', 'x', 'administrator', '', '', 0, '', '', '')")
    assert "operator x" in [one.where for one in proof.verify(desk.store)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operator SET name = CAST(x'ff' AS TEXT)",
        "UPDATE operator SET digest = 'é'",
        "UPDATE operator SET digest = x'00'",
        "UPDATE counter SET value = 'x'",
        "UPDATE counter SET value = x'00'",
        "UPDATE whole SET sums = 'x'",
        "UPDATE whole SET digest = 'é'",
        "UPDATE setting SET value = x'ff'",
    ],
)
def test_what_is_not_even_of_its_kind_is_a_finding_and_a_sentence(desk: Desk, statement: str) -> None:
    take(desk)
    by_hand(desk, statement)
    with closing(open_store(desk.store.path)) as opened:
        found = proof.verify(opened)
        assert found or statement.startswith("UPDATE setting")
        again = Desk(opened, desk.now)
        again.operator = "front"
        if found:
            with pytest.raises(StoreProblem):
                take(again)


@pytest.mark.parametrize("value", ["x'00'", "'é'", "CAST(x'ff' AS TEXT)"])
@pytest.mark.parametrize("column", ["digest", "facts", "at"])
def test_a_last_entry_of_another_kind_opens_for_reading_with_a_sentence(desk: Desk, column: str, value: str) -> None:
    take(desk)
    guard = desk.store.ask("SELECT sql FROM sqlite_master WHERE name = 'keep_journal_update'")[0][0]
    newest = "(SELECT max(number) FROM journal)"
    by_hand(
        desk,
        "DROP TRIGGER keep_journal_update",
        f"UPDATE journal SET {column} = {value} WHERE number = {newest}",
        guard,
    )
    with closing(open_store(desk.store.path)) as opened:
        assert opened.read_only is not None
        assert proof.verify(opened) != []


def test_a_draft_that_somebody_spoilt_is_none(desk: Desk) -> None:
    drafts.save(desk.store, "front", "x:y", {"what": "甲"}, desk.now())
    by_hand(desk, "UPDATE draft SET \"values\" = '{bad'")
    assert drafts.load(desk.store, "front", "x:y") == {}
