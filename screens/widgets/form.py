"""One form for every system: fields with their messages below them, and a draft that survives the terminal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from data.words import N_, _
from screens.text import plain
from screens.widgets.choice import Choice
from screens.widgets.finder import Finder

DRAFT_AFTER = 0.5


@dataclass(frozen=True)
class Field:
    """One field: its name in the procedure, msgid of its label, its kind, and when it is asked at all.

    kind: "text", "long" (several lines), "secret", "choice" or "find".
    private: never part of a draft (ID numbers, secrets).
    stranger: whether a "find" field may keep a name that was not found.
    """

    name: str
    label: str
    kind: str = "text"
    options: Callable[[], Sequence[tuple[str, str]]] = tuple
    find: Callable[[str], Sequence[tuple[object, str]]] = lambda _text: ()
    hint: str = ""
    default: str = ""
    private: bool = False
    longest: int = 2000
    stranger: bool = False
    asked: Callable[[dict[str, str]], bool] = lambda _values: True


class Form(VerticalScroll, can_focus=False):
    """The fields, top to bottom; Enter goes on, F9 saves."""

    BINDINGS = [
        Binding("f9,ctrl+s", "save", N_("Save"), tooltip=N_("Save what the form says")),
    ]
    DEFAULT_CSS = """
    Form { height: 1fr; padding: 0 1; }
    Form .row { height: auto; layout: horizontal; margin-bottom: 0; }
    Form .label { width: 14; color: $foreground-muted; }
    Form .box { width: 1fr; height: auto; }
    Form Input { border: none; height: 1; padding: 0 1; background: $surface; }
    Form Input:focus { border: none; background: $panel; }
    Form TextArea { border: none; height: 4; padding: 0 1; background: $surface; }
    Form TextArea:focus { border: none; background: $panel; }
    Form .wrong { color: $error; height: auto; display: none; padding: 0 1; }
    """

    class Save(Message):
        """F9, or Enter on the last field."""

    class Typed(Message):
        """Nothing was typed for half a second after the last change."""

    class Edited(Message):
        """A choice or a found person changed."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, fields: Sequence[Field], values: dict[str, str] | None = None) -> None:
        super().__init__()
        self.fields = list(fields)
        self.start = dict(values or {})
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        for field in self.fields:
            with Widget(classes="row", id=f"row-{field.name}"):
                yield Static(plain(_(field.label)), classes="label")
                with Vertical(classes="box"):
                    yield self._widget(field)
                    yield Static(classes="wrong", id=f"wrong-{field.name}")

    def _widget(self, field: Field) -> Widget:
        value = self.start.get(field.name, field.default)
        name = f"field-{field.name}"
        if field.kind == "choice":
            return Choice(field.options(), value, id=name)
        if field.kind == "find":
            finder = Finder(field.find, field.hint, stranger=field.stranger, id=name)
            finder.typed = value
            return finder
        if field.kind == "long":
            return TextArea(value, id=name, tab_behavior="focus")
        hint = _(field.hint) if field.hint else ""
        box = Input(value, placeholder=hint, password=field.kind == "secret", max_length=field.longest, id=name)
        box.cursor_blink = False
        return box

    def on_mount(self) -> None:
        self.ask()

    async def relabel(self) -> None:
        """Draw the form again in the language in force; typed values and found people stay."""
        self.start = self.values()
        focused = next((f.name for f in self.fields if self.widget(f.name).has_focus), "")
        keys = {field.name: box.key for field in self.fields if isinstance(box := self.widget(field.name), Finder)}
        await self.recompose()
        for name, key in keys.items():
            if key is not None:
                self.query_one(f"#field-{name}", Finder).put(self.start[name], key)
        self.ask()
        if focused:
            self.widget(focused).focus()

    def ask(self) -> None:
        """Show just the fields that apply to what was chosen."""
        values = self.values()
        for field in self.fields:
            self.query_one(f"#row-{field.name}").display = field.asked(values)

    def focus_first(self) -> None:
        """Put the cursor into the first field that is asked."""
        values = self.values()
        self.widget(next(field.name for field in self.fields if field.asked(values))).focus()

    def widget(self, name: str) -> Widget:
        """The widget of a field."""
        return self.query_one(f"#field-{name}")

    def value(self, name: str) -> str:
        """The text in a field."""
        box = self.widget(name)
        if isinstance(box, TextArea):
            return box.text
        assert isinstance(box, Input | Choice | Finder)
        return box.value

    def values(self, *, private: bool = True) -> dict[str, str]:
        """All values by field name; without the private ones for a draft."""
        return {field.name: self.value(field.name) for field in self.fields if private or not field.private}

    def put(self, values: dict[str, str]) -> None:
        """Fill fields in; a name that is missing becomes its default."""
        for field in self.fields:
            value, box = values.get(field.name, field.default), self.widget(field.name)
            if isinstance(box, Input):
                box.value = value
            elif isinstance(box, TextArea):
                box.text = value
            elif isinstance(box, Choice | Finder):
                box.put(value)
        self.right()
        self.ask()

    def wrong(self, name: str, text: str) -> bool:
        """Show a message at the field it belongs to and go there; False when there is no such field."""
        self.right()
        if name not in {field.name for field in self.fields}:
            return False
        self.query_one(f"#row-{name}").display = True
        message = self.query_one(f"#wrong-{name}", Static)
        message.update(plain(text))
        message.display = True
        box = self.widget(name)
        if isinstance(box, Input) and box.password:
            box.value = ""
        box.focus()
        return True

    def right(self) -> None:
        """Take all messages away."""
        for message in self.query(".wrong"):
            message.display = False

    def action_save(self) -> None:
        """Ask for the values to be saved."""
        self.post_message(self.Save())

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter" and isinstance(self.app.focused, Choice):
            self._go_on()
            event.stop()

    def on_input_submitted(self) -> None:
        self._go_on()

    def on_finder_chosen(self, event: Finder.Chosen) -> None:
        self.post_message(self.Edited(self._name_of(event.finder)))
        self._changed()
        self._go_on()

    def on_choice_letter(self, event: Choice.Letter) -> None:
        """Letters typed at a choice belong to the text that follows it."""
        self._go_on()
        self.call_after_refresh(self.app.simulate_key, event.key)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        self._corrected(event.choice)
        self.ask()
        self.post_message(self.Edited(self._name_of(event.choice)))
        self._changed()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._corrected(event.input)
        self._changed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._corrected(event.text_area)
        self._changed()

    def _corrected(self, box: Widget) -> None:
        """A message at a field goes once the field is changed; an emptied secret keeps its message."""
        if not (isinstance(box, Input) and not box.value):
            for message in self.query(f"#wrong-{self._name_of(box)}"):
                message.display = False

    def _name_of(self, box: Widget) -> str:
        return (box.id or "").removeprefix("field-")

    def _go_on(self) -> None:
        asked = [field for field in self.fields if field.asked(self.values())]
        if self.app.focused is self.widget(asked[-1].name):
            self.action_save()
        else:
            self.screen.focus_next()

    def _changed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DRAFT_AFTER, lambda: self.post_message(self.Typed()))
