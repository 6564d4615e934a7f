"""A home of the archive: what it is, in what state, what it owes, and which of its twelve parts are kept (ARC-3)."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, func, select

from data.cases import Complaint, Contact, Repair
from data.directory import Arrears, Building, Entrance, Occupancy, Person, Phone, Unit
from data.tables import Value
from data.words import N_, named
from desk import directory
from desk.act import Act
from desk.archive import facts, residents
from desk.archive.register import UNSETTLED
from desk.ground import rooms
from desk.ground.refusals import Invalid, StateChanged
from desk.ground.texts import limited, needed
from desk.passes import record_arrears
from desk.view import View

KINDS = {
    "home": N_("home"), "shop": N_("shop"), "office": N_("office"), "garage": N_("garage"),
    "storage": N_("storage room"),
}  # fmt: skip
STATES = {
    "unsold": N_("not sold"), "sold": N_("sold"), "taken_over": N_("taken over"), "occupied": N_("occupied"),
    "let": N_("let"), "empty": N_("empty"),
}  # fmt: skip
LONGEST_NOTE = 200
# What is written down of a home; of what may name people, the journal says only that it was changed.
WRITTEN = ("kind", "state", "area_hundredths", "note", "alert", "parking")
TOLD = ("note", "alert", "parking")
KEPT, MISSING, NOT_YET = "kept", "missing", "not yet"


@dataclass(frozen=True)
class Part:
    """One of the twelve parts of a household's file: its msgid, and whether it is kept, missing, or not kept yet."""

    name: str
    standing: str
    count: int | None = None


def add_home(act: Act, *, label: str, kind: str = "home") -> Unit:
    """A home, shop or garage that no roster has named, by its whole path.

    Raises:
        Invalid: no path, or one without a room; StateChanged: it is there already.
    """
    act.require("directory.add_home")
    if kind not in KINDS:
        raise Invalid(N_("Choose one of {names}."), field="kind", names=", ".join(KINDS))
    path = rooms.address(needed(label, "label", 60)).path
    if len(path) < 2:
        raise Invalid(N_("Write the whole path, such as 3-2-1502."), field="label", clause="ARC-8")
    spelt = rooms.label(*path)
    if any(rooms.key(one) == rooms.key(spelt) for one in act.session.exec(select(Unit.label))):
        raise StateChanged(N_("{number} is in the archive already."), field="label", number=spelt)
    entrance = path[-2] if len(path) > 2 else ""
    block = "-".join(path[:-2]) if len(path) > 2 else path[0]
    stair = directory.ensure_entrance(act.session, block, entrance)
    unit = Unit(entrance_id=stair, room=path[-1], label=spelt, kind=kind)
    act.session.add(unit)
    act.session.flush()
    residents.reindex(act.session, unit)
    act.record("directory.add_home", unit.label, kind=kind)
    return unit


def set_unit(
    act: Act,
    *,
    number: str,
    proof: str,
    kind: str = "",
    state: str = "",
    area: str = "",
    note: str = "",
    alert: str = "",
    parking: str = "",
    accepted: str = "",
    handed: str = "",
) -> Unit:
    """What a home is and in what state; what is empty stays (ARC-3).

    Args:
        kind: a key of KINDS; state: a key of STATES; area: in square metres.
        note, alert, parking: "-" takes it away; an alert is what stands first on the household's card.
        accepted: the day on which completion of its whole building was accepted; handed: on which the home was handed
        over to its buyer; from these two warranties count (QRP-4).

    Raises:
        Invalid: at the field.
    """
    act.require("directory.set_unit")
    unit = residents.unit_of(act.session, number)
    residents.check_proof(proof)
    for field, text, known in (("kind", kind, KINDS), ("state", state, STATES)):
        if text and text not in known:
            raise Invalid(N_("Choose one of {names}."), field=field, names=", ".join(known))
    was = {name: getattr(unit, name) for name in WRITTEN}
    unit.kind, unit.state = kind or unit.kind, state or unit.state
    if area.strip():
        unit.area_hundredths = _area(area)
    written = {"note": note, "alert": alert, "parking": parking}
    for field, text in written.items():
        if text.strip():
            setattr(unit, field, "" if text.strip() == "-" else limited(text, field, LONGEST_NOTE))
    if not any(text.strip() for text in (kind, state, area, accepted, handed, *written.values())):
        raise Invalid(N_("Nothing would change: write what is to be otherwise."), field="kind")
    act.session.add(unit)
    days = _warranty_days(act, unit, accepted, handed)
    changed = [name for name in WRITTEN if was[name] != getattr(unit, name)]
    said: dict[str, Value] = {
        name: f"{was[name] or ''} → {getattr(unit, name) or ''}" for name in changed if name not in TOLD
    }
    told = " ".join(name for name in changed if name in TOLD)
    said |= {"proof": proof, "written": told or None, **days}
    act.record("directory.set_unit", unit.label, **said)
    return unit


def _warranty_days(act: Act, unit: Unit, accepted: str, handed: str) -> dict[str, str]:
    """Write the two days from which warranties count; gives back what changed, from what to what."""
    changed = {}
    entrance = act.session.get_one(Entrance, unit.entrance_id)
    building = act.session.get_one(Building, entrance.building_id)
    known = ((building, "accepted_on", "accepted", accepted), (unit, "handed_on", "handed", handed))
    for row, column, field, text in known:
        if text.strip():
            day, was = facts.day_behind(text, act, field), getattr(row, column)
            setattr(row, column, day)
            act.session.add(row)
            changed[field] = f"{was or '–'} → {day}"
    return changed


def _area(text: str) -> int:
    try:
        area = round(float(text.replace("㎡", "").strip()) * 100)
    except (ValueError, OverflowError):
        area = 0
    if not 0 < area < 10_000_000:
        raise Invalid(N_("An area is written in square metres, such as 89.50."), field="area")
    return area


def set_arrears(act: Act, *, number: str, **fees: str) -> Unit:
    """Finance writes what a home owes of each fee, in yuan; what is empty stays (FEE-2).

    Raises:
        Invalid: at the fee.
    """
    act.require("fees.record")
    unit = residents.unit_of(act.session, number)
    known = {row.fee: row.fen for row in act.session.exec(select(Arrears).where(Arrears.unit_id == unit.id))}
    for fee, yuan in fees.items():
        fen = directory.fen(yuan, field=fee) if yuan.strip() else known.get(fee, 0)
        if fen != known.get(fee, 0):
            record_arrears(act, unit_id=unit.id or 0, fee=fee, fen=fen)
    return unit


def parts(view: View, unit: Unit) -> list[Part]:
    """The twelve parts of a household's file, in the order of the law (ARC-3)."""
    people = residents.ties(view.session, unit.id or 0)
    weighty = [(person, tie) for tie, person in people if tie.relation in residents.WEIGHTY]
    reached = all(facts.phones_of(view.session, person.id or 0) for person, _tie in weighty)
    emergency = all(person.emergency_mobile for person, _tie in weighty)
    owes = view.session.exec(select(func.count()).select_from(Arrears).where(Arrears.unit_id == unit.id)).one()

    def count(table: type[Contact] | type[Repair] | type[Complaint]) -> int:
        found = select(func.count()).select_from(table).where(col(table.unit_id) == unit.id)
        return int(view.session.exec(found).one())

    def kept(there: object) -> str:
        return KEPT if there else MISSING

    return [
        Part(N_("unit data"), kept(unit.area_hundredths and unit.state)),
        Part(N_("payments and deposits"), NOT_YET),
        Part(N_("decoration files"), NOT_YET),
        Part(N_("move-in forms"), NOT_YET),
        Part(N_("supplements"), NOT_YET),
        Part(N_("contact numbers"), kept(weighty and reached)),
        Part(N_("emergency contacts"), kept(weighty and emergency)),
        Part(N_("correspondence"), KEPT, count(Contact)),
        Part(N_("violations and arrears"), KEPT, owes),
        Part(N_("repairs"), KEPT, count(Repair)),
        Part(N_("complaints"), KEPT, count(Complaint)),
        Part(N_("engineering files"), NOT_YET),
    ]


def count_incomplete(session: Session, most: int) -> int:
    """Of how many homes the archive lacks something; beyond `most` it is not counted on."""
    some = select(Unit.id).where(incomplete()).limit(most).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def incomplete() -> ColumnElement[bool]:
    """The condition on homes that lack their data or an owner, or whose owners or tenants lack something (ARC-3)."""
    reached = exists().where(col(Phone.person_id) == col(Person.id))
    lacking = or_(
        col(Person.id_card_sealed).is_(None),
        col(Person.workplace) == "",
        col(Person.emergency_mobile) == "",
        and_(col(Person.birthday).is_(None), col(Person.nature) == ""),
        ~reached,
    )
    lives = and_(
        col(Occupancy.unit_id) == col(Unit.id),
        col(Occupancy.until).is_(None),
        col(Occupancy.relation).in_(residents.WEIGHTY),
    )
    settled = col(Unit.state).not_in(UNSETTLED)
    unknown = or_(col(Unit.state) == "", func.coalesce(col(Unit.area_hundredths), 0) == 0)
    return or_(
        and_(settled, ~exists().where(lives)),
        and_(settled, unknown),
        exists().where(lives).where(col(Person.id) == col(Occupancy.person_id)).where(lacking),
    )


def kind_name(kind: str) -> str:
    """What a unit is, in the reader's language."""
    return named(KINDS, kind)


def state_name(state: str) -> str:
    """In what state a unit is, in the reader's language."""
    return named(STATES, state)
