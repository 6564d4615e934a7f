"""The page of a post and its marks from the command line."""

from dataclasses import asdict
from typing import Annotated

import typer

from data.words import _
from desk.duty import terms as duty
from desk.handovers import life, page, terms
from screens.cli.common import AsCode, AsJson, AsReader, StorePath, acting, answer, asked
from screens.cli.system_commands import APPS

app = APPS["handovers"]
Post = Annotated[str, typer.Option(help=", ".join(duty.POSTS))]


@app.command("page")
def show_page(post: Post = duty.DESK, code: AsReader = "", store: StorePath = None, as_json: AsJson = False) -> None:
    """What concerns a post now: late, due, waiting, promised, out."""
    with asked(store, code) as desk, desk.look() as view:
        found = page.lines(view, post)
    answer(
        [asdict(line) for line in found],
        as_json,
        lambda _rows: (
            "\n".join(
                "\t".join((line.record, terms.kind_name(line.kind), line.until, line.matter, line.words))
                for line in found
            )
            or _("Nothing is open on this post.")
        ),
    )


@app.command("mark")
def mark(
    record: str,
    how: Annotated[str, typer.Argument(help="1 as usual, 2 watch, 3 do first.")],
    words: Annotated[str, typer.Option(help="If what, then what.")] = "",
    post: Post = duty.DESK,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Say of a line of the page what the next shift does with it."""
    acting(store, code, lambda act: life.mark(act, post=post, record=record.strip().upper(), mark=how, words=words))
    typer.echo(record)
