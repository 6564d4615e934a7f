"""A virtual list: only the lines on screen are fetched and drawn, however many there are."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from data.words import N_, _
from screens.guard import Guarded
from screens.painting import hold
from screens.text import fit, one_line

PAGE = 100
# Cells with which the column that takes what is left has enough.
ENOUGH = 26
# Cells of a record's number with its check digit, also past the millionth of a year.
NUMBER = 14
Cells = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column: msgid of its title, cells wide; width 0 takes what is left.

    most: so wide it may grow, where the one that takes what is left has more than enough.
    """

    title: str
    width: int = 0
    right: bool = False
    most: int = 0


class LineList(Guarded, ScrollView):
    """Rows known by key; `fetch` brings the cells of a page of keys when they come into sight.

    What is chosen is a record, not a place: a list that is loaded anew never chooses another one by itself. When the
    chosen record is gone nothing is chosen, and an arrow goes to the line that now stands where it stood.

    Args:
        columns: from left to right; one of them has width 0.
        fetch: from keys to their cells.
    """

    BINDINGS = [
        Binding("up,k", "move(-1)", N_("Up"), show=False),
        Binding("down,j", "move(1)", N_("Down"), show=False),
        Binding("pageup", "page(-1)", N_("Page up"), show=False),
        Binding("pagedown", "page(1)", N_("Page down"), show=False),
        Binding("home,g", "move(-1000000)", N_("First"), show=False),
        Binding("end,G", "move(1000000)", N_("Last"), show=False),
        Binding("enter", "open", N_("Open"), tooltip=N_("Open the chosen line")),
    ]
    COMPONENT_CLASSES = {"lines--header", "lines--cursor", "lines--bad", "lines--near", "lines--still"}
    DEFAULT_CSS = """
    LineList { background: $background; overflow-x: hidden; &:focus { background-tint: $foreground 3%; } }
    LineList > .lines--header { color: $foreground-muted; text-style: bold; }
    LineList > .lines--cursor { background: $selected; text-style: bold; }
    LineList > .lines--bad { color: $error; text-style: bold; }
    LineList > .lines--near { color: $warning; }
    LineList > .lines--still { color: $foreground-muted; }
    """
    can_focus = True
    letters_are_keys = True
    cursor: reactive[int] = reactive(-1, repaint=False)

    class Moved(Message):
        """The cursor stands on another key."""

        def __init__(self, key: Hashable) -> None:
            super().__init__()
            self.key = key

    class Opened(Moved):
        """Enter was pressed on a key."""

    def __init__(
        self, columns: Sequence[Column], fetch: Callable[[list[Hashable]], dict[Hashable, Cells]], *, empty: str = ""
    ) -> None:
        super().__init__()
        self.columns, self.fetch, self.empty = columns, fetch, empty
        self.keys: Sequence[Hashable] = []
        self.cache: dict[Hashable, Cells] = {}
        self._looks: dict[tuple[str, str], Style] = {}
        self._fresh, self._stood = True, 0
        # What lies over the list and is rolled by its keys, while it does.
        self.page: Widget | None = None

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if hasattr(self, "_looks"):
            self._looks.clear()

    def style_of(self, line: str, cell: str = "") -> Style:
        """The style of a cell in a line, kept until the theme changes: reckoning it costs more than drawing it."""
        if (line, cell) not in self._looks:
            style = self.get_component_rich_style(line) if line else self.rich_style
            if cell:
                style += Style(color=self.get_component_rich_style(cell).color, bold=cell == "lines--bad")
            self._looks[line, cell] = style
        return self._looks[line, cell]

    def start_over(self) -> None:
        """The person asked for another list: the next load chooses its first line."""
        self._fresh = True

    def load(self, keys: Sequence[Hashable], choose: Hashable = None) -> None:
        """Show other keys; what is chosen stays chosen, or nothing is.

        Args:
            choose: the key to choose instead, such as that of a record just made.
        """
        chosen, place = self.chosen, self.cursor
        touched = max(len(keys), len(self.keys)) + 1
        self.keys, self.cache = keys, {}
        wanted = self._place_of(choose if choose is not None else chosen, place)
        if wanted < 0 and self._fresh and keys:
            wanted = 0
        self._fresh = False
        if wanted < 0 <= place:
            self._stood = place
        hold(self, Size(self.size.width, len(keys) + 1))
        self.set_reactive(LineList.cursor, wanted)
        self._show_cursor()
        # Below a short list nothing changes, so nothing is painted there.
        self.refresh(Region(0, 0, self.size.width, min(touched + 1, max(1, self.size.height))))
        if self.chosen != chosen:
            self.post_message(self.Moved(self.chosen))

    def go_on(self) -> None:
        """After one's own act took the chosen line away, the line that stands there now is chosen."""
        if self.cursor < 0 <= self._stood and self.keys:
            self.cursor = min(self._stood, len(self.keys) - 1)

    def _place_of(self, key: Hashable, near: int) -> int:
        """Where a key stands, looked for near its old place first; -1 when it is gone."""
        if key is None:
            return -1
        low = max(0, near - 200)
        around = list(self.keys[low : max(0, near) + 200])
        if key in around:
            return low + around.index(key)
        try:
            return self.keys.index(key)
        except ValueError:
            return -1

    @property
    def chosen(self) -> Hashable:
        """The chosen key, or None."""
        return self.keys[self.cursor] if 0 <= self.cursor < len(self.keys) else None

    def on_resize(self) -> None:
        hold(self, Size(self.size.width, len(self.keys) + 1))

    def action_move(self, by: int) -> None:
        """Move the cursor; from nothing chosen to the line that stands where the chosen one stood."""
        if self.page is not None:
            self.page.scroll_relative(y=by, animate=False, force=True)
            return
        if not self.keys:
            return
        if self.cursor < 0:
            place = self._stood + (by - 1 if by > 0 else by)
        else:
            place = self.cursor + by
        self.cursor = max(0, min(len(self.keys) - 1, place))

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self.action_move(by * max(1, self.size.height - 2))

    def action_open(self) -> None:
        """Open the key under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Opened(self.chosen))

    def watch_cursor(self, before: int, now: int) -> None:
        self._show_cursor()
        self._refresh_lines(before, now)
        if self.chosen is not None:
            self.post_message(self.Moved(self.chosen))

    def _refresh_lines(self, *places: int) -> None:
        """Draw these lines again, where they are in sight; a list that is rolled is drawn anew by itself."""
        top, width, height = int(self.scroll_offset.y), self.size.width, self.size.height
        rows = [place - top + 1 for place in places if place >= 0]
        regions = [Region(0, row, width, 1) for row in rows if 0 < row < height]
        if regions:
            self.refresh(*regions)

    def _show_cursor(self) -> None:
        """Scroll to the cursor."""
        top, height = self.scroll_offset.y, self.size.height - 1
        if self.cursor < 0:
            return
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif height > 0 and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def on_click(self, event: events.Click) -> None:
        place = int(self.scroll_offset.y) + event.y - 1
        if event.y > 0 and place < len(self.keys):
            self.cursor = place
            if event.chain == 2:
                self.action_open()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """What is cut in the line below the mouse is said whole."""
        place = int(self.scroll_offset.y) + event.y - 1
        self.app.hover(self.whole(place) if event.y > 0 and place < len(self.keys) else "")  # type: ignore[attr-defined]

    def on_leave(self) -> None:
        self.app.hover("")  # type: ignore[attr-defined]

    def whole(self, place: int) -> str:
        """What of a line is cut, whole; "" where it is all there."""
        cells = [one_line(cell) for cell in self.cells_of(place)]
        cut = [cell for cell, width in zip(cells, self.widths(), strict=False) if cell_len(cell) > width > 0]
        return "  ".join(cut)

    @property
    def room(self) -> int:
        """Cells of a line beside the scroll bar."""
        return self.scrollable_content_region.width

    def widths(self) -> list[int]:
        """The columns' widths in cells as they are drawn."""
        fixed = sum(column.width + 1 for column in self.columns)
        left = max(4, self.room - fixed - 1)
        found = []
        for column in self.columns:
            more = max(0, min(column.most - column.width, left - ENOUGH))
            left -= more
            found.append(column.width + more)
        return [width or left for width in found]

    def cells_of(self, place: int) -> Cells:
        """The cells of one line, fetched with its neighbours."""
        key = self.keys[place]
        if key not in self.cache:
            if len(self.cache) > 20 * PAGE:
                self.cache.clear()
            start = max(0, place - PAGE // 4)
            self.cache.update(self.fetch([k for k in self.keys[start : start + PAGE] if k not in self.cache]))
        return self.cache.get(key, ())

    def look(self, place: int, column: int) -> str:
        """The component class of a cell, "" for the usual look."""
        return ""

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            titles = tuple(_(column.title) if column.title else "" for column in self.columns)
            return self._strip(titles, "lines--header", -1)
        place = int(self.scroll_offset.y) + y - 1
        if place >= len(self.keys):
            text = _(self.empty) if y == 1 and self.empty and not self.keys else ""
            return Strip([Segment(fit(f" {text}", width), self.style_of(""))], width)
        return self._strip(self.cells_of(place), "lines--cursor" if place == self.cursor else "", place)

    def _strip(self, cells: Cells, line: str, place: int) -> Strip:
        style = self.style_of(line)
        # Cells of one look go to the terminal as one text: each look costs more bytes than its words.
        looks, texts = [style], [""]
        for index, (column, width) in enumerate(zip(self.columns, self.widths(), strict=True)):
            look = self.look(place, index) if place >= 0 else ""
            base = self.style_of(line, look) if look else style
            text = fit(cells[index] if index < len(cells) else "", width, right=column.right)
            for part, style_of_part in ((" ", style), (text, base)):
                if style_of_part is looks[-1]:
                    texts[-1] += part
                else:
                    looks.append(style_of_part)
                    texts.append(part)
        segments = [Segment(text, look) for text, look in zip(texts, looks, strict=True) if text]
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def in_sight(self) -> range:
        """The places of the lines that are in sight."""
        top = int(self.scroll_offset.y)
        return range(top, min(len(self.keys), top + max(0, self.size.height - 1)))

    def redraw_cells(self, places: Sequence[int], last: int) -> None:
        """Draw some lines again up to a column; columns are cropped on the right only, so keep these leftmost."""
        width, top = sum(self.widths()[: last + 1]) + last + 1, int(self.scroll_offset.y)
        if places:
            self.refresh(*(Region(0, place - top + 1, width, 1) for place in places))
