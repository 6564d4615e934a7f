"""Register and record: a list on the left, the record on the right, the acts allowed now on keys."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from data.words import N_, _
from desk.act import Desk
from desk.ground import roles
from desk.systems import ROOMS, SYSTEMS, may
from screens.base import FormDialog, Room
from screens.drafting import draft_name
from screens.first import NOTHING, First, FirstLine, first_promise
from screens.records import record_parts
from screens.text import plain
from screens.widgets.box import Box
from screens.widgets.lines import Cells, Column, LineList
from screens.widgets.page import Page

PAGE = 200
NOT_FOUND = N_("Nothing of that was found: Esc shows everything again.")
SEARCH = Binding("slash", "search", N_("Search"), tooltip=N_("Number, room, name, word, state, department, grade, age"))

ALL = Binding("escape", "all", N_("All"), show=False, tooltip=N_("Show everything again"))
LOOK = (SEARCH, ALL)
# Of a list that is read whole.
LOOK_IN_LINES = (Binding("slash", "search", N_("Search"), tooltip=N_("Whatever stands in a line")), ALL)
LOOKS_FOR = N_("number, room, name, word, state, department, grade, >3 days; every word narrows")
IN_LINES = N_("whatever stands in a line; every word narrows")


class Register(Room):
    """A system's register; a subclass says its columns, its page and its acts."""

    SYSTEM = ""
    COLUMNS: tuple[Column, ...] = ()
    EMPTY = N_("Nothing here yet.")
    # Before the key of a line that only tells, and is no record; "" where every line is one.
    TOLD = ""
    # What the search box says that it looks for; a register without it cannot be searched.
    SEARCHES = ""
    BINDINGS = [ALL]
    DEFAULT_CSS = """
    Register LineList { width: 5fr; }
    Register.narrow .record { display: none; }
    Register #body { layers: room page; }
    Register .page { layer: page; width: 100%; height: 100%; display: none; background: $background; padding: 0 1; }
    Register #words { border: none; height: 1; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.words, self.leisurely, self.shown = "", False, ""
        self.opened = False

    def body(self) -> ComposeResult:
        yield FirstLine()
        if self.SEARCHES:
            yield Box(placeholder=_(self.SEARCHES), id="words", max_length=60)
        self.rows: dict[Hashable, Cells] = {}
        self.more = True
        self.lines = LineList(self.COLUMNS, lambda keys: {key: self.rows[key] for key in keys}, empty=self.EMPTY)
        self.record = Page(classes="record", more=N_("▼ {count} more lines · Enter"))
        with Horizontal(classes="pane"):
            yield self.lines
            yield self.record
        # Over the list and not instead of it: what lies below keeps its lines and its place.
        self.full = Page(classes="page")
        yield self.full

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        """A page of (number, cells), newest first, of numbers below `before`.

        A list that is read whole says its `whole` instead: a search shows the lines in which every word stands.
        """
        return [] if before else [line for line in self.whole(desk) if has_words(self.words, line[1])]

    def whole(self, desk: Desk) -> list[tuple[str, Cells]]:
        """Every (number, cells) of a list that has one page only."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.begins_at().focus()

    def begins_at(self) -> Widget:
        """What the first key in the room is for."""
        return self.lines

    def on_screen_resume(self) -> None:
        self.show_made()

    @property
    def system(self) -> str:
        """The system of the chosen record; a list of several systems' records says it by the line."""
        return self.SYSTEM

    @property
    def makes(self) -> tuple[str, ...]:
        """The systems whose new records this room chooses."""
        return (self.system,)

    def show_made(self) -> None:
        for system in self.makes:
            made = self.desk_app.made.pop(system, "")
            if made and self.is_mounted:
                self.show(made)

    def on_resize(self) -> None:
        self.set_class(self.size.width < 100, "narrow")

    def show(self, number: str) -> None:
        """Choose a record that was just made, whatever was filtered or chosen before."""
        self.show_all()
        self._load(number)

    def show_all(self) -> None:
        """Take the search away; a register with filters of its own takes them away, too."""
        self.words = ""
        if self.SEARCHES:
            box = self.query_one("#words", Input)
            with self.prevent(Input.Changed):
                box.value = ""
            box.display = False

    def action_search(self) -> None:
        """Type what is looked for, in the list."""
        self.leave()
        box = self.query_one("#words", Input)
        box.value = ""
        box.display = True
        box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "words":
            self.when_keys_rest(self._look_for)

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """The next key is for the list, so what was typed is looked for before it."""
        if event.input.id == "words":
            self.rest_now(self._look_for)

    def _look_for(self) -> None:
        """Show what the words of the search box are found in."""
        self.words = self.query_one("#words", Input).value.strip()
        self.list_anew()

    def list_anew(self) -> None:
        """Another list was asked for: its first line is chosen where the chosen record is not in it."""
        self.leave()
        self.lines.start_over()
        self.refresh_data()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "words":
            self.lines.focus()

    def on_first_line_pressed(self) -> None:
        """A click on what comes first goes there."""
        record = self.first_to_do(self.desk_app.desk).record
        if record:
            self.show(record)

    @property
    def reading(self) -> bool:
        """Whether the chosen record fills the room."""
        return self.full.display

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys in force; while a record fills the room, the foot says how one gets back."""
        found = super().active_bindings
        if self.reading:
            for key in found.keys() & {"escape", "enter"}:
                back = replace(found[key].binding, description=_("Back"), show=key == "escape")
                found[key] = found[key]._replace(binding=back)
        return found

    def read(self) -> None:
        """Let the chosen record fill the room: its next steps stay on their keys, Esc leads back to the list."""
        self.rest_now(self._show)
        self._show_whole()
        self.full.display = True
        # The next key rolls it, so it waits until the page has its place.
        self.full.call_after_refresh(self.full.scroll_home, animate=False)
        self.lines.page = self.full
        self.refresh_bindings()

    def _show_whole(self) -> None:
        self.full.show(*record_parts(self.desk_app.desk, self.system, self.chosen))

    def leave(self) -> None:
        if self.reading:
            self.full.display, self.lines.page = False, None
            self.refresh_bindings()

    def action_all(self) -> None:
        """Back from a record to the list; in the list, show every record again."""
        if self.reading:
            self.leave()
            return
        self.show_all()
        self.lines.focus()
        self.list_anew()

    def reload_if_new(self) -> None:
        """What others did is seen in the list first; the record beside it follows, as it does an arrow."""
        self.at_leisure(super().reload_if_new)

    def at_leisure(self, load: Callable[[], None]) -> None:
        """Read the list now, and the record beside it once the keys rest."""
        self.leisurely = True
        try:
            load()
        finally:
            self.leisurely = False

    def refresh_data(self) -> None:
        self._load()

    def first_to_do(self, desk: Desk) -> First:
        """What whoever is at the desk does first among this room's records; a list beside the register says nothing."""
        rooms = SYSTEMS[self.SYSTEM].rooms if self.SYSTEM in SYSTEMS else ()
        is_register = bool(rooms) and rooms[0].screen.endswith(f":{type(self).__name__}")
        return first_promise(desk, (self.SYSTEM,)) if is_register else NOTHING

    def _load(self, choose: str = "") -> None:
        as_of = self._as_of()
        first = self.first_to_do(self.desk_app.desk)
        if first.said is None and self.is_home:
            first = First(Content.styled(_("Nothing waits for you here."), "$foreground-muted"), due=False)
        self.query_one(FirstLine).show(first)
        # The first key of whoever sits down is for what comes first.
        first_of_all = first.record if not self.opened and not choose and self.is_home else ""
        self.opened = True
        choose = choose or first_of_all
        wanted, least = choose or self.chosen, max(PAGE, len(self.rows))
        self.rows = {}
        self.more = True
        # A page more than before: others may have made records above the chosen one.
        while self.more and (len(self.rows) < least or (wanted not in self.rows and len(self.rows) < least + PAGE)):
            self._next_page()
        self.lines.empty = NOT_FOUND if self.words else self.EMPTY
        if first_of_all and choose not in self.rows:
            choose = ""
        self.lines.load(list(self.rows), choose or None)
        self.read_as_of = as_of
        if self.leisurely:
            if not self.chosen:
                # It is in this list no longer: what filled the room never becomes another record by itself.
                self.leave()
            self.when_keys_rest(self._show)
        else:
            self._show()

    @property
    def is_home(self) -> bool:
        """Whether whoever is at the desk begins here."""
        who = self.desk_app.who
        return who is not None and ROOMS[roles.home(who.roles)].screen.endswith(f":{type(self).__name__}")

    def _next_page(self) -> None:
        before = str(next(reversed(self.rows))) if self.rows else ""
        page = self.page(self.desk_app.desk, before)
        self.more = len(page) == PAGE
        self.rows.update(page)

    @property
    def chosen(self) -> str:
        """The number under the cursor; "" for none, and for a line that only tells."""
        key = str(self.lines.chosen or "")
        return "" if self.TOLD and key.startswith(self.TOLD) else key

    def on_line_list_moved(self) -> None:
        self.moved()

    def moved(self) -> None:
        """Another line is chosen: show its record, and read more lines near the end of what is there."""
        if self.more and self.lines.cursor > len(self.rows) - 20:
            self._next_page()
            self.lines.load([*self.rows])
        self.when_keys_rest(self._show)

    def _show(self) -> None:
        """Show the chosen record beside the list."""
        if self.chosen != self.shown:
            self.record.scroll_home(animate=False)
        self.shown = self.chosen
        if self.chosen:
            self.record.show(*record_parts(self.desk_app.desk, self.system, self.chosen, whole=False))
            if self.reading:
                self._show_whole()
        else:
            self.leave()
            self.record.show(plain(_("Choose a line to see the record.")))

    def on_line_list_opened(self) -> None:
        """Enter opens a record, and closes it."""
        if self.reading:
            self.leave()
        elif self.chosen:
            self.open_chosen()

    def open_chosen(self) -> None:
        """Show the chosen record over the whole room."""
        self.read()

    def may(self, verb: str) -> bool:
        """Whether the operator at the desk may do this; the procedure itself asks again."""
        return self.desk_app.who is not None and may(self.desk_app.who.roles, verb)

    def about(self, number: str) -> str:
        """A record in words, for the question about it: number, room and what."""
        return number

    def ask(
        self,
        title: str,
        fields: list[Any],
        work: Any,
        *,
        beside: Any = None,
        said: str | Callable[[], str] = "",
        more: str = "",
        whose: str = "",
        new: bool = False,
    ) -> None:
        """A dialog about the chosen record whose form becomes one act: `work(act, values)`.

        Args:
            fields: none to ask for nothing but a yes.
            beside: what is known, shown beside the form.
            said: what is said once it is done, or what makes it of what was made.
            more: what else the question has to say.
            whose: msgid that says whose code is wanted, where another person signs it at this desk.
            new: whether it makes something new, and so is about none of the records here.
        """
        number = "" if new else self.chosen
        typed = [field.name for field in fields if not field.private]

        async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
            return await dialog.act(lambda act: work(act, values) or True, form=dialog.form, request=request)

        def done(result: Any) -> None:
            if result:
                words = said() if callable(said) else said
                if words:
                    self.say(words)
                # That it is done is seen first, then the list, then the record beside it.
                self.at_leisure(self.reload)
                if not new:
                    self.lines.go_on()

        about = "\n".join(filter(None, (more, "" if new else self.about(number))))
        dialog = FormDialog(
            title,
            fields,
            save,
            beside=beside,
            about=about,
            whose=whose,
            draft=draft_name(self.system, number, typed) if typed else "",
        )
        self.app.push_screen(dialog, done)

    def ask_signed(
        self, title: str, fields: list[Any], work: Any, *, own: bool, whose: str, said: str = "", new: bool = False
    ) -> None:
        """A dialog that another person signs, unless the operator at the desk may.

        Args:
            own: whether the operator at the desk may sign; then no code is asked.
            whose: msgid that says whose code is wanted.
        """
        self.ask(title, fields, work, said=said, new=new, whose="" if own else whose)


def has_words(words: str, *lines: Cells) -> bool:
    """Whether every word stands somewhere in the cells, however it is written."""
    said = " ".join(str(cell) for cells in lines for cell in cells).casefold()
    return all(word in said for word in words.casefold().split())
