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
    if not words.strip():
        return None
    narrowed = [_means(desk, word) for word in words.split()]
    # A name or an address that has blanks in it is one thing.
    numbered = [any(char.isdigit() for char in word) for word in words.split()]
    whole = not any(numbered) or (all(numbered) and bool(looking.path_of(desk, words)))
    return or_(and_(*narrowed), _means(desk, words)) if whole else and_(*narrowed)


def _means(desk: Desk, word: str) -> ColumnElement[bool]:
    """The condition on homes that one word asks for: a path, what a home is, in what state, whoever is found by it."""
    if path := looking.path_of(desk, word):
        return looking.on_path(path)
    kinds, states = looking.keys_named(word, KINDS), looking.keys_named(word, STATES)
    found = {hit.unit_id for hit in search.find(desk, word, MOST)}
    return or_(col(Unit.kind).in_(kinds), col(Unit.state).in_(states), col(Unit.id).in_(found))
