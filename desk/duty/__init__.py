"""The duty roster: who is on which post when; nobody leaves one empty (DUT-1 to DUT-4, DUT-8, DUT-11).

terms: words, posts, stretches of a day · plan: put on, taken off · swapping: changed with somebody ·
life: there, gone, waiting for relief · cover: who is there, what is not covered.
"""

from desk.duty.terms import SYSTEM

__all__ = ["SYSTEM"]
