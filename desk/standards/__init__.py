"""The standards: every promise the desk makes, how long it has, what starts and ends it (Part D, X-1 to X-33).

terms: what a promise says; file: reading and checking; promises: which clocks an entry starts and ends.
"""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from data.store.site_files import own_file
from data.words import N_
from desk.ground.refusals import Invalid
from desk.standards.file import READ, parse, wrong
from desk.standards.terms import ENDINGS, KEPT, OVERTAKEN, OWN, VOID, Option, Standards, StandardsWrong, Target, Timer

__all__ = [
    "ENDINGS", "KEPT", "OVERTAKEN", "OWN", "READ", "VOID", "Option", "Standards", "StandardsWrong", "Target", "Timer",
    "of_site", "parse", "read_file", "shipped",
]  # fmt: skip


@lru_cache(maxsize=4)
def _read_cached(path: str, _stamp: float) -> Standards:
    return parse(Path(path).read_bytes())


def shipped() -> Standards:
    """The standards that come with the program."""
    return _read_cached(str(files("data.reference") / "standards.toml"), 0.0)


def of_site(store: Path) -> Standards:
    """The site's own file `standards.toml` beside the store, as it was taken in, else the shipped one."""
    own = own_file(store, "standards.toml")
    if own is None:
        return shipped()
    try:
        return _complete(_read_cached(str(own), own.stat().st_mtime))
    except OSError as error:
        raise StandardsWrong(N_("The file {path} cannot be read: {why}."), path=own, why=error.strerror) from error


def read_file(path: Path) -> Standards:
    """A standards file, checked.

    Raises:
        StandardsWrong: with the line of what cannot be.
    """
    try:
        return _complete(parse(path.read_bytes()))
    except OSError as error:
        raise Invalid(N_("The file {path} cannot be read: {why}."), path=path, why=error.strerror) from error


def _complete(book: Standards) -> Standards:
    """A site's file takes the place of the shipped one, so it says something of every rule the desk asks about."""
    for rule in (*shipped().timers, *shipped().targets):
        if rule not in book.timers and rule not in book.targets:
            raise wrong(1, N_("{name} is missing: start from a copy of the shipped file"), name=rule)
    return book
