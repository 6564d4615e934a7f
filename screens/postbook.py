"""The post book on screen."""

from typing import Any

from textual.content import Content

from data.words import N_, _
from desk import cases
from desk.act import Desk
from desk.duty.terms import post_name
from desk.postbook.terms import SYSTEM, state_name
from desk.step_table import STEPS
from desk.view import View
from screens.case_records import At, note_parts
from screens.cases import FORM
from screens.register import LOOK
from screens.step_keys import RecordRegister, step_keys
from screens.text import one_line, plain
from screens.timeline import heading, pair
from screens.widgets.lines import NUMBER, Cells, Column

# So many seconds after it happened, when it was typed is shown, too.
LATE = 600


class PostBookRoom(RecordRegister):
    """What happened on the posts, newest first."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Post book")
    HELP_TEXT = N_(
        "Everything that happened on a post, and how it was handled, newest first. n writes down what happened, d what "
        "was done about it. What is not handled when the post is handed over is marked there, with what is to be done."
    )
    EMPTY = N_("Nothing here yet: n writes down what happened on the post.")
    COLUMNS = (Column(N_("when"), 11), Column(N_("number"), NUMBER), Column(N_("post"), 12),
               Column(N_("state"), 11, most=18), Column(N_("what")))  # fmt: skip
    AT = "at"
    TEXTS = ("number", "what", "handled")
    STATES = {}
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def cells(self, view: View, row: Any) -> Cells:
        return post_name(row.post), state_name(row.handled_at is not None), one_line(row.what)


def pane(desk: Desk, number: str) -> list[Content]:
    """One entry with what was done about it."""
    at = At(desk)
    with desk.read() as session:
        one, notes = cases.get(session, SYSTEM, number), cases.notes_of(session, number)
    late = one.written_at - one.at
    typed = _("typed at {time}", time=at(one.written_at)) if late.total_seconds() > LATE else ""
    parts = [
        heading(f"{one.number}  {post_name(one.post)}"),
        pair(_("When"), f"{at(one.at)}  {at.who[one.written_by]}  {typed}"),
        plain(one.what),
    ]
    if one.handled_at:
        parts += [pair(_("Handled"), f"{at(one.handled_at)}  {at.who[one.handled_by]}"), plain(one.handled)]
    return [*parts, *note_parts(notes, at)]
