"""Installing, a site's first day, an upgrade with a desk open, another machine, removing: each in clean environments.

A row says which Python, what was done, and whether it was as it should be; the last row is a control that must fail.
"""

import argparse
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORES = ROOT / "tests" / "stores"
ADMIN = "secret of the admin"
ROSTER = "楼栋,单元,房号,业主姓名,手机\n3栋,2,1502,单小云,13900001111\n3栋,2,1503,王乐,13900002222\n"
# Seconds; nothing here is measured, only what hangs is ended.
PATIENCE = 600


class NotSo(Exception):
    """What should have been was not."""


def pythons() -> Iterator[Path]:
    """Every Python here that the program says it runs on, the newest patch of each."""
    found: dict[str, Path] = {}
    places = [*map(Path, os.environ["PATH"].split(":")), *Path.home().glob(".pyenv/versions/*/bin")]
    for place in places:
        for program in sorted(place.glob("python3.[0-9][0-9]")):
            asked = subprocess.run(
                [program, "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False
            )
            minor = re.match(r"3\.(\d+)", asked.stdout)
            if not asked.returncode and minor and int(minor[1]) >= 11:
                found[minor[0]] = program
    yield from (found[name] for name in sorted(found))


def ask(*words: object, wants: int = 0, stdin: str = "", **env: str) -> str:
    """What a program says on both its outputs; it has to end with a code."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DESK_STORE", "VIRTUAL_ENV")
    }
    done = subprocess.run(
        [str(word) for word in words],
        input=stdin,
        capture_output=True,
        text=True,
        env={**kept, "DESK_LANG": "en", **env},
        cwd=tempfile.gettempdir(),
        check=False,
        timeout=PATIENCE,
    )
    said = done.stdout + done.stderr
    if done.returncode != wants:
        raise NotSo(f"{' '.join(map(str, words))} ended with {done.returncode}: {said[-600:]}")
    return said


def so(fact: object, otherwise: object = "") -> None:
    """Refuse what is not so."""
    if not fact:
        raise NotSo(str(otherwise))


class Trial:
    """One Python's environments, in a folder that is gone afterwards."""

    def __init__(self, python: Path, wheel: Path, folder: Path) -> None:
        self.python, self.wheel, self.folder = python, wheel, folder
        self.bin = folder / "venv" / "bin"
        self.store = folder / "site" / "site.db"

    def desk(self, *words: object, wants: int = 0, stdin: str = "", **env: str) -> str:
        return ask(self.bin / "desk", *words, wants=wants, stdin=stdin, DESK_STORE=str(self.store), **env)

    def pip(self) -> None:
        """pip install, as pinned; both names answer, and without a terminal one sentence does."""
        ask(self.python, "-m", "venv", self.bin.parent)
        pip = (self.bin / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        ask(*pip, "--require-hashes", "-r", ROOT / "scripts/pins-run.txt")
        ask(*pip, "--no-deps", self.wheel)
        so("qiantai " in ask(self.bin / "qiantai", "-V"))
        so("need a terminal" in self.desk(wants=2))
        so("check" in ask(self.bin / "python", "-m", "pip", "check", wants=0) or True)
        ask(self.bin / "python", "-c", "import desk", wants=1)

    def uv(self) -> None:
        """uv tool install."""
        home = {"UV_TOOL_DIR": str(self.folder / "uv"), "UV_TOOL_BIN_DIR": str(self.folder / "uvbin")}
        ask(shutil.which("uv") or "uv", "tool", "install", "--python", self.python, self.wheel, **home)
        so("qiantai " in ask(self.folder / "uvbin" / "desk", "-V"))

    def pipx(self) -> None:
        """pipx install, which puts both names on the path, and uninstall."""
        home = {"PIPX_HOME": str(self.folder / "pipx"), "PIPX_BIN_DIR": str(self.folder / "pipxbin")}
        pipx = shutil.which("pipx") or "pipx"
        ask(pipx, "install", "--python", self.python, self.wheel, **home)
        so("qiantai " in ask(self.folder / "pipxbin" / "qiantai", "--version"))
        ask(pipx, "uninstall", "qiantai", **home)
        so(not (self.folder / "pipxbin" / "desk").exists(), "the command is still there")

    def beside_others(self) -> None:
        """Another project's desk and data in the same environment, and its own data folder where one stands."""
        site = Path(ask(self.bin / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
        for name in ("desk", "data"):
            (site / name).mkdir()
            (site / name / "__init__.py").write_text("THEIRS = True\n", encoding="ascii")
        so("schema" in self.desk("-V"))
        ask(self.bin / "python", "-c", "import desk, data; assert desk.THEIRS and data.THEIRS")

    def first_day(self) -> None:
        """init with a roster, an operator, a complaint, the queue, the tick, a backup; the doctor finds nothing."""
        roster = self.folder / "roster.csv"
        roster.write_text(ROSTER, encoding="utf-8")
        flags = ("--name", "云栖苑", "--admin", "admin", "--roster", roster)
        self.desk("init", *flags, DESK_SECRET=ADMIN)
        for code, name, role in (("front", "王乐", "receptionist"), ("lead", "单云", "supervisor")):
            words = ("operator", "add", code, "--name", name, "--roles", role, "--as", "admin")
            self.desk(*words, DESK_SECRET=ADMIN, DESK_NEW_SECRET=f"secret of {code}")
        self.desk(
            "take",
            "楼上漏水",
            "--kind",
            "complaint",
            "--channel",
            "visit",
            "--as",
            "front",
            "--stranger",
            "路人",
            DESK_SECRET="secret of front",
        )
        so("TS" in self.desk("queue", "--as", "lead", DESK_SECRET="secret of lead"))
        for word in ("tick", "backup", "doctor", "verify"):
            self.desk(word)

    def screens(self) -> None:
        """The screens open on a terminal, take a sign-in, and leave it as it was with Ctrl+Q."""
        with Window(self.bin / "desk", self.store) as window:
            window.until("your code")
            window.type("lead\rsecret of lead\r")
            window.until("Queue")
            window.type("\x11")
            so(window.ends() == 0, "it ended with another code")

    def another_machine(self) -> None:
        """A backup and its key in another folder, restored there; what it held is whole."""
        away = self.folder / "away"
        away.mkdir()
        copies = sorted((self.store.parent / "backups").glob("*.db"))
        so(copies, "there is no backup")
        copy = copies[-1]
        for path in (copy, copy.with_suffix(".head")):
            shutil.copy(path, away / path.name)
        shutil.copy(self.store.with_suffix(".key"), away / "site.key")
        words = ("restore", away / copy.name, "--store", away / "site.db", "--as", "admin", "--yes")
        self.desk(*words, DESK_SECRET=ADMIN)
        so("whole" in self.desk("verify", "--store", away / "site.db"))

    def upgrades(self) -> None:
        """Every store of an earlier make-up comes up, is whole, and its copy of before is kept."""
        for kept in sorted(STORES.glob("*.tar.xz")):
            folder = self.folder / f"old-{kept.name[:4]}"
            with tarfile.open(kept) as archive:
                archive.extractall(folder, filter="data")
            old = folder / "q.db"
            so("whole" in self.desk("verify", "--store", old), f"{kept.name} is not whole")
            so(list((folder / "before-upgrade").iterdir()), "no copy was kept")
            self.desk("doctor", "--store", old)

    def upgrade_under_an_open_desk(self) -> None:
        """A store that is brought up while a desk is open: that desk writes no more, and says why."""
        with Window(self.bin / "desk", self.store) as window:
            window.until("your code")
            window.type("lead\rsecret of lead\r")
            window.until("Queue")
            # What a newer program's upgrade leaves behind.
            code = "UPDATE alembic_version SET version_num = '9999'; CREATE TABLE later (id INTEGER)"
            script = f"import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript({code!r})"
            ask(self.bin / "python", "-c", script, self.store)
            window.type("\x05")
            window.until("Emergency")
            window.type("着火了\r\r\x1bOR\r\x1b[20~")
            window.until("another Qiantai")
        back = "UPDATE alembic_version SET version_num = '{}'; DROP TABLE later"
        known = re.search(r"schema (\d+)", self.desk("-V"))
        so(known, "no schema is said")
        script = f"import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript({back.format(known[1])!r})"
        ask(self.bin / "python", "-c", script, self.store)

    def uninstall(self) -> None:
        """pip uninstall takes away all of it, and nothing that is the site's or another project's."""
        ask(self.bin / "python", "-m", "pip", "uninstall", "--quiet", "--yes", "qiantai")
        site = Path(ask(self.bin / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
        so(not list(site.glob("qiantai*")) and not (self.bin / "desk").exists(), "something is left")
        so((site / "desk").exists() and self.store.exists(), "something of others is gone")

    def control(self) -> None:
        """Must fail: what was uninstalled answers."""
        ask(self.bin / "desk", "-V")


class Window:
    """The screens on a terminal of 120 columns and 36 rows."""

    def __init__(self, program: Path, store: Path) -> None:
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.environ.update(DESK_STORE=str(store), DESK_LANG="en", TERM="xterm-256color", COLUMNS="120", LINES="36")
            os.execv(program, [str(program)])
        self.seen = ""

    def __enter__(self) -> "Window":
        return self

    def __exit__(self, *_error: object) -> None:
        if self.handle >= 0:
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)
            os.close(self.handle)

    def until(self, text: str) -> None:
        """Wait until a text was painted since the last keys."""
        ends = time.monotonic() + 60
        while text not in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.seen):
            if time.monotonic() > ends:
                raise NotSo(f"{text!r} was not shown: {self.seen[-300:]!r}")
            if select.select([self.handle], [], [], 0.2)[0]:
                self.seen += os.read(self.handle, 65536).decode("utf-8", "replace")

    def type(self, keys: str) -> None:
        """Type keys, and look at what comes after them only."""
        time.sleep(0.5)
        self.seen = ""
        os.write(self.handle, keys.encode())

    def ends(self) -> int:
        """Wait for the program's end; its code."""
        while True:
            try:
                if not os.read(self.handle, 65536):
                    break
            except OSError:
                break
        _pid, status = os.waitpid(self.pid, 0)
        os.close(self.handle)
        self.handle = -1
        return os.waitstatus_to_exitcode(status)


def build(folder: Path) -> Path:
    """Two wheels from one commit are one wheel, byte for byte."""
    made = []
    for name in ("first", "second"):
        place = folder / name
        ask(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, ROOT)
        made += list(place.glob("*.whl"))
    so(made[0].read_bytes() == made[1].read_bytes(), "two builds differ")
    return made[0]


def tools(folder: Path) -> None:
    """uv and pipx, where they are not on the path, in an environment of their own."""
    if not shutil.which("uv") or not shutil.which("pipx"):
        ask(sys.executable, "-m", "venv", folder)
        ask(folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv", "pipx")
        os.environ["PATH"] = f"{folder / 'bin'}:{os.environ['PATH']}"


def row(name: str, python: str, work: Callable[[], object], *, fails: bool = False) -> bool:
    """Do it and say how it went; whether it went as it should."""
    begun = time.monotonic()
    try:
        work()
    except (NotSo, OSError, subprocess.SubprocessError) as error:
        why = "" if fails else f"  {error}"
        well = fails
    else:
        why, well = "", not fails
    print(f"{python:6} {name:28} {'ok' if well else 'FAILED'}  {time.monotonic() - begun:5.1f} s{why}", flush=True)
    return well


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="The first Python only.")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="qiantai-installs-") as name:
        folder, wheels, well = Path(name), [], True
        well &= row("built twice, one wheel", "", lambda: wheels.append(build(folder)))
        if not wheels:
            return 1
        well &= row("uv and pipx", "", lambda: tools(folder / "tools"))
        for python in list(pythons())[: 1 if quick else None]:
            place = folder / python.name
            place.mkdir()
            trial = Trial(python, wheels[0], place)
            for title, work in (
                ("pip install", trial.pip),
                ("uv tool install", trial.uv),
                ("pipx install and uninstall", trial.pipx),
                ("beside another desk and data", trial.beside_others),
                ("a site's first day", trial.first_day),
                ("the screens", trial.screens),
                ("restored on another machine", trial.another_machine),
                ("stores of every make-up", trial.upgrades),
                ("upgraded under an open desk", trial.upgrade_under_an_open_desk),
                ("uninstalled", trial.uninstall),
            ):
                well &= row(title, python.name.removeprefix("python"), work)
            well &= row("control: gone, it answers", python.name.removeprefix("python"), trial.control, fails=True)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
