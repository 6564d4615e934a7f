"""Several accounts of one machine on one store: a guard's, root's timer; and what nobody else may read."""

import os
import shutil
import stat
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from data.problems import Problem, StoreProblem, StoreReadOnly
from data.store import sharing
from data.store.backup import copy_store
from data.store.files import new_file
from data.store.glance import glance, schema
from data.store.head import read_head
from data.store.keys import head_path, key_path
from data.store.opening import open_store
from data.store.steady import Mark, write_mark
from desk import checkup, proof, ticking
from desk.act import Desk
from screens import fault_log
from tests.conftest import Clock
from tests.helpers import take
from tests.test_cli import run

OWNER, GUARD, STRANGER, GROUP = 41001, 41002, 41003, 42001

pytestmark = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can play other accounts")


def as_account(account: int, groups: list[int], work: Callable[[], str]) -> str:
    """What a piece of work says when another account of this machine does it.

    A fork, for this account's own Python may be nobody else's to read: what is loaded already stays.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups(groups)
            os.setgid(account)
            os.setuid(account)
            os.umask(0o077)
            said = work()
        except Problem as problem:
            said = f"{type(problem).__name__}: {problem}"
        except BaseException:
            said = traceback.format_exc()
        os.write(writing, said.encode()[:60_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def place(desk: Desk) -> Iterator[Path]:
    """A store in a folder of its own that other accounts can reach, its owner's alone."""
    with tempfile.TemporaryDirectory(prefix="qiantai-test-") as folder:
        os.chmod(folder, 0o755)
        home = Path(folder) / "desk"
        home.mkdir(mode=0o700)
        take(desk)
        desk.store.close()
        for path in (desk.store.path, key_path(desk.store.path), head_path(desk.store.path)):
            shutil.copy(path, home / path.name)
        store = home / desk.store.path.name
        for path in (home, *home.iterdir()):
            os.chown(path, OWNER, OWNER)
        yield store


def an_act(store: Path, clock: Clock) -> str:
    """Take a complaint on a store; its number."""
    opened = open_store(store)
    try:
        if opened.read_only is not None:
            raise opened.read_only
        desk = Desk(opened, clock, "desk-2")
        desk.operator = "front"
        return take(desk).record
    finally:
        opened.close()


def test_root_leaves_a_store_that_its_owner_can_go_on_with(place: Path, clock: Clock) -> None:
    head_path(place).unlink()
    opened = open_store(place, accept=True)
    desk = Desk(opened, clock)
    desk.operator = "admin"
    proof.accept(desk)
    ticking.tick(desk)
    opened.close()
    copy = copy_store(place, place.parent / "backups")
    owners = {path.stat().st_uid for path in (copy, head_path(copy), copy.parent, *place.parent.iterdir())}
    assert owners == {OWNER}
    assert as_account(OWNER, [], lambda: an_act(place, clock)).startswith("TS26-")


def test_a_head_that_another_account_made_is_no_journal_that_was_cut_off(place: Path, clock: Clock) -> None:
    os.chown(head_path(place), 0, 0)
    said = as_account(OWNER, [], lambda: an_act(place, clock))
    assert said.startswith("StoreReadOnly: This account may not use ")
    assert "belongs to root" in said
    assert "desk share" in said
    found = as_account(OWNER, [], lambda: "; ".join(map(str, proof.verify(open_store(place)))))
    assert "belongs to root" in found
    assert "ends" not in found
    # Whoever may mends it by doing anything at all.
    an_act(place, clock)
    assert as_account(OWNER, [], lambda: an_act(place, clock)).startswith("TS26-")


def test_a_key_that_another_account_made_is_not_called_lost(place: Path, clock: Clock) -> None:
    os.chown(key_path(place), 0, 0)
    said = as_account(OWNER, [], lambda: an_act(place, clock))
    assert "belongs to root" in said
    assert "missing" not in said


def shared_by(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    monkeypatch.setattr(sharing, "group_number", lambda name: {"desks": GROUP}[name])
    sharing.share(store, "desks")


def test_accounts_of_one_group_write_to_one_store_in_turn_and_root_among_them(
    place: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_by(monkeypatch, place)
    numbers = []
    for account in (OWNER, GUARD, 0, OWNER, GUARD):
        clock.forward(minutes=1)
        work = lambda: an_act(place, clock)  # noqa: E731
        numbers.append(work() if account == 0 else as_account(account, [GROUP], work))
    assert [number.partition("-")[2][:6] for number in numbers] == [f"{number:06d}" for number in range(2, 7)]
    opened = open_store(place)
    assert opened.read_only is None
    assert proof.verify(opened) == []
    assert checkup.examine(opened)["permissions"] == ""
    head = read_head(place, opened.keys.journal)
    assert head is not None
    assert head.number == opened.ask("SELECT max(number) FROM journal")[0][0]
    opened.close()


def test_nobody_outside_the_group_reads_a_byte(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared_by(monkeypatch, place)
    copy = copy_store(place, place.parent / "backups")

    def peep() -> str:
        return " ".join(path.name for path in (place, key_path(place), copy) if os.access(path, os.R_OK)) or "nothing"

    assert as_account(STRANGER, [], peep) == "nothing"
    assert as_account(GUARD, [GROUP], peep) == f"{place.name} {key_path(place).name} {copy.name}"
    # Nor where the folder is passable: each file says so itself.
    place.parent.chmod(0o2777)
    assert as_account(STRANGER, [], peep) == "nothing"


def test_a_copy_that_one_account_makes_can_be_restored_by_another(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared_by(monkeypatch, place)
    made = as_account(GUARD, [GROUP], lambda: str(copy_store(place, place.parent / "backups")))
    assert as_account(OWNER, [GROUP], lambda: str(os.access(made, os.R_OK | os.W_OK))) == "True"
    assert stat.S_IMODE(Path(made).parent.stat().st_mode) == 0o2770


def test_the_doctor_accepts_what_was_shared_on_purpose_and_names_what_was_not(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sharing.troubles(place) == []
    shared_by(monkeypatch, place)
    assert sharing.troubles(place) == []
    os.close(new_file(place.with_suffix(".faults.log")))
    assert [str(place.with_suffix(".faults.log")) in said for said in sharing.troubles(place)] == [True]
    sharing.share(place, "")
    assert sharing.troubles(place) == []
    place.chmod(0o664)
    assert "others may use" in " ".join(sharing.troubles(place))
    sharing.keep_alone(place)
    assert sharing.troubles(place) == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    place.chmod(0o640)
    assert "others may use" in " ".join(sharing.troubles(place))


def test_a_folder_that_holds_other_things_is_not_given_away(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.parent / "letters.odt").write_text("private", encoding="utf-8")
    with pytest.raises(StoreProblem, match=r"letters\.odt"):
        shared_by(monkeypatch, place)
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    (place.parent / "letters.odt").unlink()
    shared_by(monkeypatch, place)


@pytest.mark.parametrize("kind", ["link", "second name"])
@pytest.mark.parametrize("suffix", [".time", ".head", ".ended", ".faults.log", ".toml"])
def test_nobody_has_root_write_to_or_give_away_what_lies_elsewhere(
    place: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, suffix: str, kind: str
) -> None:
    shared_by(monkeypatch, place)
    victim = place.parent.parent / "victim"
    victim.write_text("root's own", encoding="ascii")
    victim.chmod(0o600)
    file = place.with_suffix(suffix)
    file.unlink(missing_ok=True)
    if kind == "link":
        file.symlink_to(victim)
    else:
        file.hardlink_to(victim)
    with suppress(Problem, OSError):
        an_act(place, clock)
    write_mark(place, Mark(1, 1.0))
    fault_log.leave_word(place)
    fault_log.write_log(place, ValueError())
    with suppress(Problem):
        sharing.share(place, "")
    assert victim.read_text(encoding="ascii") == "root's own"
    assert (victim.stat().st_mode & 0o777, victim.stat().st_gid) == (0o600, 0)


def test_a_link_in_the_place_of_the_copies_leads_root_nowhere(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared_by(monkeypatch, place)
    victim = place.parent.parent / "victim"
    victim.mkdir(mode=0o700)
    (victim / "shadow").touch(0o600)
    (place.parent / "backups").symlink_to(victim)
    os.lchown(place.parent / "backups", GUARD, GUARD)
    with pytest.raises(StoreProblem):
        copy_store(place, place.parent / "backups")
    sharing.share(place, "")
    assert [path.name for path in victim.iterdir()] == ["shadow"]
    assert (victim.stat().st_mode & 0o777, (victim / "shadow").stat().st_mode & 0o777) == (0o700, 0o600)


def test_who_may_not_enter_the_folder_is_told_so_by_every_command(place: Path, clock: Clock) -> None:
    said = as_account(STRANGER, [], lambda: an_act(place, clock))
    assert said.startswith("StoreReadOnly: This account may not use ")
    assert as_account(STRANGER, [], lambda: f"{schema(place)!r} {glance(place).exists}") == "'' True"
    place.parent.chmod(0o755)
    place.chmod(0o600)
    assert "may not use" in as_account(STRANGER, [], lambda: an_act(place, clock))


def test_a_key_that_may_not_be_read_is_said_to_be_by_verify_too(place: Path) -> None:
    os.chown(key_path(place), 0, 0)
    found = as_account(OWNER, [], lambda: "; ".join(map(str, proof.verify(open_store(place)))))
    assert "belongs to root" in found
    assert "missing" not in found


@pytest.mark.parametrize("lost", ["folder", "file"])
def test_a_mark_of_sharing_that_was_lost_is_mended_and_not_given_up(
    place: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    shared_by(monkeypatch, place)
    if lost == "folder":
        place.parent.chmod(0o770)
    else:
        place.chmod(0o600)
    assert "desk share" in " ".join(sharing.troubles(place))
    sharing.share(place, "")
    assert sharing.troubles(place) == []
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o2770


def test_a_folder_that_was_never_shared_is_left_as_it_is(place: Path) -> None:
    place.parent.chmod(0o755)
    (place.parent / "letters.odt").write_text("private", encoding="utf-8")
    sharing.share(place, "")
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o755
    assert stat.S_IMODE((place.parent / "letters.odt").stat().st_mode) == 0o644


def test_whoever_is_no_owner_cannot_share(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared_by(monkeypatch, place)
    said = as_account(GUARD, [GROUP], lambda: str(sharing.keep_alone(place)))
    assert said.startswith("StoreProblem")
    assert "let root run desk share" in said


def test_a_site_is_made_for_a_group_by_one_word(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    flags = ("--name", "云栖苑", "--admin", "admin", "--store", str(folder / "site.db"))
    assert run("init", *flags, "--group", "no-such-group").code == 1
    assert not folder.exists()
    made = run("init", *flags, "--group", "daemon")
    assert made.code == 0, made.err
    assert stat.S_IMODE(folder.stat().st_mode) == 0o2770
    assert {".db", ".key", ".head"} <= {path.suffix for path in folder.iterdir()}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o660}
    said = run("share", "--store", str(folder / "site.db"))
    assert said.out.strip() == f"The accounts of daemon may use {folder / 'site.db'}."
    alone = run("share", "--alone", "--store", str(folder / "site.db"))
    assert alone.out.strip() == f"root alone may use {folder / 'site.db'}."


def test_an_account_that_may_not_write_says_so_with_the_file(place: Path, clock: Clock) -> None:
    place.parent.chmod(0o755)
    for path in place.parent.iterdir():
        path.chmod(0o644)
    said = as_account(GUARD, [], lambda: an_act(place, clock))
    assert said.startswith(StoreReadOnly.__name__)
    assert str(head_path(place)) in said
