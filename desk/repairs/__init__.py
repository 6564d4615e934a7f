"""Reported repairs: here the record, its order and the hand-over to engineering (REP-4, REP-5, INT-16)."""

from desk.repairs.life import SYSTEM, close, notify, order

__all__ = ["SYSTEM", "close", "notify", "order"]
