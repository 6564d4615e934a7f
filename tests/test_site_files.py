"""Files of the site beside its store: what an administrator has taken in is used, and nothing else."""

import os
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from data.store import site_files as kept
from desk import checkup, proof, standards
from desk.act import Desk
from desk.administration import site_files
from desk.ground.refusals import Invalid, NotAllowed, Refused
from tests.conftest import SECRET
from tests.helpers import own_file, take
from tests.test_cli import run

SHIPPED = (files("data.reference") / "standards.toml").read_text(encoding="utf-8")
# One rule of the site's own: the desk locks sooner.
OWN = SHIPPED.replace('value = "10"', 'value = "3"', 1)


def lock(desk: Desk) -> str:
    return standards.of_site(desk.store.path).chosen("idle.lock", {}).value


def put(desk: Desk, text: str) -> Path:
    path = desk.store.path.with_name("standards.toml")
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_that_somebody_put_beside_the_store_changes_nothing_and_is_told(desk: Desk) -> None:
    assert lock(desk) == "10"
    put(desk, OWN)
    assert lock(desk) == "10"
    assert "was not taken in: it is not used" in checkup.examine(desk.store)["files of the site"]
    assert site_files.waiting(desk.store.path) == ["standards.toml"]
    assert take(desk).record


def test_what_an_administrator_takes_in_is_used_and_its_digest_is_in_the_journal(desk: Desk) -> None:
    path = own_file(desk, "standards.toml", OWN)
    assert lock(desk) == "3"
    verb, record, facts = desk.store.ask("SELECT verb, record, facts FROM journal ORDER BY number DESC LIMIT 1")[0]
    assert (verb, record) == ("site.take_in", "standards.toml")
    assert kept.digest_of(path) in facts
    assert checkup.examine(desk.store)["files of the site"] == ""
    assert proof.verify(desk.store) == []


def test_nobody_but_an_administrator_takes_a_file_in(desk: Desk) -> None:
    put(desk, OWN)
    for operator in ("front", "lead", "company"):
        with pytest.raises(NotAllowed), desk.act(operator=operator) as act:
            site_files.take_in(act, file="standards.toml")
    assert lock(desk) == "10"


def test_a_file_changed_after_it_was_taken_in_is_not_used_even_with_its_old_times(desk: Desk) -> None:
    path = own_file(desk, "standards.toml", OWN)
    assert lock(desk) == "3"
    before = path.stat()
    with open(path, "r+b") as file:
        file.write(OWN.replace('value = "3"', 'value = "4"', 1).encode())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert lock(desk) == "10"
    assert "no longer what was taken in" in checkup.examine(desk.store)["files of the site"]
    path.unlink()
    assert "is gone" in checkup.examine(desk.store)["files of the site"]
    assert lock(desk) == "10"


def test_a_digest_that_no_act_wrote_takes_nothing_in(desk: Desk) -> None:
    path = put(desk, OWN)
    with closing(sqlite3.connect(desk.store.path)) as raw:
        raw.execute("INSERT INTO setting (key, value) VALUES ('file:standards.toml', ?)", (kept.digest_of(path),))
        raw.commit()
    assert lock(desk) == "10"


def test_what_is_no_file_or_no_end_of_one_is_not_read(desk: Desk) -> None:
    os.mkfifo(desk.store.path.with_name("standards.toml"))
    desk.store.path.with_name("prompts.toml").symlink_to("/dev/zero")
    said = checkup.examine(desk.store)["files of the site"]
    assert "standards.toml" in said
    assert "prompts.toml" in said
    assert take(desk).record


@pytest.mark.parametrize("text", ["no toml", "a = " + "[" * 99999, "", "version = '1'", "[[timer]]\nid = 'x'\n"])
def test_a_file_that_cannot_be_used_is_not_taken_in(desk: Desk, text: str) -> None:
    with pytest.raises(Refused) as caught:
        own_file(desk, "standards.toml", text)
    assert caught.value.field == "file"
    assert lock(desk) == "10"


@pytest.mark.parametrize("name", ["", "other.toml", "../standards.toml", "prompts.toml"])
def test_only_a_file_of_the_site_that_is_there_can_be_named(desk: Desk, name: str) -> None:
    put(desk, OWN)
    with pytest.raises(Invalid) as caught, desk.act(operator="admin") as act:
        site_files.take_in(act, file=name)
    assert caught.value.field == "file"


def test_the_shipped_file_is_used_again_when_the_own_one_is_put_aside(desk: Desk) -> None:
    own_file(desk, "standards.toml", OWN)
    with desk.act(operator="admin") as act:
        site_files.put_aside(act, file="standards.toml")
    assert lock(desk) == "10"


def test_it_is_one_command(desk: Desk) -> None:
    put(desk, OWN)
    command = ("site", "take-in", "standards.toml", "--as", "admin")
    assert run(*command, store=desk.store.path, DESK_SECRET=SECRET).code == 0
    assert lock(desk) == "3"
