"""Release passes: issued with a number, signed by finance, valid once sealed, let out or voided (REL-1 to REL-29)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, insert, select

from data.cleaning import clean
from data.directory import Arrears, Unit
from data.kept import micros
from data.passes import Pass, PassItem, PassTerm
from data.words import N_, _
from desk import directory, idcards, pinyin, rooms, search, standards
from desk.act import Act
from desk.calendar import parse_within
from desk.cases import limited, needed
from desk.refusals import Invalid, NotFound, StateChanged

CARRIERS = {
    "owner": N_("owner"),
    "tenant": N_("tenant"),
    "child": N_("child"),
    "relative": N_("relative"),
    "nanny": N_("nanny"),
    "labourer": N_("labourer"),
    "employee": N_("employee"),
}
NATURES = {"temporary": N_("temporary"), "moving_out": N_("moving out")}
STATES = {
    "issued": N_("issued, not sealed"),
    "sealed": N_("sealed"),
    "out": N_("let out"),
    "void": N_("void"),
}
MOST_ITEMS = 60
_QUANTITY = re.compile(r"(.+?)[ x×*]+(\d{1,4})\s*([^\d\s]{0,4})$", re.I)


@dataclass(frozen=True)
class Item:
    """One line of goods."""

    name: str
    quantity: int
    unit: str = ""


@dataclass(frozen=True)
class Draft:
    """What the applicant declares; every field of the form (REL-3 to REL-7, REL-10, REL-15 to REL-17)."""

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
    owner_opinion: str = ""


def parse_items(text: str) -> list[Item]:
    """Goods from lines such as `沙发 2`, `sofa x2` or `纸箱 3 个`; a line without a number is one piece (REL-7)."""
    items = []
    for number, raw in enumerate(re.split(r"[\n;；]", text), 1):
        line = clean(raw)
        if not line:
            continue
        match = _QUANTITY.fullmatch(line)
        name, count, unit = (match[1], int(match[2]), match[3]) if match else (line, 1, "")
        if count < 1 or len(name) > 60:
            raise Invalid(N_("Line {line} of the goods: a name and a quantity from 1 up."), field="items", line=number)
        items.append(Item(clean(name), count, unit))
    if not items:
        raise Invalid(N_("List the goods, one line each."), field="items", clause="REL-7")
    if len(items) > MOST_ITEMS:
        raise Invalid(N_("A pass holds at most {count} lines of goods."), field="items", count=MOST_ITEMS)
    return items


def issue(act: Act, *, draft: Draft) -> Pass:
    """Issue a pass with the next number; it is not valid yet (REL-10, REL-12, REL-13).

    Raises:
        Invalid: at the field that is blank or wrong; a carrier who is not the owner needs the owner's
            opinion (REL-21 to REL-24); moving out with arrears is never released (REL-20).
    """
    act.require("passes.issue")
    unit = directory.unit_by_id(act.session, draft.unit_id)
    _check(act, draft)
    number = act.number("passes")
    mover_id = idcards.normal(draft.mover_id)
    paper = Pass(
        number=number, unit_id=draft.unit_id, state="issued", carrier=draft.carrier, nature=draft.nature,
        reason=limited(draft.reason, "reason", 200), destination=needed(draft.destination, "destination", 120),
        mover=needed(draft.mover, "mover", 60), mover_id_masked=idcards.masked(mover_id),
        mover_id_sealed=idcards.seal(act.store.keys, mover_id, number),
        mover_phone=limited(draft.mover_phone, "mover_phone", 20), plate=limited(draft.plate, "plate", 12),
        owner_opinion=limited(draft.owner_opinion, "owner_opinion", 200),
        owner_called_at=None if draft.carrier == "owner" else act.now,
        moving_at=draft.moving_at, valid_until=draft.moving_at + validity(act),
        issued_at=act.now, issued_by=act.operator.code,
    )  # fmt: skip
    act.session.add(paper)
    act.session.flush()
    for line, item in enumerate(draft.items, 1):
        act.session.add(PassItem(number=number, line=line, name=item.name, quantity=item.quantity, unit=item.unit))
    _index(act.session, paper, unit)
    act.record("passes.issue", number, subject=unit.label, carrier=draft.carrier, nature=draft.nature)
    return paper


def _check(act: Act, draft: Draft) -> None:
    if draft.carrier not in CARRIERS:
        raise Invalid(N_("Choose who is carrying."), field="carrier", clause="REL-15")
    if draft.nature not in NATURES:
        raise Invalid(N_("Choose moving out or temporary carrying."), field="nature", clause="REL-17")
    needed(draft.destination, "destination", 120)
    needed(draft.mover, "mover", 60)
    if not idcards.shaped(idcards.normal(draft.mover_id)):
        raise Invalid(
            N_("An ID number has 18 characters: 17 digits and a digit or X."),
            field="mover_id",
            clause="REL-5",
        )
    if not idcards.checksum_right(idcards.normal(draft.mover_id)):
        raise Invalid(N_("The last character of the ID number does not fit: read it again."), field="mover_id")
    if draft.moving_at + validity(act) <= act.now:
        raise Invalid(N_("The moving time is over already."), field="moving_at", clause="REL-4")
    if draft.carrier != "owner" and not clean(draft.owner_opinion):
        raise Invalid(
            N_("The carrier is not the owner: phone the owner and write down the opinion."),
            field="owner_opinion", clause="REL-22",
        )  # fmt: skip
    if not draft.items:
        raise Invalid(N_("List the goods, one line each."), field="items", clause="REL-7")
    if draft.nature == "moving_out" and owed(act.session, draft.unit_id):
        raise Invalid(
            N_("The unit owes {amount}: moving out is not released before everything is settled."),
            field="nature", clause="REL-20", amount=directory.yuan(owed(act.session, draft.unit_id)),
        )  # fmt: skip


def owed(session: Session, unit_id: int) -> int:
    """What a unit owes in all, in fen."""
    return sum(session.exec(select(Arrears.fen).where(Arrears.unit_id == unit_id, Arrears.fen > 0)))


def validity(act: Act) -> timedelta:
    """How long after the moving time a pass is valid; the site's own number, the sources give none."""
    book = standards.of_site(act.store.path)
    return timedelta(seconds=parse_within(book.chosen("pass.validity", act.choices).value).seconds)


def _index(session: Session, paper: Pass, unit: Unit) -> None:
    digits = re.sub(r"\D", "", paper.number)
    terms = {digits[i:] for i in range(len(digits) - 3)} | {digits[i:-1] for i in range(len(digits) - 4)}
    terms |= {paper.number.lower()} | rooms.terms(unit.label) | pinyin.terms(paper.mover)
    terms |= search.plate_terms(paper.plate)
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


def unit_label(session: Session, paper: Pass) -> str:
    """The room of a pass."""
    return directory.unit_by_id(session, paper.unit_id).label


def _in_state(act: Act, number: str, *states: str) -> Pass:
    paper = get(act.session, number)
    if paper.state not in states:
        raise StateChanged(
            N_("{number} is now: {state}. Look at it again."),
            number=paper.number,
            state=state_name(paper.state),
        )
    return paper


def needs_fees_signed(act: Act, paper: Pass) -> bool:
    """Whether finance must sign this pass, by the site's choice (X-12)."""
    option = standards.of_site(act.store.path).chosen("X-12", act.choices)
    return option.value == "every" or paper.nature == "moving_out"


def sign_fees(act: Act, *, number: str) -> Pass:
    """Finance signs that the fees are settled; refused while the unit owes (REL-8, REL-9, FEE-1)."""
    act.require("passes.sign_fees")
    paper = _in_state(act, number, "issued")
    if paper.fees_at is not None:
        raise StateChanged(N_("Finance has signed {number} already."), number=paper.number)
    debt = owed(act.session, paper.unit_id)
    if debt:
        raise Invalid(
            N_("The unit owes {amount}: settle it before signing."),
            clause="REL-8",
            amount=directory.yuan(debt),
        )
    paper.fees_by, paper.fees_at = act.operator.code, act.now
    act.session.add(paper)
    act.record("passes.sign_fees", paper.number)
    return paper


def seal(act: Act, *, number: str) -> Pass:
    """Apply the official seal: from now on the pass is valid (REL-12); never before finance signed (REL-9)."""
    act.require("passes.seal")
    paper = _in_state(act, number, "issued")
    if paper.fees_at is None and needs_fees_signed(act, paper):
        raise StateChanged(N_("Finance has not signed that the fees are settled."), clause="REL-9")
    paper.state, paper.sealed_by, paper.sealed_at = "sealed", act.operator.code, act.now
    act.session.add(paper)
    act.record("passes.seal", paper.number)
    return paper


def void(act: Act, *, number: str, reason: str) -> Pass:
    """Void a pass with a reason; the stub stays and the number stays used (REL-14)."""
    act.require("passes.void")
    paper = _in_state(act, number, "issued", "sealed")
    paper.void_reason = needed(reason, "reason", 200)
    paper.state, paper.void_by, paper.void_at = "void", act.operator.code, act.now
    act.session.add(paper)
    act.record("passes.void", paper.number)
    return paper


def page(session: Session, *, before: str = "", state: str = "", limit: int = 200) -> list[tuple[Pass, str]]:
    """A page of the register with the rooms, newest first."""
    query = select(Pass, Unit.label).join(Unit, col(Unit.id) == Pass.unit_id)
    query = query.order_by(col(Pass.number).desc()).limit(limit)
    if before:
        query = query.where(Pass.number < before)
    if state:
        query = query.where(Pass.state == state)
    return [(paper, label) for paper, label in session.exec(query)]


def state_name(state: str) -> str:
    """The state in the reader's language."""
    return _(STATES[state]) if state in STATES else state


def carrier_name(carrier: str) -> str:
    """The carrier in the reader's language."""
    return _(CARRIERS[carrier]) if carrier in CARRIERS else carrier


def nature_name(nature: str) -> str:
    """The nature in the reader's language."""
    return _(NATURES[nature]) if nature in NATURES else nature
