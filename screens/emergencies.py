"""Emergencies on screen: taken with one key from anywhere, told in order, acknowledged, reported on."""

from datetime import timedelta
from typing import Any

from textual.binding import Binding
from textual.content import Content

from data.words import N_, _
from desk import cases, emergencies, intake, moments, prompts, roles
from desk.act import Act
from screens import people
from screens.base import FormDialog, kept_draft
from screens.cases import COLUMNS, FORM, CaseRegister, ask_visit
from screens.house import House
from screens.text import one_line
from screens.widgets.finder import Finder
from screens.widgets.form import Field
from screens.widgets.lines import Column

USUAL_REPLY = timedelta(minutes=30)


def emergency_options() -> list[tuple[str, str]]:
    """The kinds of emergencies, to choose from."""
    return [(key, emergencies.emergency_name(key)) for key in emergencies.KINDS]


def ask_emergency(app: House) -> None:
    """The dialog that takes an emergency; once it is saved, whom to tell stands on the screen."""
    fields = [
        Field("emergency", N_("What it is"), "choice", emergency_options),
        Field("place", N_("Where"), longest=200, of=("who",)),
        Field("what", N_("Matter"), hint=N_("what they said; is anybody hurt"), longest=500, of=("who",)),
        Field("who", N_("Who"), "find", stranger=True, find=people.finder(app), hint=N_("name, room or phone")),
        Field("channel", N_("How"), "choice", default="phone",
              options=lambda: [(key, intake.channel_name(key)) for key in ("phone", "visit", "other")]),
        Field("caller_number", N_("Caller's no."), hint=N_("from the display; 000 when hidden"), longest=20,
              asked=lambda values: values["channel"] == "phone", of=("who",), bound=True),
        Field("promised_at", N_("Reply by"), default="+30", hint=N_("agreed with the caller: 15:30, +20"), longest=30),
    ]  # fmt: skip

    async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
        finder = dialog.form.widget("who")
        assert isinstance(finder, Finder)
        key: Any = finder.key

        def work(act: Act) -> intake.Taken:
            due = moments.parse(values["promised_at"], act.calendar, act.now, field="promised_at")
            return intake.take(
                act, channel=values["channel"], kind=intake.EMERGENCY, what=values["what"], promised_at=due,
                emergency=values["emergency"], place=values["place"], unit_id=key[0] if key else None,
                person_id=key[1] if key else None, stranger="" if key else values["who"],
                caller_number=values["caller_number"] if values["channel"] == "phone" else "",
            )  # fmt: skip

        return await dialog.act(work, form=dialog.form, request=request)

    def said(_values: dict[str, str]) -> list[Content]:
        trouble = emergencies.list_trouble(app.desk.store.path)
        loud = [Content.styled(one_line(f"▲ {trouble} ") + _("The shipped list is used."), "bold $error")]
        return [*(loud if trouble else []), *said_by_site()]

    def said_by_site() -> list[Content]:
        return [Content.styled(one_line(line), "$warning") for line in prompts.lines(app.desk, "emergency")]

    def saved(taken: intake.Taken | None) -> None:
        if taken is not None:
            app.made[taken.system] = taken.record
            app.made["contacts"] = taken.contact
            app.action_room("emergencies")
            if trouble := emergencies.list_trouble(app.desk.store.path):
                loud = one_line(f"{trouble} ") + _("The shipped list is used.")
                app.notify(loud, severity="error", timeout=60, markup=False)

    app.push_screen(EmergencyDialog(_("Emergency"), fields, save, beside=said, draft="emergency"), saved)


class EmergencyDialog(FormDialog):
    """The dialog that the emergency key does not open again; a new one never begins with the words of an older one."""

    takes_emergency = True

    def bring_draft_back(self) -> None:
        if kept := kept_draft(self, self.draft_name()):
            self.form.hold_kept(kept)
            self.say(_("An emergency was left half typed: Ctrl+Z brings it back."))


class EmergencyRoom(CaseRegister):
    """The register of emergencies."""

    SYSTEM = emergencies.SYSTEM
    PROCEDURES = emergencies
    TITLE_TEXT = N_("Emergencies")
    HELP_TEXT = N_(
        "Major, urgent and sudden matters. Tell everybody on the list in its order, until a leader has acknowledged; "
        "go on reporting until it is over. Nothing here waits for the next day. Ctrl+E takes one from anywhere."
    )
    EMPTY = N_("No emergency. Ctrl+E takes one from anywhere.")
    COLUMNS = (*COLUMNS[:3], Column(N_("kind"), 16), COLUMNS[3])
    BINDINGS = [
        Binding("t", "tell", N_("Tell"), tooltip=N_("Who on the list was told, or not reached")),
        Binding("a", "acknowledge", N_("Acknowledge"), tooltip=N_("A leader takes it on, with their own code")),
        Binding("b", "by_phone", N_("By phone"), tooltip=N_("A leader took it on over the phone; they sign later")),
        Binding("s", "sign", N_("Sign"), tooltip=N_("The leader who took it on by phone signs that they did")),
        Binding("r", "report", N_("Report"), tooltip=N_("The next line of the running report")),
        Binding("e", "reply", N_("Reply"), tooltip=N_("Answer the caller; stamps the time")),
        Binding("p", "promise", N_("Next reply"), tooltip=N_("Not over yet: explain, and fix the next reply")),
        Binding("o", "refer", N_("Pass on"), tooltip=N_("Pass the record on to a department")),
        Binding("h", "visit", N_("Visit"), tooltip=N_("Record the return visit after a rescue")),
        FORM,
    ]

    def about(self, number: str) -> str:
        row = self.found[number]
        return one_line(f"{number} · {emergencies.emergency_name(row.kind)} {row.place} · {row.subject} · {row.what}")

    def standing(self, row: Any) -> tuple[str, ...]:
        heard = cases.state_name(row.state) if row.acknowledged_at else _("unheard")
        return heard, emergencies.emergency_name(row.kind)

    def ready(self, action: str, case: Any) -> bool:
        if action in ("acknowledge", "by_phone") and case.acknowledged_at is not None:
            return False
        if action == "sign":
            return bool(case.acknowledged_at is not None and case.acknowledged_signed_at is None)
        if action == "visit":
            return bool(case.kind in emergencies.RESCUES and case.state == "closed")
        return super().ready(action, case)

    def action_tell(self) -> None:
        """Who was told, or not reached."""
        number = self.chosen
        with self.desk_app.desk.read() as session:
            left = [one for one in emergencies.notices_of(session, number) if one.outcome != "told"]
            due = emergencies.next_to_tell(session, number)
        if due is None:
            self.say(_("Everybody on the list was told."))
            return
        fields = [
            Field("whom", N_("Whom"), "choice", default=str(due.place),
                  options=lambda: [(str(one.place), f"{one.whom} {one.phone}".strip()) for one in left]),
            Field("outcome", N_("They were"), "choice", default="told",
                  options=lambda: [(key, emergencies.outcome_name(key)) for key in emergencies.OUTCOMES]),
            Field("note", N_("Note"), longest=200),
        ]  # fmt: skip
        self.ask(
            _("Tell of {number}", number=number), fields,
            lambda act, values: emergencies.tell(act, number=number, **values),
        )  # fmt: skip

    def action_acknowledge(self) -> None:
        """A leader takes it on."""
        number = self.chosen
        self.ask_signed(
            _("Take on {number}", number=number), [],
            lambda act, _values: emergencies.acknowledge(act, number=number),
            own=self.may("emergencies.acknowledge"), whose=N_("of a leader"),
        )  # fmt: skip

    def action_by_phone(self) -> None:
        """A leader took it on over the phone: who, when, on which number; no secret of theirs is needed."""
        number = self.chosen
        with self.desk_app.desk.read() as session:
            known = [(one.code, f"{one.name} {roles.role_names(one.roles)}") for one in emergencies.leaders(session)]
        fields = [
            Field("leader", N_("Leader"), "choice", options=lambda: known),
            Field("phone", N_("Number"), longest=20, hint=N_("on which they were reached")),
            Field("at", N_("When"), longest=30, hint=N_("empty: now; 15:30")),
        ]

        def work(act: Act, values: dict[str, str]) -> object:
            said = moments.parse(values["at"], act.calendar, act.now, field="at") if values["at"].strip() else None
            return emergencies.acknowledge_by_phone(
                act, number=number, leader=values["leader"], phone=values["phone"], at=said
            )

        self.ask(_("Taken on by phone: {number}", number=number), fields, work)

    def action_sign(self) -> None:
        """The leader who took it on by phone signs."""
        number = self.chosen
        self.ask_signed(
            _("Sign for {number}", number=number), [],
            lambda act, _values: emergencies.sign(act, number=number),
            own=self.may("emergencies.sign"), whose=N_("of whoever took it on by phone"),
        )  # fmt: skip

    def action_visit(self) -> None:
        """Record the return visit to whoever was rescued."""
        ask_visit(self, emergencies.SYSTEM)

    def action_report(self) -> None:
        """The next line of the running report."""
        self.ask_text(_("Report on {number}", number=self.chosen), "text", N_("Report"), emergencies.report)
