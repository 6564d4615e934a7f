"""The words of planned visits: why a home is on the plan, and how a visit ended."""

from data.words import N_

SYSTEM = "rounds"
# The promise to visit who is dissatisfied, said nothing or has not signed: these must be (RV-10).
MUST = "T-25"
KINDS = {
    "routine": N_("routine"),
    "chosen": N_("many complaints"),
    "sample": N_("drawn by lot"),
    "director": N_("the director's"),
    "wished": N_("put down by hand"),
}
RESULTS = {
    "visited": N_("visited"),
    "unreached": N_("not reached"),
    "declined": N_("wishes no visit"),
    "dropped": N_("taken off the plan"),
}
