"""Planting a fault into the program before any of it is imported; `scripts/prove` does it for each in turn."""

import importlib
from pathlib import Path
from typing import Any

from tests.fault_list import FAULTS

ROOT = Path(__file__).resolve().parent.parent


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
