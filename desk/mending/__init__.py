"""A saved matter is mended and annotated: what stood before stays readable, and what was signed does not change."""

from collections.abc import Callable

from sqlmodel import Session, col, select

from data.cases import Contact, Repair
from data.clocks import Clock
from data.directory import Occupancy, Person, Unit
from data.quality import Quality
from data.tables import Record, Value
from data.words import N_
from desk import cases, directory, quality, repairs
from desk.act import Act
from desk.complaints import judging, promote_by_rule, slips_of
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.mending.classes import CLASSES
from desk.standards.promises import SUBJECT_WIDTH
from desk.systems import SYSTEMS
from desk.view import View

CONTACTS, COMPLAINTS = "contacts", "complaints"
LONGEST_REASON = 200
# Of each system whose records are mended: the columns that say that somebody signed what the record says.
SIGNED = {name: system.signed for name, system in SYSTEMS.items() if system.signed is not None}


def get(session: Session, system: str, number: str) -> Record:
    """A contact or a case; refuses an unknown number."""
    return cases.get(session, system, number)


def why_not_note(_view: View, _record: Record) -> Refused | None:
    """A remark can always be written below."""
    return None


def why_not_mend(system: str) -> Callable[[View, Record], Refused | None]:
    """The rule of a system: what somebody signed, and what another record says, is not mended."""

    def why_not(view: View, record: Record) -> Refused | None:
        if system == CONTACTS and record.became:
            return StateChanged(N_("This is {number} now: mend it there."), number=record.became)
        slips = slips_of(view.session, record.number) if system == COMPLAINTS else []
        if any(slip.signed_at is not None for slip in slips):
            return StateChanged(N_("Somebody signed what this says: write a remark below it."))
        if getattr(record, "state", "") in cases.OVER:
            return StateChanged(N_("{number} is over: write a remark below it."), number=record.number)
        if any(getattr(record, name) for name in SIGNED[system]):
            return StateChanged(N_("Somebody signed what this says: write a remark below it."))
        return None

    return why_not


def note(act: Act, system: str, *, number: str, text: str) -> Record:
    """Write a remark below a record, whatever its state."""
    act.require(f"{system}.note")
    record = get(act.session, system, number)
    cases.write_down(act, record.number, "note", texts.needed(text, "text"))
    act.record(f"{system}.note", record.number)
    return record


def mend(
    act: Act,
    system: str,
    *,
    number: str,
    reason: str,
    room: str = "",
    name: str = "",
    what: str = "",
    category: str = "",
) -> Record:
    """Mend what was written down wrongly; what is empty stays.

    Args:
        room: the home it is about, "-" for nobody's here; name: somebody who lives there, or a stranger.
        what: the matter; category: a complaint's class, an emergency's kind, a request's sort.

    Raises:
        StateChanged: it was signed; Invalid: at the field, nothing was changed or no reason is given.
    """
    act.require(f"{system}.mend")
    record = get(act.session, system, number)
    if (refused := why_not_mend(system)(act, record)) is not None:
        raise refused
    why = texts.needed(reason, "reason", LONGEST_REASON)
    before = _standing(act.session, system, record)
    was_home, was_trade = repairs.stood(record) if isinstance(record, Repair) else (record.unit_id, None)
    counted = judging.counted_with(act.session, record) if system == COMPLAINTS else []
    _write(act, system, record, room.strip(), texts.limited(name, "name", 60).strip(), what, category)
    changed = {name: old for name, old in before.items() if old != _standing(act.session, system, record)[name]}
    if not changed:
        raise Invalid(N_("Nothing would change: write what is wrong as it is right."), field="what")
    act.session.add(record)
    for key, old in changed.items():
        cases.write_down(act, record.number, f"mend:{key}", f"{old or '–'}\n{why}")
    _follow(act, system, record)
    sort = CLASSES.get(system)
    resorted = sort is not None and sort.column in changed
    if "who" in changed or resorted:
        judging.judge_anew(act, counted, record.number)
    now: dict[str, Value] = {sort.column: category} if sort is not None and resorted else {}
    act.record(
        f"{system}.mend",
        record.number,
        fields=" ".join(changed),
        **now,
        # Nought for no home: an entry that says nothing was written before anybody asked.
        was_home=was_home or 0,
        was_trade=was_trade,
    )
    if sort is not None and resorted:
        sort.follows(act, record)
    return record


def _write(act: Act, system: str, record: Record, room: str, name: str, what: str, category: str) -> None:
    """Change the record as it was said; what is empty stays."""
    if room or name:
        _move(act, system, record, room, name)
    if what.strip():
        record.what = texts.needed(what, "what")
    if isinstance(record, Repair):
        repairs.mended(record)
    if category:
        if system not in CLASSES:
            raise Invalid(N_("This has no class to mend."), field="category")
        CLASSES[system].put(record, category)


def _standing(session: Session, system: str, record: Record) -> dict[str, str]:
    """What can be mended of a record, as it reads."""
    who = cases.who_came(session, record) if isinstance(record, Contact) else record.subject
    found = {"what": record.what, "who": who}
    sort = CLASSES.get(system)
    return {**found, sort.column: getattr(record, sort.column)} if sort is not None else found


def _move(act: Act, system: str, record: Record, room: str, name: str) -> None:
    """The record is about another home, or about somebody else there."""
    unit = None if room == "-" else directory.unit_by_label(act.session, room) if room else _unit(act, record.unit_id)
    person = _person(act.session, unit, name) if unit is not None and name else None
    if person is None and name and not room and record.person_id:
        # Who moved out since is still whom the matter is about.
        known = act.session.get(Person, record.person_id)
        person = known if known is not None and known.name == name else None
    if unit is None and not name:
        raise Invalid(N_("Say who it is, when it is nobody who lives here."), field="name")
    contact = record if isinstance(record, Contact) else act.session.get(Contact, record.contact)
    if contact is not None and person is None and not name:
        # Whoever came stays who came, when only the home was wrong.
        name = contact.stranger
    for one in (record, contact):
        if one is not None:
            one.unit_id, one.person_id = unit.id if unit else None, person.id if person else None
            act.session.add(one)
    if contact is not None:
        contact.stranger = "" if person or not name else name
    if system != CONTACTS:
        shown = person.name if person else name
        record.subject = " ".join(part for part in (unit.label if unit else "", shown) if part)
    if isinstance(record, Quality):
        quality.reckon_anew(act, record)
    if system == COMPLAINTS:
        # What the wrong household had raised before says nothing of the right one.
        record.repeats = ""


def _unit(act: Act, unit_id: int | None) -> Unit | None:
    return act.session.get(Unit, unit_id) if unit_id else None


def _person(session: Session, unit: Unit, name: str) -> Person | None:
    """Somebody of this name who lives there now."""
    lives = select(Person).join(Occupancy, col(Occupancy.person_id) == Person.id)
    lives = lives.where(Occupancy.unit_id == unit.id, col(Occupancy.until).is_(None), Person.name == name)
    return session.exec(lives.order_by(col(Person.id))).first()


def _follow(act: Act, system: str, record: Record) -> None:
    """What shows the record shows it as it is now, and rules that count households count again."""
    act.session.flush()
    if system == CONTACTS:
        return
    subject = f"{record.subject} {record.what}".replace("\n", " ")[:SUBJECT_WIDTH]
    for clock in act.session.exec(select(Clock).where(Clock.record == record.number, col(Clock.ended_at).is_(None))):
        clock.subject = subject
        act.session.add(clock)
    contact = act.session.get(Contact, record.contact)
    if contact is not None:
        contact.what = record.what
        act.session.add(contact)
    if system == COMPLAINTS:
        promote_by_rule(act, record)
    if isinstance(record, Repair) and record.ordered_at is not None:
        repairs.report_often(act, record)
