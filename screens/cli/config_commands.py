"""What the person at this terminal has set: where the file is, what holds, what of it cannot be used."""

from dataclasses import asdict
from typing import Annotated

import typer

from data.words import _
from screens import settings
from screens.cli.common import AsJson, answer


def problems() -> list[str]:
    """Every problem of the settings, those of the keys and looks included."""
    from screens import keymap
    from screens.app import DeskApp
    from screens.theme import THEMES

    found = settings.load()
    names = [theme.name for theme in THEMES] + list(found.themes)
    if found.theme not in ("", *names):
        found.note(settings.NO_LOOK, name=found.theme, names=", ".join(names))
    keymap.check(found, DeskApp)
    return found.told()


def config(
    example: Annotated[
        bool, typer.Option("--example", help="Print a file with every setting, each explained.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Where the file of your own settings is, and what holds; exit code 2 when something of it cannot be used."""
    if example:
        typer.echo(_(settings.EXAMPLE), nl=False)
        return
    found = settings.load()
    rows = {name: value for name, value in asdict(found).items() if name not in ("problems", "path")}
    said = {_("file"): f"{found.path}" if found.path.exists() else _("{path} (not there)", path=found.path)}
    lines = said | {name: str(value) for name, value in rows.items() if value not in ("", {})}
    wrong = problems()
    answer(
        {**rows, "file": str(found.path), "problems": wrong},
        as_json,
        lambda _rows: "\n".join([*(f"{name}: {value}" for name, value in lines.items()), *wrong]),
    )
    if wrong:
        raise typer.Exit(2)


def add_to(app: typer.Typer) -> None:
    """Hang the command on the program."""
    app.command("config")(config)
