"""Every system of the desk, each said once in a file of its own; rights, names, papers and rooms follow from here."""

from collections.abc import Mapping, Set
from importlib import import_module

from data.words import _
from desk.systems.saying import Room, Said, System
from desk.systems.to_come import PLANNED

# Their files, in the order in which lists of systems and of rooms show them.
NAMES = (
    "contacts", "clocks", "passes", "emergencies", "complaints", "requests", "repairs", "quality", "reports", "journal",
    "directory", "followups", "rounds", "hearings", "duty", "handovers", "postbook", "supplies", "rescues", "fees",
    "papers", "standards", "holidays", "operators", "site",
)  # fmt: skip
SYSTEMS: dict[str, System] = {name: import_module(f"{__name__}.{name}").SYSTEM for name in NAMES}
ACTS: dict[str, Said] = {
    f"{system.name}.{act}": said for system in SYSTEMS.values() for act, said in system.acts.items()
}
# The acts that leave an entry in the journal.
VERBS = frozenset(verb for verb, said in ACTS.items() if said.name)
# The tables of people's data, with the rights of which one lets a reader read them.
KEPT: dict[str, tuple[str, ...]] = {
    table: tuple(f"{system.name}.read" for system in SYSTEMS.values() if table in system.keeps)
    for table in sorted({table for system in SYSTEMS.values() for table in system.keeps})
}
# What follows from an entry in another system: "module:function" by verb.
HEEDED: dict[str, tuple[str, ...]] = {
    verb: tuple(system.heeds[verb] for system in SYSTEMS.values() if verb in system.heeds)
    for verb in sorted({verb for system in SYSTEMS.values() for verb in system.heeds})
}
ROOMS: dict[str, Room] = {room.name: room for system in SYSTEMS.values() for room in system.rooms}
CASES = tuple(system.name for system in SYSTEMS.values() if system.case)
READ = "read"
# The rooms of each role's own day, in the order in which it works through them.
FIRST: dict[str, tuple[str, ...]] = {
    "receptionist": ("intake", "queue", "shift", "passes", "archive", "visits"),
    "customer_officer": ("intake", "visits", "complaints", "requests", "archive"),
    "guard": ("gate", "shift", "emergencies", "postbook"),
    "finance": ("passes", "queue"),
    "engineer": ("repairs", "queue", "emergencies"),
    "engineering_manager": ("repairs", "queue", "emergencies"),
    "supervisor": ("queue", "complaints", "emergencies", "reports", "roster"),
    "project_supervisor": ("queue", "complaints", "requests", "reports"),
    "company_manager": ("queue", "complaints", "reports"),
    "archivist": ("archive", "complaints", "reports"),
    "administrator": ("site", "operators", "archive", "journal"),
}


def who_may(verb: str) -> Set[str]:
    """The roles that may do something; nobody for what no system says."""
    name, _dot, act = verb.partition(".")
    if act == READ and name in SYSTEMS:
        return SYSTEMS[name].reads
    said = ACTS.get(verb)
    return said.who if said else frozenset()


def may(roles: str, verb: str) -> bool:
    """Whether any of the roles may do it; what nobody is named for, nobody may do."""
    return not who_may(verb).isdisjoint(roles.split())


def may_enter(roles: str, room: str) -> bool:
    """Whether any of the roles lets one into a room."""
    return any(may(roles, verb) for verb in ROOMS[room].enters)


def rooms_of(roles: str) -> list[Room]:
    """The rooms that the roles let one into, those of their own day first."""
    own = [room for role in roles.split() for room in FIRST.get(role, ())]
    names = [*dict.fromkeys([*own, *ROOMS])]
    return [ROOMS[name] for name in names if may_enter(roles, name)]


def can_happen(verb: str) -> bool:
    """Whether some act of today's program leaves an entry with this verb."""
    return verb in VERBS


def is_known(verb: str) -> bool:
    """Whether a verb is an act of today's systems, or of one that is still to come."""
    return verb in VERBS or verb in PLANNED


def title(system: str) -> str:
    """The name of a system in the reader's language."""
    return _(SYSTEMS[system].title) if system in SYSTEMS else system


def verb_name(verb: str) -> str:
    """What a verb says to a reader, whatever the facts; the verb itself where no system says it any more."""
    said = ACTS.get(verb)
    return _(said.name) if said and said.name else verb


def sentence(verb: str, facts: Mapping[str, object]) -> str:
    """What an entry says in the reader's language; where a fact turns what the verb says, the fact has the word."""
    turned = ACTS[verb].by_fact if verb in ACTS else {}
    for name, value in facts.items():
        if (said := turned.get((name, str(value)))) is not None:
            return _(said)
    return verb_name(verb)
