"""A system is said once: what follows from it is never forgotten, and nothing is said that is never done."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from sqlmodel.sql.sqltypes import AutoString

from data.journal import Counter
from data.tables import NUMBERED, model, models
from desk import mending, proof, systems
from desk.act import Desk
from desk.systems import ACTS, CASES, ROOMS, SYSTEMS, VERBS

ROOT = Path(systems.__file__).resolve().parents[2]
# What the shared life of cases records with the system's name in front.
SHARED = ("register", "refer", "reply", "promise", "close")


# Where a verb is handed over.
CALLS = ("record", "require", "may", "enter", "_enter", "_enter_judged")


def trees() -> dict[str, ast.Module]:
    """The code of procedures and screens, by file."""
    paths = [path for folder in ("desk", "screens") for path in (ROOT / folder).rglob("*.py")]
    return {str(path): ast.parse(path.read_text(encoding="utf-8")) for path in paths if path.parent.name != "systems"}


TREES = trees()
USED = {node.value for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def verbs_in(tree: ast.Module) -> set[str]:
    """The verbs that a file records, asks the right for or shows a key for."""
    found = set()
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in CALLS:
            for one in (node for argument in call.args for node in ast.walk(argument)):
                if (
                    isinstance(one, ast.Constant)
                    and isinstance(one.value, str)
                    and re.fullmatch(r"[a-z]+\.[a-z_]+", one.value)
                ):
                    found.add(one.value)
    return found


def test_every_verb_in_the_code_is_said_by_a_system() -> None:
    found = {verb: path for path, tree in TREES.items() for verb in verbs_in(tree)}
    assert len(found) > 80
    for verb, path in found.items():
        assert verb in ACTS or verb in systems.PLANNED or verb.endswith(".read"), f"{verb} in {path}"


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_every_act_that_is_said_is_done_somewhere(verb: str) -> None:
    system, _dot, act = verb.partition(".")
    entered = any(verb in room.enters for room in ROOMS.values())
    assert (
        verb in USED
        or entered
        or (system in CASES and act in SHARED)
        or (system in mending.SIGNED and act == "mend")
        or (SYSTEMS[system].papers and act == "note")
    )


def test_every_table_of_numbered_papers_is_known_to_verify() -> None:
    numbered = set()
    for name, table in models().items():
        keys = list(table.__table__.primary_key)
        if [key.name for key in keys] == ["number"] and isinstance(keys[0].type, AutoString):
            numbered.add(name)
    assert numbered == {table for table, _letters in NUMBERED.values()}
    assert {series for system in SYSTEMS.values() for series in system.papers} == set(NUMBERED)
    for series in NUMBERED:
        assert hasattr(model(series), "number")


def test_numbers_of_a_series_that_is_not_known_are_found_and_stop_the_desk(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.add(Counter(name="keys:2026", value=3))
    found = proof.verify(desk.store)
    assert [(one.what, one.where) for one in found] == [("a series of numbers that is not known", "keys:2026")]


def test_every_room_exists_and_is_entered_by_an_act_that_is_said() -> None:
    keys = [room.key for room in ROOMS.values() if room.key]
    assert len(keys) == len(set(keys))
    for room in ROOMS.values():
        module, _colon, screen = room.screen.partition(":")
        assert hasattr(import_module(module), screen)
        for verb in room.enters:
            assert verb in ACTS or verb == f"{verb.partition('.')[0]}.read"
            assert systems.who_may(verb), verb


def test_every_system_whose_records_are_no_cases_says_how_one_reads() -> None:
    for system in SYSTEMS.values():
        if system.pane:
            module, _colon, function = system.pane.partition(":")
            assert callable(getattr(import_module(module), function))
        assert bool(system.pane) != system.case or not (system.rooms and system.papers), system.name


def test_every_verb_says_something_else_than_itself() -> None:
    for verb in VERBS:
        assert systems.verb_name(verb) != verb
