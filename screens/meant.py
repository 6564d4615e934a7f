"""Whether what is typed means a name: a part of it in either language, or its pinyin or initials."""

from functools import cache

from data.words import LANGUAGES, in_language
from desk.ground import pinyin

# The better the smaller: it begins the name, begins a word or a syllable of it, or stands somewhere in it.
BEGINS, INSIDE, SOMEWHERE = range(3)


@cache
def _names(msgid: str) -> tuple[str, ...]:
    """A text in every language."""
    return tuple(pinyin.plain(in_language(language, msgid)) for language in LANGUAGES)


@cache
def _terms(msgid: str) -> frozenset[str]:
    """What a text is found by besides."""
    return frozenset(term for name in _names(msgid) for term in pinyin.terms(name))


def how_meant(msgid: str, typed: str, *, spelt: bool = True) -> int | None:
    """How well a text is meant by what was typed, None where it is not.

    Args:
        spelt: whether its pinyin counts, too.
    """
    text = pinyin.plain(typed)
    names = _names(msgid)
    if any(name.startswith(text) for name in names):
        return BEGINS
    if spelt and any(term.startswith(text) for term in _terms(msgid)):
        return INSIDE
    return SOMEWHERE if any(text in name for name in names) else None


def is_meant(msgid: str, typed: str) -> bool:
    """Whether a text is meant by what was typed."""
    return how_meant(msgid, typed) is not None
