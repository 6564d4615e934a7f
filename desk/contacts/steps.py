"""The steps of a contact: a question that was left open is answered."""

from data.cases import Contact
from data.words import N_, _
from desk import complaints
from desk.cases import steps
from desk.contacts import carrying, converting, intake
from desk.ground.fields import Field, among
from desk.repairs import callers
from desk.steps import Step
from desk.view import View


def complaints_classes() -> list[tuple[str, str]]:
    """The classes of a complaint, none of which need be plain yet."""
    return [("", _("not known yet")), *among(complaints.CATEGORIES, complaints.category_name)()]


def _open_orders(view: View, contact: Contact) -> dict[str, object] | None:
    """The open orders that may be of the same cause; not asked where there are none."""
    if contact.unit_id is None:
        return None
    found = callers.alike(view.session, contact.unit_id)
    options = [
        ("", _("an order of its own")),
        *((one.number, f"{one.number} {one.subject} {one.what}") for one in found),
    ]
    return {"options": lambda: options} if found else None


STEPS = (
    Step(
        intake.answer, "contacts.answer", intake.why_not_answer, "e", N_("Answer"),
        N_("Answer the question after a specialist was asked"), title=N_("Answer {number}"), asks=(steps.ANSWER,),
        command="answer", words=("text",),
    ),
    Step(
        converting.convert, "contacts.convert", converting.why_not_convert, "v", N_("Make record"),
        N_("Make the order or the record of what was carried over"), title=N_("What {number} becomes"),
        asks=(Field("kind", N_("What it is"), "choice", among(carrying.KINDS, intake.kind_name),
                    finds=lambda _view, contact: {"default": contact.kind}),
              Field("category", N_("Class"), "choice", complaints_classes,
                    asked=lambda values: values["kind"] == "complaint"),
              Field("same", N_("Same cause as"), "choice", asked=lambda values: values["kind"] == "repair",
                    finds=_open_orders)),
        command="convert", household=True,
    ),
    Step(
        converting.drop_carried, "contacts.drop_carried", converting.why_not_convert, "x", N_("Nothing to do"),
        N_("Nothing is made of what was carried over: a leader says why"), title=N_("Nothing is made of {number}"),
        asks=(Field("reason", N_("Reason"), longest=200),), signer=N_("of a supervisor"), command="drop",
        words=("reason",), foot=False,
    ),
)  # fmt: skip
