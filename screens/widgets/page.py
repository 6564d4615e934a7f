"""A record: lines wrapped to the width, drawn as they come into sight; of another record only those that differ."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from data.words import _
from screens.guard import Guarded
from screens.painting import hold

# Lines that a turn of the wheel rolls.
WHEEL = 3
# Cells that the first part of a line in a grid needs, to be worth its second.
LEAST = 16


class Line(NamedTuple):
    """A line as it is drawn: of which line of the text, from which of its letters on."""

    of: int
    at: int
    text: Content


class Page(Guarded, ScrollView, can_focus=False):
    """Text that is read, not typed in, and that never asks for the screen's layout to be reckoned anew.

    Args:
        more: msgid of what its last row says while not everything is in sight, with {count} lines; such a page has no
            scroll bar, which would come and go with every record and move all that stands beside it.
    """

    DEFAULT_CSS = """
    Page { overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    Page.-plain { overflow-y: hidden; }
    """

    def __init__(self, *, classes: str = "", more: str = "") -> None:
        super().__init__(classes=f"{classes} -plain".strip() if more else classes)
        self.more = more
        self.parts: Sequence[Content] = ()
        self.lines: Sequence[Line] = ()

    @property
    def content(self) -> Content:
        """Everything it says."""
        return Content("\n").join(self.parts)

    def show(self, *parts: Content) -> None:
        """Say something else; what is in sight keeps its place.

        Args:
            parts: a line each, or several with line breaks between; what stands behind a tab goes to the right edge
                and is never cut, what stands before it is cut rather than wrapped.
        """
        self.parts = parts
        self._fold()

    def on_mouse_scroll_down(self) -> None:
        if self.more:
            self.scroll_relative(y=WHEEL, animate=False, force=True)

    def on_mouse_scroll_up(self) -> None:
        if self.more:
            self.scroll_relative(y=-WHEEL, animate=False, force=True)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """What is cut in the line below the mouse is said whole."""
        place = int(self.scroll_offset.y) + event.y
        line = self.lines[place] if place < len(self.lines) else None
        whole = _wholes(self.parts).get(line.of, "") if line is not None and "…" in line.text.plain else ""
        self.app.hover(whole.replace("\t", "  "))  # type: ignore[attr-defined]

    def on_leave(self) -> None:
        self.app.hover("")  # type: ignore[attr-defined]

    def on_resize(self) -> None:
        self._fold()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def _fold(self) -> None:
        """Wrap the lines to the width, and draw those in sight again that say something else than before."""
        width, before = self.scrollable_content_region.width, self.lines
        if not width:
            return
        self.lines = list(_folded(self.parts, width))
        hold(self, Size(width, len(self.lines)))
        top, last = int(self.scroll_offset.y), self.size.height - 1
        changed = [row for row in range(last + 1) if _look(before, top + row) != _look(self.lines, top + row)]
        if self.more and last not in changed and len(before) != len(self.lines):
            changed.append(last)
        if changed:
            self.refresh(*(Region(0, row, self.size.width, 1) for row in changed))

    def render_line(self, y: int) -> Strip:
        width, place, style = self.size.width, int(self.scroll_offset.y) + y, self.visual_style
        if place >= len(self.lines):
            return Strip.blank(width, style.rich_style)
        line = self.lines[place]
        below = len(self.lines) - place
        if self.more and y == self.size.height - 1 and below > 1:
            line = Line(line.of, 0, Content.styled(_(self.more, count=below), "$foreground-muted"))
        strips = Visual.to_strips(self, self._with_selection(line), width, 1, style, apply_selection=False)
        strip = strips[0] if strips else Strip.blank(width, style.rich_style)
        return strip.apply_offsets(line.at, line.of).extend_cell_length(width, style.rich_style)

    def _with_selection(self, line: Line) -> Content:
        """A line, with what of it the mouse has chosen."""
        selection = self.text_selection
        span = selection.get_span(line.of) if selection is not None else None
        if span is None:
            return line.text
        start, end = max(0, span[0] - line.at), len(line.text) if span[1] < 0 else span[1] - line.at
        look = Style.from_styles(self.screen.get_component_styles("screen--selection"))
        return line.text.stylize(look, start, min(end, len(line.text))) if end > start else line.text

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """What was chosen with the mouse, to be copied."""
        return selection.extract(self.content.plain), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()


def folded(parts: Sequence[Content], width: int) -> list[Content]:
    """The lines of some parts, none wider than so many cells, to be drawn elsewhere than on a page."""
    return [line.text for line in _folded(parts, width)]


def _folded(parts: Sequence[Content], width: int) -> Iterator[Line]:
    """The lines of some parts, none wider than so many cells."""
    of = 0
    for part in parts:
        for whole in part.split("\n", allow_blank=True) if "\n" in part.plain else (part,):
            at = 0
            if "\t" in whole.plain:
                yield Line(of, 0, in_grid(whole, width))
                of += 1
                continue
            for text in (whole,) if whole.cell_length <= width else whole.wrap(width):
                at = max(at, whole.plain.find(text.plain, at))
                yield Line(of, at, text)
                at += len(text)
            of += 1


def _wholes(parts: Sequence[Content]) -> dict[int, str]:
    """The text of every line as it was before it was folded or cut."""
    texts = [text for part in parts for text in part.plain.split("\n")]
    return dict(enumerate(texts))


def in_grid(line: Content, width: int) -> Content:
    """A line whose second part stands at the right edge; where there is no room for both, the first alone."""
    first, last = line.split("\t", allow_blank=True)[:2]
    room = width - last.cell_length - 2
    if room < LEAST:
        return first.truncate(width, ellipsis=True)
    cut = first.truncate(room, ellipsis=True)
    return Content.assemble(cut, " " * (width - cut.cell_length - last.cell_length), last)


def _look(lines: Sequence[Line], place: int) -> object:
    """What a line looks like, to be compared."""
    return (lines[place].text.plain, lines[place].text.spans) if place < len(lines) else None
