"""Painting faster and safer than the toolkit does alone. What touches Textual's private parts stands here only.

Four things are Textual's own business: which widgets a partial update draws, when, what a line of cells keeps, and when
the whole layout is reckoned.
`QuickCompositor` draws just those that are seen in the changed place, `paint_now` does not wait for the next frame, and
`lighten_strips` makes a line's seven memories when they are first used, not with every line. Where a later Textual has
other insides, all fall back on what it does by itself.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App
from textual.cache import FIFOCache
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from screens import first_frame


class QuickCompositor(Compositor):
    """A compositor that draws a partial update from the widgets that are seen in the changed places, and of these only
    the rows in which something changed.
    """

    # The places that changed, while a partial update is drawn.
    changed: Sequence[Region] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        self.changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self.changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None or not self.changed:
            yield from super()._get_renders(crop)
            return
        left = [place.intersection(crop) for place in self.changed if place.overlaps(crop)]
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            touched = [place for place in left if seen.overlaps(place)]
            if not touched:
                continue
            top, bottom = min(place.y for place in touched), max(place.bottom for place in touched)
            rows = seen.intersection(Region(seen.x, top, seen.width, bottom - top))
            yield region, rows, widget.render_lines(Region(rows.x - region.x, rows.y - region.y, *rows.size))
            # Widgets come front to back: what lies behind one that fills a place is never seen there.
            left = [place for place in left if not seen.contains_region(place)]
            if not left:
                return


def quicken(screen: Screen[Any]) -> None:
    """Give a screen the quick compositor; called before it is mounted."""
    if type(getattr(screen, "_compositor", None)) is Compositor:
        screen._compositor = QuickCompositor()


class LateMemory:
    """One of a strip's memories, made when it is first asked for: most lines are painted once and never asked."""

    def __init__(self, slot: Any, size: int) -> None:
        self.slot, self.size = slot, size

    def __get__(self, strip: Strip | None, kind: type[Strip]) -> Any:
        if strip is None:
            return self
        try:
            return self.slot.__get__(strip, kind)
        except AttributeError:
            made: FIFOCache[Any, Any] = FIFOCache(self.size)
            self.slot.__set__(strip, made)
            return made

    def __set__(self, strip: Strip, made: object) -> None:
        self.slot.__set__(strip, made)


def lighten_strips() -> None:
    """Let strips of cells make their memories late; does nothing where strips hold others than are known here."""
    strip = Strip([])
    memories = {
        name: getattr(strip, name, None)
        for name in Strip.__slots__
        if name.endswith("_cache") and name != "_render_cache"
    }
    sizes = {name: memory._maxsize for name, memory in memories.items() if type(memory) is FIFOCache}
    done = any(isinstance(Strip.__dict__[name], LateMemory) for name in memories)
    if done or set(Strip.__slots__) - set(sizes) != PLAIN_SLOTS:
        return

    def __init__(self: Any, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        self._segments = list(segments)
        self._cell_length = cell_length
        self._render_cache = self._link_ids = self._cell_count = None

    for name, size in sizes.items():
        setattr(Strip, name, LateMemory(Strip.__dict__[name], size))
    Strip.__init__ = __init__  # type: ignore[method-assign]


PLAIN_SLOTS = {"_segments", "_cell_length", "_render_cache", "_link_ids", "_cell_count"}


def paint_now(*widgets: Widget) -> None:
    """Paint widgets that were refreshed at once, unless the screen's layout has to be reckoned first."""
    screen = widgets[0].screen
    paint = getattr(screen, "_on_timer_update", None)
    dirty = getattr(screen, "_dirty_widgets", None)
    if paint is None or dirty is None or not screen.is_current or getattr(screen, "_layout_required", True):
        return
    for widget in widgets:
        if widget._repaint_required:
            dirty.add(widget)
            widget._repaint_required = False
    paint()


def hold(view: ScrollView, size: Size) -> None:
    """Say how much a view has to roll over; layout is reckoned only where its scroll bar comes or goes.

    Args:
        size: cells of all that it holds.
    """
    update, overflow = getattr(view, "_scroll_update", None), view.styles.overflow_y
    same = (size.height > view.container_size.height) == view.show_vertical_scrollbar
    if update is None or not view.container_size or (overflow != "hidden" and not same):
        view.virtual_size = size
    elif view.virtual_size != size:
        view.set_reactive(ScrollView.virtual_size, size)
        update(size)


def keep_first_frame(app: App[Any]) -> None:
    """Put the hand-painted first frame back after the toolkit has cleared the terminal, so that nothing flickers."""
    driver = getattr(app, "_driver", None)
    if first_frame.painted and driver is not None and not app.is_headless:
        driver.write(first_frame.painted)


class Fence(LineFilter):
    """The last fence before the terminal: no control code leaves in a segment of text."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.control or segment.text.isprintable() for segment in segments):
            return segments
        return [segment if segment.control else segment._replace(text=_harmless(segment.text)) for segment in segments]


def _harmless(text: str) -> str:
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)


FENCE = Fence()
