"""A visit, call, letter or fax, taken in one act with all it starts (INT-7, INT-15, INT-17, CMP-10)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from data.cases import CaseBase, Contact
from data.directory import Person
from data.tables import Value, Where
from data.words import N_, _, named
from desk import cases, complaints, directory, emergencies, quality, repairs, requests
from desk.act import Act
from desk.contacts import carrying
from desk.ground import texts
from desk.ground.channels import CHANNELS
from desk.ground.idcards import mask_inside
from desk.ground.refusals import Invalid, NotFound, Refused, StateChanged
from desk.repairs import callers
from desk.systems import may
from desk.view import View

KINDS = {
    "question": N_("question"),
    "request": N_("request"),
    "complaint": N_("complaint"),
    "repair": N_("repair"),
    "pass": N_("release pass"),
    "suggestion": N_("suggestion"),
    "commission": N_("commission"),
    "official": N_("official business"),
    "peer": N_("peer company"),
    "other": N_("other"),
    "quality": N_("building quality"),
}
EMERGENCY = "emergency"
BECOMES = {
    "complaint": "complaints",
    "request": "requests",
    "suggestion": "requests",
    "commission": "requests",
    "repair": "repairs",
    "quality": "quality",
    EMERGENCY: "emergencies",
}
HANDED_OVER = ("official", "peer")
MOST_MATTERS = 9
PHONE = re.compile(r"\+?[\d\- ]{3,20}")


@dataclass(frozen=True)
class Matter:
    """One of the things a caller comes with.

    kind: a key of KINDS, or "emergency".
    answer: what a question was answered with at once (CMP-44); without it a reply is agreed (INT-11).
    promised_at: aware instant agreed with the caller: of the reply to a question, an emergency or a request.
    category: a class of complaint, when it is plain; part: of the building, where it is about its quality.
    emergency, place: kind and place of an emergency.
    handed_to: who takes official business or shows a peer company around (INT-12, INT-22).
    carry: why its record waits for the next duty day; "" opens it now (REP-18, X-7).
    same: the open order whose cause it is, of a repair; "" for an order of its own.
    """

    kind: str
    what: str
    answer: str = ""
    promised_at: datetime | None = None
    category: str = ""
    handed_to: str = ""
    emergency: str = ""
    place: str = ""
    part: str = ""
    carry: str = ""
    same: str = ""


@dataclass(frozen=True)
class Taken:
    """What a matter became: its contact's number and that of the record it opened, if any."""

    contact: str
    record: str
    system: str


def take(
    act: Act,
    *,
    channel: str,
    unit_id: int | None = None,
    person_id: int | None = None,
    stranger: str = "",
    caller_number: str = "",
    **matter: Value,
) -> Taken:
    """Enter a contact with one matter, whose fields are those of `Matter`."""
    return take_call(
        act,
        channel=channel,
        matters=[Matter(**matter)],
        unit_id=unit_id,
        person_id=person_id,
        stranger=stranger,
        caller_number=caller_number,
    )[0]


def take_call(
    act: Act,
    *,
    channel: str,
    matters: Sequence[Matter],
    unit_id: int | None = None,
    person_id: int | None = None,
    stranger: str = "",
    caller_number: str = "",
) -> list[Taken]:
    """Enter a visit, call, letter or fax with all its matters, each its own linked record, in one act (INT-7, CMP-10).

    An emergency is taken by anybody on the site, guards too: nobody may have to wait for the desk (EMG-1, GRD-15).

    Args:
        channel: a key of CHANNELS; a call needs the number from the display (INT-7).
        matters: in the order in which they were told; at most nine.

    Raises:
        Invalid: at the field that is missing or wrong.
    """
    # What people type may be nothing to the eye: only what is left of it says why something waits.
    matters = [
        replace(
            one,
            carry=texts.limited(one.carry, "carry", carrying.LONGEST),
            # Numbers of papers have their own sealed place; what is told in words goes to many.
            what=mask_inside(one.what),
            answer=mask_inside(one.answer),
        )
        for one in matters
    ]
    urgent = bool(matters) and all(matter.kind == EMERGENCY for matter in matters)
    _require(act, matters, urgent)
    act.urgent = urgent
    if channel not in CHANNELS:
        raise Invalid(N_("Choose how they came."), field="channel")
    if not 0 < len(matters) <= MOST_MATTERS:
        raise Invalid(N_("A call has between one and {count} matters."), field="what", count=MOST_MATTERS)
    for matter in matters:
        check(matter, act.now)
        carrying.check(act, matter.kind, matter.carry, promised=matter.promised_at is not None)
    stranger = texts.limited(stranger, "stranger", 60)
    name = _who(act, unit_id, person_id, stranger)
    caller_number = _caller(channel, caller_number)
    taken: list[Taken] = []
    for matter in matters:
        contact = Contact(
            number=act.number("contacts"),
            at=act.now,
            channel=channel,
            caller_number=caller_number,
            person_id=person_id,
            unit_id=unit_id,
            stranger=stranger,
            kind=matter.kind,
            what=matter.what,
            answer=matter.answer,
            first_asked=act.operator.code,
            handed_to=matter.handed_to,
            carried=matter.carry,
            call=taken[0].contact if taken else "",
        )
        taken.append(_enter(act, contact, matter, name))
    return taken


def _require(act: Act, matters: Sequence[Matter], urgent: bool) -> None:
    """Off duty the guards take what is told, which then waits for the day; in duty hours the desk takes it (X-20)."""
    if urgent:
        act.require("emergencies.register")
    elif carrying.is_off(act) and not may(act.operator.roles, "contacts.take"):
        act.require("contacts.take_off_duty")
        if not all(one.carry or one.kind not in BECOMES for one in matters):
            raise Invalid(N_("Say why it waits for the next duty day."), field="carry", clause="REP-18")
    else:
        act.require("contacts.take")


def _enter(act: Act, contact: Contact, matter: Matter, name: str) -> Taken:
    """One matter's line in the register, and the record it opens."""
    act.session.add(contact)
    act.session.flush()
    act.record("contacts.take", contact.number, channel=contact.channel, kind=contact.kind, call=contact.call or None)
    system = BECOMES.get(matter.kind, "")
    if contact.carried:
        carrying.begin(act, contact, name)
        system = ""
    elif system:
        contact.became = open_record(act, contact, matter, name).number
        act.session.add(contact)
    elif matter.promised_at is not None and not contact.answer:
        act.record(
            "contacts.promise",
            contact.number,
            f"{name} {matter.what}",
            promised_at=matter.promised_at,
            first_asked=contact.first_asked,
        )
    return Taken(contact.number, contact.became, system)


def open_record(act: Act, contact: Contact, matter: Matter, name: str) -> CaseBase:
    """The record that a matter of a contact becomes, in the system of its kind; or the open order whose cause it is."""
    if matter.same:
        return callers.join(act, contact, matter.same)
    system = BECOMES[matter.kind]
    if system == "complaints":
        return complaints.register(act, contact=contact, what=matter.what, subject=name, category=matter.category)
    if system == "requests":
        return requests.register(
            act, contact=contact, what=matter.what, subject=name, sort=matter.kind, promised_at=matter.promised_at
        )
    if system == "emergencies":
        return emergencies.register(
            act,
            contact=contact,
            kind=matter.emergency,
            place=matter.place,
            what=matter.what,
            subject=name,
            reply_by=matter.promised_at,
        )
    if system == "quality":
        return quality.register(act, contact=contact, what=matter.what, subject=name, part=matter.part)
    return repairs.register(act, contact=contact, what=matter.what, subject=name)


def check(matter: Matter, now: datetime) -> None:
    """Refuse a matter that lacks something, at its field."""
    if matter.kind not in KINDS and matter.kind != EMERGENCY:
        raise Invalid(N_("Choose what it is."), field="kind")
    texts.needed(matter.what, "what")
    texts.limited(matter.answer, "answer")
    if matter.kind == "question":
        _check_answer(matter)
    if matter.same and (matter.kind != "repair" or matter.carry):
        raise Invalid(N_("Only a repair that is taken now can be of the same cause as an open order."), field="same")
    if matter.kind in HANDED_OVER:
        texts.needed(matter.handed_to, "handed_to", 60)
    _check_promise(matter, now)


def _check_answer(matter: Matter) -> None:
    """A question is answered now, or by a time that was agreed: one of the two (INT-11)."""
    if matter.answer.strip() and matter.promised_at is not None:
        raise Invalid(N_("Either the answer, or the time by which it follows: one of the two."), field="promised_at")
    if not matter.answer.strip() and matter.promised_at is None:
        raise Invalid(N_("Write what you told them, or agree a time by which they hear."), field="answer")


PROMISED = ("question", EMERGENCY, "request", "suggestion", "commission")


def _check_promise(matter: Matter, now: datetime) -> None:
    promised_at = matter.promised_at
    if promised_at is None:
        return
    if promised_at > now + cases.LATEST_PROMISE:
        raise Invalid(N_("A promise lies within a year: check the date."), field="promised_at", clause="REQ-5")
    if matter.kind not in PROMISED or promised_at <= now:
        raise Invalid(
            N_("A promised time lies ahead, and belongs to a request or a question."),
            field="promised_at",
            clause="REQ-5",
        )


def why_not_answer(_view: View, contact: Contact) -> Refused | None:
    """Only a question that was left open waits for an answer (INT-11)."""
    if contact.kind != "question" or contact.answer:
        return StateChanged(N_("{number} waits for no answer."), number=contact.number)
    return None


def answer(act: Act, *, number: str, text: str) -> Contact:
    """Answer a question at the agreed time, after a specialist was asked (INT-11, INT-14).

    Raises:
        NotFound; StateChanged: it is no question, or was answered already.
    """
    act.require("contacts.answer")
    contact = cases.get_ready(act, Contact, number, why_not_answer)
    contact.answer, contact.answered_at = texts.needed(text, "text"), act.now
    act.session.add(contact)
    act.record("contacts.answer", contact.number)
    return contact


def get(session: Session, number: str) -> Contact:
    """One contact; refuses an unknown number."""
    contact = session.get(Contact, number.strip().upper())
    if contact is None:
        raise NotFound(N_("There is no record {number}."), field="number", number=number)
    return contact


def of_call(session: Session, contact: Contact) -> list[Contact]:
    """All matters of the call to which a contact belongs, in order."""
    first = contact.call or contact.number
    query = select(Contact).where((Contact.number == first) | (Contact.call == first))
    return list(session.exec(query.order_by(col(Contact.number))))


def _who(act: Act, unit_id: int | None, person_id: int | None, stranger: str) -> str:
    if unit_id is None and not stranger:
        raise Invalid(N_("Say who it is: choose a resident, or type a stranger's name."), field="who")
    unit = directory.unit_by_id(act.session, unit_id).label if unit_id else ""
    person = act.session.get(Person, person_id) if person_id else None
    if person_id and person is None:
        raise NotFound(N_("There is no such person."), field="who")
    return " ".join(part for part in (unit, person.name if person else stranger) if part)


def _caller(channel: str, number: str) -> str:
    number = number.strip()
    if channel == "phone" and not number:
        raise Invalid(
            N_("Copy the number from the display; type 000 when it is hidden."), field="caller_number", clause="INT-7"
        )
    if number and (not PHONE.fullmatch(number) or sum(char.isdigit() for char in number) < 3):
        raise Invalid(N_("A phone number has 3 to 20 digits."), field="caller_number")
    if mask_inside(number) != number:
        raise Invalid(N_("This is the number of an identity paper, not of a phone."), field="caller_number")
    return number


def page(session: Session, *, before: str = "", where: Where = None, limit: int = 200) -> list[Contact]:
    """A page of the contacts, newest first; `where` is what a search asks for (see `desk.looking`)."""
    query = select(Contact).order_by(col(Contact.number).desc()).limit(limit)
    if where is not None:
        query = query.where(where)
    return list(session.exec(query.where(Contact.number < before) if before else query))


def kind_name(kind: str) -> str:
    """The kind in the reader's language."""
    return _("emergency") if kind == EMERGENCY else named(KINDS, kind)
