"""Consumables and office goods 耗材: asked for, bought, kept, given out, with a minimum (DUT-13, F-63)."""

from desk.supplies.terms import SYSTEM

__all__ = ["SYSTEM"]
