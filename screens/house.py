"""What a room may ask of the application it stands in; the application itself knows the rooms."""

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.app import App
from textual.filter import LineFilter

from data.words import _
from screens.painting import FENCE

if TYPE_CHECKING:
    from desk.act import Desk
    from desk.calendar import Calendar
    from desk.operators import SignedIn


class House(App[None]):
    """The open desk, who is at it, and the ways from room to room."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._desk: Desk | None = None
        self.who: SignedIn | None = None
        self.calendar: Calendar | None = None
        self.pending_unit: tuple[Any, str] | None = None

    def _fatal_error(self) -> None:
        """End after a fault of our own: where it happened, never the values, for they may be somebody's ID number."""
        error = self._exception
        where = traceback.format_tb(error.__traceback__) if error else []
        said = _("Qiantai met a fault of its own and ended; what was saved is safe, forms are kept as drafts.")
        self.bell()
        self.panic(Text("\n".join([said, "", "".join(where) + type(error).__name__])))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters that every painted line passes, the fence last."""
        return [*super().get_line_filters(), FENCE]

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

    async def sign_in(self, code: str, secret: str) -> None:
        """Put an operator at the desk and go to the home of the role."""
        raise NotImplementedError

    def typed_ahead(self) -> list[Any]:
        """The keys pressed before there was a box to take them."""
        raise NotImplementedError

    def status_text(self, title: str) -> str:
        """The status line."""
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
