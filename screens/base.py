"""What every room shares: the foot of the page, a form in a dialog, something to read."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from data.problems import Problem
from data.words import N_, _
from desk.ground.fields import Field
from desk.systems import ROOMS
from screens import standing
from screens.drafting import Draft
from screens.text import plain
from screens.translated import Done, Translated
from screens.widgets.bars import AlarmLine, KeyBar, StatusLine
from screens.widgets.foot import LONG, FormFoot
from screens.widgets.form import LEAST_LONG, Form
from screens.widgets.notice import NoticeLine

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from desk.act import Act


# Seconds that the keys rest before what follows them is read: the record beside a list, the lines of a search.
RESTS = 0.05
# Seconds that the keys rest in a form before what stands beside it is read again.
READS = 0.4
# Keys of the house that do nothing while a form is open.
AWAY = frozenset((*(room.key for room in ROOMS.values() if room.key), "ctrl+g", "ctrl+o", "ctrl+p"))
# Lines of a dialog besides what is read in it: frame, message, keys.
FRAME = 4
# When a room was read that was not.
NEVER = (-1, -1)


class Room(Translated):
    """A screen of the house: a body, the status line and the keys."""

    TITLE_TEXT = ""
    HELP_TEXT = ""
    CSS_PATH = "room.tcss"
    told_gone = False
    read_as_of = NEVER
    # Whether it is read again also when something other than an act changed the store.
    watches_store = False

    def __init__(self) -> None:
        super().__init__()
        self._resting: dict[str, Timer] = {}
        self.status = StatusLine(lambda: standing.status(self.desk_app, _(self.TITLE_TEXT)))
        self.alarm = AlarmLine(self.alarm_text)

    def alarm_text(self) -> str:
        """What the first row says of an emergency that nobody has heard of."""
        return standing.alarm(self.desk_app)

    def compose(self) -> ComposeResult:
        yield self.alarm
        with Vertical(id="body"):
            yield from self.body()
        yield NoticeLine(self.desk_app.notices)
        yield KeyBar()
        yield self.status

    def on_screen_suspend(self) -> None:
        """Below a dialog the room's keys do nothing and the dialog tells the messages, so neither is shown."""
        self.desk_app.hover("")
        for bar in self.query("KeyBar, NoticeLine"):
            bar.refresh()

    def on_screen_resume(self) -> None:
        """Whoever comes back sees what changed meanwhile; where nothing did, nothing is read again."""
        for bar in self.query("KeyBar, NoticeLine"):
            bar.refresh()
        for line in self.query(NoticeLine):
            line.update()
        self._say_status()
        self.reload_if_new()

    def second(self) -> None:
        """A second went by while this is the room that one sees."""
        self._say_status()

    def _say_status(self) -> None:
        if self.status.is_attached:
            self.status.update()
            self.alarm.update()

    def when_keys_rest(self, work: Callable[[], None]) -> None:
        """Do something once the keys rest: it follows the last one and never delays one."""
        if RESTS == 0:
            work()
            return
        if (timer := self._resting.pop(work.__name__, None)) is not None:
            timer.stop()
        self._resting[work.__name__] = self.set_timer(RESTS, lambda: self._rested(work))

    def _rested(self, work: Callable[[], None]) -> None:
        self._resting.pop(work.__name__, None)
        if self.desk_app.who is not None:
            work()

    def rest_now(self, work: Callable[[], None]) -> None:
        """Do now what waits for the keys to rest, if it does: the next key is about it."""
        if (timer := self._resting.get(work.__name__)) is not None:
            timer.stop()
            self._rested(work)

    def reload_if_new(self) -> None:
        """Read again what is shown, unless nothing was written since it was read."""
        if self.desk_app.who is not None and self.is_mounted and self._as_of() != self.read_as_of:
            self.reload()

    def _as_of(self) -> tuple[int, int]:
        """What the store was when it was read, and in which minute: what stands on a screen holds for both."""
        desk = self.desk_app.desk
        return desk.store.data_version(), int(desk.now().timestamp()) // 60

    def body(self) -> ComposeResult:
        """The room's own widgets."""
        yield Static()

    def leave(self) -> None:
        """Another room, or this one anew, is gone to: what filled the room for a while ends."""

    def no_answer(self, problem: Problem) -> None:
        """The store gives no answer any more; said once, for it is asked twice a second."""
        if not self.told_gone:
            self.told_gone = True
            self.tell(problem)

    def refresh_data(self) -> None:
        """Read again what is shown; called through `reload`, when something changed at any desk."""

    def show_made(self) -> None:
        """Choose what was just made at this desk, in a room that is a register of it."""

    @property
    def is_here(self) -> bool:
        """Whether the room is there, and still."""
        return self.is_mounted and self.is_running and self.is_attached

    def reload(self) -> None:
        """Read again what is shown, unless the room is not there yet or any more, or nobody is signed in any more."""
        if self.desk_app.who is not None and self.is_here:
            self.read_as_of = self._as_of()
            try:
                self.refresh_data()
            except Exception:
                # What could not be read is asked for again.
                self.read_as_of = NEVER
                raise

    async def act(self, work: "Callable[[Act], Done]", *, form: Any = None, request: str = "") -> "Done | None":
        """Run one act and show at once what it changed: the next key is meant for that."""
        done = await super().act(work, form=form, request=request)
        if done is not None:
            self.reload()
        return done

    async def refresh_language(self) -> None:
        await super().refresh_language()
        self.reload()


class FormDialog(Translated, ModalScreen[Any]):
    """A form in a dialog; it closes when the act behind it was done, and loses nothing when it was refused.

    Args:
        title: shown above.
        about: number, room and what of the record that the answer is about, shown below the title.
        fields: the form.
        save: awaited with (dialog, values, request id); returns what the dialog closes with, None to stay.
        draft: the name under which what is typed is kept, "" where nothing need be.
        beside: from the form's values to what is known, shown beside it.
        whose: msgid that says whose code is wanted, when somebody else than the operator signs it; their code and
            secret are asked for here, leaving nobody signed out. A role that may not do it alone is asked the same way.
    """

    BINDINGS = [
        Binding("escape", "leave", N_("Back"), tooltip=N_("Leave without saving")),
        Binding("f12", "app.language", N_("中文/English"), show=False),
    ]
    DEFAULT_CSS = """
    FormDialog { align: center middle; background: $background; }
    FormDialog > #dialog { width: 72; max-width: 96%; height: auto; max-height: 100%; background: $background;
        border: round $line; padding: 0 1; }
    FormDialog #title { text-style: bold; padding: 0 1; }
    FormDialog #about { color: $accent; padding: 0 1; max-height: 5; }
    FormDialog #middle { margin-top: 1; height: auto; }
    FormDialog Form { height: auto; max-height: 20; }
    FormDialog #aside { display: none; }
    FormDialog.beside > #dialog { width: 124; }
    FormDialog.beside Form { width: 1fr; max-height: 34; }
    FormDialog.beside #middle { height: auto; layout: horizontal; }
    FormDialog.beside #aside { display: block; width: 44; height: auto; max-height: 28; padding: 0 1;
        border-left: solid $line; }
    FormDialog.below > #dialog { height: 96%; max-height: 96%; }
    FormDialog.below #middle { margin-top: 0; }
    FormDialog.below #middle { height: 1fr; }
    FormDialog.below #aside { display: block; height: auto; max-height: 5; padding: 0 1; border-top: solid $line; }
    FormDialog.below Form { height: 1fr; max-height: 100%; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        save: "Callable[[FormDialog, dict[str, str], str], Awaitable[Any]]",
        values: dict[str, str] | None = None,
        draft: str = "",
        beside: "Callable[[dict[str, str]], list[Content]] | None" = None,
        about: str = "",
        whose: str = "",
    ) -> None:
        super().__init__()
        self.about, self.signing = about, bool(whose)
        self.signature: tuple[str, str] | None = None
        self.heading, self.save_with, self.name_of_draft, self.beside = title, save, draft, beside
        self.form = Form([*fields, *self._signature_fields(whose)], values)
        self.draft = Draft(self, self.draft_name, self.form.kept)
        self.request = uuid.uuid4().hex
        self.saving = False
        self._reading: Timer | None = None

    def _signature_fields(self, whose: str) -> list[Field]:
        def signing(_values: dict[str, str]) -> bool:
            return self.signing

        return [
            Field("code", N_("Code"), hint=whose or N_("of whoever may sign it"), private=True, asked=signing),
            Field("secret", N_("Secret"), "secret", private=True, asked=signing),
        ]

    def on_key(self, event: events.Key) -> None:
        """A key that leads elsewhere leads nowhere while a form is open: it says so, for a code may follow it."""
        if event.key in AWAY:
            self.hint(_("Esc leaves this form first; what is typed is kept."))

    def acting(self, request: str) -> "AbstractContextManager[Act]":
        if self.signature is None:
            return super().acting(request)
        from desk import operators

        return operators.signed_by(self.desk_app.desk, *self.signature, request)

    def refused(self, problem: Problem, form: Any) -> None:
        """What the operator's role may not do alone is asked for here: somebody signs it with their own code."""
        from desk.ground.refusals import NotAllowed

        if isinstance(problem, NotAllowed) and form is self.form:
            self.signing = True
            self.form.ask()
            self.form.wrong("code", str(problem))
            return
        super().refused(problem, form)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(plain(self.heading), id="title")
            if self.about:
                yield Static(plain(self.about), id="about")
            with Vertical(id="middle"):
                yield self.form
                with VerticalScroll(id="aside", can_focus=False):
                    yield Static(id="known")
            if self.form.expects or len(self.form.fields) > LONG:
                yield FormFoot(self.form)
            yield NoticeLine(self.desk_app.notices)
            yield KeyBar()

    def on_mount(self) -> None:
        self.desk_app.hush()
        if not (self.form.is_running and self.form.stands):
            # The program ended while the form was opening.
            return
        self.form.focus_first()
        self.bring_draft_back()
        self.refresh_aside()

    def bring_draft_back(self) -> None:
        """What was typed into this form and never saved stands in it again."""
        kept = kept_draft(self, self.draft_name())
        if kept:
            self.form.put_kept(kept)
            self.say(_("Your draft is back; Ctrl+B empties the form."))

    def draft_name(self) -> str:
        """The name under which a draft of this form is kept; "" keeps none."""
        return self.name_of_draft

    def aside(self) -> list[Content]:
        """What is known beside the form; nothing unless a dialog has something to say."""
        return self.beside(self.form.values()) if self.beside else []

    def refresh_aside(self) -> None:
        """Show what is known beside a wide form, below a narrow one."""
        parts = self.aside()
        wide = self.app.size.width >= 110
        # Frame, title, record, a margin, two lines of a message, the foot and the keys always fit.
        room = self.app.size.height - 10
        self.form.styles.max_height = max(4, min(34 if wide else 20, room))
        # A prompt opens its list, and messages may stand below two fields.
        finding = sum(field.kind == "find" for field in self.form.fields)
        self.form.spread(room - len(self.form.asked()) - LEAST_LONG - 3 - 8 * bool(finding))
        if not wide:
            # What a short form leaves free is for what is known.
            free = self.app.size.height - 10 - len(self.form.asked())
            self.query_one("#aside").styles.max_height = max(5, free)
        self.set_class(bool(parts) and wide, "beside")
        self.set_class(bool(parts) and not wide, "below")
        self.query_one("#known", Static).update(Content("\n").join(parts))

    def on_resize(self) -> None:
        # The last word of a dialog that ends may be its size: by then its fields may be gone.
        if self.form.stands and self.query("#known"):
            self.refresh_aside()

    def on_form_edited(self, event: Form.Edited) -> None:
        self.edited(event.name)
        self.refresh_aside()

    def key_pagedown(self) -> None:
        """What stands beside the form rolls, where it has no room."""
        self.query_one("#aside", VerticalScroll).scroll_page_down(animate=False)

    def key_pageup(self) -> None:
        self.query_one("#aside", VerticalScroll).scroll_page_up(animate=False)

    def edited(self, name: str) -> None:
        """A choice or a found person changed; a dialog may fill other fields in."""

    def on_form_typed(self) -> None:
        self.draft.touch()
        if self.beside is not None:
            # What is typed is read as it stands once the keys rest, not only when its field is left.
            if self._reading is not None:
                self._reading.stop()
            self._reading = self.set_timer(READS, self.refresh_aside)

    def on_form_empty(self) -> None:
        ask_to_empty(self, self.form, self.emptied)

    def emptied(self) -> None:
        """The form is empty now."""
        self.form.focus_first()
        self.draft.touch()
        self.refresh_aside()

    def on_form_brought_back(self) -> None:
        self.refresh_aside()

    async def on_form_save(self) -> None:
        if self.saving:
            return
        self.saving = True
        values = self.form.values()
        code, secret = values.pop("code"), values.pop("secret")
        self.signature = (code, secret) if self.signing else None
        try:
            result = await self.save_with(self, values, self.request)
        finally:
            self.saving, self.signature = False, None
        if result is not None:
            await self.draft.forget()
            self.dismiss(result)

    def action_leave(self) -> None:
        """Close without saving; what is typed is kept as a draft."""
        self.draft.keep_now()
        self.dismiss(None)


def ask_yes(screen: Translated, question: str, then: Callable[[], None]) -> None:
    """Ask a question that Enter answers with yes and Escape with no."""

    async def save(_dialog: FormDialog, _values: dict[str, str], _request: str) -> object:
        return True

    screen.app.push_screen(FormDialog(question, [], save), lambda yes: then() if yes else None)


def ask_to_empty(screen: Translated, form: Form, then: Callable[[], None]) -> None:
    """Empty a form, after a question when there is more than a line in it; Ctrl+Z brings back what it said."""

    def empty() -> None:
        if form.clear():
            screen.say(_("Emptied; Ctrl+Z brings it back."))
        then()

    lines = form.lines_typed()
    if lines > 1:
        ask_yes(screen, _("Empty the form? {count} lines were typed.", count=lines), empty)
    else:
        empty()


def kept_draft(screen: Translated, name: str) -> dict[str, str]:
    """The draft that the operator at the desk left under a name, or nothing."""
    from desk import drafts

    app, who = screen.desk_app, screen.desk_app.who
    if who is None or not name:
        return {}
    leaving = app.leaving.get((who.code, name))
    return leaving if leaving is not None else drafts.load(app.desk.store, who.code, name)


class TextDialog(Translated, ModalScreen[None]):
    """Something to read; any of Escape, Enter and q closes it."""

    BINDINGS = [Binding("escape,enter,q", "dismiss(None)", N_("Back"))]
    DEFAULT_CSS = """
    TextDialog { align: center middle; background: $background; }
    TextDialog > Vertical { width: 84; max-width: 96%; height: auto; max-height: 100%; background: $background;
        border: round $line; padding: 0 1; }
    TextDialog VerticalScroll { height: auto; }
    """

    def __init__(self, parts: Sequence[Any]) -> None:
        super().__init__()
        self.parts = parts

    def on_key(self, event: events.Key) -> None:
        """The keys of other rooms close it and go on."""
        if event.key in AWAY:
            event.stop()
            self.dismiss(None)
            self.desk_app.press_again(event.key, event.character)

    def compose(self) -> ComposeResult:
        with Vertical():
            with VerticalScroll():
                # Lines that follow each other are one widget: laying out forty costs more than the whole dialog.
                for is_widget, parts in groupby(self.parts, lambda part: isinstance(part, Widget)):
                    if is_widget:
                        yield from parts
                    else:
                        yield Static(Content("\n").join(parts))
            yield NoticeLine(self.desk_app.notices)
            yield KeyBar()

    def on_mount(self) -> None:
        self.on_resize()

    def on_resize(self) -> None:
        """What does not fit is rolled; the messages and the keys below it stay in sight."""
        lines = FRAME + 2 * bool(self.desk_app.notices.tour)
        for scroll in self.query(VerticalScroll):
            scroll.styles.max_height = max(3, self.app.size.height - lines)
