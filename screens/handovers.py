"""The register of handovers, and how one of them reads."""

from typing import Any

from textual.content import Content

from data.words import N_, _
from desk import cases
from desk.act import Desk
from desk.duty import terms as duty
from desk.handovers import page, terms, things
from desk.handovers.terms import SYSTEM
from desk.operators import Posts
from desk.step_table import STEPS
from desk.view import View
from screens.case_records import At, note_parts
from screens.cases import FORM
from screens.register import LOOK
from screens.step_keys import RecordRegister, step_keys
from screens.text import one_line
from screens.timeline import heading, pair
from screens.widgets.lines import NUMBER, Cells, Column


class HandoverRoom(RecordRegister):
    """Every handover of a post, newest first."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Handovers")
    HELP_TEXT = N_(
        "Every time a post changed hands, newest first, with the page as it stood then. t takes over what waits, "
        "x does not take it and asks, e is the leader's word on that. What was counted otherwise stands there, too."
    )
    EMPTY = N_("No post was handed over yet: the Shift room does that.")
    COLUMNS = (Column(N_("offered"), 11), Column(N_("number"), NUMBER), Column(N_("post"), 12), Column(N_("state"), 14),
               Column(N_("from → to")))  # fmt: skip
    AT = "offered_at"
    TEXTS = ("number", "outgoing", "incoming", "remark", "question")
    STATES = terms.STATES
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def cells(self, view: View, row: Any) -> Cells:
        names = view.once("posts", lambda: Posts(view.session))
        to = names[row.incoming] if row.incoming else terms.to_name(row.goes_to)
        return duty.post_name(row.post), terms.state_name(row.state), one_line(f"{names[row.outgoing]} → {to}")


def pane(desk: Desk, number: str) -> list[Content]:
    """One handover: who from whom, what was said and counted, and the lines as they stood."""
    at = At(desk)
    with desk.read() as session:
        one, notes = cases.get(session, SYSTEM, number), cases.notes_of(session, number)
        lines, said_of_it = page.shown(session, one), page.is_open(session, one)
    counted = things.counted(one)
    said = [
        (_("Handed over by"), f"{at.who[one.outgoing]}  {at(one.offered_at)}"),
        (_("To whom"), terms.to_name(one.goes_to) if one.kind == "shift" else _("covers")),
        (_("Taken by"), f"{at.who[one.incoming]}  {at(one.ended_at)}" if one.incoming else ""),
        (_("Remark"), one.remark if said_of_it else ""),
        (_("Counted"), "  ".join(f"{name} {count}" for name, count in counted.items())),
        (_("Question"), one.question if said_of_it else ""),
        (_("Settled"), one.settled if said_of_it else ""),
    ]
    return [
        heading(f"{one.number}  {duty.post_name(one.post)}  {terms.state_name(one.state)}"),
        *(pair(label, text) for label, text in said if text),
        *(line_part(line) for line in lines),
        *note_parts(notes, at),
    ]


def line_part(line: page.Line) -> Content:
    """A line of a handover: what it is, and what is said of it."""
    words = f"  {sign(line)} {line.words}" if line.words else ""
    style = "bold $error" if line.mark == terms.FIRST else "bold $warning" if line.mark == terms.WATCH else ""
    text = f"{line.record}  {terms.kind_name(line.kind)}  {line.until}  {line.matter}{words}"
    return Content.styled(one_line(text), style)


def sign(line: page.Line) -> str:
    """The mark of a line: ‼ first, ◎ watch; ◷ where nobody moved it for three shifts."""
    mark = {"3": "‼", "2": "◎"}.get(line.mark, "")
    return f"{mark}◷" if line.same >= terms.STALE else mark
