"""Reading passes: one by its number, its goods, its room, and the one that took its place."""

from collections.abc import Callable

from sqlmodel import Session, col, select

from data.passes import Pass, PassItem
from data.words import N_, _
from desk import directory
from desk.act import Act
from desk.ground.refusals import NotFound, Refused, StateChanged
from desk.passes import contents
from desk.passes.terms import state_name
from desk.view import View

# How many of its goods a pass names in a question.
MOST_NAMED = 4


def get(session: Session, number: str) -> Pass:
    """One pass; refuses an unknown number."""
    paper = session.get(Pass, number.strip().upper())
    if paper is None:
        raise NotFound(N_("There is no pass {number}."), field="number", number=number)
    return paper


def items_of(session: Session, number: str) -> list[PassItem]:
    """The goods of a pass by line."""
    return list(session.exec(select(PassItem).where(PassItem.number == number).order_by(col(PassItem.line))))


def replaced_by(session: Session, number: str) -> str:
    """The number of the pass that was issued instead of this one, or ""."""
    query = select(Pass.number).where(Pass.replaces == number).order_by(col(Pass.number).desc()).limit(1)
    return session.exec(query).first() or ""


def unit_label(session: Session, paper: Pass) -> str:
    """The room of a pass."""
    return directory.unit_by_id(session, paper.unit_id).label


def in_words(session: Session, number: str) -> str:
    """A pass in one line, as a question about it names it: number, room, who carries, what."""
    paper = get(session, number)
    items = items_of(session, number)
    goods = ", ".join(f"{item.name} {item.quantity}" for item in items[:MOST_NAMED])
    if len(items) > MOST_NAMED:
        goods += " " + _("and {count} more", count=len(items) - MOST_NAMED)
    owner = paper.owner.partition(" ")[0]
    return f"{paper.number} · {unit_label(session, paper)} {owner} · {paper.mover} · {goods}"


def why_not_in(view: View, paper: Pass, *states: str, genuine: bool = True) -> Refused | None:
    """Why a pass is not in one of these states as its last act left it, or None where it is.

    Args:
        genuine: False where a pass that somebody changed otherwise may be ended all the same.
    """
    if genuine and not contents.genuine(view, paper):
        return StateChanged(
            N_("{number} was changed outside the desk: void it, and tell the supervisor."), number=paper.number
        )
    if paper.state not in states:
        return StateChanged(
            N_("{number} is now: {state}. Look at it again."), number=paper.number, state=state_name(paper.state)
        )
    return None


def ready(act: Act, number: str, why_not: Callable[[View, Pass], Refused | None]) -> Pass:
    """A pass that is ready for a step; raises what the step's rule says against it."""
    paper = get(act.session, number)
    if (refused := why_not(act, paper)) is not None:
        raise refused
    return paper
