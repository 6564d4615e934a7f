"""What falls due by itself, done from outside the screens."""

import typer

from data.words import _
from desk import daybreak, ticking
from desk.act import Desk
from screens.cli.common import StorePath, looking


def tick(store: StorePath = None) -> None:
    """Do the warnings and escalations that are due; for a timer without an open desk."""

    def work(desk: Desk) -> int:
        daybreak.begin_day(desk)
        total = 0
        while done := ticking.tick(desk):
            total += done
        return total

    typer.echo(_("{count} steps done.", count=looking(store, work)))


def add_to(app: typer.Typer) -> None:
    """Hang this command on the program."""
    app.command("tick")(tick)
