"""Messages have a line of their own: they never cover what one types in, and the last ones can be read again."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from screens.guard import Guarded
from screens.text import one_line

KEPT = 100
MOST_LINES = 3
SIGNS = {"information": "✓", "warning": "▲", "error": "‼"}
STYLES = {"information": "$success", "warning": "bold $warning", "error": "bold $error"}


@dataclass(frozen=True)
class Notice:
    """One message: when it came (None before the store is open), how grave it is, what it says.

    passing: whether it is about what one does just now, and goes with the next thing that is done.
    """

    at: datetime | None
    severity: str
    text: str
    passing: bool = False

    def content(self) -> Content:
        """The message with its sign."""
        return Content.assemble(
            (SIGNS.get(self.severity, "·") + " ", STYLES.get(self.severity, "")), one_line(self.text)
        )


class Notices:
    """The messages of this terminal, newest last."""

    def __init__(self) -> None:
        self.kept: deque[Notice] = deque(maxlen=KEPT)
        self.shown: Notice | None = None
        # The whole text of what is cut below the mouse.
        self.hovered = ""
        # The next step of a tour, which stays until it is done.
        self.tour = ""

    @property
    def said(self) -> Content | None:
        """What the line says now: a message, else what is below the mouse; above it the next step of a tour."""
        lines = [Content.styled(one_line(self.tour), "bold $accent")] if self.tour else []
        if self.shown is not None:
            lines.append(self.shown.content())
        elif self.hovered:
            lines.append(Content.styled(one_line(self.hovered), "$foreground-muted"))
        return Content("\n").join(lines) if lines else None

    def add(self, notice: Notice) -> None:
        """A new message, shown from now on."""
        self.kept.append(notice)
        self.shown = notice


class NoticeLine(Guarded, Widget):
    """The newest message; one line, more where it needs them."""

    DEFAULT_CSS = """
    NoticeLine { height: auto; min-height: 1; max-height: 5; padding: 0 1; }
    """

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self.notices = notices
        self.painted: tuple[Notice | None, str, str] = (None, "", "")

    def update(self) -> None:
        """Show what is newest, or nothing."""
        now = (self.notices.shown, self.notices.hovered, self.notices.tour)
        if self.painted != now:
            self.painted = now
            self.refresh(layout=self._lines(self.size.width - 2) != self.size.height)

    def _lines(self, width: int) -> int:
        said = self.notices.said
        # What is below the mouse has one line: nothing moves for it, least of all what the mouse is on.
        if said is None or width < 1 or (self.notices.shown is None and not self.notices.tour):
            return 1
        most = MOST_LINES + 2 * bool(self.notices.tour)
        return min(most, max(1, sum(len(line.wrap(width)) for line in said.split("\n"))))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._lines(width)

    def render(self) -> Content:
        # Below a dialog the dialog shows it.
        said = self.notices.said if self.screen is self.app.screen else None
        return said if said is not None else Content("")
