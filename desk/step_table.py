"""Every system's steps, each said once in its own room, and the record that a number of each means."""

from collections.abc import Callable
from importlib import import_module

from data.tables import Record
from desk import cases
from desk.administration import staff, values
from desk.archive import residents
from desk.followups.steps import steps_of
from desk.ground.late import Late
from desk.mending import SIGNED
from desk.mending.steps import mended, remarked
from desk.steps import Step
from desk.systems import SYSTEMS
from desk.view import View


def _steps(name: str) -> tuple[Step, ...]:
    system = SYSTEMS[name]
    own: tuple[Step, ...] = import_module(system.steps).STEPS
    visited = steps_of(system.name) if system.visited else ()
    own = (*own, *visited)
    if system.papers:
        own = (*own, remarked(system.name))
    return (*own, mended(system.name)) if system.name in SIGNED else own


STEPS = Late([name for name, system in SYSTEMS.items() if system.steps], _steps)
# Systems whose records are called by something else than a number on paper.
FOUND: dict[str, Callable[[View, str], Record]] = {
    "directory": lambda view, label: residents.unit_of(view.session, label),
    "site": values.find,
    "operators": staff.get,
}
NAMES = {"directory": "label", "site": "key", "operators": "code"}


def record_of(view: View, system: str, number: str) -> Record:
    """The record of a system that a number means; refuses an unknown one."""
    find = FOUND.get(system)
    return find(view, number) if find else cases.get(view.session, system, number)


def called(system: str, record: Record) -> str:
    """What a record of a system is called in its register."""
    return str(getattr(record, NAMES.get(system, "number")))
