"""The lines that every room has: an emergency above all, who and how things stand, and the keys that act now."""

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widget import Widget

from data.words import _
from screens.guard import Guarded
from screens.text import one_line


def share_bar(part: float, whole: float, cells: int) -> str:
    """A share as a heavy line of so many cells at most, half a cell fine; the rest of it is blank."""
    halves = round(2 * cells * part / whole) if whole else 0
    return "━" * (halves // 2) + "╸" * (halves % 2)


# How the key that nobody may have to look for begins.
EMERGENCY = "^E "
STEPS = "▁▂▃▄▅▆▇█"


def spark_line(shares: Sequence[int | None]) -> str:
    """Shares of a hundred, a cell each, the higher the more; a dot where there is none."""
    return "".join("·" if share is None else STEPS[min(share * len(STEPS) // 100, len(STEPS) - 1)] for share in shares)


class _Line(Guarded, Widget):
    """One line that is asked every second what it says.

    Args:
        say: what it says now.
    """

    def __init__(self, say: Callable[[], str]) -> None:
        super().__init__()
        self.say = say
        self.shown = ""

    def on_resize(self) -> None:
        """What there is room for is another now."""
        self.update()

    def update(self) -> None:
        """Draw again when what it says has changed; below another screen nothing is drawn."""
        if not self.screen.is_active:
            return
        text = self.say()
        if text != self.shown:
            self.shown = text
            self.refresh()

    def render(self) -> Content:
        return Content(one_line(self.shown or self.say()))


class StatusLine(_Line):
    """One line that says who is signed in, whether the desk is on duty, what is overdue and what comes next."""

    DEFAULT_CSS = "StatusLine { height: 1; background: $panel; color: $foreground; padding: 0 1; }"


class AlarmLine(_Line):
    """The first row, only while an emergency waits to be heard of: nothing else on the screen is as loud."""

    DEFAULT_CSS = """
    AlarmLine { height: 1; display: none; background: $error; color: $background; text-style: bold; padding: 0 1; }
    """

    def update(self) -> None:
        super().update()
        self.display = bool(self.shown)


class KeyBar(Guarded, Widget):
    """The keys of the bindings in force, translated as they are drawn."""

    DEFAULT_CSS = "KeyBar { height: 1; background: $surface; color: $foreground-muted; padding: 0 1; }"

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> Content:
        if self.screen is not self.app.screen:
            return Content("")
        own: list[Content] = []
        rooms: list[Content] = []
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in seen:
                seen.add(binding.action)
                key = self.app.get_key_display(binding)
                part = Content.assemble((key, "bold $accent"), " ", one_line(binding.description))
                (rooms if binding.action.startswith("room(") else own).append(part)
        whole = Content("  ").join([*own, *rooms])
        if whole.cell_length <= self.size.width - 2:
            return whole
        room = self.size.width - 2
        short = Content.assemble(("^G", "bold $accent"), " ", one_line(_("rooms")))
        whole = Content("  ").join([*own, short])
        if whole.cell_length <= room:
            return whole
        # What has no room is in the help, and that it is there is said.
        urgent = [part for part in own if part.plain.startswith(EMERGENCY)]
        own = [part for part in own if not part.plain.startswith(("F1 ", EMERGENCY))]
        last = [*urgent, Content.assemble("… ", ("F1", "bold $accent"), " ", _("Help"))]
        while own and (whole := Content("  ").join([*own, *last])).cell_length > room:
            own.pop()
        return whole
