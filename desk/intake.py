"""A visit, call, letter or fax, taken in one act with all it starts (INT-7, INT-15, INT-17, CMP-10)."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from data.cases import Contact
from data.directory import Person
from data.words import N_, _
from desk import cases, directory
from desk.act import Act
from desk.refusals import Invalid

CHANNELS = {
    "visit": N_("visit"),
    "phone": N_("phone"),
    "letter": N_("letter"),
    "fax": N_("fax"),
    "other": N_("other"),
}
KINDS = {
    "question": N_("question"),
    "request": N_("request"),
    "complaint": N_("complaint"),
    "repair": N_("repair"),
    "pass": N_("release pass"),
    "other": N_("other"),
}
BECOMES = {"complaint": "complaints", "request": "requests", "repair": "repairs"}
PHONE = re.compile(r"\+?[\d\- ]{3,20}")


@dataclass(frozen=True)
class Taken:
    """What a contact became: its own number and that of the record it opened, if any."""

    contact: str
    record: str
    system: str


def take(
    act: Act,
    *,
    channel: str,
    kind: str,
    what: str,
    unit_id: int | None = None,
    person_id: int | None = None,
    stranger: str = "",
    caller_number: str = "",
    answer: str = "",
    promised_at: datetime | None = None,
) -> Taken:
    """Enter a contact and open its complaint, request or repair.

    Args:
        channel: a key of CHANNELS; a call needs the number from the display (INT-7).
        kind: a key of KINDS; a question answered at once needs the answer (CMP-44).
        promised_at: aware instant agreed with the caller, for requests (REQ-5).

    Raises:
        Invalid: at the field that is missing or wrong.
    """
    act.require("contacts.take")
    _check_kind(channel, kind)
    what = cases.needed(what, "what")
    stranger = cases.limited(stranger, "stranger", 60)
    name = _who(act, unit_id, person_id, stranger)
    caller_number = _caller(channel, caller_number)
    if kind == "question":
        answer = cases.needed(answer, "answer")
    _check_promise(act, kind, promised_at)
    contact = Contact(
        number=act.number("contacts"), at=act.now, channel=channel, caller_number=caller_number,
        person_id=person_id, unit_id=unit_id, stranger=stranger, kind=kind, what=what, answer=answer,
        first_asked=act.operator.code,
    )  # fmt: skip
    act.session.add(contact)
    act.session.flush()
    act.record("contacts.take", contact.number, channel=channel, kind=kind)
    system = BECOMES.get(kind, "")
    if system:
        case = cases.register(act, system, contact=contact, what=what, subject=name, promised_at=promised_at)
        contact.became = case.number
        act.session.add(contact)
    return Taken(contact.number, contact.became, system)


def _check_kind(channel: str, kind: str) -> None:
    if channel not in CHANNELS:
        raise Invalid(N_("Choose how they came."), field="channel")
    if kind not in KINDS:
        raise Invalid(N_("Choose what it is."), field="kind")


def _check_promise(act: Act, kind: str, promised_at: datetime | None) -> None:
    if promised_at is None:
        return
    if promised_at > act.now + cases.LATEST_PROMISE:
        raise Invalid(N_("A promise lies within a year: check the date."), field="promised_at", clause="REQ-5")
    if kind != "request" or promised_at <= act.now:
        raise Invalid(N_("A promised time lies ahead, and belongs to a request."), field="promised_at", clause="REQ-5")


def _who(act: Act, unit_id: int | None, person_id: int | None, stranger: str) -> str:
    if unit_id is None and not stranger:
        raise Invalid(N_("Say who it is: choose a resident, or type a stranger's name."), field="who")
    unit = directory.unit_by_id(act.session, unit_id).label if unit_id else ""
    person = act.session.get(Person, person_id) if person_id else None
    return " ".join(part for part in (unit, person.name if person else stranger) if part)


def _caller(channel: str, number: str) -> str:
    number = number.strip()
    if channel == "phone" and not number:
        raise Invalid(
            N_("Copy the number from the display; type 000 when it is hidden."),
            field="caller_number",
            clause="INT-7",
        )
    if number and (not PHONE.fullmatch(number) or sum(char.isdigit() for char in number) < 3):
        raise Invalid(N_("A phone number has 3 to 20 digits."), field="caller_number")
    return number


def caller_number(session: Session, number: str) -> str:
    """The number from the display of a contact, to ring back on, or ""."""
    contact = session.get(Contact, number)
    return contact.caller_number if contact else ""


def page(session: Session, *, before: str = "", limit: int = 200) -> list[Contact]:
    """A page of the contacts, newest first."""
    query = select(Contact).order_by(col(Contact.number).desc()).limit(limit)
    return list(session.exec(query.where(Contact.number < before) if before else query))


def channel_name(channel: str) -> str:
    """The channel in the reader's language."""
    return _(CHANNELS[channel]) if channel in CHANNELS else channel


def kind_name(kind: str) -> str:
    """The kind in the reader's language."""
    return _(KINDS[kind]) if kind in KINDS else kind
