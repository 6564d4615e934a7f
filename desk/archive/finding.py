"""Homes by whatever is typed in the archive: a path, people, phones, plates, what a home is, in what state it is."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col

from data.directory import Unit
from data.tables import Where
from desk import looking, search
from desk.act import Desk
from desk.archive.homes import KINDS, STATES

# So many people a search looks at: whole buildings, not the nearest few.
MOST = 2000


def searched(desk: Desk, words: str) -> Where:
    """The condition on homes that a line asks for, None for everything; 空置 3栋 is every empty home of building 3."""
    conditions: list[ColumnElement[bool]] = []
    rest: list[str] = []
    for word in words.split():
        kinds, states = looking.keys_named(word, KINDS), looking.keys_named(word, STATES)
        if kinds or states:
            conditions.append(or_(col(Unit.kind).in_(kinds), col(Unit.state).in_(states)))
        else:
            rest.append(word)
    if rest:
        text = " ".join(rest)
        path = looking.path_of(desk, text)
        found = {hit.unit_id for hit in search.find(desk, text, MOST)} if not path else set()
        conditions.append(looking.on_path(path) if path else col(Unit.id).in_(found))
    return and_(*conditions) if conditions else None
