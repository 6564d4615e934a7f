"""What the archive was told by mistake is taken back: somebody who moved out and did not, a home that is none."""

from sqlalchemy import Column, exists, literal
from sqlmodel import Session, SQLModel, col, delete, select

from data.directory import Occupancy, Person, SearchTerm, Unit
from data.words import N_
from desk.act import Act
from desk.archive.residents import check_proof, earlier, keeper, reindex, ties, unit_of
from desk.ground.refusals import NotFound, Refused, StateChanged
from desk.ground.texts import needed
from desk.view import View


def gone(view: View, unit: Unit) -> list[tuple[Person, Occupancy]]:
    """Who lived in a home and does not now, each once, the last one first."""
    here = {person.id for _tie, person in ties(view.session, unit.id or 0)}
    left = [one for one in earlier(view.session, unit.id or 0) if one[0].joined_to is None]
    found = {person.id: (person, tie) for person, tie in reversed(left)}
    return [one for person_id, one in reversed(found.items()) if person_id not in here]


def why_not_move_back(view: View, unit: Unit) -> Refused | None:
    """Somebody lived here before."""
    return None if gone(view, unit) else StateChanged(N_("Nobody has moved out of {number}."), number=unit.label)


def move_back(act: Act, *, number: str, person: str, proof: str) -> Person:
    """Somebody was said to have moved out and did not: they live here as if it had never been said.

    Their vehicles were freed then and are written down again.

    Args:
        person: number in the archive, or name.

    Raises:
        NotFound: at "person", nobody of that name moved out of here.
    """
    act.require("directory.move_back")
    unit = unit_of(act.session, number)
    check_proof(proof)
    for one, tie in gone(act, unit):
        if person.strip() in (str(one.id), one.name):
            keeper(act, tie.relation)
            was, tie.until = tie.until, None
            act.session.add(tie)
            act.session.flush()
            reindex(act.session, unit)
            act.record(
                "directory.move_back", unit.label, person=one.id, relation=tie.relation, proof=proof, was=str(was)
            )
            return one
    raise NotFound(N_("Nobody of that name has moved out of {number}."), field="person", number=unit.label)


def why_not_remove(view: View, unit: Unit) -> Refused | None:
    """Only a home of which nothing was ever written down can be taken out of the archive."""
    if any(_named(view.session, column, unit) for column in _columns()):
        return StateChanged(N_("Something is written down of {number}: it stays in the archive."), number=unit.label)
    return None


def remove_home(act: Act, *, number: str, reason: str) -> None:
    """Take a home out of the archive that was added by mistake."""
    act.require("directory.remove_home")
    unit = unit_of(act.session, number)
    if (refused := why_not_remove(act, unit)) is not None:
        raise refused
    act.session.exec(delete(SearchTerm).where(col(SearchTerm.unit_id) == unit.id))
    act.session.delete(unit)
    act.record("directory.remove_home", unit.label, reason=needed(reason, "reason", 200))


def _columns() -> list[Column[int]]:
    """Every column of every table that names a home, but for what it is found by; most homes have people."""
    tables = [Occupancy.__table__, *SQLModel.metadata.sorted_tables]  # type: ignore[attr-defined]
    own = SearchTerm.__tablename__
    return [table.columns["unit_id"] for table in tables if "unit_id" in table.columns and table.name != own]


def _named(session: Session, column: Column[int], unit: Unit) -> bool:
    return bool(session.exec(select(literal(1)).where(exists().where(column == unit.id))).first())
