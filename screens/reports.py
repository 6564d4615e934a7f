"""Day, week, month and year sheets on screen, with charts; as PDF and as a spreadsheet."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.geometry import Region, Spacing
from textual.widgets import Static

from data.problems import Problem
from data.words import N_, _
from desk import reports
from desk.act import Act
from desk.ground.fields import Field
from desk.ground.refusals import Refused
from desk.paper import sheets
from desk.paper.document import Document
from desk.reports import worklog
from desk.systems import may
from desk.view import View
from screens.base import NEVER, FormDialog, Room
from screens.behind import BehindDialog
from screens.drafting import draft_name
from screens.guard import Guarded, survived
from screens.printing import put_document
from screens.sheet_lines import SheetLine, sheet_lines
from screens.text import plain

# A sheet that takes longer than so many seconds is read again for what changed when so many times that have passed.
LONG, RARELY = 0.5, 20
# Seconds after which a sheet that could not be read is read again.
AGAIN = 5.0
# Seconds that a key waits at most for the rest of a sheet.
MOMENT = 0.5
CLOSES = {"month": ("reports.close_month", reports.close_month), "year": ("reports.close_year", reports.close_year)}
OPINION = Field("opinion", N_("Opinion"), "long")


class SheetScroll(Guarded, VerticalScroll):
    """What a sheet rolls in; arrows go to its next line with records behind it."""

    BINDINGS = [
        Binding("up", "screen.choose(-1)", N_("Up"), show=False),
        Binding("down", "screen.choose(1)", N_("Down"), show=False),
        Binding("enter", "screen.behind", N_("Records"), tooltip=N_("The records behind the numbers of this line")),
    ]


class ReportRoom(Room):
    """One sheet at a time."""

    TITLE_TEXT = N_("Sheets")
    HELP_TEXT = N_(
        "What a day, a week, a month or a year has brought: numbers, rates beside their targets, times on duty, what "
        "was missed and why, what keeps coming back. The week is summed up and filed before duty ends on Friday; the "
        "month is read and signed by the centre manager at its end, closed, and its copy sent to the company. "
        "l is the work log of a day, to print. ↓ goes to a line, Enter shows the records behind its numbers."
    )
    BINDINGS = [
        Binding("d", "kind('day')", N_("Day"), tooltip=N_("The sheet of a day")),
        Binding("w", "kind('week')", N_("Week"), tooltip=N_("The sheet of a week")),
        Binding("m", "kind('month')", N_("Month"), tooltip=N_("The sheet of a month")),
        Binding("y", "kind('year')", N_("Year"), tooltip=N_("The sheet of a year")),
        Binding("l", "log", N_("Work log"), tooltip=N_("A day's visits and calls, posts, events, what was done")),
        Binding("left", "move(-1)", N_("Before"), tooltip=N_("The one before")),
        Binding("right", "move(1)", N_("After"), tooltip=N_("The one after")),
        Binding("p", "pdf", N_("PDF"), tooltip=N_("Save the sheet as PDF")),
        Binding("x", "xlsx", N_("xlsx"), tooltip=N_("Save the sheet as a spreadsheet")),
        Binding(
            "f", "file", N_("File it"), tooltip=N_("Sum a week up and file it; or read a month, sign and close it")
        ),
        Binding("c", "copy", N_("Send copy"), tooltip=N_("The month's copy goes to the company")),
    ]
    DEFAULT_CSS = "ReportRoom #sheet { padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.span: reports.Period | None = None
        self.document: Document | None = None
        self.logged = False
        self.read_at, self.cost, self.later, self.begun = 0.0, 0.0, False, 0.0
        self.reading: set[asyncio.Task[None]] = set()
        self.shown: tuple[reports.Period, bool] | None = None
        self.lines: list[SheetLine] = []
        self.line = -1
        self.chosen: tuple[str, ...] = ()
        # Arrows beyond what is read.
        self.steps: list[int] = []

    def body(self) -> ComposeResult:
        with SheetScroll(id="scroll"):
            yield Static(id="sheet")

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()
        calendar = self.desk_app.desk.calendar()
        self.span = reports.period(calendar, "day", calendar.local(self.desk_app.desk.now()).date())

    @on(ScreenResume)
    async def read_first(self) -> None:
        """The first key in the room is for a sheet, so it waits until the top of one is there."""
        if self.document is None:
            await self._read()

    async def action_kind(self, kind: str, logged: bool = False) -> None:
        """The day, week or month in which the present sheet begins; the first one is today's."""
        calendar = self.desk_app.desk.calendar()
        today = calendar.local(self.desk_app.desk.now()).date()
        inside = self.span is None or self.span.first <= today <= self.span.last
        self.span = reports.period(calendar, kind, today if inside or self.span is None else self.span.first)
        self.logged = logged
        await self._read()

    async def action_log(self) -> None:
        """The work log of the day in which the present sheet begins; the first one is today's."""
        await self.action_kind("day", logged=True)

    async def action_move(self, by: int) -> None:
        """The period before or after."""
        if self.span is not None:
            self.span = reports.moved(self.span, self.desk_app.desk.calendar(), by)
            await self._read()

    def refresh_data(self) -> None:
        """Read again what changed; a sheet that takes long, only after a while: no desk waits for a sheet."""
        if not self.is_active:
            self.read_as_of = NEVER
            return
        wait = self.read_at + (RARELY * self.cost if self.cost > LONG else 0) - monotonic()
        if wait <= 0:
            self.desk_app.in_background(self._read())
            return
        self.read_as_of = NEVER
        if not self.later:
            self.later = True
            self.set_timer(wait, self._again)

    def _again(self) -> None:
        self.later = False
        self.refresh_data()

    async def _read(self) -> None:
        """Begin to read the sheet of the present span; back when its first part is shown, so that keys go on."""
        if self.span is None:
            return
        self.read_as_of = self._as_of()
        first = asyncio.Event()
        task = asyncio.create_task(survived(self.desk_app, self._grow(self.span, self.logged, first)))
        self.reading.add(task)
        task.add_done_callback(self.reading.discard)
        waits = asyncio.create_task(first.wait())
        await asyncio.wait((task, waits), return_when=asyncio.FIRST_COMPLETED)
        waits.cancel()

    async def _grow(self, span: reports.Period, logged: bool, first: asyncio.Event) -> None:
        """Show the sheet of a span as it grows, unless another is wanted by then."""
        wanted, begun, loop, desk = (span, logged), monotonic(), asyncio.get_running_loop(), self.desk_app.desk
        if self.shown is None:
            self.query_one("#sheet", Static).update(plain(_("Reading ...")))
        if self.shown != wanted:
            self.document, self.steps = None, []

        def show(part: Document) -> None:
            if self.document is None and self._is_wanted(wanted):
                self._put(part, wanted)
            first.set()

        def read() -> Document | None:
            part = None
            for part in (worklog.growing if logged else reports.growing)(desk, span):
                if not self._is_wanted(wanted):
                    return None
                loop.call_soon_threadsafe(show, part)
            return part

        try:
            document = await asyncio.to_thread(read)
        except Problem as problem:
            self.read_as_of, self.steps = NEVER, []
            self.tell(problem)
            if self._is_wanted(wanted) and not self.later:
                self.later = True
                self.set_timer(AGAIN, self._again)
            return
        if document is not None and self._is_wanted(wanted) and begun >= self.begun:
            # A reading that began before the one that is shown says less.
            self.begun = begun
            self.read_at = monotonic()
            self.cost = self.read_at - begun
            self._put(document, wanted)
            self.document = document
            steps, self.steps = self.steps, []
            for by in steps:
                self._choose(by)

    def _is_wanted(self, wanted: tuple[reports.Period, bool]) -> bool:
        """Whether a sheet is still the one to show, in a room that is still there."""
        return self.is_here and wanted == (self.span, self.logged)

    async def _soon(self) -> bool:
        """Whether the present sheet is whole, now or within a moment, so that quick keys keep their order."""
        if self.document is None and self.reading and not self.steps:
            await asyncio.wait(set(self.reading), timeout=MOMENT)
        return self.document is not None

    async def _whole(self) -> Document | None:
        """The present sheet, once all of it is read."""
        while self.reading:
            await asyncio.gather(*self.reading)
        return self.document

    def _put(self, document: Document, wanted: tuple[reports.Period, bool]) -> None:
        """Show a sheet or the part of it that is read; what was chosen stays so, also in a part where it is not yet."""
        self.shown, self.lines = wanted, sheet_lines(document)
        names = [line.name for line in self.lines]
        self.line = names.index(self.chosen) if self.chosen and self.chosen in names else -1
        self._paint()

    def _paint(self) -> None:
        """The sheet, with the line whose records Enter shows."""
        shown = [
            line.content.stylize("reverse") if place == self.line else line.content
            for place, line in enumerate(self.lines)
        ]
        self.query_one("#sheet", Static).update(Content("\n").join(shown))

    def _ahead(self, by: int) -> list[int]:
        """The lines with records behind their numbers that come after the chosen one, or before it."""
        places = [place for place, line in enumerate(self.lines) if line.opens]
        return [place for place in places if (place > self.line if by > 0 else place < self.line)]

    async def action_choose(self, by: int) -> None:
        """The next line with records behind its numbers; where there is none the sheet is rolled on.

        What is not read yet is gone to once it is: no key waits for a sheet, but for a moment.
        """
        if self._ahead(by) or await self._soon():
            self._choose(by)
        else:
            self.steps.append(by)

    def _choose(self, by: int) -> None:
        scroll, ahead = self.query_one("#scroll", VerticalScroll), self._ahead(by)
        if not ahead:
            scroll.scroll_relative(y=by, animate=False)
            return
        self.line = ahead[0] if by > 0 else ahead[-1]
        self.chosen = self.lines[self.line].name
        self._paint()
        scroll.scroll_to_region(Region(0, self.line, 1, 1), animate=False, spacing=Spacing(1, 0, 1, 0))

    def action_behind(self) -> None:
        """The records behind the numbers of the chosen line."""
        if self.steps:
            self.say(_("The sheet is still being read: Enter again once the line is there."))
            return
        if not 0 <= self.line < len(self.lines):
            self.hint(_("Choose a line with ↓ first: Enter shows the records behind it."))
            return
        line = self.lines[self.line]
        self.app.push_screen(BehindDialog(str(line.row[0]), line.headings, line.row))

    async def action_pdf(self) -> None:
        """Save the sheet as PDF."""
        await self._save("pdf", lambda document, file: put_document(self.desk_app.desk, document, file))

    async def action_xlsx(self) -> None:
        """Save the sheet as a spreadsheet."""

        def write(document: Document, file: Path) -> str:
            sheets.write_tables(file, document.tables)
            return _("Saved: {file}.", file=file)

        await self._save("xlsx", write)

    async def _save(self, ending: str, write: Callable[[Document, Path], str]) -> None:
        """Ask for a file and write the sheet into it; of one that is still read, once it is whole."""
        await self._soon()
        if self.document is not None:
            self._ask(self.document, ending, write)
            return
        self.say(_("The sheet is still being read; the file is asked for when all of it is there."))
        self.desk_app.in_background(self._save_later((self.span, self.logged), ending, write))

    async def _save_later(
        self, wanted: tuple[reports.Period | None, bool], ending: str, write: Callable[[Document, Path], str]
    ) -> None:
        if not self.reading:
            await self._read()
        document = await self._whole()
        # Whoever has gone on to something else is not interrupted.
        if document is not None and self.is_active and wanted == (self.span, self.logged):
            self._ask(document, ending, write)

    def _ask(self, document: Document, ending: str, write: Callable[[Document, Path], str]) -> None:
        span = self.span
        if span is None:
            return
        name = Path.home() / f"{'log' if self.logged else span.kind}-{span.first}.{ending}"
        fields = [Field("file", N_("File"), default=str(name), longest=200)]

        async def save(dialog: FormDialog, values: dict[str, str], _request: str) -> object:
            return await dialog.guarded(lambda: write(document, Path(values["file"]).expanduser()), dialog.form)

        self.app.push_screen(FormDialog(document.title, fields, save), lambda said: self.say(said) if said else None)

    def action_file(self) -> None:
        """Sum the week up and file it."""
        span = self.span
        if span is None:
            return
        first = span.first
        if span.kind in CLOSES:
            verb, close = CLOSES[span.kind]
            record = reports.closed_record(span.kind, first)
            if self._is_free(lambda view: reports.why_not_close(view, span.kind, first)):
                title = _("Read, sign and close {record}", record=record)
                self._sign(title, [OPINION], record, lambda act, said: close(act, day=first, **said), verb)
            return
        if span.kind != "week":
            self.hint(_("A week is filed, a month or a year is read and signed: w, m or y shows one."))
            return
        record = reports.week_record(first)
        if not self._is_free(lambda view: reports.why_not_file_week(view, first)):
            return
        title, fields = _("Sum up and file the week {record}", record=record), [Field("summary", N_("Summary"), "long")]
        self._sign(title, fields, record, lambda act, said: reports.file_week(act, day=first, **said), "")

    def _is_free(self, why_not: Callable[[View], Refused | None]) -> bool:
        """Whether it may be done now; says why not before anything is typed."""
        with self.desk_app.desk.look() as view:
            refused = why_not(view)
        if refused is not None:
            self.tell(refused)
        return refused is None

    def action_copy(self) -> None:
        """The copy of the month goes to the company."""
        span = self.span
        if span is not None and span.kind == "month":
            title = _("Send the copy of {record} to the company", record=reports.month_record(span.first))
            first = span.first
            if not self._is_free(lambda view: reports.why_not_send_copy(view, first)):
                return
            self._sign(title, [], "", lambda act, _said: reports.send_copy(act, day=first), "reports.send_copy")
        else:
            self.hint(_("The copy is that of a month: m shows one."))

    def _sign(
        self, title: str, fields: list[Field], record: str, work: Callable[[Act, dict[str, str]], str], verb: str
    ) -> None:
        """A dialog about the present sheet; where the operator may not, somebody who may signs it here."""
        who, span = self.desk_app.who, self.span
        own = not verb or (who is not None and may(who.roles, verb))

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            said = {field.name: values[field.name] for field in fields}
            return await dialog.act(lambda act: work(act, said), form=dialog.form, request=request)

        def done(name: object) -> None:
            if name:
                self.say(_("{record} is filed.", record=name))
                self.desk_app.in_background(self._read())

        dialog = FormDialog(
            title,
            fields,
            save,
            about=span.name if span is not None else "",
            whose="" if own else N_("of the project supervisor"),
            draft=draft_name("reports", record, [field.name for field in fields]) if fields else "",
        )
        self.app.push_screen(dialog, done)
