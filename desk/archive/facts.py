"""What is known of one person of the archive: paper, phones, birthday; and how it stands in the journal."""

import re
from datetime import date

from sqlmodel import Session, col, delete, select

from data.cleaning import masked_phone
from data.directory import Person, Phone
from data.words import N_
from desk import directory
from desk.act import Act
from desk.calendar import moments
from desk.ground import creditcodes, idcards
from desk.ground.refusals import Invalid
from desk.ground.texts import limited
from desk.roster.cells import is_nothing
from desk.roster.people import phones_in

MOST_PHONES = 6
EARLIEST_BIRTH = date(1900, 1, 1)


def said(text: str) -> str:
    """What was typed; "-" and 无 say that there is none any more."""
    return "" if is_nothing(text) else text


def read_paper(paper: str, *, company: bool = False) -> str:
    """The normal number of a paper; refuses at "paper" what is none (REL-5).

    Args:
        company: whether it may be the credit code of a company, which no person carries (ARC-4).
    """
    number = idcards.normal(paper)
    if company and creditcodes.is_valid(number):
        return number
    if not idcards.kind(number):
        raise Invalid(N_("This is no number of a paper."), field="paper", clause="REL-5")
    if wrong := idcards.fault(number):
        raise Invalid(wrong, field="paper", clause="REL-5")
    return number


def holder(act: Act, number: str) -> Person | None:
    """The entry of the archive to which a normal number of a paper belongs already."""
    held = select(Person).where(Person.id_card_index == idcards.index(act.store.keys, number))
    return act.session.exec(held.where(col(Person.joined_to).is_(None)).order_by(col(Person.id))).first()


def seal(act: Act, person: Person, paper: str) -> None:
    """Keep the number of somebody's paper, sealed; refuses at "paper" what is none, and another's (REL-5)."""
    number = read_paper(paper, company=bool(person.nature))
    other = holder(act, number)
    if other is not None and other.id != person.id:
        raise Invalid(
            N_("This paper is {name}'s, entry {number} of the archive: join the two where they are one."),
            field="paper",
            name=other.name,
            number=other.id,
        )
    directory.set_id_card(act, person, number)
    if not creditcodes.is_valid(number):
        person.birthday = person.birthday or idcards.birthday(number)
    act.session.add(person)


def one_phone(text: str, field: str) -> str:
    """One phone number, or none; refuses anything else at `field` (ARC-13)."""
    found = phones_in(limited(text, field, 60))
    if text.strip() and (len(found.numbers) != 1 or found.odd or found.note):
        raise Invalid(N_("Write one phone number."), field=field, clause="ARC-13")
    return found.numbers[0] if found.numbers else ""


def set_phones(act: Act, person: Person, text: str) -> None:
    """Keep these numbers of somebody in place of those before; refuses at "phone" what is none."""
    # A blank parts two mobile numbers; behind an area code it parts nothing.
    text = re.sub(r"(?<=\d) +(?=1[3-9]\d{9})", "、", text)
    found = phones_in(limited(text, "phone", 120))
    if text.strip() and (not found.numbers or found.odd or found.note or len(found.numbers) > MOST_PHONES):
        raise Invalid(N_("Write phone numbers, one after the other."), field="phone")
    act.session.exec(delete(Phone).where(col(Phone.person_id) == person.id))
    act.session.add_all([Phone(person_id=person.id or 0, number=number) for number in found.numbers])


def birthday_of(text: str, act: Act) -> date | None:
    """A birthday from what was typed, or none; refuses at "birthday" one that lies ahead (ARC-13)."""
    if not text.strip():
        return None
    today = act.calendar.local(act.now).date()
    day = moments.day(text, today, field="birthday")
    if not EARLIEST_BIRTH <= day <= today:
        raise Invalid(N_("A birthday lies behind."), field="birthday", clause="ARC-13")
    return day


def day_behind(text: str, act: Act, field: str) -> date:
    """A day that is not ahead, from what was typed; refuses at the field."""
    today = act.calendar.local(act.now).date()
    day = moments.day(text, today, field=field)
    if day > today:
        raise Invalid(N_("That day lies ahead."), field=field)
    return day


def phones_of(session: Session, person_id: int) -> list[str]:
    """The phone numbers of somebody, the first one first."""
    return list(session.exec(select(Phone.number).where(Phone.person_id == person_id).order_by(col(Phone.id))))


def standing(act: Act, person: Person) -> dict[str, str]:
    """What is known of somebody, with nothing personal in the clear: for the journal.

    A text stands as a mark that says whether it is the same as before, and not what it says.
    """
    session = act.session

    def mark(text: object) -> str:
        return f"#{idcards.index(act.store.keys, str(text))[:6]}" if text else ""

    phones = " ".join(map(masked_phone, phones_of(session, person.id or 0)))
    mobile = person.emergency_mobile
    return {
        "phone": phones,
        "emergency": masked_phone(mobile) if mobile else "",
        "nature": person.nature,
        "in_charge": mark(person.in_charge),
        "workplace": mark(person.workplace),
        "birthday": mark(person.birthday),
        "vip": "yes" if person.vip else "no",
        "note": mark(person.note),
    }
