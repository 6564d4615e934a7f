"""Help: what this screen is for, and every key that acts here."""

from textual.content import Content
from textual.screen import Screen

from data.words import _
from screens.base import Room, TextDialog
from screens.house import House
from screens.step_keys import StepRegister
from screens.text import one_line, plain
from screens.timeline import heading


class MessagesDialog(TextDialog):
    """The one dialog that its key does not open again."""


def messages_dialog(app: House) -> TextDialog:
    """The last messages, newest first."""
    calendar = app.calendar
    parts: list[Content] = [heading(_("Messages"))]
    for notice in reversed(app.notices.kept):
        at = f"{calendar.local(notice.at):%H:%M:%S}  " if calendar is not None and notice.at is not None else ""
        parts.append(Content.assemble((at, "$foreground-muted"), notice.content()))
    if len(parts) == 1:
        parts.append(Content(_("There was none yet.")))
    return MessagesDialog(parts)


def help_dialog(screen: "Screen[object]") -> TextDialog:
    """The help of a screen, from its text and its bindings."""
    parts: list[Content] = []
    if isinstance(screen, Room):
        parts += [Content.styled(_(screen.TITLE_TEXT), "bold"), plain(_(screen.HELP_TEXT)), Content("")]
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.tooltip and active.enabled:
            key = screen.app.get_key_display(binding)
            text = one_line(active.tooltip)
            parts.append(Content.assemble((f"{key:>10}  ", "bold $accent"), text))
    if isinstance(screen, StepRegister) and (hidden := screen.not_now()):
        parts += [Content(""), heading(_("Not now"))]
        for key, tip, why in hidden:
            parts.append(Content.assemble((f"{key:>10}  ", "$foreground-muted"), one_line(f"{tip}: {why}")))
    return TextDialog([*parts, Content("")])
