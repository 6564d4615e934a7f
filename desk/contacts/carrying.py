"""What cannot be handled today is written down in full and waits for the next duty day, never an emergency (REP-18).

The order is written at once; only what comes off duty, or as the desk closes, is left to the next day (X-7, DUT-9).
"""

from datetime import datetime, timedelta

from sqlmodel import col, select

from data.cases import WAITS, Contact
from data.words import N_
from desk.act import Act
from desk.duty import terms as duty
from desk.ground import texts
from desk.ground.refusals import Invalid
from desk.view import View

# A complaint, a commission, a repair; a request is a commission by another word.
KINDS = ("complaint", "commission", "repair", "request")
# So long before the end of a day's duty, what comes may wait for the next (ours).
CLOSING = timedelta(minutes=30)
LONGEST = 200
SEARCHED = 30


def is_possible(view: View) -> bool:
    """Whether something may wait for the next duty day now: off duty, or as the desk closes (X-7)."""
    if view.calendar.why_off(view.now):
        # Over lunch somebody is there, and writes the order.
        return not _is_noon(view)
    today = view.calendar.local(view.now).date()
    end = view.calendar.end_of_duty(today)
    return end is not None and view.now >= end - CLOSING


def _is_noon(view: View) -> bool:
    today = view.calendar.local(view.now).date()
    noon = duty.bands(view.settings, view.calendar, duty.DESK, today).get(duty.NOON)
    return noon is not None and noon[0] <= view.now < noon[1]


def check(view: View, kind: str, carry: str) -> None:
    """Refuse what may not wait, at its field (EMG-11, REP-18, DUT-9).

    Args:
        kind: of the matter; carry: why it waits, "" where it does not.
    """
    if not carry.strip():
        return
    if kind not in KINDS:
        clause = "EMG-11" if kind == "emergency" else "REP-18"
        raise Invalid(N_("Only a complaint, a commission, a request or a repair waits."), field="carry", clause=clause)
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
        duty_at=_next_duty(act), first_asked=contact.first_asked,
    )  # fmt: skip


def _next_duty(view: View) -> datetime:
    """When the next duty day begins: tomorrow's or later, or this morning's where it has not begun."""
    today = view.calendar.local(view.now).date()
    for days in range(SEARCHED):
        windows = view.calendar.windows(today + timedelta(days=days), "duty")
        if windows and windows[0][0] > view.now:
            return windows[0][0]
    return view.now + timedelta(days=1)


def waiting(view: View) -> list[Contact]:
    """What waits to become an order or a record, the oldest first."""
    return list(view.session.exec(select(Contact).where(WAITS).order_by(col(Contact.number))))
