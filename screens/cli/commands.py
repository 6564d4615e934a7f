"""The command line: the same acts and reads as the screens, one word each."""

import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer

import screens.cli.handover_commands
import screens.cli.pass_commands  # noqa: F401 - it hangs its own commands on the word of passes
from data.words import _
from screens.cli import clock_commands, desk_commands, help_texts, report_commands, store_commands, system_commands

# What the command line library raises for words it cannot use: the base of all its own problems.
CommandProblem: type[Exception] = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="desk", help="Qiantai 前台", add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False
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


for part in (store_commands, desk_commands, clock_commands, report_commands, system_commands):
    part.add_to(app)


def run() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    help_texts.translate(app)
    try:
        code = app(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except typer.Abort:
        typer.echo(_("Ended; nothing was done."), err=True)
        sys.exit(130)
    except CommandProblem as problem:
        typer.echo(_said(problem), err=True)
        sys.exit(2)


def _said(problem: Any) -> str:
    """What is wrong with the words on the command line, as one sentence in the reader's language."""
    path = problem.ctx.command_path if getattr(problem, "ctx", None) is not None else "desk"
    hint = _("{command} --help shows what there is.", command=" ".join(["desk", *path.split()[1:]]))
    param = getattr(problem, "param", None)
    name = getattr(problem, "option_name", "") or (param.opts[0] if param is not None and param.opts else "")
    said = {
        "NoSuchOption": _("There is no option {name}.", name=name),
        "MissingParameter": _("{name} is missing.", name=name),
        "BadParameter": _("{name} cannot be taken as it is.", name=name),
    }.get(type(problem).__name__, _("The command is not known as it was written."))
    return f"{said} {hint}"
