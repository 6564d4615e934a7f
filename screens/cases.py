"""Complaints, requests and repairs: their registers and what may be done with a record."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from textual.binding import Binding
from textual.content import Content

from data.words import N_, _
from desk import case_papers, cases, choices, followups, moments, prompts, repairs, requests
from desk.act import Act, Desk
from desk.roles import DEPARTMENTS
from screens.printing import ask_print, document_lines, put_document
from screens.register import PAGE, Register
from screens.text import one_line
from screens.widgets.form import Field
from screens.widgets.lines import NUMBER, Cells, Column

COLUMNS = (Column(N_("received"), 11), Column(N_("number"), NUMBER), Column(N_("state"), 11), Column(N_("about")))


# Acts on a record; which of them a record is ready for now, a register says. Anything else is always there.
ACTS = frozenset(
    {
        "reply", "close", "refer", "order", "told", "promise", "investigate", "written", "grade", "sign", "receive",
        "recall",
        "feedback", "agree", "report_up", "overrun", "settle", "confirm", "visit", "archive", "merge", "describe",
        "prevent", "declare", "decide", "publish", "tell", "acknowledge", "report", "answer",
    }
)  # fmt: skip


def departments() -> list[tuple[str, str]]:
    """The departments to choose from."""
    return [(key, cases.department_name(key)) for key in DEPARTMENTS]


def yes_no() -> list[tuple[str, str]]:
    """Yes or no, to choose from."""
    return [("yes", _("yes")), ("no", _("no"))]


def ways() -> list[tuple[str, str]]:
    """How a visit is made, to choose from."""
    return [(key, followups.way_name(key)) for key in followups.WAYS]


class CaseRegister(Register):
    """What the registers of complaints, requests and repairs share."""

    COLUMNS: tuple[Column, ...] = COLUMNS
    PROCEDURES: ModuleType
    EMPTY = N_("Nothing here yet. F2 takes a contact and opens a record.")
    BINDINGS = [
        Binding("c", "close", N_("Close"), tooltip=N_("Close with the outcome")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        calendar, now = desk.calendar(), desk.now()
        with desk.read() as session:
            rows = cases.page(session, self.SYSTEM, before=before, limit=PAGE)
        self.found.update({row.number: row for row in rows})
        return [
            (row.number, (moments.shown(row.received_at, calendar, now), row.number, *self.standing(row),
                          f"{row.subject} {row.what}"))
            for row in rows
        ]  # fmt: skip

    def about(self, number: str) -> str:
        row = self.found[number]
        return one_line(f"{number} · {row.subject} · {row.what}")

    def standing(self, row: Any) -> tuple[str, ...]:
        """The cells between the number and what it is about."""
        return (cases.state_name(row.state),)

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
            Field("department", N_("Department"), "choice", departments),
            Field("note", N_("Note"), hint=N_("what they are asked to do"), longest=500),
        ]
        self.ask(
            _("Pass on {number}", number=number),
            fields,
            lambda act, values: self.PROCEDURES.refer(act, number=number, **values),
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
            return self.PROCEDURES.promise(act, number=number, promised_at=until, text=values["text"])

        self.ask(_("Next reply for {number}", number=number), fields, work)

    def action_form(self) -> None:
        """The record on paper, under the title that is wanted."""
        number, desk = self.chosen, self.desk_app.desk
        ask_print(
            self, number, forms=list(case_papers.FORMS[self.SYSTEM].items()),
            look=lambda form: document_lines(case_papers.document(desk, self.SYSTEM, number, form)),
            put=lambda form, file: put_document(desk, case_papers.document(desk, self.SYSTEM, number, form), file),
        )  # fmt: skip

    def on_line_list_moved(self) -> None:
        super().on_line_list_moved()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in ACTS:
            return True
        row = self.found.get(self.chosen) if hasattr(self, "lines") else None
        return row is not None and bool(self.ready(action, row))

    def ready(self, action: str, case: Any) -> bool:
        """Whether an act is the record's next or may still be done."""
        return str(case.state) not in cases.OVER


def ask_visit(room: CaseRegister, system: str) -> None:
    """The dialog of a return visit: everything asked, the household beside it, or that nobody was reached (RV-44)."""
    from screens.records import card_parts

    number, case = room.chosen, room.found[room.chosen]
    desk = room.desk_app.desk
    with desk.read() as session:
        questions = followups.asked(choices.value(session, desk.store.path, "X-25"))

    def met(values: dict[str, str]) -> bool:
        return values["reached"] == "yes"

    fields = [
        Field("how", N_("How"), "choice", ways, default="phone"),
        Field("reached", N_("Reached"), "choice", yes_no, default="yes"),
        Field("note", N_("Note"), longest=200, asked=lambda values: not met(values)),
        *[Field(name, followups.QUESTIONS[name], asked=met, longest=500) for name in questions],
        Field("satisfied", N_("Satisfied"), "choice", yes_no, asked=met),
    ]

    def work(act: Act, values: dict[str, str]) -> object:
        if values.pop("reached") != "yes":
            return followups.attempt(act, number=number, system=system, how=values["how"], note=values["note"])
        values.pop("note")
        return followups.visit(act, number=number, system=system, **values)

    def beside(_values: dict[str, str]) -> list[Content]:
        said = [Content.styled(one_line(line), "$foreground-muted") for line in prompts.lines(desk, "visit")]
        return [*said, *(card_parts(desk, case.unit_id) if case.unit_id else [])]

    room.ask(_("Return visit for {number}", number=number), fields, work, beside=beside)


FORM = Binding("f", "form", N_("Print"), tooltip=N_("The record on paper, under the title you use"))
REPLY = Binding("e", "reply", N_("Reply"), tooltip=N_("Answer the customer; stamps the time"))
PROMISE = Binding("p", "promise", N_("Next reply"), tooltip=N_("Not solved yet: explain, and fix the next reply"))
REFER = Binding("t", "refer", N_("Pass on"), tooltip=N_("Pass the record on to a department"))


class RequestRoom(CaseRegister):
    """The register of requests, suggestions and commissions."""

    SYSTEM = requests.SYSTEM
    PROCEDURES = requests
    TITLE_TEXT = N_("Requests")
    HELP_TEXT = N_(
        "Requests and suggestions, newest first: within a day, or by the time that was promised. The director "
        "decides a suggestion; what is adopted is posted with the residents commended for it."
    )
    COLUMNS = (*COLUMNS[:3], Column(N_("sort"), 11), COLUMNS[3])
    BINDINGS = [
        REPLY,
        REFER,
        PROMISE,
        Binding("n", "decide", N_("Decide"), tooltip=N_("The director adopts or declines the suggestion")),
        Binding("l", "publish", N_("Post"), tooltip=N_("The measures were posted, with who is commended")),
        Binding("h", "visit", N_("Visit"), tooltip=N_("Record the return visit after closing")),
        FORM,
    ]

    def standing(self, row: Any) -> tuple[str, ...]:
        decided = requests.decision_name(row.decision)
        return cases.state_name(row.state), decided or requests.sort_name(row.sort)

    def ready(self, action: str, case: Any) -> bool:
        suggestion = case.sort == "suggestion"
        if action == "decide":
            return bool(suggestion and not case.decision and case.state not in cases.OVER)
        if action == "publish":
            return bool(case.decision == "adopted" and case.published_at is None)
        if action == "visit":
            return bool(suggestion and case.state == "closed")
        return super().ready(action, case)

    def action_decide(self) -> None:
        """Adopt with a plan, or decline with a reason."""
        number = self.chosen
        fields = [
            Field("decision", N_("Decision"), "choice",
                  lambda: [(key, requests.decision_name(key)) for key in requests.DECISIONS]),
            Field("text", N_("Plan or reason"), "long"),
        ]  # fmt: skip
        self.ask_signed(
            _("Decide the suggestion {number}", number=number), fields,
            lambda act, values: requests.decide(act, number=number, **values),
            own=self.may("requests.decide"), whose=N_("of the project supervisor"),
        )  # fmt: skip

    def action_publish(self) -> None:
        """Say what was posted, and who is commended."""
        number = self.chosen
        fields = [
            Field("notice", N_("Posted"), hint=N_("what, and where"), longest=500),
            Field("commended", N_("Commended"), hint=N_("the residents named"), longest=200),
        ]
        self.ask(
            _("Post the measures of {number}", number=number), fields,
            lambda act, values: requests.publish(act, number=number, **values),
        )  # fmt: skip

    def action_visit(self) -> None:
        """Record the return visit."""
        ask_visit(self, "requests")


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
