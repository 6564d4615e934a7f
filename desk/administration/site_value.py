"""One thing that a site can set: how it is typed, checked and shown, and where it comes from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.cleaning import clean
from data.words import N_
from desk.ground.refusals import Invalid

LONGEST = 2000
Check = Callable[[str], str]


def _as_text(value: str) -> str:
    return value


@dataclass(frozen=True)
class SiteValue:
    """Something that a site can set.

    key: of its setting; group: in which part of the room it stands; title: in the reader's language.
    value: as it is typed; "" where the site has said nothing.
    check: makes what is kept of what was typed; refuses, at "value", what cannot be.
    shows: the value as it is read; options: what there is to choose from, none where it is typed.
    lines: where it comes from: sources and clauses, one a line.
    moves: whether promises that run could end otherwise by it; dated: whether its own key says from which day on.
    """

    key: str
    group: str
    title: str
    value: str
    check: Callable[[str], str]
    shows: Callable[[str], str] = _as_text
    options: Sequence[tuple[str, str]] = ()
    lines: Sequence[str] = ()
    hint: str = ""
    long: bool = False
    moves: bool = False
    dated: bool = False


def short(longest: int) -> Check:
    """Checks one line that has to say something."""

    def check(text: str) -> str:
        text = clean(text)
        if not text:
            raise Invalid(N_("Write something here."), field="value")
        if len(text) > longest:
            raise Invalid(N_("That is too long: {count} characters at most."), field="value", count=longest)
        return text

    return check


def one_of(names: Sequence[str]) -> Check:
    """Checks that a name is one of some."""

    def check(text: str) -> str:
        if text not in names:
            raise Invalid(N_("Choose one of {names}."), field="value", names=", ".join(names))
        return text

    return check


def lines(text: str) -> str:
    """Checks several lines; empty ones are left out."""
    found = [clean(line) for line in text.splitlines()]
    if len(text) > LONGEST:
        raise Invalid(N_("That is too long: {count} characters at most."), field="value", count=LONGEST)
    return "\n".join(line for line in found if line)
