"""Taking a call, with everything it brings."""

from typing import Annotated, Any

import typer

from data.words import N_, _
from desk import directory, emergencies
from desk.calendar import moments
from desk.clocks import clocks
from desk.contacts import intake
from desk.ground.refusals import Invalid
from screens.cli.common import AsCode, StorePath, acting, opened


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


def add_to(app: typer.Typer) -> None:
    """Hang this command on the program."""
    app.command("take")(take)
