"""Return visits after an event: within a month, to a tenth of the households that came (RV-7, EVT-2, N-5)."""

from sqlmodel import Session, col, func, select

from data.cases import Visit
from data.rounds import Hearing
from data.words import N_
from desk import cases, directory
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.hearings.life import raise_item
from desk.hearings.terms import VISITED, VISITS
from desk.view import View

SHARE = "N-5"
# A note of an event: the home that was visited about it.
NOTE = "visited"


def made(session: Session, number: str) -> int:
    """How many households were visited about an event."""
    query = select(func.count()).where(Visit.number == number, col(Visit.reached))
    return session.exec(query).one()


def needed(view: View, held: Hearing) -> int:
    """How many households are to be visited about an event: the site's share of those that came (N-5)."""
    share = int("".join(char for char in view.chosen(SHARE) if char.isdecimal()) or 0)
    return -(-held.households * share // 100)


def why_not_visit(_view: View, held: Hearing) -> Refused | None:
    """Who came to an event or a festival is visited about it; a forum and a form have their minutes."""
    if held.kind not in VISITED or not held.households:
        return StateChanged(N_("Who came to an event is visited about it."), clause="RV-7")
    return None


def visit(
    act: Act,
    *,
    number: str,
    room: str,
    satisfied: str,
    how: str = "phone",
    suggestions: str = "",
    becomes: str = "complaint",
) -> Hearing:
    """Write down a return visit about an event; its promise is kept once enough households were visited (RV-7).

    Args:
        room: the home that came, in any spelling, once an event; how: a key of VISITS.
        satisfied: "yes" or "no"; suggestions: in their words, needed where they are not satisfied.
        becomes: what that becomes then, a record of its own (RV-12, RV-46).

    Raises:
        Invalid: at the field; StateChanged: nobody is visited about this occasion.
    """
    act.require("hearings.visit")
    held = cases.get_ready(act, Hearing, number, why_not_visit)
    label = directory.unit_by_label(act.session, room).label
    if any(
        note.kind == NOTE and note.text.partition(" ")[0] == label for note in cases.notes_of(act.session, held.number)
    ):
        raise Invalid(N_("{home} was visited about it already."), field="room", home=label)
    if how not in VISITS:
        raise Invalid(N_("Choose how they were visited."), field="how")
    if satisfied not in ("yes", "no"):
        raise Invalid(N_("Choose whether they are satisfied."), field="satisfied", clause="RV-9")
    if satisfied == "no" and not suggestions.strip():
        raise Invalid(N_("Write what is wrong: it becomes a record."), field="suggestions", clause="RV-12")
    said = texts.limited(suggestions, "suggestions", 500)
    act.session.add(
        Visit(number=held.number, at=act.now, visitor=act.operator.code, how=how, reached=True, satisfied=satisfied,
              suggestions=said)
    )  # fmt: skip
    cases.write_down(act, held.number, NOTE, f"{label} {said}".strip())
    act.session.flush()
    if satisfied == "no":
        raise_item(act, number=held.number, raised=said, becomes=becomes, room=label)
    count = made(act.session, held.number)
    act.record("hearings.visit", held.number, held.topic, satisfied=satisfied, count=count)
    if count >= needed(act, held):
        act.record("hearings.visited", held.number, by_itself=True)
    return held
