"""Many callers with one cause are one order, with a list of people to be told once it is over."""

from sqlmodel import Session, col, select

from data.cases import Contact, Repair
from data.cleaning import clean
from data.directory import Entrance, Unit
from data.words import N_
from desk import cases
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.repairs import board
from desk.view import View

# Notes of an order: a contact that named the same cause, and one that was told of its end.
ALSO, TOLD = "also", "told"
MOST = 60


def alike(session: Session, unit_id: int) -> list[Repair]:
    """The open orders that a caller of a home may mean: of the same building or a public area, the newest first."""
    own = select(Entrance.building_id).join(Unit, col(Unit.entrance_id) == Entrance.id).where(Unit.id == unit_id)
    beside = select(Unit.id).join(Entrance, col(Unit.entrance_id) == Entrance.id)
    near = col(Repair.unit_id).in_(beside.where(col(Entrance.building_id).in_(own)))
    query = select(Repair).where(col(Repair.state).in_(board.OPEN), near | (Repair.area == "public"))
    return list(session.exec(query.order_by(col(Repair.number).desc()).limit(MOST)))


def join(act: Act, contact: Contact, number: str) -> Repair:
    """A call about an open order: of the same home it urges it, of another one it is told when the order is over.

    Raises:
        Invalid: at "same", where there is no such order or it is over.
    """
    case = act.session.get(Repair, clean(number).upper())
    if case is None or case.state not in board.OPEN:
        raise Invalid(N_("No open order has this number: leave it empty for a new one."), field="same")
    if not _is_near(act.session, contact, case):
        raise Invalid(N_("This order is of another building: leave it empty for a new one."), field="same")
    if _knows(act, contact, case):
        case.urges += 1
        act.session.add(case)
        cases.write_down(act, case.number, "urge", f"{contact.number} {contact.what}")
        cases.enter(act, "repairs.urge", case, count=case.urges)
    else:
        cases.write_down(act, case.number, ALSO, contact.number)
        act.record("repairs.join", case.number, contact=contact.number)
    return case


def _is_near(session: Session, contact: Contact, case: Repair) -> bool:
    """Whether a caller may mean an order: one of the same building or of a public area; of a stranger nobody knows."""
    if contact.unit_id is None or case.unit_id is None:
        return True
    return case.number in {one.number for one in alike(session, contact.unit_id)}


def _knows(act: Act, contact: Contact, case: Repair) -> bool:
    """Whether a call is of the order's own home or first caller, or of somebody who is on its list already."""
    first = act.session.get(Contact, case.contact) if case.contact else None
    before = [*to_tell(act.session, case.number), *([first] if first is not None else [])]
    if contact.unit_id is not None:
        return contact.unit_id in {case.unit_id, *(one.unit_id for one in before)}
    strangers = {(one.stranger, one.caller_number) for one in before if one.unit_id is None}
    return bool(contact.caller_number) and (contact.stranger, contact.caller_number) in strangers


def to_tell(session: Session, number: str) -> list[Contact]:
    """Who called about the same cause and has not been told how it ended, in the order of their calls."""
    notes = cases.notes_of(session, number)
    # Whoever heard of the end of an earlier round hears of this one's, too.
    again = max((place for place, note in enumerate(notes) if note.kind == "round"), default=-1)
    told = {note.text for note in notes[again + 1 :] if note.kind == TOLD}
    waiting = [note.text for note in notes if note.kind == ALSO and note.text not in told]
    return [contact for one in waiting if (contact := session.get(Contact, one)) is not None]


def listed(session: Session, number: str) -> list[str]:
    """The same as one reads them: the call, who, and for whom contacts are the number to ring back on."""
    return [
        f"{one.number}  {cases.who_came(session, one)}  {cases.caller_number(session, one.number)}".rstrip()
        for one in to_tell(session, number)
    ]


def ended(act: Act, number: str) -> None:
    """The order is over: whoever else called has a promise to hear of it."""
    waiting = to_tell(act.session, number)
    if waiting:
        act.record("repairs.callers", number, by_itself=True, count=len(waiting))


def why_not_tell(view: View, case: Repair) -> Refused | None:
    """They are told once the order is over, as long as somebody has not heard."""
    if not to_tell(view.session, case.number):
        return StateChanged(N_("Nobody else waits to hear of {number}."), number=case.number)
    if case.state in board.OPEN:
        return StateChanged(N_("{number} is not over: there is nothing to tell yet."), number=case.number)
    return None


def tell(act: Act, *, number: str, contact: str = "") -> Repair:
    """Whoever else called has heard how it ended: one of them, or all that are left.

    Args:
        contact: its number; "" for all.

    Raises:
        Invalid: at "contact", that is not on the list.
    """
    act.require("repairs.tell")
    case = cases.get_ready(act, Repair, number, why_not_tell)
    waiting = {one.number for one in to_tell(act.session, case.number)}
    chosen = texts.limited(contact, "contact", 20).upper()
    if chosen and chosen not in waiting:
        raise Invalid(N_("This call is not on the list."), field="contact")
    heard = [chosen] if chosen else sorted(waiting)
    for one in heard:
        cases.write_down(act, case.number, TOLD, one)
    act.session.flush()
    act.record("repairs.tell", case.number, count=len(heard), contact=chosen or None)
    if not waiting - set(heard):
        act.record("repairs.all_told", case.number, by_itself=True)
    return case
