"""The proof of a store: the journal's chain, its head, every series of numbers, every pass and row as acts left it.

It is read in pages, each a short read of its own, so that no desk waits for it however old the store is. What is
compared comes from one page: a desk that writes meanwhile is never taken for damage.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from data.chain import PASS_FIELDS, entry_digest, pass_digest, same
from data.problems import Problem
from data.store.head import Head
from data.store.store import Store
from data.store.strange import strange_parts
from data.tables import NUMBERED
from data.words import N_, _
from desk.act import Desk
from desk.ground.numbers import SYSTEM_OF, is_number, make_number
from desk.ground.refusals import Invalid
from desk.proof_rows import changed_rows

PAGE = 2000
SAID = re.compile(r"([0-9]{1,12})\s+([0-9a-fA-F]{8,64})")
# So many findings at most stand in the entry that accepts them.
FINDINGS = 200
# A paper that an entry names: the beginning of its series' numbers, and which it is.
PAPER = re.compile(rf"((?:{'|'.join(SYSTEM_OF)})[0-9]{{2}}-)([0-9]{{6,}})-[0-9]")
_ENTRIES = """
SELECT digest, number, at, operator, workstation, system, record, verb, facts FROM journal
WHERE number > ? ORDER BY number LIMIT ?
"""
# A pass, what its last entry says of it, and its goods: one question, so that they belong together.
_PASSES = f"""
SELECT p.contents_mac, p.facts, {", ".join(f"p.{name}" for name in PASS_FIELDS)},
       i.line, i.name, i.quantity, i.unit, i.out
FROM (SELECT *, (SELECT j.facts FROM journal j WHERE j.record = release_pass.number AND j.system = 'passes'
                 AND instr(j.facts, '"mac"') ORDER BY j.number DESC LIMIT 1) AS facts
      FROM release_pass WHERE number > ? ORDER BY number LIMIT ?) AS p
LEFT JOIN pass_item i ON i.number = p.number ORDER BY p.number, i.line
"""  # noqa: S608


@dataclass(frozen=True)
class Finding:
    """One thing that verification found wrong."""

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.what} {self.where}".strip()


def verify(store: Store) -> list[Finding]:
    """Check the whole chain, its head outside the store, every series of numbers and every row; empty: all is well."""
    # Copied after the commit: an entry that the copy names is in every page that is read from here on.
    try:
        head = store.head_copy()
    except Problem as problem:
        return [Finding(_("cannot be read"), str(problem))]
    named: dict[str, int] = {}
    findings: list[Finding] = []
    for check in (
        partial(_check_journal, store, named, head),
        partial(_check_papers, store, named),
        partial(_changed_passes, store),
        partial(_found_rows, store),
    ):
        try:
            findings += check()
        except (Problem, sqlite3.Error, ValueError, TypeError, KeyError, AttributeError) as error:
            # What cannot even be read is a finding like any other.
            findings.append(Finding(_("cannot be read"), str(error)))
    return findings


def compare(store: Store, said: str) -> list[Finding]:
    """Whether a head that was printed or kept elsewhere is in the journal.

    Args:
        said: its number, a blank, and its digest or how that begins.

    Raises:
        Invalid: at "head", it does not look like one.
    """
    match = SAID.fullmatch(said.strip())
    if match is None:
        raise Invalid(N_("Write the head as it stands on paper: its number, a blank, its digest."), field="head")
    found = store.ask("SELECT digest FROM journal WHERE number = ?", int(match[1]))
    if not found:
        return [Finding(_("the journal ends before an entry that was printed"), match[1])]
    return [] if str(found[0][0]).startswith(match[2].lower()) else [Finding(_("journal entry changed"), match[1])]


def accept(desk: Desk) -> list[Finding]:
    """An administrator takes what stands in the store; what was found until then is kept in the journal.

    Args:
        desk: on a store that was opened to be accepted, with the administrator signed in.

    Raises:
        NotAllowed: somebody else's post.
    """
    with desk.act() as act:
        act.require("journal.accept")
        found = verify(desk.store)
        act.record("journal.accept", findings=[str(one) for one in found[:FINDINGS]])
        desk.store.accept_rows(act.session)
    return found


def _check_journal(store: Store, named: dict[str, int], head: Head | None) -> list[Finding]:
    findings, tail = _check_chain(store, named)
    return findings + _check_head(store, head, tail)


def _found_rows(store: Store) -> list[Finding]:
    strange = [Finding(_("is none of this program's"), name) for name in strange_parts(store.ask)]
    return strange + [Finding(*found) for found in changed_rows(store)]


def _check_papers(store: Store, named: Mapping[str, int]) -> list[Finding]:
    """Every series that is counted, and every one of which the journal names a paper.

    Args:
        named: the beginning of a series' numbers to the highest that the journal names.
    """
    findings: list[Finding] = []
    counted: dict[str, int] = {}
    for name, value in store.ask("SELECT name, value FROM counter ORDER BY name"):
        system, _colon, year = str(name).partition(":")
        if system in NUMBERED and year.isdecimal():
            findings += _check_series(store, system, int(year), name)
            counted[make_number(system, int(year), 1)[:5]] = value
        else:
            # Nobody has counted the papers of a series that this program knows nothing of.
            findings.append(Finding(_("a series of numbers that is not known"), str(name)))
    lost = (f"{series}{count:06d}" for series, count in sorted(named.items()) if counted.get(series, 0) < count)
    return findings + [Finding(_("the journal names a paper that is not there"), number) for number in lost]


def _check_chain(store: Store, named: dict[str, int]) -> tuple[list[Finding], int]:
    """The chain from its beginning; `named` takes the highest paper of each series that an entry names."""
    key, previous, last = store.keys.journal, "", 0
    while page := store.ask(_ENTRIES, last, PAGE):
        for digest, number, *said in page:
            if number != last + 1:
                return [Finding(_("journal entry missing"), str(last + 1))], number
            if not same(digest, entry_digest(key, previous, number, *said)):
                return [Finding(_("journal entry changed"), str(number))], number
            previous, last = digest, number
            paper = PAPER.match(str(said[4]))
            if paper is not None:
                named[paper[1]] = max(named.get(paper[1], 0), int(paper[2]))
    return [], last


def _check_head(store: Store, head: tuple[int, str] | None, tail: int) -> list[Finding]:
    if head is None:
        return [Finding(_("the copy of the journal's head is missing"), str(tail))] if tail else []
    found = store.ask("SELECT digest FROM journal WHERE number = ?", head[0])
    if not found:
        return [Finding(_("the journal's tail was cut off after entry"), str(tail))]
    return [] if found[0][0] == head[1] else [Finding(_("journal entry changed"), str(head[0]))]


def _check_series(store: Store, system: str, year: int, counter: str) -> list[Finding]:
    """The numbers from the first to the counted one are there, each once, and none beside them."""
    table, prefix = NUMBERED[system][0], make_number(system, year, 1)[:5]
    counted = f"SELECT count(*) FROM {table} WHERE number >= ? AND number < ?"  # noqa: S608
    both = f"SELECT value, ({counted}) FROM counter WHERE name = ?"  # noqa: S608
    value, there = store.ask(both, prefix, prefix + "~", counter)[0]
    lost = dict(store.ask("SELECT first, last FROM lost_numbers WHERE series = ?", counter))
    gone = sum(last - first + 1 for first, last in lost.items())
    expected = lost.get(1, 0) + 1
    for number in _numbers(store, table, prefix):
        if expected > value:
            break
        if number != make_number(system, year, expected) or not is_number(number):
            break
        # What a restore took back was given out, and is not missed.
        expected = lost.get(expected + 1, expected) + 1
    if expected == value + 1 and there == value - gone:
        return []
    return [Finding(_("number missing or doubled"), make_number(system, year, expected))]


def _numbers(store: Store, table: str, prefix: str) -> Iterator[str]:
    """The numbers of a series as they are counted; from the millionth on they are longer."""
    page = (
        f"SELECT number FROM {table} "  # noqa: S608
        "WHERE length(number) = ? AND number > ? AND number < ? ORDER BY number LIMIT ?"
    )
    lengths = f"SELECT DISTINCT length(number) FROM {table} WHERE number >= ? AND number < ? ORDER BY 1"  # noqa: S608
    for (length,) in store.ask(lengths, prefix, prefix + "~"):
        last = prefix
        while rows := store.ask(page, length, last, prefix + "~", PAGE):
            for (number,) in rows:
                yield str(number)
            last = rows[-1][0]


def _changed_passes(store: Store) -> Iterator[Finding]:
    """Every pass must be as its last entry in the journal left it."""
    key, last, width = store.keys.journal, "", len(PASS_FIELDS)
    while rows := store.ask(_PASSES, last, PAGE):
        for number, lines in groupby(rows, key=lambda row: str(row[2])):
            if not _stands(key, list(lines), width):
                yield Finding(_("pass changed"), number)
            last = number


def _stands(key: bytes, lines: list[Any], width: int) -> bool:
    """Whether a pass and its goods are what its digest and its last entry say."""
    mac, facts, *rest = lines[0]
    goods = [line[2 + width :] for line in lines if line[2 + width] is not None]
    said = str(json.loads(facts)["mac"] if facts else mac[:16])
    return pass_digest(key, rest[:width], goods) == mac and str(mac).startswith(said)
