"""Emergencies: who must be told, in order; the clock runs until somebody has acknowledged (A23)."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data.cases import Contact, Emergency, Notice
from data.operators import Operator
from data.words import N_, named
from desk import cases
from desk.act import Act
from desk.emergencies.listing import KINDS, PHONE, list_trouble, to_tell
from desk.ground import texts
from desk.ground.refusals import Invalid, NotAllowed, NotFound, Refused, StateChanged
from desk.systems import may
from desk.view import View

SYSTEM = "emergencies"
# Of these somebody is rescued, and visited afterwards (EMG-7, EMG-8).
RESCUES = ("patient", "lift")
OUTCOMES = {"told": N_("told"), "unreached": N_("not reached")}
REPLY_WITHIN = timedelta(hours=4)


def register(
    act: Act, *, contact: Contact, kind: str, place: str, what: str, subject: str, reply_by: datetime | None
) -> Emergency:
    """Take an emergency before anything else; a reply time is fixed with the caller (EMG-1, EMG-3, CMP-58).

    Args:
        kind: a key of KINDS (EMG-2); place: where it happens.
        reply_by: aware instant of the reply, ahead and within four hours.

    Raises:
        Invalid: at the field that is missing or wrong.
    """
    if kind not in KINDS:
        raise Invalid(N_("Choose what it is."), field="kind", clause="EMG-2")
    place = texts.needed(place, "place", 200)
    if reply_by is None or not act.now < reply_by <= act.now + REPLY_WITHIN:
        raise Invalid(
            N_("Fix the reply time with the caller: it lies ahead and within four hours."),
            field="reply_by",
            clause="EMG-3",
        )
    case = cases.register(
        act,
        Emergency,
        contact=contact,
        what=what,
        subject=subject,
        promised_at=reply_by,
        kind=kind,
        place=place,
        facts={"kind": kind},
    )
    if trouble := list_trouble(act.store.path):
        cases.write_down(act, case.number, "list", trouble)
    for order, one in enumerate(to_tell(act, kind), start=1):
        act.session.add(Notice(number=case.number, place=order, whom=one.whom, phone=one.phone))
    return case


def notices_of(session: Session, number: str) -> list[Notice]:
    """Who must be told of an emergency, in order."""
    return list(session.exec(select(Notice).where(Notice.number == number).order_by(col(Notice.place))))


def tell_more(act: Act, case: Emergency) -> None:
    """It was found to be something else: whom that is told too is told now, whom it is not told and nobody has
    called yet is not (EMG-2, EMG-3).
    """
    before = notices_of(act.session, case.number)
    wanted = {one.whom: one for one in to_tell(act, case.kind)}
    for notice in before:
        if notice.told_at is None and notice.whom not in wanted:
            act.session.delete(notice)
    known = {notice.whom for notice in before}
    new = [one for whom, one in wanted.items() if whom not in known]
    last = max((notice.place for notice in before), default=0)
    for place, one in enumerate(new, start=last + 1):
        act.session.add(Notice(number=case.number, place=place, whom=one.whom, phone=one.phone))
    act.session.flush()
    done = all(notice.outcome == "told" for notice in before)
    now = all(notice.outcome == "told" for notice in notices_of(act.session, case.number))
    if done and not now:
        cases.enter(act, "emergencies.tell_more", case, by_itself=True, kind=case.kind)
    elif now and not done:
        cases.enter(act, "emergencies.told_all", case, by_itself=True)


def next_to_tell(session: Session, number: str) -> Notice | None:
    """Who is to be called next: the first who was not tried yet, else the first who was not reached."""
    notices = notices_of(session, number)
    left = [one for one in notices if one.told_at is None] + [one for one in notices if one.outcome == "unreached"]
    return left[0] if left else None


def why_not_tell(view: View, case: Emergency) -> Refused | None:
    """Somebody on the list is still to be told (EMG-3)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    told = all(one.outcome == "told" for one in notices_of(view.session, case.number))
    return StateChanged(N_("Everybody on the list was told.")) if told else None


def tell(act: Act, *, number: str, whom: str, outcome: str = "told", note: str = "") -> Notice:
    """Write down that somebody on the list was told, or not reached: when, and by whom.

    Raises:
        NotFound: nobody of that name is on the list; Invalid: at the field.
    """
    act.urgent = True
    act.require("emergencies.tell")
    case = cases.get_open(act, Emergency, number)
    notices = notices_of(act.session, case.number)
    found = next((one for one in notices if one.whom == whom or str(one.place) == whom), None)
    if found is None:
        raise NotFound(N_("Nobody of that name is on the list."), field="whom")
    if outcome not in OUTCOMES:
        raise Invalid(N_("Choose told or not reached."), field="outcome")
    if found.outcome == "told":
        raise StateChanged(N_("{whom} was told already."), whom=found.whom)
    found.told_at, found.told_by, found.outcome = act.now, act.operator.code, outcome
    act.session.add(found)
    if note := texts.limited(note, "note"):
        cases.write_down(act, case.number, "tell", f"{found.whom}: {note}")
    cases.enter(act, "emergencies.tell", case, place=found.place, outcome=outcome)
    act.session.flush()
    if all(one.outcome == "told" for one in notices):
        cases.enter(act, "emergencies.told_all", case, by_itself=True)
    return found


def why_not_acknowledge(view: View, case: Emergency) -> Refused | None:
    """A leader takes an emergency on once (EMG-1)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.acknowledged_at is not None:
        return StateChanged(N_("{number} was acknowledged already."), number=case.number)
    return None


def acknowledge(act: Act, *, number: str) -> Emergency:
    """A leader has heard of it and takes it on; until then the clock runs, day and night (EMG-1, EMG-11)."""
    act.urgent = True
    act.require("emergencies.acknowledge")
    case = cases.get_ready(act, Emergency, number, why_not_acknowledge)
    case.acknowledged_by, case.acknowledged_at, case.acknowledged_signed_at = act.operator.code, act.now, act.now
    act.session.add(case)
    cases.enter(act, "emergencies.acknowledge", case, how="in person")
    return case


def acknowledge_by_phone(act: Act, *, number: str, leader: str, phone: str, at: datetime | None = None) -> Emergency:
    """A leader took it on over the phone: who, when, on which number, entered by whoever told them (EMG-1).

    The leader's secret is not needed now; they sign it when they are back.

    Args:
        leader: the code of somebody with a leader's post.
        at: aware instant at which they said so, not ahead; now when left out.

    Raises:
        StateChanged: a leader has acknowledged it already; Invalid: at the field.
    """
    act.urgent = True
    act.require("emergencies.acknowledge_by_phone")
    case = cases.get_ready(act, Emergency, number, why_not_acknowledge)
    who = act.session.get(Operator, leader.strip())
    if who is None or who.disabled or not may(who.roles, "emergencies.acknowledge"):
        raise Invalid(N_("Choose the leader who took it on."), field="leader", clause="EMG-1")
    phone = texts.needed(phone, "phone", 20)
    if not PHONE.fullmatch(phone):
        raise Invalid(N_("Write the number on which they were reached."), field="phone", clause="EMG-1")
    heard_at = at or act.now
    if not case.received_at <= heard_at <= act.now:
        raise Invalid(N_("They took it on between the call that came in and now."), field="at")
    case.acknowledged_by, case.acknowledged_at = who.code, heard_at
    case.acknowledged_phone, case.acknowledged_entered_by = phone, act.operator.code
    act.session.add(case)
    cases.enter(act, "emergencies.acknowledge_by_phone", case, how="phone", leader=who.code, heard_at=heard_at)
    return case


def why_not_sign(_view: View, case: Emergency) -> Refused | None:
    """What was taken on by phone waits for a signature, also when it is over already (EMG-1)."""
    if case.acknowledged_at is None or case.acknowledged_signed_at is not None:
        return StateChanged(N_("{number} waits for no signature."), number=case.number)
    return None


def took_on(view: View, case: Emergency) -> bool:
    """Whether the operator at the desk is whoever took it on, or stands in for a leader who is no longer here."""
    if view.operator is None:
        return False
    leader = view.session.get(Operator, case.acknowledged_by)
    return case.acknowledged_by == view.operator.code or leader is None or leader.disabled


def sign(act: Act, *, number: str) -> Emergency:
    """The leader who took it on by phone signs that they did; also when it is over already.

    Raises:
        StateChanged: nothing waits for a signature; NotAllowed: another leader took it on.
    """
    act.urgent = True
    act.require("emergencies.sign")
    case = cases.get_ready(act, Emergency, number, why_not_sign)
    if not took_on(act, case):
        raise NotAllowed(N_("Only whoever took it on by phone signs that they did."))
    case.acknowledged_signed_at = act.now
    act.session.add(case)
    cases.enter(act, "emergencies.sign", case)
    return case


def leaders(session: Session) -> list[Operator]:
    """Who may take an emergency on, by name."""
    everyone = session.exec(select(Operator).where(col(Operator.disabled).is_(False)).order_by(col(Operator.name)))
    return [one for one in everyone if may(one.roles, "emergencies.acknowledge")]


def report(act: Act, *, number: str, text: str) -> Emergency:
    """The next line of the running report; it goes on until the emergency is over (EMG-9)."""
    act.urgent = True
    act.require("emergencies.report")
    case = cases.get_open(act, Emergency, number)
    cases.write_down(act, case.number, "report", texts.needed(text, "text"))
    cases.enter(act, "emergencies.report", case)
    return case


def refer(act: Act, *, number: str, department: str, note: str = "") -> Emergency:
    """Pass the emergency on to the department that acts."""
    act.urgent = True
    return cases.refer(act, Emergency, number=number, department=department, note=note)


def reply(act: Act, *, number: str, text: str) -> Emergency:
    """Answer the caller at the time that was fixed (EMG-3)."""
    act.urgent = True
    return cases.reply(act, Emergency, number=number, text=text)


def promise(act: Act, *, number: str, promised_at: datetime, text: str) -> Emergency:
    """Explain, and fix the next reply with the caller; again within four hours (EMG-3, EMG-11)."""
    act.urgent = True
    if promised_at > act.now + REPLY_WITHIN:
        raise Invalid(N_("An emergency never waits for the next day."), field="promised_at", clause="EMG-11")
    return cases.promise(act, Emergency, number=number, promised_at=promised_at, text=text)


def why_not_close(view: View, case: Emergency) -> Refused | None:
    """It is over once acknowledged, everybody told or tried, the caller answered (EMG-1, EMG-3, EMG-9)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.acknowledged_at is None:
        return StateChanged(N_("No leader has acknowledged it yet."), clause="EMG-1")
    untold = [one.whom for one in notices_of(view.session, case.number) if one.told_at is None]
    if untold:
        return StateChanged(N_("Not told yet: {names}."), names=", ".join(untold), clause="EMG-3")
    return cases.why_not_close(view, case)


def close(act: Act, *, number: str, outcome: str) -> Emergency:
    """It is over: acknowledged, told to everybody on the list or tried, the caller answered (EMG-9, EMG-11).

    Whoever was rescued, as a patient or from a lift, is visited afterwards (EMG-7, EMG-8).

    Raises:
        StateChanged: what is still missing.
    """
    act.urgent = True
    act.require("emergencies.close")
    case = cases.get_ready(act, Emergency, number, why_not_close)
    closed = cases.close(act, Emergency, number=number, outcome=outcome)
    if case.kind in RESCUES:
        cases.enter(act, "rescues.end", case, by_itself=True, kind=case.kind)
    return closed


def outcome_name(outcome: str) -> str:
    """What came of telling somebody, in the reader's language."""
    return named(OUTCOMES, outcome)
