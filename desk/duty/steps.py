"""The steps of a shift: planned, swapped, there, gone, waiting for relief."""

from collections.abc import Callable

from data.duty import Shift
from data.words import N_
from desk.duty import cover, life, plan, swapping, terms
from desk.ground.fields import Field, among, yes_no
from desk.steps import Step, always
from desk.view import View


def manned(view: View) -> Callable[[], list[tuple[str, str]]]:
    return among(terms.posts(view.settings), terms.post_name)


POST = Field("post", N_("Which post"), "choice", finds=lambda view, _record: {"options": manned(view)})
OWN_POST = Field(
    "post", N_("Which post"), "choice",
    finds=lambda view, _record: {"default": cover.post_of(view), "options": manned(view)},
)  # fmt: skip
WHO = Field("who", N_("Who"), hint=N_("code, name or initials"), longest=40, needed=True)


def _stretches(view: View, _record: object) -> list[str]:
    """The letters of today's stretches at each post, for whoever types them."""
    today = view.calendar.local(view.now).date()
    lines = [N_("Stretches by letter; N is the lunch")]
    for post in terms.posts(view.settings):
        known = terms.bands(view.settings, view.calendar, post, today)
        said = "  ".join(f"{letter} {terms.hours_said(view, span)}" for letter, span in known.items())
        lines.append(f"{terms.post_name(post)}  {said or '–'}")
    return lines


def _is_own(view: View, shift: Shift) -> bool:
    return view.operator is not None and shift.operator == view.operator.code


def _is_asked(view: View, shift: Shift) -> bool:
    return view.operator is not None and shift.swap_with == view.operator.code


def _who_could(view: View, shift: Shift) -> list[str]:
    return [N_("Who could relieve"), *cover.could_relieve(view, shift.post, [shift.operator])]


STEPS = (
    Step(
        life.arrive, "duty.arrive", life.why_not_arrive, "a", N_("I am here"),
        N_("You are on post, a quarter of an hour before the shift"), own=_is_own, signer=N_("of whoever is on post"),
        said=N_("{number}: you are on post; what is due stands below."), command="arrive",
    ),
    Step(
        life.come, "duty.come", always, "c", N_("I stand in"), N_("You are on a post without having been planned"),
        title=N_("On post without being planned"), new=True, asks=(OWN_POST,), command="come",
        said=N_("{number}: you are on post; what is due stands below."), foot=False,
    ),
    Step(
        life.leave, "duty.leave", life.why_not_leave, "l", N_("I go"),
        N_("You leave the post; refused while nobody else is there"), own=_is_own, signer=N_("of whoever is on post"),
        said=N_("{number}: you have left the post."), command="leave",
    ),
    Step(
        life.stay, "duty.stay", life.why_not_stay, "y", N_("No relief"),
        N_("Your relief did not come: you stay, and a leader finds somebody"), own=_is_own,
        signer=N_("of whoever is on post"), beside=_who_could, said=N_("{number}: a leader is told; stay on post."),
        command="stay",
    ),
    Step(
        life.relieve, "duty.relieve", life.why_not_relieve, "v", N_("Relieve"),
        N_("Name who comes, for whoever waits for a relief"), title=N_("Who relieves {number}"), asks=(WHO,),
        signer=N_("of a supervisor"), beside=_who_could, command="relieve", words=("who",),
    ),
    Step(
        life.end, "duty.end", life.why_not_end, "e", N_("Not there"),
        N_("A leader writes down that somebody is not on post any more"), title=N_("{number}: not on post any more"),
        asks=(Field("reason", N_("Reason"), longest=200),
              Field("who", N_("Who comes"), hint=N_("where nobody else is there; - nobody can"), longest=40)),
        signer=N_("of a supervisor"),
        own=lambda view, shift: not _is_own(view, shift), command="end", words=("reason",), foot=False,
    ),
    Step(
        plan.plan_shift, "duty.plan_shift", always, "n", N_("Put on"), N_("Put somebody on a post for days"),
        title=N_("On the roster"), new=True, signer=N_("of a supervisor"),
        asks=(POST, WHO, Field("first", N_("First day"), hint=N_("2026-11-30"), longest=10, needed=True),
              Field("last", N_("Last day"), hint=N_("empty: that day only"), longest=10),
              Field("stretches", N_("Stretches"), hint=N_("letters: AB, ANB; empty: all but the lunch"), longest=8)),
        beside=_stretches, command="plan", tells=lambda made: str(made.number),
    ),
    Step(
        plan.drop, "duty.drop", plan.why_not_drop, "x", N_("Take off"), N_("Take somebody off the roster"),
        title=N_("Take {number} off the roster"), asks=(Field("reason", N_("Reason"), longest=200),),
        signer=N_("of a supervisor"), command="drop", words=("reason",),
    ),
    Step(
        swapping.swap, "duty.swap", swapping.why_not_swap, "i", N_("Swap"),
        N_("Ask somebody to stand there instead of you"),
        title=N_("Swap {number}"), own=_is_own, signer=N_("of whoever's shift it is"),
        asks=(WHO, Field("other", N_("For their shift"), hint=N_("its number; empty: for none"), longest=20)),
        command="swap", words=("who",),
    ),
    Step(
        swapping.agree, "duty.agree", swapping.why_not_agree, "o", N_("I agree"),
        N_("You were asked, and say yes to the swap"),
        title=N_("Stand in for {number}"), own=_is_asked, signer=N_("of whoever was asked"), command="agree",
    ),
    Step(
        swapping.unswap, "duty.unswap", swapping.why_not_unswap, "u", N_("No swap"),
        N_("Take the swap back, or decline it"), own=lambda view, shift: _is_own(view, shift) or _is_asked(view, shift),
        signer=N_("of one of the two, or a leader"), command="unswap", foot=False,
    ),
    Step(
        swapping.approve, "duty.approve", swapping.why_not_approve, "s", N_("Allow"),
        N_("A leader says yes or no to the swap"),
        title=N_("Allow the swap of {number}"),
        asks=(Field("decision", N_("Decision"), "choice", yes_no, default="yes"),),
        signer=N_("of a supervisor"), command="approve", words=("decision",),
    ),
)  # fmt: skip
