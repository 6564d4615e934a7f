"""The promises on a wall: it counts down and turns its pages by itself, and names nobody; any key locks the desk."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from data.clocks import Clock
from data.words import N_, _
from desk import cases
from desk.archive import register
from desk.clocks import banding, queueing
from desk.clocks.banding import Band
from desk.ground import left
from desk.ground.roles import role_name
from screens import standing
from screens.base import Room
from screens.guard import Guarded
from screens.text import fit, short_number
from screens.timeline import tone
from screens.widgets.letters import DIGIT_ROWS, number

# Lines of one page, pages that are turned, seconds that each stays.
LINES, PAGES, STAYS = 12, 5, 10
# Cells between two bands.
GAP = 3
# The tone of a band's number.
TONES = {banding.MINE: "$secondary", banding.SOON: "$warning", banding.LATE: "$error"}
LEFT, PROMISE, HOME, WAITS = 10, 30, 12, 14


class Board(Guarded, Widget):
    """Lines of content, each drawn again only when it says something else."""

    DEFAULT_CSS = "Board { height: 1fr; padding: 0 2; }"

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Content] = []

    def show(self, lines: Sequence[Content]) -> None:
        """Show these lines from the top."""
        before, self.lines = self.lines, list(lines)
        height = self.size.height
        if len(before) != len(self.lines):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, self.lines, strict=True)) if not _same(old, new)]
        for y in changed:
            if y < height:
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        width, style = self.size.width, self.visual_style
        if y >= len(self.lines):
            return Strip.blank(width, style.rich_style)
        return Visual.to_strips(self, self.lines[y], width, 1, style, apply_selection=False)[0]


def _same(one: Content, other: Content) -> bool:
    return (one.plain, one.spans) == (other.plain, other.spans)


class WallRoom(Room):
    """What burns first, for everybody to see."""

    AUTO_FOCUS = ""
    TITLE_TEXT = N_("Wall: any key locks the desk")
    HELP_TEXT = N_("The queue for a screen on the wall: it names nobody. Any key locks the desk.")

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()
        self.bands: list[Band] = []
        self.owed: list[Clock] = []
        self.count = 0
        self.homes: set[str] = set()
        self.seconds = 0

    def compose(self) -> ComposeResult:
        yield self.alarm
        with Vertical(id="body"):
            yield self.board
        yield self.status

    def alarm_text(self) -> str:
        return standing.alarm(self.desk_app, named=False)

    def on_mount(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        self._draw()

    def refresh_data(self) -> None:
        with self.desk_app.desk.snapshot(), self.desk_app.desk.look() as view:
            self.bands = banding.bands(view, queueing.Filter(), ())
            self.owed, self.count = banding.owed(view, None, LINES * PAGES)
            firsts = {clock.subject.split(" ")[0] for clock in self.owed}
            # Only what is a home of the archive: a stranger's name or number may stand in its place.
            self.homes = register.labels_among(view.session, firsts)
        self._draw()

    def second(self) -> None:
        super().second()
        self.seconds += 1
        self._draw()

    def _draw(self) -> None:
        if not self.board.size.width:
            return
        now = self.desk_app.desk.now()
        self.board.show([*self._tiles(), Content(""), *self._page(now)])

    def _tiles(self) -> list[Content]:
        """The bands side by side, with how many stand in each in large digits."""
        tiles = [
            (band.name, [*number(band.count), f"{banding.SIGNS[band.name]} {banding.band_name(band.name)}"])
            for band in self.bands
        ]
        # Where there is little room, what is paused and what is later is left out.
        while len(tiles) > 1 and sum(_width(tile) for _name, tile in tiles) > self.board.size.width:
            tiles.pop()
        rows = [Content("")] * (DIGIT_ROWS + 1)
        for name, tile in tiles:
            look = f"bold {TONES.get(name, '$foreground')}"
            rows = [
                Content.assemble(row, (text + " " * (_width(tile) - cell_len(text)), look))
                for row, text in zip(rows, tile, strict=True)
            ]
        return rows

    def _page(self, now: datetime) -> list[Content]:
        """The promises of one page; the pages turn by themselves."""
        if not self.owed:
            return [Content.styled(_("Nothing is left to keep today."), "bold $success")]
        lines = max(1, min(LINES, self.board.size.height - DIGIT_ROWS - 4))
        pages = [self.owed[start : start + lines] for start in range(0, len(self.owed), lines)]
        place = self.seconds // STAYS % len(pages)
        said = _("{count} records of today", count=self.count)
        head = f"{said}   {place + 1}/{len(pages)}" if len(pages) > 1 else said
        return [Content.styled(head, "$foreground-muted"), *(self._line(clock, now) for clock in pages[place])]

    def _line(self, clock: Clock, now: datetime) -> Content:
        """A promise: what is left, what it is, which home, whom it waits for. No name, no matter."""
        calendar = self.desk_app.calendar or self.desk_app.desk.calendar()
        rest = fit(left.countdown(clock, now, calendar.zone), LEFT, right=True)
        whom = cases.department_name(clock.department) or role_name(clock.role)
        room, wide = self.board.size.width, self.board.size.width >= LEFT + PROMISE + HOME + WAITS + 24
        record = clock.record if wide else short_number(clock.record)
        promise = max(12, room - LEFT - HOME - WAITS - cell_len(record) - 8)
        text = f"  {fit(left.clock_name(clock), promise)}  {fit(self._home(clock), HOME)}  {fit(whom, WAITS)}  "
        return Content.assemble((rest, tone(clock, now)), text, (record, "$foreground-muted"))

    def _home(self, clock: Clock) -> str:
        first = clock.subject.split(" ")[0]
        return first if first in self.homes else ""

    def on_key(self, event: events.Key) -> None:
        """Whoever touches it has to say who they are."""
        event.stop()
        event.prevent_default()
        self.app.pop_screen()
        self.desk_app.action_lock()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False


def _width(tile: Sequence[str]) -> int:
    """Cells of a tile with the gap behind it."""
    return max(map(cell_len, tile)) + GAP
