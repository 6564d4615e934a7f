"""What every form is made with: the store it is read from, when and who, words in Chinese, and its title."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from data.tables import Record
from data.words import in_language
from desk.calendar import Calendar
from desk.operators import Posts
from desk.paper.document import Document

Pairs = list[tuple[str, str]]


class At:
    """How a paper says when and who: local times, people by name and post."""

    def __init__(self, session: Session, calendar: Calendar) -> None:
        self.calendar, self.who = calendar, Posts(session, "zh")

    def __call__(self, moment: datetime | None) -> str:
        return self.calendar.local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""

    def by(self, code: str, moment: datetime | None) -> str:
        """Who did something, and when."""
        return f"{self.who[code]} {self(moment)}".strip()


def zh(words: Mapping[str, str], key: str) -> str:
    """A key's word in Chinese, the key itself where it has none."""
    return in_language("zh", words[key]) if key in words else key


@dataclass(frozen=True)
class Sheet:
    """What a form is filled in on: the read it is made in, how it says when and who, the site, its title, the store."""

    session: Session
    at: At
    site: str
    title: str
    store: Path
    today: date

    def filled(
        self, number: str, fields: Pairs, texts: Pairs, signatures: Pairs | None = None, *, title: str = ""
    ) -> Document:
        """The form as a document."""
        return Document(title or self.title, self.site, number, fields, texts, signatures=signatures or [])


@dataclass(frozen=True)
class Form:
    """A form of a system: its title, and what fills it in from a record."""

    title: str
    fill: Callable[[Sheet, Record], Document]
