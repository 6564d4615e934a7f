"""The order of a repair on paper: written in full, and put right until somebody has signed for it (REP-4)."""

import re
import unicodedata
from datetime import datetime

from data.cases import Contact, Repair
from data.words import N_, named
from desk import cases
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.repairs import often, trades
from desk.repairs.life import ahead
from desk.repairs.terms import AREAS, SORTS, TRADES
from desk.view import View


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
    case.appointment_at = ahead(act, appointment) or case.appointment_at
    case.ordered_at, case.state = act.now, "ordered"
    act.session.add(case)
    cases.enter(act, "repairs.order", case, area=case.area, was_home=was_home, was_trade=was_trade)
    if appointment is not None:
        cases.enter(act, "repairs.appoint", case, appointment_at=case.appointment_at)
    often.report(act, case)
    return case


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
