"""Four eyes: who issued a pass does not sign its fees, and neither of them lets it out, unless the site chose so."""

from data.words import N_
from desk.act import Act
from desk.ground.refusals import NotAllowed

RULE = "pass.eyes"
APART = "three people"


def must_be_another(act: Act, *others: str) -> None:
    """Refuse somebody who did an earlier part of the same pass.

    Raises:
        NotAllowed: the site wants another person here.
    """
    if act.operator.code in others and act.chosen(RULE) == APART:
        raise NotAllowed(
            N_("Somebody else does this: you issued or signed this pass already (the site may choose otherwise).")
        )
