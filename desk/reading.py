"""Who may read: every read of people's data asks the right of whoever is at the desk, from screen and command alike."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session

from data.words import N_
from desk import systems
from desk.ground.refusals import NotAllowed
from desk.systems import KEPT

Found = TypeVar("Found")
READER = "reader"
UNSEEN = N_("Your role may not see this.")
ROLES = "SELECT roles FROM operator WHERE code = ? AND NOT disabled"
NEWEST = "SELECT max(number) FROM journal"


class Reader:
    """Whoever reads through one session, with the roles that the store says when they are first asked for.

    Args:
        operator: the code of whoever is signed in at the desk, or None.
        open_to_file: whether a desk without anybody may read, because the file's own permissions say who may.
        memory: what the desk has found before, with the journal's newest number of that time.
    """

    def __init__(self, operator: str | None, open_to_file: bool, memory: dict[Hashable, tuple[int, Any]]) -> None:
        self.operator, self.open_to_file, self.memory = operator, open_to_file, memory
        self.roles: str | None = None
        self.newest = -1

    def may(self, session: Session, verb: str) -> bool:
        """Whether they may do something."""
        if self.operator is None:
            return self.open_to_file
        if self.roles is None:
            # Asked through the same connection: a second one would wait for a writer that waits for this read.
            row = session.connection().exec_driver_sql(ROLES, (self.operator,)).first()
            self.roles = row[0] if row else ""
        return systems.may(self.roles, verb)


def kept(session: Session, key: Hashable, find: Callable[[], Found]) -> Found:
    """What `find` finds, kept by the desk until the journal grows; an act always finds anew.

    For what only acts change and everything asks: people's names, the calendar.
    """
    reader: Reader | None = session.info.get(READER)
    if reader is None:
        return find()
    if reader.newest < 0:
        reader.newest = session.connection().exec_driver_sql(NEWEST).scalar() or 0
    if reader.memory.get(key, (-1, None))[0] != reader.newest:
        reader.memory[key] = reader.newest, find()
    found: Found = reader.memory[key][1]
    return found


def may(session: Session, verb: str) -> bool:
    """Whether whoever reads through a session may; an act, which asks its own right, and the desk itself may."""
    reader: Reader | None = session.info.get(READER)
    return reader is None or reader.may(session, verb)


def require(session: Session, *verbs: str) -> None:
    """Refuse unless whoever reads through a session may do any of these.

    Raises:
        NotAllowed: none of them.
    """
    if not any(may(session, verb) for verb in verbs):
        raise NotAllowed(UNSEEN)


@event.listens_for(Session, "do_orm_execute")
def _ask(state: ORMExecuteState) -> None:
    """A table of people's data is read only by whom the systems that keep it name."""
    if READER in state.session.info:
        for mapper in state.all_mappers:
            if verbs := KEPT.get(mapper.class_.__tablename__):
                require(state.session, *verbs)  # type: ignore[arg-type]
