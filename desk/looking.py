"""Looking in a register: one line that says number, room, person, word, state, department, grade or age.

Every word narrows what is shown: `处理中 工程 >3`, `open engineering`, `3-2-1502 leak`. A word that names a state, a
department or a grade in either language means it; `>3` means older than three days, `<3` younger.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col

from data.cleaning import clean
from data.journal import JournalEntry
from data.tables import Record
from data.words import LANGUAGES, in_language
from desk import cases, search
from desk.act import Desk
from desk.complaints.terms import GRADES
from desk.ground.roles import DEPARTMENTS
from desk.operators import everyone
from desk.systems import ACTS

MOST_WORDS = 6
MOST_FOUND = 200
# A word of one letter says nothing; a Chinese character says much.
_TOO_SHORT = re.compile(r"[a-z0-9]?", re.I)
# What the name of a state that was reached begins with; people leave it out.
WAS = "已"
_AGE = re.compile(r"([<>＜＞])\s*(\d{1,4})(?:d|天|日)?")


@dataclass(frozen=True)
class Wanted:
    """What a line asks for; an empty one asks for everything.

    words: each with the units and people that it may mean.
    """

    older: timedelta | None = None
    younger: timedelta | None = None
    words: tuple["Word", ...] = ()


@dataclass(frozen=True)
class Word:
    """One word as it was typed, and what else it may mean."""

    spelt: frozenset[str]
    plain: str
    departments: frozenset[str]
    grades: frozenset[str]
    units: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    def states(self, names: Mapping[str, str]) -> set[str]:
        """The states that it may name, of those of a register."""
        return _named(self.plain, names)


def wanted(desk: Desk, text: str) -> Wanted:
    """What a line asks for."""
    said = clean(text)
    ages = {sign: timedelta(days=int(days)) for sign, days in _AGE.findall(said)}
    words = [_word(desk, word) for word in _AGE.sub(" ", said).split()[:MOST_WORDS]]
    return Wanted(ages.get(">") or ages.get("＞"), ages.get("<") or ages.get("＜"), tuple(filter(None, words)))


def _word(desk: Desk, word: str) -> Word | None:
    """What a word may mean; None for one that says nothing."""
    plain = unicodedata.normalize("NFKC", word)
    if _TOO_SHORT.fullmatch(plain):
        return None
    hits = search.find(desk, plain, MOST_FOUND)
    return Word(
        frozenset((word, plain)),
        plain,
        frozenset(_named(plain, DEPARTMENTS)),
        frozenset(_named(plain, GRADES)),
        frozenset(hit.unit_id for hit in hits if hit.person_id is None or _is_room(plain)),
        frozenset(hit.person_id for hit in hits if hit.person_id is not None),
    )


def _is_room(word: str) -> bool:
    return bool(re.search(r"\d", word)) and not search.PHONE.fullmatch(word)


def _named(word: str, names: Mapping[str, str]) -> set[str]:
    """The keys whose name in either language begins with a word of at least two letters; 作废 means 已作废, too."""
    if len(_bare(word)) < 2:
        return set()
    return {
        key
        for key, name in names.items()
        if any(_bare(in_language(tongue, name)).startswith(_bare(word)) for tongue in LANGUAGES)
    }


def _bare(name: str) -> str:
    return name.lower().removeprefix(WAS)


def in_journal(session: Session, text: str) -> ColumnElement[bool]:
    """The condition on journal entries: every word is of a record's number, of what was done, or of who did it."""
    conditions: list[ColumnElement[bool]] = []
    for word in unicodedata.normalize("NFKC", clean(text)).split()[:MOST_WORDS]:
        verbs = [
            verb
            for verb, said in ACTS.items()
            if any(
                word.lower() in in_language(tongue, name).lower()
                for name in (said.name, *said.by_fact.values())
                for tongue in LANGUAGES
            )
        ]
        people = [one.code for one in everyone(session) if word.lower() in f"{one.code} {one.name}".lower()]
        # Numbers on paper are written large, codes of people and settings as they are.
        begins = [
            and_(col(JournalEntry.record) >= one, col(JournalEntry.record) < one + search.TOP)
            for one in dict.fromkeys((word.upper(), word))
        ]
        conditions.append(or_(*begins, col(JournalEntry.verb).in_(verbs), col(JournalEntry.operator).in_(people)))
    return and_(True, *conditions)


def where(
    table: type[Record],
    asked: Wanted,
    now: datetime,
    *,
    at: str,
    texts: tuple[str, ...],
    states: Mapping[str, str] = cases.STATES,
    also: Callable[["Word"], Sequence[ColumnElement[bool]]] = lambda _word: (),
) -> ColumnElement[bool]:
    """The condition on a table that a line asks for.

    Args:
        at: the column that says how old a row is; texts: the columns in which words are looked for.
        states: the names of the states of the table's records, by key.
        also: what else a word may mean, such as goods in a table of their own.
    """
    columns = table.__table__.columns.keys()
    conditions: list[ColumnElement[bool]] = []
    if asked.older is not None:
        conditions.append(col(getattr(table, at)) < now - asked.older)
    if asked.younger is not None:
        conditions.append(col(getattr(table, at)) >= now - asked.younger)
    for word in asked.words:
        means = [col(getattr(table, name)).contains(one, autoescape=True) for name in texts for one in word.spelt]
        for name, keys in (("state", word.states(states)), ("department", word.departments), ("grade", word.grades)):
            if keys and name in columns:
                means.append(col(getattr(table, name)).in_(keys))
        if word.units and "unit_id" in columns:
            means.append(col(table.unit_id).in_(word.units))
        if word.people and "person_id" in columns:
            means.append(col(table.person_id).in_(word.people))
        conditions.append(or_(*means, *also(word)))
    return and_(True, *conditions)
