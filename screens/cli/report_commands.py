"""Day, week, month and year sheets from the command line."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from data.words import _
from desk import reports
from desk.act import Desk
from desk.calendar import moments
from desk.paper import sheets
from desk.reports import worklog
from screens.cli.common import AsCode, AsJson, AsReader, StorePath, acting, answer, asked, looking

LOG = "log"
Day = Annotated[str, typer.Option(help="A day inside it, such as 2026-11-25; today when empty.")]


def report(
    kind: Annotated[str, typer.Argument(help="day, week, month or year; log for the work log of a day.")] = "day",
    day: Day = "",
    pdf: Annotated[Path | None, typer.Option(help="Save as PDF.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Save as a spreadsheet.")] = None,
    code: AsReader = "",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """What a day, a week, a month or a year has brought."""
    with asked(store, code) as desk:
        calendar = desk.calendar()
        inside = moments.day(day, calendar.local(desk.now()).date(), field="day")
        span = reports.period(calendar, "day" if kind == LOG else kind, inside)
        document = worklog.document(desk, span) if kind == LOG else reports.document(desk, span)
        from screens.printing import put_document

        if pdf is not None:
            typer.echo(put_document(desk, document, pdf))
        if xlsx is not None:
            sheets.write_tables(xlsx, document.tables)
            typer.echo(_("Saved: {file}.", file=xlsx))
    if pdf is not None or xlsx is not None:
        return
    from screens.sheet_lines import sheet_lines

    tables = [{"title": one.title, "headings": one.headings, "rows": one.rows} for one in document.tables]
    answer(
        {"title": document.title, "tables": tables},
        as_json,
        lambda _found: "\n".join(line.content.plain.rstrip() for line in sheet_lines(document)),
    )


def file_week(summary: str, day: Day = "", code: AsCode = "", store: StorePath = None) -> None:
    """Sum the week up, report it and file it."""
    inside = _inside(store, day)
    typer.echo(acting(store, code, lambda act: reports.file_week(act, day=inside, summary=summary)))


def close_month(opinion: str, day: Day = "", code: AsCode = "", store: StorePath = None) -> None:
    """Read the month, sign and close it: its figures never change again."""
    inside = _inside(store, day)
    typer.echo(acting(store, code, lambda act: reports.close_month(act, day=inside, opinion=opinion)))


def close_year(opinion: str, day: Day = "", code: AsCode = "", store: StorePath = None) -> None:
    """Review the year, sign and close it: its figures never change again."""
    inside = _inside(store, day)
    typer.echo(acting(store, code, lambda act: reports.close_year(act, day=inside, opinion=opinion)))


def send_copy(day: Day = "", code: AsCode = "", store: StorePath = None) -> None:
    """The copy of a month's sheet goes to the company."""
    inside = _inside(store, day)
    typer.echo(acting(store, code, lambda act: reports.send_copy(act, day=inside)))


def _inside(store: StorePath, day: str) -> date:
    """The day that was typed, today when none was; the periods of today are open."""

    def inside(desk: Desk) -> date:
        reports.open_periods(desk)
        return moments.day(day, desk.calendar().local(desk.now()).date(), field="day")

    return looking(store, inside)


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.command("report")(report)
    app.command("file-week")(file_week)
    app.command("close-month")(close_month)
    app.command("close-year")(close_year)
    app.command("send-copy")(send_copy)
