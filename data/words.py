"""The two languages: every text a person reads goes through here.

Message ids are the English texts. The language follows the locale until `use` says otherwise.
"""

import gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_DOMAIN = "qiantai"
_language: str | None = None
_speaking: ContextVar[str | None] = ContextVar("speaking", default=None)


def N_(msgid: str) -> str:
    """Mark a text for translation where it is declared; `_` translates it where it is shown."""
    return msgid


def language() -> str:
    """The language in force: that of `speaking`, what `use` chose, else `DESK_LANG`, else the locale's."""
    return _speaking.get() or _language or _from_environment()


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Say something in a named language, whatever the others in this program speak meanwhile."""
    before = _speaking.set(chosen)
    try:
        yield
    finally:
        _speaking.reset(before)


def use(chosen: str | None) -> None:
    """Choose "zh" or "en"; None follows the locale again."""
    global _language
    if chosen is not None and chosen not in LANGUAGES:
        raise ValueError(chosen)
    _language = chosen
    _from_environment.cache_clear()


@cache
def _from_environment() -> str:
    for name in ("DESK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


@cache
def _catalog(lang: str) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation(_DOMAIN, str(folder), languages=[lang], fallback=True)


def _(msgid: str, **values: object) -> str:
    """The text in the language in force, with the values filled in."""
    return in_language(language(), msgid, **values)


def named(words: Mapping[str, str], key: str) -> str:
    """The word of a key in the language in force; the key itself where it has none."""
    return _(words[key]) if key in words else key


def in_language(lang: str, msgid: str, **values: object) -> str:
    """The text in a named language, with the values filled in."""
    text = msgid if lang == "en" or not msgid else _catalog(lang).gettext(msgid)
    return text.format(**{k: str(v) for k, v in values.items()}) if values else text
