"""The command line: the same acts, refused the same way."""

import inspect
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer

from data.store import login
from data.store.asking import Asked, Unanswered
from data.store.keys import head_path
from data.words import _, speaking
from desk import operators
from desk.act import Desk
from desk.clocks import clocks
from desk.systems import SYSTEMS
from screens.cli import help_texts
from screens.cli.commands import PLACES, program
from screens.cli.quick import answered
from screens.early_keys import cells
from tests.conftest import SECRET, Clock
from tests.helpers import clock_of, grade, take

PLANTED = "import os\nif os.environ.get('PLANTED'):\n    import tests.planted"


def run(*words: str, store: Path | None = None, stdin: str = "", secret: str = SECRET, **env: str) -> "Answer":
    # Who asks where the words do not say it; questions are what is tried here, not who may put them.
    environment = {**os.environ, "DESK_SECRET": secret, "DESK_LANG": "en", "DESK_AS": "lead", **env}
    if store is not None:
        environment["DESK_STORE"] = str(store)
    # A fault is planted in the command's own process, too.
    program = ["-c", f"{PLANTED}\nfrom screens.cli import app; app()"] if "PLANTED" in os.environ else ["-m", "screens"]
    done = subprocess.run(
        [sys.executable, *program, *words],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        # Only what hangs is stopped: a busy machine is no fault.
        timeout=300,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Answer(done.returncode, done.stdout, done.stderr)


class Answer:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


ISSUE = ["pass", "issue", "--room", "1502", "--item", "沙发 2", "--destination", "维修店", "--mover", "单小云",
         "--mover-id", "110101199001010015", "--reason", "repair", "--id-seen", "--moving-at", "+5"]  # fmt: skip


def test_a_pass_goes_its_whole_way_from_the_command_line(tmp_path: Path) -> None:
    store = tmp_path / "q.db"
    assert run("demo", store=store).code == 0
    issue = [*ISSUE[:3], "3-2-1503", *ISSUE[4:], "--as", "lead"]
    assert run(*issue, store=store, secret="demo88").err.startswith("mover:")
    number = run(*issue, "--archive-wrong", "过户", store=store, secret="demo88")
    assert number.code == 0, number.err
    paper = number.out.strip()
    refused = run("pass", "seal", paper, "--as", "front", store=store, secret="demo88")
    assert (refused.code, "REL-9" in refused.err) == (1, True)
    for words in (
        ["sign", paper, "--as", "finance"],
        ["seal", paper, "--as", "front"],
        ["out", paper, "--as", "guard"],
    ):
        assert run("pass", *words, store=store, secret="demo88").code == 0
    listed = json.loads(run("pass", "list", "--find", paper[-8:], "--json", store=store, secret="demo88").out)
    assert paper in [row["number"] for row in listed]
    shown = json.loads(run("pass", "show", paper, "--json", store=store, secret="demo88").out)
    assert (shown["kind"], shown["items"][0]["quantity"]) == ("out", 2)
    assert run("pass", "void", paper, "--reason", "x", "--as", "front", store=store, secret="demo88").code == 1
    assert run("verify", store=store).code == 0
    assert run("doctor", store=store).code == 0
    queue = json.loads(run("queue", "--json", store=store, secret="demo88").out)
    assert {True, False} == {row["paused"] for row in queue} == {row["provisional"] for row in queue}
    assert any(row["seconds_left"] < 0 and "late" in row["left"] for row in queue)


def test_a_site_is_set_up_by_flags_and_its_roster_imported(tmp_path: Path) -> None:
    store = tmp_path / "site" / "q.db"
    roster = tmp_path / "r.csv"
    roster.write_text("楼栋,单元,房号,姓名\n1,1,101,任青\n", encoding="utf-8")
    flags = ["init", "--name", "测试园", "--admin", "boss", "--duty", "09:00-12:00,13:00-18:00"]
    assert run(*flags, "--duty", "9-5", store=store).code == 1
    assert not store.exists()
    assert run(*flags, store=store).code == 0
    imported = run("import", "roster", str(roster), "--as", "boss", store=store)
    assert imported.code == 0, imported.err
    added = ("operator", "add", "anke", "--roles", "receptionist", "--name", "安可", "--as", "boss")
    assert run(*added, store=store, DESK_NEW_SECRET=SECRET).code == 0
    assert "任青" in run("find", "rq", "--as", "anke", store=store).out
    due = run("deadline", "--from", "2026-11-24 17:30", "--within", "1 h", "--calendar", "duty", "--json", store=store)
    assert json.loads(due.out)["due"] == "2026-11-25T09:30:00+08:00"
    assert run("init", "--name", "x", "--admin", "y", store=store).code == 1


def test_bad_rows_refuse_all_unless_told_to_skip(desk: Desk, tmp_path: Path) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text("楼栋,单元,房号,姓名\n9,1,101,任青\n9,1,,查远\n", encoding="gb18030")
    words = ["import", "roster", str(roster), "--as", "lead"]
    refused = run(*words, store=desk.store.path)
    assert (refused.code, "row 3, column 房号" in refused.err) == (1, True)
    assert "任青" not in run("find", "任青", store=desk.store.path).out
    assert "1 rooms, 1 people" in run(*words, "--skip-bad", store=desk.store.path).out


def test_deadlines_are_answered_line_by_line_and_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    lines = [
        '{"from": "2026-09-30T16:30:00+08:00", "within": "2 h", "calendar": "duty"}',
        '{"from": "2026-11-24T09:00:00+08:00", "to": "2026-11-25T09:00:00+08:00", "calendar": "duty"}',
        '{"from": "2026-11-24T09:00:00+08:00", "within": "soon"}',
        "no json",
        "[1]",
    ]
    answer = run("deadline", "-", stdin="\n".join(lines), HOME=str(tmp_path), DESK_STORE="")
    rows = [json.loads(line) for line in answer.out.splitlines()]
    assert rows[0]["due"] == "2026-10-08T09:00:00+08:00"
    assert rows[1]["seconds"] == 8 * 3600
    assert [row.get("field") for row in rows[2:]] == ["within", "", ""]


@pytest.mark.parametrize(
    "words",
    [
        ["pass", "show", "FX26-999999-1"],
        ["complaint", "show", "nothing"],
        ["standards", "show", "T-99"],
        ["standards", "check", "/nowhere.toml"],
        ["import", "roster", "/nowhere.xlsx", "--as", "lead"],
        ["import", "holidays", "/nowhere.json", "--as", "lead"],
        ["deadline", "--within", "1 day", "--calendar", "duty"],
        ["deadline", "--from", "2026-02-30 10:00", "--within", "1 day"],
        ["deadline"],
        ["complaint", "refer", "TS26-000001-5", "engineering"],
        ["complaint", "refer", "TS26-000001-5", "engineering", "--as", "nobody"],
        ["complaint", "refer", "TS26-000001-5", "moon", "--as", "front"],
        ["take", "x", "--room", "99-99", "--as", "front"],
        ["restore", "/nowhere.db", "--yes"],
    ],
)
def test_what_cannot_be_is_one_sentence_and_an_exit_code(desk: Desk, words: list[str]) -> None:
    take(desk)
    answer = run(*words, store=desk.store.path)
    assert answer.code == 1
    assert len(answer.err.strip().splitlines()) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_store_that_cannot_be_opened_is_told_in_the_readers_language(tmp_path: Path, language: str) -> None:
    text = tmp_path / "x.db"
    text.write_text("no database " * 100)
    for path in (tmp_path / "none.db", text):
        answer = run("queue", store=path, DESK_LANG=language)
        assert answer.code == 1
        assert ("没有" in answer.err or "损坏" in answer.err) == (language == "zh")


def test_verify_ends_with_its_own_code_when_something_was_changed(desk: Desk) -> None:
    take(desk)
    head_path(desk.store.path).write_text("1 0000\n")
    assert run("verify", store=desk.store.path).code == 2


def test_a_call_about_an_open_order_names_it_on_the_command_line(desk: Desk) -> None:
    number, path = take(desk, "repair").record, desk.store.path
    words = ["take", "三栋也没水", "--kind", "repair", "--channel", "visit", "--stranger", "李女士", "--as", "front"]
    assert run(*words, "--same", number, store=path).out.split()[1] == number
    wrong = run(*words, "--same", "BX0", store=path)
    assert wrong.code != 0
    assert "No open order has this number" in wrong.err


# A planted fault is planted in the programs of their own that a test starts, too.
def words_of(app: typer.Typer) -> dict[str, list[str]]:
    """The words of a command line, with the words behind each."""
    groups = {str(one.name): one.typer_instance for one in app.registered_groups}
    said = {name: sorted(str(one.name) for one in inner.registered_commands) for name, inner in groups.items() if inner}
    return {**{str(one.name): [] for one in app.registered_commands}, **said}


def test_a_word_alone_has_all_that_it_has_in_the_whole_command_line() -> None:
    whole = words_of(program())
    assert len(whole) > 30
    placed = {word for words in PLACES.values() for word in words} | {one.command for one in SYSTEMS.values()}
    assert set(whole) <= placed, "a word without a place loads everything"
    # In a process of its own, where only what each word asks for is loaded.
    script = (
        f"{PLANTED}\nimport json, sys, typer\n"
        "from screens.cli.commands import program\n"
        f"{inspect.getsource(words_of)}\n"
        "print(json.dumps({word: words_of(program(word))[word] for word in json.load(sys.stdin)}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(sorted(whole)), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == whole


def test_a_word_loads_only_what_it_needs() -> None:
    script = (
        f"{PLANTED}\nimport sys; from screens.cli.commands import program; program(sys.argv[1]); print(*sys.modules)"
    )

    def loaded(word: str) -> set[str]:
        done = subprocess.run([sys.executable, "-c", script, word], capture_output=True, text=True, check=True)
        return set(done.stdout.split())

    rest = {"textual", "reportlab", "desk.contacts.intake", "desk.repairs.life", "desk.passes.gate", "desk.demo"}
    assert not loaded("find") & rest
    assert not loaded("queue") & rest


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_a_plain_question_is_answered_before_anything_heavy_is_loaded_and_says_the_same(
    desk: Desk, tongue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_LOGIN", str(tmp_path / "login.json"))
    who = operators.prove(desk, "front", SECRET)
    login.keep(desk.store.path, who.code, who.mark)
    record = take(desk).record
    grade(desk, record, "important")
    with desk.act(operator="company") as act:
        clocks.pause(act, clock_id=clock_of(desk, record, "T-14").id or 0, reason="等住户")
    script = f"{PLANTED}\nfrom screens.cli import app\ntry:\n    app()\nfinally:\n    import sys; print(*sys.modules)"

    def said(*more: str) -> tuple[list[str], set[str]]:
        env = {**os.environ, "DESK_STORE": str(desk.store.path), "DESK_LANG": tongue}
        done = subprocess.run(
            [sys.executable, "-c", script, "queue", *more], capture_output=True, text=True, check=True, env=env
        )
        *lines, modules = done.stdout.splitlines()
        # What is left of a promise goes on between two answers.
        return [line[14:] for line in lines], set(modules.split())

    quick, loaded = said()
    whole, _all = said("--store", str(desk.store.path))
    assert quick == whole
    assert quick
    assert not loaded & {"sqlmodel", "sqlalchemy", "pydantic", "typer", "textual", "desk.act", "desk.standards"}


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_what_the_program_says_of_itself_loads_none_of_it(asked: str) -> None:
    script = f"{PLANTED}\nfrom screens.cli import app; app(); import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script, asked], capture_output=True, text=True, check=True)
    *lines, modules = done.stdout.splitlines()
    assert not set(modules.split()) & {"sqlmodel", "sqlalchemy", "pydantic", "typer", "textual", "desk.act"}
    assert any("qiantai" in line or "demo" in line for line in lines)


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_help_names_every_word_with_what_it_says_of_itself(tongue: str) -> None:
    whole = program()
    kept = (Path(help_texts.__file__).parent / "words.txt").read_text(encoding="utf-8")
    assert kept == help_texts.words(whole), "scripts/messages writes it anew"
    said = run("--help", DESK_LANG=tongue, COLUMNS="80").out
    flat = "".join(said.split())
    for line in kept.splitlines():
        word, _tab, text = line.partition("\t")
        with speaking(tongue):
            assert word + "".join(_(text).split()) in flat
    assert max(map(cells, said.splitlines())) <= 80 or tongue == "en"


def test_a_store_that_is_not_as_it_should_be_is_left_to_the_whole_command_line(tmp_path: Path) -> None:
    with pytest.raises(Unanswered):
        Asked(tmp_path / "none.db")
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()
    with pytest.raises(Unanswered):
        Asked(other)
    (tmp_path / "text.db").write_text("no store")
    with pytest.raises(Unanswered):
        Asked(tmp_path / "text.db")
    for words in (["find"], ["find", "a", "b"], ["find", "-x"], ["find", " "], ["queue", "--json"], ["verify"]):
        assert not answered(words)


def test_a_closed_output_ends_quietly_and_what_reads_wrongly_is_left_to_the_whole_command_line(desk: Desk) -> None:
    take(desk)
    done = subprocess.run(
        ["sh", "-c", f"exec '{sys.executable}' -m screens queue >&-"],
        env={**os.environ, "DESK_STORE": str(desk.store.path), "DESK_AS": "lead", "DESK_SECRET": SECRET},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    with closing(sqlite3.connect(desk.store.path)) as raw:
        raw.execute("UPDATE clock SET due_at = 'soon'")
        raw.commit()
    os.environ["DESK_STORE"], before = str(desk.store.path), os.environ.get("DESK_STORE")
    try:
        assert not answered(["queue"])
    finally:
        os.environ.pop("DESK_STORE")
        os.environ |= {"DESK_STORE": before} if before else {}


def test_a_change_of_the_site_says_on_the_command_line_which_promises_it_would_move(tmp_path: Path) -> None:
    store = tmp_path / "q.db"
    assert run("demo", store=store).code == 0
    words = ["site", "change", "hours:desk", "Mon-Fri 09:00-18:00", "--reason", "公司通知", "--as", "admin"]
    refused = run(*words, store=store, secret="demo88")
    assert refused.code == 1
    assert "running promises would end at another time" in refused.err
    assert " → " in refused.err
    assert re.search(r"[A-Z]{2}\d\d-\d{6}-\d", refused.err), "which ones"
    assert run(*words, "--running", "keep", store=store, secret="demo88").code == 0


def who_asked(desk: Desk) -> list[tuple[str, str]]:
    said = desk.store.ask("SELECT operator, facts FROM journal WHERE verb = 'journal.ask' ORDER BY number")
    return [(operator, json.loads(facts)["what"]) for operator, facts in said]


def test_who_asks_on_the_command_line_says_who_they_are_and_what_they_asked_is_in_the_journal(desk: Desk) -> None:
    record = take(desk).record
    path = desk.store.path
    for words in (("find", "单"), ("queue",), ("complaint", "show", record), ("journal",), ("pass", "list")):
        nobody = run(*words, store=path, DESK_AS="", DESK_LOGIN="/nowhere/login.json")
        assert (nobody.code, nobody.out, "desk login" in nobody.err) == (1, "", True)
        assert run(*words, store=path, secret="wrong secret").code == 1
    assert who_asked(desk) == []
    assert "单小云" in run("find", "单", "--as", "front", store=path).out
    assert run("complaint", "show", record, "--as", "front", store=path).code == 0
    assert run("pass", "export", str(path.with_suffix(".xlsx")), "--as", "guard", store=path).code == 1, (
        "as on the screen"
    )
    assert who_asked(desk)[:2] == [("front", "find"), ("front", "complaint show")]
    assert "单" not in str(who_asked(desk))


def test_one_sign_in_is_enough_for_questions_until_it_rests_or_its_right_is_gone(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    # Commands go by the machine's time.
    clock.now = datetime.now(UTC) + timedelta(minutes=1)
    path, token = desk.store.path, tmp_path / "mine" / "login.json"
    env = {"DESK_AS": "", "DESK_LOGIN": str(token)}
    assert run("login", "front", store=path, secret="wrong secret", **env).code == 1
    assert not token.exists()

    def asks() -> bool:
        answers = [run(*words, store=path, secret="", **env).code for words in (("queue",), ("find", "单"))]
        assert len(set(answers)) == 1
        return answers[0] == 0

    def signs_in() -> None:
        assert run("login", "front", store=path, **env).code == 0

    signs_in()
    assert token.stat().st_mode & 0o777 == 0o600
    assert asks()
    os.utime(token, (0, os.stat(token).st_mtime - login.IDLE))
    assert not asks(), "it rested"
    signs_in()
    with desk.act(operator="admin") as act:
        operators.set_secret(act, code="front", secret=SECRET + "2")
    assert not asks(), "another secret"
    with desk.act(operator="admin") as act:
        operators.set_secret(act, code="front", secret=SECRET)
    signs_in()
    assert asks()
    said = json.loads(token.read_text())
    token.write_text(json.dumps({**said, "code": "lead"}))
    assert not asks(), "made by hand"
    for text in ("", "[]", "{}", json.dumps({**said, "mac": 5}), json.dumps({**said, "store": "/x"})):
        token.write_text(text)
        assert not asks()
    signs_in()
    assert run("logout", store=path, **env).code == 0
    assert not asks()


def test_whoever_looks_after_the_store_need_not_be_anybody(desk: Desk, tmp_path: Path) -> None:
    env = {"DESK_AS": "", "DESK_LOGIN": str(tmp_path / "none.json")}
    for words in (("verify",), ("doctor",), ("backup", str(tmp_path / "copies")), ("tick",), ("standards", "list")):
        assert run(*words, store=desk.store.path, secret="", **env).code == 0, words


@pytest.mark.parametrize("kind", ["link", "wide", "pipe", "deep", "old"])
def test_a_token_that_is_no_plain_file_of_ones_own_signs_nobody_in(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    token = tmp_path / "login.json"
    monkeypatch.setenv("DESK_LOGIN", str(token))
    who = operators.sign_in(desk, "lead", SECRET)
    login.keep(desk.store.path, who.code, who.mark)
    assert login.signed_in(desk.store.path)[0] == "lead"
    if kind == "link":
        token.rename(tmp_path / "kept")
        token.symlink_to(tmp_path / "kept")
    elif kind == "wide":
        token.chmod(0o666)
    elif kind == "pipe":
        token.unlink()
        os.mkfifo(token)
    elif kind == "deep":
        token.write_text("[" * 100_000, encoding="ascii")
    else:
        later = datetime.now(UTC).timestamp() + login.LONGEST
        monkeypatch.setattr("data.store.login.time.time", lambda: later)
        os.utime(token, (later, later))
    assert login.signed_in(desk.store.path) == ("", "")


def test_a_device_or_folder_in_the_tokens_place_is_left_where_it_is(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in (folder, pipe):
        said = run("login", "lead", store=desk.store.path, DESK_LOGIN=str(place))
        assert said.code == 1
        assert "cannot be written" in said.err
        assert place.exists()
    assert run("logout", store=desk.store.path, DESK_LOGIN=str(pipe)).code == 0
    assert pipe.exists()


@pytest.mark.parametrize(
    "words",
    [("find", "a", "--as", "\udcff"), ("login", "\udcff"), ("complaint", "list", "--state", "\udcff", "--as", "lead")],
)
def test_what_is_no_text_in_the_terminals_encoding_is_said_to_be_none(desk: Desk, words: tuple[str, ...]) -> None:
    said = run(*words, store=desk.store.path)
    assert said.code in (1, 2)
    assert said.err.count("\n") == 1
    odd = run("find", "a", store=desk.store.path, secret="\udcff\udcfe", DESK_AS="front")
    assert "do not match" in odd.err


@pytest.mark.parametrize("place", ["", "/"])
@pytest.mark.parametrize("word", ["verify", "doctor", "backup"])
def test_a_store_without_a_name_is_none(word: str, place: str) -> None:
    said = run(word, "--store", place)
    assert said.code == 1
    assert "is not a Qiantai store" in said.err


def test_the_versions_line_paints_nothing(tmp_path: Path) -> None:
    said = run("--version", store=tmp_path / "\x1b[31m.db")
    assert "\x1b" not in said.out


def test_a_register_prints_no_digest(desk: Desk) -> None:
    take(desk)
    listed = run("contact", "list", "--json", store=desk.store.path)
    assert "digest" not in json.loads(listed.out)[0]


def test_what_a_caller_knows_of_a_complaint_is_written_down_on_the_command_line(desk: Desk) -> None:
    number = take(desk).record
    said = run(
        "complaint",
        "describe",
        number,
        "--place",
        "三单元楼道",
        "--accused",
        "保洁",
        "--as",
        "front",
        store=desk.store.path,
    )
    assert said.code == 0, said.err
    assert desk.store.ask("SELECT place, accused FROM complaint") == [("三单元楼道", "保洁")]


def test_a_roster_can_be_looked_at_before_there_is_a_store_and_later_by_whoever_says_who_they_are(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "r.csv"
    file.write_text("楼栋,单元,房号,业主姓名,手机\n7栋,2,801,王乐,13900004444\n", encoding="utf-8")
    early = run("import", "roster", str(file), "--dry-run", store=tmp_path / "none.db")
    assert early.code == 0, early.err
    assert "7-2-801" in early.out
    assert "nothing was written" in early.out
    nobody = run("import", "roster", str(file), "--dry-run", store=desk.store.path, DESK_LOGIN=str(tmp_path / "no"))
    assert nobody.code == 1
    assert "Who asks?" in nobody.err
    asked = run("import", "roster", str(file), "--dry-run", "--as", "admin", store=desk.store.path)
    assert asked.code == 0, asked.err
    assert "New: 1 rooms" in asked.out
