"""Finding, taking contacts, complaints, requests, the journal."""

from typing import Annotated, Any

import typer

from data.words import N_, _
from desk import directory, emergencies, journal, search
from desk.act import Desk
from desk.administration import changing
from desk.administration.values import values
from desk.calendar import moments
from desk.clocks import clocks
from desk.complaints.terms import REASONS, grade_name, reason_name
from desk.contacts import intake
from desk.ground.refusals import Invalid
from screens.cli.common import AsCode, AsJson, StorePath, acting, answer, opened, reading
from screens.cli.system_commands import APPS


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
            help="question, request, suggestion, commission, complaint, repair, quality, pass, official, peer, "
            "emergency, other."
        ),
    ] = "question",
    room: Annotated[str, typer.Option(help="The room, in any spelling.")] = "",
    stranger: Annotated[str, typer.Option(help="Name of somebody who does not live here.")] = "",
    caller: Annotated[str, typer.Option(help="The number from the display.")] = "",
    answer_text: Annotated[str, typer.Option("--answer", help="What they were told, for a question.")] = "",
    promised: Annotated[str, typer.Option(help="Agreed time of reply: 15:30 or +2h.")] = "",
    category: Annotated[str, typer.Option(help="Class of a complaint, such as noise or facility.")] = "",
    part: Annotated[str, typer.Option(help="Part of the building, of its quality, such as roof or pipes.")] = "",
    handed_to: Annotated[str, typer.Option(help="Who takes official business or a peer company on.")] = "",
    emergency_kind: Annotated[str, typer.Option("--emergency", help="fire, lift, flooding, theft and others.")] = "",
    place: Annotated[str, typer.Option(help="Where the emergency is.")] = "",
    waits: Annotated[str, typer.Option(help="Why it waits for the next duty day, off duty or at closing.")] = "",
    same: Annotated[str, typer.Option(help="Number of the open order whose cause a reported repair has.")] = "",
    also: Annotated[list[str] | None, typer.Option(help="Another matter of this call: kind=what; repeatable.")] = None,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Take a visit, call, letter or fax."""

    def work(act: Any) -> list[intake.Taken]:
        until = moments.parse(promised, act.calendar, act.now, field="promised") if promised else None
        unit = directory.unit_by_label(act.session, room).id if room else None
        first = intake.Matter(
            kind, what, answer_text, until, category, handed_to, emergency_kind, place, part, carry=waits, same=same
        )
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


@APPS["complaints"].command("reasons")
def reasons() -> None:
    """The clauses that may give a grade."""
    for clause, reason in REASONS.items():
        where = f"\t{reason.choice}={reason.option}" if reason.choice else ""
        typer.echo(f"{grade_name(reason.grade)}\t{reason_name(clause)}{where}")


@APPS["site"].command("list")
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


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    app.command("find")(find)
    app.command("take")(take)
    app.command("journal")(show_journal)
