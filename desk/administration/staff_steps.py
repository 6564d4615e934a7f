"""The steps of an operator: changed, shut out, let in again, given a new secret."""

from collections.abc import Callable

from data.operators import Operator
from data.words import N_, _
from desk.administration import staff
from desk.ground.fields import Field
from desk.ground.roles import DEPARTMENTS, ROLES
from desk.steps import Step, always
from desk.view import View

SECRETS = (
    Field("new_secret", N_("Secret"), "secret", private=True),
    Field("again", N_("Again"), "secret", private=True),
)
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


STEPS = (
    Step(
        staff.add, "operators.add", always, "n", N_("New operator"), N_("Somebody who shall work at the desk"),
        title=N_("A new operator"), asks=(Field("number", N_("Code"), longest=20), *PEOPLE_FIELDS, *SECRETS),
        beside=lambda _view, _one: names(), signer=N_("of an administrator"), new=True,
    ),
    Step(
        staff.change, "operators.change", staff.why_not_change, "e", N_("Change"),
        N_("Name, posts, department, for whom they sign, whose homes are theirs"), title=N_("Change {number}"),
        asks=tuple(map(_known, PEOPLE_FIELDS)), said=N_("{number} is changed."), command="change",
        beside=lambda _view, _one: names(),
    ),
    Step(
        staff.set_secret, "operators.set_secret", staff.why_not_change, "s", N_("Secret"), N_("A new secret for them"),
        title=N_("A new secret for {number}"), asks=SECRETS, said=N_("{number} has a new secret."),
    ),
    Step(
        staff.disable, "operators.disable", staff.why_not_disable, "x", N_("Shut out"),
        N_("They may no longer work at any desk"), title=N_("Shut {number} out?"), said=N_("{number} is shut out."),
    ),
    Step(
        staff.enable, "operators.enable", staff.why_not_enable, "l", N_("Let in"),
        N_("Shut out, or locked after wrong secrets: they may sign in again"), title=N_("Let {number} in again?"),
        said=N_("{number} may sign in again."),
    ),
)  # fmt: skip
