"""Register and record: a list on the left, the record on the right, the acts allowed now on keys."""

from collections.abc import Hashable
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from data.words import N_, _
from desk import operators, roles
from desk.act import Desk
from screens.base import FormDialog, Room, TextDialog
from screens.records import record_parts
from screens.text import plain
from screens.widgets.form import Field
from screens.widgets.lines import Cells, Column, LineList

PAGE = 200


class Register(Room):
    """A system's register; a subclass says its columns, its page and its acts."""

    SYSTEM = ""
    COLUMNS: tuple[Column, ...] = ()
    EMPTY = N_("Nothing here yet.")
    DEFAULT_CSS = """
    Register LineList { width: 5fr; }
    Register.narrow .record { display: none; }
    """

    def body(self) -> ComposeResult:
        self.rows: dict[Hashable, Cells] = {}
        self.more = True
        self.lines = LineList(self.COLUMNS, lambda keys: {key: self.rows[key] for key in keys}, empty=self.EMPTY)
        self.record = Static()
        with Horizontal(classes="pane"):
            yield self.lines
            with VerticalScroll(classes="record", can_focus=False):
                yield self.record

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        """A page of (number, cells), newest first, of numbers below `before`."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.refresh_data()
        self.lines.focus()

    def on_screen_resume(self) -> None:
        self.refresh_data()

    def on_resize(self) -> None:
        self.set_class(self.size.width < 100, "narrow")

    def refresh_data(self) -> None:
        if not self.is_mounted:
            return
        wanted = max(PAGE, len(self.rows))
        self.rows = {}
        self.more = True
        while self.more and len(self.rows) < wanted:
            self._next_page()
        self.lines.load(list(self.rows))
        self._show()

    def _next_page(self) -> None:
        before = str(next(reversed(self.rows))) if self.rows else ""
        page = self.page(self.desk_app.desk, before)
        self.more = len(page) == PAGE
        self.rows.update(page)

    @property
    def chosen(self) -> str:
        """The number under the cursor, or ""."""
        return str(self.lines.chosen or "")

    def on_line_list_moved(self) -> None:
        if self.more and self.lines.cursor > len(self.rows) - 20:
            self._next_page()
            self.lines.load(list(self.rows))
        self._show()

    def _show(self) -> None:
        if self.chosen:
            parts = record_parts(self.desk_app.desk, self.SYSTEM, self.chosen)
            self.record.update(Content("\n").join(parts))
        else:
            self.record.update(plain(_("Choose a line to see the record.")))

    def on_line_list_opened(self) -> None:
        self.app.push_screen(TextDialog(record_parts(self.desk_app.desk, self.SYSTEM, self.chosen), acts=True))

    def may(self, verb: str) -> bool:
        """Whether the operator at the desk may do this; the procedure itself asks again."""
        return self.desk_app.who is not None and roles.may(self.desk_app.who.roles, verb)

    def ask(self, title: str, fields: list[Any], work: Any, *, beside: Any = None) -> None:
        """A dialog whose form becomes one act: `work(act, values)`."""

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            return await dialog.act(lambda act: work(act, values) or True, form=dialog.form, request=request)

        self._show_dialog(FormDialog(title, fields, save, beside=beside))

    def ask_signed(self, title: str, fields: list[Any], work: Any, *, own: bool, whose: str) -> None:
        """A dialog that another person signs at this desk with their own code and secret, leaving nobody signed out.

        Args:
            own: whether the operator at the desk may sign; then no code is asked.
            whose: msgid that says whose code is wanted.
        """
        if own:
            self.ask(title, fields, work)
            return
        signing = [
            Field("code", N_("Code"), hint=whose, private=True),
            Field("secret", N_("Secret"), "secret", private=True),
        ]

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            def run() -> bool:
                code, secret = values.pop("code"), values.pop("secret")
                with operators.signed_by(self.desk_app.desk, code, secret, request) as act:
                    work(act, values)
                return True

            return await dialog.guarded(run, dialog.form)

        self._show_dialog(FormDialog(title, [*fields, *signing], save))

    def _show_dialog(self, dialog: FormDialog) -> None:
        self.app.push_screen(dialog, lambda done: self.refresh_data() if done else None)
