"""Complaints, requests and repairs: their registers and what may be done with a record."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from textual.binding import Binding

from data.cases import CaseBase
from data.words import N_, _
from desk import cases, complaints, followups, moments, repairs, requests
from desk.act import Act, Desk
from desk.roles import DEPARTMENTS
from screens.register import PAGE, Register
from screens.widgets.form import Field
from screens.widgets.lines import Cells, Column

COLUMNS = (Column(N_("received"), 11), Column(N_("number"), 13), Column(N_("state"), 13), Column(N_("about")))


WHILE_OPEN = ("reply", "close", "refer", "order", "told", "promise", "investigate", "written")


class CaseRegister(Register):
    """What the registers of complaints, requests and repairs share."""

    COLUMNS = COLUMNS
    PROCEDURES: ModuleType
    EMPTY = N_("Nothing here yet. F2 takes a contact and opens a record.")
    BINDINGS = [
        Binding("c", "close", N_("Close"), tooltip=N_("Close with the outcome")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, CaseBase] = {}

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        calendar, now = desk.calendar(), desk.now()
        with desk.read() as session:
            rows = cases.page(session, self.SYSTEM, before=before, limit=PAGE)
        self.found.update({row.number: row for row in rows})
        return [
            (row.number, (moments.shown(row.received_at, calendar, now), row.number, cases.state_name(row.state),
                          f"{row.subject} {row.what}"))
            for row in rows
        ]  # fmt: skip

    def ask_text(self, title: str, name: str, label: str, procedure: Callable[..., Any]) -> None:
        """One long text about the chosen record becomes one act."""
        number = self.chosen
        self.ask(title, [Field(name, label, "long")], lambda act, values: procedure(act, number=number, **values))

    def action_reply(self) -> None:
        """Answer the customer."""
        self.ask_text(_("Reply to {number}", number=self.chosen), "text", N_("Answer"), self.PROCEDURES.reply)

    def action_close(self) -> None:
        """Close with the outcome."""
        self.ask_text(_("Close {number}", number=self.chosen), "outcome", N_("Outcome"), self.PROCEDURES.close)

    def action_refer(self) -> None:
        """Pass the record on to a department."""
        number = self.chosen
        fields = [
            Field(
                "department",
                N_("Department"),
                "choice",
                lambda: [(key, cases.department_name(key)) for key in DEPARTMENTS],
            )
        ]
        self.ask(
            _("Pass on {number}", number=number),
            fields,
            lambda act, values: cases.refer(act, self.SYSTEM, number=number, department=values["department"]),
        )

    def action_promise(self) -> None:
        """Explain, and fix the time of the next reply."""
        number = self.chosen
        fields = [
            Field("promised_at", N_("Next reply by"), hint=N_("15:30, +2h, or a date"), longest=30),
            Field("text", N_("Explained"), "long"),
        ]

        def work(act: Act, values: dict[str, str]) -> object:
            until = moments.parse(values["promised_at"], act.calendar, act.now, field="promised_at")
            return cases.promise(act, self.SYSTEM, number=number, promised_at=until, text=values["text"])

        self.ask(_("Next reply for {number}", number=number), fields, work)

    def on_line_list_moved(self) -> None:
        super().on_line_list_moved()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in WHILE_OPEN and action != "visit":
            return True
        row = self.found.get(self.chosen) if hasattr(self, "lines") else None
        if row is None or (action == "written" and row.channel not in complaints.WRITTEN):
            return False
        return (row.state == "closed") == (action == "visit")


REPLY = Binding("e", "reply", N_("Reply"), tooltip=N_("Answer the customer; stamps the time"))
PROMISE = Binding("p", "promise", N_("Next reply"), tooltip=N_("Not solved yet: explain, and fix the next reply"))
REFER = Binding("t", "refer", N_("Pass on"), tooltip=N_("Pass the record on to a department"))


class ComplaintRoom(CaseRegister):
    """The register of complaints."""

    SYSTEM = complaints.SYSTEM
    PROCEDURES = complaints
    TITLE_TEXT = N_("Complaints")
    HELP_TEXT = N_("Every complaint, newest first. It is passed on within ten minutes, answered, and then closed.")
    BINDINGS = [
        REPLY,
        REFER,
        PROMISE,
        Binding("i", "investigate", N_("Findings"), tooltip=N_("What was found out, the same day")),
        Binding("w", "written", N_("Written answer"), tooltip=N_("The formal answer to a letter or fax")),
        Binding("h", "visit", N_("Visit"), tooltip=N_("Record the return visit after closing")),
    ]

    def action_visit(self) -> None:
        """Record the return visit."""
        number = self.chosen
        fields = [
            Field("satisfied", N_("Satisfied"), "choice", lambda: [("yes", _("yes")), ("no", _("no"))]),
            Field("opinion", N_("They say"), "long"),
        ]
        self.ask(
            _("Return visit for {number}", number=number),
            fields,
            lambda act, values: followups.visit(act, number=number, **values),
        )

    def action_investigate(self) -> None:
        """Write down what was found out."""
        title = _("Findings on {number}", number=self.chosen)
        self.ask_text(title, "findings", N_("Findings"), complaints.investigate)

    def action_written(self) -> None:
        """Write the formal answer to a letter or fax."""
        title = _("Written answer to {number}", number=self.chosen)
        self.ask_text(title, "text", N_("Answer"), complaints.written_reply)


class RequestRoom(CaseRegister):
    """The register of requests and suggestions."""

    SYSTEM = requests.SYSTEM
    PROCEDURES = requests
    TITLE_TEXT = N_("Requests")
    HELP_TEXT = N_("Requests and suggestions, newest first: within a day, or by the time that was promised.")
    BINDINGS = [REPLY, REFER, PROMISE]


class RepairRoom(CaseRegister):
    """The register of reported repairs."""

    SYSTEM = repairs.SYSTEM
    PROCEDURES = repairs
    TITLE_TEXT = N_("Repairs")
    HELP_TEXT = N_("Reported repairs, newest first: the order within five minutes, engineering told within two more.")
    BINDINGS = [
        Binding("o", "order", N_("Order"), tooltip=N_("The work order is written in full")),
        Binding("n", "told", N_("Told"), tooltip=N_("Engineering was told to collect the order")),
    ]

    async def action_order(self) -> None:
        """Say that the order is written."""
        number = self.chosen
        if await self.act(lambda act: repairs.order(act, number=number)):
            self.say(_("{number}: order written. Tell engineering within two minutes.", number=number))

    async def action_told(self) -> None:
        """Say that engineering was told."""
        number = self.chosen
        if await self.act(lambda act: repairs.notify(act, number=number)):
            self.say(_("{number}: engineering was told.", number=number))
