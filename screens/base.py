"""What every room shares: the foot of the page, a form in a dialog, something to read."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from data.problems import Problem
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
    told_gone = False

    def compose(self) -> ComposeResult:
        with Vertical(id="body"):
            yield from self.body()
        yield KeyBar()
        yield StatusLine(lambda: self.desk_app.status_text(_(self.TITLE_TEXT)))

    def on_screen_suspend(self) -> None:
        """Below a dialog the room's keys do nothing, so they are not shown."""
        for bar in self.query(KeyBar):
            bar.refresh()

    def body(self) -> ComposeResult:
        """The room's own widgets."""
        yield Static()

    def no_answer(self, problem: Problem) -> None:
        """The store gives no answer any more; said once, for it is asked twice a second."""
        if not self.told_gone:
            self.told_gone = True
            self.tell(problem)

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
        beside: from the form's values to what is known, shown beside it.
    """

    BINDINGS = [Binding("escape", "leave", N_("Back"), tooltip=N_("Leave without saving"))]
    DEFAULT_CSS = """
    FormDialog { align: center middle; background: $background 60%; }
    FormDialog > #dialog { width: 72; max-width: 96%; height: auto; max-height: 90%; background: $background;
        border: round $primary; padding: 0 1; }
    FormDialog #title { text-style: bold; padding: 0 1; margin-bottom: 1; }
    FormDialog Form { height: auto; max-height: 16; }
    FormDialog KeyBar { margin-top: 1; }
    FormDialog #aside { display: none; }
    FormDialog.beside > #dialog { width: 124; }
    FormDialog.beside Form { width: 1fr; max-height: 28; }
    FormDialog.beside #middle { height: auto; layout: horizontal; }
    FormDialog.beside #aside { display: block; width: 44; height: auto; max-height: 28; padding: 0 1;
        border-left: solid $panel; }
    FormDialog.below > #dialog { height: 96%; max-height: 96%; }
    FormDialog.below #title { margin-bottom: 0; }
    FormDialog.below KeyBar { margin-top: 0; }
    FormDialog.below #middle { height: 1fr; }
    FormDialog.below #aside { display: block; height: auto; max-height: 5; padding: 0 1; border-top: solid $panel; }
    FormDialog.below Form { height: 1fr; max-height: 100%; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        save: "Callable[[FormDialog, dict[str, str], str], Awaitable[Any]]",
        values: dict[str, str] | None = None,
        draft: str = "",
        beside: "Callable[[dict[str, str]], list[Content]] | None" = None,
    ) -> None:
        super().__init__()
        self.heading, self.save_with, self.draft, self.beside = title, save, draft, beside
        self.form = Form(fields, values)
        self.request = uuid.uuid4().hex
        self.saving = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(plain(self.heading), id="title")
            with Vertical(id="middle"):
                yield self.form
                with VerticalScroll(id="aside", can_focus=False):
                    yield Static(id="known")
            yield KeyBar()

    def on_mount(self) -> None:
        self.form.focus_first()
        self.refresh_aside()

    def aside(self) -> list[Content]:
        """What is known beside the form; nothing unless a dialog has something to say."""
        return self.beside(self.form.values()) if self.beside else []

    def refresh_aside(self) -> None:
        """Show what is known beside a wide form, below a narrow one."""
        parts = self.aside()
        wide = self.app.size.width >= 110
        self.set_class(bool(parts) and wide, "beside")
        self.set_class(bool(parts) and not wide, "below")
        self.query_one("#known", Static).update(Content("\n").join(parts))

    def on_resize(self) -> None:
        self.refresh_aside()

    def on_form_edited(self, event: Form.Edited) -> None:
        self.edited(event.name)
        self.refresh_aside()

    def edited(self, name: str) -> None:
        """A choice or a found person changed; a dialog may fill other fields in."""

    async def on_form_typed(self) -> None:
        if self.draft:
            await keep_draft(self, self.draft, self.form.values(private=False))

    async def on_form_save(self) -> None:
        if self.saving:
            return
        self.saving = True
        try:
            result = await self.save_with(self, self.form.values(), self.request)
        finally:
            self.saving = False
        if result is not None:
            if self.draft:
                await keep_draft(self, self.draft, {})
            self.dismiss(result)

    def action_leave(self) -> None:
        """Close without saving."""
        self.dismiss(None)


async def keep_draft(screen: Translated, name: str, values: dict[str, str]) -> None:
    """Keep what is typed into a form, so that a closed terminal loses nothing; all empty forgets it."""
    from desk import drafts

    desk, who = screen.desk_app.desk, screen.desk_app.who
    if who is None or desk.store.read_only is not None:
        return
    try:
        await asyncio.to_thread(drafts.save, desk.store, who.code, name, values, desk.now())
    except Problem as problem:
        screen.tell(problem)


class TextDialog(Translated, ModalScreen[None]):
    """Something to read; any of Escape, Enter and q closes it."""

    BINDINGS = [Binding("escape,enter,q", "dismiss(None)", N_("Back"))]
    DEFAULT_CSS = """
    TextDialog { align: center middle; background: $background 60%; }
    TextDialog > VerticalScroll { width: 84; max-width: 96%; height: auto; max-height: 92%; background: $background;
        border: round $primary; padding: 0 1; }
    """

    def __init__(self, parts: Sequence[Any], *, acts: bool = False) -> None:
        super().__init__()
        self.parts, self.acts = parts, acts

    def on_key(self, event: events.Key) -> None:
        """A record's act keys work while it is read: they close it and go to the room below."""
        room = self.app.screen_stack[-2]
        if self.acts and event.is_printable and event.key in room._bindings.key_to_bindings:
            event.stop()
            self.dismiss(None)
            self.app.call_later(self.app.simulate_key, event.key)

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for part in self.parts:
                yield part if isinstance(part, Widget) else Static(part)
            yield KeyBar()
