"""Finding, taking contacts, complaints, requests, the journal."""

from pathlib import Path
from typing import Annotated, Any

import typer

from data.words import N_, _
from desk import cases, directory, emergencies, forms, journal, search
from desk.act import Desk
from desk.administration import changing
from desk.administration.values import values
from desk.calendar import moments
from desk.clocks import clocks
from desk.contacts import intake
from desk.ground import channels
from desk.ground.refusals import Invalid
from screens.cli import complaint_commands
from screens.cli.common import AsCode, AsJson, StorePath, acting, answer, opened, reading
from screens.cli.step_commands import add_steps

complaint = typer.Typer(help="Complaints.", no_args_is_help=True)
request = typer.Typer(help="Requests and suggestions.", no_args_is_help=True)
repair = typer.Typer(help="Reported repairs.", no_args_is_help=True)
emergency = typer.Typer(help="Emergencies.", no_args_is_help=True)
archive = typer.Typer(help="The archive: who lives where.", no_args_is_help=True)
site = typer.Typer(help="What the site has set.", no_args_is_help=True)
contact = typer.Typer(help="Visits, calls, letters and faxes.", no_args_is_help=True)


def find(fragment: str, store: StorePath = None, as_json: AsJson = False) -> None:
    """Find people by any fragment of name, pinyin, room, phone or plate."""
    rows = reading(store, lambda desk: search.find(desk, fragment))
    answer(
        [vars(row) for row in rows],
        as_json,
        lambda _rows: (
            "\n".join(f"{row.unit}\t{row.name}\t{directory.relation_name(row.relation)}\t{row.phone}" for row in rows)
            or _("Nobody was found.")
        ),
    )


def take(
    what: str,
    channel: Annotated[str, typer.Option(help="visit, phone, letter, fax or other.")] = "phone",
    kind: Annotated[
        str,
        typer.Option(
            help="question, request, suggestion, commission, complaint, repair, pass, official, peer, emergency, other."
        ),
    ] = "question",
    room: Annotated[str, typer.Option(help="The room, in any spelling.")] = "",
    stranger: Annotated[str, typer.Option(help="Name of somebody who does not live here.")] = "",
    caller: Annotated[str, typer.Option(help="The number from the display.")] = "",
    answer_text: Annotated[str, typer.Option("--answer", help="What they were told, for a question.")] = "",
    promised: Annotated[str, typer.Option(help="Agreed time of reply: 15:30 or +2h.")] = "",
    category: Annotated[str, typer.Option(help="Class of a complaint, such as noise or facility.")] = "",
    handed_to: Annotated[str, typer.Option(help="Who takes official business or a peer company on.")] = "",
    emergency_kind: Annotated[str, typer.Option("--emergency", help="fire, lift, flooding, theft and others.")] = "",
    place: Annotated[str, typer.Option(help="Where the emergency is.")] = "",
    also: Annotated[list[str] | None, typer.Option(help="Another matter of this call: kind=what; repeatable.")] = None,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Take a visit, call, letter or fax."""

    def work(act: Any) -> list[intake.Taken]:
        until = moments.parse(promised, act.calendar, act.now, field="promised") if promised else None
        unit = directory.unit_by_label(act.session, room).id if room else None
        first = intake.Matter(kind, what, answer_text, until, category, handed_to, emergency_kind, place)
        further = [intake.Matter(*_kind_and_what(words)) for words in also or ()]
        return intake.take_call(
            act, channel=channel, matters=[first, *further], unit_id=unit, stranger=stranger, caller_number=caller
        )

    whole = acting(store, code, work)
    for taken in whole:
        typer.echo(" ".join(part for part in (taken.contact, taken.record) if part))
    with opened(store) as desk:
        for taken in whole:
            typer.echo(clocks.read_back(desk, taken.record or taken.contact), err=True)
        if kind == intake.EMERGENCY and (trouble := emergencies.list_trouble(desk.store.path)):
            typer.echo(f"{trouble} " + _("The shipped list is used."), err=True)


def _kind_and_what(words: str) -> tuple[str, str]:
    kind, equals, what = words.partition("=")
    if not equals:
        raise Invalid(N_("Another matter is written like repair=tap drips."), field="also")
    return kind.strip(), what.strip()


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


def _commands(app: typer.Typer, system: str) -> None:
    @app.command("list")
    def listing(state: str = "", store: StorePath = None, as_json: AsJson = False) -> None:
        """The register, newest first."""

        def rows(desk: Desk) -> list[Any]:
            with desk.read() as session:
                return cases.page(session, system, state=state)

        found = reading(store, rows)
        answer(
            [row.model_dump(mode="json") for row in found],
            as_json,
            lambda _rows: (
                "\n".join(f"{row.number}\t{cases.state_name(row.state)}\t{row.subject}\t{row.what}" for row in found)
                or _("Nothing here yet.")
            ),
        )

    @app.command("show")
    def show(number: str, store: StorePath = None, as_json: AsJson = False) -> None:
        """One record."""
        from screens.records import record_parts

        with opened(store) as desk:
            with desk.read() as session:
                case = cases.get(session, system, number)
            parts = record_parts(desk, system, case.number)
        answer(case.model_dump(mode="json"), as_json, lambda _case: "\n".join(part.plain for part in parts))

    if system in forms.FORMS:
        _print(app, system)


def _print(app: typer.Typer, system: str) -> None:
    @app.command("print")
    def on_paper(
        number: str,
        form: Annotated[str, typer.Option(help="Which form; the first of the system's when empty.")] = "",
        pdf: Annotated[Path | None, typer.Option(help="Save to this file instead of printing.")] = None,
        store: StorePath = None,
    ) -> None:
        """The record on paper, under the title you use."""
        from screens.printing import put_document

        with opened(store) as desk:
            typer.echo(put_document(desk, forms.document(desk, system, number, form), pdf))


COMMANDS = {"complaints": complaint, "requests": request, "repairs": repair, "emergencies": emergency}
for _system, _app in COMMANDS.items():
    _commands(_app, _system)
    add_steps(_app, _system)
add_steps(contact, "contacts")
add_steps(archive, "directory")
add_steps(site, "site")
complaint_commands.add_to(complaint)
_print(contact, "contacts")


@site.command("list")
def site_list(store: StorePath = None, as_json: AsJson = False) -> None:
    """Everything that the site can set, with its key, as it is and as it is planned."""

    def rows(desk: Desk) -> list[dict[str, Any]]:
        with desk.look() as view:
            return [
                {
                    "key": one.key,
                    "title": one.title,
                    "value": one.value,
                    "planned": {str(day): text for day, text in changing.planned(view, one).values()},
                }
                for one in values(view)
            ]

    found = reading(store, rows)
    answer(
        found,
        as_json,
        lambda _rows: "\n".join(f"{row['key']}\t{row['title']}\t{row['value']}".replace("\n", "; ") for row in found),
    )


@contact.command("list")
def contacts(store: StorePath = None, as_json: AsJson = False) -> None:
    """The register of contacts, newest first."""

    def rows(desk: Desk) -> list[Any]:
        with desk.read() as session:
            return intake.page(session)

    found = reading(store, rows)
    answer(
        [row.model_dump(mode="json") for row in found],
        as_json,
        lambda _rows: (
            "\n".join(
                f"{row.number}\t{channels.channel_name(row.channel)}\t{intake.kind_name(row.kind)}\t{row.what}"
                for row in found
            )
            or _("Nothing here yet.")
        ),
    )


@contact.command("show")
def contact_show(number: str, store: StorePath = None, as_json: AsJson = False) -> None:
    """One contact with the other matters of its call."""
    from screens.case_records import contact_parts

    with opened(store) as desk:
        with desk.read() as session:
            found = intake.get(session, number)
        parts = contact_parts(desk, found.number)
    answer(found.model_dump(mode="json"), as_json, lambda _found: "\n".join(part.plain for part in parts))


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.command("find")(find)
    app.command("take")(take)
    app.command("journal")(show_journal)
