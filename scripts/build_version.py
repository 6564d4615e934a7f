"""The version: the last release of the changelog, and how many commits came since.

No tags are asked: a clone may lack them, and the changelog is what says that something was released.
"""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def released(changelog: str) -> str:
    """The newest release that a changelog names."""
    found = re.search(r"^## (\d+\.\d+\.\d+)\b", changelog, re.MULTILINE)
    if found is None:
        raise ValueError("The changelog names no release.")
    return found[1]


def version(root: Path = ROOT) -> str:
    """The version of what lies at root: a checkout, an unpacked source archive, or a bare copy."""
    papers = root / "PKG-INFO"
    if papers.is_file():
        found = re.search(r"^Version: (\S+)$", papers.read_text(encoding="utf-8"), re.MULTILINE)
        if found is not None:
            return found[1]
    last = released((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    count, commit = _since(root, last)
    if count == 0:
        return last
    major, minor, patch = map(int, last.split("."))
    return f"{major}.{minor}.{patch + 1}.dev{count or 0}" + (f"+g{commit}" if commit else "")


def _since(root: Path, last: str) -> tuple[int | None, str]:
    """How many commits came after the one that wrote a release into the changelog; None where nobody knows."""
    if not (root / ".git").exists():
        return None, ""
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        # Where the history is cut off, nobody knows how long ago the release was.
        return None, _git(root, "rev-parse", "--short=9", "HEAD").strip()
    by_whom = ("log", f"-S## {last}", "--reverse", "--format=%H", "--", "CHANGELOG.md")
    releases = _git(root, *by_whom).split()
    commit = _git(root, "rev-parse", "--short=9", "HEAD").strip()
    if not releases or not commit:
        return None, commit
    return int(_git(root, "rev-list", "--count", f"{releases[0]}..HEAD") or 0), commit


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout


if __name__ == "__main__":
    print(version())
