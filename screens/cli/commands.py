"""The command line: the same acts and reads as the screens, one word each."""

import errno
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from data.words import _
from desk.systems import SYSTEMS
from screens.cli import help_texts

# What the program is called; one name is common, the other is nobody else's.
NAMES = ("desk", "qiantai")
# What the command line library raises for words it cannot use: the base of all its own problems.
CommandProblem: type[Exception] = typer.BadParameter.__mro__[2]

# Where the commands behind a word are written; those of a system that has no more than it says need no place.
PLACES = {
    "setup_commands": ("init", "demo"),
    "store_commands": (
        "verify", "reindex", "backup", "restore", "doctor", "confirm-time", "accept-journal",
    ),
    "import_commands": ("import",),
    "machine_commands": ("share", "locate", "units", "man"),
    "intake_commands": ("take",),
    "desk_commands": ("find", "journal"),
    "clock_commands": ("queue", "explain"),
    "login_commands": ("login", "logout"),
    "tick_commands": ("tick",),
    "deadline_commands": ("deadline",),
    "promise_commands": ("promise",),
    "standards_commands": ("standards",),
    "report_commands": ("report", "file-week", "close-month", "close-year", "send-copy"),
    "operator_commands": ("operator",),
    "site_commands": ("site",),
    "complaint_commands": ("complaint",),
    "handover_commands": ("handover",),
    "pass_commands": ("pass",),
    "config_commands": ("config",),
    "completion": ("completion",),
}  # fmt: skip


def main() -> None:
    """Qiantai 前台."""


def program(word: str = "") -> typer.Typer:
    """The command line, or as much of it as a word needs: loading everything takes longer than most commands.

    Args:
        word: the first word that was typed; all of it for "" and for one that is not known.
    """
    app = typer.Typer(
        name="desk", help="Qiantai 前台", add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False
    )
    app.callback()(main)
    places = [place for place, words in PLACES.items() if word in words]
    systems = [name for name, system in SYSTEMS.items() if system.command and system.command == word]
    if not places and not systems:
        places, systems = list(PLACES), [name for name, system in SYSTEMS.items() if system.command]
    for place in places:
        module = import_module(f"screens.cli.{place}")
        if hasattr(module, "add_to"):
            module.add_to(app)
    if systems:
        from screens.cli.system_commands import APPS

        for name in systems:
            app.add_typer(APPS[name], name=SYSTEMS[name].command)
    return app


def run() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    command = help_texts.command_of(program(sys.argv[1] if len(sys.argv) > 1 else ""))
    called = Path(sys.argv[0]).stem
    try:
        names = list(help_texts.HELP_OPTIONS)
        code = command(
            standalone_mode=False, prog_name=called if called in NAMES else NAMES[0], help_option_names=names
        )
        sys.exit(code if isinstance(code, int) else 0)
    except typer.Abort:
        typer.echo(_("Ended; nothing was done."), err=True)
        sys.exit(130)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        # Where what it says cannot be written, it is not said: the exit code tells.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        typer.echo(_("The output cannot be written: {why}.", why=error.strerror), err=True)
        sys.exit(1)
    except UnicodeError:
        typer.echo(_("Something that was typed is no text in this terminal's encoding."), err=True)
        sys.exit(2)
    except CommandProblem as problem:
        typer.echo(_said(problem), err=True)
        sys.exit(2)


def _said(problem: Any) -> str:
    """What is wrong with the words on the command line, as one sentence in the reader's language."""
    path = problem.ctx.command_path if getattr(problem, "ctx", None) is not None else "desk"
    hint = _("{command} --help shows what there is.", command=path)
    param = getattr(problem, "param", None)
    name = getattr(problem, "option_name", "") or (param.opts[0] if param is not None and param.opts else "")
    said = {
        "NoSuchOption": _("There is no option {name}.", name=name),
        "MissingParameter": _("{name} is missing.", name=name),
        "BadParameter": _("{name} cannot be taken as it is.", name=name),
    }.get(type(problem).__name__, _("The command is not known as it was written."))
    return f"{said} {hint}"
