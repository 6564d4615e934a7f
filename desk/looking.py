"""Looking in a register: one line that says number, room, person, word, state, department, grade or age.

Every word narrows what is shown: `处理中 工程 >3`, `open engineering`, `3-2-1502 leak`. A word that names a state, a
department or a grade in either language means it; `>3` means older than three days, `<3` younger.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from data.cases import CaseNote
from data.cleaning import clean
from data.directory import Unit
from data.journal import JournalEntry
from data.tables import Record
from data.words import LANGUAGES, in_language
from desk import cases, search
from desk.act import Desk
from desk.complaints.terms import GRADES
from desk.ground import rooms
from desk.ground.roles import DEPARTMENTS
from desk.operators import everyone
from desk.systems import ACTS

MOST_WORDS = 6
MOST_FOUND = 2000
SHORTEST_TAIL = 3
_ON_PATH = "SELECT 1 FROM unit WHERE label = :path OR (label >= :low AND label < :high) LIMIT 1"
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
    # The path of a building, an entrance or a home, where the site has one that begins so.
    path: str = ""

    def keys(self, names: Mapping[str, str]) -> set[str]:
        """What it may name of the states or classes of a register."""
        return keys_named(self.plain, names)


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
    path = path_of(desk, plain)
    hits = search.find(desk, plain, MOST_FOUND) if not path else []
    return Word(
        frozenset((word, plain)),
        plain,
        frozenset(keys_named(plain, DEPARTMENTS)),
        frozenset(keys_named(plain, GRADES)),
        path=path,
        units=frozenset(hit.unit_id for hit in hits if hit.person_id is None or _is_room(plain)),
        people=frozenset(hit.person_id for hit in hits if hit.person_id is not None),
    )


def path_of(desk: Desk, word: str) -> str:
    """The path that a word spells, such as 3 for 3栋, where some home of the site lies on it."""
    path = rooms.normal(word) if not search.PHONE.fullmatch(word) else ""
    if not path or not desk.ask("directory.find", _ON_PATH, path=path, low=f"{path}-", high=f"{path}."):
        return ""
    return path


def on_path(path: str) -> ColumnElement[bool]:
    """The condition on homes that lie on a path: the home itself, or all of a building or an entrance."""
    return or_(col(Unit.label) == path, and_(col(Unit.label) >= f"{path}-", col(Unit.label) < f"{path}."))


def _is_room(word: str) -> bool:
    return bool(re.search(r"\d", word)) and not search.PHONE.fullmatch(word)


def keys_named(word: str, names: Mapping[str, str]) -> set[str]:
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
    sorts: Mapping[str, Mapping[str, str]] = MappingProxyType({"state": cases.STATES}),
    also: Callable[["Word"], Sequence[ColumnElement[bool]]] = lambda _word: (),
) -> ColumnElement[bool]:
    """The condition on a table that a line asks for.

    Args:
        at: the column that says how old a row is; texts: the columns in which words are looked for.
        sorts: the names of what its columns say, such as a state or a complaint's class, by column and key.
        also: what else a word may mean, such as goods in a table of their own.
    """
    columns = table.__table__.columns.keys()
    conditions: list[ColumnElement[bool]] = []
    if asked.older is not None:
        conditions.append(col(getattr(table, at)) < now - asked.older)
    if asked.younger is not None:
        conditions.append(col(getattr(table, at)) >= now - asked.younger)
    for word in asked.words:
        read = _texts_for(word, texts, at_home="unit_id" in columns)
        means = [col(getattr(table, name)).contains(one, autoescape=True) for name in read for one in word.spelt]
        if word.path and "unit_id" in columns:
            means.append(col(table.unit_id).in_(select(Unit.id).where(on_path(word.path))))
        for name, keys in (("department", word.departments), ("grade", word.grades)):
            if keys and name in columns:
                means.append(col(getattr(table, name)).in_(keys))
        means += [col(getattr(table, name)).in_(word.keys(names)) for name, names in sorts.items() if name in columns]
        if "number" in columns:
            means.append(col(table.number).in_(_remarked(word)))
        if word.units and "unit_id" in columns:
            means.append(col(table.unit_id).in_(word.units))
        if word.people and "person_id" in columns:
            means.append(col(table.person_id).in_(word.people))
        conditions.append(or_(*means, *also(word)))
    return and_(True, *conditions)


def _remarked(word: Word) -> SelectOfScalar[str]:
    """The numbers of the records of which a remark, an answer or another text says a word."""
    said = [col(CaseNote.text).contains(one, autoescape=True) for one in word.spelt]
    return select(CaseNote.number).where(or_(*said))


def _texts_for(word: Word, texts: tuple[str, ...], *, at_home: bool) -> list[str]:
    """The columns in which a word is looked for: one that spells a home of the site is no part of other homes' names,
    and of a number only where it may be its tail.
    """
    if not (word.path and at_home):
        return list(texts)
    tail = word.plain.isdecimal() and len(word.plain) >= SHORTEST_TAIL
    return [name for name in texts if name != "subject" and (name != "number" or tail)]
