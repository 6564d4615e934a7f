"""What the program tells a machine: timers, a menu entry, the steps to an account of its own, completion of words."""

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from screens.cli import units
from screens.cli.commands import program
from screens.cli.completion import script
from screens.cli.manual import words
from tests.test_cli import run

ODD = units.Place(Path('/opt/前 "台"/100%/desk'), Path("/srv/site's \u20ac \\/50%/si\"te.db"), "qt")


def said(line: str) -> list[str]:
    """The words of a line of systemd, which reads quotes and backslashes as a shell does."""
    return [word.replace("%%", "%") for word in shlex.split(line)]


def test_units_name_the_program_and_the_store_whatever_they_are_called(tmp_path: Path) -> None:
    made = units.files("systemd", ODD)
    assert set(made) == {f"qiantai-{word}.{part}" for word in ("tick", "backup") for part in ("service", "timer")}
    for name, text in made.items():
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(text)
        if name.endswith("service"):
            service = parser["Service"]
            assert service["User"] == "qt"
            # To systemd a single percent sign begins a word of its own.
            assert "%" not in text.replace("%%", "")
            assert said(service["ExecStart"]) == [str(ODD.program), name[8:].partition(".")[0]]
            assert said(service["Environment"]) == [f"DESK_STORE={ODD.store}"]
            assert said(service["ReadWritePaths"]) == [str(ODD.store.parent)]
            assert said(parser["Unit"]["RequiresMountsFor"]) == [str(ODD.store.parent)]
    assert "ExecStart" in made["qiantai-tick.service"]
    if shutil.which("systemd-analyze"):
        place = units.Place(Path("/bin/true"), tmp_path / "site.db", "root")
        for name, text in units.files("systemd", place).items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["systemd-analyze", "verify", *sorted(map(str, tmp_path.glob("qiantai-*")))],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "qiantai" not in done.stderr, done.stderr


def test_a_line_for_cron_begins_each_word_as_the_account_and_no_percent_ends_it() -> None:
    lines = units.files("cron", ODD)["qiantai.cron"].splitlines()
    timed = [line for line in lines if line.startswith(("*", "30"))]
    assert len(timed) == 2
    for line in timed:
        assert line.split()[5] == "qt"
        assert "%" not in line.replace("\\%", "")
        done = subprocess.run(
            ["bash", "-c", "printf '%s\\n' " + line.split("qt ", 1)[1].replace("\\%", "%").partition(" >")[0]],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        found = done.stdout.splitlines()
        assert (found[0], found[2:]) == (str(ODD.program), ["--store", str(ODD.store)])


def test_the_menu_entry_is_in_both_languages_and_asks_for_a_terminal() -> None:
    text = units.files("desktop", ODD)["qiantai.desktop"]
    assert "Terminal=true" in text
    assert "Name[zh_CN]=前台" in text
    (line,) = [line for line in text.splitlines() if line.startswith("Exec=")]
    assert "100%%" in line
    assert "--store" in line


def test_the_steps_to_an_account_of_its_own_are_a_script_that_a_shell_reads() -> None:
    text = units.files("harden", ODD)["harden.sh"]
    done = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "NOPASSWD: " in text


def test_files_are_written_where_one_says_and_never_over_others(tmp_path: Path) -> None:
    store = tmp_path / "site.db"
    written = run("units", "systemd", "--into", str(tmp_path), "--store", str(store))
    assert written.code == 0, written.err
    assert (tmp_path / "qiantai-tick.timer").stat().st_mode & 0o777 == 0o644
    again = run("units", "systemd", "--into", str(tmp_path), "--store", str(store))
    assert again.code == 1
    assert "cannot be written" in again.err
    assert run("units", "upstart", "--store", str(store)).code == 2


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_both_names_and_is_put_where_the_shell_looks(
    tmp_path: Path, shell: str, language: str
) -> None:
    said = script(shell)
    assert "desk" in said
    assert "qiantai" in said
    home = {"HOME": str(tmp_path), "SHELL": f"/bin/{shell}", "DESK_LANG": language}
    put = run("--install-completion", **home)
    assert put.code == 0, put.err
    assert len(put.out.splitlines()) == 2
    found = [path for path in tmp_path.rglob("*") if path.is_file() and "_DESK_COMPLETE" in path.read_text("utf-8")]
    assert len(found) >= 2
    asked = {"bash": "complete_bash", "zsh": "complete_zsh", "fish": "complete_fish"}[shell]
    typed = {"COMP_WORDS": "desk ver", "COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": "desk ver"}
    more = {"_TYPER_COMPLETE_FISH_ACTION": "get-args"} if shell == "fish" else {}
    told = run(**{"_DESK_COMPLETE": asked, **typed, **more, **home})
    assert "verify" in told.out
    if shell != "bash":
        assert ("日志" in told.out) == (language == "zh")


def test_where_everything_is_needs_no_store(tmp_path: Path) -> None:
    said = run("locate", "--store", str(tmp_path / "none.db"))
    assert said.code == 0
    assert "(not there)" in said.out


@pytest.mark.parametrize("word", [[], ["pass"], ["pass", "show"], ["tick"]])
def test_help_has_a_short_name_everywhere_and_speaks_the_readers_language(word: list[str]) -> None:
    said = run(*word, "-h", DESK_LANG="zh")
    assert said.code == 0
    assert "Show this message" not in said.out


def test_a_full_disk_behind_the_output_is_no_traceback() -> None:
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run(
            [sys.executable, "-m", "screens", "man"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_tour_needs_a_terminal_before_it_makes_anything() -> None:
    said = run("demo", "--tour", "guard")
    assert (said.code, said.out) == (2, "")


def test_a_shell_that_nobody_named_is_asked_for(tmp_path: Path) -> None:
    asked = run("--install-completion", SHELL="", HOME=str(tmp_path))
    assert (asked.code, asked.err) == (1, "Name the shell: bash, zsh or fish.\n")


def test_every_option_says_what_it_is_for() -> None:
    assert [(word.usage, name) for word in words(program()) for name, told in word.options if not told] == []


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_without_a_terminal_one_sentence_ends_it(tmp_path: Path, term: str) -> None:
    said = run(store=tmp_path / "none.db", TERM=term)
    assert (said.code, said.out) == (2, "")
    assert said.err == "The screens need a terminal; desk --help shows what works without one.\n"
    assert os.listdir(tmp_path) == []
