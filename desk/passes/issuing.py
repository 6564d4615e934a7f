"""Issuing a pass, or holding it until somebody agrees (REL-3 to REL-7, REL-10, REL-13, REL-24 to REL-26)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, insert, select

from data.cleaning import clean
from data.directory import Occupancy, Person, Phone
from data.kept import micros
from data.passes import Pass, PassItem, PassTerm
from data.tables import Value
from data.words import N_
from desk import directory, search
from desk.act import Act
from desk.ground import idcards, pinyin, rooms
from desk.ground.refusals import Invalid, NotAllowed, Refused, StateChanged
from desk.ground.roles import LEADERS
from desk.ground.texts import limited, needed
from desk.passes import carrier, contents, fees, proof, watch
from desk.passes.goods import Item
from desk.passes.reading import ready, unit_label, why_not_in
from desk.passes.terms import CARRIERS, NATURES
from desk.view import View

DAY = timedelta(days=1)
MOST_NAMES, LONGEST_REASON = 4, 60
_ADD_GOODS, _ADD_TERMS = insert(PassItem), insert(PassTerm)


@dataclass(frozen=True)
class Draft:
    """What the applicant declares and the clerk checks: every field of the form (REL-1 to REL-7, REL-15 to REL-17)."""

    unit_id: int
    carrier: str
    nature: str
    destination: str
    mover: str
    mover_id: str
    moving_at: datetime
    items: list[Item]
    reason: str = ""
    mover_phone: str = ""
    plate: str = ""
    applicant: str = ""
    by_phone: bool = False
    id_seen: bool = False
    ticks: frozenset[str] = frozenset()
    call: proof.Call | None = None
    archive_wrong: str = ""


def issue(act: Act, *, draft: Draft, replaces: str = "") -> Pass:
    """Issue a pass with the next number, signed by the clerk who does it; it is not valid yet (REL-10 to REL-13).

    Nobody reached, or the owner against it: the pass is put on hold (REL-25), and `call` takes it up again.

    Raises:
        Invalid: at the field that is blank, wrong, or not proven.
    """
    act.require("passes.issue")
    unit = directory.unit_by_id(act.session, draft.unit_id)
    _in_issue_hours(act)
    _check(act, draft)
    needs = needed_proof(act, draft)
    claims = carrier.claims_to_be_on_file(draft.carrier, by_phone=draft.by_phone)
    if claims:
        carrier.check_card(
            act,
            unit_id=draft.unit_id,
            carrier=draft.carrier,
            name=draft.mover,
            number=draft.mover_id,
            seen=draft.id_seen,
            archive_wrong=draft.archive_wrong,
        )
    agreed = proof.check(act.session, unit_id=draft.unit_id, proof=needs, ticks=draft.ticks, call=draft.call)
    if draft.by_phone:
        carrier.check_phoned(act, unit_id=draft.unit_id, name=draft.mover, number=draft.mover_id)
    paper = _written(act, draft, needs, claims, replaces)
    goods = [(line, clean(item.name), item.quantity, clean(item.unit), 0) for line, item in enumerate(draft.items, 1)]
    _decide(act, paper, agreed, goods)
    _store(act.session, paper, goods)
    _index(act.session, paper, unit.label)
    if needs in ("owner", "company") and draft.call is not None:
        proof.log_call(act, paper.number, needs, draft.call)
    else:
        name = paper.mover if claims else draft.applicant or _only_owner(act, draft.unit_id)
        proof.log_presence(act, paper.number, needs, draft.carrier, name)
    _leave_entry(
        act, paper, unit.label, replaces=replaces or None, archive_wrong="yes" if paper.archive_wrong else None
    )
    watch.raise_alert(act, paper)
    return paper


def needed_proof(act: Act, draft: Draft) -> str:
    """The proof that a draft owes, by the site's choice (X-34)."""
    return proof.needed_proof(draft.carrier, draft.nature, by_phone=draft.by_phone, tenants=act.chosen("X-34"))


def _only_owner(act: Act, unit_id: int) -> str:
    """The owner's name where the archive knows just one."""
    owners = carrier.on_file(act.session, unit_id, "owner")
    return owners[0].name if len(owners) == 1 else ""


def _ticks(draft: Draft, claims: bool) -> str:
    """What was compared: the facts that were ticked, and the carrier's card."""
    marks = [fact for fact in proof.FACTS if fact in draft.ticks]
    if claims:
        marks.append(proof.PASSED if draft.archive_wrong else proof.COMPARED)
    return " ".join(marks)


def _written(act: Act, draft: Draft, needs: str, claims: bool, replaces: str) -> Pass:
    """The pass as the clerk writes it, with the next number; on hold until it is decided."""
    mover_id = idcards.normal(draft.mover_id) or _id_on_file(act, draft)
    number = act.number("passes")
    living = residents(act.session, draft.unit_id)
    passed = clean(draft.archive_wrong) if claims else ""
    return Pass(
        number=number,
        unit_id=draft.unit_id,
        state="hold",
        carrier=draft.carrier,
        nature=draft.nature,
        reason=needed(draft.reason, "reason", LONGEST_REASON),
        destination=needed(draft.destination, "destination", 120),
        mover=needed(draft.mover, "mover", 60),
        mover_id_masked=idcards.masked(mover_id),
        mover_id_sealed=idcards.seal(act.store.keys, mover_id, number),
        mover_id_index=idcards.index(act.store.keys, mover_id),
        mover_phone=limited(draft.mover_phone, "mover_phone", 20),
        plate=limited(draft.plate, "plate", 12),
        proof=needs,
        ticks=_ticks(draft, claims),
        archive_wrong=passed,
        owner=living["owner"],
        tenant=living["tenant"],
        applicant=limited(draft.applicant, "applicant", 60),
        arrears=fees.snapshot(act.session, draft.unit_id),
        pieces=sum(item.quantity for item in draft.items),
        moving_at=draft.moving_at,
        valid_from=act.calendar.midnight(act.calendar.local(draft.moving_at).date()),
        valid_until=valid_until(act, draft.moving_at),
        issued_at=act.now,
        # A supervisor who passes somebody signs that only: the pass is written by whoever wrote it.
        issued_by=act.writer if passed else act.operator.code,
        archive_wrong_by=act.operator.code if passed else "",
        replaces=replaces,
    )


def _store(session: Session, paper: Pass, goods: contents.Goods) -> None:
    """Write a pass and its goods; a signed pass takes no more goods, so it becomes signed once they are on it."""
    decided = paper.state
    paper.state = "hold" if decided == "signed" else decided
    session.flush()
    names = ("line", "name", "quantity", "unit", "out")
    rows = [{"number": paper.number, **dict(zip(names, line, strict=True))} for line in goods]
    session.connection().execute(_ADD_GOODS, rows)
    paper.state = decided


NEEDS = {"issued": "finance", "signed": "seal"}


def _decide(act: Act, paper: Pass, agreed: bool, goods: contents.Goods | None = None) -> None:
    """Set the state that follows from the proof and the fees, and stamp the pass with it."""
    if agreed:
        paper.state = "issued" if fees.need_signature(act, paper.nature) else "signed"
    contents.stamp(act, paper, goods)


def _leave_entry(act: Act, paper: Pass, subject: str, **facts: Value) -> None:
    """Leave the entry that says what the pass waits for."""
    act.record(
        "passes.hold" if paper.state == "hold" else "passes.issue",
        paper.number,
        subject=f"{subject} {paper.mover}",
        carrier=paper.carrier,
        nature=paper.nature,
        proof=paper.proof,
        needs=NEEDS.get(paper.state),
        mac=contents.short(paper),
        **facts,
    )


def why_not_call(view: View, paper: Pass) -> Refused | None:
    """Only a pass on hold waits for another call (REL-24)."""
    return why_not_in(view, paper, "hold")


def call(act: Act, *, number: str, made: proof.Call) -> Pass:
    """Log another call for a pass on hold; when the owner or the company agrees, the pass is issued (REL-24, REL-25).

    Anyone at the desk may take a hold up again. Raises Invalid at the field that is wrong.
    """
    act.require("passes.issue")
    paper = ready(act, number, why_not_call)
    proof.check_call(act.session, paper.unit_id, paper.proof, made)
    proof.log_call(act, paper.number, paper.proof, made)
    act.record("passes.call", paper.number, outcome=made.outcome)
    if made.outcome == "agrees":
        _in_issue_hours(act)
        if paper.valid_until <= act.now:
            raise StateChanged(N_("The moving time is over: void this pass and write a new one."), clause="REL-4")
        _decide(act, paper, True)
        _leave_entry(act, paper, unit_label(act.session, paper))
    return paper


def _in_issue_hours(act: Act) -> None:
    hours = act.chosen("pass.issue_hours")
    opens, closes = hours.split("-")
    now = act.calendar.local(act.now).strftime("%H:%M")
    if not opens <= now < closes and not set(act.operator.roles.split()) & LEADERS:
        raise NotAllowed(
            N_("Passes are issued {hours}: outside these hours the shift's supervisor issues them."), hours=hours
        )


def _check(act: Act, draft: Draft) -> None:
    if draft.carrier not in CARRIERS:
        raise Invalid(N_("Choose who is carrying."), field="carrier", clause="REL-15")
    if draft.by_phone and draft.carrier != "owner":
        raise Invalid(N_("Only an owner is known by phone, by the three facts."), field="by_phone", clause="REL-2")
    if draft.nature not in NATURES:
        raise Invalid(N_("Choose moving out or temporary carrying."), field="nature", clause="REL-17")
    mover_id = idcards.normal(draft.mover_id) or _id_on_file(act, draft)
    if wrong := idcards.fault(mover_id):
        raise Invalid(wrong, field="mover_id", clause="REL-5")
    if not act.now - DAY < draft.moving_at < act.now + 60 * DAY:
        raise Invalid(N_("The moving time lies within the next sixty days."), field="moving_at", clause="REL-4")
    if valid_until(act, draft.moving_at) <= act.now:
        raise Invalid(N_("The moving time is over already."), field="moving_at", clause="REL-4")
    if not draft.items:
        raise Invalid(N_("List the goods, one line each."), field="items", clause="REL-7")


_RESIDENTS = (
    select(
        Occupancy.relation,
        Person.name,
        select(func.min(Phone.number)).where(Phone.person_id == Person.id).scalar_subquery(),
    )
    .join(Person, col(Person.id) == Occupancy.person_id)
    .where(col(Occupancy.unit_id) == bindparam("unit"), col(Occupancy.until).is_(None))
    .order_by(col(Occupancy.id))
)


def residents(session: Session, unit_id: int) -> dict[str, str]:
    """Names and phones of a unit's owners and tenants, as they are written on the pass (REL-3), by relation."""
    said: dict[str, list[str]] = {"owner": [], "tenant": []}
    for relation, name, number in session.connection().execute(_RESIDENTS, {"unit": unit_id}):
        if relation in said and len(said[relation]) < MOST_NAMES:
            said[relation].append(f"{name} {number[:3]}****{number[-4:]}" if number else name)
    return {relation: "、".join(names) for relation, names in said.items()}


def _id_on_file(act: Act, draft: Draft) -> str:
    """The ID number of the mover when the archive holds it for somebody of that name in the unit, else ""."""
    query = select(Person).join(Occupancy, col(Occupancy.person_id) == Person.id)
    query = query.where(
        Occupancy.unit_id == draft.unit_id, Person.name == draft.mover.strip(), col(Occupancy.until).is_(None)
    )
    for person in act.session.exec(query.order_by(col(Person.id))):
        if person.id_card_sealed is not None:
            return idcards.unseal(act.store.keys, person.id_card_sealed, f"person:{person.id}")
    return ""


def valid_until(act: Act, moving_at: datetime) -> datetime:
    """The end of a pass's validity: the site's own limit from the moving time, the sources give none."""
    return act.calendar.deadline(moving_at, act.chosen("pass.validity"), "always").due


def _index(session: Session, paper: Pass, label: str) -> None:
    digits = re.sub(r"\D", "", paper.number)
    terms = {digits[i:] for i in range(len(digits) - 1)} | {digits[i:-1] for i in range(len(digits) - 2)}
    terms |= rooms.terms(label) | pinyin.terms(paper.mover) | search.plate_terms(paper.plate)
    phone = re.sub(r"\D", "", paper.mover_phone)
    terms |= {phone[i:] for i in range(max(1, len(phone) - 3))} if phone else set()
    order = -micros(paper.issued_at)
    rows = [{"term": term[:40], "issued": order, "number": paper.number} for term in sorted(terms) if term]
    session.connection().execute(_ADD_TERMS, rows)
