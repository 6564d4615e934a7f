"""Texts from people, measured before they are kept."""

from data.cleaning import clean
from data.words import N_
from desk.ground.idcards import mask_inside
from desk.ground.refusals import Invalid

LONGEST_TEXT = 2000


def needed(text: str, field: str, longest: int = LONGEST_TEXT, *, number: bool = False) -> str:
    """A cleaned text that must say something.

    Args:
        number: whether it is one of its own, such as a receipt's or a paper's, which stays as it is.

    Raises:
        Invalid: empty, or longer than `longest` characters.
    """
    text = clean(text)
    if not text:
        raise Invalid(N_("This must be filled in."), field=field)
    return limited(text, field, longest, number=number)


def limited(text: str, field: str, longest: int = LONGEST_TEXT, *, number: bool = False) -> str:
    """A cleaned text of at most `longest` characters, in which the numbers of identity papers are hidden."""
    text = clean(text) if number else mask_inside(clean(text))
    if len(text) > longest:
        raise Invalid(
            N_("This is too long: {length} characters, at most {longest}."),
            field=field,
            length=len(text),
            longest=longest,
        )
    return text
