"""The docs become a site without a network, and say what the program says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.words import in_language
from desk import standards
from desk.ground.roles import ROLES
from screens.cli.commands import program
from screens.cli.manual import man_page, words

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as scripts/docs makes it."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "docs", folder / "pages")
    shutil.copy(ROOT / "CHANGELOG.md", folder / "pages" / "changelog.md")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "no_proxy": "*", "https_proxy": "http://127.0.0.1:9"}
    for command in (
        [sys.executable, str(ROOT / "scripts/docs_pages.py"), str(folder / "pages")],
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(folder / "pages"), str(folder / "site")],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, timeout=300)
        assert done.returncode == 0, done.stderr
    return folder / "site"


def text(page: Path) -> str:
    return re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))


def test_the_site_names_every_command_promise_and_right_in_both_languages(site: Path) -> None:
    for ending in ("", "-zh"):
        commands, rights = text(site / f"commands{ending}.html"), text(site / f"who-may{ending}.html")
        for word in words(program()):
            assert word.usage in commands
        promises = text(site / f"deadlines{ending}.html")
        book = standards.shipped()
        for item in (*book.timers.values(), *book.targets.values()):
            assert item.id in promises
            for option in item.options:
                assert all(clause in promises for clause in option.clauses), item.id
        assert len(rights) > 5_000
    assert all(name in text(site / "who-may.html") for name in ROLES.values())
    chinese = text(site / "who-may-zh.html")
    assert all(in_language("zh", name) in chinese for name in ROLES.values())
    assert "Posts" not in chinese


def test_every_role_has_five_minutes_in_both_languages_with_pictures_that_are_there(site: Path) -> None:
    pages = sorted((ROOT / "docs/roles").glob("*.md"))
    names = {page.stem.removesuffix("-zh") for page in pages}
    assert names == {"receptionist", "guard", "supervisor", "engineering", "finance", "administrator"}
    assert len(pages) == 2 * len(names)
    for page in pages:
        assert (site / "roles" / f"{page.stem}.html").exists()
        for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / picture).exists()


def test_the_manual_is_one_that_man_can_read_and_names_every_option() -> None:
    page = man_page(program(), "1.2.3")
    for word in words(program()):
        for name, _said in word.options:
            assert name.partition(" ")[0].replace("-", r"\-") in page
    assert not [line for line in page.splitlines() if line.startswith("'") or re.match(r"\.(?!TH|SH|TP|RS|RE)", line)]
    if shutil.which("groff"):
        done = subprocess.run(
            ["groff", "-K", "utf8", "-man", "-Tutf8", "-ww", "-z"],
            input=page,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
