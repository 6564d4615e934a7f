"""The foot of a form: what it still lacks, which key goes there, and how far one is in a long one."""

from textual.content import Content
from textual.widget import Widget

from data.words import _
from screens.guard import Guarded
from screens.text import one_line
from screens.widgets.form import Form

# A form of more fields says at which one is.
LONG = 6
F9 = ("F9", "bold $accent")


class FormFoot(Guarded, Widget):
    """One line below a form.

    Args:
        form: the form that it speaks of.
    """

    DEFAULT_CSS = "FormFoot { height: 1; padding: 0 2; }"

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form, self.said = form, Content("")
        form.foot = self.look

    def look(self) -> None:
        """Say what holds now; nothing is drawn where it is the same, or where the form is not there yet or any more."""
        if not (self.form.is_attached and self.form.stands):
            return
        said = self._say()
        if said.plain != self.said.plain:
            self.said = said
            self.refresh()

    def _say(self) -> Content:
        missing, (place, count) = self.form.missing(), self.form.place()
        parts = []
        if count > LONG:
            parts.append(Content.styled(_("{place} of {count}", place=place, count=count), "$foreground-muted"))
        if missing:
            lacking = _("still to fill in: {fields}", fields=" · ".join(map(one_line, missing)))
            parts.append(Content.assemble(F9, " ", (lacking, "$foreground-muted")))
        elif count and self.form.expects:
            filled = _("nothing is missing")
            parts.append(Content.assemble(("✓ ", "$success"), filled, "  ", F9, " ", _("saves")))
        return Content("   ").join(parts)

    def render(self) -> Content:
        return self.said
