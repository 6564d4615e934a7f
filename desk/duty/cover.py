"""Who is on a post, who answers for it, who could relieve them, and which stretches nobody covers (DUT-8, DUT-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_
from sqlmodel import col, select

from data.duty import Handover, Shift
from data.operators import Operator
from desk import operators
from desk.calendar import moments
from desk.duty import terms
from desk.view import View

# Whoever forgot to say that they left is not there any more, this long after their shift.
FORGOTTEN = timedelta(hours=4)
MOST_NAMES = 4


@dataclass(frozen=True)
class Gap:
    """A stretch of a post that nobody is planned for."""

    post: str
    letter: str
    begin: datetime
    end: datetime


def present(view: View, post: str = "") -> list[Shift]:
    """The shifts of whoever is on a post now, of any when none is named, the earliest there first."""
    waits = or_(col(Shift.ends_at) > view.now - FORGOTTEN, col(Shift.stayed).is_not(None))
    query = select(Shift).where(Shift.state == "there", waits)
    found = [one for one in view.session.exec(query) if not post or one.post == post]
    known = {one.code: one for one in operators.working(view.session)}
    # Whoever may not work here any more, or has another post by their roles, keeps nobody company.
    there = [one for one in found if one.operator in known and terms.stands_at(known[one.operator], one.post)]
    return sorted(there, key=lambda one: (one.arrived_at or one.begins_at, one.number))


def company(view: View, shift: Shift) -> list[Shift]:
    """Who else is on the post of a shift and stays there: whose own shift runs, or who said that no relief came."""
    others = [one for one in present(view, shift.post) if one.operator != shift.operator]
    return [one for one in others if one.ends_at > view.now or one.stayed is not None]


def holder(view: View, post: str) -> str:
    """Who answers for a post: whoever took it last, else whoever of those there came first; "" for nobody."""
    there = [one.operator for one in present(view, post)]
    last = last_taken(view, post)
    # The desk that went to the guards is that guard's, on whatever post they stand.
    guards = [one.operator for one in present(view)] if last is not None and last.goes_to == "guards" else []
    if last is not None and last.incoming in (*there, *guards):
        return last.incoming
    return there[0] if there else ""


def last_taken(view: View, post: str, kind: str = "") -> Handover | None:
    """The handover of a post that was signed last, of a kind where one is named."""
    query = select(Handover).where(Handover.post == post, Handover.state == "taken")
    query = query.where(Handover.kind == kind) if kind else query
    order = (col(Handover.ended_at).desc(), col(Handover.number).desc())
    return view.session.exec(query.order_by(*order).limit(1)).first()


def is_manned(view: View, post: str) -> bool:
    """Whether somebody has to be on a post now: at the desk from the first to the last minute of a day's duty."""
    today = view.calendar.local(view.now).date()
    for day in (today - timedelta(days=1), today):
        stretches = terms.bands(view.settings, view.calendar, post, day).values()
        if any(begin <= view.now < end for begin, end in stretches):
            return True
    return False


def on_day(view: View, day: date, post: str = "") -> list[Shift]:
    """Who is planned or was there on a day, in the order of their stretches."""
    query = select(Shift).where(Shift.day == day, Shift.state != "dropped")
    query = query.where(Shift.post == post) if post else query
    return list(view.session.exec(query.order_by(col(Shift.begins_at), col(Shift.number))))


def gaps(view: View, day: date) -> list[Gap]:
    """The stretches of a day that nobody is planned for; after the last day for which a post is planned, none."""
    found = []
    last = view.once("last days", lambda: _last_days(view))
    working = view.once("working", lambda: {one.code for one in operators.working(view.session)})
    planned = [one for one in on_day(view, day) if one.operator in working]
    for post in terms.posts(view.settings):
        if post in last and day <= last[post]:
            letters = {letter for one in planned if one.post == post for letter in one.bands}
            stretches = terms.bands(view.settings, view.calendar, post, day).items()
            found += [Gap(post, letter, begin, end) for letter, (begin, end) in stretches if letter not in letters]
    return found


def _last_days(view: View) -> dict[str, date]:
    """The last day for which each post was ever planned; who was taken off leaves a gap."""
    query = select(Shift.post, func.max(Shift.day)).where(Shift.bands != "").group_by(Shift.post)
    return dict(view.session.exec(query).all())


def could_relieve(view: View, post: str, but: Iterable[str] = ()) -> list[str]:
    """Names of who could come to a post: who is planned next, who is there elsewhere, who else may stand on it.

    Args:
        but: codes of those who are meant by nobody.
    """
    known = {one.code: one for one in operators.working(view.session) if terms.stands_at(one, post)}
    query = select(Shift).where(
        Shift.post == post, Shift.state == "planned", Shift.ends_at > view.now,
        Shift.begins_at < view.now + timedelta(days=1),
    ).order_by(col(Shift.begins_at))  # fmt: skip
    ahead = {one.operator: one for one in reversed(list(view.session.exec(query)))}
    order = [*sorted(ahead, key=lambda code: ahead[code].begins_at), *(one.operator for one in present(view)), *known]
    names = []
    for code in dict.fromkeys(order):
        if code in known and code not in set(but):
            at = f" {moments.shown(ahead[code].begins_at, view.calendar, view.now)}" if code in ahead else ""
            names.append(_named(known[code]) + at)
    return names[:MOST_NAMES]


def _named(operator: Operator) -> str:
    return f"{operator.name} ({operator.code})"


def own_shift(view: View, code: str) -> Shift | None:
    """The shift that somebody is on, or that begins soonest for them within a day; None for neither."""
    there = next((one for one in present(view) if one.operator == code), None)
    if there is not None:
        return there
    query = select(Shift).where(
        Shift.operator == code, Shift.state == "planned", Shift.ends_at > view.now,
        Shift.begins_at < view.now + timedelta(days=1),
    )  # fmt: skip
    return view.session.exec(query.order_by(col(Shift.begins_at)).limit(1)).first()


def next_ends(view: View, post: str) -> datetime:
    """When the shift after this one ends: what falls due before it concerns whoever comes; a day when nobody knows."""
    query = select(Shift).where(Shift.post == post, Shift.state == "planned", Shift.begins_at >= view.now)
    ahead = view.session.exec(query.order_by(col(Shift.begins_at)).limit(1)).first()
    return min(ahead.ends_at, view.now + timedelta(days=3)) if ahead is not None else view.now + timedelta(days=1)


def post_of(view: View) -> str:
    """The post of whoever is at the desk: where they are now or next, else the first on which their role stands."""
    who = view.operator
    shift = own_shift(view, who.code) if who is not None else None
    if shift is not None:
        return shift.post
    manned = terms.posts(view.settings)
    return next((post for post in manned if who is not None and terms.stands_at(who, post)), terms.DESK)
