"""Finding people for a form: any fragment to lines of room, name and relation."""

from collections.abc import Callable, Sequence

from desk import directory, search
from desk.act import Desk
from desk.systems import may
from screens.house import House
from screens.text import masked_phone

Key = tuple[int, int | None]


def finder(app: House) -> Callable[[str], Sequence[tuple[object, str]]]:
    """A search over the archive of the application's desk."""

    def find(fragment: str) -> list[tuple[object, str]]:
        found = search.find(app.desk.store, fragment)
        open_ = app.who is not None and may(app.who.roles, "directory.phones")
        return [((one.unit_id, one.person_id), line(one, phones=open_)) for one in found]

    return find


def line(one: search.Found, *, phones: bool = True) -> str:
    """One result: room, name, relation, phone; the phone masked where it may not be seen."""
    star = "★" if one.vip else ""
    phone = one.phone if phones else masked_phone(one.phone) if one.phone else ""
    return f"{one.unit:<11} {one.name}{star} {directory.relation_name(one.relation)} {phone}".rstrip()


def label_of(desk: Desk, unit_id: int) -> str:
    """The label of a home."""
    with desk.read() as session:
        return directory.unit_by_id(session, unit_id).label
