"""Forums, questionnaires and the like on screen."""

from typing import Any

from textual.content import Content

from data.words import N_, _
from desk import cases
from desk.act import Desk
from desk.hearings import visiting
from desk.hearings.terms import SYSTEM, kind_name
from desk.step_table import STEPS
from desk.view import View
from screens.case_records import At, note_parts
from screens.cases import FORM
from screens.register import LOOK
from screens.step_keys import RecordRegister, step_keys
from screens.text import one_line, plain
from screens.timeline import heading, pair
from screens.widgets.lines import NUMBER, Cells, Column


class HearingRoom(RecordRegister):
    """The register of occasions on which residents were heard."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Hearings")
    HELP_TEXT = N_(
        "Residents' forums (one each half-year), questionnaires, festivals, events and talks on a round, newest first; "
        "each matter that was raised becomes a record of its own."
    )
    EMPTY = N_("Nothing here yet: n writes down a forum, a questionnaire or a festival.")
    COLUMNS = (Column(N_("when"), 11), Column(N_("number"), NUMBER), Column(N_("what"), 14), Column(N_("topic")))
    AT = "at"
    TEXTS = ("number", "topic", "minutes")
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def cells(self, view: View, row: Any) -> Cells:
        return kind_name(row.kind), one_line(row.topic)


def pane(desk: Desk, number: str) -> list[Content]:
    """One occasion with its minutes and what became of what was raised."""
    at = At(desk)
    with desk.read() as session:
        held, notes = cases.get(session, SYSTEM, number), cases.notes_of(session, number)
        done = visiting.made(session, number)
    happy = [pair(_("Satisfied forms"), str(held.satisfied))] if held.satisfied >= 0 else []
    return [
        heading(f"{held.number}  {kind_name(held.kind)}"),
        pair(_("Topic"), held.topic),
        pair(_("When"), f"{at(held.at)}  {at.who[held.held_by]}"),
        pair(_("Households"), str(held.households)),
        *happy,
        *([pair(_("Return visits"), str(done))] if done else []),
        *(plain(line) for line in held.minutes.splitlines()),
        *note_parts(notes, at),
    ]
