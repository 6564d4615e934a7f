"""Faults planted on purpose: each is a piece of a procedure taken out or turned round, and the test that must fail.

    .venv/bin/python -m tests.faults            plants each in turn and runs its test
    .venv/bin/python -m tests.faults NAME …     only these

A fault that its test does not catch is printed as MISSED, and the command fails.
"""

import importlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.fault_list import FAULTS

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 2


def plant(name: str) -> None:
    """Put a fault into the program before any of it is imported."""
    fault = FAULTS[name]
    source = (ROOT / fault.file).read_text(encoding="utf-8")
    assert source.count(fault.old) == 1, f"{name}: stands {source.count(fault.old)} times in {fault.file}"
    changed = source.replace(fault.old, fault.new)
    if fault.file.endswith(".py"):
        _import_changed(fault.file, changed)
    _read_changed(ROOT / fault.file, changed)


def _import_changed(file: str, source: str) -> None:
    from importlib.machinery import SourceFileLoader

    really = SourceFileLoader.get_data

    def get_data(self: Any, path: str) -> bytes:
        if Path(path) == ROOT / file:
            return source.encode()
        if file.removesuffix(".py").rpartition("/")[2] + "." in path and path.endswith(".pyc"):
            raise OSError
        return really(self, path)

    SourceFileLoader.get_data = get_data  # type: ignore[method-assign]
    importlib.invalidate_caches()


def _read_changed(file: Path, text: str) -> None:
    really = Path.read_text

    def read_text(self: Path, *args: Any, **options: Any) -> str:
        return text if self == file else really(self, *args, **options)

    also = Path.read_bytes

    def read_bytes(self: Path) -> bytes:
        return text.encode() if self == file else also(self)

    Path.read_text, Path.read_bytes = read_text, read_bytes  # type: ignore[method-assign,assignment]


def _tried(name: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider", "-p", "tests.planted", FAULTS[name].test],
        env={**os.environ, "PLANTED": name, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, check=False, cwd=ROOT,
    )  # fmt: skip
    return name, "caught" if done.returncode == 1 else f"MISSED ({done.returncode})"


def main(names: list[str]) -> int:
    """Plant each fault in turn; answers how many were missed."""
    missed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, said in pool.map(_tried, names or FAULTS):
            print(said, "-", name, flush=True)  # noqa: T201
            missed += said != "caught"
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
