"""The words of the register of consumables."""

from data.words import N_, named

SYSTEM = "supplies"
KINDS = {
    "add": N_("begun with"),
    "ask": N_("asked for"),
    "withdraw": N_("request taken back"),
    "buy": N_("bought"),
    "give": N_("given out"),
    "count": N_("counted"),
}
STATES = {"kept": N_("enough there"), "low": N_("below the minimum")}


def kind_name(kind: str) -> str:
    """What a line of the register says, in the reader's language."""
    return named(KINDS, kind)
