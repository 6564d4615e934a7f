"""The people of a line of a roster: who they are, how they are reached, what proves them, and what is odd of it."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from data.words import N_
from desk.ground import idcards
from desk.roster.cells import is_nobody, is_nothing, wide
from desk.roster.headers import whose
from desk.roster.people import (
    LONGEST_NAME,
    OWNERS,
    UNKNOWN_KIND,
    Resident,
    day_in,
    kind_of,
    names_in,
    paper_in,
    phones_beside,
    phones_in,
    relation_beside,
    shared,
)
from desk.roster.reading import Line

SHARED_ID = 3
TENANTS_SHEET = re.compile("租户|租客|租赁|承租")


class Fail(Protocol):
    """Names what cannot be taken or is odd at a column of a line."""

    def __call__(self, line: Line, column: str, msgid: str, *, odd: bool = False, **values: str) -> None: ...


@dataclass(frozen=True)
class _Said:
    """What a line says of the people of one column of names, before it is dealt out among them."""

    relation: str
    kin: Sequence[str]
    phones: Sequence[str]
    papers: Sequence[str]
    born: date | None
    since: date | None
    notes: Sequence[str]

    def is_dealt(self, people: int) -> bool:
        """Whether there is a phone and a paper for each of several people, or none at all."""
        return all(not values or shared(values, people) for values in (self.phones, self.papers))

    def dealt(self, named: Sequence[tuple[str, str]], cells: Mapping[str, str]) -> list[Resident]:
        """The people, each with what is theirs; what cannot be dealt out goes to the first."""
        phones_of, papers_of = shared(self.phones, len(named)), shared(self.papers, len(named))
        found = []
        for place, (name, aside) in enumerate(named):
            first = place == 0
            said = "；".join(dict.fromkeys(filter(None, [aside, *self.notes])))
            found.append(
                Resident(
                    name,
                    self.kin[place] or self.relation,
                    cells.get("sex", "") if first else "",
                    tuple(phones_of[place]) if phones_of else tuple(self.phones) if first else (),
                    papers_of[place][0] if papers_of else self.papers[0] if self.papers and first else "",
                    _or_nothing(cells.get("workplace", "")) if first else "",
                    _or_nothing(cells.get("emergency", "")) if first else "",
                    self.born if first else None,
                    self.since,
                    said[:500],
                )
            )
        return found


class ResidentReader:
    """Reads the people of lines, and keeps which papers stand at several of them.

    Args:
        fail: names what is odd; header: what a column of a line is called in its file.
    """

    def __init__(self, fail: Fail, header: Callable[[Line, str], str]) -> None:
        self.fail, self.header = fail, header
        self.id_cards: Counter[str] = Counter()
        self.first_rows: dict[str, Line] = {}

    def of_line(self, line: Line) -> list[Resident]:
        """The people of a line's columns of names, each with what stands in the columns beside."""
        return [person for one in line.people() for person in self._named(one)]

    def _named(self, line: Line) -> list[Resident]:
        """The people of one column of names; what cannot be read of them costs a warning and a note."""
        cells, notes = line.cells, [line.cells.get("note", "")]
        named = names_in(cells.get("name", ""))
        if beside := phones_beside(cells.get("name", "")):
            cells["phone"] = "、".join(filter(None, [cells.get("phone", ""), beside]))
        self._warn(line, named)
        named = [] if any(len(name) > LONGEST_NAME for name, _aside in named) else named
        if not named:
            self._warn_of_nobody(line)
            return []
        relation = self._relation(line, notes)
        phones = self._phones(line, "phone", notes)
        papers = self._papers(line, notes)
        born, since = self._day(line, "birthday", notes), self._day(line, "since", notes)
        if born is None and papers and len(named) == 1:
            born = idcards.birthday(papers[0])
        if len(papers) > 1 and len(named) == 1:
            notes.append(f"{self.header(line, 'id_card')}: {cells.get('id_card', '')}")
            self.fail(line, "id_card", N_("more than one paper for one person: the others stay in the note"), odd=True)
        # 张三(夫)李四(妻) in a column of owners: the first one is the owner.
        kin = [relation_beside(aside) for _name, aside in named]
        if relation == "owner" and len(kin) > 1 and all(one == "family" for one in kin):
            kin[0] = ""
        said_of = _Said(relation, kin, phones, papers, born, since, notes)
        if len(named) > 1 and not said_of.is_dealt(len(named)):
            self.fail(
                line,
                "name",
                N_("{count} people share a cell: phone and paper went to the first"),
                odd=True,
                count=str(len(named)),
            )
        return said_of.dealt(named, cells)

    def _warn(self, line: Line, named: Sequence[tuple[str, str]]) -> None:
        """Name what of a column of names nobody was read from."""
        if "name" in line.errors:
            self.fail(line, "name", N_("the cell shows an error of the spreadsheet: nobody was read from it"), odd=True)
        if "name" in line.dittos and is_nobody(line.cells.get("name", "")):
            self.fail(
                line,
                "name",
                N_("as above stands below {text}: nobody was read from it"),
                odd=True,
                text=line.cells["name"],
            )
        if any(len(name) > LONGEST_NAME for name, _aside in named):
            self.fail(line, "name", N_("the name is too long: nobody was read from it"), odd=True)

    def _warn_of_nobody(self, line: Line) -> None:
        """A phone or a paper without a name beside it is nobody's: it is named and not written down."""
        held = next((line.cells[name] for name in ("phone", "id_card") if not is_nothing(line.cells.get(name, ""))), "")
        unread = "name" in line.errors or "name" in line.dittos
        if held and not unread and is_nothing(line.cells.get("name", "")):
            self.fail(line, "name", N_("no name stands beside {text}: it was not written down"), odd=True, text=held)

    def _relation(self, line: Line, notes: list[str]) -> str:
        word = line.cells.get("relation", "")
        header = self.header(line, "name")
        if is_nothing(word) and whose(header) == "family":
            return "family"
        if is_nothing(word) and TENANTS_SHEET.search(line.sheet) and not OWNERS.search(header + line.sheet):
            return "tenant"
        if line.person and is_nothing(word) and not OWNERS.search(header):
            self.fail(
                line, "name", N_("a second column of names, and none says who they are: taken as family"), odd=True
            )
            return UNKNOWN_KIND
        relation = kind_of(word)
        if relation is None:
            self.fail(
                line, "relation", N_("{text} is no known kind of resident: taken as family"), odd=True, text=word[:20]
            )
            notes.append(word)
            return UNKNOWN_KIND
        return relation

    def _phones(self, line: Line, column: str, notes: list[str]) -> list[str]:
        cell = line.cells.get(column, "")
        found = phones_in(cell)
        if found.note:
            notes.append(f"{self.header(line, column)}: {cell}")
            self.fail(
                line, column, N_("{text} is more than a phone number: it stays in the note"), odd=True, text=cell[:40]
            )
        for number in found.odd:
            self.fail(line, column, N_("{text} is an odd phone number"), odd=True, text=number)
        return found.numbers

    def _papers(self, line: Line, notes: list[str]) -> list[str]:
        cell = line.cells.get("id_card", "")
        parts = re.split(r"[、,，;；/\n]|(?<=[\dXx]{8})\s+(?=[A-Z]?\d{8})", wide(cell))
        numbers = []
        for part in parts if len(parts) > 1 and all(len(part.strip()) > 6 for part in parts) else [cell]:
            number, wrong = paper_in(part)
            if wrong:
                self.fail(line, "id_card", wrong, odd=True)
                notes += (
                    []
                    if number or re.search(r"\d{15}|E\+", part)
                    else [f"{self.header(line, 'id_card')}: {part.strip()}"]
                )
            if number:
                numbers.append(number)
                self.id_cards[number] += 1
                self.first_rows.setdefault(number, line)
        return numbers

    def _day(self, line: Line, column: str, notes: list[str]) -> date | None:
        cell = line.cells.get(column, "")
        day, wrong = day_in(cell)
        if wrong:
            notes.append(f"{self.header(line, column)}: {cell}")
            self.fail(line, column, wrong, odd=True, text=cell[:20])
        return day

    def beside(self, line: Line) -> list[Resident]:
        """Family and tenants that stand in columns of their own beside the owner."""
        found = []
        for column, relation in (("family", "family"), ("tenant", "tenant")):
            named = names_in(line.cells.get(column, ""))
            notes: list[str] = []
            phones = self._phones(line, "tenant_phone", notes) if relation == "tenant" and named else []
            dealt = shared(phones, len(named))
            for place, (name, aside) in enumerate(named):
                own = dealt[place] if dealt else phones if place == 0 else []
                note = "；".join(filter(None, [aside, *notes]))
                if len(name) <= LONGEST_NAME:
                    found.append(Resident(name, relation, phones=tuple(own), note=note))
        return found

    def shared_papers(self) -> None:
        """Name every paper that stands at so many people that it can be nobody's."""
        for number, count in self.id_cards.items():
            if count >= SHARED_ID:
                self.fail(
                    self.first_rows[number],
                    "id_card",
                    N_("the same ID number stands at {count} people"),
                    odd=True,
                    count=str(count),
                )


def _or_nothing(text: str) -> str:
    return "" if is_nothing(text) else text
