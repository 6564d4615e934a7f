"""Complaints on screen: the register, and each step of a complaint's life on its key."""

from typing import Any

from textual.binding import Binding
from textual.content import Content

from data.cases import Slip
from data.words import N_, _
from desk import cases, choices, complaints, moments
from desk.act import Act
from desk.complaints.judging import RULES
from desk.roles import role_name
from screens.cases import COLUMNS, FORM, PROMISE, REFER, CaseRegister, ask_visit, yes_no
from screens.text import one_line
from screens.timeline import heading
from screens.widgets.form import Field
from screens.widgets.lines import Column

SUPERIORS = ("supervisor", "project_supervisor", "company_manager")


class ComplaintRoom(CaseRegister):
    """The register of complaints."""

    SYSTEM = complaints.SYSTEM
    PROCEDURES = complaints
    TITLE_TEXT = N_("Complaints")
    HELP_TEXT = N_(
        "Every complaint, newest first; the keys shown are its next steps. Passed on within ten minutes, opinion "
        "signed, collected, reported back, agreed, answered, confirmed, closed, visited, filed. Whoever has to sign "
        "does it at this desk with their own code, or at their own."
    )
    COLUMNS = (*COLUMNS[:3], Column(N_("grade"), 9), COLUMNS[3])
    BINDINGS = [
        Binding("e", "reply", N_("Reply"), tooltip=N_("A holding answer, or the result once it is agreed")),
        REFER,
        Binding("n", "grade", N_("Judge"), tooltip=N_("Nature and grade, by the project supervisor")),
        Binding("o", "sign", N_("Opinion"), tooltip=N_("The supervisor signs the handling opinion")),
        Binding("r", "receive", N_("Receipt"), tooltip=N_("The department signs that it has the slip")),
        Binding("b", "feedback", N_("Feedback"), tooltip=N_("What the department reports back")),
        Binding("a", "agree", N_("Agree"), tooltip=N_("The manager agrees to the result, or sends it back")),
        Binding("u", "report_up", N_("Report up"), tooltip=N_("Which superior was told of it")),
        Binding("w", "written", N_("Written answer"), tooltip=N_("The formal answer to a letter or fax")),
        Binding("y", "confirm", N_("Confirmed"), tooltip=N_("How the customer confirmed, and in which words")),
        Binding("h", "visit", N_("Visit"), tooltip=N_("Record the return visit after closing")),
        Binding("z", "archive", N_("File away"), tooltip=N_("Put the file in order and away")),
        PROMISE,
        Binding("s", "settle", N_("Solved"), tooltip=N_("Say what was done and that it is solved")),
        Binding("x", "overrun", N_("Overrun"), tooltip=N_("Ask for more than a day, or decide about it")),
        FORM,
        Binding("i", "investigate", N_("Findings"), show=False, tooltip=N_("What was found out, the same day")),
        Binding("d", "describe", N_("Details"), show=False, tooltip=N_("Class, place, time, whom it is about")),
        Binding("m", "merge", N_("Same event"), show=False, tooltip=N_("Put complaints about one event together")),
        Binding("v", "prevent", N_("Prevention"), show=False, tooltip=N_("What keeps it from coming back")),
        Binding("R", "recall", N_("Take back"), show=False, tooltip=N_("Take a slip back from its department")),
        Binding("M", "declare", N_("Declare major"), show=False, tooltip=N_("The company declares it major")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.slips: tuple[str, list[Slip]] = ("", [])

    def standing(self, row: Any) -> tuple[str, ...]:
        grade = complaints.grade_name(row.grade) or (complaints.nature_name(row.nature) if row.nature else "?")
        return cases.state_name(row.state), grade

    def _load(self, choose: str = "") -> None:
        self.slips = ("", [])
        super()._load(choose)
        self.refresh_bindings()

    def _slips(self, number: str) -> list[Slip]:
        """The slips of the chosen complaint, read once for as long as it is chosen."""
        if self.slips[0] != number:
            with self.desk_app.desk.read() as session:
                self.slips = (number, complaints.slips_of(session, number))
        return self.slips[1]

    def ready(self, action: str, case: Any) -> bool:
        if case.state in cases.OVER:
            visited = case.visited_at is not None
            over = {"visit": not visited and case.state == "closed", "archive": visited and case.state == "closed"}
            return action == "prevent" or over.get(action, False)
        states = {slip.state for slip in self._slips(case.number)}
        weighty = case.grade in ("major", "important")
        pending = complaints.is_pending(self._slips(case.number))
        steps = {
            "sign": "written" in states,
            "receive": "signed" in states,
            "feedback": "received" in states,
            "agree": case.agreed_at is None and not pending and ("answered" in states or weighty),
            "recall": pending,
            "report_up": weighty and not self._reported(case),
            "written": case.channel in complaints.WRITTEN and case.written_at is None,
            "confirm": case.answered_at is not None and case.confirmed_at is None,
            "close": case.confirmed_at is not None,
            "settle": case.settled_at is None,
            "overrun": case.grade == "important" and case.settled_at is None,
            "declare": case.grade != "major",
            "visit": False,
            "archive": False,
        }
        return bool(steps.get(action, True))

    def _reported(self, case: Any) -> bool:
        desk = self.desk_app.desk
        with desk.read() as session:
            wanted = choices.value(session, desk.store.path, "X-5")
        return complaints.reported_enough(case.grade, case.reported_to, wanted)

    def action_reply(self) -> None:
        """A holding answer or the result."""
        number, case = self.chosen, self.found[self.chosen]
        ready = not complaints.is_pending(self._slips(number)) and case.agreed_at is not None
        kinds = [("holding", N_("holding answer")), ("result", N_("the result"))]
        fields = [
            Field("kind", N_("Answer"), "choice", lambda: [(key, _(text)) for key, text in kinds],
                  default="result" if ready else "holding"),
            Field("text", N_("In words"), "long"),
        ]  # fmt: skip

        def work(act: Act, values: dict[str, str]) -> object:
            said = complaints.answer if values["kind"] == "result" else complaints.reply
            return said(act, number=number, text=values["text"])

        self.ask(_("Reply to {number}", number=number), fields, work)

    def action_grade(self) -> None:
        """Nature, grade and the clause that gives it."""
        number, desk = self.chosen, self.desk_app.desk
        with desk.read() as session:
            chosen = choices.options(session, desk.store.path, *RULES)

        def valid(values: dict[str, str]) -> bool:
            return values["nature"] == "valid"

        def reasons_of(grade: str) -> Field:
            return Field(
                f"reason_{grade}", N_("Because"), "choice",
                lambda: [(key, complaints.reason_name(key)) for key in complaints.reasons(chosen, grade)],
                asked=lambda values: valid(values) and values["grade"] == grade,
            )  # fmt: skip

        fields = [
            Field("nature", N_("Nature"), "choice",
                  lambda: [(key, complaints.nature_name(key)) for key in complaints.NATURES]),
            Field("grade", N_("Grade"), "choice", asked=valid,
                  options=lambda: [(key, complaints.grade_name(key)) for key in complaints.GRADES]),
            *[reasons_of(grade) for grade in complaints.GRADES],
            Field("staff", N_("About staff"), "choice", yes_no, default="no", asked=valid),
            Field("text", N_("Remark"), longest=500, hint=N_("why, when it is invalid")),
        ]  # fmt: skip

        def work(act: Act, values: dict[str, str]) -> object:
            reason = values.get(f"reason_{values['grade']}", "")
            values = {name: values[name] for name in ("nature", "grade", "staff", "text")}
            return complaints.grade(act, number=number, reason=reason, **values)

        self.ask_signed(
            _("Judge {number}", number=number), fields, work,
            own=self.may("complaints.grade"), whose=N_("of the project supervisor"),
        )  # fmt: skip

    def action_sign(self) -> None:
        """The supervisor's opinion."""
        number = self.chosen
        self.ask_signed(
            _("Handling opinion on {number}", number=number), [Field("opinion", N_("Opinion"), "long")],
            lambda act, values: complaints.sign(act, number=number, **values),
            own=self.may("complaints.sign"), whose=N_("of the supervisor"),
        )  # fmt: skip

    def action_receive(self) -> None:
        """The department's receipt."""
        number = self.chosen
        waiting = [slip for slip in self._slips(number) if slip.state == "signed"]
        department = cases.department_name(waiting[0].department) if waiting else ""
        who = self.desk_app.who
        own = who is not None and any(slip.department == who.department for slip in waiting)
        self.ask_signed(
            _("{department} has collected the slip of {number}", number=number, department=department), [],
            lambda act, _values: complaints.receive(act, number=number), own=own, whose=N_("of the department"),
        )  # fmt: skip

    def action_recall(self) -> None:
        """Take a slip back."""
        number = self.chosen
        waiting = [slip for slip in self._slips(number) if complaints.is_pending([slip])]
        fields = [
            Field("department", N_("Department"), "choice", default=waiting[0].department,
                  options=lambda: [(slip.department, cases.department_name(slip.department)) for slip in waiting]),
            Field("reason", N_("Reason"), longest=500),
        ]  # fmt: skip
        self.ask_signed(
            _("Take back a slip of {number}", number=number), fields,
            lambda act, values: complaints.recall(act, number=number, **values),
            own=self.may("complaints.recall"), whose=N_("of the supervisor"),
        )  # fmt: skip

    def action_feedback(self) -> None:
        """What the department reports back."""
        self.ask_text(_("Feedback on {number}", number=self.chosen), "text", N_("Feedback"), complaints.feedback)

    def action_agree(self) -> None:
        """The manager agrees, or sends it back."""
        number = self.chosen
        fields = [
            Field("agreed", N_("Agreed"), "choice", yes_no, default="yes"),
            Field("text", N_("Remark"), hint=N_("what is missing, when not"), longest=500),
        ]
        self.ask_signed(
            _("Result of {number}", number=number), fields,
            lambda act, values: complaints.agree(act, number=number, **values),
            own=self.may("complaints.agree"), whose=N_("of the manager"),
        )  # fmt: skip

    def action_report_up(self) -> None:
        """Which superior was told."""
        number = self.chosen
        fields = [
            Field("to", N_("Told"), "choice", lambda: [(role, role_name(role)) for role in SUPERIORS]),
            Field("text", N_("Superior says"), longest=500),
        ]
        self.ask(
            _("Report {number} upwards", number=number), fields,
            lambda act, values: complaints.report(act, number=number, **values),
        )  # fmt: skip

    def action_overrun(self) -> None:
        """Ask for a later end, or decide about one that was asked for."""
        number, case = self.chosen, self.found[self.chosen]
        if case.overrun_until is None:
            self._ask_overrun(number)
            return
        until = moments.shown(case.overrun_until, self.desk_app.desk.calendar())
        fields = [
            Field("approved", N_("Approved"), "choice", yes_no),
            Field("text", N_("Reason"), longest=500),
        ]
        self.ask_signed(
            _("Overrun of {number} until {time}", number=number, time=until), fields,
            lambda act, values: complaints.decide_overrun(act, number=number, **values),
            own=self.may("complaints.decide_overrun"), whose=N_("of the company manager"),
        )  # fmt: skip

    def _ask_overrun(self, number: str) -> None:
        fields = [
            Field("until", N_("New end"), hint="11-26 15:30, +2h", longest=30),
            Field("reason", N_("Reason"), longest=500),
        ]

        def work(act: Act, values: dict[str, str]) -> object:
            until = moments.parse(values["until"], act.calendar, act.now, field="until")
            return complaints.ask_overrun(act, number=number, until=until, reason=values["reason"])

        self.ask(_("Ask for an overrun of {number}", number=number), fields, work)

    def action_settle(self) -> None:
        """Say that it is solved."""
        self.ask_text(_("{number} is solved", number=self.chosen), "text", N_("What was done"), complaints.settle)

    def action_confirm(self) -> None:
        """The customer's confirmation."""
        number = self.chosen
        fields = [
            Field("how", N_("How"), "choice",
                  lambda: [(key, complaints.confirmation_name(key)) for key in complaints.CONFIRMATIONS]),
            Field("text", N_("Customer says"), longest=500),
        ]  # fmt: skip
        self.ask(
            _("The customer confirms {number}", number=number), fields,
            lambda act, values: complaints.confirm(act, number=number, **values),
        )  # fmt: skip

    def action_visit(self) -> None:
        """Record the return visit."""
        ask_visit(self, complaints.SYSTEM)

    def action_archive(self) -> None:
        """Put the file away."""
        number = self.chosen
        self.ask(
            _("File {number} away", number=number), [], lambda act, _values: complaints.archive(act, number=number),
            said=_("{number} is filed.", number=number),
        )  # fmt: skip

    def action_investigate(self) -> None:
        """Write down what was found out."""
        title = _("Findings on {number}", number=self.chosen)
        self.ask_text(title, "findings", N_("Findings"), complaints.investigate)

    def action_written(self) -> None:
        """Write the formal answer to a letter or fax."""
        number = self.chosen
        self.ask_signed(
            _("Written answer to {number}", number=number), [Field("text", N_("Answer"), "long")],
            lambda act, values: complaints.written_reply(act, number=number, **values),
            own=self.may("complaints.written_reply"), whose=N_("of the supervisor"),
        )  # fmt: skip

    def action_describe(self) -> None:
        """Add what the caller knows."""
        number, case = self.chosen, self.found[self.chosen]
        fields = [
            Field("category", N_("Class"), "choice", category_options, default=case.category),
            Field("happened", N_("When"), default=case.happened, longest=200),
            Field("place", N_("Where"), default=case.place, longest=200),
            Field("accused", N_("About whom"), default=case.accused, longest=200),
            Field("demand", N_("They want"), default=case.demand, longest=200),
        ]
        self.ask(
            _("Details of {number}", number=number), fields,
            lambda act, values: complaints.describe(act, number=number, **values),
        )  # fmt: skip

    def action_merge(self) -> None:
        """Put this complaint together with those about the same event."""
        number, desk = self.chosen, self.desk_app.desk
        with desk.read() as session:
            alike = complaints.similar(session, cases.get(session, complaints.SYSTEM, number), desk.now())
        offered = [heading(_("Alike, of the last seven days"))]
        offered += [Content(one_line(f"{one.number} {one.subject} {one.what}")) for one in alike[:20]]
        fields = [
            Field("others", N_("Numbers"), default=" ".join(one.number for one in alike), longest=500),
            Field("what", N_("The event"), hint=N_("in words; empty: the complaint's own"), longest=200),
        ]

        def work(act: Act, values: dict[str, str]) -> object:
            return complaints.merge(act, number=number, others=values["others"].split(), what=values["what"])

        title = _("Same event as {number}", number=number)
        self.ask(title, fields, work, beside=lambda _values: offered if alike else [])

    def action_prevent(self) -> None:
        """Write down the prevention agreed."""
        title = _("Prevention for {number}", number=self.chosen)
        self.ask_text(title, "text", N_("Prevention"), complaints.prevent)

    def action_declare(self) -> None:
        """The company declares it major."""
        number = self.chosen
        self.ask_signed(
            _("Declare {number} major", number=number), [Field("text", N_("Reason"), longest=500)],
            lambda act, values: complaints.declare(act, number=number, **values),
            own=self.may("complaints.declare"), whose=N_("of the company manager"),
        )  # fmt: skip


def category_options() -> list[tuple[str, str]]:
    """The classes of complaints, to choose from."""
    return [(key, complaints.category_name(key)) for key in complaints.CATEGORIES]
