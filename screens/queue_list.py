"""The lines of the queue: what is left of each promise, how much of its time is used, and whom it waits for."""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any

from data.words import N_, _
from desk import cases
from desk.calendar import moments
from desk.clocks import clocks, queueing
from desk.ground import left
from desk.ground.roles import role_name
from screens.house import House
from screens.widgets.lines import NUMBER, Cells, Column, LineList

# Cells of a countdown.
LEFT = 9
SECOND, SLOWLY = timedelta(seconds=1), timedelta(seconds=5)
TICKS = left.TICKS_BELOW + 2 * SECOND
EMPTY = N_("No promise is running. Every contact that needs an answer starts one.")


class QueueList(LineList):
    """Countdowns and the share of time used leftmost; a tick redraws only them.

    Args:
        app: the application, for its desk and calendar.
        now: the instant of the tick being drawn.
    """

    def __init__(self, app: House, now: Callable[[], datetime]) -> None:
        super().__init__(
            [
                Column(N_("left"), LEFT, right=True),
                Column(N_("used"), 5, right=True),
                Column(N_("record"), NUMBER),
                Column(N_("promise"), 28),
                Column(N_("about")),
                Column(N_("due"), 11),
                Column(N_("waits for"), 14),
                Column(N_("told next"), 12),
            ],
            self.rows,
            empty=EMPTY,
        )
        self.house, self.now = app, now
        self.clocks: dict[Any, Any] = {}
        self.top: set[Any] = set()
        self.shares: dict[Any, tuple[str, int]] = {}
        # What the countdown of each line said when it was last drawn.
        self.said: dict[Any, tuple[str, ...]] = {}
        # When every line in sight was last looked at.
        self.told: datetime | None = None

    def widths(self) -> list[int]:
        widths = super().widths()
        if self.size.width < 90:
            about = max(8, self.size.width - LEFT - 5 - NUMBER - 22 - 8)
            return [*widths[:3], 22, about, 0, 0, 0]
        if self.size.width < 110:
            return [*widths[:4], widths[4] + widths[7], *widths[5:7], 0]
        return widths

    def rows(self, keys: list[Hashable]) -> dict[Hashable, Cells]:
        """The cells of some clocks; the countdown is added as it is drawn."""
        with self.house.desk.read() as session:
            found = queueing.page(session, keys)  # type: ignore[arg-type]
        self.clocks.update(found)
        return {key: self._cells(clock) for key, clock in found.items()}

    def clock_of(self, key: Hashable) -> Any:
        """A promise of the list, read when it was not painted yet; None when there is none."""
        if key is not None and key not in self.clocks:
            self.rows([key])
        return self.clocks.get(key)

    def _cells(self, clock: Any) -> Cells:
        whom = cases.department_name(clock.department) or role_name(clock.role)
        chased = _("chased {count}×", count=clock.chased) if clock.chased else ""
        shown = ("◆ ", clock.id in self.top), ("≈ ", clock.provisional), ("↶ ", clocks.began_late(clock))
        marks = "".join(mark for mark, holds in shown if holds)
        due = moments.shown(clock.due_at, self.calendar, self.now())
        waits = " ".join(filter(None, (chased, clock.waiting_on or whom)))
        after = role_name(queueing.told_next(clock))
        return ("", "", clock.record, marks + left.clock_name(clock), clock.subject, due, waits, after)

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
            return _("late")
        minute = int(self.now().timestamp()) // 60
        if self.shares.get(clock.id, ("", -1))[1] != minute:
            share = queueing.share_used(clock, self.now(), self.calendar)
            self.shares[clock.id] = (f"{min(share, 100)}%", minute)
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
        clock = self.clocks.get(self.keys[place])
        if clock is None or column > 1:
            return ""
        now = self.now()
        if clock.paused_at is not None or (clock.not_before is not None and now < clock.not_before):
            return "lines--still"
        if now >= clock.due_at:
            return "lines--bad"
        return "lines--near" if clock.warn_at is not None and now >= clock.warn_at else ""
