"""What is installed is what is pinned, and what is asked for is used."""

import ast
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Read by the standard library, which imports nothing of it by name.
UNNAMED = {"tzdata"}


def pins(kind: str) -> dict[str, str]:
    """Name to version of what one file of pins says for this system."""
    text = (ROOT / f"scripts/pins-{kind}.txt").read_text(encoding="ascii").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        pinned, _hashes, hashes = line.partition("--hash")
        assert "sha256:" in hashes, line
        name, _equal, rest = pinned.partition("==")
        version, _semicolon, marker = rest.partition(";")
        if not marker.strip() or Marker(marker.strip()).evaluate():
            found[canonicalize_name(name.strip())] = version.strip()
    return found


def test_what_is_installed_is_what_is_pinned() -> None:
    wanted = pins("dev")
    there = {canonicalize_name(one.metadata["Name"]): one.version for one in metadata.distributions()}
    assert {name: there.get(name) for name in wanted} == wanted


def test_what_runs_is_what_was_tested() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_everything_that_is_asked_for_is_pinned_and_used() -> None:
    imported = set()
    for floor in ("data", "desk", "screens"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    imported.add(node.module.partition(".")[0])
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "import_module":
                    imported |= {str(one.value).partition(".")[0] for one in node.args if isinstance(one, ast.Constant)}
    of = metadata.packages_distributions()
    used = {canonicalize_name(name) for top in imported for name in of.get(top, ())}
    asked = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    assert asked <= pins("run").keys()
    assert asked - UNNAMED - used == set()


@pytest.mark.parametrize("line", PROJECT["dependencies"])
def test_a_library_that_promises_nothing_yet_has_a_bound(line: str) -> None:
    one = Requirement(line)
    if re.match(r"0\.", metadata.version(one.name)):
        assert any(part.operator == "<" for part in one.specifier), line
