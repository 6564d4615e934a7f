"""At the door: arrived, compared, agreed before the work, declined, finished (REP-9 to REP-15)."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from data.cases import Repair, RepairCharge, RepairTrip
from data.words import N_
from desk import cases, operators
from desk.act import Act
from desk.calendar import moments
from desk.directory import fen, yuan
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.repairs import callers, prices
from desk.repairs.life import await_somebody, finish_as, hand_to, was_there, why_not_hand
from desk.repairs.terms import CHARGES, SAID_BY
from desk.view import View

# A note of what an order cost before that was changed.
RECHARGED, REVIEWED = "recharge", "review"


def why_not_advise(view: View, case: Repair) -> Refused | None:
    """The manager answers what stands on no price list, once (REP-9)."""
    if (free := why_not_hand(view, case)) is not None:
        return free
    if case.branch != "unlisted":
        return StateChanged(N_("It stands on the price list: nobody has to answer."), clause="REP-9")
    if case.advised_at is not None:
        return StateChanged(N_("{number} was answered already."), number=case.number, clause="REP-9")
    return None


def advise(act: Act, *, number: str, text: str) -> Repair:
    """The engineering manager in person answers with a reasonable suggestion or measure (REP-9)."""
    act.require("repairs.advise")
    case = cases.get_ready(act, Repair, number, why_not_advise)
    case.advice, case.advised_by, case.advised_at = texts.needed(text, "text"), act.operator.code, act.now
    act.session.add(case)
    cases.write_down(act, case.number, "advise", case.advice)
    cases.enter(act, "repairs.advise", case)
    if case.state == "collected" and not was_there(act.session, case, case.collected_at or act.now):
        await_somebody(act, case)
    return case


def arrive(act: Act, *, number: str, at: datetime | None = None, said_by: str = "worker", worker: str = "") -> Repair:
    """Somebody is there; when, and who says so, is kept beside when it was typed (REP-7, REP-8).

    Args:
        at: not before the order was collected, and never ahead.
        worker: whoever came; the order is theirs from now on. Empty: whoever has it.

    Raises:
        Invalid: at the field; StateChanged: this worker is there already.
    """
    act.require("repairs.arrive")
    case = cases.get_ready(act, Repair, number, why_not_hand)
    moment = at or act.now
    if moment > act.now or (case.collected_at is not None and moment < case.collected_at - timedelta(minutes=1)):
        raise Invalid(N_("They came after the order was collected, and not later than now."), field="at")
    if (left := _left_at(act.session, case)) is not None and moment < left:
        since = moments.shown(left, act.calendar, act.now)
        raise Invalid(N_("At {time} it was written that it waits: they came again after that."), field="at", time=since)
    if said_by not in SAID_BY:
        raise Invalid(N_("Choose who says so."), field="said_by")
    who = operators.engineer(act.session, worker).code if worker.strip() else case.worker
    if case.state == "on_site" and who == case.worker:
        since = moments.shown(trips_of(act.session, case.number)[-1].arrived_at, act.calendar, act.now)
        raise StateChanged(N_("They are there already, since {time}."), field="worker", time=since)
    if who != case.worker:
        hand_to(act, case, who)
    trip = RepairTrip(number=case.number, worker=who, arrived_at=moment, said_by=said_by, typed_at=act.now)
    trip.joined = case.state == "on_site"
    act.session.add(trip)
    case.state, case.waits_for, case.waits_until = "on_site", "", None
    act.session.add(case)
    cases.enter(act, "repairs.arrive", case, happened_at=moment, said_by=said_by)
    return case


def _left_at(session: Session, case: Repair) -> datetime | None:
    """Since when it waits for somebody to come again, or None."""
    if case.state == "on_site" or case.waits_until is None:
        return None
    return next((one.at for one in reversed(cases.notes_of(session, case.number)) if one.kind == "wait"), None)


def why_not_begin(view: View, case: Repair) -> Refused | None:
    """Work begins once somebody is there, and what stands on no list after the manager's answer (REP-9, REP-11)."""
    if (free := why_not_hand(view, case)) is not None:
        return free
    if case.state != "on_site":
        return _NOBODY_THERE
    if case.begun_at is not None and case.charge != "free":
        return StateChanged(N_("The work has begun already."), clause="REP-11")
    return _unanswered(case)


def begin(
    act: Act, *, number: str, charge: str, agreed: str = "", amount: str = "", found: str = "", edition: str = ""
) -> Repair:
    """The list was shown and they agree before the work; what is found is written as it is (REP-10, REP-11).

    What was begun free of charge and turns out to cost something is agreed to before the work goes on.

    Args:
        charge: "free" or "paid"; agreed: who agreed to the price, needed where it is paid.
        amount: to what sum at most, in yuan; needed where no list says it.
        found: what it really is, where it differs from the report.
        edition: of the price list that was shown; the newest when empty.

    Raises:
        Invalid: at the field; StateChanged: the work began already, for consent is never entered afterwards.
    """
    act.require("repairs.begin")
    case = cases.get_ready(act, Repair, number, why_not_begin)
    if charge not in CHARGES:
        raise Invalid(N_("Choose whether it costs something."), field="charge", clause="REP-11")
    if case.begun_at is not None and charge != "paid":
        raise StateChanged(N_("The work has begun already."), field="charge", clause="REP-11")
    if charge == "paid":
        case.edition = prices.book(act.store.path, edition, today=act.today).edition
        who = texts.needed(agreed, "agreed", 120)
        if not amount.strip() and case.branch == "unlisted":
            raise Invalid(N_("No list says what it costs: write to what sum they agreed."), field="amount",
                          clause="REP-11")  # fmt: skip
        case.agreed_fen = fen(amount, field="amount") if amount.strip() else None
        said = who if case.agreed_fen is None else f"{who}  ≤ {yuan(case.agreed_fen)}"
        cases.write_down(act, case.number, "consent", said)
    case.charge, case.begun_at = charge, act.now
    case.waits_for, case.waits_until = "", None
    case.found = texts.limited(found, "found", 300) or case.found
    act.session.add(case)
    cases.enter(act, "repairs.begin", case, charge=charge, edition=case.edition or None)
    return case


def why_not_decline(view: View, case: Repair) -> Refused | None:
    """A price is declined before the work begins, at the door or by whoever was left to decide (REP-11, REP-12)."""
    if (free := why_not_hand(view, case)) is not None:
        return free
    came = case.collected_at is not None and was_there(view.session, case, case.collected_at)
    # What was begun free of charge may turn out to cost something, which they may decline as well.
    if not came or (case.begun_at is not None and case.charge != "free"):
        return StateChanged(N_("A price is declined on site, before the work begins."), clause="REP-12")
    return None


def decline(act: Act, *, number: str, reason: str) -> Repair:
    """The owner does not agree: the worker comes back, explains it, the manager signs, the order is filed, nothing is
    charged (REP-12)."""
    act.require("repairs.decline")
    case = cases.get_ready(act, Repair, number, why_not_decline)
    why = texts.needed(reason, "reason", 300)
    cases.write_down(act, case.number, "decline_price", why)
    return finish_as(act, case, "declined", why, "repairs.decline")


def why_not_finish(view: View, case: Repair) -> Refused | None:
    """What was not begun is not finished: consent stands before the work (REP-11)."""
    if (free := why_not_hand(view, case)) is not None:
        return free
    if case.begun_at is None:
        return StateChanged(N_("The work was not begun: agree on the price first."), clause="REP-11")
    if case.state != "on_site":
        return _NOBODY_THERE
    return _unanswered(case)


_NOBODY_THERE = StateChanged(N_("Nobody is there: write down who arrived first."), clause="REP-10")


def _unanswered(case: Repair) -> Refused | None:
    """What stands on no price list waits for the manager's own answer (REP-9)."""
    if case.branch == "unlisted" and case.advised_at is None:
        return StateChanged(N_("The engineering manager has not answered yet."), clause="REP-9")
    return None


def finish(
    act: Act, *, number: str, result: str, tested: str = "", materials: str = "", charges: str = "", agreed: str = ""
) -> Repair:
    """The work is done: what was used and charged, and what the owner's test showed (REP-10, REP-13, REP-14).

    Args:
        tested: what the owner tried or checked; needed in a home.
        charges: a line each: number or name on the list, how many, and the amount where the list leaves it open.
        agreed: who agreed to pay more, where it becomes more than the sum they agreed to before the work.

    Raises:
        Invalid: at the field, with the line of a charge that the list does not have.
    """
    act.require("repairs.complete")
    case = cases.get_ready(act, Repair, number, why_not_finish)
    case.outcome = texts.needed(result, "result", 500)
    case.waits_for, case.waits_until = "", None
    case.tested = texts.needed(tested, "tested", 200) if case.area == "home" else texts.limited(tested, "tested", 200)
    case.materials = texts.limited(materials, "materials", 500)
    if case.charge == "free" and charges.strip():
        raise Invalid(N_("It was agreed to be free of charge."), field="charges", clause="REP-11")
    was = total(act.session, case.number)
    cost = _charge(act, case, charges) if case.charge == "paid" else 0
    if (most := agreed_most(case)) is not None and cost > most:
        if not agreed.strip():
            raise Invalid(
                N_("They agreed to {yuan} at most: write who agreed to pay more."),
                field="agreed",
                yuan=yuan(most),
                clause="REP-11",
            )
        cases.write_down(act, case.number, "consent", f"{texts.limited(agreed, 'agreed', 120)}  ≤ {yuan(cost)}")
    case.state, case.finished_at, case.replied_at = "finished", act.now, act.now
    act.session.add(case)
    cases.enter(act, "repairs.complete", case, fen=cost, owed=_owed(was, cost), worker=case.worker)
    callers.ended(act, case.number)
    return case


def agreed_most(case: Repair) -> int | None:
    """To what sum they agreed at most, in fen: nought where it is on no list after all, None where the list says it."""
    return 0 if case.agreed_fen is None and case.branch == "unlisted" else case.agreed_fen


def _charge(act: Act, case: Repair, charges: str) -> int:
    """Write down what is charged, line by line, by the edition that was shown; gives back the sum in fen."""
    lines = prices.charged(prices.book(act.store.path, case.edition, today=act.today), charges)
    if not lines:
        raise Invalid(N_("Write what is charged, a line each; zero is a price."), field="charges", clause="REP-13")
    for place, one in enumerate(lines, 1):
        act.session.add(
            RepairCharge(
                number=case.number, line=place, item=one.item, name=one.name, quantity=one.quantity, fen=one.fen
            )
        )
    return sum(one.fen for one in lines)


def _owed(was: int, now: int) -> str:
    """Whether money is owed from now on that was not owed before: a bill is one promise, however often it changes."""
    return "yes" if now and not was else "no"


def why_not_recharge(view: View, case: Repair) -> Refused | None:
    """What was charged is mended until it is paid, however the order went on (REP-3)."""
    if not charges_of(view.session, case.number) and not recharged_by(view.session, case.number, this_round=True):
        return StateChanged(N_("Nothing was charged for {number}."), number=case.number, clause="REP-13")
    if case.paid_at is not None:
        return StateChanged(N_("{number} is paid already."), number=case.number, clause="REP-15")
    return None


def recharge(act: Act, *, number: str, charges: str, reason: str, agreed: str = "") -> Repair:
    """What was charged is reviewed and written as the list has it; what stood there before stays known (REP-3).

    Args:
        charges: every line anew, as they are written when the work is finished; none: nothing is owed any more.
        agreed: who agreed to pay more than was signed for, where it becomes more (REP-11).

    Raises:
        Invalid: at the field; StateChanged: it is paid already.
    """
    act.require("repairs.recharge")
    case = cases.get_ready(act, Repair, number, why_not_recharge)
    was, before = total(act.session, case.number), _bill(act.session, case.number)
    why = texts.needed(reason, "reason", 200)
    act.session.exec(delete(RepairCharge).where(col(RepairCharge.number) == case.number))
    cost = _charge(act, case, charges) if charges.strip() else 0
    act.session.flush()
    same = _bill(act.session, case.number) == before
    if cost > was:
        why = f"{why} {texts.needed(agreed, 'agreed', 120)}"
    # What was found right is said, too; only who changed a bill may not take the money for it.
    cases.write_down(act, case.number, REVIEWED if same else RECHARGED, why if same else f"{why}\n{before}")
    cases.enter(act, "repairs.recharge", case, was=was, fen=cost, more=cost - was, owed=_owed(was, cost))
    if was and not cost:
        cases.enter(act, "repairs.waive", case, by_itself=True)
    return case


def _bill(session: Session, number: str) -> str:
    return "; ".join(f"{one.name} ×{one.quantity} {yuan(one.fen)}" for one in charges_of(session, number))


def recharged_by(session: Session, number: str, *, this_round: bool = False) -> str:
    """Who changed what a repair costs last, in this round or ever; "" where nobody did."""
    for one in reversed(cases.notes_of(session, number)):
        if one.kind == RECHARGED:
            return one.operator
        if this_round and one.kind == "round":
            break
    return ""


def workers_of(session: Session, case: Repair) -> set[str]:
    """Whoever did the work: who has it, and everybody who came to the door."""
    return {case.worker, *(one.worker for one in trips_of(session, case.number))}


def trips_of_round(session: Session, number: str) -> list[RepairTrip]:
    """The ways to the door since the order was opened again last, or since it was written."""
    rounds = [one.at for one in cases.notes_of(session, number) if one.kind == "round"]
    return [trip for trip in trips_of(session, number) if not rounds or trip.typed_at >= rounds[-1]]


def trips_of(session: Session, number: str) -> list[RepairTrip]:
    """The ways to the door, first one first."""
    return list(session.exec(select(RepairTrip).where(RepairTrip.number == number).order_by(col(RepairTrip.id))))


def charges_of(session: Session, number: str) -> list[RepairCharge]:
    """What it costs, line by line."""
    return list(
        session.exec(select(RepairCharge).where(RepairCharge.number == number).order_by(col(RepairCharge.line)))
    )


def total(session: Session, number: str) -> int:
    """What it costs in all, in fen."""
    return int(
        session.exec(select(func.coalesce(func.sum(RepairCharge.fen), 0)).where(RepairCharge.number == number)).one()
    )
