"""The words of a release pass: who carries, what for, in which state it is (REL-15, REL-17, D3)."""

from data.words import N_, named

CARRIERS = {
    "owner": N_("owner"),
    "tenant": N_("tenant"),
    "child": N_("child"),
    "relative": N_("relative"),
    "nanny": N_("nanny"),
    "housekeeper": N_("housekeeper"),
    "labourer": N_("labourer"),
    "employee": N_("employee"),
    "other": N_("other person"),
}
NATURES = {"temporary": N_("temporary"), "moving_out": N_("moving out")}
REASONS = {
    "move": N_("moving house"),
    "repair": N_("to be repaired"),
    "give": N_("given away or sold"),
    "return": N_("given back"),
    "use": N_("used elsewhere"),
    "other": N_("other"),
}
STATES = {
    "hold": N_("on hold"),
    "issued": N_("to be signed"),
    "signed": N_("signed, not sealed"),
    "sealed": N_("sealed"),
    "part": N_("partly out"),
    "out": N_("let out"),
    "expired": N_("expired"),
    "refused": N_("refused at the gate"),
    "void": N_("void"),
}
# The states in which the contents may still be told apart from the signed paper: nothing is fixed yet.
OPEN = ("hold", "issued")
LIVE = ("hold", "issued", "signed", "sealed", "part", "refused")
SLIPS = {
    "due": N_("lower part not back"),
    "back": N_("lower part back"),
    "destroyed": N_("lower part destroyed"),
    "lost": N_("lower part lost"),
}


def state_name(state: str) -> str:
    """The state in the reader's language."""
    return named(STATES, state)


def carrier_name(carrier: str) -> str:
    """The carrier in the reader's language."""
    return named(CARRIERS, carrier)


def nature_name(nature: str) -> str:
    """The nature in the reader's language."""
    return named(NATURES, nature)


def reason_name(reason: str) -> str:
    """The reason in the reader's language; one in somebody's own words stays as it is."""
    return named(REASONS, reason)


def slip_name(slip: str) -> str:
    """Where the lower part is, in the reader's language."""
    return named(SLIPS, slip)
