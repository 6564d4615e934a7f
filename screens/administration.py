"""The site kept at the desk: what it has set, and who works here."""

from typing import Any

from textual.binding import Binding

from data.words import N_, _
from desk import cases, site
from desk.act import Desk
from desk.administration import changing, holidays, staff, staff_steps
from desk.administration.values import GROUPS, values
from desk.ground.fields import Field
from desk.ground.refusals import Invalid
from desk.ground.roles import role_names
from desk.step_table import STEPS
from screens.step_keys import StepRegister, step_keys
from screens.widgets.lines import Cells, Column

DAY = Field("day", N_("Day"), hint=N_("such as 2026-12-24"), longest=20)
HOURS = Field("value", N_("Hours"), hint=N_("closed, open, 08:00-12:00; behind a | what it is called"), longest=120)
ONLY = Field("calendar", N_("Only for"), hint=N_("desk or the name of a calendar; empty: for all"), longest=20)
NAME = Field("calendar", N_("Name"), hint=N_("small letters: repairs, guards"), longest=20)
PLAN = Field("value", N_("Hours"), "long", default="Mon-Fri 08:00-12:00,13:00-17:00", longest=2000)
FILE = Field("file", N_("File"), hint=N_("path of the notice in the holiday-cn form (JSON)"), longest=400)
REASON = Field("reason", N_("Reason"), longest=200)


class SiteRoom(StepRegister):
    """Everything that the site can set, group by group."""

    SYSTEM = "site"
    TITLE_TEXT = N_("Administration")
    HELP_TEXT = N_(
        "What the site has set, and where it comes from. Every change has a reason, counts from a day on, and shows "
        "before which running promises it would move; they keep their end unless you say that they move, too. A past "
        "day never changes."
    )
    COLUMNS = (Column(N_("part"), 16), Column(N_("what"), 30), Column(N_("value now")))
    BINDINGS = [
        *step_keys(STEPS["site"]),
        Binding("d", "day", N_("Single day"), tooltip=N_("Close, open or give other hours to one day")),
        Binding("n", "calendar", N_("New calendar"), tooltip=N_("Hours of their own for repairs, guards or others")),
        Binding("h", "holidays", N_("Holiday notice"), tooltip=N_("Take in the holiday notice of a year")),
    ]

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        if before:
            return []
        found: list[tuple[str, Cells]] = []
        last = ""
        with desk.look() as view:
            for one in values(view):
                plans = [f"  → {day} {one.shows(text)}" for day, text in changing.planned(view, one).values()]
                part = _(GROUPS[one.group]) if one.group != last else ""
                found.append(
                    (one.key, (part, one.title, (one.shows(one.value) if one.value else "–") + "".join(plans)))
                )
                last = one.group
        return found

    def about(self, number: str) -> str:
        return ""

    def _change(self, key: str, act: Any, values: dict[str, str]) -> object:
        changing.change(act, number=key, value=values["value"], reason=values["reason"], running=values["running"])
        self.desk_app.made["site"] = key
        return True

    def action_day(self) -> None:
        """Give a single day hours of its own."""

        def work(act: Any, values: dict[str, str]) -> object:
            if not values["day"].strip():
                raise Invalid(N_("Which day?"), field="day")
            return self._change(f"{site.DAY}{values['day'].strip()}@{values['calendar'].strip()}", act, values)

        self._ask(_("A single day"), [DAY, HOURS, ONLY], work)

    def action_calendar(self) -> None:
        """Add a calendar with hours of its own."""

        def work(act: Any, values: dict[str, str]) -> object:
            return self._change(f"{site.HOURS}{values['calendar'].strip()}", act, values)

        self._ask(_("A new calendar"), [NAME, PLAN], work)

    def _ask(self, title: str, fields: list[Field], work: Any) -> None:
        running = next(field for field in STEPS["site"][0].asks if field.name == "running")
        plain = Field(running.name, running.label, "choice", running.options)
        self.ask_signed(
            title,
            [*fields, plain, REASON],
            work,
            own=self.may("site.change"),
            new=True,
            whose=N_("of an administrator"),
        )

    def action_holidays(self) -> None:
        """Take in a year's notice from a file."""

        def work(act: Any, values: dict[str, str]) -> object:
            holidays.take_in(act, notice=holidays.read_file(values["file"]))
            return True

        self.ask_signed(
            _("The holiday notice of a year"),
            [FILE],
            work,
            own=self.may("holidays.import"),
            new=True,
            whose=N_("of an administrator"),
            said=_("The notice is taken in."),
        )


class OperatorRoom(StepRegister):
    """Everybody who may sign in."""

    SYSTEM = "operators"
    TITLE_TEXT = N_("Operators")
    HELP_TEXT = N_("Who may sign in, with which posts, for which departments they sign, and whose homes are theirs.")
    COLUMNS = (Column(N_("code"), 12), Column(N_("name"), 16), Column(N_("posts")), Column(N_("department"), 16))
    BINDINGS = [
        *step_keys(STEPS["operators"]),
        Binding("n", "add", N_("New operator"), tooltip=N_("Somebody who shall work at the desk")),
    ]

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        if before:
            return []
        out = _("shut out")
        with desk.look() as view:
            return [
                (
                    one.code,
                    (
                        one.code,
                        f"{one.name} {out if one.disabled else ''}",
                        role_names(one.roles),
                        cases.department_name(one.department),
                    ),
                )
                for one in staff.page(view)
            ]

    def action_add(self) -> None:
        """Add somebody."""
        fields = [Field("number", N_("Code"), longest=20), *staff_steps.PEOPLE_FIELDS, *staff_steps.SECRETS]

        def work(act: Any, values: dict[str, str]) -> object:
            self.desk_app.made["operators"] = staff.add(act, **values).code
            return True

        self.ask_signed(
            _("A new operator"), fields, work, own=self.may("operators.add"), new=True, whose=N_("of an administrator")
        )
