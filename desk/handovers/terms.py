"""The words of a handover: to whom, how far it is, what a line is about, how it is marked."""

from data.words import N_, named

SYSTEM = "handovers"
TOMORROW = "tomorrow"
TO = {"next": N_("whoever comes next"), "guards": N_("the guards"), TOMORROW: N_("tomorrow")}
STATES = {
    "offered": N_("waits for its taker"),
    "taken": N_("taken"),
    "refused": N_("not taken"),
    "withdrawn": N_("withdrawn"),
}
WATCH, FIRST = "2", "3"
MARKS = {"1": N_("as usual"), WATCH: N_("watch"), FIRST: N_("do first")}
# Why a line stands on the page, in the order in which the page has them.
KINDS = {
    "emergency": N_("emergency"),
    "carried": N_("left for today"),
    "event": N_("event, not handled"),
    "late": N_("late"),
    "due": N_("due"),
    "appointment": N_("appointment"),
    "hold": N_("pass on hold"),
    "pass": N_("pass to the gate"),
    "waiting": N_("waits"),
    "paper": N_("paper out"),
}
# A line that nobody moved for so many handovers is stale.
STALE = 3
STALE_RULE = "handover.stale"
# Under which setting stands what is counted at a post.
THINGS = "things:"


def kind_name(kind: str) -> str:
    """Why a line stands on the page, in the reader's language."""
    return named(KINDS, kind)


def mark_name(mark: str) -> str:
    """A mark in the reader's language."""
    return named(MARKS, mark)


def state_name(state: str) -> str:
    """How far a handover is, in the reader's language."""
    return named(STATES, state)


def to_name(goes_to: str) -> str:
    """To whom a post is handed, in the reader's language."""
    return named(TO, goes_to)
