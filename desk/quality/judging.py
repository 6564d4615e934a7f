"""Whether the developer still answers for it: reckoned, judged, explained, disputed, paid instead (QRP-1 to QRP-4).

What is not known is looked up first: nobody is sent away because a day is missing in the archive.
"""

from datetime import date, datetime

from data.cases import Contact
from data.quality import Quality
from data.words import N_, named
from desk import cases, repairs
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.quality import warranty
from desk.quality.claims import why_not_over_claim
from desk.quality.standing import BEFORE_PLAN, LONGEST, begin_anew, end, why_not_in
from desk.quality.terms import WARRANTIES
from desk.quality.warranty import ASK, IN, OUT
from desk.view import View


def register(act: Act, *, contact: Contact, what: str, subject: str, part: str = "") -> Quality:
    """Take down a complaint about the quality of a building, with what the warranty says of it (QRP-1).

    Args:
        part: a part of the list of warranties, "" when it is not plain yet.

    Raises:
        Invalid: at "part" or "what".
    """
    standing, until = _reckoned(act, contact.unit_id, part, act.now)
    return cases.register(
        act,
        Quality,
        contact=contact,
        what=what,
        subject=subject,
        promised_at=None,
        facts={"warranty": standing},
        part=part,
        warranty=standing,
        warranty_until=until,
    )


def _reckoned(act: Act, unit_id: int | None, part: str, told: datetime) -> tuple[str, date | None]:
    """What the two rules say of a part on the day it was told of, and the part's last day: no delay here counts."""
    if not part:
        return ASK, None
    book = warranty.rules(act.store.path)
    day = act.calendar.local(told).date()
    term = warranty.reckon(book, book.part(part), *warranty.days_of(act.session, unit_id), day)
    return term.standing, term.until


def reckon_anew(act: Act, case: Quality) -> None:
    """It is about another home: what was reckoned or judged for the wrong one says nothing of the right one."""
    case.warranty, case.warranty_until = _reckoned(act, case.unit_id, case.part, case.received_at)
    case.warranty_why, case.disputed = "", ""
    case.state = "open" if case.state in BEFORE_PLAN else case.state
    begin_anew(case)
    cases.enter(act, "quality.judge", case, by_itself=True, warranty=case.warranty)


def why_not_judge(view: View, case: Quality) -> Refused | None:
    """Whether it is in warranty is judged until the plan is agreed upon."""
    return why_not_in(view, case, *BEFORE_PLAN)


def judge(act: Act, *, number: str, part: str, warranty: str = "", why: str = "") -> Quality:
    """Judge by the part, the two days and the two rules whether the developer still answers for it (QRP-2, QRP-4).

    Args:
        warranty: "in" or "out"; "" for what is reckoned. why: what it is judged by, where it is not what is reckoned.

    Raises:
        Invalid: at "part", "warranty" or "why"; NotAllowed: what the owner disputes is a supervisor's to judge.
    """
    act.require("quality.judge")
    case = cases.get_ready(act, Quality, number, why_not_judge)
    reckoned, until = _reckoned(act, case.unit_id, part, case.received_at)
    if not part:
        raise Invalid(N_("Choose the part."), field="part", clause="QRP-4")
    standing = warranty or reckoned
    if standing not in (IN, OUT):
        raise Invalid(
            N_("It is not known: write the days at the home, or choose, and say what you saw."),
            field="warranty",
            clause="QRP-4",
        )
    if case.disputed:
        act.require("quality.decide_dispute")
    if standing != reckoned or case.disputed:
        why = texts.needed(why, "why", LONGEST)
    if (case.part, case.warranty) == (part, standing) and not case.disputed:
        raise Invalid(N_("It says so already."), field="warranty")
    # Another part on the same side of the line moves no promise: nobody gets five minutes more by it.
    same = standing == case.warranty and not case.disputed
    case.part, case.warranty, case.warranty_until, case.disputed = part, standing, until, ""
    case.warranty_why = texts.limited(why, "why", LONGEST)
    if not same:
        # What was begun for the other side of the line ends; the order that is out is void.
        case.state, case.ordered_at, case.collected_at = "open", None, None
        begin_anew(case)
    act.session.add(case)
    if case.warranty_why:
        cases.write_down(act, case.number, "judge", case.warranty_why)
    cases.enter(act, "quality.name_part" if same else "quality.judge", case, warranty=standing, part=part)
    return case


def why_not_explain(view: View, case: Quality) -> Refused | None:
    """What is out of warranty is explained (QRP-4)."""
    if (closed := why_not_in(view, case, "open", "explained")) is not None:
        return closed
    if case.disputed:
        return StateChanged(N_("The owner disputes it: a supervisor judges first."), clause="QRP-4")
    if case.warranty != OUT:
        return StateChanged(N_("Only what is out of warranty is explained."), clause="QRP-4")
    return None


def explain(act: Act, *, number: str, text: str, disputed: str = "") -> Quality:
    """Explain to the owner that the warranty is over; there is no coordination order (QRP-4).

    Args:
        disputed: what the owner says against it; then a supervisor judges anew.
    """
    act.require("quality.explain")
    case = cases.get_ready(act, Quality, number, why_not_explain)
    cases.stamp_reply(act, case, text)
    case.disputed, case.state = texts.limited(disputed, "disputed", LONGEST), "explained"
    act.session.add(case)
    if case.disputed:
        cases.write_down(act, case.number, "dispute", case.disputed)
    cases.enter(act, "quality.explain", case, disputed="yes" if case.disputed else "no")
    return case


def why_not_paid(view: View, case: Quality) -> Refused | None:
    """A paid repair follows once it was explained that the warranty is over (QRP-4)."""
    if (refused := why_not_in(view, case, "explained")) is not None:
        return refused
    if case.disputed:
        return StateChanged(N_("The owner disputes it: a supervisor judges first."), clause="QRP-4")
    return why_not_over_claim(case)


def make_paid(act: Act, *, number: str) -> Quality:
    """The owner wants it done all the same: an ordinary, paid repair of it, with all that was told."""
    act.require("quality.make_paid")
    case = cases.get_ready(act, Quality, number, why_not_paid)
    contact = act.session.get_one(Contact, case.contact)
    repair = repairs.register(act, contact=contact, what=case.what, subject=case.subject)
    repair.spot = case.spot
    cases.write_down(act, repair.number, "found", case.number)
    cases.write_down(act, case.number, "found", repair.number)
    case.became = repair.number
    end(act, case, repair.number, "quality.make_paid", became=repair.number)
    return case


def warranty_words(case: Quality) -> str:
    """Whether it is in warranty, and until when, in the reader's language."""
    return " ".join(filter(None, (named(WARRANTIES, case.warranty), str(case.warranty_until or ""))))
