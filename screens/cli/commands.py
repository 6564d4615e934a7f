"""The command line: the same acts and reads as the screens, one word each."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from screens.cli import clock_commands, desk_commands, pass_commands, store_commands

app = typer.Typer(
    name="desk",
    help="Qiantai 前台: the front desk of a residential property, in a terminal. Alone, `desk` opens the screens.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"qiantai {version('qiantai')}")
        raise typer.Exit


@app.callback()
def main(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Qiantai 前台."""


for part in (store_commands, desk_commands, clock_commands):
    part.add_to(app)
app.add_typer(pass_commands.app, name="pass")
app.add_typer(desk_commands.complaint, name="complaint")
app.add_typer(desk_commands.request, name="request")
app.add_typer(clock_commands.standards_app, name="standards")
app.add_typer(store_commands.import_app, name="import")


def run() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()
