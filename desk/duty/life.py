"""On post: there early, gone only when somebody else is there, waiting for a relief (DUT-3, DUT-8, DUT-11)."""

from datetime import timedelta

from sqlmodel import select

from data.duty import Handover, Shift
from data.operators import Operator
from data.words import N_
from desk import cases, operators
from desk.act import Act
from desk.duty import cover, plan, terms
from desk.ground import texts
from desk.ground.refusals import Invalid, NotAllowed, Refused, StateChanged
from desk.view import View

# Nobody is there for a shift of much later.
EARLIEST = timedelta(hours=2)
# So long somebody stays whose shift nothing says (ours).
UNPLANNED = timedelta(hours=8)
# How long whoever waits for a relief that was named stays before they may say again that nobody came (ours).
RELIEF = timedelta(minutes=30)
# Before the end of a day at the desk, what is left may be handed to tomorrow (ours).
CLOSING = timedelta(minutes=30)
# So long a desk that was left to tomorrow needs nobody else's word: a night and its evening (ours).
LEFT_FOR = timedelta(hours=10)
TOMORROW = "tomorrow"


def why_not_arrive(view: View, shift: Shift) -> Refused | None:
    """Whoever is planned is there once, from two hours before on."""
    if shift.state != "planned":
        return StateChanged(N_("{number} is no longer only planned."), number=shift.number)
    if shift.begins_at - EARLIEST > view.now:
        return StateChanged(N_("This shift begins much later."), clause="DUT-3")
    if shift.ends_at <= view.now:
        return StateChanged(N_("This shift is over."), clause="DUT-3")
    return None


def arrive(act: Act, *, number: str) -> Shift:
    """One is on post; its promise was to be there a quarter of an hour before (DUT-3, DUT-4, T-30).

    Raises:
        NotAllowed: it is somebody else's shift.
    """
    act.require("duty.arrive")
    shift = cases.get_ready(act, Shift, number, why_not_arrive)
    _own(act, shift)
    _begin(act, shift)
    early = (shift.begins_at - act.now) // timedelta(minutes=1)
    act.record("duty.arrive", shift.number, post=shift.post, early=early)
    return shift


def _own(act: Act, shift: Shift) -> None:
    if shift.operator != act.operator.code:
        raise NotAllowed(N_("Everybody says this of their own shift."), clause="DUT-3")


def _begin(act: Act, shift: Shift) -> None:
    """They are on this post now, and on no other."""
    for one in cover.present(act):
        if one.operator == shift.operator and one.number != shift.number:
            if one.post != shift.post and (refused := why_not_leave(act, one)) is not None:
                raise refused
            _go(act, one)
    shift.state, shift.arrived_at = "there", act.now
    act.session.add(shift)


def come(act: Act, *, post: str) -> Shift:
    """Be on a post without having been planned: a stand-in, a relief, the second at the desk.

    Raises:
        Invalid: at "post"; StateChanged: one is there already.
    """
    act.require("duty.come")
    if post not in terms.posts(act.settings) or not terms.stands_at(act.operator, post):
        raise Invalid(N_("Choose a post on which you stand."), field="post")
    if any(one.operator == act.operator.code and one.post == post for one in cover.present(act)):
        raise StateChanged(N_("You are there already."))
    planned = cover.own_shift(act, act.operator.code)
    if planned is not None and planned.post == post and why_not_arrive(act, planned) is None:
        # Whoever is planned there is there for that shift.
        return arrive(act, number=planned.number)
    day = act.calendar.local(act.now).date()
    days = (day - timedelta(days=1), day)
    stretches = [span for one in days for span in terms.bands(act.settings, act.calendar, post, one).values()]
    # At the desk one stays for the rest of the day, on a guard's post for the stretch that runs, or is about to.
    soon = act.now + RELIEF
    ahead = [end for begin, end in stretches if end > soon and (post == terms.DESK or begin <= soon)]
    ends = max(ahead, default=act.now + UNPLANNED)
    shift = Shift(
        number=act.number("duty"), post=post, day=day, bands="", begins_at=act.now, ends_at=ends,
        operator=act.operator.code,
    )  # fmt: skip
    _begin(act, shift)
    act.session.flush()
    act.record("duty.come", shift.number, post=post)
    return shift


def why_not_leave(view: View, shift: Shift) -> Refused | None:
    """Nobody leaves a post empty, nor goes while they answer for it (DUT-8, DUT-11)."""
    if shift.state != "there":
        return StateChanged(N_("Only who is on post leaves it."))
    others = cover.company(view, shift)
    if view.now < shift.begins_at and not cover.is_manned(view, shift.post):
        # Said too early by mistake: nobody needs them there yet.
        return None
    if (other := _holds_elsewhere(view, shift)) is not None:
        return StateChanged(
            N_("You answer for {post}, too: hand it over first, with h."), post=terms.post_name(other), clause="DUT-11"
        )
    if not others and cover.is_manned(view, shift.post):
        names = ", ".join(cover.could_relieve(view, shift.post, [shift.operator]))
        return StateChanged(
            N_("You are the last one here. Who could relieve you: {names}."), names=names or "–", clause="DUT-8"
        )
    # A post that is manned no longer needs no taker; the desk is always somebody's, if only tomorrow's.
    if (others or shift.post == terms.DESK) and not _is_handed_over(view, shift):
        if others:
            return StateChanged(N_("You answer for this post: hand it over first, with h."), clause="DUT-11")
        return StateChanged(N_("Hand over first, to the guards or to tomorrow: h."), clause="DUT-11")
    return None


def _holds_elsewhere(view: View, shift: Shift) -> str | None:
    """Another post that whoever goes answers for, such as the desk that was handed to the guards."""
    if shift.post == terms.DESK:
        return None
    last = cover.last_taken(view, terms.DESK)
    holds = last is not None and last.goes_to == "guards" and cover.holder(view, terms.DESK) == shift.operator
    return terms.DESK if holds else None


def _is_handed_over(view: View, shift: Shift) -> bool:
    """Whether somebody else answers for the post of whoever goes: who took it, or whoever comes tomorrow."""
    waiting = open_one(view, shift.post)
    if waiting is not None and waiting.goes_to == TOMORROW and is_of_today(view, waiting):
        return True
    # What came back, because whoever took it has gone, is not handed over any more.
    return cover.holder(view, shift.post) != shift.operator


def open_one(view: View, post: str) -> Handover | None:
    """The handover of a post that waits for its taker."""
    query = select(Handover).where(Handover.post == post, Handover.state == "offered")
    return view.session.exec(query.limit(1)).first()


def is_of_today(view: View, handover: Handover) -> bool:
    """Whether a handover was offered in the night or the day that runs: a later one is another desk's."""
    return view.now - handover.offered_at < LEFT_FOR


def leave(act: Act, *, number: str) -> Shift:
    """Go from a post, once somebody else answers for it (DUT-8, DUT-11).

    Raises:
        StateChanged: with the names of who could relieve; NotAllowed: it is somebody else's shift.
    """
    act.require("duty.leave")
    shift = cases.get_ready(act, Shift, number, why_not_leave)
    _own(act, shift)
    _go(act, shift)
    return shift


def _go(act: Act, shift: Shift) -> None:
    stayed = (act.now - shift.stayed) // timedelta(minutes=1) if shift.stayed else None
    shift.state, shift.left_at, shift.stayed = "left", act.now, None
    if act.now < shift.begins_at:
        shift.state, shift.arrived_at = "planned", None
    act.session.add(shift)
    act.record("duty.leave", shift.number, post=shift.post, stayed=stayed)


def why_not_stay(view: View, shift: Shift) -> Refused | None:
    """Whoever's relief is not there stays, from the end of the shift on."""
    if shift.state != "there" or shift.stayed is not None:
        return StateChanged(N_("Only who is on post, and has not said so yet, waits for a relief."))
    if shift.ends_at > view.now:
        return StateChanged(N_("Your shift is not over yet."), clause="DUT-11")
    if shift.ends_at + cover.FORGOTTEN <= view.now:
        return StateChanged(N_("This shift is over."), clause="DUT-11")
    return None


def stay(act: Act, *, number: str) -> Shift:
    """The relief did not come: one stays, and a leader is to find somebody (DUT-11)."""
    act.require("duty.stay")
    shift = cases.get_ready(act, Shift, number, why_not_stay)
    _own(act, shift)
    shift.stayed = act.now
    act.session.add(shift)
    subject = f"{terms.post_name(shift.post)} {operators.Posts(act.session)[shift.operator]}"
    act.record("duty.stay", shift.number, subject, post=shift.post)
    return shift


def why_not_relieve(_view: View, shift: Shift) -> Refused | None:
    """Somebody is found for whoever said that their relief did not come."""
    if shift.stayed is None or shift.state != "there":
        return StateChanged(N_("Nobody waits for a relief there."), clause="DUT-11")
    return None


def _send(act: Act, shift: Shift, who: str) -> Operator:
    """Somebody who stands on such posts, and is not needed elsewhere, is put on this one from now on."""
    known = [one for one in operators.working(act.session) if terms.stands_at(one, shift.post)]
    other = operators.meant(known, who, "who", plan.NOBODY)
    if other.code == shift.operator:
        raise Invalid(N_("Name somebody else."), field="who")
    there = next((one for one in cover.present(act) if one.operator == other.code), None)
    if there is not None and why_not_leave(act, there) is not None:
        raise Invalid(N_("They are needed where they are: {post}."), field="who", post=terms.post_name(there.post))
    if not plan.is_on(act, other.code, shift.post, act.now, act.now + UNPLANNED):
        plan.put_on(act, shift.post, other.code, act.today, "", act.now, act.now + UNPLANNED)
    return other


def relieve(act: Act, *, number: str, who: str) -> Shift:
    """A leader names who comes instead; the post is theirs once they have taken it over (DUT-11).

    Raises:
        NotFound, Invalid: at "who".
    """
    act.require("duty.relieve")
    shift = cases.get_ready(act, Shift, number, why_not_relieve)
    other = _send(act, shift, who)
    waited = (act.now - (shift.stayed or act.now)) // timedelta(minutes=1)
    # Who is still alone when the named one should be there says so again.
    shift.stayed, shift.ends_at = None, act.now + RELIEF
    act.session.add(shift)
    act.record("duty.relieve", shift.number, whom=other.code, waited=waited)
    return shift


def why_not_end(_view: View, shift: Shift) -> Refused | None:
    """A leader ends the shift of somebody who is on post by the book only."""
    if shift.state != "there":
        return StateChanged(N_("Only who is on post leaves it."))
    return None


def _own_number(act: Act, who: Operator) -> str:
    """The shift on which somebody who was just put on a post is awaited."""
    shift = cover.own_shift(act, who.code)
    return shift.number if shift is not None else who.code


def end(act: Act, *, number: str, reason: str, who: str = "") -> Shift:
    """A leader writes down that somebody is not on post any more: gone without a word, ill, shut out (DUT-11).

    Raises:
        Invalid: at "reason"; at "who", where nobody else is on the post: somebody is named who comes; NotAllowed:
            one's own shift is left, not ended.
    """
    act.require("duty.end")
    shift = cases.get_ready(act, Shift, number, why_not_end)
    if shift.operator == act.operator.code:
        raise NotAllowed(N_("You leave your own post with l."), clause="DUT-11")
    cases.write_down(act, shift.number, "reason", texts.needed(reason, "reason", 200))
    alone = not cover.company(act, shift) and cover.is_manned(act, shift.post)
    others = [one for one in operators.working(act.session) if terms.stands_at(one, shift.post)]
    # A dash says that nobody can come; where nobody else stands on such a post, there is nobody to name.
    if who.strip() not in ("", "-") or (
        not who.strip() and alone and any(one.code != shift.operator for one in others)
    ):
        sent = _send(act, shift, texts.needed(who, "who", 40))
        act.record("duty.sent", _own_number(act, sent), post=shift.post, by_itself=True)
    shift.state, shift.left_at, shift.stayed = "left", act.now, None
    act.session.add(shift)
    act.record("duty.end", shift.number, post=shift.post, whom=shift.operator)
    return shift


def is_awaited(view: View) -> bool:
    """Whether whoever is at the desk is planned now and has not said yet that they are there (DUT-3)."""
    shift = cover.own_shift(view, view.operator.code) if view.operator is not None else None
    return shift is not None and why_not_arrive(view, shift) is None
