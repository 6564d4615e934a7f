"""The words of an occasion on which residents are heard."""

from data.words import N_, named

SYSTEM = "hearings"
KINDS = {
    "forum": N_("residents' forum"),
    "survey": N_("questionnaire"),
    "festival": N_("festival"),
    "event": N_("community event"),
    "round": N_("talk on an inspection round"),
}
# Occasions whose guests are visited afterwards, and how: at home only a visit of the round is made (RV-7, RV-17).
VISITED = ("event", "festival")
VISITS = ("phone", "desk", "outside")


def kind_name(kind: str) -> str:
    """What occasion it was, in the reader's language."""
    return named(KINDS, kind)
