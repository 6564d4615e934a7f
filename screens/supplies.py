"""Consumables on screen: what there is, what runs low, and the register of each."""

from typing import Any

from textual.content import Content

from data.words import N_, _
from desk import cases
from desk.act import Desk
from desk.step_table import STEPS
from desk.supplies import life
from desk.supplies.terms import STATES, SYSTEM, kind_name
from desk.view import View
from screens.case_records import At, note_parts
from screens.cases import FORM
from screens.register import LOOK
from screens.step_keys import RecordRegister, step_keys
from screens.text import one_line
from screens.timeline import heading, pair
from screens.widgets.lines import NUMBER, Cells, Column

NEWEST = 40


class SupplyRoom(RecordRegister):
    """Everything that is kept."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Consumables")
    HELP_TEXT = N_(
        "What the desk keeps. h gives out, and nothing that is not there; a asks for more, b is what was bought, u "
        "counts what is really there. ▲ is below the minimum."
    )
    EMPTY = N_("Nothing is kept here yet: n begins with something.")
    COLUMNS = (Column(N_("since"), 11), Column(N_("number"), NUMBER), Column("", 2), Column(N_("there"), 7, right=True),
               Column(N_("asked"), 6, right=True), Column(N_("called")))  # fmt: skip
    AT = "added_at"
    TEXTS = ("number", "name", "place")
    STATES = STATES
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def cells(self, view: View, row: Any) -> Cells:
        low = "▲" if row.state == "low" else ""
        return low, str(row.stock), str(row.asked or ""), one_line(f"{row.name}  {row.unit}  {row.place}")


def pane(desk: Desk, number: str) -> list[Content]:
    """One consumable with the newest lines of its register."""
    at = At(desk)
    with desk.read() as session:
        supply, moves = cases.get(session, SYSTEM, number), life.moves_of(session, number)
        notes = cases.notes_of(session, number)
    low = f"  ▲ {_(STATES['low'])}" if supply.state == "low" else ""
    lines = [
        f"{at(one.at)}  {kind_name(one.kind)} {one.quantity}  = {one.stock}  {one.whom}  {one.note}  {at.who[one.by]}"
        for one in reversed(moves[-NEWEST:])
    ]
    said = [
        (_("There"), f"{supply.stock} {supply.unit}{low}"),
        (_("At least"), str(supply.least)),
        (_("Asked for"), str(supply.asked) if supply.asked else ""),
        (_("Kept where"), supply.place),
    ]
    return [
        heading(f"{supply.number}  {supply.name}"),
        *(pair(label, text) for label, text in said if text),
        *(Content(one_line(line)) for line in lines),
        *note_parts(notes, at),
    ]
