"""What every room shares: the foot of the page, a form in a dialog, something to read."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from data.words import N_, _
from screens.text import plain
from screens.translated import Translated
from screens.widgets.bars import KeyBar, StatusLine
from screens.widgets.form import Field, Form


class Room(Translated):
    """A screen of the house: a body, the status line and the keys."""

    TITLE_TEXT = ""
    HELP_TEXT = ""
    CSS_PATH = "room.tcss"

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
        with VerticalScroll():
            for part in self.parts:
                yield part if isinstance(part, Widget) else Static(part)
            yield KeyBar()
