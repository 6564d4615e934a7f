"""The records behind a number of a sheet, each to be opened."""

from collections.abc import Hashable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from data.words import N_, _
from desk.ground import numbers
from desk.paper.document import Cell
from desk.reports import counted
from screens.record_dialog import RecordDialog
from screens.text import one_line, plain
from screens.translated import Translated
from screens.widgets.bars import KeyBar
from screens.widgets.lines import NUMBER, Cells, Column, LineList
from screens.widgets.notice import NoticeLine


class BehindDialog(Translated, ModalScreen[None]):
    """The records of one row of a sheet, under the headings under which they are counted.

    Args:
        title: what the row is; headings, row: of the table.
    """

    BINDINGS = [Binding("escape", "dismiss(None)", N_("Back"))]
    DEFAULT_CSS = """
    BehindDialog { align: center middle; background: $background; }
    BehindDialog > Vertical { width: 100; max-width: 96%; height: 90%; background: $background;
        border: round $line; padding: 0 1; }
    BehindDialog #title { text-style: bold; padding: 0 1; }
    """

    def __init__(self, title: str, headings: Sequence[str], row: Sequence[Cell]) -> None:
        super().__init__()
        self.heading, self.headings, self.row = title, headings, row
        self.records: dict[Hashable, tuple[str, str]] = {}

    def compose(self) -> ComposeResult:
        columns = (Column(N_("number"), NUMBER), Column(N_("counted as"), 16), Column(N_("about")))
        with Vertical():
            yield Static(plain(self.heading), id="title")
            yield LineList(columns, self._cells, empty=N_("Nothing here."))
            yield NoticeLine(self.desk_app.notices)
            yield KeyBar()

    def on_mount(self) -> None:
        with self.desk_app.desk.read() as session:
            groups = counted.behind(session, self.headings, self.row)
        self.records = {f"{name} {record}": (record, name) for name, found in groups for record in found}
        lines = self.query_one(LineList)
        lines.load(list(self.records))
        lines.focus()

    def _cells(self, keys: list[Hashable]) -> dict[Hashable, Cells]:
        """The lines that come into sight: only their records are read."""
        with self.desk_app.desk.read() as session:
            return {
                key: (record, name, one_line(counted.about(session, record)))
                for key in keys
                for record, name in (self.records[key],)
            }

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        record, _name = self.records[event.key]
        who = self.desk_app.who
        system = numbers.system_of(record)
        if system:
            roles = who.roles if who else ""
            self.app.push_screen(RecordDialog(self.desk_app.desk, roles, system, record))
        else:
            self.say(_("{record} has no record of its own.", record=record))
