"""The site kept at the desk: what it has set, and who works here."""

from textual.content import Content

from data.words import N_, _
from desk import cases
from desk.act import Desk
from desk.administration import changing, staff, times
from desk.administration.values import GROUPS, values
from desk.ground.roles import role_names
from desk.step_table import STEPS
from screens.first import First
from screens.register import IN_LINES, LOOK_IN_LINES
from screens.step_keys import StepRegister, step_keys
from screens.widgets.lines import Cells, Column


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
    SEARCHES = IN_LINES
    BINDINGS = [*step_keys(STEPS["site"]), *LOOK_IN_LINES]

    def first_to_do(self, desk: Desk) -> First:
        """What the site lacks."""
        with desk.look() as view:
            year = times.missing_notice(view)
        if not year:
            return super().first_to_do(desk)
        text = _("The holiday notice of {year} is not there: h takes it in.", year=year)
        return First(Content.assemble(("! ", "$warning"), text), record=f"notice:{year}")

    def whole(self, desk: Desk) -> list[tuple[str, Cells]]:
        found: list[tuple[str, Cells]] = []
        last = ""
        with desk.look() as view:
            for one in values(view):
                plans = [f"  → {day} {one.shows(text)}" for day, text in changing.planned(view, one).values()]
                # What is looked for stands without the lines before it.
                part = _(GROUPS[one.group]) if self.words or one.group != last else ""
                found.append(
                    (one.key, (part, one.title, (one.shows(one.value) if one.value else "–") + "".join(plans)))
                )
                last = one.group
        return found

    def about(self, number: str) -> str:
        return ""


class OperatorRoom(StepRegister):
    """Everybody who may sign in."""

    SYSTEM = "operators"
    TITLE_TEXT = N_("Operators")
    HELP_TEXT = N_("Who may sign in, with which posts, for which departments they sign, and whose homes are theirs.")
    COLUMNS = (Column(N_("code"), 12), Column(N_("name"), 16), Column(N_("posts")), Column(N_("department"), 16))
    SEARCHES = IN_LINES
    BINDINGS = [*step_keys(STEPS["operators"]), *LOOK_IN_LINES]

    def whole(self, desk: Desk) -> list[tuple[str, Cells]]:
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
