"""Choosing one of a few with one key: a digit, or left and right."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from screens.guard import Guarded
from screens.text import one_line


class Choice(Guarded, Widget):
    """One line of options; the digit before an option chooses it.

    Args:
        options: (key, text) pairs; the tenth is chosen with 0, any further with left and right.
    """

    DEFAULT_CSS = """
    Choice { height: auto; background: $surface; padding: 0 1; }
    Choice:focus { background: $panel; }
    """
    can_focus = True

    class Changed(Message):
        """Another option was chosen; `before` is the one before."""

        def __init__(self, choice: "Choice", before: str) -> None:
            super().__init__()
            self.choice, self.before = choice, before

        @property
        def control(self) -> "Choice":
            """The choice itself."""
            return self.choice

    class Text(Message):
        """Text was typed or pasted: it is meant for a field that takes text."""

        def __init__(self, choice: "Choice", text: str) -> None:
            super().__init__()
            self.choice, self.text = choice, text

        @property
        def control(self) -> "Choice":
            """The choice itself."""
            return self.choice

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options, self.value = list(options), value

    def put(self, value: str) -> None:
        """Choose by key."""
        self.value = value if value in dict(self.options) else ""
        self.refresh(layout=True)

    def on_key(self, event: events.Key) -> None:
        keys = [key for key, _text in self.options]
        place = keys.index(self.value) if self.value in keys else -1
        if event.key.isdigit() and 1 <= (int(event.key) or 10) <= len(keys):
            place = (int(event.key) or 10) - 1
        elif event.key in ("right", "space"):
            place = (place + 1) % len(keys)
        elif event.key == "left":
            place = (place - 1) % len(keys) if place >= 0 else len(keys) - 1
        elif event.is_printable and event.character and not event.key.isdigit():
            self.post_message(self.Text(self, event.character))
            event.stop()
            return
        else:
            return
        event.stop()
        event.prevent_default()
        self._choose(place)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click on an option chooses it; as it is pressed, for what one comes from may close and all moves up."""
        inside = event.get_content_offset(self)
        if inside is None:
            return
        at, number = 0, 0
        for y, line in enumerate(self._lines(self.content_size.width or 60)):
            at = 0
            for part in line:
                if y == inside.y and at <= inside.x < at + part.cell_length:
                    self._choose(number)
                    return
                at, number = at + part.cell_length + 2, number + 1

    def _choose(self, place: int) -> None:
        keys = [key for key, _text in self.options]
        if keys[place] != self.value:
            before = self.value
            self.put(keys[place])
            self.post_message(self.Changed(self, before))

    def on_paste(self, event: events.Paste) -> None:
        self.post_message(self.Text(self, event.text))
        event.stop()

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Say the options anew; what is chosen stays."""
        self.options = list(options)
        self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[list[Content]]:
        """The options in lines, none of them broken between its digit and its words."""
        lines: list[list[Content]] = [[]]
        used = 0
        for number, (key, text) in enumerate(self.options, 1):
            mark = "●" if key == self.value else str(number % 10) if number <= 10 else "·"
            style = "bold $accent" if key == self.value else "$foreground-muted"
            part = Content.styled(f"{mark} {one_line(text)}", style)
            if lines[-1] and used + 2 + part.cell_length > width:
                lines.append([])
                used = 0
            used += part.cell_length + (2 if lines[-1] else 0)
            lines[-1].append(part)
        return lines

    def render(self) -> Content:
        lines = self._lines(self.content_size.width or 60)
        return Content("\n").join(Content("  ").join(line) for line in lines)
