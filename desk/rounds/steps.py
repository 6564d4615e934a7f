"""The steps of planned visits: the plan, one visit, its reading, what could not be solved, the signature."""

from collections.abc import Mapping
from datetime import datetime

from data.rounds import PlannedVisit
from data.tables import Record, Value
from data.words import N_, _, named
from desk.act import Act
from desk.followups.steps import MEETING
from desk.ground.fields import Field, among, yes_no
from desk.ground.refusals import Refused
from desk.rounds import counting, drawing, life, planning, unsolved
from desk.rounds.terms import KINDS
from desk.steps import OF_HEAD, Step, always
from desk.view import View

MONTH = Field("month", N_("Month"), hint=N_("such as 2026-12; empty: this one"), longest=7)
OPINION = Field("opinion", N_("Opinion"), longest=300)
OF_PROJECT = N_("of the project supervisor")


def _adopted() -> list[tuple[str, str]]:
    return [("yes", _("adopted")), ("no", _("not adopted")), ("none", _("nothing to adopt"))]


def _round(view: View, _record: Record) -> list[str]:
    """How far the round is, against the time that is over."""
    return [N_("The round"), *progress_lines(view)]


def progress_lines(view: View) -> list[str]:
    """Homes lived in, visited, left, and how much of the round's time is over (N-6)."""
    today = view.calendar.local(view.now).date()
    span = counting.span_of(f"{today:%Y-%m}", quarterly=counting.is_quarterly(view))
    found = counting.progress(view.session, span, today)
    over = 100 * (span.months.index(f"{today:%Y-%m}") + today.day / 31) / len(span.months)
    share = 100 * (found.base - found.left) / found.base if found.base else 100.0
    return [
        _("{span}: {share} % of {base} homes, {over} % of its time", span=span.name, share=f"{share:.0f}",
          base=found.base, over=f"{over:.0f}"),
        _("{visited} visited, {declined} wish none, {unreached} not reached, {left} left", visited=found.visited,
          declined=found.declined, unreached=found.unreached, left=found.left),
    ]  # fmt: skip


def _rate(view: View, _record: Record) -> list[str]:
    return [N_("Small repairs"), *rate_lines(view)]


def rate_lines(view: View) -> list[str]:
    """The month's rate of small repairs with its base, and how many visits it still needs (RV-10, RV-13)."""
    rate = drawing.small_repairs(view, f"{view.calendar.local(view.now):%Y-%m}")
    said = _("{visited} of {base} visited ({share} %), {must} must be, {needed} more for the target",
             visited=rate.visited, base=rate.base, share=f"{rate.share:.0f}", must=rate.must,
             needed=rate.needed)  # fmt: skip
    return [said, _("Of what was filed for a home this month; public areas, withdrawn and not ours do not count.")]


def _planned(view: View, _record: Record, values: Mapping[str, str]) -> list[str]:
    """How many homes are free for the month that is typed."""
    try:
        month = counting.month_of(values.get("month", ""), view.calendar, view.now)
    except Refused:
        return []
    span = counting.span_of(month, quarterly=counting.is_quarterly(view))
    months = len(span.months) - span.months.index(month)
    left = counting.progress(view.session, span, view.calendar.local(view.now).date()).left
    return [
        _("{left} homes are left for {count} months: {each} a month", left=left, count=months, each=-(-left // months))
    ]


def _visit(
    act: Act, *, number: str, reached: str, how: str, answer_by: datetime | None = None, **said: Value
) -> Record:
    return life.meet(act, number=number, reached=reached, how=how, answer_by=answer_by, **said)


def _called(_view: View, case: PlannedVisit) -> list[str]:
    said = [named(KINDS, case.kind), case.what]
    return [N_("Why"), *filter(None, said), *([_("{who} agreed", who=case.permitted)] if case.permitted else [])]


def _matters(view: View, case: PlannedVisit) -> dict[str, object] | None:
    """What is left of a record, the newest first: the answer is about what was read."""
    found = [(str(one.place), one.words) for one in reversed(unsolved.left(view.session, number=case.number))]
    return {"options": lambda: found} if found else None


STEPS = (
    Step(
        planning.plan, "rounds.plan", always, "n", N_("Plan"), N_("Plan a month's visits: different homes each time"),
        title=N_("Plan the visits of a month"), new=True, beside=_round, previews=_planned, signer=OF_HEAD,
        asks=(MONTH, Field("count", N_("Homes"), hint=N_("empty: what the round needs"), longest=4)), command="plan",
        tells=lambda made: f"{made.record}: {made.count} + {made.chosen}",
    ),
    Step(
        drawing.draw, "rounds.draw", always, "z", N_("Draw"),
        N_("Draw satisfied owners by lot until the month's rate is reached"), title=N_("Draw by lot"), new=True,
        asks=(MONTH,), beside=_rate, command="draw", tells=lambda made: f"{made.record}: {made.count}", foot=False,
    ),
    Step(
        planning.add, "rounds.add", always, "A", N_("Put down"), N_("Put a home down by hand, or for the director"),
        title=N_("Who else is to be visited"), new=True, foot=False,
        asks=(Field("room", N_("Home"), longest=40),
              Field("kind", N_("Whose visit"), "choice", among(("wished", "director"), lambda key: named(KINDS, key)),
                    default="wished"),
              Field("why", N_("Why"), longest=200), MONTH),
        command="add", words=("room",), tells=lambda made: str(made.number),
    ),
    Step(
        life.arrange, "rounds.arrange", life.why_not_visit, "t", N_("Agree"),
        N_("Ask by phone whether and when somebody may come"), title=N_("When somebody may come, {number}"),
        asks=(Field("permitted", N_("Who agreed"), longest=60),
              Field("meet_at", N_("When"), hint=N_("15:30, +2h, or a date"), longest=30)),
        times=("meet_at",), household=True, beside=_called, command="arrange",
    ),
    Step(
        _visit, "rounds.visit", life.why_not_visit, "h", N_("Visit"), N_("The visit with its answers, or an attempt"),
        title=N_("Visit {number}"), asks=MEETING, times=("answer_by",), prompt="round", household=True, beside=_called,
        command="meet", words=("reached",),
    ),
    Step(
        life.decline, "rounds.decline", life.why_not_visit, "w", N_("No visit"), N_("They wish no visit"),
        title=N_("{number}: no visit is wished"), foot=False, command="decline", words=("words",),
        asks=(Field("words", N_("In words"), longest=200),
              Field("until", N_("Until"), hint=N_("from when they may be asked again; empty: a year"), longest=10)),
    ),
    Step(
        life.review, "rounds.review", life.why_not_read, "r", N_("Read"),
        N_("The head of customer service has read it, and what is adopted"), title=N_("The record of {number} is read"),
        asks=(Field("adopted", N_("Opinions"), "choice", _adopted), OPINION), signer=OF_HEAD, command="review",
        words=("adopted",),
    ),
    Step(
        life.check, "rounds.check", life.why_not_check, "C", N_("Spot check"), N_("The head looks whether it was so"),
        title=N_("Spot check of {number}"), asks=(Field("words", N_("In words"), longest=300),), signer=OF_HEAD,
        command="check", words=("words",), foot=False,
    ),
    Step(
        life.report, "rounds.report", life.why_not_report, "u", N_("Report up"),
        N_("What cannot be solved promptly goes up"), title=N_("What of {number} cannot be solved"),
        asks=(Field("unsolved", N_("Not solved"), longest=500),), command="report", words=("unsolved",), foot=False,
    ),
    Step(
        life.solve, "rounds.solve", life.why_not_solve, "d", N_("Answer"),
        N_("The project manager says what the departments did"), title=N_("What came of {number}"),
        asks=(Field("matter", N_("Matter"), "choice", finds=_matters), Field("text", N_("In words"), longest=500),
              Field("solved", N_("Solved"), "choice", yes_no)),
        signer=OF_PROJECT, command="solve", words=("text",),
    ),
    Step(
        life.sign, "rounds.sign", life.why_not_sign, "i", N_("Sign"), N_("The project manager signs; it is filed"),
        title=N_("{number} is signed and filed"),
        asks=(Field("others", N_("Sign these too"), hint=N_("further numbers that the signature files"), longest=300),),
        signer=OF_PROJECT, command="sign",
    ),
    Step(
        life.drop, "rounds.drop", life.why_not_visit, "x", N_("Off the plan"),
        N_("Take it off the plan, with a reason"),
        title=N_("{number} is taken off the plan"), asks=(Field("reason", N_("Reason"), longest=200),), signer=OF_HEAD,
        command="drop", words=("reason",), foot=False,
    ),
)  # fmt: skip
