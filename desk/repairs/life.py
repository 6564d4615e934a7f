"""An order on its way: told, collected, handed over, waiting, given up (REP-5 to REP-9)."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from data.cases import Repair, RepairTrip
from data.tables import Value
from data.words import N_, named
from desk import cases, operators
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.repairs import callers
from desk.repairs.terms import BRANCHES, CAUSES, GIVEN_UP
from desk.view import View

# Who comes so long before the agreed time has come for it (ours).
EARLY = timedelta(hours=1)
# States in which the order is with somebody.
IN_HAND = ("collected", "on_site", "finished")


def ahead(act: Act, appointment: datetime | None) -> datetime | None:
    """A time that is agreed lies ahead, and within a year; refuses any other at "appointment" (REP-8)."""
    if appointment is not None and not act.now < appointment <= act.now + cases.LATEST_PROMISE:
        raise Invalid(N_("An appointment lies ahead, and within a year."), field="appointment", clause="REP-8")
    return appointment


def why_not_notify(view: View, case: Repair) -> Refused | None:
    """Engineering is called once the order is written (REP-5)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.state == "open":
        return StateChanged(N_("Write the order first."), clause="REP-4")
    if case.state != "ordered":
        return StateChanged(N_("Engineering was told already."), clause="REP-5")
    return None


def notify(act: Act, *, number: str) -> Repair:
    """Engineering was told to collect the order; stops the two-minute clock, and it waits for them (REP-5)."""
    act.require("repairs.notify")
    case = cases.get_ready(act, Repair, number, why_not_notify)
    case.department, case.referred_at, case.state = "engineering", act.now, "referred"
    act.session.add(case)
    cases.enter(act, "repairs.notify", case)
    return case


def why_not_collect(view: View, case: Repair) -> Refused | None:
    """An order is collected once, after engineering was told (REP-6)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.state in IN_HAND:
        return StateChanged(N_("{number} was collected already."), number=case.number, clause="REP-6")
    if case.state != "referred":
        return StateChanged(N_("Tell engineering first."), clause="REP-5")
    return None


def collect(act: Act, *, number: str, branch: str = "", worker: str = "", others: str = "") -> Repair:
    """Engineering takes the order and signs the register of contacts for it; from then on somebody is awaited (REP-6).

    Args:
        branch: a key of BRANCHES; "" for what the order says: public, by appointment, or now.
        worker: the code of whoever goes; the collector when empty.
        others: further numbers that the same signature collects; all of them or none.

    Raises:
        Invalid: at "branch", "worker" or "others"; StateChanged: one of them is not ready.
    """
    act.require("repairs.collect")
    first, *rest = cases.get_all_ready(act, Repair, number, others, why_not_collect)
    _take(act, first, branch, worker)
    for case in rest:
        # How soon was said of the first; each of the others says it itself.
        try:
            _take(act, case, "", worker)
        except Invalid as refused:
            raise Invalid(N_("{number}: {why}"), field="others", number=case.number, why=str(refused)) from refused
    return first


def _take(act: Act, case: Repair, branch: str, worker: str) -> None:
    case.worker = operators.engineer(act.session, worker).code if worker.strip() else act.operator.code
    case.collected_by, case.collected_at, case.state = act.operator.code, act.now, "collected"
    act.session.add(case)
    cases.enter(act, "repairs.collect", case)
    _accept(act, case, branch or as_ordered(case))


def as_ordered(case: Repair) -> str:
    """How soon somebody comes, as the order says."""
    return "public" if case.area == "public" else "appointment" if case.appointment_at else "listed"


def _accept(act: Act, case: Repair, branch: str) -> None:
    """How soon somebody comes counts from now; an appointment by itself (REP-7, REP-8, REP-9)."""
    if branch not in BRANCHES:
        raise Invalid(N_("Choose how soon somebody comes."), field="branch")
    ahead = case.appointment_at is not None and case.appointment_at > act.now
    if branch == "appointment" and not ahead and not _has_come(act, case):
        raise Invalid(N_("No appointment lies ahead: make one first."), field="branch", clause="REP-8")
    case.branch = branch
    act.session.add(case)
    cases.enter(act, "repairs.accept", case, branch=branch, come="yes" if _has_come(act, case) else "no")


def _has_come(act: Act, case: Repair) -> bool:
    """Whether somebody is there, or was and comes again when what it waits for is there: nobody else is awaited."""
    waits = case.waits_until is not None and case.waits_until > act.now
    since = case.collected_at or act.now
    return case.state == "on_site" or (waits and was_there(act.session, case, since))


def was_there(session: Session, case: Repair, since: datetime) -> bool:
    """Whether somebody came to the door since an instant."""
    trip = select(RepairTrip.id).where(RepairTrip.number == case.number, RepairTrip.typed_at >= since)
    return session.exec(trip.limit(1)).first() is not None


def why_not_hand(view: View, case: Repair) -> Refused | None:
    """What was collected and is not finished is with somebody."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.state not in ("collected", "on_site", "finished"):
        return StateChanged(N_("Nobody has collected {number} yet: s does."), number=case.number, clause="REP-6")
    if case.state == "finished":
        return StateChanged(N_("{number} is finished: with nobody any more."), number=case.number)
    return None


def assign(act: Act, *, number: str, worker: str) -> Repair:
    """Hand an order over to another worker, who is answerable from now on; every hand stays in the journal.

    Args:
        worker: code, name or initials of somebody of engineering.
    """
    act.require("repairs.assign")
    case = cases.get_ready(act, Repair, number, why_not_hand)
    code = operators.engineer(act.session, worker).code
    if code == case.worker:
        raise Invalid(N_("They have it already."), field="worker")
    there, case.state = case.state == "on_site", "collected"
    hand_to(act, case, code)
    if there:
        await_somebody(act, case)
    return case


def await_somebody(act: Act, case: Repair) -> None:
    """Whoever has it from now on still has to come: at once, where no appointment lies ahead."""
    if case.appointment_at is None or case.appointment_at <= act.now:
        cases.enter(act, "repairs.accept", case, branch="public" if case.branch == "public" else "listed", come="no")
    else:
        # Whoever came for it before has it no longer.
        cases.enter(act, "repairs.appoint", case, appointment_at=case.appointment_at)


def hand_to(act: Act, case: Repair, code: str) -> None:
    """Another worker has it now; every hand stays in the journal."""
    was, case.worker = case.worker, code
    act.session.add(case)
    cases.enter(act, "repairs.assign", case, was=was, worker=code)


def rebranch(act: Act, *, number: str, branch: str, reason: str) -> Repair:
    """On site it turns out otherwise: the old times apply no longer, neither kept nor missed, and new ones begin."""
    act.require("repairs.rebranch")
    case = cases.get_ready(act, Repair, number, why_not_hand)
    if branch == case.branch:
        raise Invalid(N_("It says so already."), field="branch")
    cases.write_down(act, case.number, "branch", texts.needed(reason, "reason", 200))
    cases.enter(act, "repairs.rebranch", case, was=case.branch)
    _accept(act, case, branch)
    _expect(act, case)
    return case


def _expect(act: Act, case: Repair) -> None:
    """What was promised to a person never ends by itself: a time that was agreed and lies ahead is still awaited, but
    for one that somebody has come for."""
    if case.state == "on_site" or case.appointment_at is None or case.appointment_at <= act.now:
        return
    if not was_there(act.session, case, case.appointment_at - EARLY):
        cases.enter(act, "repairs.appoint", case, appointment_at=case.appointment_at)


def why_not_appoint(view: View, case: Repair) -> Refused | None:
    """An appointment is made until somebody is there."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.state in ("on_site", "finished"):
        return StateChanged(N_("Somebody is there already."))
    return None


def appoint(act: Act, *, number: str, appointment: datetime, reason: str) -> Repair:
    """Agree on a time with the customer; one that was promised is moved by a person only, with a reason (REP-8)."""
    act.require("repairs.appoint")
    case = cases.get_ready(act, Repair, number, why_not_appoint)
    case.appointment_at = ahead(act, appointment)
    cases.write_down(act, case.number, "appoint", texts.needed(reason, "reason", 200))
    act.session.add(case)
    # What stands on no list still waits for the manager's answer, and a public area for its fifteen minutes.
    if case.state == "collected" and case.branch == "listed":
        cases.enter(act, "repairs.rebranch", case, was=case.branch)
        _accept(act, case, "appointment")
    cases.enter(act, "repairs.appoint", case, appointment_at=case.appointment_at)
    return case


def wait(act: Act, *, number: str, cause: str, until: datetime, who: str) -> Repair:
    """It waits: for what, until when, and who moves next; it comes back by itself. An arrival goes on counting.

    Whoever is there leaves: when somebody comes again, that is another way to the door.
    """
    act.require("repairs.wait")
    case = cases.get_ready(act, Repair, number, why_not_hand)
    if cause not in CAUSES:
        raise Invalid(N_("Choose what it waits for."), field="cause")
    if not act.now < until <= act.now + cases.LATEST_PROMISE:
        raise Invalid(N_("Until a time that lies ahead, and within a year."), field="until")
    case.waits_for, case.waits_until, case.state = cause, until, "collected"
    act.session.add(case)
    cases.write_down(act, case.number, "wait", texts.needed(who, "who", 200))
    cases.enter(act, "repairs.wait", case, cause=cause, waits_until=until)
    _expect(act, case)
    return case


def state_of(case: Repair, now: datetime) -> str:
    """What an order waits for while it waits, else its state, in the reader's language."""
    waits = case.waits_for and case.waits_until is not None and case.waits_until > now
    return named(CAUSES, case.waits_for) if waits else cases.state_name(case.state)


def urge(act: Act, *, number: str, text: str) -> Repair:
    """A second call about the same thing: it is counted and told to whoever has the order."""
    act.require("repairs.urge")
    case = cases.get_open(act, Repair, number)
    case.urges += 1
    act.session.add(case)
    cases.write_down(act, case.number, "urge", texts.needed(text, "text", 300))
    cases.enter(act, "repairs.urge", case, count=case.urges)
    return case


def why_not_close(view: View, case: Repair) -> Refused | None:
    """What is given up is given up before it is finished; what is finished ends with its first copy (REP-16)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.state == "finished":
        return StateChanged(N_("It is finished: it is filed when its first copy is back."), clause="REP-16")
    return None


def close(act: Act, *, number: str, outcome: str, end: str = "withdrawn") -> Repair:
    """Give a repair up: withdrawn by the reporter, not ours, or nobody ever let us in."""
    act.require("repairs.close")
    case = cases.get_ready(act, Repair, number, why_not_close)
    if end not in GIVEN_UP:
        raise Invalid(N_("Choose how it ended."), field="end")
    if end == "no_access" and not was_there(act.session, case, case.collected_at or act.now):
        raise Invalid(N_("Nobody was at the door yet: write down who went there first."), field="end")
    if end == "no_access" and case.begun_at is not None:
        raise Invalid(N_("Somebody was let in, and the work began."), field="end")
    return finish_as(act, case, end, texts.needed(outcome, "outcome"), "repairs.close")


def must_visit(session: Session, case: Repair) -> bool:
    """Who is dissatisfied, said nothing or has not signed must be visited; so must whoever was so at the last visit,
    however this round ended (RV-10, RV-12)."""
    again = is_again(session, case)
    if case.sort == "works":
        # Finished works are visited after a month by a promise of their own.
        return again and case.finished_at is None
    return again or (case.end == "done" and case.area == "home" and case.evaluation != "satisfied")


def is_again(session: Session, case: Repair) -> bool:
    """Whether somebody was not satisfied with an earlier round."""
    return any(note.kind == "round" for note in cases.notes_of(session, case.number))


def finish_as(act: Act, case: Repair, end: str, outcome: str, verb: str, **facts: Value) -> Repair:
    """End a repair in one of its ways; nothing of it waits any more."""
    case.end, case.outcome, case.state, case.closed_at = end, outcome, "closed", act.now
    case.waits_for, case.waits_until = "", None
    act.session.add(case)
    cases.enter(act, verb, case, end=end, visit="must" if must_visit(act.session, case) else "may", **facts)
    if case.finished_at is None:
        callers.ended(act, case.number)
    return case
