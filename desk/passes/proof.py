"""Who may have a pass: the proof each carrier owes, the three facts, the opinions (REL-2, 6, 15, 21 to 25; X-34)."""

import re
import unicodedata
from dataclasses import dataclass

from sqlmodel import Session, col, select

from data.directory import Occupancy, Person, Phone
from data.passes import Pass, PassCall
from data.words import N_, _, named
from desk.act import Act
from desk.ground.refusals import Invalid
from desk.ground.texts import limited, needed
from desk.passes.carrier import on_file

FACTS = {"id_number": N_("ID number"), "family": N_("family members"), "workplace": N_("workplace")}
PROOFS = {
    "original_id": N_("original ID card seen"),
    "three_facts": N_("three facts agree with the archive"),
    "owner": N_("owner phoned"),
    "company": N_("company's person in charge phoned"),
}
# Beside the facts that are ticked: the card was compared with the archive, or a supervisor passed it all the same.
COMPARED, PASSED = "card", "archive_wrong"
OUTCOMES = {"agrees": N_("agrees"), "refuses": N_("refuses"), "unreached": N_("not reached")}
HOW = {"phone": N_("by phone"), "present": N_("at the desk"), "phoned_in": N_("phoned in, three facts agree")}
WHOM = {"owner": N_("owner"), "company": N_("person in charge"), "tenant": N_("tenant on file")}
SHORTEST_PHONE = 7
PHONE = re.compile(r"\+?[0-9０-９\- ]{3,20}")


@dataclass(frozen=True)
class Call:
    """A call that was made: on which number, to whom by name, and what came of it."""

    phone: str
    outcome: str
    opinion: str = ""
    name: str = ""


def needed_proof(carrier: str, nature: str, *, by_phone: bool, tenants: str) -> str:
    """What has to be proven before a pass is issued; whoever is neither owner nor tenant needs the owner (REL-22).

    "original_id": the carrier's own original ID card, compared with the archive (REL-1); "three_facts": an owner who
    phones in (REL-2); "owner": the owner is phoned (REL-21, REL-22); "company": the company's person in charge is
    phoned (REL-23).

    Args:
        tenants: the site's choice for a tenant's temporary load, "owner called" or "tenant on file" (X-34).
    """
    if carrier == "owner":
        return "three_facts" if by_phone else "original_id"
    if carrier == "employee":
        return "company"
    if carrier == "tenant" and nature == "temporary" and tenants == "tenant on file":
        return "original_id"
    return "owner"


def owner_phones(session: Session, unit_id: int) -> list[str]:
    """The owners' phone numbers on file."""
    ids = [person.id for person in on_file(session, unit_id, "owner")]
    return list(session.exec(select(Phone.number).where(col(Phone.person_id).in_(ids)).order_by(col(Phone.id))))


def facts_on_file(session: Session, unit_id: int) -> dict[str, str]:
    """Which of the three facts the archive holds of a unit's owners, as the clerk compares them (REL-2, ARC-12)."""
    people = on_file(session, unit_id, "owner")
    family = session.exec(
        select(Person.name)
        .join(Occupancy, col(Occupancy.person_id) == Person.id)
        .where(Occupancy.unit_id == unit_id, Occupancy.relation == "family", col(Occupancy.until).is_(None))
        .order_by(col(Person.id))
    ).all()
    held = {
        "id_number": " ".join(p.id_card_masked for p in people if p.id_card_masked),
        "family": " ".join(family),
        "workplace": " ".join(p.workplace for p in people if p.workplace),
    }
    return {fact: text for fact, text in held.items() if text}


def check(session: Session, *, unit_id: int, proof: str, ticks: frozenset[str], call: Call | None) -> bool:
    """Whether the proof is complete; False means that nobody was reached or agreed, and the pass is put on hold.

    The carrier's card is compared before, in `carrier`.

    Raises:
        Invalid: at the field that is missing or cannot be true.
    """
    if proof == "original_id":
        return True
    if proof == "three_facts":
        _check_facts(session, unit_id, ticks)
        return True
    if call is None:
        raise Invalid(N_("Make the call first, then write down what was said."), field="outcome", clause="REL-24")
    check_call(session, unit_id, proof, call)
    return call.outcome == "agrees"


def _check_facts(session: Session, unit_id: int, ticks: frozenset[str]) -> None:
    held = facts_on_file(session, unit_id)
    for fact in FACTS:
        if fact in ticks and fact not in held:
            raise Invalid(
                N_("The archive does not hold this, so it cannot be ticked: let the owner come with the ID card."),
                field=fact,
                clause="ARC-12",
            )
    for fact in FACTS:
        if fact not in ticks:
            raise Invalid(
                N_("All three facts must agree with the archive before a pass is issued by phone."),
                field=fact,
                clause="REL-2",
            )


def check_call(session: Session, unit_id: int, proof: str, call: Call) -> None:
    """Refuse a call that does not prove what it should: the wrong number, nobody named, no outcome."""
    if call.outcome not in OUTCOMES:
        raise Invalid(N_("Choose what came of the call."), field="outcome", clause="REL-24")
    if not PHONE.fullmatch(call.phone.strip()):
        raise Invalid(N_("Write the number that was called."), field="called", clause="REL-24")
    limited(call.opinion, "opinion", 200)
    limited(call.name, "called_name", 60)
    digits = {plain_phone(phone) for phone in owner_phones(session, unit_id)}
    called = plain_phone(call.phone)
    if proof == "company":
        needed(call.name, "called_name", 60)
        if any(number in called for number in digits if len(number) >= SHORTEST_PHONE):
            raise Invalid(
                N_("This is the landlord's number: phone the company's person in charge."),
                field="called",
                clause="REL-23",
            )
    elif not digits:
        raise Invalid(
            N_("No number of the owner is on file: have the archive completed, then phone the owner."),
            field="called",
            clause="REL-22",
        )
    elif called not in digits:
        raise Invalid(
            N_("This number is not one of the owner's on file: phone the owner on a number of the archive."),
            field="called",
            clause="REL-22",
        )


def plain_phone(text: str) -> str:
    """A phone number as it is compared: half-width digits, without the country's code or a trunk zero."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(00)?86(?=\d{10,11}$)", "", digits)
    return digits[1:] if len(digits) == 12 and digits.startswith("01") else digits


def log_call(act: Act, number: str, proof: str, call: Call) -> None:
    """Write a call on the pass: when, whom, on which number, what was said (REL-24)."""
    act.session.add(
        PassCall(
            number=number,
            at=act.now,
            whom="company" if proof == "company" else "owner",
            name=call.name,
            phone=call.phone.strip(),
            outcome=call.outcome,
            opinion=call.opinion,
            operator=act.operator.code,
        )
    )


def log_presence(act: Act, number: str, proof: str, carrier: str, name: str) -> None:
    """Write the opinion of whoever asked for the pass: at the desk with the card, or on the phone (REL-6)."""
    whom, how = ("tenant" if carrier == "tenant" else "owner"), "phoned_in" if proof == "three_facts" else "present"
    act.session.add(
        PassCall(number=number, at=act.now, whom=whom, how=how, name=name, outcome="agrees", operator=act.operator.code)
    )


def calls_of(session: Session, number: str) -> list[PassCall]:
    """The opinions on a pass and the calls made for them, the first one first."""
    return list(session.exec(select(PassCall).where(PassCall.number == number).order_by(col(PassCall.id))))


def proof_text(paper: Pass) -> str:
    """How it was proven who may have a pass, in the reader's language, with the facts that were ticked."""
    facts = " ".join(f"✓{_(FACTS[fact])}" for fact in paper.ticks.split() if fact in FACTS)
    said = _(PROOFS[paper.proof]) if paper.proof in PROOFS else paper.proof
    card = _("card compared with the archive") if COMPARED in paper.ticks.split() else ""
    return "  ".join(filter(None, (said, facts, card)))


def opinion_source(call: PassCall) -> str:
    """Who gave an opinion and how, in the reader's language (REL-6)."""
    whom = _(WHOM[call.whom]) if call.whom in WHOM else call.whom
    how = _(HOW[call.how]) if call.how in HOW else call.how
    return " ".join(part for part in (whom, call.name, how, call.phone) if part)


def fact_name(fact: str) -> str:
    """The fact in the reader's language."""
    return named(FACTS, fact)


def outcome_name(outcome: str) -> str:
    """What came of a call, in the reader's language."""
    return named(OUTCOMES, outcome)
