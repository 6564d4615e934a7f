"""Finding, taking contacts, complaints, requests, the journal."""

from typing import Annotated, Any

import typer

from data.words import _
from desk import (
    cases,
    clocks,
    complaints,
    directory,
    followups,
    intake,
    journal,
    moments,
    repairs,
    requests,
    search,
)
from desk.act import Act, Desk
from screens.cli.common import AsCode, AsJson, StorePath, acting, answer, opened, reading

complaint = typer.Typer(help="Complaints.", no_args_is_help=True)
request = typer.Typer(help="Requests and suggestions.", no_args_is_help=True)
repair = typer.Typer(help="Reported repairs.", no_args_is_help=True)
PROCEDURES: dict[str, Any] = {"complaints": complaints, "requests": requests, "repairs": repairs}


def find(fragment: str, store: StorePath = None, as_json: AsJson = False) -> None:
    """Find people by any fragment of name, pinyin, room, phone or plate."""
    rows = reading(store, lambda desk: search.find(desk.store, fragment))
    answer(
        [vars(row) for row in rows], as_json,
        lambda _rows: "\n".join(
            f"{row.unit}\t{row.name}\t{directory.relation_name(row.relation)}\t{row.phone}" for row in rows
        ) or _("Nobody was found."),
    )  # fmt: skip


def take(
    what: str,
    channel: Annotated[str, typer.Option(help="visit, phone, letter, fax or other.")] = "phone",
    kind: Annotated[str, typer.Option(help="question, request, complaint, repair, pass or other.")] = "question",
    room: Annotated[str, typer.Option(help="The room, in any spelling.")] = "",
    stranger: Annotated[str, typer.Option(help="Name of somebody who does not live here.")] = "",
    caller: Annotated[str, typer.Option(help="The number from the display.")] = "",
    answer_text: Annotated[str, typer.Option("--answer", help="What they were told, for a question.")] = "",
    promised: Annotated[str, typer.Option(help="Promised time, for a request: 15:30 or +2h.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Take a visit, call, letter or fax."""

    def work(act: Any) -> intake.Taken:
        until = moments.parse(promised, act.calendar, act.now, field="promised") if promised else None
        unit = directory.unit_by_label(act.session, room).id if room else None
        return intake.take(
            act, channel=channel, kind=kind, what=what, unit_id=unit, stranger=stranger,
            caller_number=caller, answer=answer_text, promised_at=until,
        )  # fmt: skip

    taken = acting(store, code, work)
    typer.echo(" ".join(part for part in (taken.contact, taken.record) if part))
    with opened(store) as desk:
        typer.echo(clocks.read_back(desk, taken.record or taken.contact), err=True)


def show_journal(
    count: Annotated[int, typer.Option(min=1, max=10000, help="How many entries.")] = 50,
    record: Annotated[str, typer.Option(help="Only this record, oldest first.")] = "",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """What happened, newest first."""
    with opened(store) as desk:
        calendar = desk.calendar()
        with desk.read() as session:
            entries = journal.timeline(session, record) if record else journal.latest(session, count)
    rows = [
        {
            "number": e.number,
            "at": e.at,
            "operator": e.operator,
            "verb": e.verb,
            "record": e.record,
            "facts": e.facts,
        }
        for e in entries
    ]
    answer(
        rows, as_json,
        lambda _rows: "\n".join(
            f"{e.number}\t{moments.shown(e.at, calendar)}\t{e.operator}\t{journal.verb_name(e.verb)}\t{e.record}"
            for e in entries
        ),
    )  # fmt: skip


def _commands(app: typer.Typer, system: str) -> None:
    procedures = PROCEDURES[system]

    @app.command("list")
    def listing(state: str = "", store: StorePath = None, as_json: AsJson = False) -> None:
        """The register, newest first."""

        def rows(desk: Desk) -> list[Any]:
            with desk.read() as session:
                return cases.page(session, system, state=state)

        found = reading(store, rows)
        answer(
            [row.model_dump(mode="json") for row in found], as_json,
            lambda _rows: "\n".join(
                f"{row.number}\t{cases.state_name(row.state)}\t{row.subject}\t{row.what}" for row in found
            ) or _("Nothing here yet."),
        )  # fmt: skip

    @app.command("show")
    def show(number: str, store: StorePath = None, as_json: AsJson = False) -> None:
        """One record."""
        from screens.records import record_parts

        with opened(store) as desk:
            with desk.read() as session:
                case = cases.get(session, system, number)
            parts = record_parts(desk, system, case.number)
        answer(case.model_dump(mode="json"), as_json, lambda _case: "\n".join(part.plain for part in parts))

    @app.command("close")
    def close(number: str, outcome: str, code: AsCode = "", store: StorePath = None) -> None:
        """Close the record with its outcome."""
        acting(store, code, lambda act: procedures.close(act, number=number, outcome=outcome))


def _answers(app: typer.Typer, system: str) -> None:
    procedures = PROCEDURES[system]

    @app.command("refer")
    def refer(number: str, department: str, note: str = "", code: AsCode = "", store: StorePath = None) -> None:
        """Pass the record on to a department."""
        acting(store, code, lambda act: procedures.refer(act, number=number, department=department, note=note))

    @app.command("reply")
    def reply(number: str, text: str, code: AsCode = "", store: StorePath = None) -> None:
        """Answer the customer; stamps the time."""
        acting(store, code, lambda act: procedures.reply(act, number=number, text=text))

    @app.command("promise")
    def promise(
        number: str,
        until: Annotated[str, typer.Option(help="When the next reply comes: 15:30, +2h, or a date.")],
        text: Annotated[str, typer.Option(help="What was explained to the customer.")],
        code: AsCode = "",
        store: StorePath = None,
    ) -> None:
        """Explain why it is not solved yet and fix the next reply."""

        def work(act: Act) -> Any:
            due = moments.parse(until, act.calendar, act.now, field="promised_at")
            return procedures.promise(act, number=number, promised_at=due, text=text)

        acting(store, code, work)


for _app, _system in ((complaint, "complaints"), (request, "requests"), (repair, "repairs")):
    _commands(_app, _system)
for _app, _system in ((complaint, "complaints"), (request, "requests")):
    _answers(_app, _system)


@complaint.command("investigate")
def investigate(number: str, findings: str, code: AsCode = "", store: StorePath = None) -> None:
    """Write down what was found out the same day."""
    acting(store, code, lambda act: complaints.investigate(act, number=number, findings=findings))


@complaint.command("write")
def write(number: str, text: str, code: AsCode = "", store: StorePath = None) -> None:
    """The formal written answer to a letter or fax."""
    acting(store, code, lambda act: complaints.written_reply(act, number=number, text=text))


@complaint.command("visit")
def visit(
    number: str,
    opinion: Annotated[str, typer.Option(help="What the customer says.")],
    satisfied: Annotated[str, typer.Option(help="yes or no.")],
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Record the return visit of a closed complaint."""
    acting(store, code, lambda act: followups.visit(act, number=number, opinion=opinion, satisfied=satisfied))


@repair.command("order")
def order(number: str, code: AsCode = "", store: StorePath = None) -> None:
    """The work order was written in full."""
    acting(store, code, lambda act: repairs.order(act, number=number))


@repair.command("notify")
def notify(number: str, code: AsCode = "", store: StorePath = None) -> None:
    """Engineering was told to collect the order."""
    acting(store, code, lambda act: repairs.notify(act, number=number))


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.command("find")(find)
    app.command("take")(take)
    app.command("journal")(show_journal)
