"""A planned visit: asked by phone first, made or refused, read, adopted, solved, signed and filed (RV-16 to RV-21)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import select

from data.cases import Visit
from data.clocks import Clock
from data.rounds import PlannedVisit
from data.tables import Record, Value
from data.words import N_
from desk import cases, followups, operators
from desk.act import Act
from desk.calendar import moments
from desk.cases.visited import is_unreached, visits_of
from desk.clocks import clocks
from desk.followups.raised import raise_matter
from desk.followups.visits import check_answers, check_how, check_visitor
from desk.ground import texts
from desk.ground.refusals import Invalid, NotAllowed, Refused, StateChanged
from desk.rounds import counting, unsolved
from desk.rounds.planning import month_record
from desk.view import View

# The promise that every home is visited once in a round.
ROUND = "T-35b"
# How long a home that wishes no visit is left alone when no day is said (ours).
LEFT_ALONE = timedelta(days=365)


def why_not_visit(_view: View, case: PlannedVisit) -> Refused | None:
    """A planned visit is made once; the director's by a leader."""
    if case.state != "open":
        return StateChanged(N_("{number} is over: {result}."), number=case.number, result=case.result or "–")
    return None


def arrange(act: Act, *, number: str, permitted: str, meet_at: datetime) -> PlannedVisit:
    """Ask by phone first: who of the home agrees to a visit there, and when (RV-17).

    Args:
        permitted: who agreed; meet_at: aware instant.
    """
    act.require("rounds.arrange")
    case = cases.get_ready(act, PlannedVisit, number, why_not_visit)
    case.permitted = texts.needed(permitted, "permitted", 60)
    if not act.now < meet_at <= act.now + cases.LATEST_PROMISE:
        raise Invalid(N_("That time lies ahead, and within a year."), field="meet_at", clause="RV-17")
    case.meet_at = meet_at
    act.session.add(case)
    cases.enter(act, "rounds.arrange", case, meet_at=meet_at)
    return case


def meet(
    act: Act,
    *,
    number: str,
    reached: str,
    how: str,
    note: str = "",
    satisfied: str = "",
    raised: str = "",
    becomes: str = "complaint",
    told: str = "",
    answer_by: datetime | None = None,
    **answers: Value,
) -> Record:
    """A planned visit with its answers, or an attempt that reached nobody (RV-16 to RV-18, RV-33, RV-46).

    A visit drawn by lot is one about its repair, and stands there. The third attempt, on a second day, ends it as not
    reached, which no rate counts as visited.

    Args:
        how: a key of WAYS; at their home only where somebody there agreed to it before (RV-17).

    Raises:
        Invalid: at the field; NotAllowed: the director's visit is a leader's, and who did the work does not ask.
    """
    act.require("rounds.visit")
    case = cases.get_ready(act, PlannedVisit, number, why_not_visit)
    check_how(how)
    if case.kind == "director" and "project_supervisor" not in act.operator.roles.split():
        raise NotAllowed(N_("The director makes this visit."), clause="RV-36")
    if reached not in ("yes", "no"):
        raise Invalid(N_("Choose whether they were reached."), field="reached")
    if reached == "no":
        return _attempt(act, case, how, note)
    if how == "visit" and not case.permitted:
        raise Invalid(N_("Ask by phone first, and write down who agreed."), field="how", clause="RV-17")
    if satisfied == "no" and not case.of and not raised.strip():
        raise Invalid(N_("Write what is wrong: it becomes a record."), field="raised", clause="RV-12")
    # Whoever is visited earlier than was planned is visited in the month that runs.
    planned, case.month = case.month, min(case.month, f"{act.today:%Y-%m}")
    more: dict[str, Value] = {"raised": raised, "becomes": becomes, "told": told, "answer_by": answer_by}
    if case.of:
        more["permitted"] = case.permitted
        # The sample ends with the visit to its repair, whichever list that was made from.
        followups.visit(act, number=case.of, system="repairs", how=how, satisfied=satisfied, **more, **answers)
        _month_done(act, planned)
        return case
    _visit(act, case, how, satisfied, answers)
    if raised.strip():
        raise_matter(act, case, how=how, raised=raised, becomes=becomes, told=told, answer_by=answer_by)
    case.visited_at = act.now
    _end(act, case, "visited", own="yes")
    _month_done(act, planned)
    return case


def heed_visit(act: Act, record: str, _facts: Mapping[str, object]) -> None:
    """Whoever was drawn by lot and has been visited about this repair is not visited again (RV-13)."""
    for case in _drawn(act, record):
        case.visited_at = act.now
        _end(act, case, "visited", own="no")


def heed_unreached(act: Act, record: str, _facts: Mapping[str, object]) -> None:
    """Whoever was not reached about a repair is not to be reached once more for the lot."""
    for case in _drawn(act, record):
        _end(act, case, "unreached", own="no")


def _drawn(act: Act, record: str) -> Sequence[PlannedVisit]:
    return act.session.exec(select(PlannedVisit).where(PlannedVisit.state == "open", PlannedVisit.of == record)).all()


def _visit(act: Act, case: PlannedVisit, how: str, satisfied: str, answers: dict[str, Value]) -> None:
    check_visitor(act, case)
    if satisfied not in ("yes", "no"):
        raise Invalid(N_("Choose whether they are satisfied."), field="satisfied", clause="RV-9")
    said = check_answers(act, answers)
    act.session.add(_made(act, case, how, reached=True, satisfied=satisfied, **said))
    act.session.flush()


def _made(act: Act, case: PlannedVisit, how: str, **said: Value) -> Visit:
    return Visit(number=case.number, at=act.now, visitor=act.operator.code, how=how, **said)


def _attempt(act: Act, case: PlannedVisit, how: str, note: str) -> PlannedVisit:
    act.session.add(_made(act, case, how, reached=False, shortcomings=texts.limited(note, "note")))
    act.session.flush()
    tried = visits_of(act.session, case.number)
    if is_unreached(act.calendar, tried):
        _end(act, case, "unreached", own="no")
    else:
        cases.enter(act, "rounds.attempt", case, tries=len(tried))
    return case


def _end(act: Act, case: PlannedVisit, result: str, *, verb: str = "rounds.visit", **facts: str) -> None:
    """One visit is over; so may be its month, and its round."""
    case.result, case.closed_at = result, act.now
    case.state = "closed"
    act.session.add(case)
    act.session.flush()
    cases.enter(act, verb, case, by_itself=False, result=result, kind=case.kind, **facts)
    _month_done(act, case.month)
    _round_done(act, case)


def _month_done(act: Act, month: str) -> None:
    """The month's plan is kept once each of its visits has an end."""
    record = month_record(month)
    if not any(one.ended_at is None for one in clocks.of_record(act.session, record)):
        return
    waiting = select(PlannedVisit.number).where(PlannedVisit.month == month, PlannedVisit.state == "open").limit(1)
    if act.session.exec(waiting).first() is None:
        act.record("rounds.month_done", record, by_itself=True)


def _round_done(act: Act, case: PlannedVisit) -> None:
    """The round is done once every home lived in was visited or wishes no visit; the director's by one (N-11)."""
    today = act.calendar.local(act.now).date()
    if case.kind == "director" and case.result == "visited":
        act.record("rounds.director_done", f"Y{case.month[:4]}", by_itself=True)
    # What was begun under the other choice is done, too, once nobody of its own months is left.
    quarters = [counting.span_of(f"{case.month[:4]}-{month:02d}", quarterly=True) for month in (1, 4, 7, 10)]
    for span in (counting.span_of(case.month, quarterly=False), *quarters):
        waits = ROUND in {one.rule for one in _running(act, span.name)}
        if waits and counting.progress(act.session, span, today).left == 0:
            act.record("rounds.round_done", span.name, by_itself=True)


def _running(act: Act, record: str) -> list[Clock]:
    return [one for one in clocks.of_record(act.session, record) if one.ended_at is None]


def decline(act: Act, *, number: str, words: str, until: str = "") -> PlannedVisit:
    """They wish no visit: a result of its own; the home stays in the base, and is asked again later.

    Args:
        until: the day from which they may be asked again; a year when empty.
    """
    act.require("rounds.decline")
    case = cases.get_ready(act, PlannedVisit, number, why_not_visit)
    today = act.calendar.local(act.now).date()
    case.until = moments.day(until, today + LEFT_ALONE, field="until")
    if not today < case.until <= date(today.year + 3, 12, 31):
        raise Invalid(N_("That day lies ahead, and within three years."), field="until")
    case.outcome = texts.needed(words, "words", 200)
    _end(act, case, "declined", verb="rounds.decline")
    return case


def drop(act: Act, *, number: str, reason: str) -> PlannedVisit:
    """Take a home off the plan; it is on none then, and may be dealt again."""
    act.require("rounds.drop")
    case = cases.get_ready(act, PlannedVisit, number, why_not_visit)
    case.outcome = texts.needed(reason, "reason", 200)
    _end(act, case, "dropped", verb="rounds.drop")
    return case


def why_not_read(_view: View, case: PlannedVisit) -> Refused | None:
    """The head of customer service reads what was visited, once (RV-19)."""
    if case.result != "visited" or case.of:
        return StateChanged(N_("Only the record of a visit is read."), clause="RV-19")
    if case.read_at is not None:
        return StateChanged(N_("{number} was read already."), number=case.number, clause="RV-19")
    return None


def _may_read(act: Act, case: PlannedVisit) -> bool:
    """The head of customer service reads; whoever signs behind them does where no head is left but the visitor."""
    if "supervisor" in act.operator.roles.split():
        return True
    heads = {one.code for one in operators.working(act.session) if "supervisor" in one.roles.split()}
    return not heads - {one.visitor for one in visits_of(act.session, case.number)}


def review(act: Act, *, number: str, adopted: str, opinion: str = "") -> PlannedVisit:
    """The head of customer service reads the record, and says which opinions are adopted (RV-19, RV-20, RV-35).

    Args:
        adopted: "yes", "no", or "none" where nothing was to adopt; opinion: needed where it is no.
    """
    act.require("rounds.review")
    case = cases.get_ready(act, PlannedVisit, number, why_not_read)
    if act.operator.code in {one.visitor for one in visits_of(act.session, case.number)}:
        raise NotAllowed(N_("Whoever made the visit does not read it for the department: somebody else does."),
                         clause="RV-19")  # fmt: skip
    if not _may_read(act, case):
        raise NotAllowed(N_("You sign it: the head of customer service reads it first."), clause="RV-51")
    if adopted not in ("yes", "no", "none"):
        raise Invalid(N_("Choose whether it is adopted."), field="adopted", clause="RV-20")
    opinion = texts.needed(opinion, "opinion", 300) if adopted == "no" else texts.limited(opinion, "opinion", 300)
    case.adopted, case.read_by, case.read_at = adopted, act.operator.code, act.now
    act.session.add(case)
    if opinion:
        cases.write_down(act, case.number, "read", opinion)
    cases.enter(act, "rounds.review", case, adopted=adopted)
    return case


def why_not_check(_view: View, case: PlannedVisit) -> Refused | None:
    """Only a visit that was made is checked (RV-14)."""
    if case.result != "visited":
        return StateChanged(N_("Only a visit that was made is checked."), clause="RV-14")
    return None


def check(act: Act, *, number: str, words: str) -> PlannedVisit:
    """The head of customer service looks now and then whether a visit was as it is written (RV-14).

    Raises:
        NotAllowed: nobody checks their own visit.
    """
    act.require("rounds.check")
    case = cases.get_ready(act, PlannedVisit, number, why_not_check)
    if act.operator.code in {one.visitor for one in visits_of(act.session, case.of or case.number)}:
        raise NotAllowed(N_("Nobody checks their own visit."), clause="RV-14")
    cases.write_down(act, case.number, "check", texts.needed(words, "words", 300))
    cases.enter(act, "rounds.check", case)
    return case


def why_not_report(_view: View, case: PlannedVisit) -> Refused | None:
    """What could not be solved is reported until the record is signed (RV-49)."""
    if case.result != "visited":
        return StateChanged(N_("Only what a visit found is reported."), clause="RV-49")
    if case.signed_at is not None:
        return StateChanged(N_("{number} is signed and filed."), number=case.number, clause="RV-51")
    if case.unsolved_at is not None and case.solved_at is None:
        return StateChanged(N_("It is reported already, and waits for its answer."), clause="RV-49")
    return None


def report(act: Act, *, number: str, unsolved: str) -> PlannedVisit:
    """What cannot be solved promptly goes up at once (RV-35, RV-49)."""
    act.require("rounds.report")
    case = cases.get_ready(act, PlannedVisit, number, why_not_report)
    case.unsolved, case.unsolved_at, case.solved_at = texts.needed(unsolved, "unsolved", 500), act.now, None
    act.session.add(case)
    cases.write_down(act, case.number, "unsolved", case.unsolved)
    cases.enter(act, "rounds.report", case)
    return case


def why_not_solve(view: View, case: PlannedVisit) -> Refused | None:
    """Only what was reported up gets an answer; what could not be solved then may be later, signed or not (RV-52)."""
    if case.unsolved_at is None or not unsolved.left(view.session, number=case.number):
        return StateChanged(N_("Nothing of {number} waits for an answer."), number=case.number, clause="RV-49")
    return None


def solve(act: Act, *, number: str, text: str, solved: str, matter: str = "") -> PlannedVisit:
    """The project manager says what the departments did; what stays unsolved stands on the year's list (RV-49, RV-52).

    Args:
        solved: "yes", or "no" where it cannot be solved now.
        matter: the place of the matter, where several are left; the newest when empty.
    """
    act.require("rounds.solve")
    case = cases.get_ready(act, PlannedVisit, number, why_not_solve)
    left = {str(one.place): one for one in unsolved.left(act.session, number=case.number)}
    chosen = left.get(matter.strip() or list(left)[-1])
    if chosen is None:
        raise Invalid(N_("Choose which of the unsolved matters."), field="matter", clause="RV-49")
    if solved not in ("yes", "no"):
        raise Invalid(N_("Choose whether it is solved."), field="solved", clause="RV-49")
    cases.write_down(act, case.number, "solved", texts.needed(text, "text", 500))
    waits = case.solved_at is None
    answers = waits and chosen.place == max(one.place for one in left.values())
    case.solved_at = act.now if answers else case.solved_at
    still = [one.words for one in left.values() if one is not chosen or solved == "no"]
    case.unsolved = still[-1] if still else ""
    act.session.add(case)
    # An older matter that is solved at last answers nothing that waits.
    verb = "rounds.solve" if answers else "rounds.settle"
    cases.enter(act, verb, case, solved=solved, matter=chosen.place)
    return case


def why_not_sign(_view: View, case: PlannedVisit) -> Refused | None:
    """The project manager signs what the head of customer service has read (RV-51)."""
    if case.read_at is None:
        return StateChanged(N_("The head of customer service reads it first."), clause="RV-51")
    if case.unsolved_at is not None and case.solved_at is None:
        return StateChanged(N_("What was reported waits for its answer first."), clause="RV-49")
    if case.signed_at is not None:
        return StateChanged(N_("{number} is signed and filed."), number=case.number, clause="RV-51")
    return None


def sign(act: Act, *, number: str, others: str = "") -> PlannedVisit:
    """The project manager has read and signs; the record is filed (RV-51, REC-5).

    Args:
        others: further numbers that the same signature files; all of them or none.
    """
    act.require("rounds.sign")
    found = cases.get_all_ready(act, PlannedVisit, number, others, why_not_sign)
    for case in found:
        case.signed_by, case.signed_at, case.state = act.operator.code, act.now, "archived"
        act.session.add(case)
        cases.enter(act, "rounds.sign", case)
    return found[0]
