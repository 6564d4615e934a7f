"""How a word goes on, for bash, zsh and fish: the scripts are the command line library's, the words are ours."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer import _completion_shared, completion

from data.words import N_, _
from desk.ground.refusals import Refused
from screens.cli import COMPLETES
from screens.cli.commands import NAMES, program
from screens.cli.common import told
from screens.cli.help_texts import command_of

SHELLS = ("bash", "zsh", "fish")


def script(shell: str) -> str:
    """What a shell reads to complete the words of both names of the program.

    Args:
        shell: one of SHELLS.
    """
    made = (
        _completion_shared.get_completion_script(prog_name=name, complete_var=COMPLETES, shell=shell) for name in NAMES
    )
    return "\n".join(made)


def complete() -> None:
    """Answer the shell that asks how the line goes on."""
    completion.completion_init()  # type: ignore[attr-defined]
    typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    word = next(iter(typed.split()[1:2]), "")
    command = command_of(program(word))
    sys.argv = ["desk"]
    command(prog_name="desk", complete_var=COMPLETES)


def print_script(
    shell: Annotated[str, typer.Argument(help="bash, zsh or fish; else the one that runs.")] = "",
    install: Annotated[bool, typer.Option("--install", help="Put it where that shell looks for it.")] = False,
) -> None:
    """Print what a shell reads to complete the words of desk: eval "$(desk completion bash)"."""
    shell = shell or Path(os.environ.get("SHELL", "")).name
    if shell not in SHELLS:
        with told():
            raise Refused(N_("Name the shell: bash, zsh or fish."))
    if not install:
        typer.echo(script(shell))
        return
    for name in NAMES:
        _shell, path = _completion_shared.install(shell=shell, prog_name=name, complete_var=COMPLETES)
        typer.echo(_("{name} is completed by {path}; open a new terminal.", name=name, path=path))


def add_to(app: typer.Typer) -> None:
    """Hang the command on the program."""
    app.command("completion")(print_script)
