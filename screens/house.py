"""What a room may ask of the application it stands in; the application itself knows the rooms."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

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

    def status_text(self, title: str) -> str:
        """The status line."""
        raise NotImplementedError

    def action_room(self, name: str) -> None:
        """Go to a room."""
        raise NotImplementedError

    def action_sign_out(self) -> None:
        """Sign out."""
        raise NotImplementedError
