"""The unified social credit code of a company, which stands for it as a card stands for a person (GB 32100-2015)."""

import re

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(f"[1-9A-HJ-NP-RTUWXY]{{2}}[0-9]{{6}}[{LETTERS}]{{10}}")


def is_valid(number: str) -> bool:
    """Whether a normal number is a credit code whose last character fits."""
    if not _SHAPE.fullmatch(number):
        return False
    total = sum(LETTERS.index(character) * 3**place % 31 for place, character in enumerate(number[:17]))
    return LETTERS[-total % 31] == number[17]
