"""The program as it is installed: one package, beside whatever else is called `data` or `desk`."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import build_version
import pytest

ROOT = Path(__file__).parent.parent
# Only what is on the path by hand: no editable checkout.
START = "import sys; sys.path[:0] = [{own!r}, {deps!r}]; sys.argv[0] = 'desk'; from qiantai import main; main()"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("built")
    for kind in ("wheel", "sdist"):
        code = f"import hatchling.build as b; print(b.build_{kind}({str(folder)!r}))"
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True, timeout=300)
    return folder


@pytest.fixture
def installed(built: Path, tmp_path: Path) -> Path:
    """The wheel unpacked beside other projects that took the common names."""
    site = tmp_path / "site"
    for name in ("desk", "data", "screens"):
        (site / name).mkdir(parents=True)
        (site / name / "__init__.py").write_text("THEIRS = True\n", encoding="ascii")
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    return site


def run(site: Path, *words: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    code = START.format(own=str(site), deps=sysconfig.get_path("purelib"))
    kept = {name: value for name, value in os.environ.items() if name not in ("DESK_STORE", "PYTHONPATH", "PLANTED")}
    return subprocess.run(
        [sys.executable, "-S", "-c", code, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**kept, "DESK_LANG": "en", **env},
        check=False,
        timeout=300,
    )


def test_the_wheel_holds_one_package_and_overwrites_nobody(built: Path, installed: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        tops = {name.partition("/")[0] for name in wheel.namelist()}
        entries = next(
            wheel.read(name).decode() for name in wheel.namelist() if name.endswith("dist-info/entry_points.txt")
        )
    assert {top for top in tops if not top.endswith(".dist-info")} == {"qiantai"}
    assert re.findall(r"^(\w+) = (\S+)$", entries, re.MULTILINE) == [
        ("desk", "qiantai:main"),
        ("qiantai", "qiantai:main"),
    ]
    for name in ("desk", "data", "screens"):
        assert (installed / name / "__init__.py").read_text(encoding="ascii") == "THEIRS = True\n"


def test_a_site_is_made_and_asked_where_others_took_the_names(installed: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "data").mkdir(parents=True)
    (project / "data" / "__init__.py").write_text("raise RuntimeError", encoding="ascii")
    store = str(tmp_path / "store" / "q.db")
    flags = ("--name", "云栖苑", "--admin", "admin", "--store", store)
    made = run(installed, "init", *flags, cwd=project, DESK_SECRET="long enough")
    assert made.returncode == 0, made.stderr
    verified = run(installed, "verify", "--store", store, cwd=project)
    assert (verified.returncode, verified.stdout) == (0, "The journal and all numbers are whole.\n"), verified.stderr
    where = json.loads(run(installed, "locate", "--json", "--store", store, cwd=project).stdout)
    assert where["program"]["path"] == str(installed / "qiantai")
    said = run(installed, "verify", "--help", cwd=project, DESK_LANG="zh").stdout
    assert "日志" in said
    screens = run(installed, cwd=project)
    assert (screens.returncode, screens.stdout) == (2, "")
    assert screens.stderr == "The screens need a terminal; desk --help shows what works without one.\n"


def test_the_version_is_one_everywhere(built: Path, installed: Path, tmp_path: Path) -> None:
    version = build_version.version()
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        papers = HeaderParser().parsestr(
            next(wheel.read(name).decode() for name in wheel.namelist() if name.endswith("dist-info/METADATA"))
        )
    assert papers["Version"] == version
    said = run(installed, "-V", cwd=tmp_path, DESK_STORE=str(tmp_path / "none.db"))
    assert said.stdout.splitlines()[0].startswith(f"qiantai {version}, schema ")
    assert papers["License-Expression"] == "Apache-2.0 AND OFL-1.1"
    assert papers["Author"] or papers["Author-email"]
    # A picture that is named by its place in a checkout shows nothing on an index page.
    assert not re.search(r"!\[[^]]*\]\((?!https://)", str(papers.get_payload()))


def test_the_source_archive_holds_what_it_links_and_builds_the_same_version(built: Path, tmp_path: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    (root,) = tmp_path.iterdir()
    linked = re.findall(r"\]\(([^)#:]+)\)", (root / "README.md").read_text(encoding="utf-8"))
    assert linked
    assert [name for name in linked if not (root / name).exists()] == []
    assert build_version.version(root) == build_version.version()


@pytest.mark.parametrize(
    ("changelog", "last"),
    [("# Changelog\n\n## Unreleased\n\n- a\n\n## 1.2.3\n", "1.2.3"), ("## 0.9.0 (2026)\n", "0.9.0")],
)
def test_a_copy_that_nobody_can_date_comes_after_the_last_release(tmp_path: Path, changelog: str, last: str) -> None:
    (tmp_path / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    major, minor, patch = map(int, last.split("."))
    assert build_version.version(tmp_path) == f"{major}.{minor}.{patch + 1}.dev0"


def test_every_commit_after_a_release_is_newer_than_the_one_before(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.invalid")
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    git("init", "-q")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.3.0\n\n- a\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "Release 0.3.0")
    assert build_version.version(tmp_path) == "0.3.0"
    found = []
    for count in range(3):
        (tmp_path / "more").write_text(str(count), encoding="ascii")
        git("add", ".")
        git("commit", "-qm", "more")
        found.append(build_version.version(tmp_path).partition("+")[0])
    assert found == ["0.3.1.dev1", "0.3.1.dev2", "0.3.1.dev3"]
    # Whose history is cut off is no release.
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{tmp_path}", str(tmp_path / "cut")],
        check=True,
        capture_output=True,
    )
    assert build_version.version(tmp_path / "cut").startswith("0.3.1.dev0+g")
