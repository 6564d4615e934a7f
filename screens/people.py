"""Finding people for a form: any fragment to lines of room, name and relation."""

from collections.abc import Callable, Sequence

from desk import directory, search
from screens.house import House

Key = tuple[int, int | None]


def finder(app: House) -> Callable[[str], Sequence[tuple[object, str]]]:
    """A search over the archive of the application's desk."""

    def find(fragment: str) -> list[tuple[object, str]]:
        found = search.find(app.desk.store, fragment)
        return [((one.unit_id, one.person_id), line(one)) for one in found]

    return find


def line(one: search.Found) -> str:
    """One result: room, name, relation, phone."""
    star = "★" if one.vip else ""
    return f"{one.unit:<11} {one.name}{star} {directory.relation_name(one.relation)} {one.phone}".rstrip()
