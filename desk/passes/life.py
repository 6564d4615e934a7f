"""The life of a release pass: issued or held, signed, sealed, and voided or replaced (REL-3 to REL-14, D3)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, insert, select

from data.directory import Occupancy, Person, Phone
from data.kept import micros
from data.passes import Pass, PassItem, PassTerm
from data.words import N_
from desk import directory, idcards, pinyin, rooms, search, standards
from desk.act import Act
from desk.cases import limited, needed
from desk.passes import contents, fees, proof, watch
from desk.passes.goods import Item
from desk.passes.terms import CARRIERS, LIVE, NATURES, state_name
from desk.refusals import Invalid, NotFound, StateChanged
from desk.roles import LEADERS

DAY = timedelta(days=1)
MOST_NAMES, LONGEST_REASON = 4, 60
LONGEST_EXTENSION = 7 * DAY


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

    @property
    def proof(self) -> str:
        """The proof that this carrier owes."""
        return proof.needed_proof(self.carrier, self.nature, by_phone=self.by_phone)


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
    agreed = proof.check(
        act.session, unit_id=draft.unit_id, proof=draft.proof, id_seen=draft.id_seen, ticks=draft.ticks,
        call=draft.call,
    )  # fmt: skip
    mover_id = idcards.normal(draft.mover_id) or _id_on_file(act, draft)
    number = act.number("passes")
    living = residents(act.session, draft.unit_id)
    paper = Pass(
        number=number, unit_id=draft.unit_id, state="issued" if agreed else "hold", carrier=draft.carrier,
        nature=draft.nature,
        reason=needed(draft.reason, "reason", LONGEST_REASON),
        destination=needed(draft.destination, "destination", 120),
        mover=needed(draft.mover, "mover", 60), mover_id_masked=idcards.masked(mover_id),
        mover_id_sealed=idcards.seal(act.store.keys, mover_id, number),
        mover_id_index=idcards.index(act.store.keys, mover_id),
        mover_phone=limited(draft.mover_phone, "mover_phone", 20), plate=limited(draft.plate, "plate", 12),
        proof=draft.proof, ticks=" ".join(fact for fact in proof.FACTS if fact in draft.ticks),
        owner=living["owner"], tenant=living["tenant"],
        applicant=limited(draft.applicant, "applicant", 60), arrears=fees.snapshot(act.session, draft.unit_id),
        pieces=sum(item.quantity for item in draft.items), moving_at=draft.moving_at,
        valid_from=act.calendar.midnight(act.calendar.local(draft.moving_at).date()),
        valid_until=valid_until(act, draft.moving_at), issued_at=act.now, issued_by=act.operator.code,
        replaces=replaces,
    )  # fmt: skip
    act.session.add(paper)
    act.session.flush()
    rows = [
        {"number": number, "line": line, "name": item.name, "quantity": item.quantity, "unit": item.unit, "out": 0}
        for line, item in enumerate(draft.items, 1)
    ]
    act.session.connection().execute(insert(PassItem), rows)
    _index(act.session, paper, unit.label)
    if draft.call is not None and draft.proof in ("owner", "company"):
        proof.log_call(act, number, draft.proof, draft.call)
    _proceed(act, paper, agreed, unit.label, replaces=replaces or None)
    watch.raise_alert(act, paper)
    return paper


def _proceed(act: Act, paper: Pass, agreed: bool, subject: str, **facts: object) -> None:
    """Set the state that follows from the proof and the fees, and leave the entry that says what is waited for."""
    needs = "finance" if fees.need_signature(act, paper.nature) else "seal"
    paper.state = ("issued" if needs == "finance" else "signed") if agreed else "hold"
    mac = contents.stamp(act, paper)
    verb = "passes.issue" if agreed else "passes.hold"
    act.record(
        verb, paper.number, subject=f"{subject} {paper.mover}", carrier=paper.carrier, nature=paper.nature,
        proof=paper.proof, needs=needs if agreed else None, mac=mac, **facts,
    )  # fmt: skip


def call(act: Act, *, number: str, made: proof.Call) -> Pass:
    """Log another call for a pass on hold; when the owner or the company agrees, the pass is issued (REL-24, REL-25).

    Anyone at the desk may take a hold up again. Raises Invalid at the field that is wrong.
    """
    act.require("passes.issue")
    paper = in_state(act, number, "hold")
    proof.check_call(act.session, paper.unit_id, paper.proof, made)
    proof.log_call(act, paper.number, paper.proof, made)
    act.record("passes.call", paper.number, outcome=made.outcome)
    if made.outcome == "agrees":
        _in_issue_hours(act)
        if paper.valid_until <= act.now:
            raise StateChanged(N_("The moving time is over: void this pass and write a new one."), clause="REL-4")
        _proceed(act, paper, True, unit_label(act.session, paper))
    return paper


def _in_issue_hours(act: Act) -> None:
    hours = standards.of_site(act.store.path).chosen("pass.issue_hours", act.choices).value
    opens, closes = hours.split("-")
    now = act.calendar.local(act.now).strftime("%H:%M")
    if not opens <= now < closes and not set(act.operator.roles.split()) & LEADERS:
        raise Invalid(
            N_("Passes are issued {hours}: outside these hours the shift's supervisor issues them."), hours=hours
        )


def _check(act: Act, draft: Draft) -> None:
    if draft.carrier not in CARRIERS:
        raise Invalid(N_("Choose who is carrying."), field="carrier", clause="REL-15")
    if draft.nature not in NATURES:
        raise Invalid(N_("Choose moving out or temporary carrying."), field="nature", clause="REL-17")
    needed(draft.destination, "destination", 120)
    needed(draft.mover, "mover", 60)
    mover_id = idcards.normal(draft.mover_id) or _id_on_file(act, draft)
    if not idcards.shaped(mover_id):
        raise Invalid(
            N_("An ID number has 18 characters: 17 digits and a digit or X."), field="mover_id", clause="REL-5"
        )
    if idcards.birthday(mover_id) is None:
        raise Invalid(N_("The ID number holds no birthday: read it again."), field="mover_id", clause="REL-5")
    if not idcards.checksum_right(mover_id):
        raise Invalid(N_("The last character of the ID number does not fit: read it again."), field="mover_id")
    if not act.now - DAY < draft.moving_at < act.now + 60 * DAY:
        raise Invalid(N_("The moving time lies within the next sixty days."), field="moving_at", clause="REL-4")
    if valid_until(act, draft.moving_at) <= act.now:
        raise Invalid(N_("The moving time is over already."), field="moving_at", clause="REL-4")
    needed(draft.reason, "reason", LONGEST_REASON)
    if not draft.items:
        raise Invalid(N_("List the goods, one line each."), field="items", clause="REL-7")


def residents(session: Session, unit_id: int) -> dict[str, str]:
    """Names and phones of a unit's owners and tenants, as they are written on the pass (REL-3), by relation."""
    phone = select(func.min(Phone.number)).where(Phone.person_id == Person.id).scalar_subquery()
    query = (
        select(Occupancy.relation, Person.name, phone)
        .join(Person, col(Person.id) == Occupancy.person_id)
        .where(Occupancy.unit_id == unit_id, col(Occupancy.until).is_(None))
        .order_by(col(Occupancy.id))
    )
    said: dict[str, list[str]] = {"owner": [], "tenant": []}
    for relation, name, number in session.connection().execute(query):
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
    option = standards.of_site(act.store.path).chosen("pass.validity", act.choices)
    return act.calendar.deadline(moving_at, option.value, "always").due


def _index(session: Session, paper: Pass, label: str) -> None:
    digits = re.sub(r"\D", "", paper.number)
    terms = {digits[i:] for i in range(len(digits) - 1)} | {digits[i:-1] for i in range(len(digits) - 2)}
    terms |= rooms.terms(label) | pinyin.terms(paper.mover) | search.plate_terms(paper.plate)
    phone = re.sub(r"\D", "", paper.mover_phone)
    terms |= {phone[i:] for i in range(max(1, len(phone) - 3))} if phone else set()
    order = -micros(paper.issued_at)
    rows = [{"term": term[:40], "issued": order, "number": paper.number} for term in sorted(terms) if term]
    session.connection().execute(insert(PassTerm), rows)


def get(session: Session, number: str) -> Pass:
    """One pass; refuses an unknown number."""
    paper = session.get(Pass, number.strip().upper())
    if paper is None:
        raise NotFound(N_("There is no pass {number}."), field="number", number=number)
    return paper


def items_of(session: Session, number: str) -> list[PassItem]:
    """The goods of a pass by line."""
    return list(session.exec(select(PassItem).where(PassItem.number == number).order_by(col(PassItem.line))))


def replaced_by(session: Session, number: str) -> str:
    """The number of the pass that was issued instead of this one, or ""."""
    query = select(Pass.number).where(Pass.replaces == number).order_by(col(Pass.number).desc()).limit(1)
    return session.exec(query).first() or ""


def unit_label(session: Session, paper: Pass) -> str:
    """The room of a pass."""
    return directory.unit_by_id(session, paper.unit_id).label


def in_state(act: Act, number: str, *states: str) -> Pass:
    """A pass that is in one of these states; refuses any other."""
    paper = get(act.session, number)
    if paper.state not in states:
        raise StateChanged(
            N_("{number} is now: {state}. Look at it again."), number=paper.number, state=state_name(paper.state)
        )
    return paper


def sign_fees(act: Act, *, number: str) -> Pass:
    """Finance signs that the fees are settled; refused while the unit owes (REL-8, REL-9, REL-20, FEE-1)."""
    act.require("passes.sign_fees")
    paper = in_state(act, number, "issued")
    fees.must_be_settled(act.session, paper.unit_id, "REL-20" if paper.nature == "moving_out" else "REL-8")
    paper.arrears = fees.snapshot(act.session, paper.unit_id)
    paper.fees_by, paper.fees_at, paper.state = act.operator.code, act.now, "signed"
    mac = contents.stamp(act, paper)
    subject = f"{unit_label(act.session, paper)} {paper.mover}"
    act.record("passes.sign_fees", paper.number, subject=subject, needs="seal", mac=mac)
    return paper


def seal(act: Act, *, number: str) -> Pass:
    """Apply the official seal: from now on the pass is valid (REL-12); never before the signatures (REL-9, REL-10)."""
    act.require("passes.seal")
    paper = get(act.session, number)
    if paper.state == "issued":
        raise StateChanged(N_("Finance has not signed that the fees are settled."), clause="REL-9")
    paper = in_state(act, number, "signed")
    if fees.need_signature(act, paper.nature):
        fees.must_be_settled(act.session, paper.unit_id, "REL-20" if paper.nature == "moving_out" else "REL-8")
    if paper.valid_until <= act.now:
        raise StateChanged(N_("The moving time is over: void this pass and write a new one."), clause="REL-4")
    paper.state, paper.sealed_by, paper.sealed_at = "sealed", act.operator.code, act.now
    act.record("passes.seal", paper.number, mac=contents.stamp(act, paper))
    return paper


def void(act: Act, *, number: str, reason: str, slip: str = "destroyed", statement: str = "") -> Pass:
    """Void a pass: the stub stays and is marked, the number stays used, the lower part is accounted for (REL-14).

    Args:
        slip: "destroyed"; "lost" with a statement of how; "due" while the gate or the mover still holds it.

    Raises:
        Invalid: no reason, or a lost lower part without a statement; StateChanged: out or void already.
    """
    act.require("passes.void")
    paper = in_state(act, number, *LIVE)
    paper.void_reason = needed(reason, "reason", 200)
    if slip not in ("destroyed", "lost", "due"):
        raise Invalid(
            N_("Say what became of the lower part: destroyed, lost, or still due."), field="slip", clause="REL-14"
        )
    paper.slip, paper.slip_at = slip, act.now
    paper.slip_note = needed(statement, "statement", 200) if slip == "lost" else limited(statement, "statement", 200)
    paper.state, paper.void_by, paper.void_at = "void", act.operator.code, act.now
    act.record("passes.void", paper.number, slip=slip, mac=contents.stamp(act, paper))
    return paper


def correct(act: Act, *, number: str, draft: Draft, reason: str, slip: str = "destroyed", statement: str = "") -> Pass:
    """Replace a pass: what is signed never changes, so the old one is voided and the new one names it (REL-13, REL-14).

    A pass that the gate refused is replaced the same way; the new one names the refused one (OUT-16). What has left
    already cannot leave again on the new one.

    Raises:
        Invalid: another room, or more of something than is left on the old pass once part of it is out.
    """
    old = in_state(act, number, *LIVE)
    if draft.unit_id != old.unit_id:
        raise Invalid(N_("The new pass is for the same room as the old one."), field="room", clause="REL-3")
    if old.trips:
        left = {item.name: item.quantity - item.out for item in items_of(act.session, old.number)}
        for item in draft.items:
            if item.quantity > left.get(item.name, item.quantity):
                raise Invalid(
                    N_("Of {name} only {count} are left on {number}."), field="items", clause="REL-7",
                    name=item.name, count=left[item.name], number=old.number,
                )  # fmt: skip
    void(act, number=number, reason=reason, slip=slip, statement=statement)
    return issue(act, draft=draft, replaces=old.number)


def extend(act: Act, *, number: str, until: datetime, reason: str) -> Pass:
    """A supervisor lets a sealed pass be valid for longer, within the same load and nothing else."""
    act.require("passes.extend")
    paper = in_state(act, number, "sealed", "part")
    if until <= act.now or until <= paper.valid_until:
        raise Invalid(N_("The new end must be later than the old one and than now."), field="until")
    if paper.valid_until < act.now:
        raise StateChanged(N_("The moving time is over: void this pass and write a new one."), clause="REL-4")
    if until > paper.moving_at + LONGEST_EXTENSION:
        raise Invalid(N_("A pass is extended by a week at most: write a new one."), field="until")
    if paper.nature == "moving_out":
        fees.must_be_settled(act.session, paper.unit_id, "REL-20")
    needed(reason, "reason", 200)
    was, paper.valid_until = paper.valid_until, until
    act.record("passes.extend", paper.number, was=was, until=until, mac=contents.stamp(act, paper))
    return paper


def return_slip(act: Act, *, number: str) -> Pass:
    """The lower part of a used pass came back from the gate (OUT-16)."""
    act.require("passes.return_slip")
    paper = get(act.session, number)
    if paper.slip != "due":
        raise StateChanged(N_("The lower part of {number} is not missing."), number=paper.number)
    paper.slip, paper.slip_at = "back", act.now
    act.session.add(paper)
    act.record("passes.return_slip", paper.number)
    return paper


def count_print(act: Act, *, number: str) -> int:
    """Count a print of a signed pass before it is made, and say which one it is; from the second on it is a reprint."""
    act.require("passes.print")
    paper = in_state(act, number, "signed", "sealed", "part", "out", "void")
    if paper.state == "void" and not paper.prints:
        raise StateChanged(N_("{number} is void and was never printed."), number=paper.number)
    paper.prints += 1
    act.session.add(paper)
    act.record("passes.print", paper.number, count=paper.prints)
    return paper.prints


def uncount_print(act: Act, *, number: str, count: int) -> None:
    """Take a count back when nothing came out of the printer, unless somebody printed since."""
    act.require("passes.print")
    paper = get(act.session, number)
    if paper.prints == count:
        paper.prints -= 1
        act.session.add(paper)
        act.record("passes.print", paper.number, failed=count)
