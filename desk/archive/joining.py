"""Two people of the archive found to be one are joined, one found to be two is parted; both can be read later."""

from sqlmodel import col, select, update

from data.directory import Occupancy, Person, Phone, SearchTerm, Unit
from data.tables import models
from data.words import N_, _
from desk import directory
from desk.act import Act
from desk.archive import cars, facts, life, residents
from desk.ground import idcards
from desk.ground.refusals import Invalid, NotFound, StateChanged
from desk.ground.relations import RELATIONS
from desk.ground.texts import needed
from desk.roster.people import phones_in
from desk.view import View

LONGEST_NUMBER = 9
# What joining sees to one by one; everything else that names a person is simply the other's.
_OF_ARCHIVE = (Occupancy, Phone)


def join(act: Act, *, number: str, person: str, other: str, proof: str) -> Person:
    """Somebody of this home and another entry of the archive are one person: the other's ties, phones, cars and
    matters are this one's from now on.

    Args:
        person: who stays, of this home; other: the other entry's number, or its name in this home.

    Raises:
        Invalid: at "other", the same entry, or one with another paper; NotFound: nobody of that number.
    """
    act.require("directory.join")
    unit, _tie, one = residents.resident(act, number, person)
    residents.check_proof(proof)
    two = _other(act, number, one, other)
    if one.id_card_sealed and two.id_card_sealed and one.id_card_index != two.id_card_index:
        raise Invalid(N_("They have two different papers: they are two people."), field="other", clause="REL-5")
    for tie in act.session.exec(select(Occupancy).where(Occupancy.person_id == two.id)).all():
        doubled = select(Occupancy).where(Occupancy.unit_id == tie.unit_id, Occupancy.person_id == one.id)
        doubled = doubled.where(col(Occupancy.until).is_(None))
        if tie.until is None and (own := act.session.exec(doubled).first()) is not None:
            own.relation = min(own.relation, tie.relation, key=list(RELATIONS).index)
            own.since = min(filter(None, (own.since, tie.since)), default=None)
            act.session.add(own)
            tie.until = act.calendar.local(act.now).date()
        else:
            tie.person_id = one.id or 0
        act.session.add(tie)
    known = set(facts.phones_of(act.session, one.id or 0))
    for phone in act.session.exec(select(Phone).where(Phone.person_id == two.id)).all():
        if phone.number in known:
            act.session.delete(phone)
        else:
            phone.person_id = one.id or 0
            act.session.add(phone)
    for table in models().values():
        if "person_id" in table.__table__.columns and table not in (*_OF_ARCHIVE, SearchTerm):
            act.session.exec(update(table).where(col(table.person_id) == two.id).values(person_id=one.id))
    _fill(act, one, two)
    two.joined_to = one.id
    act.session.add(one)
    act.session.add(two)
    act.session.flush()
    residents.index_homes(act.session, one)
    act.record("directory.join", unit.label, person=one.id, other=two.id, proof=proof)
    return one


def unlike(view: View, unit: Unit, person: str, other: str) -> list[str]:
    """What speaks against two entries being one person: two names, two birthdays; nothing while either is not said."""
    pairs = residents.ties(view.session, unit.id or 0)
    one = next((who for _tie, who in pairs if person in (str(who.id), who.name)), None)
    typed = other.strip()
    two = next((who for _tie, who in pairs if typed in (str(who.id), who.name)), None)
    if two is None and typed.isdecimal() and len(typed) <= LONGEST_NUMBER:
        two = view.session.get(Person, int(typed))
    if one is None or two is None or one.id == two.id:
        return []
    said = [_("two names: {one}, {two}", one=one.name, two=two.name)] if one.name != two.name else []
    if one.birthday and two.birthday and one.birthday != two.birthday:
        said.append(_("two birthdays: {one}, {two}", one=one.birthday, two=two.birthday))
    return said


def _other(act: Act, number: str, one: Person, other: str) -> Person:
    if other.strip().isdecimal():
        two = act.session.get(Person, int(other)) if len(other.strip()) <= LONGEST_NUMBER else None
    else:
        two = residents.resident(act, number, other, "other")[2]
    if two is None:
        raise NotFound(N_("There is no such person."), field="other")
    if two.id == one.id:
        raise Invalid(N_("That is the same entry already: choose the other one."), field="other")
    if two.joined_to is not None:
        raise StateChanged(N_("That entry was joined already."), field="other")
    return two


def _fill(act: Act, one: Person, two: Person) -> None:
    """What only the other entry knew."""
    for name in ("sex", "workplace", "emergency_mobile", "birthday", "nature", "in_charge"):
        setattr(one, name, getattr(one, name) or getattr(two, name))
    if not one.id_card_sealed and two.id_card_sealed:
        # A number is sealed to its own row and opens for no other.
        directory.set_id_card(act, one, idcards.unseal(act.store.keys, two.id_card_sealed, f"person:{two.id}"))
    one.note = "；".join(dict.fromkeys(filter(None, [one.note, two.note])))[:500]
    one.vip = one.vip or two.vip


def part(act: Act, *, number: str, person: str, name: str, proof: str, phones: str = "", paper: str = "") -> Person:
    """Who lives in this home is somebody else than the entry says: a new entry takes the tie to this home.

    Where the entry lives in no other home, both of the two live here, and the new entry has a tie of its own.

    Args:
        person: the entry that was found to be two; name: of the one who lives here.
        phones: which of the entry's numbers are theirs; paper: theirs, when it is known.

    Raises:
        Invalid: at "phones", a number that is not the entry's.
    """
    act.require("directory.part")
    unit, tie, one = residents.resident(act, number, person)
    residents.check_proof(proof)
    two = Person(name=needed(name, "name", life.LONGEST_NAME))
    act.session.add(two)
    act.session.flush()
    found = phones_in(phones)
    theirs = set(found.numbers)
    if phones.strip() and (found.odd or found.note or not theirs):
        raise Invalid(N_("Only numbers of this entry can go to the new one."), field="phones")
    if not theirs <= set(facts.phones_of(act.session, one.id or 0)):
        raise Invalid(N_("Only numbers of this entry can go to the new one."), field="phones")
    for phone in act.session.exec(select(Phone).where(Phone.person_id == one.id)).all():
        if phone.number in theirs:
            phone.person_id = two.id or 0
            act.session.add(phone)
    if paper.strip():
        held = facts.holder(act, facts.read_paper(paper))
        if held is not None and held.id == one.id:
            one.id_card_sealed, one.id_card_index, one.id_card_masked = None, None, ""
            act.session.add(one)
            act.session.flush()
        facts.seal(act, two, paper)
    if residents.homes_of(act.session, one) == [unit.id]:
        if two.name == one.name:
            raise Invalid(N_("Two who live here have two names."), field="name")
        tie = Occupancy(unit_id=unit.id or 0, person_id=two.id or 0, relation=tie.relation, since=tie.since)
    tie.person_id = two.id or 0
    act.session.add(tie)
    act.session.flush()
    cars.free_cars(act, one, unit)
    residents.index_homes(act.session, one)
    residents.index_homes(act.session, two)
    act.record("directory.part", unit.label, person=one.id, other=two.id, proof=proof)
    return two
