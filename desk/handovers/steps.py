"""The steps of a handover: offered, taken or not, settled; somebody covers over lunch."""

from collections.abc import Mapping

from data.duty import Handover
from data.words import N_
from desk.duty import cover
from desk.duty import terms as duty
from desk.ground.fields import Field, among
from desk.handovers import life, page, terms, things
from desk.steps import Step, always
from desk.view import View


def _outgoing(view: View, handover: Handover) -> bool:
    return view.operator is not None and view.operator.code == handover.outgoing


def _answers(view: View, _record: object) -> bool:
    return bool(_own_posts(view))


def _own_posts(view: View) -> list[str]:
    """The posts for which whoever is at the desk speaks."""
    return [post for post in duty.posts(view.settings) if life.may_speak(view, post)]


def _covers(view: View, _record: object) -> bool:
    return view.operator is not None and view.operator.code != cover.holder(view, duty.DESK)


def _counts(view: View, handover: Handover) -> dict[str, object] | None:
    """The things of the post, by name only: what they should be is shown once they were counted."""
    names = things.names(view, handover.post)
    return {"hint": " ".join(names)} if names else None


def _posts(view: View, _record: object) -> dict[str, object]:
    """The posts that whoever is at the desk can hand over now, the own one first."""
    own = cover.post_of(view)
    found = sorted(_own_posts(view) or [own], key=lambda one: one != own)
    return {"options": among(found, duty.post_name), "default": found[0]}


def _recipients(view: View, _record: object) -> dict[str, object]:
    """To whom any of those posts can be handed now; which of them suits a post, the procedure says."""
    posts = _own_posts(view) or [cover.post_of(view)]
    found = {to for post in posts for to in life.recipients(view, post)}
    return {"options": among([one for one in terms.TO if one in found], terms.to_name)}


def _marked(view: View, handover: Handover) -> list[str]:
    """What the outgoing has marked, for whoever signs."""
    said = [
        f"{line.record}  {terms.mark_name(line.mark)}: {line.words}"
        for line in page.shown(view.session, handover)
        if line.words
    ]
    more = [handover.remark] if handover.remark else []
    return [N_("What is said"), *said, *more] if said or more else []


def _quiet(view: View, _record: object, values: Mapping[str, str]) -> list[str]:
    """What stands on the page of the post that is chosen, in a line, for whoever hands over."""
    post = values.get("post") or cover.post_of(view)
    found = page.lines(view, post)
    kinds = {kind: sum(line.kind == kind for line in found) for kind in terms.KINDS}
    said = "  ".join(f"{terms.kind_name(kind)} {count}" for kind, count in kinds.items() if count)
    return [duty.post_name(post), said or "–"]


STEPS = (
    Step(
        life.offer, "handovers.offer", always, "h", N_("Hand post over"), N_("Hand the post over as the page stands"),
        title=N_("Hand the post over"), new=True, own=_answers, signer=N_("of whoever answers for the post"),
        command="offer", previews=_quiet,
        asks=(Field("post", N_("Which post"), "choice", finds=_posts),
              Field("goes_to", N_("To whom"), "choice", default="next", finds=_recipients),
              Field("remark", N_("Remark"), longest=500)),
        said=N_("{number} waits for its taker: t signs it, with their own code."),
    ),
    Step(
        life.take, "handovers.take", life.why_not_take, "t", N_("Take over"),
        N_("The incoming signs last, and the post is theirs"), title=N_("Take over {number}"), own=life.comes,
        signer=N_("of whoever comes"), beside=_marked, command="take",
        asks=(Field("counts", N_("Counted"), longest=200, finds=_counts),),
        said=N_("{number}: the post is handed over."),
    ),
    Step(
        life.see, "handovers.see", life.why_not_take, tip=N_("The incoming has opened a line"), command="see",
        words=("record",),
        asks=(Field("record", N_("Record"), longest=20),),
    ),
    Step(
        life.refuse, "handovers.refuse", life.why_not_take, "x", N_("Do not take"),
        N_("The incoming does not take it, and asks; whoever goes stays answerable"), title=N_("Do not take {number}"),
        own=life.comes, signer=N_("of whoever comes"), asks=(Field("question", N_("Question"), longest=500),),
        command="refuse", words=("question",),
    ),
    Step(
        life.withdraw, "handovers.withdraw", life.why_not_take, "w", N_("Take back"),
        N_("Whoever offered it takes it back, to offer it anew"), own=_outgoing, signer=N_("of whoever goes"),
        command="withdraw",
    ),
    Step(
        life.settle, "handovers.settle", life.why_not_settle, "e", N_("Settle"),
        N_("A leader says what holds after it was not taken"), title=N_("Settle {number}"),
        signer=N_("of a supervisor"),
        asks=(Field("words", N_("Words"), longest=500),), command="settle", words=("words",),
    ),
    Step(
        life.cover_noon, "handovers.cover_noon", always, "n", N_("Covers"),
        N_("Somebody covers the desk over lunch, with their code"), title=N_("Who covers the desk signs"), new=True,
        own=_covers, signer=N_("of whoever covers"), command="cover", said=N_("{number}: the post is handed over."),
    ),
)  # fmt: skip
