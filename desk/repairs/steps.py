"""The steps of a reported repair, from the order to its filed copies."""

from collections.abc import Mapping

from data.cases import Repair
from data.words import N_, _, named
from desk import cases, directory, operators
from desk.calendar import moments
from desk.clocks.clocks import of_record
from desk.directory import yuan
from desk.ground.fields import Field, among
from desk.ground.left import clock_name
from desk.ground.refusals import Invalid, Refused
from desk.repairs import board, callers, ending, life, often, onsite, ordering, prices, repeats, trades
from desk.repairs.terms import (
    AREAS,
    BRANCHES,
    CAUSES,
    CHARGES,
    COPIES,
    ENDS,
    EVALUATIONS,
    GIVEN_UP,
    SAID_BY,
    SORTS,
    TRADES,
)
from desk.steps import Step
from desk.view import View

OF_ENGINEERING, OF_MANAGER = N_("of engineering"), N_("of the engineering manager")
WHEN = Field("at", N_("When"), hint=N_("empty: now; 09:40, or -12 for minutes ago"), longest=20)
APPOINTMENT = Field("appointment", N_("Appointment"), hint=N_("15:30, 11-26 15:30 or +2h; empty: none"), longest=30)
REASON = Field("reason", N_("Reason"), longest=200)


def _words(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(key, named(words, key)) for key in words]


def _area(_view: View, case: Repair) -> dict[str, object]:
    return {"default": "home" if case.unit_id else "public"}


def _trade(_view: View, case: Repair) -> dict[str, object]:
    return {"default": case.trade or trades.of(case.what)}


def _phone(view: View, case: Repair) -> dict[str, object]:
    shown = cases.caller_number(view.session, case.contact)
    # A number that was hidden rings nobody: whoever lives there is rung on theirs.
    return {"default": shown if shown.strip("0") else directory.first_phone(view.session, case.person_id)}


def _branch(_view: View, case: Repair) -> dict[str, object]:
    return {"default": life.as_ordered(case)}


def _callers(view: View, case: Repair) -> dict[str, object]:
    """Who waits to hear of the end: all of them, or one."""
    lines = callers.listed(view.session, case.number)
    everybody = ("", _("all {count}", count=len(lines)))
    return {"options": lambda: [everybody, *((line.partition(" ")[0], line) for line in lines)]}


def _paid(values: Mapping[str, str]) -> bool:
    return values.get("charge") == "paid"


def _charged(_view: View, case: Repair) -> dict[str, object] | None:
    return {} if case.charge == "paid" else None


def _sort(_view: View, case: Repair) -> dict[str, object]:
    return {"default": case.sort}


def _spot(_view: View, case: Repair) -> dict[str, object]:
    return {"default": case.spot}


def _capped(_view: View, case: Repair) -> dict[str, object] | None:
    """Asked where they agreed to a sum."""
    return {} if onsite.agreed_most(case) is not None else None


def _before(view: View, case: Repair) -> list[str]:
    """What came before at the same place."""
    found = [view.session.get_one(Repair, number) for number in repeats.before(view.session, case)]
    return [N_("Before"), *(f"{one.number}  {one.what}" for one in found)]


def _evaluated(_view: View, case: Repair) -> dict[str, object] | None:
    return {} if case.area == "home" else None


def _first(values: Mapping[str, str]) -> bool:
    return values.get("copy") == "1"


def _out(_view: View, case: Repair) -> dict[str, object]:
    """The copies that are not in their places yet."""
    return {"options": lambda: [(key, name) for key, name in _words(COPIES) if key in ending.copies_out(case)]}


def _list(view: View, case: Repair) -> list[str]:
    """The price list to show: the edition that was shown, else the newest."""
    try:
        book = prices.book(view.store.path, case.edition, today=view.today)
    except Invalid as wrong:
        return [N_("Price list"), str(wrong)]
    lines = [f"{one.item} {one.name}  {prices.in_words(one)}" for one in book.prices]
    answered = [_("The manager answered"), case.advice] if case.advice else []
    return [N_("Price list"), *answered, _("edition of {day}", day=book.edition), *lines]


def _read(view: View, case: Repair, values: Mapping[str, str]) -> list[str]:
    """The charges as they are read, with what they come to, before they are saved."""
    text = values.get("charges", "")
    if case.charge != "paid" or not text.strip():
        return []
    try:
        found = prices.charged(prices.book(view.store.path, case.edition, today=view.today), text)
    except Invalid as wrong:
        return [f"▲ {wrong}"]
    lines = [f"{one.name} ×{one.quantity}  {yuan(one.fen)}" for one in found]
    return [*lines, _("in all {yuan}", yuan=yuan(sum(one.fen for one in found)))]


def _bill(view: View, case: Repair) -> list[str]:
    """What finance reviews: each line that was charged (REP-3)."""
    lines = [f"{one.name} ×{one.quantity}  {yuan(one.fen)}" for one in onsite.charges_of(view.session, case.number)]
    return [N_("Charged"), *lines, _("in all {yuan}", yuan=yuan(onsite.total(view.session, case.number)))]


def _due(view: View, case: Repair) -> dict[str, object]:
    """What stands beside the form is what is taken: a bill that changed meanwhile is refused."""
    return {"default": f"{onsite.total(view.session, case.number) / 100:.2f}"}


def _lines(view: View, case: Repair) -> dict[str, object]:
    """What was charged, as it is typed."""
    lines = onsite.charges_of(view.session, case.number)
    return {"default": "\n".join(f"{one.name} x{one.quantity} = {one.fen / 100:.2f}" for one in lines)}


def _engineers(view: View, _case: Repair) -> list[str]:
    """Who there is, and what each has in hand."""
    midnight = view.calendar.midnight(view.calendar.local(view.now).date())
    return [N_("Engineering"), *(_load(view, one) for one in board.loads(view.session, view.now, midnight))]


def _load(view: View, one: board.Load) -> str:
    """A worker in one line: in hand, the next appointment, done today, where since when."""
    parts = [one.name, _("{count} in hand", count=one.in_hand)]
    if one.appointment is not None:
        parts.append(_("next {time}", time=moments.shown(one.appointment, view.calendar, view.now)))
    return " · ".join([*parts, doing(view, one)])


def doing(view: View, one: board.Load) -> str:
    """What a worker did today, and where they are since when."""
    done = _("{count} done today", count=one.done)
    if not one.where:
        return done
    since = moments.shown(one.since, view.calendar, view.now)
    return _("at {where} since {time}", where=one.where, time=since) + " · " + done


def _clash(view: View, case: Repair, values: Mapping[str, str]) -> list[str]:
    """What else they have at about that time: it is told, and not refused."""
    if not values.get("worker", "").strip():
        return []
    try:
        who = operators.engineer(view.session, values["worker"])
    except Refused:
        return []
    at = [moments.shown(one.appointment_at, view.calendar, view.now) for one in board.clashes(view, case, who.code)]
    return [who.name, *(_("▲ they have an appointment at {time}, too", time=time) for time in at)]


def _awaited(view: View, case: Repair) -> list[str]:
    running = [one for one in of_record(view.session, case.number) if one.ended_at is None]
    return [N_("Promises"), *map(clock_name, running)] if running else []


STEPS = (
    Step(
        ordering.order, "repairs.order", ordering.why_not_order, "o", N_("Order"),
        N_("The work order is written in full"),
        title=N_("The order of {number}, in three copies"), times=("appointment",),
        asks=(
            Field("area", N_("Where"), "choice", lambda: _words(AREAS), finds=_area),
            Field("sort", N_("Kind of work"), "choice", lambda: _words(SORTS), default="small"),
            Field("trade", N_("Trade"), "choice", lambda: _words(TRADES), finds=_trade),
            Field("spot", N_("Exact place"), longest=120, hint=N_("kitchen, north wall; 3栋 2nd floor stairs")),
            Field("phone", N_("Ring back"), longest=30, finds=_phone),
            APPOINTMENT,
        ),
        said=N_("{number}: order written. Tell engineering within two minutes."), command="order",
    ),
    Step(
        ordering.reorder, "repairs.reorder", ordering.why_not_reorder, "O", N_("Order anew"),
        N_("What was ordered wrongly is put right until somebody has signed for it"),
        title=N_("The order of {number} is put right"),
        asks=(
            Field("area", N_("Where"), "choice", lambda: _words(AREAS), finds=_area),
            Field("sort", N_("Kind of work"), "choice", lambda: _words(SORTS), finds=_sort),
            Field("trade", N_("Trade"), "choice", lambda: _words(TRADES), finds=_trade),
            Field("spot", N_("Exact place"), longest=120, finds=_spot),
            Field("phone", N_("Ring back"), longest=30, finds=_phone),
            REASON,
        ),
        command="reorder", foot=False,
    ),
    Step(
        life.notify, "repairs.notify", life.why_not_notify, "n", N_("Told"),
        N_("Engineering was told to collect the order"), said=N_("{number}: engineering was told."), command="notify",
    ),
    Step(
        life.collect, "repairs.collect", life.why_not_collect, "s", N_("Collected"),
        N_("Engineering takes the order and signs the register"), title=N_("Who takes {number}"),
        asks=(
            Field("branch", N_("How soon"), "choice", lambda: _words(BRANCHES), finds=_branch),
            Field("worker", N_("Who goes"), hint=N_("code, name or initials; empty: whoever signs"), longest=20),
            Field("others", N_("These too"), hint=N_("further numbers, or their last digits"), longest=300),
        ),
        beside=_engineers, signer=OF_ENGINEERING, said=N_("{number} is collected."), command="collect",
    ),
    Step(
        onsite.arrive, "repairs.arrive", life.why_not_hand, "a", N_("Arrived"),
        N_("Somebody is there, and who says so"), title=N_("Who came to {number}"), times=("at",), command="arrive",
        asks=(WHEN, Field("said_by", N_("Says who"), "choice", lambda: _words(SAID_BY), default="worker"),
              Field("worker", N_("Who"), hint=N_("empty: whoever has the order"), longest=20)),
    ),
    Step(
        onsite.advise, "repairs.advise", onsite.why_not_advise, "i", N_("Answer"),
        N_("The engineering manager answers what stands on no price list"), title=N_("What {number} shall do"),
        asks=(Field("text", N_("Suggestion"), "long"),), signer=OF_MANAGER, command="advise", words=("text",),
    ),
    Step(
        onsite.begin, "repairs.begin", onsite.why_not_begin, "b", N_("Begin"),
        N_("The list was shown and they agree: the work begins"), title=N_("{number}: agreed before the work"),
        asks=(
            Field("found", N_("Found"), longest=300, hint=N_("where it differs from the report")),
            Field("charge", N_("Costs"), "choice", lambda: _words(CHARGES)),
            Field("agreed", N_("Agreed by"), longest=120, asked=_paid),
            Field("amount", N_("At most"), hint=N_("in yuan; needed where no list says it"), longest=12, asked=_paid),
        ),
        beside=_list, command="begin",
    ),
    Step(
        onsite.decline, "repairs.decline", onsite.why_not_decline, "x", N_("Price declined"),
        N_("The price is declined: the manager signs, nothing is charged"),
        title=N_("The price of {number} is declined"), asks=(REASON,), signer=OF_MANAGER, command="decline",
    ),
    Step(
        onsite.finish, "repairs.complete", onsite.why_not_finish, "d", N_("Finished"),
        N_("The work is done, with what was used and what it costs"), title=N_("{number} is finished"),
        asks=(
            Field("result", N_("Result"), longest=500),
            Field("tested", N_("Owner's test"), longest=200, finds=_evaluated),
            Field("materials", N_("Materials"), longest=500),
            Field("charges", N_("Charges"), "long", finds=_charged, hint=N_("换灯泡 x2; 疏通马桶 = 80")),
            Field("agreed", N_("Agreed by"), hint=N_("where it becomes more than they agreed to"), longest=120,
                  finds=_capped),
        ),
        beside=_list, previews=_read, command="finish",
    ),
    Step(
        ending.return_copy, "repairs.return_copy", ending.why_not_copy, "r", N_("Copy"),
        N_("A copy came to its place; the first one files the order"),
        title=N_("Which copy of {number} is in its place"), asks=(
            Field("copy", N_("Copy"), "choice", finds=_out),
            Field("evaluation", N_("Owner says"), "choice", lambda: _words(EVALUATIONS), asked=_first,
                  finds=_evaluated),
        ),
        command="copy", words=("copy",),
    ),
    Step(
        ending.pay, "repairs.pay", ending.why_not_pay, "y", N_("Paid"),
        N_("Finance has reviewed the charges and has the money"), title=N_("{number} is paid"),
        asks=(Field("receipt", N_("Receipt"), longest=40), Field("amount", N_("Taken"), longest=12, finds=_due)),
        beside=_bill,
        signer=N_("of finance"), command="pay", words=("receipt",),
    ),
    Step(
        onsite.recharge, "repairs.recharge", onsite.why_not_recharge, "q", N_("Charges"),
        N_("What was charged is reviewed and written as the list has it"), title=N_("What {number} really costs"),
        asks=(Field("charges", N_("Charges"), "long", finds=_lines, hint=N_("换灯泡 x2; 疏通马桶 = 80")), REASON,
              Field("agreed", N_("Agreed by"), hint=N_("where it becomes more than they signed for"), longest=120)),
        beside=_list, previews=_read, signer=N_("of finance or the engineering manager"), command="recharge",
    ),
    Step(
        life.appoint, "repairs.appoint", life.why_not_appoint, "m", N_("Appointment"),
        N_("Agree on a time, or move one that was promised"), title=N_("When somebody comes for {number}"),
        asks=(Field("appointment", N_("Appointment"), hint=N_("15:30, +2h, or a date"), longest=30), REASON),
        times=("appointment",), command="appoint", foot=False,
    ),
    Step(
        life.assign, "repairs.assign", life.why_not_hand, "t", N_("Hand over"),
        N_("Another worker has it from now on"), title=N_("Who has {number} from now on"), command="assign",
        asks=(Field("worker", N_("To"), hint=N_("code, name or initials"), longest=40),), words=("worker",),
        beside=_engineers, previews=_clash, foot=False,
    ),
    Step(
        life.rebranch, "repairs.rebranch", life.why_not_hand, "B", N_("Otherwise"),
        N_("It turned out otherwise: other times count from now on"), title=N_("How soon for {number}"),
        asks=(Field("branch", N_("How soon"), "choice", lambda: _words(BRANCHES)), REASON), command="rebranch",
        foot=False,
    ),
    Step(
        life.wait, "repairs.wait", life.why_not_hand, "w", N_("Waits"), N_("For what, until when, and who moves next"),
        title=N_("What {number} waits for"), times=("until",), command="wait", foot=False,
        asks=(Field("cause", N_("For"), "choice", lambda: _words(CAUSES)),
              Field("until", N_("Until"), hint=N_("15:30, +2h, or a date"), longest=30),
              Field("who", N_("Who moves"), longest=200)),
    ),
    Step(
        life.urge, "repairs.urge", cases.why_not_open, "u", N_("Urged"), N_("They called again about the same thing"),
        title=N_("{number} is urged"), asks=(Field("text", N_("In words"), longest=300),), beside=_awaited,
        command="urge", words=("text",), foot=False,
    ),
    Step(
        often.study, "repairs.study", often.why_not_study, "W", N_("Comes again"),
        N_("What is done so that it does not come again"), title=N_("{number} came again: what is done about it"),
        asks=(Field("text", N_("In words"), "long"),), beside=_before, signer=OF_MANAGER, command="study",
        words=("text",), foot=False,
    ),
    Step(
        callers.tell, "repairs.tell", callers.why_not_tell, "A", N_("Callers told"),
        N_("Whoever else called about the same cause has heard how it ended"),
        title=N_("Who has heard how {number} ended"), asks=(Field("contact", N_("Who"), "choice", finds=_callers),),
        command="told", words=("contact",),
    ),
    Step(
        life.close, "repairs.close", life.why_not_close, "c", N_("Give up"),
        N_("Withdrawn, not ours, or nobody lets us in"), title=N_("{number} is given up"),
        asks=(Field("end", N_("How"), "choice", among(GIVEN_UP, lambda key: named(ENDS, key))),
              Field("outcome", N_("Reason"), "long")),
        command="close", words=("outcome",), foot=False,
    ),
)  # fmt: skip
