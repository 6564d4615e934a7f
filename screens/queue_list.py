"""The lines of the queue: bands with their counts, and in each what is left of a record's most urgent promise."""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from data.words import N_, _
from desk import cases
from desk.calendar import moments
from desk.clocks import banding, clocks, queueing
from desk.clocks.banding import Band
from desk.ground import left
from desk.ground.roles import role_name
from screens.house import House
from screens.text import fit, short_number
from screens.widgets.bars import share_bar
from screens.widgets.lines import NUMBER, Cells, Column, LineList

# Cells of a countdown and of bars.
LEFT, BAR, HEAP_BAR = 9, 8, 12
SECOND, SLOWLY = timedelta(seconds=1), timedelta(seconds=5)
TICKS = left.TICKS_BELOW + 2 * SECOND
EMPTY = N_("No promise is running. Every contact that needs an answer starts one.")
# From so many cells on there is room for the bar, then for the end and who is told next.
ROOM_FOR_BAR, ROOM_FOR_DUE = 96, 132
# The look of a band's sign.
TONES = {
    banding.MINE: "queue--mine",
    banding.SOON: "lines--near",
    banding.LATE: "lines--bad",
    banding.PAUSED: "lines--still",
}


class Heading(NamedTuple):
    """The line above a band."""

    band: str


class Heap(NamedTuple):
    """A line of a folded band: what waits for one department or role."""

    department: str
    role: str


class QueueList(LineList):
    """Bands of promises; a tick redraws only the cells that say something else.

    Args:
        app: the application, for its desk and calendar.
        now: the instant of the tick being drawn.
    """

    COMPONENT_CLASSES = {"queue--heading", "queue--mine"}
    DEFAULT_CSS = """
    QueueList > .queue--heading { color: $foreground; }
    QueueList > .queue--mine { color: $secondary; }
    """

    def __init__(self, app: House, now: Callable[[], datetime]) -> None:
        super().__init__(
            [
                Column(N_("left"), LEFT, right=True),
                Column(N_("used"), BAR),
                Column(N_("promise"), 28),
                Column(N_("about")),
                Column(N_("due"), 11),
                Column(N_("waits for"), 14),
                Column(N_("told next"), 12),
                Column(N_("record"), NUMBER),
            ],
            self.rows,
            empty=EMPTY,
        )
        self.house, self.now = app, now
        self.bands: dict[str, Band] = {}
        self.clocks: dict[Any, Any] = {}
        self.shares: dict[Any, tuple[str, int]] = {}
        # What the countdown of each line said when it was last drawn.
        self.said: dict[Any, tuple[str, ...]] = {}
        # When every line in sight was last looked at.
        self.told: datetime | None = None

    def show(self, bands: Sequence[Band]) -> None:
        """Show these bands; the chosen line stays chosen, also when its record's most urgent promise is another now."""
        chosen, was = self.chosen, self.bands
        self.bands = {band.name: band for band in bands}
        self.clocks.clear()
        self.shares.clear()
        self.said.clear()
        self.told = None
        keys: list[Hashable] = []
        for band in bands:
            keys += [Heading(band.name), *band.rows, *(Heap(load.department, load.role) for load in band.loads)]
        if chosen not in keys:
            chosen = _same_record(chosen, was, bands)
        if chosen is None and self._fresh:
            chosen = next((key for key in keys if isinstance(key, int)), None)
        self.load(keys, chosen)

    def on_resize(self) -> None:
        """What a line says depends on its room; what was painted for another meanwhile is painted again."""
        self.cache.clear()
        self.said.clear()
        self.refresh()

    def widths(self) -> list[int]:
        left, bar, promise, about, due, waits, after, number = super().widths()
        room = self.room
        if room < ROOM_FOR_BAR:
            return [LEFT, 0, 22, max(8, room - LEFT - 22 - 10 - 8 - 8), 0, 10, 0, 8]
        if room < ROOM_FOR_DUE:
            about, due, after = room - left - bar - promise - waits - number - len(self.columns), 0, 0
        # Where there is room for more than a home and its matter, promises are told in full.
        more = min(16, max(0, (about - 34) // 2))
        waiting = min(4, more // 2)
        return [left, bar, promise + more - waiting, about - more, due, waits + waiting, after, number]

    def rows(self, keys: list[Hashable]) -> dict[Hashable, Cells]:
        """The cells of some clocks; the countdown is added as it is drawn."""
        wanted = [key for key in keys if isinstance(key, int)]
        with self.house.desk.read() as session:
            found = queueing.page(session, wanted) if wanted else {}
        self.clocks.update(found)
        return {key: self._cells(clock) for key, clock in found.items()}

    def clock_of(self, key: Hashable) -> Any:
        """A promise of the list, read when it was not painted yet; None when the line is none."""
        if isinstance(key, int) and key not in self.clocks:
            self.rows([key])
        return self.clocks.get(key)

    def _cells(self, clock: Any) -> Cells:
        whom = cases.department_name(clock.department) or role_name(clock.role)
        chased = _("chased {count}×", count=clock.chased) if clock.chased else ""
        shown = ("≈ ", clock.provisional), ("↶ ", clocks.began_late(clock))
        marks = "".join(mark for mark, holds in shown if holds)
        others = sum(band.more.get(clock.id, 0) for band in self.bands.values())
        name, count = marks + left.clock_name(clock), f" ×{others + 1}" if others else ""
        if count:
            name = fit(name, self.widths()[2] - len(count)).rstrip() + count
        due = moments.shown(clock.due_at, self.calendar, self.now())
        waits = " ".join(filter(None, (chased, clock.waiting_on or whom)))
        number = short_number(clock.record) if self.room < ROOM_FOR_BAR else clock.record
        return ("", "", name, clock.subject, due, waits, role_name(queueing.told_next(clock)), number)

    @property
    def calendar(self) -> Any:
        """The site's calendar as it was when the operator signed in."""
        return self.house.calendar

    def cells_of(self, place: int) -> Cells:
        cells = super().cells_of(place)
        clock = self.clocks.get(self.keys[place])
        if clock is None or not cells:
            return cells
        return (self.left(clock), self.used(clock), *cells[2:])

    def render_line(self, y: int) -> Strip:
        place = int(self.scroll_offset.y) + y - 1
        key = self.keys[place] if 0 <= place < len(self.keys) and y else None
        if not isinstance(key, Heading | Heap):
            return super().render_line(y)
        style = self.style_of("lines--cursor" if place == self.cursor else "")
        parts = self._heading(key, style) if isinstance(key, Heading) else self._heap(key, style)
        return Strip(parts).adjust_cell_length(self.size.width, style)

    def _heading(self, key: Heading, style: Style) -> list[Segment]:
        """A band: its sign in its tone, name and counts, and what Enter does where it is folded."""
        band = self.bands[key.band]
        bold = style + Style(bold=True)
        sign = bold + Style(color=self.get_component_rich_style(TONES.get(band.name, "queue--heading")).color)
        counts = f"{banding.band_name(band.name)} {band.count}"
        if band.records != band.promises:
            counts += "  " + _("({count} records)", count=band.records)
        what = "   " + _("Enter unfolds") if band.folded else ""
        return [Segment(f" {banding.SIGNS[band.name]} ", sign), Segment(counts, bold), Segment(what, style)]

    def _heap(self, key: Heap, style: Style) -> list[Segment]:
        """Whom a folded heap waits for: how many, as a bar of the greatest, and how old the oldest is."""
        loads = self.bands[banding.LATE].loads
        load = next(load for load in loads if (load.department, load.role) == key)
        whom = cases.department_name(load.department) or role_name(load.role)
        bar = share_bar(load.count, max(one.count for one in loads), HEAP_BAR)
        oldest = _("the oldest {late}", late=left.until(load.oldest, self.now(), self.calendar.zone))
        text = f"{' ' * (LEFT + 2)}{fit(whom, 22)} {load.count:>5}  {bar}{' ' * (HEAP_BAR - len(bar))}  {oldest}"
        return [Segment(text, style)]

    def tick(self) -> None:
        """Count down: only the two leftmost cells of lines that say something else now are drawn.

        Minutes and days may be told some seconds late, what ends within minutes may not.
        """
        now, changed = self.now(), []
        whole = self.told is None or not timedelta(0) <= now - self.told < SLOWLY
        if whole:
            self.told = now
        for place in self.in_sight():
            clock = self.clocks.get(self.keys[place])
            if not isinstance(self.keys[place], int):
                continue
            if not whole and clock is not None and not timedelta(0) <= clock.due_at - now + SECOND < TICKS:
                continue
            says = (*self.cells_of(place)[:2], self.look(place, 0))
            if self.said.get(self.keys[place]) != says:
                self.said[self.keys[place]] = says
                changed.append(place)
        self.redraw_cells(changed, 1)

    def used(self, clock: Any) -> str:
        """The share of its time that a promise has used, while it can still be kept: once it is late, how late it is
        says all. Reckoned once a minute, for it asks the calendar."""
        if clock.paused_at is None and self.now() >= clock.due_at:
            return ""
        minute = int(self.now().timestamp()) // 60
        if self.shares.get(clock.id, ("", -1))[1] != minute:
            share = queueing.share_used(clock, self.now(), self.calendar)
            self.shares[clock.id] = (share_bar(min(share, 100), 100, BAR), minute)
        return self.shares[clock.id][0]

    def left(self, clock: Any) -> str:
        """What is left of a promise, or why it does not count."""
        now = self.now()
        if clock.paused_at is not None:
            return _("paused")
        if clock.not_before is not None and now < clock.not_before:
            return _("not yet")
        return left.countdown(clock, now, self.calendar.zone)

    def look(self, place: int, column: int) -> str:
        if column > 1 or place >= len(self.keys):
            return "lines--still" if column == len(self.columns) - 1 else ""
        clock = self.clocks.get(self.keys[place])
        if clock is None:
            return ""
        if column == 1:
            return "lines--still"
        now = self.now()
        if clock.paused_at is not None or (clock.not_before is not None and now < clock.not_before):
            return "lines--still"
        if now >= clock.due_at:
            return "lines--bad"
        return "lines--near" if clock.warn_at is not None and now >= clock.warn_at else ""


def _same_record(key: Hashable, before: dict[str, Band], now: Sequence[Band]) -> Hashable:
    """The line of the record of which a promise was chosen: in the same band first, else in another, else none."""
    band = next((band for band in before.values() if key in band.of), None)
    if band is None or not isinstance(key, int):
        return None
    found = [(one.name != band.name, number) for one in now for number, of in one.of.items() if of == band.of[key]]
    return min(found)[1] if found else None
