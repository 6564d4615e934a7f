"""Finding people for a form: any fragment to lines of room, name and relation."""

from collections.abc import Callable, Sequence

from desk import directory, search
from desk.act import Desk
from desk.contacts import intake
from desk.contacts.recent import last_callers
from desk.ground.relations import relation_name
from screens.house import House

Key = tuple[int, int | None]


def finder(app: House) -> Callable[[str], Sequence[tuple[object, str]]]:
    """A search over the archive of the application's desk."""

    def find(fragment: str) -> list[tuple[object, str]]:
        return [((one.unit_id, one.person_id), line(one)) for one in search.find(app.desk, fragment)]

    return find


def recent(app: House, most: int) -> Callable[[], Sequence[tuple[object, str]]]:
    """Who called last: room and name, and behind a tab when and what about."""

    def find() -> list[tuple[object, str]]:
        calendar = app.desk.calendar()
        return [
            (
                (one.unit_id, one.person_id),
                f"{who}\t{calendar.local(one.at):%H:%M} {intake.kind_name(one.kind)} {one.what}",
            )
            for one, who in last_callers(app.desk, most)
        ]

    return find


def line(one: search.Found) -> str:
    """One result: room, name, relation, phone."""
    star = "★" if one.vip else ""
    return f"{one.unit:<11} {one.name}{star} {relation_name(one.relation)} {one.phone}".rstrip()


def label_of(desk: Desk, unit_id: int) -> str:
    """The label of a home."""
    with desk.read() as session:
        return directory.unit_by_id(session, unit_id).label
