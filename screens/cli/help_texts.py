"""The help of the command line in the reader's language: docstrings and option texts are message ids like any other."""

import inspect
from collections.abc import Iterator
from typing import Any

import typer
from typer import rich_utils
from typer.main import get_command

from data.words import N_, _

PANELS = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "DEFAULT_STRING": N_("[default: {}]"),
    "ENVVAR_STRING": N_("[environment: {}]"),
    "REQUIRED_LONG_STRING": N_("[required]"),
}
# Both are known to every command, the words of the library on them are English.
HELP_OPTIONS = ("--help", "-h")
HELP = N_("Say this and end.")


def _parameters(callback: Any) -> Iterator[Any]:
    for parameter in inspect.signature(callback).parameters.values():
        for described in getattr(parameter.annotation, "__metadata__", ()):
            if getattr(described, "help", None):
                yield described


def _walk(app: typer.Typer) -> Iterator[tuple[Any, str]]:
    """Everything that carries a help text: (what has it, the text in English)."""
    for command in app.registered_commands:
        yield command, inspect.getdoc(command.callback) or ""
        for described in _parameters(command.callback):
            yield described, described.help
    for group in app.registered_groups:
        inner = group.typer_instance
        if inner is not None:
            yield inner.info, str(inner.info.help)
            yield from _walk(inner)


def texts(app: typer.Typer) -> list[str]:
    """Every help text of a program, each once, in the order in which it stands."""
    return list(dict.fromkeys(text for _owner, text in _walk(app) if text))


def words(app: typer.Typer) -> str:
    """The words of a program, a line each: the word, a tab, the first line of what it says of itself."""
    said = {str(one.name): inspect.getdoc(one.callback) or "" for one in app.registered_commands if not one.hidden}
    for group in app.registered_groups:
        said[str(group.name)] = str(group.typer_instance.info.help) if group.typer_instance else ""
    return "".join(f"{word}\t{text.partition(chr(10))[0]}\n" for word, text in said.items())


def translate(app: typer.Typer) -> None:
    """Put every help text into the language in force."""
    for owner, text in list(_walk(app)):
        owner.help = _(text)
    for name, title in PANELS.items():
        setattr(rich_utils, name, _(title))


def command_of(app: typer.Typer) -> Any:
    """A program as the library runs it, every text of it in the language in force."""
    translate(app)
    command = get_command(app)
    for one in _commands(command):
        option = one.get_help_option(typer.Context(one, help_option_names=list(HELP_OPTIONS)))
        if option is not None:
            option.help = _(HELP)
    return command


def _commands(command: Any) -> Iterator[Any]:
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from _commands(inner)
