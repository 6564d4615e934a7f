"""The steps of an operator: changed, shut out, let in again, given a new secret."""

from collections.abc import Callable, Mapping

from data.operators import Operator
from data.words import N_, _
from desk.administration import later, staff
from desk.ground.fields import Field
from desk.ground.roles import DEPARTMENTS, ROLES, role_name
from desk.steps import Step, always
from desk.view import View

SECRETS = (
    Field("new_secret", N_("Secret"), "secret", private=True),
    Field("again", N_("Again"), "secret", private=True),
)
SINCE = Field("since", N_("From"), hint=N_("a day such as 2026-12-01; empty: now"), longest=20)
REASON = Field("reason", N_("Reason"), longest=later.LONGEST_REASON)
PEOPLE_FIELDS = (
    Field("name", N_("Name"), longest=staff.LONGEST_NAME),
    Field("roles", N_("Posts"), hint=N_("the list is beside or below; several with blanks between"), longest=200),
    Field("department", N_("Department"), hint=N_("one of the list; empty for none"), longest=40),
    Field("signs_for", N_("Signs for, too"), hint=N_("departments with blanks between; - for none"), longest=120),
    Field("areas", N_("Homes"), hint=N_("an officer's own: 3 5-1; - for none"), longest=120),
)


def names() -> list[str]:
    """Every post and department by its name and its key, for whoever types them."""
    both = [*ROLES.items(), *DEPARTMENTS.items()]
    return [N_("Posts and departments"), *(f"{_(name)}  {key}" for key, name in both)]


def _as_it_is(name: str) -> Callable[[View, Operator], dict[str, object]]:
    def finds(_view: View, operator: Operator) -> dict[str, object]:
        return {"default": getattr(operator, name)}

    return finds


def _known(field: Field) -> Field:
    return Field(field.name, field.label, hint=field.hint, longest=field.longest, finds=_as_it_is(field.name))


def plans(view: View, operator: Operator) -> list[str]:
    """What is planned of somebody for later days."""
    return [
        _("planned from {day}: {value}", day=day, value=_in_words(said)) for day, said in staff.planned(view, operator)
    ]


def _in_words(said: Mapping[str, str]) -> str:
    return _("shut out") if said.get("out") else " · ".join(said[key] for key in staff.WHAT if said.get(key))


def _beside(view: View, operator: Operator) -> list[str]:
    return [*names(), *plans(view, operator)]


def _preview(view: View, operator: Operator, values: Mapping[str, str]) -> list[str]:
    """Which posts nobody would have any more, and how many promises wait for them."""
    return [
        _("nobody else is {post}: {count} running promises wait for one", post=role_name(role), count=count)
        for role, count in staff.left_alone(view, operator, values.get("roles", "") or operator.roles).items()
    ]


def _preview_out(view: View, operator: Operator, _values: Mapping[str, str]) -> list[str]:
    return _preview(view, operator, {"roles": "-"})


STEPS = (
    Step(
        staff.add, "operators.add", always, "n", N_("New operator"), N_("Somebody who shall work at the desk"),
        title=N_("A new operator"), asks=(Field("number", N_("Code"), longest=20), *PEOPLE_FIELDS, *SECRETS),
        beside=lambda _view, _one: names(), signer=N_("of an administrator"), new=True,
    ),
    Step(
        staff.change, "operators.change", staff.why_not_change, "e", N_("Change"),
        N_("Name, posts, department, for whom they sign, whose homes are theirs"), title=N_("Change {number}"),
        asks=(*map(_known, PEOPLE_FIELDS), SINCE, REASON), said=N_("{number} is changed."), command="change",
        beside=_beside, previews=_preview,
    ),
    Step(
        staff.withdraw, "operators.withdraw", staff.why_not_withdraw, "w", N_("Withdraw"),
        N_("Take back what is planned for a later day"), title=N_("Withdraw what is planned for {number}"),
        asks=(REASON,), said=N_("Withdrawn."), command="withdraw", foot=False,
    ),
    Step(
        staff.set_secret, "operators.set_secret", staff.why_not_change, "s", N_("Secret"), N_("A new secret for them"),
        title=N_("A new secret for {number}"), asks=SECRETS, said=N_("{number} has a new secret."),
    ),
    Step(
        staff.disable, "operators.disable", staff.why_not_disable, "x", N_("Shut out"),
        N_("They may no longer work at any desk"), title=N_("Shut {number} out?"), asks=(SINCE, REASON),
        said=N_("{number} is shut out."), command="disable", beside=plans, previews=_preview_out,
    ),
    Step(
        staff.enable, "operators.enable", staff.why_not_enable, "l", N_("Let in"),
        N_("Shut out, or locked after wrong secrets: they may sign in again"), title=N_("Let {number} in again?"),
        asks=(REASON,), said=N_("{number} may sign in again."), command="enable",
    ),
)  # fmt: skip
