"""One form for every system: fields with their messages below them, answers that end with their subject, and undo."""

import dataclasses
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from data.words import N_, _
from desk.ground.fields import Field
from screens.guard import Guarded
from screens.pieces import put_into
from screens.text import plain
from screens.widgets.box import Box
from screens.widgets.choice import Choice
from screens.widgets.finder import Finder


@dataclass(frozen=True)
class Snapshot:
    """What a form said at one moment: its texts, and whom its finders had found."""

    values: dict[str, str] = dataclasses.field(default_factory=dict)
    keys: dict[str, object] = dataclasses.field(default_factory=dict)
    subjects: dict[str, object] = dataclasses.field(default_factory=dict)


# Lines of a field of several lines.
LEAST_LONG, MOST_LONG = 4, 8


class LongBox(TextArea):
    """A box of several lines, in which Enter begins a new one; the foot says what leaves it."""

    BINDINGS = [Binding("tab", "beside(1)", N_("Next field"))]

    def action_beside(self, by: int) -> None:
        """To the field after this one, as the form has it."""
        next(one for one in self.ancestors if isinstance(one, Form)).action_beside(by)


class Form(Guarded, VerticalScroll, can_focus=False):
    """The fields, top to bottom; Enter goes on, F9 saves, Ctrl+B empties, Ctrl+Z brings back what was emptied.

    A form that asks nothing wants nothing but a yes: it takes the focus itself, and Enter says yes.
    """

    BINDINGS = [
        Binding("tab", "beside(1)", N_("Next field"), show=False),
        Binding("shift+tab", "beside(-1)", N_("Field before"), show=False),
        Binding("enter,f9,ctrl+s", "yes", N_("Yes"), tooltip=N_("Yes, do it")),
        Binding("f9,ctrl+s", "save", N_("Save"), tooltip=N_("Save what the form says")),
        Binding("ctrl+b", "empty", N_("Empty"), tooltip=N_("Empty the form and begin again")),
        Binding(
            "ctrl+z", "bring_back", N_("Bring back"), tooltip=N_("Bring back what was emptied"), show=False,
            priority=True,
        ),
    ]  # fmt: skip
    DEFAULT_CSS = """
    Form { height: 1fr; padding: 0 1; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
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
        """Something changed that no draft holds yet."""

    class Empty(Message):
        """The form is to be emptied."""

    class BroughtBack(Message):
        """What was emptied is back."""

    class Edited(Message):
        """A choice or a found person changed, or a field was left in which something was typed."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, fields: Sequence[Field], values: dict[str, str] | None = None) -> None:
        super().__init__()
        self._typed_in = ""
        self.fields = list(fields)
        self.start = dict(values or {})
        self.cleared: list[Snapshot] = []
        self.subjects: dict[str, object] = {}
        self.filled: dict[str, str] = {}
        # Tells the line below the form, where it has one, that something changed.
        self.foot: Callable[[], None] = lambda: None
        self._typed_any = False

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
            finder = Finder(field.find, field.hint, recent=field.recent, stranger=field.stranger, id=name)
            finder.typed = value
            return finder
        if field.kind == "long":
            box = LongBox(value, id=name, tab_behavior="focus")
            box.move_cursor(box.document.end)
            return box
        hint = _(field.hint) if field.hint else ""
        return Box(value, placeholder=hint, password=field.kind == "secret", max_length=field.longest, id=name)

    def on_mount(self) -> None:
        if self.stands:
            self.ask()

    @property
    def stands(self) -> bool:
        """Whether its fields are there: a program that ends while a form is opening has taken them away."""
        return all(self.query(f"#field-{field.name}") for field in self.fields)

    async def relabel(self) -> None:
        """Say everything in the language in force; nothing is made anew, so focus, cursor and texts stay."""
        for field in self.fields:
            self.query_one(f"#row-{field.name} .label", Static).update(plain(_(field.label)))
            box = self.widget(field.name)
            if isinstance(box, Input):
                box.placeholder = _(field.hint) if field.hint else ""
            elif isinstance(box, Choice):
                box.offer(field.options())

    def ask(self) -> None:
        """Show just the fields that apply to what was chosen."""
        values = self.values()
        shown = False
        for field in self.fields:
            row = self.query_one(f"#row-{field.name}")
            row.display = field.asked(values)
            shown = shown or row.display
        self.can_focus = not shown
        self.foot()

    @property
    def expects(self) -> bool:
        """Whether anything has to be filled in."""
        return any(field.needed or field.expected for field in self.fields)

    def missing(self) -> list[str]:
        """The labels of what is still to be filled in, top to bottom."""
        asked, values = set(self.asked()), self.values()
        return [
            _(field.label)
            for field in self.fields
            if (field.needed or field.expected) and field.name in asked and not values[field.name].strip()
        ]

    def place(self) -> tuple[int, int]:
        """Which field one is in, from 1, 0 for none; and how many are asked."""
        asked, box = self.asked(), self._field_in_focus()
        name = self._name_of(box) if box is not None else ""
        return (asked.index(name) + 1 if name in asked else 0), len(asked)

    def asked(self) -> list[str]:
        """The names of the fields that apply now, top to bottom."""
        values = self.values()
        return [field.name for field in self.fields if field.asked(values)]

    def focus_first(self) -> None:
        """Put the cursor into the first field that is asked; a form that asks nothing takes it itself."""
        asked = self.asked()
        (self.widget(asked[0]) if asked else self).focus()

    def focus_after(self, name: str) -> None:
        """Put the cursor into the field after one that is answered already."""
        asked = self.asked()
        after = asked[asked.index(name) + 1 :] or asked
        self.widget(after[0]).focus()

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

    def keys(self) -> dict[str, object]:
        """Whom the finders have found, by field name."""
        return {
            field.name: box.key
            for field in self.fields
            if isinstance(box := self.widget(field.name), Finder) and box.key is not None
        }

    def put(self, values: dict[str, str], keys: dict[str, object] | None = None) -> None:
        """Fill every field in; a name that is missing becomes its default, a finder without a key finds nobody."""
        self.put_some({field.name: values.get(field.name, field.default) for field in self.fields}, keys)
        self.right()

    def put_some(self, values: dict[str, str], keys: dict[str, object] | None = None) -> None:
        """Fill some fields in and leave the others as they are."""
        for name, value in values.items():
            box = self.widget(name)
            if isinstance(box, Input):
                box.value = value
            elif isinstance(box, TextArea):
                if box.text != value:
                    box.text = value
                    box.move_cursor(box.document.end)
            elif isinstance(box, Choice):
                box.put(value)
            elif isinstance(box, Finder):
                key = (keys or {}).get(name)
                box.put(value, key)
                self.subjects[name] = self._subject(name, key)
        self.ask()
        if (focused := self.app.focused) is not None and self in focused.ancestors:
            self.call_after_refresh(self._keep_in_sight, focused)

    def kept(self) -> dict[str, str]:
        """What a draft keeps: the texts without the private ones, and whom the finders have found."""
        found = {f"{name}.key": json.dumps(key) for name, key in self.keys().items()}
        typed = {
            field.name: value
            for field in self.fields
            if not field.private and (value := self.value(field.name)) != field.default
        }
        return {**typed, **found} if typed else {}

    def put_kept(self, kept: dict[str, str]) -> None:
        """Fill in what a draft kept."""
        found = self._read_kept(kept)
        self.put(found.values, found.keys)

    def hold_kept(self, kept: dict[str, str]) -> None:
        """Leave the form empty; what a draft kept is what Ctrl+Z brings back."""
        self.cleared.append(self._read_kept(kept))

    def _read_kept(self, kept: dict[str, str]) -> Snapshot:
        keys = {
            name.removesuffix(".key"): tuple(json.loads(text)) for name, text in kept.items() if name.endswith(".key")
        }
        names = {field.name for field in self.fields}
        return Snapshot({name: value for name, value in kept.items() if name in names}, dict(keys))

    def lines_typed(self) -> int:
        """How many lines of text were typed into the form."""
        texts = [
            self.value(field.name).strip()
            for field in self.fields
            if field.kind != "choice" and self.value(field.name) != field.default
        ]
        return sum(text.count("\n") + 1 for text in texts if text)

    def fill(self, values: dict[str, str]) -> None:
        """Fill in what the archive knows: nobody typed it, so nothing is lost with it."""
        self.filled.update(values)
        self.put_some(values)

    def clear(self, names: Collection[str] | None = None, subjects: dict[str, object] | None = None) -> bool:
        """Empty the form, or some fields of it; what was typed can be brought back. False when nothing was lost.

        Args:
            subjects: whom the answers were about, when it is somebody else already.
        """
        cleared = [field for field in self.fields if names is None or field.name in names]
        lost = self._keep({field.name for field in cleared}, subjects or self._subjects())
        self.put_some({field.name: field.default for field in cleared})
        self.right()
        return lost

    def _keep(self, names: Collection[str], subjects: dict[str, object]) -> bool:
        """Keep what was typed into some fields, to be brought back; False when nothing was."""
        found = {field.name: self.value(field.name) for field in self.fields if field.name in names}
        if not any(self._is_typed(name) for name in found):
            return False
        self.cleared.append(Snapshot(found, {n: key for n, key in self.keys().items() if n in found}, subjects))
        return True

    def _is_typed(self, name: str) -> bool:
        default = next(field.default for field in self.fields if field.name == name)
        return self.value(name) not in (default, self.filled.get(name, default))

    def _subjects(self) -> dict[str, object]:
        """Whom or what the answers are about now: the found ones, and what was chosen."""
        named = {name for field in self.fields for name in field.of}
        return {name: self.subjects.get(name) or self.value(name) for name in named}

    def action_empty(self) -> None:
        """Ask the screen to empty the form."""
        self.post_message(self.Empty())

    def action_bring_back(self) -> None:
        """Bring back what was emptied last; what stands there now takes its place behind all that was emptied before.

        Under another household or carrier a proof, a name or a phone stays away: it was given for the one before.
        """
        if not self.cleared:
            return
        cleared, now = self.cleared.pop(), self._subjects()
        back = {
            field.name: cleared.values[field.name]
            for field in self.fields
            if field.name in cleared.values and not (field.bound and self._is_about_others(field, cleared, now))
        }
        older, self.cleared = self.cleared, []
        self._keep(back, now)
        self.cleared += older
        self.put_some(back, cleared.keys)
        self.post_message(self.BroughtBack())
        self.post_message(self.Typed())

    def _is_about_others(self, field: Field, cleared: Snapshot, now: dict[str, object]) -> bool:
        return any(name not in cleared.values and cleared.subjects.get(name) != now.get(name) for name in field.of)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "bring_back":
            return bool(self.cleared)
        if action == "yes":
            return self.can_focus
        return not (action in ("empty", "save") and self.can_focus)

    def wrong(self, name: str, text: str) -> bool:
        """Show a message at the field it belongs to and go there; False when there is no such field."""
        self.right()
        if name not in {field.name for field in self.fields}:
            return False
        self._show_wrong(name, text)
        box = self.widget(name)
        if isinstance(box, Input) and box.password:
            box.value = ""
        self._go_to_wrong(box)
        return True

    def _show_wrong(self, name: str, text: str) -> None:
        self.query_one(f"#row-{name}").display = True
        message = self.query_one(f"#wrong-{name}", Static)
        message.update(plain(text))
        message.display = True

    def _go_to_wrong(self, box: Widget) -> None:
        box.focus()
        self.call_after_refresh(self._keep_in_sight, box)

    def right(self) -> None:
        """Take all messages away."""
        for message in self.query(".wrong"):
            message.display = False

    def action_save(self) -> None:
        """Ask for the values to be saved; a fragment still being searched is settled first."""
        box = self.app.focused
        if isinstance(box, Finder):
            box.settle()
            if self._is_about_another(box):
                return
        if not self._lacks_something() and not self._asks_more():
            self.post_message(self.Save())

    def _asks_more(self) -> bool:
        """Whether what was typed last asks for something that nobody has seen yet: that is shown first."""
        unseen = [name for name in self.asked() if not self.query_one(f"#row-{name}").display]
        if unseen:
            self.ask()
            self._go_to_wrong(self.widget(unseen[0]))
        return bool(unseen)

    def _lacks_something(self) -> bool:
        """Whether something needed is empty; all of it is said at once, and the first is where one is then."""
        asked, values = set(self.asked()), self.values()
        empty = [one.name for one in self.fields if one.needed and one.name in asked and not values[one.name].strip()]
        self.right()
        for name in reversed(empty):
            self._show_wrong(name, _("This must be filled in."))
        if empty:
            self._go_to_wrong(self.widget(empty[0]))
        return bool(empty)

    def action_yes(self) -> None:
        """Say yes to a form that asks nothing else."""
        self.post_message(self.Save())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.call_after_refresh(self._keep_in_sight, event.widget)
        box = self._field_in_focus()
        self._typed_any = bool(box is not None and self.value(self._name_of(box)))
        self.foot()

    def _keep_in_sight(self, box: Widget) -> None:
        """Scroll to a field with its message, once the rows shown just now have their places."""
        rows = [row for row in box.ancestors if isinstance(row, Widget) and row.has_class("row")]
        if rows and rows[0].is_attached:
            self.scroll_to_widget(rows[0], animate=False)

    def on_key(self, event: events.Key) -> None:
        box = self.app.focused
        if event.key == "enter" and isinstance(box, Choice):
            self._go_on(box)
            event.stop()
        elif event.key in ("up", "down") and isinstance(box, Input):
            event.stop()
            self._go_beside(box, -1 if event.key == "up" else 1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._go_on(event.input)

    def on_finder_chosen(self, event: Finder.Chosen) -> None:
        self._is_about_another(event.finder)
        self.post_message(self.Edited(self._name_of(event.finder)))
        self.post_message(self.Typed())
        if event.finder.has_focus:
            self._go_on(event.finder)

    def _is_about_another(self, finder: Finder) -> bool:
        """Whether a finder found somebody else than before, and answers about the one before were emptied."""
        name = self._name_of(finder)
        subjects = self._subjects()
        before, self.subjects[name] = self.subjects.get(name), self._subject(name, finder.key)
        return before is not None and self.subjects[name] != before and self._end_answers_of(name, subjects)

    def _subject(self, name: str, key: object) -> object:
        """Whom a finder means: the one found, or a stranger by the name that was typed."""
        field = next(field for field in self.fields if field.name == name)
        return field.subject(key) if key is not None else self.value(name).strip() or None

    def on_finder_typed(self) -> None:
        self._say_if_filled()
        self.post_message(self.Typed())

    def _say_if_filled(self) -> None:
        """A field that is empty no more, or again, is told at the foot at once; more letters change nothing."""
        box = self._field_in_focus()
        if box is not None and bool(self.value(self._name_of(box))) != self._typed_any:
            self._typed_any = not self._typed_any
            self.foot()

    def on_choice_text(self, event: Choice.Text) -> None:
        """Text typed at a choice goes whole to the next field that takes text; a letter never saves."""
        asked, here = self.asked(), self._name_of(event.choice)
        for name in asked[asked.index(here) + 1 :] if here in asked else []:
            box = self.widget(name)
            if isinstance(box, Input | TextArea):
                self.screen.set_focus(box)
                put_into(self.app, box, event.text)
                return
            if isinstance(box, Finder):
                self.screen.set_focus(box)
                box.type(event.text)
                return
        self.app.bell()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        self._corrected(event.choice)
        name = self._name_of(event.choice)
        self._end_answers_of(name, {**self._subjects(), name: event.before})
        self.ask()
        self.post_message(self.Edited(self._name_of(event.choice)))
        self.post_message(self.Typed())

    def on_input_changed(self, event: Input.Changed) -> None:
        self._changed(event.input)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._changed(event.text_area)

    def _end_answers_of(self, subject: str, subjects: dict[str, object]) -> bool:
        """Answers about somebody or something else end here; False when there were none."""
        names = {field.name for field in self.fields if subject in field.of}
        if not names or not self.clear(names, subjects):
            return False
        said = _("What was said of the one before is emptied; Ctrl+Z brings it back.")
        self.app.notify(said, severity="warning", markup=False)
        return True

    def _corrected(self, box: Widget) -> None:
        """A message at a field goes once the field is changed; an emptied secret keeps its message."""
        if not (isinstance(box, Input) and not box.value):
            message = self.query_one(f"#wrong-{self._name_of(box)}")
            if message.display:
                message.display = False
                self.call_after_refresh(self._keep_in_sight, box)

    def _changed(self, box: Widget) -> None:
        self._corrected(box)
        if box.has_focus:
            self._say_if_filled()
            self._typed_in = self._name_of(box)
            self.post_message(self.Typed())

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        name, self._typed_in = self._typed_in, ""
        if name and self._name_of(event.widget) == name:
            self.post_message(self.Edited(name))

    def _name_of(self, box: Widget) -> str:
        return (box.id or "").removeprefix("field-")

    def action_beside(self, by: int) -> None:
        """To the next field that is asked, or the one before, and round; the toolkit goes by where fields stand, which
        it does not know yet of one that a choice has just brought up."""
        here = self._field_in_focus()
        self.ask()
        asked = self.asked()
        name = self._name_of(here) if here is not None else ""
        if asked:
            self.screen.set_focus(
                self.widget(asked[(asked.index(name) + by) % len(asked)] if name in asked else asked[0])
            )

    def _field_in_focus(self) -> Widget | None:
        """The field in which the cursor is."""
        focused = self.screen.focused if self.is_attached else None
        found = (one for one in focused.ancestors_with_self if self._is_field(one)) if focused is not None else iter(())
        return next((one for one in found if isinstance(one, Widget)), None)

    def spread(self, rows: int) -> None:
        """Let fields of several lines use rows that are free, each its share."""
        boxes = list(self.query(LongBox))
        for box in boxes:
            box.styles.height = max(LEAST_LONG, min(MOST_LONG, LEAST_LONG + rows // len(boxes)))

    def _is_field(self, node: object) -> bool:
        return isinstance(node, Widget) and (node.id or "").startswith("field-")

    def _go_beside(self, box: Widget, by: int) -> None:
        """From a field of one line to the one above or below, not round, and without saving."""
        asked = self.asked()
        place = asked.index(self._name_of(box)) + by if self._name_of(box) in asked else -1
        if 0 <= place < len(asked):
            self.action_beside(by)

    def _go_on(self, box: Widget) -> None:
        """To the field after this one; after the last one the form is saved."""
        self.ask()
        asked, here = self.asked(), self._name_of(box)
        after = asked[asked.index(here) + 1 :] if here in asked else asked
        if after:
            self.screen.set_focus(self.widget(after[0]))
        else:
            self.action_save()
