"""Finding people, and the journal."""

from typing import Annotated

import typer

from data.words import _
from desk import journal, search
from desk.calendar import moments
from desk.ground.relations import relation_name
from screens.cli.common import AsJson, AsReader, StorePath, answer, asked, reading


def find(fragment: str, code: AsReader = "", store: StorePath = None, as_json: AsJson = False) -> None:
    """Find people by any fragment of name, pinyin, room, phone or plate."""
    rows = reading(store, code, lambda desk: search.find(desk, fragment))
    answer(
        [row._asdict() for row in rows],
        as_json,
        lambda _rows: (
            "\n".join(f"{row.unit}\t{row.name}\t{relation_name(row.relation)}\t{row.phone}" for row in rows)
            or _("Nobody was found.")
        ),
    )


def show_journal(
    count: Annotated[int, typer.Option(min=1, max=10000, help="How many entries.")] = 50,
    record: Annotated[str, typer.Option(help="Only this record, oldest first.")] = "",
    code: AsReader = "",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """What happened, newest first."""
    with asked(store, code) as desk:
        calendar = desk.calendar()
        with desk.read() as session:
            entries = journal.timeline(session, record) if record else journal.latest(session, count)
    rows = [
        {"number": e.number, "at": e.at, "operator": e.operator, "verb": e.verb, "record": e.record, "facts": e.facts}
        for e in entries
    ]
    answer(
        rows,
        as_json,
        lambda _rows: "\n".join(
            f"{e.number}\t{moments.shown(e.at, calendar)}\t{e.operator}\t{journal.said(e)}\t{e.record}" for e in entries
        ),
    )


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.command("find")(find)
    app.command("journal")(show_journal)
