"""The journal on screen: what happened at every desk, newest first."""

from textual.content import Content

from data.words import N_
from desk import journal
from desk.act import Desk
from desk.calendar import moments
from desk.looking import in_journal
from desk.operators import Posts
from screens import timeline
from screens.base import TextDialog
from screens.register import LOOK, PAGE, Register
from screens.widgets.lines import Cells, Column


class JournalRoom(Register):
    """The shift's log."""

    SYSTEM = "journal"
    TITLE_TEXT = N_("Journal")
    HELP_TEXT = N_("Everything that was done, newest first. Nothing in it is ever changed or deleted.")
    COLUMNS = (Column(N_("no."), 7, right=True), Column(N_("at"), 11), Column(N_("who"), 20),
               Column(N_("what")), Column(N_("record"), 14))  # fmt: skip

    SEARCHES = N_("number of a record, what was done, who did it; every word narrows")
    BINDINGS = [*LOOK]

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        calendar, now = desk.calendar(), desk.now()
        with desk.read() as session:
            where = in_journal(session, self.words) if self.words else None
            rows, who = journal.latest(session, PAGE, int(before) if before else None, where), Posts(session)
        return [
            (
                str(entry.number),
                (
                    str(entry.number),
                    moments.shown(entry.at, calendar, now),
                    who[entry.operator],
                    journal.said(entry),
                    entry.record,
                ),
            )
            for entry in rows
        ]

    def open_chosen(self) -> None:
        row = self.rows.get(self.chosen)
        if row is not None and row[4]:
            desk = self.desk_app.desk
            parts = [timeline.heading(row[4]), *timeline.timeline(desk, row[4], desk.calendar())]
            self.app.push_screen(TextDialog([Content("\n").join(parts)]))

    def _show(self) -> None:
        row = self.rows.get(self.chosen)
        if row is not None:
            desk = self.desk_app.desk
            self.record.show(*timeline.timeline(desk, row[4], desk.calendar()))
