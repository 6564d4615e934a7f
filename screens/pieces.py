"""A paste, or an input method's commit, is one piece of text and goes to one field, whole."""

from typing import Any

from textual import events
from textual.app import App
from textual.widgets import Input, TextArea

from data.words import _
from screens.text import one_line


def for_focused(app: App[Any], event: events.Paste) -> events.Paste | None:
    """The piece as the widget with the focus takes it; None, with a bell, where nothing takes text."""
    target = app.focused
    if isinstance(target, Input):
        return events.Paste(fitting(app, target, event.text))
    if isinstance(target, TextArea) or hasattr(target, "on_paste"):
        return event
    app.bell()
    return None


def fitting(app: App[Any], box: Input, text: str) -> str:
    """Every line of a text joined into the one line of a box; what does not fit is said, never dropped in silence."""
    joined = " ".join(filter(None, map(one_line, text.splitlines()))) or one_line(text)
    if not joined and text and not text.strip():
        joined = " "
    if box.max_length is None:
        return joined
    room = box.max_length - len(box.value) + len(box.selected_text)
    if len(joined) > room:
        app.notify(
            _("Only {count} characters fit here: the rest was not taken.", count=box.max_length),
            severity="warning",
            markup=False,
        )
    return joined[: max(0, room)]


def put_into(app: App[Any], box: Input | TextArea, text: str) -> None:
    """Put a piece of text where the cursor of a box stands."""
    if isinstance(box, Input):
        box.insert_text_at_cursor(fitting(app, box, text))
    else:
        box.insert(text)
