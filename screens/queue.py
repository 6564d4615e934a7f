"""The queue: every running promise on one list, counting down."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from data.words import N_, _
from desk import cases, operators, reading, systems
from desk.calendar import moments
from desk.clocks import banding, chasing, clocks, queueing
from desk.duty import cover
from desk.duty.terms import DESK
from desk.ground import left
from desk.ground.fields import Field
from desk.ground.roles import role_name
from desk.view import View
from screens import timeline
from screens.base import FormDialog, Room, TextDialog
from screens.drafting import draft_name
from screens.queue_list import EMPTY, Heading, Heap, QueueList
from screens.record_dialog import RecordDialog, home_of
from screens.text import plain
from screens.widgets.bars import spark_line
from screens.widgets.box import Box
from screens.widgets.lines import LineList

DAY = timedelta(days=1)
SYSTEMS = ("", *(name for name, system in systems.SYSTEMS.items() if system.papers))


class QueueRoom(Room):
    """Every running promise, by due time."""

    TITLE_TEXT = N_("Queue")
    HELP_TEXT = N_(
        "Every promise the desk has made: ◆ what only you can decide or sign, ▲ what ends within the hour, ● later "
        "today, ! late, ○ later, = paused. A record stands once in a band, ×3 says how many promises of it do. Enter "
        "unfolds a band, and shows what waits for one department. ≈ marks a deadline that rests on a holiday notice "
        "not known yet, ↶ one that was late when it began. Type / to filter by words; C chases all that is late; w is "
        "for a wall."
    )
    BINDINGS = [
        Binding("question_mark", "explain", N_("Why"), tooltip=N_("Explain this deadline")),
        Binding("f", "kind", N_("Kind"), tooltip=N_("Show one kind of record only")),
        Binding("s", "state", N_("State"), tooltip=N_("Show overdue, running, paused or provisional only")),
        Binding("d", "department", N_("Dept."), tooltip=N_("Show one department only")),
        Binding("r", "role", N_("Role"), tooltip=N_("Show what waits for one role only")),
        Binding("slash", "search", N_("Filter"), tooltip=N_("Show lines with these words")),
        Binding("c", "chase", N_("Chase"), tooltip=N_("Chase this promise; C chases all that are late in this list")),
        Binding("C", "chase_late", N_("Chase all late"), show=False, tooltip=N_("Chase every late promise shown")),
        Binding("m", "mine", N_("Mine"), tooltip=N_("Show only what you were first asked about")),
        Binding("w", "wall", N_("Wall"), show=False, tooltip=N_("For a screen on the wall; any key locks it")),
        Binding("p", "pause", N_("Pause"), tooltip=N_("Pause or resume this promise, with a reason")),
        Binding("x", "extend", N_("Extend"), tooltip=N_("Approve a later end, with a reason")),
        Binding("escape", "clear", N_("All"), show=False, tooltip=N_("Show every promise again")),
    ]
    DEFAULT_CSS = """
    QueueRoom #filter, QueueRoom #day { height: 1; color: $foreground-muted; padding: 0 1; }
    QueueRoom #words { border: none; height: 1; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.wanted = queueing.Filter()
        self.unfolded = set(banding.OPEN)
        self.lines: QueueList
        self._now: datetime | None = None
        self.week: list[int | None] = []
        self.week_of: date | None = None

    @property
    def now(self) -> datetime:
        """The instant of the tick being drawn."""
        return self._now or self.desk_app.desk.now()

    def body(self) -> ComposeResult:
        self.lines = QueueList(self.desk_app, lambda: self.now)
        yield Static(id="filter")
        yield Static(id="day")
        words = Box(placeholder=_("words in record, room or matter"), id="words", max_length=60)
        yield words
        yield self.lines

    def on_mount(self) -> None:
        self.lines.focus()

    def second(self) -> None:
        super().second()
        self.tick()

    def tick(self) -> None:
        """Count down."""
        if self.is_active:
            self._now = self.desk_app.desk.now()
            self.lines.tick()

    def refresh_data(self) -> None:
        desk = self.desk_app.desk
        # Who looks for something wants to see it, whatever is folded else.
        everything = self.wanted == queueing.Filter()
        with desk.snapshot(), desk.look() as view:
            session = view.session
            holder = cover.holder(view, DESK) if reading.may(session, "handovers.read") else ""
            who = operators.Posts(session)[holder] if holder else ""
            bands = banding.bands(view, self.wanted, self.unfolded if everything else banding.BANDS)
            end = view.calendar.end_of_duty(view.today)
            end = end if end is not None and end > view.now else view.calendar.midnight(view.today + DAY)
            day = queueing.day_so_far(session, view.calendar.midnight(view.today), view.now, end)
            self._read_week(view)
        self._now = view.now
        self.lines.empty = EMPTY if everything else N_("No promise here: Esc shows all of them.")
        self.lines.show(bands)
        shown = [
            systems.title(self.wanted.system),
            queueing.state_name(self.wanted.state),
            "" if self.wanted.department == queueing.NONE else cases.department_name(self.wanted.department),
            role_name(self.wanted.role),
            _("first asked") if self.wanted.answerable else "",
            self.wanted.text,
        ]
        kinds = " · ".join(part for part in shown if part) or _("all promises")
        more = "+" if any(band.promises > banding.MOST for band in bands) else ""
        count = f"{sum(min(band.promises, banding.MOST) for band in bands)}{more}"
        signs = "  ".join(f"{banding.SIGNS[band.name]} {band.count}" for band in bands)
        parts = [_("{count} running: {filter}", count=count, filter=kinds), signs]
        line = plain("   ".join(parts))
        if line.cell_length > self.size.width - 2:
            # Where there is little room, what the list is of goes, if it is of everything.
            line = plain("  ".join([signs, *([kinds] if shown else []), _("all {count}", count=count)]))
        self.query_one("#filter", Static).update(line, layout=False)
        self.query_one("#day", Static).update(self._day_strip(day, end, who), layout=False)

    def _day_strip(self, day: queueing.Day, end: datetime, who: str) -> Content:
        """How the day goes and how the week went, as much of it as there is room for."""
        calendar = self.desk_app.calendar or self.desk_app.desk.calendar()
        ahead = _("{count} to keep today", count=day.ahead)
        if calendar.local(end).date() == calendar.local(self.now).date():
            ahead = _("{count} to keep until {time}", count=day.ahead, time=moments.shown(end, calendar, self.now))
        said = [_("Today: {taken} taken; promises: {kept} kept, {late} late", **vars(day)), ahead]
        said += [_("{who} answers for the desk", who=who)] if who else []
        said.append(_("of those kept, in time: seven days {line}", line=spark_line(self.week)))
        if self.week[-1] is not None:
            said.append(_("today {share} %", share=self.week[-1]))
        while len(said) > 1 and cell_len("   ".join(said)) > self.size.width - 2:
            said.pop()
        return plain("   ".join(said))

    def _read_week(self, view: View) -> None:
        """How many in a hundred were kept in time on each of seven days; what is past is read once a day."""
        begins = [view.calendar.midnight(view.today - (6 - place) * DAY) for place in range(8)]
        if self.week_of != view.today:
            past = [queueing.in_time(view.session, *one) for one in pairwise(begins[:7])]
            self.week_of, self.week = view.today, [*past, None]
        self.week[-1] = queueing.in_time(view.session, begins[6], begins[7])

    def _with(self, **changes: str) -> None:
        self.wanted = queueing.Filter(**{**vars(self.wanted), **changes})
        self._ask_anew()

    def _ask_anew(self) -> None:
        """Another list was asked for: its first line is chosen where the chosen promise is not in it."""
        self.lines.start_over()
        self.refresh_data()

    def home_in_question(self) -> str:
        """The home of the chosen promise's record, for the archive."""
        clock = self.lines.clock_of(self.lines.chosen)
        return home_of(self.desk_app.desk, clock.system, clock.record) if clock is not None else ""

    def action_kind(self) -> None:
        """The next kind of record."""
        self._with(system=_next(SYSTEMS, self.wanted.system))

    def action_state(self) -> None:
        """The next state."""
        self._with(state=_next(("", *queueing.STATES), self.wanted.state))

    def action_department(self) -> None:
        """The next department."""
        from desk.ground.roles import DEPARTMENTS

        self._with(department=_next(("", *DEPARTMENTS), self.wanted.department))

    def action_role(self) -> None:
        """The next role."""
        from desk.ground.roles import ROLES

        self._with(role=_next(("", *ROLES), self.wanted.role))

    def action_search(self) -> None:
        """Type words to filter by."""
        words = self.query_one("#words", Input)
        words.display = True
        words.focus()

    def on_input_changed(self, _event: Input.Changed) -> None:
        self.when_keys_rest(self._filter)

    def on_input_blurred(self) -> None:
        self.rest_now(self._filter)

    def on_input_submitted(self) -> None:
        self.lines.focus()

    def _filter(self) -> None:
        """Show the lines with the words that are typed."""
        self._with(text=self.query_one("#words", Input).value.strip())

    def action_clear(self) -> None:
        """Show everything again."""
        words = self.query_one("#words", Input)
        words.display = False
        words.value = ""
        self.lines.focus()
        self.wanted = queueing.Filter()
        self._ask_anew()

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        if isinstance(event.key, Heading):
            self._fold(event.key.band)
            return
        if isinstance(event.key, Heap):
            self._with(department=event.key.department or queueing.NONE, role=event.key.role, state="overdue")
            return
        clock = self.lines.clock_of(event.key)
        if clock is not None:
            self.app.push_screen(record_dialog(self, clock.system, clock.record))

    def _fold(self, band: str) -> None:
        """Fold a band or unfold it; where somebody looks for something, and where only one heap is, all is open."""
        if self.wanted != queueing.Filter():
            return
        if band in self.unfolded:
            self.unfolded.discard(band)
        elif self.lines.bands[band].folded:
            self.unfolded.add(band)
        else:
            return
        self.refresh_data()

    def action_explain(self) -> None:
        """Explain the deadline under the cursor."""
        if isinstance(self.lines.chosen, int):
            self.app.push_screen(TextDialog(timeline.explanation(self.desk_app.desk, self.lines.chosen)))

    async def action_pause(self) -> None:
        """Pause the promise with a reason, or resume it."""
        clock = self.lines.clock_of(self.lines.chosen)
        if clock is None:
            return
        if clock.paused_at is not None:
            await self._resume(clock.id)
            return
        fields = [
            Field("reason", N_("Reason"), hint=N_("what is waited for")),
            Field("waiting_on", N_("Waiting on"), hint=N_("whom")),
        ]

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            return await dialog.act(
                lambda act: clocks.pause(act, clock_id=clock.id, **values), form=dialog.form, request=request
            )

        self.app.push_screen(
            FormDialog(
                _("Pause {record}: {promise}", record=clock.record, promise=left.clock_name(clock)),
                fields,
                save,
                about=clock.subject,
                draft=draft_name("clocks", str(clock.id), ["reason", "waiting_on"]),
            ),
            lambda done: self.say(_("The promise is paused; p lets it run again.")) if done else None,
        )

    def action_mine(self) -> None:
        """What the operator was first asked about, or everything."""
        code = self.desk_app.who.code if self.desk_app.who else ""
        self._with(answerable="" if self.wanted.answerable else code)

    def action_chase(self) -> None:
        """Chase the promise under the cursor."""
        clock = self.lines.clock_of(self.lines.chosen)
        if clock is not None:
            self._chase([clock.id], _("Chase {record}: {promise}", record=clock.record, promise=left.clock_name(clock)))

    def action_chase_late(self) -> None:
        """Chase everything that is late in this list, also what has no department yet."""
        desk = self.desk_app.desk
        with desk.read() as session:
            late = queueing.ids(session, desk.now(), replace(self.wanted, state="overdue"))
        if not late:
            self.hint(_("Nothing is late in this list."))
            return
        self._chase(late, _("Chase all {count} late promises of this list", count=len(late)))

    def _chase(self, ids: list[int], title: str) -> None:
        fields = [Field("note", N_("Note"), hint=N_("what is asked of them"), longest=chasing.LONGEST_NOTE)]

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            return await dialog.act(
                lambda act: chasing.chase(act, clock_ids=ids, note=values["note"]), form=dialog.form, request=request
            )

        def chased(count: int | None) -> None:
            if count:
                self.say(_("{count} chased; whoever they wait for is told now.", count=count))

        subject = str(ids[0]) if len(ids) == 1 else "late"
        self.app.push_screen(FormDialog(title, fields, save, draft=draft_name("chase", subject, ["note"])), chased)

    def action_wall(self) -> None:
        """The queue for a screen on the wall."""
        self.desk_app.action_wall()

    async def _resume(self, clock_id: int) -> None:
        if await self.act(lambda act: clocks.resume(act, clock_id=clock_id)):
            self.say(_("The clock runs again."))

    def action_extend(self) -> None:
        """Approve a later end."""
        clock = self.lines.clock_of(self.lines.chosen)
        if clock is None:
            return
        app = self.desk_app
        fields = [Field("until", N_("New end"), hint="11-26 15:30, +2h"), Field("reason", N_("Reason"))]

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            def work(act: Any) -> bool:
                until = moments.parse(values["until"], act.calendar, act.now, field="until")
                clocks.extend(act, clock_id=clock.id, until=until, reason=values["reason"])
                return True

            return await dialog.act(work, form=dialog.form, request=request)

        app.push_screen(
            FormDialog(
                _("Later end for {record}: {promise}", record=clock.record, promise=left.clock_name(clock)),
                fields,
                save,
                about=clock.subject,
                draft=draft_name("clocks", str(clock.id), ["until", "reason"]),
            ),
            lambda done: self.say(_("The end is moved; ? shows who approved it.")) if done else None,
        )


def _next(values: tuple[str, ...], value: str) -> str:
    """The one behind it; the first behind what is none of them, such as a heap's filter."""
    return values[(values.index(value) + 1) % len(values)] if value in values else values[0]


def record_dialog(room: Room, system: str, record: str) -> RecordDialog:
    """A record to read, whatever system it belongs to."""
    who = room.desk_app.who
    return RecordDialog(room.desk_app.desk, who.roles if who else "", system, record)
