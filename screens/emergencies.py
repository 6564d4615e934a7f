"""Emergencies on screen: taken with one key from anywhere, told in order, acknowledged, reported on."""

from datetime import timedelta
from typing import Any

from textual.content import Content

from data.words import N_, _
from desk import cases, emergencies, prompts
from desk.act import Act
from desk.calendar import moments
from desk.contacts import intake
from desk.ground import channels
from desk.ground.fields import Field
from desk.step_table import STEPS
from screens import people
from screens.base import FormDialog, kept_draft
from screens.cases import COLUMNS, FORM, CaseRegister
from screens.house import House
from screens.register import LOOK
from screens.step_keys import step_keys
from screens.text import one_line
from screens.widgets.finder import Finder
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
        Field(
            "channel",
            N_("How"),
            "choice",
            default="phone",
            options=lambda: [(key, channels.channel_name(key)) for key in ("phone", "visit", "other")],
        ),
        Field(
            "caller_number",
            N_("Caller's no."),
            hint=N_("from the display; 000 when hidden"),
            longest=20,
            asked=lambda values: values["channel"] == "phone",
            of=("who",),
            bound=True,
        ),
        Field("promised_at", N_("Reply by"), default="+30", hint=N_("agreed with the caller: 15:30, +20"), longest=30),
    ]

    async def save(dialog: FormDialog, values: dict[str, str], request: str) -> object:
        finder = dialog.form.widget("who")
        assert isinstance(finder, Finder)
        key: Any = finder.key

        def work(act: Act) -> intake.Taken:
            due = moments.parse(values["promised_at"], act.calendar, act.now, field="promised_at")
            return intake.take(
                act,
                channel=values["channel"],
                kind=intake.EMERGENCY,
                what=values["what"],
                promised_at=due,
                emergency=values["emergency"],
                place=values["place"],
                unit_id=key[0] if key else None,
                person_id=key[1] if key else None,
                stranger="" if key else values["who"],
                caller_number=values["caller_number"] if values["channel"] == "phone" else "",
            )

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
    TITLE_TEXT = N_("Emergencies")
    HELP_TEXT = N_(
        "Major, urgent and sudden matters. Tell everybody on the list in its order, until a leader has acknowledged; "
        "go on reporting until it is over. Nothing here waits for the next day. Ctrl+E takes one from anywhere."
    )
    EMPTY = N_("No emergency. Ctrl+E takes one from anywhere.")
    COLUMNS = (*COLUMNS[:3], Column(N_("kind"), 16), COLUMNS[3])
    SORTS = {"kind": emergencies.KINDS}
    BINDINGS = [*step_keys(STEPS[SYSTEM]), FORM, *LOOK]

    def about(self, number: str) -> str:
        row = self.found[number]
        return one_line(f"{number} · {emergencies.emergency_name(row.kind)} {row.place} · {row.subject} · {row.what}")

    def standing(self, row: Any) -> tuple[str, ...]:
        heard = cases.state_name(row.state) if row.acknowledged_at else _("unconfirmed")
        return heard, emergencies.emergency_name(row.kind)
