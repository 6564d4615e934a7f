"""A swap of shifts: asked by whose it is, agreed to by the other, allowed by a leader who is neither of the two."""

from sqlmodel import col, select

from data.cleaning import clean
from data.duty import Shift
from data.words import N_
from desk import cases, operators
from desk.act import Act
from desk.clocks import clocks
from desk.duty import terms
from desk.duty.plan import who_stands
from desk.ground.refusals import Invalid, NotAllowed, NotFound, Refused, StateChanged
from desk.systems import may
from desk.view import View


def why_not_swap(view: View, shift: Shift) -> Refused | None:
    """A planned shift that has not begun and is not being swapped already."""
    if (refused := _why_not_ahead(view, shift)) is not None:
        return refused
    if shift.swap:
        return StateChanged(N_("A swap of {number} is asked already."), number=shift.number)
    return None


def swap(act: Act, *, number: str, who: str, other: str = "") -> Shift:
    """Ask somebody to stand here instead, for one of their own shifts or for none.

    Args:
        who: code, name or initials; other: the number of their shift that one takes for it.

    Raises:
        NotAllowed: one swaps one's own shift.
    """
    act.require("duty.swap")
    shift = cases.get_ready(act, Shift, number, why_not_swap)
    if shift.operator != act.operator.code:
        raise NotAllowed(N_("Everybody swaps their own shift."))
    partner = who_stands(act, shift.post, who)
    if partner.code == shift.operator:
        raise Invalid(N_("Name somebody else."), field="who")
    for_it = _given(act, shift, partner.code, other)
    shift.swap, shift.swap_with, shift.swap_for = "asked", partner.code, for_it
    act.session.add(shift)
    act.record("duty.swap", shift.number, whom=partner.code, for_it=for_it or None)
    return shift


def _given(act: Act, shift: Shift, code: str, other: str) -> str:
    if not other.strip():
        return ""
    given = act.session.get(Shift, clean(other).upper())
    if given is None:
        raise NotFound(N_("There is no record {number}."), field="other", number=other)
    ahead = _why_not_ahead(act, given) is None
    if given.operator != code or not ahead or given.post != shift.post or given.swap:
        raise Invalid(N_("{number} is no planned shift of theirs on this post."), field="other", number=given.number)
    return given.number


def why_not_agree(view: View, shift: Shift) -> Refused | None:
    """Whoever was asked agrees, once."""
    if shift.swap != "asked":
        return StateChanged(N_("Nobody was asked to stand in for {number}."), number=shift.number)
    return _why_not_ahead(view, shift)


def agree(act: Act, *, number: str) -> Shift:
    """Whoever was asked says yes, with their own code.

    Raises:
        NotAllowed: somebody else was asked.
    """
    act.require("duty.agree")
    shift = cases.get_ready(act, Shift, number, why_not_agree)
    if shift.swap_with != act.operator.code:
        raise NotAllowed(N_("{who} was asked."), who=operators.Posts(act.session)[shift.swap_with])
    shift.swap = "agreed"
    act.session.add(shift)
    act.record("duty.agree", shift.number)
    return shift


def why_not_approve(view: View, shift: Shift) -> Refused | None:
    """A leader says yes to what both have agreed."""
    if shift.swap != "agreed":
        return StateChanged(N_("Both agree first: i asks, o says yes."), number=shift.number)
    return _why_not_ahead(view, shift)


def approve(act: Act, *, number: str, decision: str) -> Shift:
    """The leader's yes or no to a swap; with a yes the two change places on the roster."""
    act.require("duty.approve")
    shift = cases.get_ready(act, Shift, number, why_not_approve)
    if decision not in ("yes", "no"):
        raise Invalid(N_("Choose yes or no."), field="decision")
    asked, partner = shift.operator, shift.swap_with
    if act.operator.code in (asked, partner):
        raise NotAllowed(N_("Another leader allows it: you are one of the two."))
    if decision == "yes":
        given = act.session.get(Shift, shift.swap_for) if shift.swap_for else None
        if shift.swap_for and (
            given is None or _why_not_ahead(act, given) is not None or given.operator != partner or given.swap
        ):
            raise StateChanged(N_("{number} changed meanwhile: ask anew."), number=shift.swap_for)
        # Either may have been shut out since.
        for one in (partner, asked) if given is not None else (partner,):
            _may_stand(act, shift.post, one)
        _free(act, partner, shift, given)
        _free(act, asked, given, shift)
        _give(act, shift, partner)
        if given is not None:
            _give(act, given, asked)
    shift.swap = shift.swap_with = shift.swap_for = ""
    act.session.add(shift)
    act.record("duty.approve", shift.number, decision=decision, whom=shift.operator)
    return shift


def _may_stand(act: Act, post: str, code: str) -> None:
    """Refuse a swap that gives a shift to somebody who does not work here any more, or stands elsewhere now."""
    known = {one.code: one for one in operators.working(act.session)}
    if code not in known or not terms.stands_at(known[code], post):
        raise Invalid(N_("{code} does not stand on this post any more."), field="decision", code=code)


def _give(act: Act, shift: Shift, code: str) -> None:
    """The shift is somebody else's, and so is its promise to be there early."""
    shift.operator = code
    act.session.add(shift)
    subject = f"{terms.post_name(shift.post)} {operators.Posts(act.session)[code]}"
    for one in clocks.of_record(act.session, shift.number):
        one.subject = subject
        act.session.add(one)


def why_not_unswap(_view: View, shift: Shift) -> Refused | None:
    """A swap that is asked or agreed is taken back or declined until a leader has allowed it."""
    if not shift.swap:
        return StateChanged(N_("No swap of {number} is asked."), number=shift.number)
    return None


def unswap(act: Act, *, number: str) -> Shift:
    """Whose shift it is takes the swap back, or whoever was asked declines it; a leader may, too.

    Raises:
        NotAllowed: it is nobody else's.
    """
    act.require("duty.unswap")
    shift = cases.get_ready(act, Shift, number, why_not_unswap)
    if act.operator.code not in (shift.operator, shift.swap_with) and not may(act.operator.roles, "duty.approve"):
        raise NotAllowed(N_("Only the two, or a leader, take it back."))
    shift.swap = shift.swap_with = shift.swap_for = ""
    act.session.add(shift)
    act.record("duty.unswap", shift.number)
    return shift


def _why_not_ahead(view: View, shift: Shift) -> Refused | None:
    if shift.state != "planned":
        return StateChanged(N_("{number} is no longer only planned."), number=shift.number)
    if shift.begins_at <= view.now:
        return StateChanged(N_("{number} has begun already."), number=shift.number)
    return None


def _free(act: Act, code: str, takes: Shift | None, gives: Shift | None) -> None:
    """Refuse a swap by which somebody would stand on two posts at once."""
    if takes is None:
        return
    for one in act.session.exec(select(Shift).where(Shift.operator == code, col(Shift.state).in_(terms.AHEAD))):
        apart = one.ends_at <= takes.begins_at or takes.ends_at <= one.begins_at
        if one.number not in (takes.number, gives.number if gives else "") and not apart:
            raise Invalid(N_("They stand on a post then: {number}."), field="decision", number=one.number)
