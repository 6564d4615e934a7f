"""What was carried over becomes an order or a record on the next day, and the department hears of it (DUT-7)."""

from data.cases import Contact
from data.words import N_
from desk import cases, complaints
from desk.act import Act
from desk.contacts import carrying, intake
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.view import View

# What a contact became of which nothing was made.
NOTHING = "–"


def why_not_convert(_view: View, contact: Contact) -> Refused | None:
    """Only what waits becomes a record, once."""
    if not contact.carried or contact.became:
        return StateChanged(N_("{number} does not wait to become a record."), number=contact.number, clause="DUT-7")
    return None


def convert(act: Act, *, number: str, kind: str = "", category: str = "", same: str = "") -> Contact:
    """Make the order or the record of what was carried over (REP-18, REQ-12, DUT-7).

    Args:
        kind: what it turned out to be, as it was taken when empty; category: of a complaint.
        same: the number of an open order about the same cause, which it joins (REP-2).

    Raises:
        Invalid: at the field; StateChanged: it was made already.
    """
    act.require("contacts.convert")
    contact = cases.get_ready(act, Contact, number, why_not_convert)
    kind = kind or contact.kind
    if kind not in carrying.KINDS:
        raise Invalid(N_("Choose what it is."), field="kind", clause="DUT-7")
    if category and (kind != "complaint" or category not in complaints.CATEGORIES):
        raise Invalid(N_("Choose the class of a complaint."), field="category")
    if same and kind != "repair":
        raise Invalid(N_("Only a repair can be of the same cause as an open order."), field="same")
    matter = intake.Matter(kind, contact.what, category=category, same=same)
    made = intake.open_record(act, contact, matter, cases.who_came(act.session, contact))
    contact.became = made.number
    act.session.add(contact)
    act.record("contacts.convert", contact.number, kind=kind, became=made.number)
    return contact


def drop_carried(act: Act, *, number: str, reason: str) -> Contact:
    """Nothing is to be made of it: settled meanwhile, or told twice; a leader says why.

    Raises:
        Invalid: without a reason; StateChanged: it does not wait.
    """
    act.require("contacts.drop_carried")
    contact = cases.get_ready(act, Contact, number, why_not_convert)
    cases.write_down(act, contact.number, "reason", texts.needed(reason, "reason", 200))
    contact.became = NOTHING
    act.session.add(contact)
    act.record("contacts.drop_carried", contact.number)
    return contact
