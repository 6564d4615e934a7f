"""Release passes from the command line."""

from pathlib import Path
from typing import Annotated, Any

import typer

from data.words import _
from desk import directory, passes, site
from desk.calendar import moments
from desk.passes import finding, gate, proof, register
from screens.cli.common import AsCode, AsJson, AsReader, StorePath, acting, answer, asked, signed_in
from screens.cli.system_commands import APPS
from screens.records import record_parts

app = APPS["passes"]
Number = Annotated[str, typer.Argument(help="The number on the pass.")]
Items = Annotated[list[str], typer.Option("--item", help="Goods, such as '沙发 2'; once for each line.")]
Seen = Annotated[int, typer.Option(help="How many trips the pass had made when it was looked at; see pass find.")]
Plate = Annotated[str, typer.Option(help="Plate of the vehicle.")]
Note = Annotated[str, typer.Option(help="What else was seen.")]
Words = Annotated[str, typer.Option("--find", help="Number, tail, room, name, plate, phone, goods, state, >3.")]
Called = Annotated[str, typer.Option(help="The number that was phoned.")]
Outcome = Annotated[str, typer.Option(help=", ".join(proof.OUTCOMES))]


def _as_dict(one: gate.Verdict) -> dict[str, Any]:
    return {**vars(one), "items": [{**vars(item), "left": item.left} for item in one.items]}


@app.command("find")
def find(fragment: str, code: AsReader = "", store: StorePath = None, as_json: AsJson = False) -> None:
    """Passes by number, tail, room, name, plate or phone, with their verdicts and how many trips they have made."""
    with asked(store, code) as desk:
        found = [gate.verdict(desk, number) for number in gate.find(desk, fragment)]
    answer(
        [_as_dict(one) for one in found],
        as_json,
        lambda _rows: (
            "\n".join(
                f"{one.number}\t{one.unit}\t{one.mover}\t{_(gate.VERDICTS[one.kind])}\t{one.trips}" for one in found
            )
            or _(gate.VERDICTS["unknown"])
        ),
    )


@app.command("show")
def show(number: Number, code: AsReader = "", store: StorePath = None, as_json: AsJson = False) -> None:
    """One pass with its goods and timeline."""
    with asked(store, code) as desk:
        one = gate.verdict(desk, number)
        parts = record_parts(desk, "passes", one.number)
    answer(_as_dict(one), as_json, lambda _one: "\n".join(part.plain for part in parts))


@app.command("list")
def list_(
    wanted: Annotated[str, typer.Option("--filter", help=", ".join(filter(None, register.FILTERS)))] = "",
    words: Words = "",
    limit: Annotated[int, typer.Option(help="So many at most.")] = 50,
    code: AsReader = "",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """The register, newest first: to be signed, on hold, lower part not back, …"""
    register.check_filter(wanted)
    with asked(store, code) as desk, desk.read() as session:
        now, calendar, where = desk.now(), desk.calendar(), finding.searched(desk, words)
        rows: list[dict[str, Any]] = [
            {
                "number": paper.number,
                "room": room,
                "state": passes.shown_state(paper, now),
                "mover": paper.mover,
                "issued_at": paper.issued_at,
                "issued_by": paper.issued_by,
                "fees_by": paper.fees_by,
                "sealed_by": paper.sealed_by,
                "out_by": paper.out_by,
                "void_reason": paper.void_reason,
                "slip": paper.slip,
                "repeats": paper.repeats.split(),
            }
            for paper, room in passes.page(session, now, wanted=wanted, where=where, limit=limit)
        ]
    for row in rows:
        row["shown"] = moments.shown(row["issued_at"], calendar)
    columns = ("number", "room", "state", "mover", "shown", "issued_by", "fees_by", "sealed_by", "out_by")
    answer(rows, as_json, lambda _rows: "\n".join("\t".join(row[column] for column in columns) for row in rows))


@app.command("figures")
def figures(
    first: Annotated[str, typer.Option("--from", help="First day, such as 2026-11-24.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day.")] = "",
    code: AsReader = "",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Counts, refusals, slips missing and the seconds from request to seal."""
    with asked(store, code) as desk, desk.read() as session:
        calendar = desk.calendar()
        today = calendar.local(desk.now()).date()
        begin, end = moments.day(first, today, field="from"), moments.day(last, today, field="to")
        found = register.figures(session, calendar, desk.now(), begin, end)
    answer(vars(found), as_json, lambda _one: "\n".join(f"{name}\t{value}" for name, value in vars(found).items()))


def _draft(act: Any, values: dict[str, Any]) -> passes.Draft:
    outcome = values.pop("outcome")
    phone, name, opinion = values.pop("called"), values.pop("in_charge"), values.pop("opinion")
    made = passes.Call(phone, outcome, opinion, name) if outcome or phone else None
    return passes.Draft(
        unit_id=directory.unit_by_label(act.session, values.pop("room")).id or 0,
        items=passes.parse_items("\n".join(values.pop("items")), act.settings.get(site.SMALL, "")),
        moving_at=moments.parse(values.pop("moving_at"), act.calendar, act.now, field="moving_at"),
        ticks=frozenset(values.pop("ticks")),
        call=made,
        **values,
    )


@app.command("issue")
def issue(
    room: Annotated[str, typer.Option(help="The room, in any spelling.")],
    items: Items,
    destination: Annotated[str, typer.Option(help="Where the goods go.")],
    mover: Annotated[str, typer.Option(help="Who carries them out.")],
    reason: Annotated[str, typer.Option(help=", ".join(passes.REASONS) + ", or in words")],
    mover_id: Annotated[
        str, typer.Option(help="The number on the mover's card; empty: as on file, but not for owner and tenant.")
    ] = "",
    carrier: Annotated[str, typer.Option(help=", ".join(passes.CARRIERS))] = "owner",
    nature: Annotated[str, typer.Option(help=", ".join(passes.NATURES))] = "temporary",
    moving_at: Annotated[str, typer.Option(help="15:30, 11-26 15:30 or +30 minutes.")] = "+0",
    id_seen: Annotated[bool, typer.Option("--id-seen", help="The original ID card was seen.")] = False,
    by_phone: Annotated[bool, typer.Option("--by-phone", help="The owner is on the phone.")] = False,
    ticks: Annotated[list[str] | None, typer.Option("--tick", help=", ".join(proof.FACTS))] = None,
    called: Called = "",
    outcome: Outcome = "",
    opinion: Annotated[str, typer.Option(help="What they said.")] = "",
    in_charge: Annotated[str, typer.Option(help="The company's person in charge, by name.")] = "",
    archive_wrong: Annotated[str, typer.Option(help="A supervisor: why the archive is wrong about the card.")] = "",
    plate: Plate = "",
    phone: Annotated[str, typer.Option(help="The carrier's phone.")] = "",
    replaces: Annotated[str, typer.Option(help="The pass that this one replaces; it is voided.")] = "",
    void_reason: Annotated[str, typer.Option(help="Why the replaced pass is voided.")] = "",
    slip: Annotated[str, typer.Option(help="Its lower part: destroyed, lost or due.")] = "due",
    statement: Annotated[str, typer.Option(help="How the lower part was lost.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Issue a pass; finance signs and the seal makes it valid."""
    values: dict[str, Any] = {
        "room": room,
        "items": items,
        "destination": destination,
        "mover": mover,
        "mover_id": mover_id,
        "reason": reason,
        "carrier": carrier,
        "nature": nature,
        "moving_at": moving_at,
        "id_seen": id_seen,
        "by_phone": by_phone,
        "ticks": ticks or [],
        "called": called,
        "outcome": outcome,
        "opinion": opinion,
        "in_charge": in_charge,
        "plate": plate,
        "mover_phone": phone,
        "archive_wrong": archive_wrong,
    }

    def work(act: Any) -> tuple[Any, passes.Draft]:
        draft = _draft(act, values)
        if replaces:
            old = {"number": replaces, "reason": void_reason, "slip": slip, "statement": statement}
            return passes.correct(act, draft=draft, **old), draft
        return passes.issue(act, draft=draft), draft

    paper, draft = acting(store, code, work)
    typer.echo(paper.number)
    typer.echo(f"{passes.state_name(paper.state)}: " + "; ".join(map(str, draft.items)), err=True)


@app.command("call")
def call(
    number: Number,
    called: Called,
    outcome: Outcome,
    opinion: Annotated[str, typer.Option(help="What they said.")] = "",
    in_charge: Annotated[str, typer.Option(help="The company's person in charge, by name.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Write down the next call for a pass on hold; when they agree it is issued."""
    made = passes.Call(called, outcome, opinion, in_charge)
    paper = acting(store, code, lambda act: passes.call(act, number=number, made=made))
    typer.echo(passes.state_name(paper.state))


@app.command("arrears")
def arrears(
    room: str,
    fee: Annotated[str, typer.Argument(help=", ".join(directory.FEES))],
    yuan: Annotated[str, typer.Argument(help="What is owed; 0 says settled.")],
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Finance writes what a room owes of one fee."""

    def work(act: Any) -> None:
        unit = directory.unit_by_label(act.session, room)
        passes.record_arrears(act, unit_id=unit.id or 0, fee=fee, fen=directory.fen(yuan, field="yuan"))

    acting(store, code, work)


@app.command("out")
def out(
    number: Number,
    goods: Annotated[list[str] | None, typer.Option("--goods", help="LINE:COUNT; without it all that is left.")] = None,
    seen: Seen = 0,
    plate: Plate = "",
    note: Note = "",
    known: Annotated[bool, typer.Option("--known", help="The guard knows the mover.")] = False,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """A guard lets the goods out, all or a part."""
    leaving = gate.read_goods(goods) if goods else None
    how = "known" if known else "id"
    acting(
        store,
        code,
        lambda act: gate.let_out(act, number=number, goods=leaving, seen=seen, plate=plate, note=note, proof=how),
    )


@app.command("refuse")
def refuse(
    number: Number,
    reason: Annotated[str, typer.Option(help=", ".join(gate.REFUSALS))],
    seen: Seen = 0,
    plate: Plate = "",
    note: Note = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """A guard turns a load away; the pass goes back to the desk."""
    acting(store, code, lambda act: gate.refuse(act, number=number, reason=reason, seen=seen, note=note, plate=plate))


@app.command("slip")
def slip(
    numbers: list[str],
    lost: Annotated[bool, typer.Option("--lost", help="They are lost.")] = False,
    statement: Annotated[str, typer.Option(help="How the lower part was lost.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """The lower parts of these passes came back, or are lost with a statement of how; all of them or none."""
    acting(
        store,
        code,
        lambda act: [passes.return_slip(act, number=number, lost=lost, statement=statement) for number in numbers],
    )


@app.command("print")
def print_(
    number: Number,
    file: Annotated[Path | None, typer.Option("--pdf", help="Save the form here instead of printing it.")] = None,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Print the form with lp, or save it as PDF; from the second time on it is marked as a reprint."""
    with signed_in(store, code) as desk:
        typer.echo(passes.put_on_paper(desk, passes_number(number), file))


def passes_number(text: str) -> str:
    """A number as it is kept."""
    return text.strip().upper()


@app.command("export")
def export(
    file: Path,
    wanted: Annotated[str, typer.Option("--filter", help=", ".join(filter(None, register.FILTERS)))] = "",
    words: Words = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Write the register to an xlsx file."""
    with signed_in(store, code) as desk:
        count = passes.export(desk, file, wanted, words)
    typer.echo(_("{count} passes written to {file}.", count=count, file=file))
