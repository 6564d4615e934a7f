"""The idle lock: the forms stay below it, and only the operator's own secret opens it."""

import asyncio

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from data.problems import Problem
from data.words import N_, _
from screens.text import plain
from screens.translated import Translated
from screens.widgets.box import Box
from screens.widgets.notice import NoticeLine


class Lock(Translated, ModalScreen[None]):
    """Asks for the secret of whoever is signed in."""

    BINDINGS = [Binding("ctrl+o", "leave", N_("Sign out"))]
    DEFAULT_CSS = """
    Lock { align: center middle; background: $background; }
    Lock > Vertical { width: 60; max-width: 96%; height: auto; border: round $line; padding: 1 2; }
    Lock Input { border: none; height: 1; background: $surface; margin: 1 0; }
    Lock #wrong { color: $error; }
    """

    def compose(self) -> ComposeResult:
        who = self.desk_app.who
        with Vertical():
            yield Static(plain(_("Locked. {name}, type your secret to go on.", name=who.name if who else "")))
            yield Box(password=True, placeholder=_("your secret"), max_length=200)
            yield Static(id="wrong")
            yield Static(plain(_("Ctrl+O signs out; the forms are kept as drafts.")))
            yield NoticeLine(self.desk_app.notices)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        from desk import operators

        who = self.desk_app.who
        try:
            await asyncio.to_thread(operators.prove, self.desk_app.desk, who.code if who else "", event.value)
        except Problem as problem:
            self.query_one("#wrong", Static).update(plain(str(problem)))
            event.input.value = ""
            return
        self.dismiss(None)

    def action_leave(self) -> None:
        """Sign out from under the lock."""
        self.desk_app.action_sign_out()
