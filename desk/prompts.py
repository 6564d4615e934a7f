"""What to say, when it helps: the site's own words, in both languages (INT-3, INT-8, CMP-9, CMP-19, RV-45)."""

from pathlib import Path

from data.words import language
from desk import site
from desk.act import Desk
from desk.ground import reference
from desk.ground.refusals import Invalid

FILE = "prompts.toml"


def lines(desk: Desk, moment: str, **values: str) -> list[str]:
    """The lines of a moment in the reader's language; none when the site's file leaves it out.

    Args:
        moment: greeting, complaint, holding, question, closing, emergency, visit or round.
        values: what is filled in, such as time; the site's name always is.

    A site's file that cannot be read is passed over for the shipped words; doctor says so.
    """
    with desk.read() as session:
        name, own = site.setting(session, "site.name"), site.setting(session, key(moment, language()))
    said = own.splitlines() if own else written(desk.store.path, moment, language())
    return [_filled(line, {"site": name, **values}) for line in said]


def key(moment: str, tongue: str) -> str:
    """Under which setting the site keeps its own words of a moment."""
    return f"prompt:{moment}:{tongue}"


def written(store: Path, moment: str, tongue: str) -> list[str]:
    """The words of a moment in the site's file beside the store, else the shipped ones."""
    try:
        tables = reference.tables_of(store, FILE)
    except Invalid:
        tables = reference.shipped_tables(FILE)
    found = tables.get(moment, {})
    said = found.get(tongue, []) if isinstance(found, dict) else []
    return [line for line in said if isinstance(line, str)]


def _filled(line: str, values: dict[str, str]) -> str:
    """Only the known names are filled in; any other brace stays as the site wrote it."""
    for name, value in values.items():
        line = line.replace("{" + name + "}", value)
    return line
