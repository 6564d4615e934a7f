"""What cannot be handled today is written down in full and waits for the next duty day, never an emergency (REP-18).

The order is written at once; only what comes off duty, or as the desk closes, is left to the next day (X-7, DUT-9).
"""

from datetime import timedelta

from sqlmodel import col, select

from data.cases import WAITS, Contact
from data.words import N_, _
from desk.act import Act, Desk
from desk.duty import terms as duty
from desk.ground import texts
from desk.ground.refusals import Invalid
from desk.view import View

# A complaint, a commission, a repair, and what else becomes a record; an emergency never (EMG-11).
KINDS = ("complaint", "commission", "repair", "request", "suggestion", "quality")
# So long before the end of a day's duty, what comes may wait for the next (ours).
CLOSING = timedelta(minutes=30)
LONGEST = 200


def is_possible(view: View) -> bool:
    """Whether something may wait for the next duty day now: off duty, or as the desk closes (X-7)."""
    if is_off(view):
        return True
    today = view.calendar.local(view.now).date()
    end = view.calendar.end_of_duty(today)
    return end is not None and view.now >= end - CLOSING


def is_off(view: View) -> bool:
    """Whether nobody is at the desk by its hours; over lunch somebody is there, and writes the order (DUT-8)."""
    return bool(view.calendar.why_off(view.now)) and not duty.is_noon(view, duty.DESK)


def said(desk: Desk, number: str) -> str:
    """What whoever typed it is told of a contact that waits: nothing was opened yet; "" of anything else."""
    with desk.read() as session:
        contact = session.get(Contact, number)
        why = contact.carried if contact is not None and not contact.became else ""
    return _("▲ Nothing is opened for it yet; it waits for the next duty day: {why}", why=why) if why else ""


def check(view: View, kind: str, carry: str, *, promised: bool = False) -> None:
    """Refuse what may not wait, at its field (EMG-11, REP-18, DUT-9).

    Args:
        kind: of the matter; carry: why it waits, "" where it does not; promised: whether a time was agreed, too.
    """
    if not carry.strip():
        return
    if kind not in KINDS:
        clause = "EMG-11" if kind == "emergency" else "REP-18"
        raise Invalid(N_("Only what becomes a record waits, and never an emergency."), field="carry", clause=clause)
    if promised:
        raise Invalid(
            N_("What waits has no time yet: it is agreed once the record is made. Leave one of the two empty."),
            field="carry", clause="REP-18",
        )  # fmt: skip
    texts.limited(carry, "carry", LONGEST)
    if not is_possible(view):
        raise Invalid(
            N_("The desk is on duty: open the record now; only what comes off duty or at closing waits."),
            field="carry", clause="DUT-9",
        )  # fmt: skip


def begin(act: Act, contact: Contact, name: str) -> None:
    """It waits, with its clock, to become an order or a record on the next duty day (DUT-6, T-31)."""
    act.record(
        "contacts.carry_over", contact.number, f"{name} {contact.what}", kind=contact.kind,
        duty_at=duty.next_duty(act), first_asked=contact.first_asked,
    )  # fmt: skip


def waiting(view: View) -> list[Contact]:
    """What waits to become an order or a record, the oldest first."""
    return list(view.session.exec(select(Contact).where(WAITS).order_by(col(Contact.number))))
