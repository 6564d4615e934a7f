"""Release passes from the command line."""

from typing import Annotated, Any

import typer

from data.words import _
from desk import directory, gate, moments, passes
from screens.cli.common import AsCode, AsJson, StorePath, acting, answer, opened
from screens.records import record_parts

app = typer.Typer(help="Release passes.", no_args_is_help=True)


def _as_dict(one: gate.Verdict) -> dict[str, Any]:
    goods = [{"name": item.name, "quantity": item.quantity, "unit": item.unit} for item in one.items]
    return {**vars(one), "items": goods}


@app.command("find")
def find(fragment: str, store: StorePath = None, as_json: AsJson = False) -> None:
    """Passes by number, tail, room, name, plate or phone, with their verdicts."""
    with opened(store) as desk, desk.read() as session:
        found = [gate.verdict(session, number, desk.now()) for number in gate.find(desk.store, fragment)]
    answer(
        [_as_dict(one) for one in found], as_json,
        lambda _rows: "\n".join(f"{one.number}\t{one.unit}\t{one.mover}\t{_(gate.VERDICTS[one.kind])}" for one in found)
        or _(gate.VERDICTS["unknown"]),
    )  # fmt: skip


@app.command("show")
def show(number: str, store: StorePath = None, as_json: AsJson = False) -> None:
    """One pass with its goods and timeline."""
    with opened(store) as desk:
        with desk.read() as session:
            one = gate.verdict(session, number, desk.now())
        parts = record_parts(desk, "passes", one.number)
    answer(_as_dict(one), as_json, lambda _one: "\n".join(part.plain for part in parts))


@app.command("issue")
def issue(
    room: Annotated[str, typer.Option(help="The room, in any spelling.")],
    items: Annotated[list[str], typer.Option("--item", help="Goods, such as '沙发 2'; once for each line.")],
    destination: Annotated[str, typer.Option(help="Where the goods go.")],
    mover: Annotated[str, typer.Option(help="Who carries them out.")],
    mover_id: Annotated[str, typer.Option(help="The mover's ID card number.")],
    carrier: Annotated[str, typer.Option(help=", ".join(passes.CARRIERS))] = "owner",
    nature: Annotated[str, typer.Option(help=", ".join(passes.NATURES))] = "temporary",
    moving_at: Annotated[str, typer.Option(help="15:30, 11-26 15:30 or +30 minutes.")] = "+0",
    owner_opinion: Annotated[str, typer.Option(help="What the owner said, when another carries.")] = "",
    plate: str = "",
    phone: str = "",
    reason: str = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Issue a pass; finance signs and the seal makes it valid."""

    def work(act: Any) -> str:
        draft = passes.Draft(
            unit_id=directory.unit_by_label(act.session, room).id or 0, carrier=carrier, nature=nature,
            destination=destination, mover=mover, mover_id=mover_id, reason=reason, mover_phone=phone, plate=plate,
            owner_opinion=owner_opinion, items=passes.parse_items("\n".join(items)),
            moving_at=moments.parse(moving_at, act.calendar, act.now, field="moving_at"),
        )  # fmt: skip
        return passes.issue(act, draft=draft).number

    typer.echo(acting(store, code, work))


@app.command("sign")
def sign(number: str, code: AsCode = "", store: StorePath = None) -> None:
    """Finance signs that the fees are settled."""
    acting(store, code, lambda act: passes.sign_fees(act, number=number))


@app.command("seal")
def seal(number: str, code: AsCode = "", store: StorePath = None) -> None:
    """Apply the seal: the pass is valid from now on."""
    acting(store, code, lambda act: passes.seal(act, number=number))


@app.command("void")
def void(number: str, reason: Annotated[str, typer.Option()], code: AsCode = "", store: StorePath = None) -> None:
    """Void a pass with a reason; its number stays used."""
    acting(store, code, lambda act: passes.void(act, number=number, reason=reason))


@app.command("out")
def out(number: str, code: AsCode = "", store: StorePath = None) -> None:
    """A guard lets the goods out."""
    acting(store, code, lambda act: gate.let_out(act, number=number))
