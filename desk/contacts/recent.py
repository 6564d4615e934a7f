"""Who called last: mostly it is one of them who calls again."""

from datetime import timedelta

from sqlmodel import col, select

from data.cases import Contact
from desk import cases
from desk.act import Desk

# Of the last so many contacts.
LOOKED_AT = 30
FOR = timedelta(hours=24)


def last_callers(desk: Desk, most: int) -> list[tuple[Contact, str]]:
    """The last contact of each household's caller within a day, the newest first, with who it was.

    Args:
        most: so many are told at most.
    """
    if not (desk.may("contacts.read") and desk.may("directory.read")):
        return []
    found: dict[tuple[int | None, int | None], tuple[Contact, str]] = {}
    with desk.read() as session:
        since = desk.now() - FOR
        query = select(Contact).where(Contact.at >= since).order_by(col(Contact.at).desc()).limit(LOOKED_AT)
        for one in session.exec(query):
            if one.unit_id is not None and one.person_id is not None and len(found) < most:
                key = (one.unit_id, one.person_id)
                found[key] = found.get(key) or (one, cases.who_came(session, one))
    return list(found.values())
