"""How a word goes on, for bash, zsh and fish: the scripts are the command line library's, the words are ours."""

import os
import sys
from typing import Annotated

import typer
from typer import _completion_shared, completion

from screens.cli import COMPLETES
from screens.cli.commands import program
from screens.cli.help_texts import translate

SHELLS = ("bash", "zsh", "fish")


def script(shell: str) -> str:
    """What a shell reads to complete the words of `desk`.

    Args:
        shell: one of SHELLS.
    """
    return _completion_shared.get_completion_script(prog_name="desk", complete_var=COMPLETES, shell=shell)


def complete() -> None:
    """Answer the shell that asks how the line goes on."""
    completion.completion_init()  # type: ignore[attr-defined]
    typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    word = next(iter(typed.split()[1:2]), "")
    app = program(word)
    translate(app)
    sys.argv = ["desk"]
    app(prog_name="desk", complete_var=COMPLETES)


def print_script(shell: Annotated[str, typer.Argument(help="bash, zsh or fish.")]) -> None:
    """Print what a shell reads to complete the words of desk: eval "$(desk completion bash)"."""
    if shell not in SHELLS:
        raise typer.BadParameter(shell, param_hint="SHELL")
    typer.echo(script(shell))


def add_to(app: typer.Typer) -> None:
    """Hang the command on the program."""
    app.command("completion")(print_script)
