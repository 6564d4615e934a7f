"""A post changes hands: marked, offered by the outgoing, counted and signed last by the incoming, or not taken."""

import json
from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import col, delete, select

from data.clocks import Clock
from data.duty import Handover, HandoverMark, PostEntry
from data.words import N_
from desk import cases, operators
from desk.act import Act
from desk.duty import cover
from desk.duty import life as duty_life
from desk.duty import terms as duty
from desk.ground import texts
from desk.ground.refusals import Invalid, NotAllowed, NotFound, Refused, StateChanged
from desk.handovers import page, terms, things
from desk.systems import may
from desk.view import View

LONGEST_WORDS = 200


def mark(act: Act, *, post: str, record: str, mark: str, words: str = "") -> HandoverMark | None:
    """Say of a line what the next one does with it: watch it, or do it first, and then in one line if what, then what.

    Args:
        mark: a key of MARKS; with "1" the mark is taken away.

    Raises:
        Invalid: at "words", where a marked line says nothing; NotFound: the record is not on the page.
    """
    act.require("handovers.mark")
    _is_post(act, post)
    _answers(act, post)
    if (waiting := duty_life.open_one(act, post)) is not None:
        raise StateChanged(N_("{number} is offered as it stands: take it back with w first."), number=waiting.number)
    if mark not in terms.MARKS:
        raise Invalid(N_("Choose a mark."), field="mark")
    if record not in {line.record for line in page.lines(act, post)}:
        raise NotFound(N_("{number} is not on the page of this post."), field="record", number=record)
    known = act.session.get(HandoverMark, (post, record))
    if mark == "1":
        if known is not None:
            act.session.delete(known)
            act.record("handovers.mark", record, post=post, mark=mark)
        return None
    said = texts.needed(words, "words", LONGEST_WORDS)
    known = known or HandoverMark(post=post, record=record, mark=mark, by=act.operator.code)
    known.mark, known.words, known.by = mark, said, act.operator.code
    act.session.add(known)
    act.record("handovers.mark", record, post=post, mark=mark)
    return known


def may_speak(view: View, post: str) -> bool:
    """Whether whoever is at the desk speaks for a post: who answers for it, or where nobody does, who stands on it."""
    holder, who = cover.holder(view, post), view.operator
    return who is not None and (holder == who.code or (holder == "" and duty.stands_at(who, post)))


def _is_post(act: Act, post: str) -> None:
    if post not in duty.posts(act.settings):
        raise Invalid(N_("Choose a post that the site mans."), field="post")


def _answers(act: Act, post: str) -> None:
    """Refuse whoever does not speak for a post, with why."""
    if may_speak(act, post):
        return
    holder = cover.holder(act, post)
    if holder:
        raise NotAllowed(N_("{who} answers for this post."), who=operators.Posts(act.session)[holder], clause="DUT-11")
    raise NotAllowed(N_("You do not stand on this post."), clause="DUT-10")


def recipients(view: View, post: str) -> list[str]:
    """To whom a post can be handed now: whoever comes; the desk to the guards, too, and as it closes to tomorrow."""
    if post != duty.DESK:
        return ["next"]
    return [one for one in terms.TO if one != terms.TOMORROW or _closes(view)]


def offer(act: Act, *, post: str = "", goes_to: str = "next", remark: str = "") -> Handover:
    """The outgoing signs: the page as it stands now, to whoever comes, to the guards, or to tomorrow (DUT-10, DUT-11).

    Args:
        post: the own one when empty; goes_to: a key of TO, so that a recipient always exists (DUT-7, OUT-5).

    Raises:
        StateChanged: one waits already, or an event has neither an end nor a word (DUT-12); NotAllowed: somebody else
            answers for the post.
    """
    act.require("handovers.offer")
    post = post or cover.post_of(act)
    _is_post(act, post)
    _answers(act, post)
    if goes_to == terms.TOMORROW and post == duty.DESK and not _closes(act):
        raise Invalid(N_("The desk is handed to tomorrow at the end of its day only."), field="goes_to", clause="DUT-8")
    if goes_to not in recipients(act, post):
        raise Invalid(N_("Choose to whom."), field="goes_to")
    if (waiting := duty_life.open_one(act, post)) is not None:
        if duty_life.is_of_today(act, waiting):
            raise StateChanged(N_("{number} waits for its taker already."), field="goes_to", number=waiting.number)
        # What nobody took in time is another desk's page: it ends where this one begins.
        _over(act, waiting, by_itself=True)
    found = page.lines(act, post)
    silent = [line for line in found if line.kind == "event" and line.mark == "1" and _is_of(act, line.record, post)]
    if silent:
        raise StateChanged(
            N_("{number} is not handled: write what was done, or mark it and say what is to be done."),
            number=silent[0].record, clause="DUT-12",
        )  # fmt: skip
    handover = Handover(
        number=act.number("handovers"), post=post, goes_to=goes_to, outgoing=act.operator.code, offered_at=act.now,
        body=page.written(found), remark=texts.limited(remark, "remark", 500),
    )  # fmt: skip
    act.session.add(handover)
    act.session.flush()
    act.record(
        "handovers.offer", handover.number, duty.post_name(post), post=post, lines=len(found), goes_to=goes_to,
        duty_at=duty.next_duty(act),
    )  # fmt: skip
    _stale(act, page.of(page.last_taken(act, post)), found)
    return handover


def _stale(act: Act, before: list[page.Line], now: list[page.Line]) -> None:
    """What nobody moved for the third time running is the leader's, until it moves."""
    standing = {line.record: line.standing for line in now}
    for line in now:
        if line.same == terms.STALE and not _is_awaited(act, line.record):
            act.record("handovers.stale", line.record, line.matter, by_itself=True)
    for old in before:
        if old.same >= terms.STALE and standing.get(old.record) != old.standing:
            act.record("handovers.moved", old.record, by_itself=True)


def _is_awaited(act: Act, record: str) -> bool:
    """Whether the leader was told already that a record stands still: a page is offered anew now and then."""
    told = select(Clock.id).where(Clock.record == record, Clock.rule == terms.STALE_RULE, col(Clock.ended_at).is_(None))
    return act.session.exec(told.limit(1)).first() is not None


def _is_of(act: Act, record: str, post: str) -> bool:
    entry = act.session.get(PostEntry, record)
    return entry is not None and entry.post == post


def _closes(view: View) -> bool:
    """Whether the desk's day is over, or nearly."""
    if not cover.is_manned(view, duty.DESK):
        # In the morning it is about to open.
        return duty.next_duty(view) - view.now > duty_life.EARLIEST
    today = view.calendar.local(view.now).date()
    ends = [end for _begin, end in duty.bands(view.settings, view.calendar, duty.DESK, today).values()]
    return bool(ends) and view.now >= max(ends) - duty_life.CLOSING


def why_not_take(_view: View, handover: Handover) -> Refused | None:
    """A handover is taken once."""
    if handover.state != "offered":
        return StateChanged(N_("{number} waits for nobody."), number=handover.number)
    return None


def comes(view: View, handover: Handover) -> bool:
    """Whether whoever is at the desk may be the one who comes: not who goes, except on another day of tomorrow's."""
    if view.operator is None or view.operator.code != handover.outgoing:
        return view.operator is not None
    morning = duty.next_duty(view, handover.offered_at) - duty_life.EARLIEST
    return handover.goes_to == terms.TOMORROW and view.now >= morning


def see(act: Act, *, number: str, record: str) -> Handover:
    """The incoming has opened a line; each that is to be done first must be, before they sign.

    Raises:
        NotFound: the record does not stand there.
    """
    act.require("handovers.see")
    handover = cases.get_ready(act, Handover, number, why_not_take)
    found = page.of(handover)
    if record.strip().upper() not in {line.record for line in found}:
        raise NotFound(N_("{record} does not stand on {number}."), field="record", record=record, number=number)
    if not comes(act, handover):
        raise NotAllowed(N_("Whoever comes reads it, not whoever goes."), clause="DUT-10")
    _stands(act, handover)
    code = act.operator.code
    opened = record.strip().upper()
    handover.body = page.written(
        [replace(line, seen=(*line.seen, code)) if line.record == opened else line for line in found]
    )
    act.session.add(handover)
    act.record("handovers.see", handover.number, line=record.strip().upper())
    return handover


def take(act: Act, *, number: str, counts: str = "") -> Handover:
    """The incoming signs last: what is to be done first was opened, the things were counted (DUT-10, DUT-11).

    What came since it was offered stands on the page from then on, marked as such.

    From this signature on the post is theirs. A difference in what was counted is written down and stops nobody.

    Args:
        counts: the numbers of the things in the order of their names, typed before what they should be is shown.

    Raises:
        NotAllowed: nobody takes from themselves, and a guard's post is a guard's; StateChanged: a line to be done first
            was not opened; Invalid: at "counts".
    """
    act.require("handovers.take")
    handover = cases.get_ready(act, Handover, number, why_not_take)
    if not comes(act, handover):
        raise NotAllowed(N_("Somebody else takes over: both sign."), clause="DUT-10")
    _stands(act, handover)
    _is_free(act, handover)
    _is_not_over(act, handover)
    now = {line.record: line for line in page.lines(act, handover.post)}
    unread = _unread(act, handover, now)
    if unread:
        raise StateChanged(N_("Open {record} first: it is to be done first."), record=unread[0], clause="DUT-10")
    _check_events(act, handover, now)
    wanted = things.names(act, handover.post)
    found = things.read_counts(counts, wanted) if wanted else {}
    differ = things.differences(things.expected(act, handover.post), found)
    handover.counted = json.dumps(found, ensure_ascii=False) if found else ""
    for name, (should, is_) in differ.items():
        cases.write_down(act, handover.number, "counted", f"{name} {should} → {is_}")
    told = page.of(handover)
    known = {line.record for line in told}
    # What came between the two signatures is the incoming's, and stands on the page that they sign.
    came = [replace(line, later=True) for line in now.values() if line.record not in known]
    handover.body = page.written([*told, *came])
    handover.incoming, handover.ended_at, handover.state = act.operator.code, act.now, "taken"
    act.session.add(handover)
    act.session.exec(delete(HandoverMark).where(col(HandoverMark.post) == handover.post))
    if differ:
        act.record("handovers.differs", handover.number, duty.post_name(handover.post), by_itself=True)
    _is_there(act, handover)
    act.record(
        "handovers.take", handover.number, post=handover.post, outgoing=handover.outgoing, incoming=handover.incoming,
        differences=len(differ) or None,
    )  # fmt: skip
    return handover


def _is_not_over(act: Act, handover: Handover) -> None:
    """A page that was left to tomorrow is over once somebody else answers for the post."""
    holder = cover.holder(act, handover.post)
    if handover.goes_to == terms.TOMORROW and holder not in ("", handover.outgoing, act.operator.code):
        raise StateChanged(
            N_("{who} answers for this post now: they hand it over."), who=operators.Posts(act.session)[holder],
            clause="DUT-11",
        )  # fmt: skip


def _unread(act: Act, handover: Handover, now: Mapping[str, page.Line]) -> list[str]:
    """What is to be done first and whoever signs has not opened; what is settled meanwhile need not be."""
    first = [line for line in page.of(handover) if line.mark == terms.FIRST and line.record in now]
    return [line.record for line in first if act.operator.code not in line.seen]


def _check_events(act: Act, handover: Handover, now: Mapping[str, page.Line]) -> None:
    """What happened on the post after it was offered is handled, or stands on a page that is offered anew (DUT-12)."""
    told = {line.record for line in page.of(handover)}
    new = [
        one.record
        for one in now.values()
        if one.kind == "event" and one.record not in told and _is_of(act, one.record, handover.post)
    ]
    if new:
        raise StateChanged(
            N_("{record} happened after it was offered: handle it, or offer the page anew."),
            record=new[0], clause="DUT-12",
        )  # fmt: skip


def _is_free(act: Act, handover: Handover) -> None:
    """Nobody takes a post over while they stand on another; the guards take the desk from where they are."""
    own = cover.own_shift(act, act.operator.code)
    there = own is not None and own.state == "there" and own.post != handover.post
    if there and own is not None and handover.goes_to != "guards":
        raise StateChanged(
            N_("You are on post at {post}: leave it first."), post=duty.post_name(own.post), clause="DUT-11"
        )


def _is_there(act: Act, handover: Handover) -> None:
    """Whoever took a post over is on it."""
    shift = cover.own_shift(act, act.operator.code)
    if shift is not None and shift.state == "there":
        return
    if shift is not None and shift.post == handover.post and duty_life.why_not_arrive(act, shift) is None:
        duty_life.arrive(act, number=shift.number)
    elif duty.stands_at(act.operator, handover.post):
        duty_life.come(act, post=handover.post)
    else:
        # The guards take the desk from where they stand; who stands nowhere yet does from now on.
        duty_life.come(act, post=cover.post_of(act))


def _stands(act: Act, handover: Handover) -> None:
    """Only who stands on a post takes it or does not; the desk that goes to the guards is any guard's."""
    guard = "guard" in act.operator.roles.split()
    if not (duty.stands_at(act.operator, handover.post) or (handover.goes_to == "guards" and guard)):
        raise NotAllowed(N_("You do not stand on this post."), clause="DUT-10")


def refuse(act: Act, *, number: str, question: str) -> Handover:
    """The incoming does not take it, and says why: the outgoing stays answerable, a leader settles it (DUT-11)."""
    act.require("handovers.refuse")
    handover = cases.get_ready(act, Handover, number, why_not_take)
    if act.operator.code == handover.outgoing:
        raise NotAllowed(N_("Whoever goes takes it back with w."), clause="DUT-11")
    _stands(act, handover)
    handover.question = texts.needed(question, "question", 500)
    handover.incoming, handover.ended_at, handover.state = act.operator.code, act.now, "refused"
    act.session.add(handover)
    act.record("handovers.refuse", handover.number, duty.post_name(handover.post), post=handover.post)
    return handover


def withdraw(act: Act, *, number: str) -> Handover:
    """The outgoing takes back what nobody has taken yet; the page is live again."""
    act.require("handovers.withdraw")
    handover = cases.get_ready(act, Handover, number, why_not_take)
    if act.operator.code != handover.outgoing and not may(act.operator.roles, "handovers.settle"):
        raise NotAllowed(N_("Only whoever offered it takes it back, or a leader."))
    if not cover.present(act, handover.post):
        # Taken back it would be nobody's: whoever offered it has gone.
        raise StateChanged(N_("Nobody is on this post any more: the page waits for whoever comes."), clause="DUT-11")
    _over(act, handover)
    return handover


def _over(act: Act, handover: Handover, *, by_itself: bool = False) -> None:
    handover.ended_at, handover.state = act.now, "withdrawn"
    act.session.add(handover)
    act.record("handovers.withdraw", handover.number, by_itself=by_itself, post=handover.post)


def why_not_settle(view: View, handover: Handover) -> Refused | None:
    """A leader settles what was not taken, or was counted otherwise, once."""
    differs = any(note.kind == "counted" for note in cases.notes_of(view.session, handover.number))
    if (handover.state != "refused" and not differs) or handover.settled:
        return StateChanged(N_("Nothing of {number} is to be settled."), number=handover.number)
    return None


def settle(act: Act, *, number: str, words: str) -> Handover:
    """A leader says what holds after a handover was not taken; the outgoing offers it anew (DUT-11)."""
    act.require("handovers.settle")
    handover = cases.get_ready(act, Handover, number, why_not_settle)
    if act.operator.code in (handover.outgoing, handover.incoming):
        raise NotAllowed(N_("Somebody else settles it: you were one of the two."), clause="DUT-11")
    handover.settled = texts.needed(words, "words", 500)
    act.session.add(handover)
    cases.write_down(act, handover.number, "settle", handover.settled)
    act.record("handovers.settle", handover.number)
    return handover


def cover_noon(act: Act, *, post: str = "") -> Handover:
    """Somebody covers the post, over lunch or for a moment: with their code it is theirs (DUT-8).

    Raises:
        NotAllowed: one does not cover oneself, or does not stand there.
    """
    act.require("handovers.cover_noon")
    post = post or duty.DESK
    holder = cover.holder(act, post)
    if holder == act.operator.code:
        raise NotAllowed(N_("You answer for it already: somebody else signs."), clause="DUT-8")
    if not duty.stands_at(act.operator, post):
        raise NotAllowed(N_("You do not stand on this post."), clause="DUT-10")
    last = cover.last_taken(act, post)
    back = (
        last is not None
        and last.kind == "noon"
        and last.outgoing == act.operator.code
        and last.ended_at is not None
        and act.calendar.local(last.ended_at).date() == act.calendar.local(act.now).date()
    )
    if not (duty.is_noon(act, post) or back) or duty_life.open_one(act, post) is not None:
        raise NotAllowed(
            N_("Over lunch somebody covers; at other times the post is handed over, with h."), clause="DUT-8"
        )
    handover = Handover(
        number=act.number("handovers"), post=post, kind="noon", state="taken", outgoing=holder, offered_at=act.now,
        incoming=act.operator.code, ended_at=act.now,
    )  # fmt: skip
    act.session.add(handover)
    act.session.flush()
    _is_free(act, handover)
    _is_there(act, handover)
    act.record("handovers.take", handover.number, post=post, outgoing=holder, incoming=act.operator.code, noon="yes")
    return handover
