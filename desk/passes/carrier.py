"""Whose card it is: whoever claims to be on file is compared with the archive of that room (REL-1, REL-22)."""

import re
import unicodedata

from sqlmodel import Session, col, select

from data.cleaning import clean
from data.directory import Occupancy, Person
from data.words import N_
from desk.act import Act
from desk.ground import idcards
from desk.ground.refusals import Invalid, NotAllowed
from desk.ground.roles import LEADERS
from desk.ground.texts import needed

# Who claims to be on file, and as what; everybody else is known by somebody who is.
CLAIMS = {"owner": "owner", "tenant": "tenant"}
LONGEST_REASON = 200


def claims_to_be_on_file(carrier: str, *, by_phone: bool) -> bool:
    """Whether this carrier stands at the desk as somebody the archive should know."""
    return carrier in CLAIMS and not by_phone


def on_file(session: Session, unit_id: int, relation: str) -> list[Person]:
    """Who lives in a unit as owner or tenant, as the archive knows it today."""
    query = select(Person).join(Occupancy, col(Occupancy.person_id) == Person.id)
    query = query.where(Occupancy.unit_id == unit_id, Occupancy.relation == relation, col(Occupancy.until).is_(None))
    return list(session.exec(query.order_by(col(Person.id))))


def check_card(
    act: Act, *, unit_id: int, carrier: str, name: str, number: str, seen: bool, archive_wrong: str = ""
) -> None:
    """Compare the card that was seen with the archive of the room (REL-1, REL-22; X-34).

    Args:
        number: as it stands on the card.
        archive_wrong: why a supervisor passes the carrier although the archive says otherwise.

    Raises:
        Invalid: the card was not seen, or name or number differ from the archive, or it holds none.
        NotAllowed: somebody who is no supervisor calls the archive wrong.
    """
    if not seen:
        raise Invalid(N_("The original ID card must be seen first."), field="id_seen", clause="REL-1")
    if not clean(number):
        raise Invalid(
            N_("Type the number that stands on the card: it is compared with the archive."),
            field="mover_id",
            clause="REL-1",
        )
    if archive_wrong:
        needed(archive_wrong, "archive_wrong", LONGEST_REASON)
        if not LEADERS & set(act.operator.roles.split()):
            raise NotAllowed(N_("Only a supervisor passes somebody whose card and archive differ."), clause="REL-1")
        return
    difference = _difference(act, unit_id, carrier, name, number)
    if difference is not None:
        raise difference


def check_phoned(act: Act, *, unit_id: int, name: str, number: str) -> None:
    """An owner who phones in carries the goods in person: whoever else does is no owner (REL-2, REL-22).

    Raises:
        Invalid: the mover is not the owner on file.
    """
    if _difference(act, unit_id, "owner", name, number) is not None:
        raise Invalid(
            N_("Who carries the goods is not the owner on file: say who it is, and the owner is called."),
            field="carrier",
            clause="REL-22",
        )


def _difference(act: Act, unit_id: int, carrier: str, name: str, number: str) -> Invalid | None:
    """Where the card and the archive differ, or None; nothing of the archive is told to who stands at the desk."""
    people = on_file(act.session, unit_id, CLAIMS[carrier])
    if not people:
        if carrier == "tenant":
            return Invalid(
                N_("The archive holds no tenant of this room: choose another carrier, and the owner is called."),
                field="carrier",
                clause="REL-22",
            )
        return Invalid(
            N_("The archive holds no owner of this room: complete it, or a supervisor says why it is wrong."),
            field="mover",
            clause="REL-1",
        )
    named = [person for person in people if plain_name(person.name) == plain_name(name)]
    if not named:
        return Invalid(
            N_("Nobody of this name is on file for this room: read the card again, or a supervisor says why."),
            field="mover",
            clause="REL-1",
        )
    known = [person for person in named if person.id_card_sealed is not None]
    if not known:
        return Invalid(
            N_("The archive holds no ID number to compare: complete it, or a supervisor says why it is wrong."),
            field="mover_id",
            clause="REL-1",
        )
    if not any(idcards.same(number, _number(act, person)) for person in known):
        return Invalid(
            N_("The number differs from the archive: read the card again, or a supervisor says why it is wrong."),
            field="mover_id",
            clause="REL-1",
        )
    return None


def _number(act: Act, person: Person) -> str:
    assert person.id_card_sealed is not None
    return idcards.unseal(act.store.keys, person.id_card_sealed, f"person:{person.id}")


def plain_name(name: str) -> str:
    """A name as it is compared: without blanks, dots and width, in small letters."""
    return re.sub(r"[\s·•‧・．.]", "", unicodedata.normalize("NFKC", clean(name))).casefold()
