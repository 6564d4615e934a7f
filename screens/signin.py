"""Signing in: the first screen. It paints before anything heavy is loaded, and loads it while one types."""

import asyncio
from contextlib import suppress
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from data.problems import Problem
from data.words import N_, _
from desk.glance import glance
from screens.fault_log import forget_end
from screens.first_frame import title, words_below, wrapped
from screens.text import plain
from screens.translated import Translated
from screens.widgets.box import Box
from screens.widgets.notice import NoticeLine


class SignIn(Translated):
    """Code and secret; a demo store shows its own."""

    # A line feed is Enter here, whoever reads it: the hand-painted card or, once it is there, the program.
    BINDINGS = [Binding("ctrl+q", "app.quit", N_("Quit")), Binding("ctrl+j", "enter", show=False)]
    DEFAULT_CSS = """
    SignIn { align: center middle; layers: card notice; }
    SignIn > Vertical { width: 64; max-width: 96%; height: auto; border: round $line; padding: 1 2; }
    SignIn #site { text-style: bold; margin-bottom: 1; }
    SignIn Input { border: none; height: 1; background: $surface; margin-bottom: 1; }
    SignIn Input:focus { border: none; background: $panel; }
    SignIn NoticeLine { layer: notice; dock: bottom; }
    SignIn #demo { color: $foreground-muted; }
    SignIn #wrong { color: $error; height: auto; }
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.seen = glance(path)
        self.loading_desk: asyncio.Task[None] | None = None
        self.busy, self.ahead_for = False, ""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(plain(title(self.seen)), id="site")
            yield Box(placeholder=_("your code"), max_length=40, id="code")
            yield Box(placeholder=_("your secret"), password=True, max_length=200, id="secret")
            yield Static(id="wrong")
            yield Static(plain(self._below()), id="demo")
        yield NoticeLine(self.desk_app.notices)

    def _below(self) -> str:
        return "\n".join(wrapped(words_below(self.path, self.seen), self.app.size.width))

    async def refresh_language(self) -> None:
        self.query_one("#code", Input).placeholder = _("your code")
        self.query_one("#secret", Input).placeholder = _("your secret")
        self.query_one("#demo", Static).update(plain(self._below()))
        await super().refresh_language()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._load()
        code = self.query_one("#code", Input).value.strip()
        if event.input.id == "secret" and event.value and self.ahead_for != code:
            self.ahead_for = code
            self.desk_app.in_background(self._load_home(code))

    async def _load_home(self, code: str) -> None:
        """Load the home of a role while the secret is typed; what cannot be opened is said at the sign-in."""
        with suppress(Problem):
            if self.loading_desk is not None:
                await self.loading_desk
                await asyncio.to_thread(self.desk_app.load_home, code)

    def _load(self) -> None:
        if self.loading_desk is None and self.seen.exists:
            self.loading_desk = asyncio.create_task(asyncio.to_thread(self.desk_app.open_desk))

    async def action_enter(self) -> None:
        """What Enter does in the box that one types in."""
        if isinstance(self.focused, Input):
            await self.focused.action_submit()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "code":
            self.query_one("#secret").focus()
        else:
            await self._submit()

    async def _submit(self) -> None:
        if not self.busy:
            self.busy = True
            try:
                await self._sign_in()
            finally:
                self.busy = False

    async def _sign_in(self) -> None:
        wrong = self.query_one("#wrong", Static)
        code, secret = self.query_one("#code", Input), self.query_one("#secret", Input)
        wrong.update(plain(_("One moment ...")))
        self._load()
        if self.loading_desk is None:
            wrong.update(plain(self._below()))
            return
        try:
            await self.loading_desk
            await self.desk_app.sign_in(code.value, secret.value)
        except Problem as problem:
            if not self.desk_app.is_open:
                self.loading_desk = None
            wrong.update(plain(str(problem)))
            secret.value = ""
            return
        forget_end(self.path)
        wrong.update("")
        secret.value = code.value = ""
        code.focus()
