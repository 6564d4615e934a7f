"""How a system says itself: its name, its acts with who may do each, who may read, its papers, its rooms."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """An act of a system.

    name: msgid of what the journal calls it; "" for what is only looked at and leaves no entry.
    who: the roles that may do it; nobody's is what only a rule does.
    by_fact: (fact, value) to the msgid of what the journal calls it when the fact has this value.
    """

    name: str
    who: Set[str]
    by_fact: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """A room of the house, as every list of rooms shows it.

    title, tip: msgids; screen: "module:class" of the screen; enters: any of these acts lets one in;
    key: its own key, "" for a room that is only reached through the list of rooms.
    """

    name: str
    title: str
    tip: str
    screen: str
    enters: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class System:
    """A system of the desk.

    name: as it stands before the dot of its verbs; title: msgid, in the plural.
    papers: the series of its numbered papers, the first of its records (data/tables.py).
    case: whether its records share the life of cases: registered, passed on, answered, closed.
    visited: whether a return visit follows once a record is closed.
    signed: the columns that say that somebody signed what a record says, which then is mended no more; None where its
    records are never mended.
    steps, forms: the modules that list the steps of its records and their papers, "" where it has none.
    pane: "module:function" of how one of its records reads, for a system whose records are no cases.
    command: its word on the command line, "" where it has none of its own.
    heeds: verbs of other systems that something of this one follows from, each with "module:function" of what then is
    done: it is given the act, the record and the facts.
    reads: who may read its records; keeps: the tables of people's data that only they read (desk/reading.py).
    """

    name: str
    title: str
    acts: Mapping[str, Said]
    reads: Set[str] = frozenset()
    keeps: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    case: bool = False
    visited: bool = False
    signed: tuple[str, ...] | None = None
    steps: str = ""
    forms: str = ""
    pane: str = ""
    command: str = ""
    heeds: Mapping[str, str] = field(default_factory=dict)
    rooms: tuple[Room, ...] = ()
