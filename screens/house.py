"""What a room may ask of the application it stands in; the application itself knows the rooms."""

import asyncio
import os
import threading
import time
import traceback
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rich.text import Text
from textual import events
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.binding import Binding
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen
from textual.widget import Widget

from data.words import _
from screens import fault_log, guard
from screens.guard import Guarded, survived
from screens.keymap import Keymap
from screens.keys import HANDS, KeysInOrder
from screens.painting import FENCE, lighten_strips
from screens.pieces import for_focused
from screens.poor_terminals import FewColours, PlainSigns, asks_for_plain, colours_of
from screens.settings import Settings
from screens.widgets.notice import Notice, NoticeLine, Notices

if TYPE_CHECKING:
    from datetime import datetime

    from desk.act import Desk
    from desk.calendar import Calendar
    from desk.clocks.alerts import Unheard
    from desk.operators import SignedIn
    from desk.timekeeping import Doubt

KEY_NAMES = {"esc": "Esc", "⏎": "Enter", "space": "Space", "tab": "Tab"}
# The title of a message about what is done just now; none is painted.
PASSING = "passing"
HUNG_UP, TERMINATED = 129, 143
# Seconds that a program whose terminal is gone is given to end by itself.
LAST_WORD = 2.0


class Unsaved(Protocol):
    """Something typed that is not kept yet."""

    def keep_now(self) -> None:
        """Keep it: its form leaves the screen."""

    def flush(self) -> None:
        """Keep it without waiting for the loop: the program ends."""


class House(Guarded, App[None]):
    """The open desk, who is at it, and the ways from room to room."""

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        lighten_strips()
        self.keymap = Keymap({})
        self.draws_plain, self._count_of_colours = False, None
        super().__init__()
        self.path, self.settings = path, settings or Settings(path)
        self._plain_signs, self.draws_plain = PlainSigns(), asks_for_plain(self.settings.signs)
        self._count_of_colours = colours_of(
            self.settings.colours, self.console.color_system, no_colour=bool(self.no_color)
        )
        self._few: tuple[str, FewColours] | None = None
        self._desk: Desk | None = None
        self.who: SignedIn | None = None
        self.doubt: Doubt | None = None
        self.calendar: Calendar | None = None
        # The newest record made at this desk, by system: it is what its register chooses next.
        self.made: dict[str, str] = {}
        self.pending_unit: tuple[Any, str] | None = None
        # How things stand, as `pulse` read it.
        self.overdue = 0
        self.next_due: datetime | None = None
        self.unheard: list[Unheard] = []
        self.keys = KeysInOrder(self)
        self.touched = time.monotonic()
        self.notices = Notices()
        self.unsaved: set[Unsaved] = set()
        self.drafting = asyncio.Lock()
        # What is being written of drafts, by operator and name.
        self.leaving: dict[tuple[str, str], dict[str, str]] = {}

    def get_key_display(self, binding: Binding) -> str:
        """A key as texts write it: F9, Esc, Enter, ^E."""
        shown = super().get_key_display(self.keymap.shown(binding, self.room_name()))
        if shown in KEY_NAMES:
            return KEY_NAMES[shown]
        return shown.upper() if len(shown) > 1 and shown[-1].isalnum() and shown[0] in "f^" else shown

    def get_driver_class(self) -> type[Driver]:
        """The toolkit's driver, with our own reader of keys where it is a terminal of this machine."""
        found = super().get_driver_class()
        if found.__module__ == "textual.drivers.linux_driver":
            from screens.terminal import Terminal

            return Terminal
        return found

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.CursorPosition):
            # The answer to the terminal's measuring: after one sign, the cursor stands behind it.
            if event.x > 1 and self.settings.signs == "auto" and not self.draws_plain:
                self._draw_plain()
            return
        if isinstance(event, HANDS) and not event.is_forwarded:
            self.touched = time.monotonic()
            if not self.keys.admit(event):
                return
            if isinstance(event, events.Key) and not hasattr(event, "is_meant"):
                meant = self.keymap.meant(event, self.room_name(), letters=self._letters_are_keys())
                if meant is None:
                    return
                event = meant
            if isinstance(event, events.Paste):
                piece = for_focused(self, event)
                if piece is None:
                    return
                event = piece
        await super().on_event(event)

    def bell(self) -> None:
        """Ring, unless whoever sits here wants it quiet."""
        if self.settings.sound:
            super().bell()

    def room_name(self) -> str:
        """The room that one is in; "" in a dialog and before the first."""
        return ""

    def _letters_are_keys(self) -> bool:
        return getattr(self.focused, "letters_are_keys", False) if self.screen_stack else False

    def press_again(self, key: str, character: str | None) -> None:
        """Let a key act once more, on what it finds when everything before it has happened."""
        self.keys.again(key, character)

    def in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something that no key need wait for; a fault of it is told and survived."""
        self.run_worker(survived(self, work), exit_on_error=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a message in its own line, and keep it for the list of messages.

        Args:
            title: PASSING for one about what is done just now.
            timeout: seconds after which the line is empty again.
        """
        at = self._desk.now() if self._desk is not None else None
        notice = Notice(at, severity, message, passing=title == PASSING)
        self.notices.add(notice)
        self._show_notices()
        self.set_timer(timeout or self.NOTIFICATION_TIMEOUT, lambda: self._hide_notice(notice))

    def hover(self, whole: str) -> None:
        """Say the whole text of what is cut below the mouse, "" once nothing is; it floats over nothing."""
        if whole != self.notices.hovered:
            self.notices.hovered = whole
            self._show_notices()

    def hush(self) -> None:
        """Something else begins: a message about what was done before stands under it no longer."""
        if self.notices.shown is not None and self.notices.shown.passing:
            self._hide_notice(self.notices.shown)

    def _hide_notice(self, notice: Notice) -> None:
        if self.notices.shown is notice:
            self.notices.shown = None
            self._show_notices()

    def _show_notices(self) -> None:
        for screen in self.screen_stack:
            for line in screen.query(NoticeLine):
                line.update()

    def clear_notifications(self) -> None:
        """Nothing of one operator's messages is left for the next."""
        self.notices.kept.clear()
        self.notices.hovered = ""
        self.notices.shown = None
        self._show_notices()

    def fault(self, error: Exception, opening: Any = None) -> None:
        """Tell a fault of our own in one line and go on; its place is kept in a log beside the store.

        Args:
            error: what was raised.
            opening: the screen or widget that could not be shown, if that was the fault.
        """
        fault_log.write_log(self.path, error)
        if not self.screen_stack:
            return
        self.notify(
            _("A fault of Qiantai's own ({where}); what you typed is still there.", where=fault_log.where(error)),
            severity="error",
            timeout=20,
        )
        if isinstance(opening, ModalScreen) and opening is self.screen:
            opening.dismiss(None)

    def _handle_exception(self, error: Exception) -> None:
        """Whatever could not be survived where it happened; only a fault in painting ends the program."""
        if self.screen_stack and self.is_running and not guard.is_painting(error):
            self.fault(error)
            return
        fault_log.write_log(self.path, error)
        fault_log.leave_word(self.path)
        super()._handle_exception(error)
        self._return_code = guard.PAINTING_FAILED

    def _fatal_error(self) -> None:
        """End after a fault in painting: where it happened, never the values, for they may be somebody's ID number."""
        error = self._exception
        where = traceback.format_tb(error.__traceback__) if error else []
        said = _("Qiantai met a fault of its own and ended; what was saved is safe, forms are kept as drafts.")
        self.bell()
        self.panic(Text("\n".join([said, "", "".join(where) + type(error).__name__])))

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """End the program; what is typed is kept."""
        for draft in list(self.unsaved):
            draft.flush()
        super().exit(*args, **kwargs)

    def hang_up(self, code: int = HUNG_UP) -> None:
        """The terminal is closed or the machine goes down: end, while there is time by itself."""
        last = threading.Timer(LAST_WORD, os._exit, [code])
        last.daemon = True
        last.start()
        self.exit(return_code=code)

    def keep_drafts(self) -> None:
        """Forms are about to leave the screen: keep what is typed into them."""
        for draft in list(self.unsaved):
            draft.keep_now()

    def undecoded(self) -> None:
        """Something came from the terminal that is no text in its encoding."""
        from screens.early_keys import encoding

        self.bell()
        self.notify(
            _(
                "A key could not be read: the terminal does not send {encoding}. Set its encoding, or LANG.",
                encoding=encoding(),
            ),
            severity="warning",
            timeout=12,
        )

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        """A screen that goes leaves the one below as it is: that one was painted when it came back."""
        return super()._prune(*nodes, parent=None if parent is self else parent)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters that every painted line passes: what the terminal cannot gives way, the fence comes last."""
        plain = [self._plain_signs] if self.draws_plain else []
        few = self._few_colours()
        if few is None:
            return [*super().get_line_filters(), *plain, FENCE]
        toned = [one for one in super().get_line_filters() if not isinstance(one, Monochrome)]
        return [*toned, *plain, few, FENCE]

    def _few_colours(self) -> FewColours | None:
        """What says the tones with few colours, or None where there are enough."""
        if self._count_of_colours is None:
            return None
        if self._few is None or self._few[0] != self.theme:
            self._few = (self.theme, FewColours(self.current_theme, self._count_of_colours))
        return self._few[1]

    def _draw_plain(self) -> None:
        """From now on signs are plain: the terminal draws others two cells wide."""
        self.draws_plain = True
        for screen in self.screen_stack:
            screen.refresh(layout=True)
            for widget in screen.walk_children():
                widget.refresh()

    @property
    def desk(self) -> "Desk":
        """The open desk."""
        assert self._desk is not None
        return self._desk

    @property
    def is_open(self) -> bool:
        """Whether the store was opened."""
        return self._desk is not None

    def open_desk(self) -> None:
        """Load what is heavy and open the store; called on a thread."""
        raise NotImplementedError

    def load_home(self, code: str) -> None:
        """Load what whoever has this code sees first; called on a thread."""
        raise NotImplementedError

    async def sign_in(self, code: str, secret: str) -> None:
        """Put an operator at the desk and go to the home of the role."""
        raise NotImplementedError

    def pulse(self) -> None:
        """Read anew how things stand."""
        raise NotImplementedError

    def action_room(self, name: str) -> None:
        """Go to a room."""
        raise NotImplementedError

    def action_wall(self) -> None:
        """Show the queue for a screen on the wall."""
        raise NotImplementedError

    def action_lock(self) -> None:
        """Lock the desk."""
        raise NotImplementedError

    def action_sign_out(self) -> None:
        """Sign out."""
        raise NotImplementedError
