"""Half-typed forms: kept from half a second after the first unsaved key, and at once when the terminal closes."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.css.query import NoMatches

from data.problems import Problem

if TYPE_CHECKING:
    from screens.translated import Translated

# Seconds from the first unsaved key until it is kept, however fast one types on.
KEPT_AFTER = 0.4
EMPTY: dict[str, str] = {}


class Draft:
    """What is typed into one form.

    Args:
        screen: the form's screen.
        name: the draft's name, asked anew each time: it may follow the form's subject.
        read: the values to keep; all empty forgets the draft.
    """

    def __init__(self, screen: "Translated", name: Callable[[], str], read: Callable[[], dict[str, str]]) -> None:
        self.screen, self.name, self.read = screen, name, read
        self._waiting = False
        self._kept_as = ""

    def touch(self) -> None:
        """Something was typed."""
        app = self.screen.desk_app
        if self._waiting or app.who is None or app.desk.store.read_only is not None:
            return
        self._waiting = True
        app.unsaved.add(self)
        asyncio.get_running_loop().call_later(KEPT_AFTER, self._due)

    def _due(self) -> None:
        if self._waiting:
            app = self.screen.desk_app
            app.in_background(self._save())

    async def _save(self) -> None:
        async with self.screen.desk_app.drafting:
            if self._waiting and self.screen.is_attached:
                await asyncio.to_thread(self._told, self._prepare())

    def keep_now(self) -> None:
        """The form is about to leave the screen: what stands in it now is kept."""
        if self._waiting:
            self.screen.desk_app.in_background(self._keep(self._prepare()))

    async def _keep(self, write: Callable[[], None]) -> None:
        async with self.screen.desk_app.drafting:
            await asyncio.to_thread(self._told, write)

    def flush(self) -> None:
        """Keep it at once, without waiting for the loop: the program ends."""
        if self._waiting:
            self._told(self._prepare())

    async def forget(self) -> None:
        """The form was saved: its draft is over."""
        app = self.screen.desk_app
        self._waiting = False
        app.unsaved.discard(self)
        if app.who is not None and app.desk.store.read_only is None:
            await self._keep(self._writer(EMPTY))

    def _prepare(self) -> Callable[[], None]:
        self._waiting = False
        self.screen.desk_app.unsaved.discard(self)
        try:
            return self._writer(self.read())
        except NoMatches:
            # The form is gone already; whoever took it away kept what was in it.
            return lambda: None

    def _writer(self, values: dict[str, str]) -> Callable[[], None]:
        """What writes the values; what was typed before the form had a subject moves to its name."""
        from desk import drafts

        app, name, before = self.screen.desk_app, self.name(), self._kept_as
        self._kept_as = name
        code, store, now = app.who.code if app.who is not None else "", app.desk.store, app.desk.now()

        # Whoever opens the form again before it is written finds it here.
        app.leaving[code, name] = values

        def write() -> None:
            try:
                if code and before != name and has_no_subject(before):
                    drafts.forget(store, code, before)
                if code and name:
                    drafts.save(store, code, name, values, now)
            finally:
                if app.leaving.get((code, name)) is values:
                    del app.leaving[code, name]

        return write

    def _told(self, write: Callable[[], None]) -> None:
        try:
            write()
        except Problem as problem:
            self.screen.desk_app.call_later(self.screen.tell, problem)


def has_no_subject(name: str) -> bool:
    """Whether a draft's name says of nobody and nothing yet."""
    return name.split(":")[1:2] == [""]


def draft_name(system: str, record: str, fields: Sequence[str]) -> str:
    """The name of the draft of a dialog about a record: the same questions about the same record are the same form."""
    return f"{system}:{record}:{'+'.join(fields)}"
