"""What happened on a post is written down and handled, each in its own words (DUT-12, GRD-9)."""

from datetime import datetime, timedelta

from data.duty import PostEntry
from data.words import N_
from desk import cases
from desk.act import Act
from desk.duty import terms as duty
from desk.duty.cover import post_of
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.view import View

# What is older belongs to a shift that has been handed over.
OLDEST = timedelta(days=2)


def write(act: Act, *, what: str, handled: str = "", post: str = "", at: datetime | None = None) -> PostEntry:
    """Write down what happened, and what was done about it if it was (DUT-12, GRD-9).

    Args:
        post: one's own when empty; at: when it was, now when None.

    Raises:
        Invalid: at the field.
    """
    act.require("postbook.write")
    post = post or post_of(act)
    if post not in duty.posts(act.settings):
        raise Invalid(N_("Choose a post that the site mans."), field="post")
    at = at or act.now
    if not act.now - OLDEST <= at <= act.now:
        raise Invalid(N_("It has happened, and within two days."), field="at")
    entry = PostEntry(
        number=act.number("postbook"), post=post, at=at, what=texts.needed(what, "what", 500),
        written_by=act.operator.code, written_at=act.now,
    )  # fmt: skip
    if handled.strip():
        _handled(act, entry, handled)
    act.session.add(entry)
    act.session.flush()
    done = "yes" if entry.handled_at else "no"
    act.record("postbook.write", entry.number, f"{duty.post_name(post)} {entry.what}", post=post, handled=done)
    return entry


def _handled(act: Act, entry: PostEntry, words: str) -> None:
    entry.handled = texts.needed(words, "handled", 500)
    entry.handled_at, entry.handled_by = act.now, act.operator.code
    act.session.add(entry)


def why_not_handle(_view: View, entry: PostEntry) -> Refused | None:
    """What was handled stays as it was written."""
    if entry.handled_at is not None:
        return StateChanged(N_("{number} is handled already."), number=entry.number, clause="DUT-12")
    return None


def handle(act: Act, *, number: str, handled: str) -> PostEntry:
    """Write down what was done about it (DUT-12)."""
    act.require("postbook.handle")
    entry = cases.get_ready(act, PostEntry, number, why_not_handle)
    _handled(act, entry, handled)
    act.record("postbook.handle", entry.number, post=entry.post)
    return entry
