"""Adding, mending and moving people of a home; every change says from what to what, and who proved it how (ROL-13)."""

from data.directory import Occupancy, Person
from data.tables import Value
from data.words import N_
from desk.act import Act
from desk.archive.cars import free_cars
from desk.archive.facts import (
    birthday_of,
    day_behind,
    holder,
    one_phone,
    phones_of,
    read_paper,
    said,
    seal,
    set_phones,
    standing,
)
from desk.archive.residents import check_proof, index_homes, keeper, reindex, resident, ties, unit_of
from desk.calendar import moments
from desk.ground.refusals import Invalid, StateChanged
from desk.ground.relations import RELATIONS
from desk.ground.texts import limited, needed

LONGEST_NAME = 60


def add(
    act: Act,
    *,
    number: str,
    name: str,
    relation: str,
    proof: str,
    phone: str = "",
    paper: str = "",
    workplace: str = "",
    emergency: str = "",
    birthday: str = "",
    note: str = "",
    nature: str = "",
    in_charge: str = "",
    since: str = "",
) -> Person:
    """Somebody moves into a home, or was never written down.

    Args:
        number: the home's label.
        relation: owner, tenant, family or employee; the first two only by an archivist or a leader.
        proof: a key of PROOFS; since: the day from which they have lived there, today when empty.

    Raises:
        Invalid: at the field; NotAllowed: the post may not let an owner or a tenant in; StateChanged: they live here.
    """
    act.require("directory.add")
    unit = unit_of(act.session, number)
    check_proof(proof)
    if relation not in RELATIONS:
        raise Invalid(N_("Choose what they are of this home."), field="relation", clause="ARC-3")
    keeper(act, relation)
    name = needed(name, "name", LONGEST_NAME)
    if any(person.name == name for _tie, person in ties(act.session, unit.id or 0)):
        raise StateChanged(N_("{name} lives here already."), name=name, field="name")
    person = _known_by_paper(act, name, paper, company=bool(nature.strip())) or Person(name=name)
    said_of = {"workplace": limited(workplace, "workplace", 60), "note": limited(note, "note", 500)}
    said_of["nature"] = limited(nature, "nature", 60)
    said_of["in_charge"] = limited(in_charge, "in_charge", 60)
    said_of["emergency_mobile"] = one_phone(emergency, "emergency")
    for column, text in said_of.items():
        setattr(person, column, text or getattr(person, column))
    person.birthday = birthday_of(birthday, act) or person.birthday
    act.session.add(person)
    act.session.flush()
    if paper.strip():
        seal(act, person, paper)
    held = phones_of(act.session, person.id or 0)
    if phone.strip() or not held:
        set_phones(act, person, "、".join([*held, phone]) if held else phone)
    today = act.calendar.local(act.now).date()
    begun = day_behind(since, act, "since") if since.strip() else today
    act.session.add(Occupancy(unit_id=unit.id or 0, person_id=person.id or 0, relation=relation, since=begun))
    act.session.flush()
    reindex(act.session, unit)
    act.record("directory.add", unit.label, person=person.id, relation=relation, proof=proof, since=str(begun))
    return person


def relate(act: Act, *, number: str, person: str, relation: str, proof: str) -> Person:
    """Somebody is something else of this home from today on: a tenant has bought it; papers and phones stay theirs.

    What they were until today stays in the archive's history.
    """
    act.require("directory.relate")
    unit, tie, one = resident(act, number, person)
    check_proof(proof)
    if relation not in RELATIONS or relation == tie.relation:
        raise Invalid(N_("Choose what they are from now on."), field="relation", clause="ARC-3")
    keeper(act, relation)
    keeper(act, tie.relation)
    today, was = act.calendar.local(act.now).date(), tie.relation
    tie.until = today
    act.session.add(tie)
    act.session.add(Occupancy(unit_id=unit.id or 0, person_id=one.id or 0, relation=relation, since=today))
    act.session.flush()
    reindex(act.session, unit)
    act.record("directory.relate", unit.label, person=one.id, relation=f"{was} → {relation}", proof=proof)
    return one


def _known_by_paper(act: Act, name: str, paper: str, *, company: bool) -> Person | None:
    """The entry of somebody who lives in another home already: one paper is one entry, whatever is said of it."""
    known = holder(act, read_paper(paper, company=company)) if paper.strip() else None
    return known if known is not None and known.name == name else None


def mend(
    act: Act,
    *,
    number: str,
    person: str,
    proof: str,
    name: str = "",
    phone: str = "",
    workplace: str = "",
    emergency: str = "",
    birthday: str = "",
    vip: str = "",
    note: str = "",
    nature: str = "",
    in_charge: str = "",
) -> Person:
    """Write down what changed of somebody who lives here; what is left empty stays as it was (ARC-12, ARC-13).

    Args:
        name: as it is spelt; an owner's or a tenant's only by an archivist or a leader.
        phone: all their numbers, the first one first; as everything else, "-" takes away what was there.
        vip: "yes", "no", or "" as it is.
        nature, in_charge: of a company, what it is and who answers for it (ARC-4).
    """
    act.require("directory.mend")
    unit, tie, one = resident(act, number, person)
    check_proof(proof)
    before = standing(act, one)
    named = name.strip() and name.strip() != one.name
    if named:
        keeper(act, tie.relation)
        one.name = needed(name, "name", LONGEST_NAME)
    for column, text in (("workplace", workplace), ("nature", nature), ("in_charge", in_charge)):
        if text.strip():
            setattr(one, column, limited(said(text), column, 60))
    if note.strip():
        one.note = limited(said(note), "note", 500)
    if emergency.strip():
        one.emergency_mobile = one_phone(said(emergency), "emergency")
    if birthday.strip():
        one.birthday = birthday_of(said(birthday), act)
    if vip:
        one.vip = vip == "yes"
    act.session.add(one)
    if phone.strip():
        set_phones(act, one, said(phone))
    act.session.flush()
    index_homes(act.session, one)
    after = standing(act, one)
    changes: dict[str, Value] = {
        part: f"{before[part]} → {after[part]}" for part in after if after[part] != before[part]
    }
    if not changes and not named:
        raise Invalid(N_("Nothing would change: write what is wrong as it is right."), field="person")
    act.record("directory.mend", unit.label, person=one.id, proof=proof, name="changed" if named else None, **changes)
    return one


def set_paper(act: Act, *, number: str, person: str, paper: str, proof: str) -> Person:
    """The number of somebody's paper, which proves them from now on (REL-1): an archivist's or a leader's act."""
    act.require("directory.set_paper")
    unit, _tie, one = resident(act, number, person)
    check_proof(proof)
    before = one.id_card_masked
    seal(act, one, needed(paper, "paper", 40, number=True))
    act.record("directory.set_paper", unit.label, person=one.id, proof=proof, was=before, now=one.id_card_masked)
    return one


def move_out(act: Act, *, number: str, person: str, proof: str, day: str = "") -> Person:
    """Somebody lives here no longer; they stay in the archive's history.

    Args:
        day: the last day, today when empty; never ahead.
    """
    act.require("directory.move_out")
    unit, tie, one = resident(act, number, person)
    check_proof(proof)
    keeper(act, tie.relation)
    today = act.calendar.local(act.now).date()
    last = moments.day(day, today, field="day") if day.strip() else today
    if last > today or (tie.since is not None and last < tie.since):
        raise Invalid(N_("The last day lies between their moving in and today."), field="day")
    tie.until = last
    act.session.add(tie)
    act.session.flush()
    free_cars(act, one, unit)
    reindex(act.session, unit)
    act.record("directory.move_out", unit.label, person=one.id, relation=tie.relation, proof=proof, until=str(last))
    return one
