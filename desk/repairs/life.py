"""The order of a repair until somebody has it: written, told, collected, waiting, given up (REP-4 to REP-9)."""

import re
import unicodedata
from datetime import datetime, timedelta

from sqlmodel import Session, select

from data.cases import Contact, Repair, RepairTrip
from data.tables import Value
from data.words import N_, named
from desk import cases, operators
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.repairs import callers, often, trades
from desk.repairs.terms import AREAS, BRANCHES, CAUSES, GIVEN_UP, SORTS, TRADES
from desk.view import View

# Who comes so long before the agreed time has come for it (ours).
EARLY = timedelta(hours=1)
# States in which the order is with somebody.
IN_HAND = ("collected", "on_site", "finished")


def register(act: Act, *, contact: Contact, what: str, subject: str) -> Repair:
    """Open a repair for a contact, with the trade that its words name."""
    trade = trades.of(what)
    return cases.register(act, Repair, contact=contact, what=what, subject=subject, promised_at=None, trade=trade)


def stood(case: Repair) -> tuple[int | None, str]:
    """The home and the trade by which sheets know a repair again, for the entry of what changes them."""
    return case.unit_id, case.trade or trades.of(case.what)


def mended(case: Repair) -> None:
    """What it is about was mended: its trade is that of the words now; an order in a home has one (REP-4).

    Raises:
        Invalid: at "room", where the order is for a home and would have none.
    """
    case.trade = trades.of(case.what)
    if case.area == "home" and case.unit_id is None:
        raise Invalid(N_("The order is for a home: say which."), field="room", clause="REP-4")


def why_not_order(view: View, case: Repair) -> Refused | None:
    """The order of a repair is written once (REP-4)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.state != "open":
        return StateChanged(N_("The order of {number} was written already."), number=case.number, clause="REP-4")
    return None


def order(
    act: Act,
    *,
    number: str,
    area: str = "",
    spot: str = "",
    phone: str = "",
    appointment: datetime | None = None,
    sort: str = "small",
    trade: str = "",
) -> Repair:
    """Write the work order in full, in three copies; stops the five-minute clock, starts the two-minute one (REP-4).

    Args:
        area: "home" or "public"; the home where the report is about one. spot: where exactly.
        phone: to ring them on; the number from the display when empty.
        appointment: when somebody shall come.
        sort: a key of SORTS; works are visited after a month (X-9), services are orders, too (REQ-13).
        trade: a key of TRADES, by which repeats are known; as the words of the report say when empty.

    Raises:
        Invalid: at "area", "phone", "appointment", "sort" or "trade".
    """
    act.require("repairs.order")
    case = cases.get_ready(act, Repair, number, why_not_order)
    was_home, was_trade = stood(case)
    _write(act, case, area or ("home" if case.unit_id else "public"), sort, trade, spot, phone)
    case.appointment_at = _ahead(act, appointment) or case.appointment_at
    case.ordered_at, case.state = act.now, "ordered"
    act.session.add(case)
    cases.enter(act, "repairs.order", case, area=case.area, was_home=was_home, was_trade=was_trade)
    if appointment is not None:
        cases.enter(act, "repairs.appoint", case, appointment_at=case.appointment_at)
    often.report(act, case)
    return case


def _write(act: Act, case: Repair, area: str, sort: str, trade: str, spot: str, phone: str) -> None:
    """Where it is, what it is, and a number to ring them on (REP-4)."""
    if area not in AREAS:
        raise Invalid(N_("Choose where it is."), field="area", clause="REP-1")
    if area == "home" and case.unit_id is None:
        raise Invalid(N_("Nobody knows which home: mend the record first, or say public area."), field="area",
                      clause="REP-4")  # fmt: skip
    if sort not in SORTS:
        raise Invalid(N_("Choose what it is."), field="sort", clause="REQ-13")
    case.trade = trade or case.trade or trades.of(case.what)
    if case.trade not in TRADES:
        raise Invalid(N_("Choose the trade."), field="trade")
    case.area, case.sort, case.spot = area, sort, texts.limited(spot, "spot", 120)
    case.phone = texts.limited(phone, "phone", 30) or cases.caller_number(act.session, case.contact)
    if area == "home" and not re.search("[1-9]", unicodedata.normalize("NFKC", case.phone)):
        raise Invalid(N_("Write down a number to ring them on."), field="phone", clause="REP-4")


def _ahead(act: Act, appointment: datetime | None) -> datetime | None:
    if appointment is not None and not act.now < appointment <= act.now + cases.LATEST_PROMISE:
        raise Invalid(N_("An appointment lies ahead, and within a year."), field="appointment", clause="REP-8")
    return appointment


def why_not_reorder(view: View, case: Repair) -> Refused | None:
    """An order is put right until engineering has signed for it (REP-4, REP-6)."""
    if (closed := cases.why_not_open(view, case)) is not None:
        return closed
    if case.state not in ("ordered", "referred") or case.collected_by:
        return StateChanged(N_("Only an order that nobody has signed for is put right."), clause="REP-6")
    return None


def reorder(
    act: Act,
    *,
    number: str,
    reason: str,
    area: str = "",
    spot: str = "",
    phone: str = "",
    sort: str = "",
    trade: str = "",
) -> Repair:
    """What an order says wrongly is put right before anybody signs for it; what stood there stays known (REP-4).

    Args:
        area, sort, trade: as of `order`; spot, phone: likewise; what is empty stays.

    Raises:
        Invalid: at the field, or nothing would change.
    """
    act.require("repairs.reorder")
    case = cases.get_ready(act, Repair, number, why_not_reorder)
    why, was = texts.needed(reason, "reason", 200), _ordered_as(case)
    was_home, was_trade = stood(case)
    # Where it is elsewhere, the place that was written down is not there; a dash takes it away.
    place = spot or (case.spot if area in ("", case.area) else "")
    was_area = case.area
    _write(act, case, area or case.area, sort or case.sort, trade, "" if place == "-" else place, phone or case.phone)
    if _ordered_as(case) == was:
        raise Invalid(N_("Nothing would change: write what is wrong as it is right."), field="area")
    act.session.add(case)
    cases.write_down(act, case.number, "reorder", f"{was}\n{why}")
    facts = {"was_home": was_home, "was_trade": was_trade, "was_area": was_area}
    cases.enter(act, "repairs.reorder", case, by_itself=False, area=case.area, **facts)
    often.report(act, case)
    return case


def _ordered_as(case: Repair) -> str:
    """What an order says, in words."""
    said = named(AREAS, case.area), named(SORTS, case.sort), named(TRADES, case.trade), case.spot, case.phone
    return "  ".join(filter(None, said))


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
    case.appointment_at = _ahead(act, appointment)
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
