"""The roster 值班表: people put on posts for days, taken off, swapped with both codes and a leader's yes (DUT-1)."""

from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from data.duty import Shift
from data.operators import Operator
from data.words import N_
from desk import cases, operators
from desk.act import SYSTEM as DESK_ITSELF
from desk.act import Act, Desk
from desk.calendar import moments
from desk.duty import terms
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.view import View

MOST_DAYS = 62
FARTHEST = timedelta(days=366)
NOBODY = N_("Nobody who stands on this post is called {code}.")


def plan_shift(act: Act, *, post: str, who: str, first: str, last: str = "", stretches: str = "") -> Shift:
    """Put somebody on a post for a day or several; returns the last of their shifts (DUT-1).

    Args:
        who: code, name or initials; first, last: days such as 2026-11-30, last empty for the first alone.
        stretches: letters such as "AB"; all but the lunch when empty. Days on which the post has none are left out.

    Raises:
        Invalid, NotFound: at the field.
    """
    act.require("duty.plan_shift")
    operator = who_stands(act, post, who)
    today = act.calendar.local(act.now).date()
    begin = moments.day(first, today, field="first")
    end = moments.day(last, begin, field="last")
    if begin < today:
        raise Invalid(N_("A past day never changes: choose today or a later one."), field="first")
    if begin > today + FARTHEST:
        raise Invalid(N_("Choose a day within a year."), field="first")
    if not begin <= end < begin + timedelta(days=MOST_DAYS):
        raise Invalid(N_("The last day follows the first, at most {count} days on."), field="last", count=MOST_DAYS)
    days = [begin + timedelta(days=count) for count in range((end - begin).days + 1)]
    made = [_put_on(act, post, operator.code, day, stretches) for day in days]
    done = [one for one in made if one is not None]
    if not done:
        raise Invalid(N_("Nobody is needed there on these days."), field="first")
    return done[-1]


def who_stands(view: View, post: str, who: str, *, field: str = "who") -> Operator:
    """Whoever is meant, of those who stand on a post; refuses anybody else at the field."""
    if post not in terms.posts(view.settings):
        raise Invalid(N_("Choose a post that the site mans."), field="post")
    known = [one for one in operators.working(view.session) if terms.stands_at(one, post)]
    return operators.meant(known, who, field, NOBODY)


def _put_on(act: Act, post: str, code: str, day: date, letters: str) -> Shift | None:
    """One shift of the roster; None where the post is not manned on the day, or they are on it already."""
    known = terms.bands(act.settings, act.calendar, post, day)
    wanted = [one for one in letters.upper() if one.strip()] or [one for one in known if one != terms.NOON]
    if known and (wrong := [one for one in wanted if one not in known]):
        raise Invalid(
            N_("{day} has no stretch {letter}: there are {letters}."),
            field="stretches", day=day, letter=wrong[0], letters=" ".join(known),
        )  # fmt: skip
    if not known:
        return None
    spans = [known[one] for one in wanted]
    begins, ends = min(begin for begin, _end in spans), max(end for _begin, end in spans)
    if ends <= act.now:
        return None
    for one in _together(act, code, begins, ends):
        if one.post == post and one.day == day and set(one.bands) >= set(wanted):
            return None
        raise Invalid(N_("{day} they stand on a post already: {number}."), field="first", day=day, number=one.number)
    return put_on(act, post, code, day, "".join(one for one in known if one in wanted), begins, ends)


def _together(view: View, code: str, begins: datetime, ends: datetime) -> list[Shift]:
    """What somebody is planned for between two instants, of the day before, too: a night reaches into the morning."""
    query = select(Shift).where(
        Shift.operator == code, col(Shift.state).in_(terms.AHEAD), Shift.begins_at < ends, Shift.ends_at > begins
    )
    return list(view.session.exec(query))


def is_on(view: View, code: str, post: str, begins: datetime, ends: datetime) -> bool:
    """Whether somebody is planned on a post for a part of that time already; refuses, at "who", who is elsewhere."""
    found = _together(view, code, begins, ends)
    elsewhere = [one for one in found if one.post != post]
    if elsewhere:
        raise Invalid(N_("They stand on a post then: {number}."), field="who", number=elsewhere[0].number)
    return bool(found)


def put_on(act: Act, post: str, code: str, day: date, letters: str, begins: datetime, ends: datetime) -> Shift:
    """Keep one shift, and begin its promise to be there early when it is soon."""
    shift = Shift(
        number=act.number("duty"), post=post, day=day, bands=letters, begins_at=begins, ends_at=ends, operator=code,
        planned_by=act.operator.code,
    )  # fmt: skip
    act.session.add(shift)
    act.session.flush()
    act.record("duty.plan_shift", shift.number, post=post, whom=code, day=str(day), bands=letters)
    if day <= _soon(act):
        _expect(act, shift)
    return shift


def _soon(view: View) -> date:
    return view.calendar.local(view.now).date() + timedelta(days=1)


def _expect(act: Act, shift: Shift) -> None:
    """The promise to be there a quarter of an hour early begins to run, by the hours as they are now (T-30)."""
    known = terms.bands(act.settings, act.calendar, shift.post, shift.day)
    spans = [known[letter] for letter in shift.bands if letter in known]
    if shift.bands and not spans:
        # The post is not manned on that day any more.
        return
    if spans:
        shift.begins_at, shift.ends_at = min(spans)[0], max(end for _begin, end in spans)
        act.session.add(shift)
    if shift.begins_at - terms.EARLY <= act.now:
        return
    shift.expected = True
    act.session.add(shift)
    who = operators.Posts(act.session)[shift.operator]
    subject = f"{terms.post_name(shift.post)} {who}"
    role = "guard" if shift.post != terms.DESK else "receptionist"
    act.record(
        "duty.expect", shift.number, subject, by_itself=True, shift_at=shift.begins_at, post=shift.post, role=role
    )


def expect_soon(desk: Desk) -> int:
    """Begin the promises of today's and tomorrow's shifts, each once, whichever desk comes first; returns how many."""
    with desk.look() as view:
        if view.session.exec(_unexpected(view).limit(1)).first() is None:
            return 0
    with desk.act(operator=DESK_ITSELF) as act:
        found = list(act.session.exec(_unexpected(act)))
        for shift in found:
            _expect(act, shift)
        return len(found)


def _unexpected(view: View) -> SelectOfScalar[Shift]:
    return select(Shift).where(
        Shift.state == "planned", col(Shift.expected).is_(False), Shift.day <= _soon(view),
        Shift.begins_at > view.now + terms.EARLY,
    )  # fmt: skip


def why_not_drop(_view: View, shift: Shift) -> Refused | None:
    """Only who is planned and has not come yet is taken off."""
    if shift.state != "planned":
        return StateChanged(N_("{number} is no longer only planned."), number=shift.number)
    return None


def drop(act: Act, *, number: str, reason: str) -> Shift:
    """Take somebody off the roster, who is ill or was put on by mistake; what nobody covers is shown."""
    act.require("duty.drop")
    shift = cases.get_ready(act, Shift, number, why_not_drop)
    shift.state, shift.swap = "dropped", ""
    act.session.add(shift)
    cases.write_down(act, shift.number, "reason", texts.needed(reason, "reason", 200))
    act.record("duty.drop", shift.number, post=shift.post, whom=shift.operator)
    return shift
