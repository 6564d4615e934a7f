"""A screen whose keys speak the language in force, and the one way to run an act from it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.binding import ActiveBinding
from textual.events import ScreenResume, ScreenSuspend
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from data.problems import Problem
from data.words import _
from screens.guard import Guarded
from screens.house import PASSING, House
from screens.painting import quicken
from screens.text import one_line

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from desk.act import Act

Done = TypeVar("Done")


class Wrong(Protocol):
    """Something with fields at which a message can be shown."""

    def wrong(self, name: str, text: str) -> bool:
        """Show the message at a field; False when there is no such field."""


class Translated(Guarded, Screen[Any]):
    """A screen whose bindings speak the language in force wherever they are read."""

    # The toolkit repaints the whole screen whenever the focus goes from one widget to another; they draw themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._looks: tuple[str, bool] | None = None
        quicken(self)

    def post_message(self, message: Message) -> bool:
        """A room that comes back is styled anew only when something that styles follow has changed since."""
        if isinstance(message, ScreenSuspend):
            self._looks = (self.app.theme, self.app.app_focus)
        if isinstance(message, ScreenResume):
            message.refresh_styles = message.refresh_styles and self._looks != (self.app.theme, self.app.app_focus)
        return super().post_message(message)

    @property
    def desk_app(self) -> House:
        """The application."""
        assert isinstance(self.app, House)
        return self.app

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings in force, translated late; footer, help and palette all read them here."""
        return {
            key: active._replace(
                binding=replace(active.binding, description=_(active.binding.description)), tooltip=_(active.tooltip)
            )
            for key, active in super().active_bindings.items()
        }

    async def refresh_language(self) -> None:
        """Draw everything again in the language in force; typed values stay."""
        for widget in self.query(Widget):
            relabel = getattr(widget, "relabel", None)
            if relabel is not None:
                await relabel()
            widget.refresh()

    def tell(self, problem: Problem) -> None:
        """Show a problem that belongs to no field."""
        self.app.notify(one_line(str(problem)), title=PASSING, severity="error", timeout=20, markup=False)

    def say(self, text: str) -> None:
        """Show that something was done."""
        self.app.notify(one_line(text), title=PASSING, timeout=12, markup=False)

    def hint(self, text: str) -> None:
        """Say what is missing, where nothing was done."""
        self.app.notify(one_line(text), title=PASSING, severity="warning", timeout=12, markup=False)

    async def act(self, work: "Callable[[Act], Done]", *, form: Wrong | None = None, request: str = "") -> Done | None:
        """Run one act off the event loop; a refusal goes to its field or to a message, and None comes back."""

        def run() -> Done:
            with self.acting(request) as act:
                return work(act)

        return await self.guarded(run, form)

    def acting(self, request: str) -> "AbstractContextManager[Act]":
        """One act of the operator at the desk; a dialog that somebody else signs says whose it is."""
        return self.desk_app.desk.act(request=request)

    async def guarded(self, run: Callable[[], Done], form: Wrong | None = None) -> Done | None:
        """Run something slow that may be refused."""
        self.desk_app.hush()
        try:
            result = await asyncio.to_thread(run)
        except Problem as problem:
            self.refused(problem, form)
            return None
        return result

    def refused(self, problem: Problem, form: Wrong | None) -> None:
        """Show a refusal at the field it belongs to, or as a message."""
        if form is None or not (problem.field and form.wrong(problem.field, str(problem))):
            self.tell(problem)
