"""The duty roster on screen: who is on which post when, what nobody covers; and how one shift reads."""

from datetime import datetime, timedelta

from textual.content import Content

from data.words import N_, _, named
from desk import cases
from desk.act import Desk
from desk.duty import cover, terms
from desk.duty.terms import SYSTEM
from desk.operators import everyone
from desk.step_table import STEPS
from desk.view import View
from screens.case_records import At, note_parts
from screens.cases import FORM
from screens.register import LOOK
from screens.step_keys import StepRegister, step_keys
from screens.text import one_line, plain
from screens.timeline import heading, pair
from screens.widgets.lines import NUMBER, Cells, Column

DAYS = 62
# Before the key of a line that is no shift: a stretch that nobody covers.
GAP = "@"
WEEK = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class RosterRoom(StepRegister):
    """Everybody who is on the roster from yesterday on, day by day, with the stretches that nobody covers."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Duty roster")
    HELP_TEXT = N_(
        "Who is on which post when, from yesterday on; ✗ is a stretch that nobody is planned for. n puts somebody on a "
        "post for days, x takes them off. i asks somebody to stand there instead, o is their yes, s a leader's. "
        "a says that one is there, l that one goes, y that the relief did not come."
    )
    EMPTY = N_("Nobody is on the roster: n puts somebody on a post.")
    TOLD = GAP
    SEARCHES = N_("day, post, name, state; every word narrows")
    COLUMNS = (Column(N_("day"), 10), Column(N_("hours"), 11), Column(N_("post"), 12), Column(N_("state"), 9),
               Column(N_("who")), Column(N_("number"), NUMBER))  # fmt: skip
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def whole(self, desk: Desk) -> list[tuple[str, Cells]]:
        with desk.look() as view:
            return _lines(view)

    def about(self, number: str) -> str:
        cells = self.rows.get(number, ())
        return one_line(" · ".join([number, *map(str, cells[:-1])]))


def _lines(view: View) -> list[tuple[str, Cells]]:
    today = view.calendar.local(view.now).date()
    names = {one.code: one.name for one in everyone(view.session)}
    lines: list[tuple[datetime, str, Cells]] = []

    def line(begin: datetime, end: datetime, key: str, post: str, *rest: str) -> None:
        # A night that begins after midnight stands under the day on which it begins.
        day = view.calendar.local(begin).date()
        said = f"{day:%m-%d} {_(WEEK[day.weekday()])}"
        lines.append((begin, key, (said, terms.hours_said(view, (begin, end)), terms.post_name(post), *rest)))

    for day in (today + timedelta(days=count) for count in range(-1, DAYS)):
        for one in cover.on_day(view, day):
            state = named(terms.SWAPS, one.swap) if one.swap else terms.state_name(one.state)
            who = f"{'‼ ' if one.stayed else ''}{names.get(one.operator, one.operator)}"
            line(one.begins_at, one.ends_at, one.number, one.post, state, who, one.number)
        for gap in cover.gaps(view, day):
            line(gap.begin, gap.end, f"{GAP}{day}{gap.post}{gap.letter}", gap.post, "✗", _("nobody"), "")
    return [(key, cells) for _at, key, cells in sorted(lines)]


def pane(desk: Desk, number: str) -> list[Content]:
    """One shift, with who else is on the post that day and what nobody covers."""
    at = At(desk)
    with desk.look() as view:
        shift, notes = cases.get(view.session, SYSTEM, number), cases.notes_of(view.session, number)
        others = [one for one in cover.on_day(view, shift.day, shift.post) if one.number != number]
        gaps = [gap for gap in cover.gaps(view, shift.day) if gap.post == shift.post]
        hours = terms.hours_said(view, (shift.begins_at, shift.ends_at))
        there = [f"{terms.hours_said(view, (one.begins_at, one.ends_at))}  {at.who[one.operator]}" for one in others]
        empty = ["  ".join(("✗", terms.hours_said(view, (gap.begin, gap.end)), _("nobody"))) for gap in gaps]
    swap = at.who[shift.swap_with] + (f"  {shift.swap_for}" if shift.swap_for else "") if shift.swap else ""
    said = [
        (_("Whose shift"), at.who[shift.operator]),
        (_("When"), f"{shift.day}  {hours}  {shift.bands}"),
        (_("State"), terms.state_name(shift.state)),
        (_("There since"), at(shift.arrived_at)),
        (_("Left at"), at(shift.left_at)),
        (_("Waits for relief since"), at(shift.stayed)),
        (_("Swap with"), swap),
    ]
    return [
        heading(f"{shift.number}  {terms.post_name(shift.post)}"),
        *(pair(label, text) for label, text in said if text),
        *(plain(line) for line in (*there, *empty)),
        *note_parts(notes, at),
    ]
