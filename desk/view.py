"""A view: the store at one instant, as whoever is at the desk sees it; acts and rules that are asked work in one."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from sqlmodel import Session

from data.operators import Operator
from data.store.store import Store
from desk import site, standards
from desk.calendar import Calendar

Answer = TypeVar("Answer")


@dataclass
class View:
    """What a rule may look at; `session`, `now` and `operator` stay the same throughout.

    operator: None before anybody has signed in.
    urgent: an emergency, which a standards file that cannot be read never stops: the shipped one counts.
    """

    store: Store
    session: Session
    now: datetime
    operator: Operator | None
    urgent: bool = False
    keeps: ClassVar[bool] = True
    _known: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, find: Callable[[], Answer]) -> Answer:
        """What `find` finds, asked once where nothing changes as long as the view stands."""
        if not self.keeps:
            return find()
        if key not in self._known:
            self._known[key] = find()
        answer: Answer = self._known[key]
        return answer

    def chosen(self, rule: str) -> str:
        """The value of a rule that the site has chosen."""
        return self.standards.chosen(rule, self.choices).value

    @property
    def today(self) -> date:
        """The day by the site's zone."""
        return self.calendar.local(self.now).date()

    @cached_property
    def standards(self) -> standards.Standards:
        """The site's standards as this view found them."""
        try:
            return standards.of_site(self.store.path)
        except standards.StandardsWrong:
            if self.urgent:
                return standards.shipped()
            raise

    @cached_property
    def choices(self) -> dict[str, str]:
        """The site's choices."""
        return site.choices(self.session, self.settings)

    @cached_property
    def settings(self) -> dict[str, str]:
        """The site's settings as this view found them."""
        return site.settings(self.session)

    @cached_property
    def calendar(self) -> Calendar:
        """The site's calendar."""
        return site.calendar(self.session, self.settings)
