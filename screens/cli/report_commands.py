"""Day, week and month sheets from the command line."""

from pathlib import Path
from typing import Annotated

import typer

from data.words import _
from desk import reports
from desk.calendar import moments
from desk.paper import sheets
from screens.cli.common import AsCode, AsJson, StorePath, acting, answer, opened

Day = Annotated[str, typer.Option(help="A day inside it, such as 2026-11-25; today when empty.")]


def report(
    kind: Annotated[str, typer.Argument(help="day, week or month.")] = "day",
    day: Day = "",
    pdf: Annotated[Path | None, typer.Option(help="Save as PDF.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Save as a spreadsheet.")] = None,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """What a day, a week or a month has brought."""
    with opened(store) as desk:
        calendar = desk.calendar()
        inside = moments.day(day, calendar.local(desk.now()).date(), field="day")
        document = reports.document(desk, reports.period(calendar, kind, inside))
        from screens.printing import put_document

        if pdf is not None:
            typer.echo(put_document(desk, document, pdf))
        if xlsx is not None:
            sheets.write_tables(xlsx, document.tables)
            typer.echo(_("Saved: {file}.", file=xlsx))
    if pdf is not None or xlsx is not None:
        return
    from screens.reports import sheet_lines

    tables = [{"title": one.title, "headings": one.headings, "rows": one.rows} for one in document.tables]
    answer(
        {"title": document.title, "tables": tables},
        as_json,
        lambda _found: "\n".join(line.plain.rstrip() for line in sheet_lines(document)),
    )


def file_week(summary: str, day: Day = "", code: AsCode = "", store: StorePath = None) -> None:
    """Sum the week up, report it and file it."""
    with opened(store) as desk:
        reports.open_week(desk)
        inside = moments.day(day, desk.calendar().local(desk.now()).date(), field="day")
    typer.echo(acting(store, code, lambda act: reports.file_week(act, day=inside, summary=summary)))


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.command("report")(report)
    app.command("file-week")(file_week)
