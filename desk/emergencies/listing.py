"""Whom an emergency is told, in order: the site's own list as it is kept at the desk or beside the store (EMG-1)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.cleaning import clean
from data.store import site_files
from data.words import N_, _, named
from desk.ground import reference
from desk.ground.refusals import Invalid
from desk.view import View

KINDS = {
    "fire": N_("fire"),
    "lift": N_("lift entrapment"),
    "explosion": N_("explosion"),
    "outage": N_("sudden outage"),
    "flooding": N_("flooding"),
    "theft": N_("theft or sabotage"),
    "crime": N_("criminal case"),
    "equipment": N_("main equipment failure"),
    "structure": N_("main structure damaged"),
    "collective": N_("collective complaint"),
    "patient": N_("emergency patient"),
}
FILE = "emergencies.toml"
# Under which setting the site keeps its own list.
LIST = "emergency.list"
PHONE = re.compile(r"\+?[0-9０-９\- ]{3,20}")


@dataclass(frozen=True)
class OnList:
    """Somebody who must be told, and of which kinds; of all when none is named."""

    whom: str
    phone: str
    kinds: tuple[str, ...]


def to_tell(view: View, kind: str) -> list[OnList]:
    """Whom a kind of emergency is told, in order."""
    return [one for one in whole_list(view) if one.whom and (not one.kinds or kind in one.kinds)]


def whole_list(view: View) -> list[OnList]:
    """The site's list: as it is kept at the desk, else in the file beside the store, else the shipped one.

    A list that cannot be used never stops an emergency: the shipped one is taken, and `list_trouble` says why.
    """
    return listed(view.settings, view.store.path)


def listed(settings: Mapping[str, str], store: Path) -> list[OnList]:
    """The list by the site's settings and the file beside its store."""
    if own := settings.get(LIST):
        return [_from_line(line) for line in own.splitlines()]
    try:
        return _read_list(reference.tables_of(store, FILE), store)
    except Invalid:
        return _read_list(reference.shipped_tables(FILE), store)


def written(one: OnList) -> str:
    """Somebody of the list on one line: who | phone | kinds."""
    return " | ".join((one.whom, one.phone, " ".join(one.kinds))).rstrip(" |")


def _from_line(line: str) -> OnList:
    whom, phone, kinds, *_rest = [part.strip() for part in line.split("|")] + ["", ""]
    return OnList(clean(whom), phone, tuple(re.split(r"[\s,，、]+", kinds)) if kinds else ())


def check_list(text: str) -> str:
    """The list as it is kept, one person a line; "" for the file's.

    Raises:
        Invalid: at "value", an unknown kind, a phone that is none, or a kind of which nobody would be told.
    """
    people = [_from_line(line) for line in text.splitlines() if line.strip()]
    if not people:
        return ""
    for one in people:
        if not one.whom or (one.phone and not PHONE.fullmatch(one.phone)):
            raise Invalid(N_("{line}: write who | phone | kinds."), field="value", line=written(one)[:40])
    if why := _trouble_in(people):
        raise Invalid(N_("The list cannot be used: {why}."), field="value", why=why)
    return "\n".join(map(written, people))


def _trouble_in(people: Sequence[OnList]) -> str:
    """What is wrong with a list, in the reader's language; "" when every kind reaches somebody."""
    unknown = [kind for one in people for kind in one.kinds if kind not in KINDS]
    untold = [kind for kind in KINDS if not any(one.whom and (not one.kinds or kind in one.kinds) for one in people)]
    if unknown:
        return _("unknown kind {name}", name=unknown[0])
    if untold:
        return _("nobody is named for {kind}", kind=emergency_name(untold[0])) if people else _("nobody is named")
    return ""


def list_trouble(store: Path) -> str:
    """What is wrong with the site's own list, in the reader's language; "" when it can be used."""
    if why := site_files.odd(store, FILE):
        return _(why, name=FILE)
    try:
        of_file(store)
    except Invalid as problem:
        return str(problem)
    return ""


def of_file(store: Path) -> list[OnList]:
    """The list of the site's file, or of the shipped one.

    Raises:
        Invalid: at "file", one that cannot be used.
    """
    return _read_list(reference.tables_of(store, FILE), store)


def _read_list(tables: reference.Tables, store: Path) -> list[OnList]:
    """The people of a list; refuses one that leaves a kind without anybody, or names one that does not exist."""
    rows = tables.get("tell", [])
    try:
        people = [
            OnList(clean(str(row["whom"])), str(row.get("phone", "")), tuple(map(str, row.get("kinds", []))))
            for row in rows
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise reference.unreadable(reference.path_of(store, FILE), _("every [[tell]] needs whom")) from error
    if why := _trouble_in(people):
        raise reference.unreadable(reference.path_of(store, FILE), why)
    return people


def emergency_name(kind: str) -> str:
    """The kind in the reader's language."""
    return named(KINDS, kind)
