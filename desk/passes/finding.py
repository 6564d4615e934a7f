"""Passes by whatever is typed in their register: what the gate would find first, else words as in every register."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from data.passes import Pass, PassItem
from desk import looking
from desk.act import Desk
from desk.passes import gate
from desk.passes.terms import STATES

TEXTS = ("number", "mover", "plate", "destination", "void_reason")
# So many the register shows of what one line means: the gate shows the newest few.
MOST = 2000
# Sealed, but its time is over: a reader sees it as expired.
TIMED = ("signed", "sealed", "part")


def searched(desk: Desk, words: str) -> ColumnElement[bool] | None:
    """The condition on passes that a line asks for: number, tail, room, name, plate, phone, goods, state, age.

    Args:
        words: as typed; "" asks for everything.
    """
    if not words.strip():
        return None
    if found := gate.find(desk, words, MOST):
        return col(Pass.number).in_(found)
    now = desk.now()

    def also(word: looking.Word) -> list[ColumnElement[bool]]:
        goods = [col(PassItem.name).contains(one, autoescape=True) for one in word.spelt]
        means: list[ColumnElement[bool]] = [col(Pass.number).in_(select(PassItem.number).where(or_(*goods)))]
        if "expired" in word.keys(STATES):
            means.append(and_(col(Pass.state).in_(TIMED), col(Pass.valid_until) < now))
        return means

    return looking.where(
        Pass, looking.wanted(desk, words), now, at="issued_at", texts=TEXTS, sorts={"state": STATES}, also=also
    )
