"""The book of a post 执勤记录: everything that happened there, and how it was handled (DUT-12, GRD-9)."""

from desk.postbook.terms import SYSTEM

__all__ = ["SYSTEM"]
