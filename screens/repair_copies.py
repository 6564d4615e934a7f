"""The evening's copies: numbers typed one after another; what is left is the list of what is missing."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from data.problems import Problem
from data.words import N_, _, named
from desk import repairs
from desk.act import Act, Desk
from desk.calendar import moments
from desk.operators import everyone
from desk.repairs import board, missing
from desk.repairs.terms import ENDS, EVALUATIONS
from screens.printing import ask_print, document_lines, put_document
from screens.register import Register
from screens.widgets.box import Box
from screens.widgets.lines import NUMBER, Cells, Column

DIGITS = dict(zip("1234", EVALUATIONS, strict=True))


class CopiesRoom(Register):
    """First copies as they come back: number or its last digits, a blank, and what the owner says on it."""

    SYSTEM = "repairs"
    TITLE_TEXT = N_("Copies")
    HELP_TEXT = N_(
        "Type the number of each first copy, or its last digits, and behind it what the owner says: 1 satisfied, 2 not "
        "satisfied, 3 not evaluated, 4 not signed. What is left in the list has not come back, worker by worker; f in "
        "the list prints it."
    )
    EMPTY = N_("Every first copy is back.")
    BINDINGS = [
        Binding(
            "f", "form", N_("Print"), tooltip=N_("The list on paper, worker by worker, to be signed as they hand in")
        )
    ]
    COLUMNS = (Column(N_("who"), 12), Column(N_("finished"), 12), Column(N_("number"), NUMBER), Column(N_("about")))

    DEFAULT_CSS = "CopiesRoom #copy { border: none; height: 1; margin: 0 0 1 0; }"

    def body(self) -> ComposeResult:
        self.box = Box(placeholder=_("number and 1 2 3 4, such as 231 1"), id="copy", max_length=40)
        yield self.box
        yield from super().body()

    def begins_at(self) -> Widget:
        return self.box

    def whole(self, desk: Desk) -> list[tuple[str, Cells]]:
        calendar, now = desk.calendar(), desk.now()
        with desk.read() as session:
            names = {one.code: one.name for one in everyone(session)}
            out = board.papers_out(session)
        return [
            (
                one.number,
                (
                    names.get(one.worker, one.worker),
                    moments.shown(one.finished_at or one.closed_at, calendar, now),
                    one.number,
                    f"{one.subject} {one.what}",
                ),
            )
            for one in out
        ]

    def action_form(self) -> None:
        """What has not come back, on paper."""
        desk = self.desk_app.desk
        ask_print(
            self,
            _("Copies"),
            look=lambda _form: document_lines(missing.document(desk)),
            put=lambda _form, file: put_document(desk, missing.document(desk), file),
        )

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        text = self.box.value.strip()
        if not text:
            return
        number, _blank, digit = text.rpartition(" ") if text[-2:-1] == " " else (text, "", "")

        def work(act: Act) -> tuple[str, str]:
            case = board.paper(act.session, number)
            said = DIGITS.get(digit, "")
            repairs.return_copy(act, number=case.number, copy="1", evaluation=said)
            if case.end == "declined":
                return case.number, named(ENDS, case.end)
            return case.number, named(EVALUATIONS, said) or _("public area")

        try:
            done: Any = await self.act(work)
        except Problem as problem:
            self.tell(problem)
            return
        if done is not None:
            self.box.value = ""
            self.say(_("{number} is filed: {said}", number=done[0], said=done[1]))
