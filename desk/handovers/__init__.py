"""Handing a post over: a page that fills itself, two signatures, a recipient that always exists (DUT-3, 8, 10, 11).

terms: words · page: what is open, as it stands · things: what is counted · life: marked, offered, taken or not.
"""

from desk.handovers.terms import SYSTEM

__all__ = ["SYSTEM"]
