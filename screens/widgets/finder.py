"""Finding people as one types: prompt and list in one hand-drawn widget, painted at once."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from data.words import N_, _
from screens.guard import Guarded
from screens.painting import paint_now
from screens.text import fit, one_line

LONGEST = 60
# The place while nothing is chosen.
NOWHERE = -1
# Cells of who called last, before what about.
RECENT = 20


class Finder(Guarded, Widget):
    """A prompt with its results below; letters search at once, up and down choose, Enter takes.

    Args:
        find: from a fragment to (key, text) pairs, the closest first.
        hint: msgid shown while the prompt is empty.
        recent: what is offered then; none of it is chosen before an arrow does.
        stranger: whether a name that is not found may be kept as typed.
        nothing: msgid of what is said where nothing was found.
    """

    COMPONENT_CLASSES = {"finder--prompt", "finder--cursor", "finder--hint"}
    DEFAULT_CSS = """
    Finder { height: 1; background: $surface; }
    Finder:focus { background: $panel; height: 9; }
    Finder > .finder--prompt { text-style: bold; }
    Finder > .finder--cursor { background: $selected; }
    Finder > .finder--hint { color: $foreground-muted; }
    """
    can_focus = True
    # Whether everything is shown before anything is typed.
    all_at_first = False

    class Chosen(Message):
        """A result was taken; key None means the text itself."""

        def __init__(self, finder: "Finder", key: object, text: str) -> None:
            super().__init__()
            self.finder, self.key, self.text = finder, key, text

        @property
        def control(self) -> "Finder":
            """The finder itself."""
            return self.finder

    class Typed(Message):
        """The fragment changed."""

    def __init__(
        self,
        find: Callable[[str], Sequence[tuple[object, str]]],
        hint: str,
        *,
        recent: Callable[[], Sequence[tuple[object, str]]] = tuple,
        stranger: bool = True,
        nothing: str = N_("nothing found"),
        id: str | None = None,
    ) -> None:
        self._looks: dict[str, Style] = {}
        super().__init__(id=id)
        self.find, self.hint, self.recent, self.nothing = find, hint, recent, nothing
        self.typed, self.place, self.stranger, self.searched = "", 0, stranger, False
        self.results: Sequence[tuple[object, str]] = []
        self.key: object = None

    @property
    def value(self) -> str:
        """What was typed or taken."""
        return self.typed

    def put(self, text: str, key: object = None) -> None:
        """Show a text with its key, without a list."""
        self.typed, self.key, self.results, self.place, self.searched = text, key, [], 0, False
        self.refresh()

    def _search(self, text: str) -> None:
        self.typed, self.key, self.place = text[:LONGEST], None, 0
        if self.typed.strip() or self.all_at_first:
            self.results = self.find(self.typed)
        else:
            self._offer_recent()
        self.searched = True
        self.refresh()
        paint_now(self)
        self.post_message(self.Typed())

    def _offer_recent(self) -> None:
        self.results, self.place = self.recent(), NOWHERE

    def on_focus(self) -> None:
        if not self.typed and self.key is None and not self.all_at_first:
            self._offer_recent()

    def type(self, text: str) -> None:
        """Add a piece of text to the fragment."""
        joined = " ".join(filter(None, map(one_line, text.splitlines())))
        whole = ("" if self.key is not None else self.typed) + joined
        if len(whole) > LONGEST:
            self.app.notify(
                _("Only {count} characters fit here: the rest was not taken.", count=LONGEST),
                severity="warning",
                markup=False,
            )
        self._search(whole)

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character:
            self._search(("" if self.key is not None else self.typed) + event.character)
        elif event.key == "backspace":
            self._search("" if self.key is not None else self.typed[:-1])
        elif event.key == "ctrl+u":
            self._search("")
        elif event.key in ("up", "down") and self.results:
            by = 1 if event.key == "down" else -1
            self.place = (self.place + by) % len(self.results) if self.place >= 0 else (0 if by > 0 else -1)
            self.place %= len(self.results)
            self.refresh()
        elif event.key == "enter":
            self._take()
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        place = max(0, self.place - self.below + 1) + event.y - 1
        if event.y > 0 and place < len(self.results):
            self.place = place
            self._take()

    @property
    def below(self) -> int:
        """How many results are shown at once."""
        return max(1, self.size.height - 1)

    def on_paste(self, event: events.Paste) -> None:
        self.type(event.text)
        event.stop()

    def on_blur(self) -> None:
        if self.key is None and self.searched:
            self.settle()
            self.post_message(self.Chosen(self, self.key, self.typed))
        elif self.key is None and self.results and self.place >= 0 and not self.all_at_first:
            # One of the last callers, chosen by an arrow and left with Tab.
            self._take()
        self.refresh()

    def settle(self) -> None:
        """Left without Enter: the only result is meant, or else the text itself."""
        if self.key is None and self.searched:
            key, text = self.results[0] if len(self.results) == 1 and self.typed.strip() else (None, self.typed)
            self.put(text, key)

    def _take(self) -> None:
        key, text = self.results[self.place] if self.results and self.place >= 0 else (self.key, self.typed)
        text = text.partition("\t")[0]
        self.put(text, key)
        self.post_message(self.Chosen(self, key, text))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            cursor = "▏" if self.has_focus else ""
            hint = "" if self.typed else _(self.hint)
            if hint and self.results and self.place == NOWHERE:
                hint += "   " + _("↓ the last callers")
            typed = one_line(self.typed) + (" " if self.typed.endswith(" ") else "")
            while cell_len(typed) > max(1, width - 3):
                # Of a fragment the end is in sight, where the cursor is; of what was taken, its beginning.
                typed = typed[:-1] if self.key is not None else typed[1:]
            line = [
                Segment(" " + typed, self._look("prompt")),
                Segment(cursor, self._look("prompt")),
                Segment(hint, self._look("hint")),
            ]
            return Strip(line).adjust_cell_length(width, self._look(""))
        top = max(0, self.place - self.below + 1)
        place = top + y - 1
        if place < len(self.results):
            look = self._look("cursor") if place == self.place else self._look("")
            said, _tab, more = self.results[place][1].partition("\t")
            if not more:
                return Strip([Segment(fit(" " + said, width), look)], width)
            first = f" {fit(said, RECENT)}  "
            rest = fit(more, max(0, width - cell_len(first)))
            return Strip([Segment(first, look), Segment(rest, look + Style(color=self._look("hint").color))], width)
        text = ""
        if y == 1 and self.typed and self.key is None and self.searched:
            text = _("nobody found: Enter keeps it as a stranger's name") if self.stranger else _(self.nothing)
        return Strip([Segment(fit(f" {text}", width), self._look("hint"))], width)

    def _look(self, part: str) -> Style:
        """A part's style, kept until the theme or the focus changes: reckoning it costs more than drawing a line."""
        if part not in self._looks:
            named = f"finder--{part}"
            self._looks[part] = self.get_component_rich_style(named) if part else self.rich_style
        return self._looks[part]

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()
