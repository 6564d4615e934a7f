"""What every screen shares: running an act, telling a problem, the foot of the page, a form in a dialog."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from data.problems import Problem
from data.words import N_, _
from screens.text import one_line, plain
from screens.widgets.bars import KeyBar, StatusLine
from screens.widgets.form import Field, Form

if TYPE_CHECKING:
    from desk.act import Act
    from screens.app import DeskApp

Done = TypeVar("Done")


class Translated(Screen[Any]):
    """A screen whose bindings speak the language in force wherever they are read."""

    @property
    def desk_app(self) -> "DeskApp":
        """The application."""
        from screens.app import DeskApp

        assert isinstance(self.app, DeskApp)
        return self.app

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings in force, translated late; footer, help and palette all read them here."""
        return {
            key: active._replace(
                binding=replace(active.binding, description=_(active.binding.description)),
                tooltip=_(active.tooltip),
            )
            for key, active in super().active_bindings.items()
        }

    async def refresh_language(self) -> None:
        """Draw everything again in the language in force; typed values stay."""
        for form in self.query(Form):
            form.start = form.values()
            await form.recompose()
            form.ask()
        for widget in self.query(Widget):
            widget.refresh()

    def tell(self, problem: Problem) -> None:
        """Show a problem that belongs to no field."""
        self.app.notify(one_line(str(problem)), severity="error", timeout=8, markup=False)

    def say(self, text: str) -> None:
        """Show that something was done."""
        self.app.notify(one_line(text), timeout=4, markup=False)

    async def act(self, work: "Callable[[Act], Done]", *, form: Form | None = None, request: str = "") -> Done | None:
        """Run one act off the event loop; a refusal goes to its field or to a message, and None comes back."""

        def run() -> Done:
            with self.desk_app.desk.act(request=request) as act:
                return work(act)

        return await self.guarded(run, form)

    async def guarded(self, run: Callable[[], Done], form: Form | None = None) -> Done | None:
        """Run something slow that may be refused."""
        try:
            result = await asyncio.to_thread(run)
        except Problem as problem:
            if form is None or not (problem.field and form.wrong(problem.field, str(problem))):
                self.tell(problem)
            return None
        return result


class Room(Translated):
    """A screen of the house: a body, the status line and the keys."""

    TITLE_TEXT = ""
    HELP_TEXT = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="body"):
            yield from self.body()
        yield KeyBar()
        yield StatusLine(lambda: self.desk_app.status_text(_(self.TITLE_TEXT)))

    def body(self) -> ComposeResult:
        """The room's own widgets."""
        yield Static()

    def refresh_data(self) -> None:
        """Read again what is shown; called when something changed at any desk."""

    async def refresh_language(self) -> None:
        await super().refresh_language()
        self.refresh_data()


class FormDialog(Translated, ModalScreen[Any]):
    """A form in a dialog; it closes when the act behind it was done, and loses nothing when it was refused.

    Args:
        title: shown above.
        fields: the form.
        save: awaited with (dialog, values, request id); returns what the dialog closes with, None to stay.
    """

    BINDINGS = [Binding("escape", "leave", N_("Back"), tooltip=N_("Leave without saving"))]
    DEFAULT_CSS = """
    FormDialog { align: center middle; background: $background 60%; }
    FormDialog > #dialog { width: 72; max-width: 96%; height: auto; max-height: 90%; background: $background;
        border: round $primary; padding: 0 1; }
    FormDialog #title { text-style: bold; padding: 0 1; margin-bottom: 1; }
    FormDialog Form { height: auto; max-height: 16; }
    FormDialog KeyBar { margin-top: 1; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        save: "Callable[[FormDialog, dict[str, str], str], Awaitable[Any]]",
        values: dict[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.heading, self.save_with = title, save
        self.form = Form(fields, values)
        self.request = uuid.uuid4().hex
        self.saving = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(plain(self.heading), id="title")
            yield self.form
            yield KeyBar()

    def on_mount(self) -> None:
        self.form.focus_first()

    async def on_form_save(self) -> None:
        if self.saving:
            return
        self.saving = True
        try:
            result = await self.save_with(self, self.form.values(), self.request)
        finally:
            self.saving = False
        if result is not None:
            self.dismiss(result)

    def action_leave(self) -> None:
        """Close without saving."""
        self.dismiss(None)


class TextDialog(Translated, ModalScreen[None]):
    """Something to read; any of Escape, Enter and q closes it."""

    BINDINGS = [Binding("escape,enter,q", "dismiss(None)", N_("Back"))]
    DEFAULT_CSS = """
    TextDialog { align: center middle; background: $background 60%; }
    TextDialog > VerticalScroll { width: 84; max-width: 96%; height: auto; max-height: 92%; background: $background;
        border: round $primary; padding: 0 1; }
    """

    def __init__(self, parts: Sequence[Any]) -> None:
        super().__init__()
        self.parts = parts

    def compose(self) -> ComposeResult:
        from textual.containers import VerticalScroll

        with VerticalScroll():
            for part in self.parts:
                yield part if isinstance(part, Widget) else Static(part)
            yield KeyBar()
