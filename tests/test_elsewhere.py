"""Where a system lacks what Linux has, the program does without: the absence is planted, as no other system is here."""

import os
import subprocess
import sys
import zoneinfo
from pathlib import Path

import pytest

from desk import site
from desk.act import Desk
from desk.ground.refusals import Invalid
from desk.paper import printing
from tests.conftest import SECRET

# What Windows has not; macOS lacks the second row's last three.
PLANTED = """
import os, signal, sys
# The library asks for the system by its name, and would take this one for Linux all the same.
import platformdirs
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "termios", "tty", "pwd", "grp", "resource", "inotify_simple"):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Absent())
for name in ("fcntl", "termios", "tty", "pwd", "grp"):
    sys.modules.pop(name, None)
for name in ("chown", "geteuid", "getuid", "pwrite", "fork", "fdatasync", "O_NOFOLLOW", "O_CLOEXEC"):
    if hasattr(os, name):
        delattr(os, name)
del signal.SIGHUP
"""
# A fault is planted in the program's own process, too.
FAULTS = "\nif os.environ.get('PLANTED'):\n    import tests.planted\n"
SCREENS = """
import asyncio
from pathlib import Path
from screens.app import DeskApp
from screens.first_frame import first_frame
from tests.test_screens import sign_in, text_of
async def main():
    with first_frame(Path(sys.argv[1])):
        app = DeskApp(Path(sys.argv[1]))
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("f3")
        await pilot.pause()
        print(text_of(app))
asyncio.run(main())
"""


def without(code: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PLANTED + FAULTS + code, *words],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "DESK_LANG": "en", "DESK_SECRET": SECRET, **env},
        check=False,
        timeout=300,
    )


def test_a_site_is_made_written_to_and_checked_without_what_only_linux_has(tmp_path: Path) -> None:
    store = str(tmp_path / "site" / "q.db")
    cli = "from screens.cli import app; app()"
    made = without(cli, "init", "--store", store, "--name", "云栖苑", "--admin", "admin", "--zone", "Asia/Shanghai")
    assert made.returncode == 0, made.stderr
    words = ("operator", "add", "front", "--name", "王乐", "--roles", "receptionist", "--as", "admin", "--store", store)
    added = without(cli, *words, DESK_NEW_SECRET="long enough")
    assert added.returncode == 0, added.stderr
    for word in ("verify", "doctor", "backup", "tick"):
        done = without(cli, word, "--store", store)
        assert done.returncode == 0, done.stdout + done.stderr
    shared = without(cli, "share", "--store", store)
    assert (shared.returncode, "no groups" in shared.stderr) == (1, True)


def test_the_screens_start_without_what_only_linux_has(desk: Desk) -> None:
    desk.store.close()
    driver = "textual.drivers.headless_driver:HeadlessDriver"
    shown = without(SCREENS, str(desk.store.path), TEXTUAL_DRIVER=driver)
    assert shown.returncode == 0, shown.stderr
    assert "Queue" in shown.stdout


def test_windows_prints_with_its_own_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[tuple[bytes, str]] = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(os, "startfile", lambda path, verb: told.append((Path(path).read_bytes(), verb)), raising=False)
    printing.send(b"%PDF", "放行条 FX26-000001-5")
    assert told == [(b"%PDF", "print")]

    def refuse(_path: Path, _verb: str) -> None:
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    with pytest.raises(printing.NoPrinter, match="associated"):
        printing.send(b"%PDF", "title")


def test_nothing_but_two_rooms_asks_the_system_for_what_only_some_have() -> None:
    root = Path(__file__).parent.parent
    found = {
        str(path.relative_to(root))
        for floor in ("data", "desk", "screens")
        for path in (root / floor).rglob("*.py")
        if any(
            line.strip() in ("import fcntl", "import termios", "import pwd", "import grp", "import msvcrt")
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    }
    assert found == {"data/store/files.py", "data/store/sharing.py", "screens/switches.py"}


def test_a_machine_without_a_database_of_time_zones_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = zoneinfo.TZPATH
    monkeypatch.setitem(sys.modules, "tzdata", None)
    zoneinfo.ZoneInfo.clear_cache()
    zoneinfo.reset_tzpath(to=[])
    try:
        with pytest.raises(Invalid, match="tzdata"):
            site.zone("Asia/Shanghai")
    finally:
        zoneinfo.reset_tzpath(to=kept)
    with pytest.raises(Invalid, match="There is no time zone"):
        site.zone("Asia/Nowhere")
