"""What a site has chosen, for a reader outside an act."""

from pathlib import Path

from sqlmodel import Session

from desk import site, standards


def value(session: Session, store: Path, rule: str) -> str:
    """The value in force of a standard."""
    return standards.of_site(store).chosen(rule, site.choices(session)).value


def options(session: Session, store: Path, *rules: str) -> dict[str, str]:
    """The names of the options in force."""
    book, chosen = standards.of_site(store), site.choices(session)
    return {rule: book.chosen(rule, chosen).name for rule in rules}
