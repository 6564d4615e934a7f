"""The words of the post book."""

from data.words import N_, named

SYSTEM = "postbook"
STATES = {"open": N_("not handled"), "handled": N_("handled")}


def state_name(handled: bool) -> str:
    """Whether an event was handled, in the reader's language."""
    return named(STATES, "handled" if handled else "open")
