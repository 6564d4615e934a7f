"""What belongs together: the same caller again, the same event from several households, the same cause in a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data.cases import CaseNote, Complaint, Contact, Incident, Visit
from data.directory import Building, Entrance, Unit
from data.words import N_
from desk import cases
from desk.act import Act
from desk.complaints import judging, life
from desk.complaints.collective import household, notice_collective, open_incident, promote_collective
from desk.complaints.terms import CATEGORIES
from desk.ground import texts
from desk.ground.refusals import Invalid, NotFound, Refused, StateChanged
from desk.view import View

LONGEST_DETAIL = 200


def register(act: Act, *, contact: Contact, what: str, subject: str, category: str = "") -> Complaint:
    """Accept and register a complaint, whatever its size; what makes it major does so at once (CMP-2, CMP-3)."""
    if category and category not in CATEGORIES:
        raise Invalid(N_("Choose what it is about."), field="category", clause="CMP-42")
    case = cases.register(
        act,
        Complaint,
        contact=contact,
        what=what,
        subject=subject,
        promised_at=None,
        category=category,
        facts={
            "raised_at": act.now,
            "settled": "no",
            "answered": "no",
            "grade": "",
            "nature": "",
            "category": category,
        },
    )
    promote_by_rule(act, case)
    return case


def promote_by_rule(act: Act, case: Complaint) -> None:
    """Apply the promotions that depend on what a complaint is about (CMP-29, CMP-32, CMP-35, CMP-36)."""
    if not judging.promote_outage(act, case):
        promote_repeated(act, case)
    notice_collective(act, case)


def describe(
    act: Act,
    *,
    number: str,
    category: str = "",
    happened: str = "",
    place: str = "",
    accused: str = "",
    demand: str = "",
) -> Complaint:
    """Write down what the forms ask and the caller knows: class, place, time, whom it is about, what they want (OUT-1).

    Whatever is empty stays as it was.
    """
    act.require("complaints.describe")
    case = life.ready(act, number, cases.why_not_open)
    if category and category not in CATEGORIES:
        raise Invalid(N_("Choose what it is about."), field="category", clause="CMP-42")
    case.category = category or case.category
    said = {"happened": happened, "place": place, "accused": accused, "demand": demand}
    for name, typed in said.items():
        if text := texts.limited(typed, name, LONGEST_DETAIL):
            setattr(case, name, text)
    life.enter(act, "complaints.describe", case)
    promote_by_rule(act, case)
    return case


def promote_repeated(act: Act, case: Complaint) -> bool:
    """A matter that one household raises again and again without a solution becomes major (CMP-29, CMP-32)."""
    times, days = _times_in_days(act.chosen("complaint.repeats"))
    same = _raised_by_household(act, case, act.now - timedelta(days=days))
    older = [one for one in same if one.number < case.number]
    if older and not case.repeats:
        case.repeats = older[-1].number
        act.session.add(case)
    if sum(1 + _came_back(act.session, one) for one in same) < times:
        return False
    clause = "CMP-29" if judging.chosen_options(act)["T-18"] == "S0" else "CMP-32"
    promoted = [judging.promote(act, one, clause) for one in same]
    return any(promoted)


def _times_in_days(value: str) -> tuple[int, int]:
    times, days = (int(number) for number in re.findall(r"\d+", value)[:2])
    return times, days


def _raised_by_household(act: Act, case: Complaint, since: datetime) -> list[Complaint]:
    """The complaint with the same household's unsolved ones of the same class, oldest first."""
    if case.unit_id is None or not case.category:
        return [case]
    found = act.session.exec(
        select(Complaint)
        .where(Complaint.unit_id == case.unit_id, Complaint.category == case.category)
        .where(col(Complaint.received_at) >= since, col(Complaint.settled_at).is_(None), Complaint.nature != "invalid")
        .order_by(col(Complaint.number))
    ).all()
    return [one for one in found if one.number == case.number or one.state not in cases.OVER]


def _came_back(session: Session, case: Complaint) -> int:
    query = select(Visit.id).where(Visit.number == case.number, Visit.satisfied == "no")
    return len(session.exec(query).all())


def why_not_merge(_view: View, case: Complaint) -> Refused | None:
    """What was judged invalid belongs to no event (CMP-43)."""
    if case.nature == "invalid":
        return StateChanged(N_("{number} was judged invalid."), field="others", number=case.number)
    return None


def merge(act: Act, *, number: str, others: Sequence[str], what: str = "") -> Incident:
    """Put complaints about the same event together; enough households make them major (CMP-36, CMP-43, X-4).

    Every caller still has a record and an answer of their own.

    Args:
        number: the complaint that stays in sight; others: those about the same event.
        what: the event in words; the first complaint's text when empty.

    Raises:
        Invalid: fewer than two complaints; NotFound; StateChanged: two incidents would be mixed, or one is invalid.
    """
    act.require("complaints.merge")
    life.ready(act, number, why_not_merge)
    numbers = list(dict.fromkeys(part.strip().upper() for part in (number, *others) if part.strip()))
    if len(numbers) < 2:
        raise Invalid(N_("Name at least one other complaint about the same event."), field="others")
    found = [_to_merge(act, one) for one in numbers]
    known = {case.incident for case in found if case.incident}
    if len(known) > 1:
        raise StateChanged(N_("They belong to different incidents already: {names}."), names=", ".join(sorted(known)))
    incident = open_incident(act, known.pop() if known else "", what or found[0].what)
    for case in found:
        if case.incident != incident.number:
            case.incident = incident.number
            life.enter(act, "complaints.merge", case, incident=incident.number)
    act.session.flush()
    promote_collective(act, incident.number)
    return incident


def _to_merge(act: Act, number: str) -> Complaint:
    case = act.session.get(Complaint, number)
    if case is None:
        raise NotFound(N_("There is no record {number}."), field="others", number=number)
    if case.nature == "invalid":
        raise StateChanged(N_("{number} was judged invalid."), field="others", number=number)
    return case


def similar(session: Session, case: Complaint, now: datetime, days: int = 7) -> list[Complaint]:
    """Complaints of the last days that may be about the same event: same class, same building, another household."""
    if not case.category:
        return []
    rows = session.exec(
        select(Complaint)
        .where(Complaint.category == case.category, col(Complaint.received_at) >= now - timedelta(days=days))
        .where(Complaint.number != case.number, Complaint.nature != "invalid")
        .order_by(col(Complaint.number).desc())
        .limit(50)
    ).all()
    building = _building(session, case.unit_id)
    return [
        one
        for one in rows
        if (not one.incident or one.incident != case.incident)
        and household(one) != household(case)
        and (not building or _building(session, one.unit_id) == building)
    ]


def _building(session: Session, unit_id: int | None) -> str:
    query = select(Building.name).join(Entrance, col(Entrance.building_id) == Building.id)
    query = query.join(Unit, col(Unit.entrance_id) == Entrance.id).where(Unit.id == unit_id)
    return session.exec(query).first() or ""


@dataclass(frozen=True)
class Earlier:
    """A complaint about the same cause or place before, and the prevention agreed then."""

    number: str
    received_at: datetime
    what: str
    prevention: str


def earlier(
    session: Session, *, unit_id: int | None, category: str, now: datetime, days: int, but: str = ""
) -> list[Earlier]:
    """What came up before within a span of days: of the same class in the same building, newest first (CMP-16)."""
    if not category:
        return []
    rows = session.exec(
        select(Complaint)
        .where(Complaint.category == category, col(Complaint.received_at) >= now - timedelta(days=days))
        .where(Complaint.number != but)
        .order_by(col(Complaint.received_at).desc())
        .limit(100)
    ).all()
    building = _building(session, unit_id)
    here = [one for one in rows if not building or _building(session, one.unit_id) == building]
    return [Earlier(one.number, one.received_at, one.what, prevention_of(session, one.number)) for one in here]


def prevention_of(session: Session, number: str) -> str:
    """The prevention agreed for a complaint, the latest one, or ""."""
    query = select(CaseNote.text).where(CaseNote.number == number, CaseNote.kind == "prevent")
    return str(session.exec(query.order_by(col(CaseNote.id).desc()).limit(1)).first() or "")


def why_not_prevent(_view: View, _case: Complaint) -> Refused | None:
    """What keeps coming back is prevented also after it was closed (CMP-16)."""
    return None


def prevent(act: Act, *, number: str, text: str) -> Complaint:
    """Write down the prevention agreed with the departments for what keeps coming back (CMP-16)."""
    act.require("complaints.prevent")
    case = life.ready(act, number, why_not_prevent)
    cases.write_down(act, case.number, "prevent", texts.needed(text, "text"))
    life.enter(act, "complaints.prevent", case)
    return case
