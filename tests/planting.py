"""Planting a fault into the program, so that a test that cannot fail is found out."""

import inspect
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any


def patch(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Put what `make` makes of it in the place of something."""
    put(owner, name, make(getattr(owner, name)))


def put(owner: Any, name: str, new: Any) -> None:
    """Put something in the place of a function wherever the program has it under that name."""
    old = getattr(owner, name)
    setattr(owner, name, new)
    for module in [one for key, one in sys.modules.items() if key.startswith("desk")]:
        if getattr(module, name, None) is old:
            setattr(module, name, new)


def without(text: str, module: ModuleType, function: str, by: str, also: str = "", also_by: str = "") -> None:
    """Compile a function again with a piece of its source replaced; the piece has to stand in it."""
    old = getattr(module, function)
    source = textwrap.dedent(inspect.getsource(old))
    assert text in source, text
    source = source.replace(text, by).replace(also, also_by) if also else source.replace(text, by)
    exec(compile(source, str(module.__file__), "exec"), module.__dict__)
    new = module.__dict__[function]
    module.__dict__[function] = old
    put(module, function, new)


def planted(faults: Mapping[str, Callable[[], None]]) -> bool:
    """Plant the fault that the environment names, if any."""
    name = os.environ.get("FAULT", "")
    if name:
        faults[name]()
    return bool(name)


def plant_all(file: str, faults: Mapping[str, Callable[[], None]], examples: int, *others: str) -> None:
    """Run a machine once with every fault, after the named tests of other files, and say which ones were missed."""
    beside = [str(Path(file).with_name(other)) for other in others]
    missed = []
    for fault in sys.argv[1:] or faults:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *beside, file],
            env={**os.environ, "FAULT": fault, "EXAMPLES": str(examples)},
            capture_output=True,
            check=False,
        )
        print("caught" if done.returncode == 1 else f"MISSED ({done.returncode})", "-", fault, flush=True)  # noqa: T201
        missed += [fault] if done.returncode != 1 else []
    sys.exit(f"missed: {missed}" if missed else 0)
