"""Where each clause of the procedures stands: proven, works unproven, half, or not built yet."""

import ast
import tomllib
from collections import defaultdict
from pathlib import Path

from tests.fault_list import FAULTS

TESTS = Path(__file__).resolve().parent
TABLE = tomllib.loads((TESTS / "clauses.toml").read_text(encoding="utf-8"))


def marked() -> dict[str, list[str]]:
    """Clause to the ids of the tests that are marked with it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for clause in _marks(node):
                    found[clause].append(f"tests/{path.name}::{node.name}")
    return found


def _marks(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The clauses of a test's marks, also those of single rows of its table."""
    calls = [call for line in node.decorator_list for call in ast.walk(line) if isinstance(call, ast.Call)]
    words = [call.args for call in calls if getattr(call.func, "attr", "") == "clause"]
    return [word.value for args in words for word in args if isinstance(word, ast.Constant)]


def planted() -> dict[str, list[str]]:
    """Clause to the names of the faults that are planted against it."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, fault in FAULTS.items():
        for clause in fault.clauses:
            found[clause].append(name)
    return found


def every_clause() -> list[str]:
    """All clauses of the procedures, in their order."""
    return [f"{system}-{number}" for system, last in TABLE["law"].items() for number in range(1, last + 1)]


def standing() -> dict[str, str]:
    """Clause to "proven", "half", "unproven" or "not built": half is what the table says is missing something."""
    tests, faults, half = marked(), planted(), TABLE["half"]
    found = {}
    for clause in every_clause():
        if clause in half:
            found[clause] = "half"
        elif clause in tests and clause in faults:
            found[clause] = "proven"
        else:
            found[clause] = "unproven" if clause in tests else "not built"
    return found


def wrong() -> list[str]:
    """What does not hold together: a fault without a marked test, a mark that nothing is planted against unless the
    table says so, a table that says so of what is proven by now, and a clause that the procedures do not have."""
    tests, faults, known = marked(), planted(), set(every_clause())
    unproven = set(TABLE["unproven"]["clauses"])
    found = [f"{clause}: a fault, but no test is marked with it" for clause in faults if clause not in tests]
    found += [
        f"{clause}: marked, but nothing is planted against it"
        for clause in tests
        if clause not in faults and clause not in unproven and clause not in TABLE["half"]
    ]
    found += [f"{clause}: proven by now, take it out of the table" for clause in unproven & set(faults)]
    found += [f"{clause}: stands in the table without a marked test" for clause in unproven - set(tests)]
    return sorted(found + [f"{clause}: no such clause" for clause in {*tests, *faults, *unproven} - known])
